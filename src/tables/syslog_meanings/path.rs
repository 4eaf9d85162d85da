//! The way to the ASA, licences, load balancing, and what else may end sessions.

use super::meaning::{Meaning, row};

/// By id.
pub(super) const ROWS: &[Meaning] = &[
    row(
        106_001,
        2,
        "A connection was refused: nothing on the ASA or behind it takes it.",
        "Eine Verbindung wurde abgewiesen: Nichts auf der ASA oder dahinter nimmt sie an.",
    ),
    row(106_006, 2, "A datagram was refused.", "Ein Datagramm wurde abgewiesen."),
    row(
        106_014,
        3,
        "A ping or another ICMP message was refused.",
        "Ein Ping oder eine andere ICMP-Nachricht wurde abgewiesen.",
    ),
    row(
        106_015,
        6,
        "A packet belongs to no connection: the way back is another one, or the connection is old.",
        "Ein Paket gehört zu keiner Verbindung: Der Rückweg ist ein anderer, oder die Verbindung ist alt.",
    ),
    row(
        106_023,
        4,
        "An access list of an interface dropped a packet.",
        "Eine Zugriffsliste einer Schnittstelle hat ein Paket verworfen.",
    ),
    row(
        106_100,
        6,
        "An access list let a packet through or dropped it.",
        "Eine Zugriffsliste hat ein Paket durchgelassen oder verworfen.",
    ),
    row(
        111_008,
        5,
        "Somebody entered a command. Note the time.",
        "Jemand hat einen Befehl eingegeben. Die Uhrzeit ist wichtig.",
    ),
    row(
        111_010,
        5,
        "Somebody changed the configuration. Note the time.",
        "Jemand hat die Konfiguration geändert. Die Uhrzeit ist wichtig.",
    ),
    row(
        199_005,
        6,
        "The ASA has started: earlier sessions are lost.",
        "Die ASA ist gestartet: Frühere Sitzungen sind verloren.",
    ),
    row(211_001, 3, "The ASA ran out of memory.", "Der ASA fehlte Speicher."),
    row(
        302_013,
        6,
        "A TCP connection was built; `identity` is the ASA itself.",
        "Eine TCP-Verbindung wurde aufgebaut; `identity` ist die ASA selbst.",
    ),
    row(
        302_014,
        6,
        "A TCP connection ended; why, stands at the end.",
        "Eine TCP-Verbindung ist beendet; der Grund steht am Ende.",
    ),
    row(
        302_015,
        6,
        "A UDP connection was built; port 443 of `identity` is DTLS.",
        "Eine UDP-Verbindung wurde aufgebaut; Port 443 von `identity` ist DTLS.",
    ),
    row(302_016, 6, "A UDP connection ended.", "Eine UDP-Verbindung ist beendet."),
    row(
        321_001,
        5,
        "A limit of the ASA is reached, for example of connections.",
        "Eine Grenze der ASA ist erreicht, zum Beispiel die der Verbindungen.",
    ),
    row(
        444_005,
        4,
        "A time-based licence key runs out.",
        "Ein zeitlich begrenzter Lizenzschlüssel läuft aus.",
    ),
    row(
        605_004,
        6,
        "A login to the ASA itself was refused.",
        "Eine Anmeldung an der ASA selbst wurde abgelehnt.",
    ),
    row(
        710_003,
        3,
        "A connection to the ASA itself was refused by an access list, or because nothing listens there.",
        "Eine Verbindung zur ASA selbst wurde durch eine Zugriffsliste abgewiesen, oder weil dort nichts lauscht.",
    ),
    row(710_005, 7, "Nothing on the ASA listens on this port.", "Auf diesem Port der ASA lauscht nichts."),
    row(
        718_014,
        5,
        "The director of VPN load balancing does not answer. Phones do not support load balancing.",
        "Der Director der VPN-Lastverteilung antwortet nicht. Telefone unterstützen keine Lastverteilung.",
    ),
    row(
        718_065,
        5,
        "VPN load balancing cannot go on. Phones do not support it.",
        "Die VPN-Lastverteilung kann nicht weiterlaufen. Telefone unterstützen sie nicht.",
    ),
    row(
        718_072,
        5,
        "This ASA directs VPN load balancing. Phones do not support it.",
        "Diese ASA leitet die VPN-Lastverteilung. Telefone unterstützen sie nicht.",
    ),
    row(
        718_085,
        5,
        "An interface for VPN load balancing has no address.",
        "Eine Schnittstelle für die VPN-Lastverteilung hat keine Adresse.",
    ),
    row(
        721_016,
        6,
        "The standby ASA took over the record of a session.",
        "Die Ersatz-ASA (standby) hat eine Sitzung übernommen.",
    ),
    row(
        721_018,
        6,
        "The standby ASA dropped the record of a session.",
        "Die Ersatz-ASA (standby) hat eine Sitzung gelöscht.",
    ),
    row(
        733_100,
        4,
        "Threat detection counts many dropped packets or scans.",
        "Die Bedrohungserkennung (threat detection) zählt viele verworfene Pakete oder Abtastungen.",
    ),
    row(
        733_102,
        4,
        "Threat detection shuns this address: if it is the phone's, or its router's, nothing of it arrives.",
        "Die Bedrohungserkennung (threat detection) sperrt diese Adresse: Ist es die des Telefons oder seines Routers, kommt nichts mehr an.",
    ),
    row(
        733_103,
        4,
        "Threat detection no longer shuns this address.",
        "Die Bedrohungserkennung (threat detection) sperrt diese Adresse nicht mehr.",
    ),
    row(
        733_201,
        4,
        "An address failed too often and is shunned: phones behind the same router are shut out with it.",
        "Eine Adresse ist zu oft gescheitert und wird gesperrt: Telefone hinter demselben Router sind mit ausgesperrt.",
    ),
];
