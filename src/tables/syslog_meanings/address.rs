//! 737xxx: which address a user gets.

use super::meaning::{Meaning, row};

/// By id.
pub(super) const ROWS: &[Meaning] = &[
    row(737_001, 7, "A request for an address came in.", "Eine Anforderung einer Adresse ist eingegangen."),
    row(
        737_002,
        3,
        "A request of an unknown kind came in.",
        "Eine Anforderung unbekannter Art ist eingegangen.",
    ),
    row(
        737_003,
        5,
        "DHCP is configured, but no server for it can be used.",
        "DHCP ist konfiguriert, aber kein Server dafür ist benutzbar.",
    ),
    row(737_004, 5, "The DHCP server gave no address.", "Der DHCP-Server hat keine Adresse vergeben."),
    row(737_005, 6, "The DHCP server gives an address.", "Der DHCP-Server vergibt eine Adresse."),
    row(
        737_006,
        6,
        "A local pool gives an address.",
        "Ein lokaler Adressbereich (pool) vergibt eine Adresse.",
    ),
    row(
        737_007,
        5,
        "The local pool gave no address to this tunnel group.",
        "Der lokale Adressbereich (pool) hat dieser Tunnelgruppe keine Adresse gegeben.",
    ),
    row(737_008, 5, "The tunnel group is not known.", "Die Tunnelgruppe ist nicht bekannt."),
    row(
        737_009,
        6,
        "The address that AAA names could not be had.",
        "Die von AAA genannte Adresse war nicht zu bekommen.",
    ),
    row(
        737_010,
        6,
        "The address that AAA names was taken.",
        "Die von AAA genannte Adresse wurde übernommen.",
    ),
    row(
        737_011,
        5,
        "The address that AAA names is not allowed; the next way is tried.",
        "Die von AAA genannte Adresse ist nicht erlaubt; der nächste Weg wird versucht.",
    ),
    row(737_012, 4, "No way led to an address.", "Kein Weg hat zu einer Adresse geführt."),
    row(
        737_013,
        4,
        "An address that should be freed is not known.",
        "Eine Adresse, die frei werden sollte, ist nicht bekannt.",
    ),
    row(
        737_016,
        6,
        "An address goes back to its pool.",
        "Eine Adresse geht in ihren Adressbereich (pool) zurück.",
    ),
    row(737_017, 6, "The DHCP server answered.", "Der DHCP-Server hat geantwortet."),
    row(737_018, 5, "The DHCP server did not answer.", "Der DHCP-Server hat nicht geantwortet."),
    row(
        737_019,
        4,
        "The pools of group policy and tunnel group have no address: they are missing or used up.",
        "Die Adressbereiche (pools) von Gruppenrichtlinie und Tunnelgruppe haben keine Adresse: Sie fehlen oder sind erschöpft.",
    ),
    row(
        737_021,
        5,
        "An address of the pool is in use by DHCP.",
        "Eine Adresse des Bereichs (pool) ist über DHCP vergeben.",
    ),
    row(
        737_022,
        5,
        "An address of the pool is in use by AAA.",
        "Eine Adresse des Bereichs (pool) ist über AAA vergeben.",
    ),
    row(
        737_023,
        5,
        "An address could not be stored for lack of memory.",
        "Eine Adresse ließ sich aus Speichermangel nicht vermerken.",
    ),
    row(
        737_024,
        5,
        "The address that was asked for is not free; another one is tried.",
        "Die gewünschte Adresse ist nicht frei; eine andere wird versucht.",
    ),
    row(
        737_026,
        6,
        "The phone gets an address of a local pool.",
        "Das Telefon bekommt eine Adresse aus einem lokalen Bereich (pool).",
    ),
    row(
        737_027,
        3,
        "The request for an address holds no data.",
        "Die Anforderung einer Adresse enthält keine Daten.",
    ),
    row(737_033, 4, "The address is already in use.", "Die Adresse ist bereits vergeben."),
    row(
        737_034,
        5,
        "How an address was found, or why not.",
        "Wie eine Adresse gefunden wurde oder warum nicht.",
    ),
    row(
        737_036,
        6,
        "The phone gets an address of a DHCP server.",
        "Das Telefon bekommt eine Adresse von einem DHCP-Server.",
    ),
    row(
        737_038,
        4,
        "The address is in use; another one is tried.",
        "Die Adresse ist vergeben; eine andere wird versucht.",
    ),
];
