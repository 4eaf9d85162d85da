//! 717xxx: certificates and public key infrastructure.

use super::meaning::{Meaning, row};

/// By id.
pub(super) const ROWS: &[Meaning] = &[
    row(717_001, 3, "The ASA could not find a key pair.", "Die ASA hat ein Schlüsselpaar nicht gefunden."),
    row(
        717_002,
        3,
        "The ASA got no certificate for a trust-point.",
        "Die ASA hat für einen Vertrauenspunkt (trust-point) kein Zertifikat erhalten.",
    ),
    row(
        717_009,
        3,
        "The client's certificate was rejected; the reason stands in the message.",
        "Das Zertifikat des Clients wurde abgelehnt; der Grund steht in der Meldung.",
    ),
    row(
        717_010,
        3,
        "The revocation list could not be fetched: with `revocation-check crl` alone every phone is refused.",
        "Die Sperrliste war nicht abrufbar: Mit `revocation-check crl` allein wird jedes Telefon abgewiesen.",
    ),
    row(
        717_012,
        3,
        "The stored revocation list could not be renewed.",
        "Die gespeicherte Sperrliste ließ sich nicht erneuern.",
    ),
    row(
        717_015,
        3,
        "The revocation list is too large for the ASA.",
        "Die Sperrliste ist zu groß für die ASA.",
    ),
    row(
        717_017,
        3,
        "The CA's certificate could not be fetched.",
        "Das Zertifikat der Zertifizierungsstelle (CA) war nicht abrufbar.",
    ),
    row(
        717_018,
        3,
        "The revocation list has too many entries for the ASA.",
        "Die Sperrliste hat zu viele Einträge für die ASA.",
    ),
    row(
        717_020,
        3,
        "The ASA's own certificate could not be installed.",
        "Das eigene Zertifikat der ASA ließ sich nicht einrichten.",
    ),
    row(
        717_021,
        3,
        "The certificate's signature could not be verified, for example because another CA of the same name is stored.",
        "Die Signatur des Zertifikats ließ sich nicht prüfen, zum Beispiel weil eine andere CA desselben Namens hinterlegt ist.",
    ),
    row(717_022, 6, "The client's certificate is good.", "Das Zertifikat des Clients ist gültig."),
    row(
        717_023,
        3,
        "The ASA could not load the certificate of its trust-point: phones then see another one.",
        "Die ASA konnte das Zertifikat ihres Vertrauenspunkts (trust-point) nicht laden: Telefone sehen dann ein anderes.",
    ),
    row(717_024, 7, "A revocation list is consulted.", "Eine Sperrliste wird befragt."),
    row(
        717_025,
        7,
        "The check of a client's certificate begins.",
        "Die Prüfung eines Client-Zertifikats beginnt.",
    ),
    row(
        717_026,
        4,
        "A name could not be resolved that is needed for a certificate, for example that of a revocation list.",
        "Ein Name ließ sich nicht auflösen, der für ein Zertifikat gebraucht wird, zum Beispiel der einer Sperrliste.",
    ),
    row(
        717_027,
        3,
        "The client's chain was rejected: its CA is missing, expired, revoked, or not allowed for this use.",
        "Die Zertifikatskette des Clients wurde abgelehnt: Ihre CA fehlt, ist abgelaufen, gesperrt oder für diesen Zweck nicht zugelassen.",
    ),
    row(717_028, 6, "The client's chain is good.", "Die Zertifikatskette des Clients ist gültig."),
    row(717_029, 7, "Which client certificate was presented.", "Welches Client-Zertifikat vorgelegt wurde."),
    row(
        717_030,
        7,
        "A trust-point for the issuer was found.",
        "Zum Aussteller wurde ein Vertrauenspunkt (trust-point) gefunden.",
    ),
    row(
        717_031,
        4,
        "No trust-point holds the issuer of the client's certificate: import that CA from CUCM into the ASA.",
        "Kein Vertrauenspunkt (trust-point) kennt den Aussteller des Client-Zertifikats: Diese CA muss aus dem CUCM in die ASA importiert werden.",
    ),
    row(
        717_032,
        3,
        "The question to the OCSP server failed.",
        "Die Anfrage beim OCSP-Server ist gescheitert.",
    ),
    row(717_033, 6, "The OCSP server answered.", "Der OCSP-Server hat geantwortet."),
    row(
        717_035,
        4,
        "The OCSP server is asked about a certificate.",
        "Der OCSP-Server wird nach einem Zertifikat gefragt.",
    ),
    row(
        717_037,
        4,
        "No rule for certificates matched: the client lands in the default tunnel group.",
        "Keine Zertifikatsregel traf zu: Der Client landet in der Standard-Tunnelgruppe.",
    ),
    row(
        717_038,
        7,
        "A rule for certificates chose the tunnel group.",
        "Eine Zertifikatsregel hat die Tunnelgruppe bestimmt.",
    ),
    row(
        717_049,
        1,
        "The certificate of the ASA's own CA is about to expire.",
        "Das Zertifikat der ASA-eigenen CA läuft bald ab.",
    ),
    row(
        717_052,
        4,
        "The certificate failed a later check, and the session was cut.",
        "Das Zertifikat hat eine spätere Prüfung nicht bestanden; die Sitzung wurde getrennt.",
    ),
    row(
        717_054,
        1,
        "A certificate in a trust-point is about to expire.",
        "Ein Zertifikat in einem Vertrauenspunkt (trust-point) läuft bald ab.",
    ),
    row(
        717_055,
        1,
        "A certificate in a trust-point has expired.",
        "Ein Zertifikat in einem Vertrauenspunkt (trust-point) ist abgelaufen.",
    ),
    row(717_056, 6, "A revocation server is being asked.", "Ein Server für Sperrungen wird gefragt."),
    row(
        717_059,
        6,
        "The client's certificate matched a map.",
        "Das Client-Zertifikat passt zu einer Zuordnung (certificate map).",
    ),
    row(
        717_060,
        3,
        "The client's certificate matched no rule of a map.",
        "Das Client-Zertifikat passt zu keiner Regel einer Zuordnung (certificate map).",
    ),
];
