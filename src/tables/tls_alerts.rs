//! TLS alerts: number, name, how OpenSSL words one that the far end sent, and what it means by who sent it.
//!
//! Who sent an alert decides what it is about: the ASA's certificate, cipher or version where the phone sends it, the
//! phone's where the ASA sends it. Alert 70 from a phone means that the ASA is too old for it, from an ASA that the
//! phone is.
//!
//! Numbers and names: RFC 5246 section 7.2, RFC 8446 section 6.2, RFC 6066 section 9, RFC 7301, RFC 7507. The ASA
//! prints OpenSSL's reason string in 725014; OpenSSL numbers a received alert 1000 + its code (`SSL_AD_REASON_OFFSET`
//! in `ssl.h`), and words 110 to 114 without `alert`. That a phone numbers its alerts the same way is seen for 47 and
//! 48 (Cisco 116162). What each is sent for was measured with OpenSSL 1.0.2, 1.1.1, 3.0 and 3.5 as client and server.

use crate::text::Text;

/// One alert.
pub struct Alert {
    /// Its number on the wire.
    pub code: u8,
    /// Its name in the RFC.
    pub name: &'static str,
    /// OpenSSL's reason string for a received alert, without the `sslv3 alert ` or `tlsv1 alert ` in front.
    pub reason: &'static str,
    /// What it means when a phone sends it.
    pub from_phone: Text,
    /// What it means when the ASA sends it to a phone.
    pub from_asa: Text,
}

impl Alert {
    /// What it means, by who sent it.
    pub const fn meaning(&self, by_phone: bool) -> &Text {
        if by_phone { &self.from_phone } else { &self.from_asa }
    }
}

/// An alert by its number.
pub fn by_code(code: u8) -> Option<&'static Alert> {
    ALL.iter().find(|alert| alert.code == code)
}

/// The number of the alert that OpenSSL reports as received, from a reason such as `tlsv1 alert unknown ca`.
/// `None` for reasons that the reporting side raises itself, such as `no shared cipher`.
pub fn by_reason(reason: &str) -> Option<u8> {
    let reason = reason.trim().trim_end_matches('.');
    let first = reason.bytes().position(|byte| byte == b' ')?;
    let is_prefix =
        |prefix: &&&str| reason.get(..first).is_some_and(|word| word.eq_ignore_ascii_case(prefix));
    let at = match PREFIXES.iter().find(is_prefix) {
        Some(_) => first,
        None => reason.as_bytes().windows(ALERT.len()).position(|part| part.eq_ignore_ascii_case(ALERT))?,
    };
    let words = reason.get(at + 1..)?;
    let behind = words.get(..ALERT.len() - 1).filter(|word| word.as_bytes().eq_ignore_ascii_case(b"alert "));
    by_words(behind.and_then(|word| words.get(word.len()..)).unwrap_or(words))
}

/// The number of the alert in an error of OpenSSL's: `14094418:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca`.
/// The code tells it even where the words are cut off: its low 12 bits are 1000 + the alert.
pub fn by_error(error: &str) -> Option<u8> {
    let error = error.trim();
    let (code, _) = error.split_once(':').unwrap_or((error, ""));
    let number = u32::from_str_radix(code, 16).ok().filter(|_| code.len() == 8);
    let by_number = number
        .filter(|number| SSL_LIBRARY.contains(&(number >> 24)))
        .and_then(|number| u8::try_from((number & 0xfff).checked_sub(1000)?).ok())
        .filter(|code| by_code(*code).is_some());
    by_number.or_else(|| by_reason(error.rsplit(':').next()?))
}

/// The number of an alert by the words that OpenSSL has for it where it is told as sent or received, without a
/// number: `unknown CA` in `ssl_state_cb: TLSv1: write: alert: fatal:unknown CA`.
pub fn by_words(words: &str) -> Option<u8> {
    let words = words.trim().trim_end_matches('.');
    // Most rows are of another length, and that is asked of every handshake of a log several times.
    let is = |known: &str| known.len() == words.len() && same(known, words);
    ALL.iter().find(|alert| is(alert.reason) || is(alert.name)).map(|alert| alert.code)
}

/// Compares two texts of one length without regard to case, and takes `_` for a blank.
fn same(one: &str, other: &str) -> bool {
    let plain = |byte: u8| if byte == b'_' { b' ' } else { byte.to_ascii_lowercase() };
    one.bytes().zip(other.bytes()).all(|(one, other)| plain(one) == plain(other))
}

/// True for an alert about the other side's certificate.
pub const fn is_about_certificate(code: u8) -> bool {
    matches!(code, 41..=46 | 48 | 111 | 113 | 114 | 116)
}

/// What stands between the words of a reason and those of the alert.
const ALERT: &[u8] = b" alert ";
/// What stands before the words of a received alert.
const PREFIXES: [&str; 5] = ["sslv3", "tlsv1", "tlsv13", "ssl/tls", "ssl3"];
/// The first byte of a code of the library `SSL`: up to OpenSSL 1.1.1, and from 3.0 on.
const SSL_LIBRARY: [u32; 2] = [0x14, 0x0a];

const fn row(code: u8, name: &'static str, reason: &'static str, from_phone: Text, from_asa: Text) -> Alert {
    Alert { code, name, reason, from_phone, from_asa }
}

/// Every alert that ends a connection.
pub const ALL: &[Alert] = &[
    row(
        10,
        "unexpected_message",
        "unexpected message",
        Text::fixed(
            "a message of the ASA came at the wrong moment of the handshake",
            "eine Nachricht der ASA kam im Handshake zur falschen Zeit",
        ),
        Text::fixed(
            "a message of the phone came at the wrong moment of the handshake",
            "eine Nachricht des Telefons kam im Handshake zur falschen Zeit",
        ),
    ),
    row(
        20,
        "bad_record_mac",
        "bad record mac",
        Text::fixed("a record reached the phone damaged", "ein Datensatz kam beim Telefon beschädigt an"),
        Text::fixed("a record reached the ASA damaged", "ein Datensatz kam bei der ASA beschädigt an"),
    ),
    row(
        21,
        "decryption_failed",
        "decryption failed",
        Text::fixed(
            "the phone could not decrypt a record",
            "das Telefon konnte einen Datensatz nicht entschlüsseln",
        ),
        Text::fixed(
            "the ASA could not decrypt a record",
            "die ASA konnte einen Datensatz nicht entschlüsseln",
        ),
    ),
    row(
        22,
        "record_overflow",
        "record overflow",
        Text::fixed(
            "the answer was longer than a record of TLS may be: perhaps what answers does not speak TLS",
            "die Antwort war länger, als ein Datensatz von TLS sein darf: Womöglich spricht die Gegenseite kein TLS",
        ),
        Text::fixed(
            "what the phone sent was longer than a record of TLS may be",
            "was das Telefon gesendet hat, war länger, als ein Datensatz von TLS sein darf",
        ),
    ),
    row(
        30,
        "decompression_failure",
        "decompression failure",
        Text::fixed(
            "the phone could not unpack a record",
            "das Telefon konnte einen Datensatz nicht entpacken",
        ),
        Text::fixed("the ASA could not unpack a record", "die ASA konnte einen Datensatz nicht entpacken"),
    ),
    row(
        40,
        "handshake_failure",
        "handshake failure",
        Text::fixed(
            "the phone does not accept what the ASA chose, for example a key for the exchange that is too short",
            "das Telefon nimmt nicht an, was die ASA gewählt hat, zum Beispiel einen zu kurzen Schlüssel für den Austausch",
        ),
        Text::fixed(
            "the ASA has no cipher in common with the phone, or it asked for a client certificate and none came",
            "die ASA hat mit dem Telefon keine gemeinsame Chiffre, oder sie hat ein Client-Zertifikat verlangt und keines bekommen",
        ),
    ),
    row(
        41,
        "no_certificate",
        "no certificate",
        Text::fixed("the phone has no certificate to send", "das Telefon hat kein Zertifikat zu senden"),
        Text::fixed("the ASA has no certificate to send", "die ASA hat kein Zertifikat zu senden"),
    ),
    row(
        42,
        "bad_certificate",
        "bad certificate",
        Text::fixed(
            "the phone cannot use the ASA's certificate: its name does not fit, it is not valid yet, its key or signature is too weak, or it is damaged",
            "das Telefon kann das Zertifikat der ASA nicht gebrauchen: Der Name passt nicht, es gilt noch nicht, Schlüssel oder Signatur sind zu schwach, oder es ist beschädigt",
        ),
        Text::fixed(
            "the ASA cannot use the phone's certificate: it is not valid yet, its key or signature is too weak, or it is damaged",
            "die ASA kann das Zertifikat des Telefons nicht gebrauchen: Es gilt noch nicht, Schlüssel oder Signatur sind zu schwach, oder es ist beschädigt",
        ),
    ),
    row(
        43,
        "unsupported_certificate",
        "unsupported certificate",
        Text::fixed(
            "the ASA's certificate is of a kind or for a purpose that the phone does not accept, for example on an elliptic curve",
            "das Zertifikat der ASA hat eine Art oder einen Zweck, die das Telefon nicht annimmt, zum Beispiel auf einer elliptischen Kurve",
        ),
        Text::fixed(
            "the phone's certificate is not meant for a client's login: its key usage or purpose does not fit",
            "das Zertifikat des Telefons ist nicht für die Anmeldung eines Clients gedacht: Schlüsselverwendung oder Zweck passen nicht",
        ),
    ),
    row(
        44,
        "certificate_revoked",
        "certificate revoked",
        Text::fixed("the ASA's certificate was revoked", "das Zertifikat der ASA ist gesperrt"),
        Text::fixed("the phone's certificate was revoked", "das Zertifikat des Telefons ist gesperrt"),
    ),
    row(
        45,
        "certificate_expired",
        "certificate expired",
        Text::fixed(
            "the ASA's certificate has expired, or the phone's clock is wrong",
            "das Zertifikat der ASA ist abgelaufen, oder die Uhr des Telefons geht falsch",
        ),
        Text::fixed(
            "the phone's certificate has expired, or the ASA's clock is wrong",
            "das Zertifikat des Telefons ist abgelaufen, oder die Uhr der ASA geht falsch",
        ),
    ),
    row(
        46,
        "certificate_unknown",
        "certificate unknown",
        Text::fixed(
            "the phone refuses the ASA's certificate and does not say why",
            "das Telefon lehnt das Zertifikat der ASA ab und nennt keinen Grund",
        ),
        Text::fixed(
            "the ASA refuses the phone's certificate and does not say why",
            "die ASA lehnt das Zertifikat des Telefons ab und nennt keinen Grund",
        ),
    ),
    row(
        47,
        "illegal_parameter",
        "illegal parameter",
        Text::fixed(
            "the ASA's answer does not fit what the phone offered; in DTLS it is another cipher than that of the TLS session",
            "die Antwort der ASA passt nicht zum Angebot des Telefons; bei DTLS ist es eine andere Chiffre als die der TLS-Sitzung",
        ),
        Text::fixed(
            "what the phone sent does not fit, for example a session to resume whose cipher it no longer offers",
            "was das Telefon gesendet hat, passt nicht, zum Beispiel eine fortzusetzende Sitzung, deren Chiffre es nicht mehr anbietet",
        ),
    ),
    row(
        48,
        "unknown_ca",
        "unknown ca",
        Text::fixed(
            "the phone trusts neither the ASA's certificate nor its issuer: no certificate hash of its configuration fits",
            "das Telefon vertraut weder dem Zertifikat der ASA noch dessen Aussteller: Kein Zertifikat-Hash seiner Konfiguration passt",
        ),
        Text::fixed(
            "the ASA does not trust the issuer of the phone's certificate",
            "die ASA vertraut dem Aussteller des Telefonzertifikats nicht",
        ),
    ),
    row(
        49,
        "access_denied",
        "access denied",
        Text::fixed("the phone denies access", "das Telefon verweigert den Zugriff"),
        Text::fixed(
            "the ASA denies the phone access, although its certificate could be read",
            "die ASA verweigert dem Telefon den Zugriff, obwohl sein Zertifikat zu lesen war",
        ),
    ),
    row(
        50,
        "decode_error",
        "decode error",
        Text::fixed(
            "the phone could not read a message of the ASA",
            "das Telefon konnte eine Nachricht der ASA nicht lesen",
        ),
        Text::fixed(
            "the ASA could not read a message of the phone, or the connection ended too early",
            "die ASA konnte eine Nachricht des Telefons nicht lesen, oder die Verbindung endete zu früh",
        ),
    ),
    row(
        51,
        "decrypt_error",
        "decrypt error",
        Text::fixed(
            "the phone could not verify a signature or the end of the handshake",
            "das Telefon konnte eine Signatur oder den Schluss des Handshakes nicht prüfen",
        ),
        Text::fixed(
            "the ASA could not verify the phone's signature or the end of the handshake: perhaps something changed it on the way",
            "die ASA konnte die Signatur des Telefons oder den Schluss des Handshakes nicht prüfen: Womöglich hat ihn unterwegs etwas verändert",
        ),
    ),
    row(
        60,
        "export_restriction",
        "export restriction",
        Text::fixed(
            "the ASA's key is longer than export rules allowed",
            "der Schlüssel der ASA ist länger, als Exportregeln erlaubten",
        ),
        Text::fixed(
            "the phone's key is longer than export rules allowed",
            "der Schlüssel des Telefons ist länger, als Exportregeln erlaubten",
        ),
    ),
    row(
        70,
        "protocol_version",
        "protocol version",
        Text::fixed(
            "the ASA's version of TLS is too old for the phone",
            "die TLS-Version der ASA ist dem Telefon zu alt",
        ),
        Text::fixed(
            "the phone's version of TLS is too old for the ASA",
            "die TLS-Version des Telefons ist der ASA zu alt",
        ),
    ),
    row(
        71,
        "insufficient_security",
        "insufficient security",
        Text::fixed(
            "the ASA's ciphers or keys are too weak for the phone",
            "die Chiffren oder Schlüssel der ASA sind dem Telefon zu schwach",
        ),
        Text::fixed(
            "the phone's ciphers or keys are too weak for the ASA",
            "die Chiffren oder Schlüssel des Telefons sind der ASA zu schwach",
        ),
    ),
    row(
        80,
        "internal_error",
        "internal error",
        Text::fixed(
            "the phone had a fault of its own, for example no cipher left that it may offer",
            "das Telefon hatte selbst einen Fehler, zum Beispiel keine Chiffre mehr, die es anbieten darf",
        ),
        Text::fixed(
            "the ASA had a fault of its own; its log of that moment says more",
            "die ASA hatte selbst einen Fehler; ihr Protokoll aus dieser Zeit sagt mehr",
        ),
    ),
    row(
        86,
        "inappropriate_fallback",
        "inappropriate fallback",
        Text::fixed(
            "a connection was tried again with an older TLS than both sides speak",
            "eine Verbindung wurde mit einem älteren TLS wiederholt, als beide Seiten sprechen",
        ),
        Text::fixed(
            "the phone tried again with an older TLS, although the ASA speaks a newer one: its first attempt failed for another reason",
            "das Telefon hat es mit einem älteren TLS noch einmal versucht, obwohl die ASA ein neueres spricht: Der erste Versuch ist aus einem anderen Grund gescheitert",
        ),
    ),
    row(
        90,
        "user_canceled",
        "user cancelled",
        Text::fixed("the phone called the handshake off", "das Telefon hat den Handshake abgebrochen"),
        Text::fixed("the ASA called the handshake off", "die ASA hat den Handshake abgebrochen"),
    ),
    row(
        100,
        "no_renegotiation",
        "no renegotiation",
        Text::fixed(
            "the phone does not negotiate a running session anew",
            "das Telefon handelt eine laufende Sitzung nicht neu aus",
        ),
        Text::fixed(
            "the ASA does not negotiate a running session anew",
            "die ASA handelt eine laufende Sitzung nicht neu aus",
        ),
    ),
    row(
        109,
        "missing_extension",
        "missing extension",
        Text::fixed(
            "an extension is missing in the ASA's hello",
            "in der Eröffnung der ASA fehlt eine Erweiterung",
        ),
        Text::fixed(
            "an extension is missing in the phone's hello",
            "in der Eröffnung des Telefons fehlt eine Erweiterung",
        ),
    ),
    row(
        110,
        "unsupported_extension",
        "unsupported extension",
        Text::fixed(
            "the ASA answers with an extension that the phone did not offer",
            "die ASA antwortet mit einer Erweiterung, die das Telefon nicht angeboten hat",
        ),
        Text::fixed(
            "the phone sent an extension that does not belong there",
            "das Telefon hat eine Erweiterung gesendet, die dort nicht hingehört",
        ),
    ),
    row(
        111,
        "certificate_unobtainable",
        "certificate unobtainable",
        Text::fixed(
            "the phone could not fetch the ASA's certificate from where it is said to lie",
            "das Telefon konnte das Zertifikat der ASA nicht von der genannten Stelle holen",
        ),
        Text::fixed(
            "the ASA could not fetch the phone's certificate from where it is said to lie",
            "die ASA konnte das Zertifikat des Telefons nicht von der genannten Stelle holen",
        ),
    ),
    row(
        112,
        "unrecognized_name",
        "unrecognized name",
        Text::fixed(
            "the phone does not accept the host name that it was answered for",
            "das Telefon nimmt den Hostnamen nicht an, für den geantwortet wurde",
        ),
        Text::fixed(
            "the ASA has no certificate for the host name that the phone asks for (SNI)",
            "die ASA hat kein Zertifikat für den Hostnamen, nach dem das Telefon fragt (SNI)",
        ),
    ),
    row(
        113,
        "bad_certificate_status_response",
        "bad certificate status response",
        Text::fixed(
            "the answer about revocation (OCSP) that the ASA sent along is not valid",
            "die Auskunft über Sperrungen (OCSP), die die ASA mitgeschickt hat, ist ungültig",
        ),
        Text::fixed(
            "the answer about revocation (OCSP) that the phone sent along is not valid",
            "die Auskunft über Sperrungen (OCSP), die das Telefon mitgeschickt hat, ist ungültig",
        ),
    ),
    row(
        114,
        "bad_certificate_hash_value",
        "bad certificate hash value",
        Text::fixed(
            "the ASA's certificate does not have the hash that was announced for it",
            "das Zertifikat der ASA hat nicht den Hash, der dafür angekündigt war",
        ),
        Text::fixed(
            "the phone's certificate does not have the hash that was announced for it",
            "das Zertifikat des Telefons hat nicht den Hash, der dafür angekündigt war",
        ),
    ),
    row(
        115,
        "unknown_psk_identity",
        "unknown psk identity",
        Text::fixed(
            "the phone does not know the shared key that was named",
            "das Telefon kennt den genannten gemeinsamen Schlüssel nicht",
        ),
        Text::fixed(
            "the ASA does not know the shared key that was named",
            "die ASA kennt den genannten gemeinsamen Schlüssel nicht",
        ),
    ),
    row(
        116,
        "certificate_required",
        "certificate required",
        Text::fixed(
            "the phone asked for a certificate and got none",
            "das Telefon hat ein Zertifikat verlangt und keines bekommen",
        ),
        Text::fixed(
            "the ASA asked for a client certificate, and the phone sent none",
            "die ASA hat ein Client-Zertifikat verlangt, und das Telefon hat keines gesendet",
        ),
    ),
    row(
        120,
        "no_application_protocol",
        "no application protocol",
        Text::fixed(
            "the ASA speaks none of the application protocols that the phone offers (ALPN)",
            "die ASA spricht keines der Anwendungsprotokolle, die das Telefon anbietet (ALPN)",
        ),
        Text::fixed(
            "the phone offers no application protocol that the ASA speaks (ALPN)",
            "das Telefon bietet kein Anwendungsprotokoll an, das die ASA spricht (ALPN)",
        ),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_read_whatever_its_prefix() {
        for (reason, code) in [
            ("tlsv1 alert unknown ca", Some(48)),
            ("SSLv3 alert illegal parameter.", Some(47)),
            ("ssl/tls alert handshake failure", Some(40)),
            ("tlsv13 alert certificate required", Some(116)),
            ("tlsv1 unrecognized name", Some(112)),
            ("tlsv1 alert user cancelled", Some(90)),
            ("no shared cipher", None),
            ("unsupported protocol", None),
            ("certificate verify failed", None),
            ("tlsv1 alert of another kind", None),
            ("", None),
        ] {
            assert_eq!(by_reason(reason), code, "{reason}");
        }
    }

    #[test]
    fn an_error_is_read_by_its_code_and_by_its_words() {
        for (error, code) in [
            ("14077410:SSL routines:SSL23_GET_SERVER_HELLO:sslv3 alert handshake failure", Some(40)),
            ("1407742E:SSL routines:SSL23_GET_SERVER_HELLO:", Some(70)),
            ("0A000418:SSL routines::tlsv1 alert unknown ca", Some(48)),
            ("0A00045C", Some(116)),
            ("1409442", None),
            ("garbage:SSL routines:x:tlsv1 alert protocol version", Some(70)),
            ("14077102:SSL routines:SSL23_GET_SERVER_HELLO:unsupported protocol", None),
            ("140920C5:SSL routines:SSL3_GET_SERVER_HELLO:old session cipher not returned", None),
            ("0D0C5418:asn1 encoding routines:x:y", None),
            ("", None),
        ] {
            assert_eq!(by_error(error), code, "{error}");
        }
    }

    #[test]
    fn who_sent_it_decides_what_it_is_about() {
        for alert in ALL {
            assert_ne!(alert.from_phone.en(), alert.from_asa.en(), "{}", alert.name);
            assert_ne!(alert.from_phone.de(), alert.from_asa.de(), "{}", alert.name);
        }
        let version = by_code(70).unwrap();
        assert!(version.meaning(true).en().contains("the ASA's version of TLS is too old"));
        assert!(version.meaning(false).en().contains("the phone's version of TLS is too old"));
        assert_eq!(
            (by_words("unknown CA"), by_words("user canceled"), by_words("close notify")),
            (Some(48), Some(90), None)
        );
    }
}
