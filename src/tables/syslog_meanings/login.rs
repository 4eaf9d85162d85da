//! 716xxx, 724xxx, 734xxx, 746xxx: login, Cisco Secure Desktop, dynamic access policies.

use super::meaning::{Meaning, row};

/// By id.
pub(super) const ROWS: &[Meaning] = &[
    row(716_001, 6, "A web session begins.", "Eine Web-Sitzung beginnt."),
    row(
        716_002,
        6,
        "The web session has ended; the reason stands in the message.",
        "Die Web-Sitzung ist beendet; der Grund steht in der Meldung.",
    ),
    row(716_003, 6, "A web page was granted.", "Der Zugriff auf eine Webseite wurde gewährt."),
    row(716_007, 4, "The session could not be set up.", "Die Sitzung ließ sich nicht anlegen."),
    row(
        716_009,
        6,
        "A filter could not be read, and there is no session.",
        "Ein Filter war nicht lesbar; es kommt keine Sitzung zustande.",
    ),
    row(716_023, 4, "The limit of sessions is reached.", "Die Höchstzahl der Sitzungen ist erreicht."),
    row(
        716_038,
        6,
        "The login was accepted; dynamic access policies come next.",
        "Die Anmeldung wurde angenommen; als Nächstes kommen die dynamischen Zugriffsrichtlinien (DAP).",
    ),
    row(716_039, 6, "The login was refused.", "Die Anmeldung wurde abgelehnt."),
    row(
        716_040,
        6,
        "The ASA waits for its restart and takes no new sessions.",
        "Die ASA wartet auf ihren Neustart und nimmt keine neuen Sitzungen an.",
    ),
    row(
        716_044,
        4,
        "An attribute from AAA is out of range.",
        "Ein Attribut von AAA liegt außerhalb des zulässigen Bereichs.",
    ),
    row(716_045, 4, "An attribute from AAA is not valid.", "Ein Attribut von AAA ist ungültig."),
    row(
        716_046,
        4,
        "The filter that AAA names does not exist on the ASA, and the connection is ended.",
        "Den Filter, den AAA nennt, gibt es auf der ASA nicht; die Verbindung wird beendet.",
    ),
    row(
        716_047,
        4,
        "A filter of AAA was passed over for another one of AAA.",
        "Ein Filter von AAA wurde zugunsten eines anderen von AAA übergangen.",
    ),
    row(
        716_052,
        4,
        "A login that was not completed was dropped.",
        "Eine nicht abgeschlossene Anmeldung wurde verworfen.",
    ),
    row(
        716_057,
        3,
        "There is no licence left for this kind of session, for example for VPN phones.",
        "Für diese Art Sitzung ist keine Lizenz mehr frei, zum Beispiel für VPN-Telefone.",
    ),
    row(
        716_058,
        6,
        "The session lost its connection and waits for the client.",
        "Die Sitzung hat ihre Verbindung verloren und wartet auf den Client.",
    ),
    row(
        716_059,
        6,
        "The client has resumed its session.",
        "Der Client hat seine Sitzung wieder aufgenommen.",
    ),
    row(
        716_060,
        6,
        "The licences are used up: an idle session was ended for a new one.",
        "Die Lizenzen sind erschöpft: Eine ruhende Sitzung wurde für eine neue beendet.",
    ),
    row(716_600, 3, "What HostScan sent is too large.", "Die Daten von HostScan sind zu groß."),
    row(716_601, 3, "The ASA holds too much data of HostScan.", "Die ASA hält zu viele Daten von HostScan."),
    row(
        724_001,
        4,
        "Cisco Secure Desktop or HostScan is asked for, and the client did not say whether it runs. A phone never does.",
        "Cisco Secure Desktop oder HostScan wird verlangt, und der Client hat nicht gemeldet, ob es läuft. Ein Telefon tut das nie.",
    ),
    row(
        724_002,
        4,
        "Cisco Secure Desktop or HostScan is asked for, and the client does not run it. A phone never does.",
        "Cisco Secure Desktop oder HostScan wird verlangt, und der Client führt es nicht aus. Ein Telefon tut das nie.",
    ),
    row(
        734_001,
        6,
        "The dynamic access policy records that apply to the session; DfltAccessPolicy alone means that none matched.",
        "Die Einträge der dynamischen Zugriffsrichtlinien (DAP), die für die Sitzung gelten; DfltAccessPolicy allein heißt: Keiner traf zu.",
    ),
    row(
        734_002,
        5,
        "A dynamic access policy record ended the connection.",
        "Ein Eintrag der dynamischen Zugriffsrichtlinien (DAP) hat die Verbindung beendet.",
    ),
    row(
        734_003,
        7,
        "One attribute of the session that dynamic access policies look at.",
        "Ein Attribut der Sitzung, das die dynamischen Zugriffsrichtlinien (DAP) auswerten.",
    ),
    row(
        734_004,
        3,
        "Dynamic access policies could not be worked out.",
        "Die dynamischen Zugriffsrichtlinien (DAP) ließen sich nicht auswerten.",
    ),
    row(
        746_005,
        3,
        "The Active Directory agent cannot be reached.",
        "Der Active-Directory-Agent ist nicht erreichbar.",
    ),
    row(
        746_012,
        5,
        "The phone's address is bound to its user name: the end of a good login.",
        "Die Adresse des Telefons ist an seinen Benutzernamen gebunden: das Ende einer gelungenen Anmeldung.",
    ),
    row(746_013, 5, "The phone's address is free again.", "Die Adresse des Telefons ist wieder frei."),
];
