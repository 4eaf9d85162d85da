//! 725xxx: TLS handshakes with the ASA.

use super::meaning::{Meaning, row};

/// By id.
pub(super) const ROWS: &[Meaning] = &[
    row(
        725_001,
        6,
        "A handshake begins: the phone's packets reach the ASA.",
        "Ein Handshake beginnt: Die Pakete des Telefons erreichen die ASA.",
    ),
    row(
        725_002,
        6,
        "The handshake is complete: cipher and certificate are fine, look further on.",
        "Der Handshake ist abgeschlossen: Chiffre und Zertifikat passen, der Fehler liegt weiter hinten.",
    ),
    row(
        725_003,
        6,
        "The client resumes an earlier TLS session. Normal.",
        "Der Client nimmt eine frühere TLS-Sitzung wieder auf. Das ist normal.",
    ),
    row(725_004, 6, "The ASA asks for a client certificate.", "Die ASA verlangt ein Zertifikat des Clients."),
    row(
        725_005,
        6,
        "Another server asks the ASA for its certificate. This is not the phone.",
        "Ein anderer Server verlangt das Zertifikat der ASA. Das ist nicht das Telefon.",
    ),
    row(
        725_006,
        6,
        "The handshake failed. Why, stands in the message 725014 before it, or in the phone's log.",
        "Der Handshake ist gescheitert. Warum, steht in der Meldung 725014 davor oder im Protokoll des Telefons.",
    ),
    row(
        725_007,
        6,
        "The TLS session has ended. Alone it is normal.",
        "Die TLS-Sitzung ist beendet. Für sich allein ist das normal.",
    ),
    row(
        725_008,
        7,
        "The ciphers that the client offers follow.",
        "Es folgen die Chiffren, die der Client anbietet.",
    ),
    row(
        725_009,
        7,
        "The ciphers that the ASA offers as a client follow.",
        "Es folgen die Chiffren, die die ASA als Client anbietet.",
    ),
    row(
        725_010,
        7,
        "The ciphers that the ASA allows follow.",
        "Es folgen die Chiffren, die die ASA zulässt.",
    ),
    row(725_011, 7, "One cipher of the list opened before it.", "Eine Chiffre der zuvor begonnenen Liste."),
    row(725_012, 7, "A cipher is agreed on.", "Eine Chiffre ist vereinbart."),
    row(
        725_013,
        7,
        "A server chose a cipher for a connection of the ASA's own.",
        "Ein Server hat eine Chiffre für eine eigene Verbindung der ASA gewählt.",
    ),
    row(
        725_014,
        7,
        "This is why a handshake fails. The message names no address: it belongs to the failure that follows.",
        "Das ist der Grund, aus dem ein Handshake scheitert. Die Meldung nennt keine Adresse: Sie gehört zum Fehlschlag, der folgt.",
    ),
    row(
        725_015,
        3,
        "The key of the client's certificate is larger than the ASA can take.",
        "Der Schlüssel im Zertifikat des Clients ist größer, als die ASA ihn annimmt.",
    ),
    row(
        725_016,
        6,
        "The trust-point whose certificate the ASA presents in this handshake.",
        "Der Vertrauenspunkt (trust-point), dessen Zertifikat die ASA in diesem Handshake vorlegt.",
    ),
    row(
        725_017,
        7,
        "The client sent no certificate: the phone has neither LSC nor MIC that it can use, or is not set to use one.",
        "Der Client hat kein Zertifikat geschickt: Das Telefon hat weder LSC noch MIC, das es benutzen kann, oder soll keines benutzen.",
    ),
    row(725_021, 7, "Which ciphers the ASA prefers.", "Welche Chiffren die ASA vorzieht."),
    row(725_022, 7, "Why the ASA passed over one cipher.", "Warum die ASA eine Chiffre übergangen hat."),
    row(
        725_025,
        6,
        "Too many handshakes are under way without a login, for example of a crowd of failing phones.",
        "Zu viele Handshakes laufen ohne Anmeldung, zum Beispiel von vielen Telefonen, die scheitern.",
    ),
];
