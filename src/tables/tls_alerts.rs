//! TLS alerts: number, name, how OpenSSL words one that the far end sent, and what it means for a phone.
//!
//! Numbers and names: RFC 5246 section 7.2, RFC 8446 section 6. The ASA prints OpenSSL's reason string in 725014;
//! OpenSSL numbers a received alert 1000 + its code. That a phone numbers its alerts the same way is seen for 47
//! and 48 (Cisco 116162).

use crate::text::Text;

/// One alert.
pub struct Alert {
    /// Its number on the wire.
    pub code: u8,
    /// Its name in the RFC.
    pub name: &'static str,
    /// OpenSSL's reason string for a received alert, without the `sslv3 alert ` or `tlsv1 alert ` in front.
    pub reason: &'static str,
    /// What it means when a phone sends or gets it.
    pub meaning: Text,
}

/// Every fatal alert that is met.
pub const ALL: &[Alert] = &[
    Alert {
        code: 10,
        name: "unexpected_message",
        reason: "unexpected message",
        meaning: Text::fixed(
            "a handshake message came at the wrong moment",
            "eine Handshake-Nachricht kam zur falschen Zeit",
        ),
    },
    Alert {
        code: 20,
        name: "bad_record_mac",
        reason: "bad record mac",
        meaning: Text::fixed("a record arrived damaged", "ein Datensatz kam beschädigt an"),
    },
    Alert {
        code: 40,
        name: "handshake_failure",
        reason: "handshake failure",
        meaning: Text::fixed(
            "no version or cipher that both sides accept",
            "keine Version oder Chiffre, die beide Seiten annehmen",
        ),
    },
    Alert {
        code: 42,
        name: "bad_certificate",
        reason: "bad certificate",
        meaning: Text::fixed(
            "the certificate could not be used: it is damaged, or its name does not fit",
            "das Zertifikat war nicht zu gebrauchen: Es ist beschädigt, oder sein Name passt nicht",
        ),
    },
    Alert {
        code: 43,
        name: "unsupported_certificate",
        reason: "unsupported certificate",
        meaning: Text::fixed(
            "a kind of certificate that the receiver does not know, for example on an elliptic curve",
            "eine Zertifikatsart, die der Empfänger nicht kennt, zum Beispiel auf einer elliptischen Kurve",
        ),
    },
    Alert {
        code: 44,
        name: "certificate_revoked",
        reason: "certificate revoked",
        meaning: Text::fixed("the certificate was revoked", "das Zertifikat ist gesperrt"),
    },
    Alert {
        code: 45,
        name: "certificate_expired",
        reason: "certificate expired",
        meaning: Text::fixed(
            "the certificate is out of date, or the receiver's clock is wrong",
            "das Zertifikat ist abgelaufen, oder die Uhr des Empfängers geht falsch",
        ),
    },
    Alert {
        code: 46,
        name: "certificate_unknown",
        reason: "certificate unknown",
        meaning: Text::fixed(
            "the certificate was refused for a reason that is not said",
            "das Zertifikat wurde aus einem nicht genannten Grund abgelehnt",
        ),
    },
    Alert {
        code: 47,
        name: "illegal_parameter",
        reason: "illegal parameter",
        meaning: Text::fixed(
            "an answer that does not fit what was offered; in DTLS: another cipher than that of the TLS session",
            "eine Antwort, die nicht zum Angebot passt; bei DTLS: eine andere Chiffre als die der TLS-Sitzung",
        ),
    },
    Alert {
        code: 48,
        name: "unknown_ca",
        reason: "unknown ca",
        meaning: Text::fixed(
            "the certificate is not trusted: a phone sends this when no certificate hash of its configuration fits",
            "dem Zertifikat wird nicht vertraut: Ein Telefon sendet das, wenn kein Zertifikat-Hash seiner Konfiguration passt",
        ),
    },
    Alert {
        code: 49,
        name: "access_denied",
        reason: "access denied",
        meaning: Text::fixed(
            "the certificate is good, but access is denied",
            "das Zertifikat ist gültig, der Zugriff aber verweigert",
        ),
    },
    Alert {
        code: 50,
        name: "decode_error",
        reason: "decode error",
        meaning: Text::fixed("a message could not be read", "eine Nachricht war nicht zu lesen"),
    },
    Alert {
        code: 51,
        name: "decrypt_error",
        reason: "decrypt error",
        meaning: Text::fixed(
            "a signature or key could not be verified",
            "eine Signatur oder ein Schlüssel ließ sich nicht prüfen",
        ),
    },
    Alert {
        code: 70,
        name: "protocol_version",
        reason: "protocol version",
        meaning: Text::fixed(
            "the two sides have no TLS version in common",
            "beide Seiten haben keine gemeinsame TLS-Version",
        ),
    },
    Alert {
        code: 71,
        name: "insufficient_security",
        reason: "insufficient security",
        meaning: Text::fixed(
            "the offered ciphers are too weak for the other side",
            "die angebotenen Chiffren sind der anderen Seite zu schwach",
        ),
    },
    Alert {
        code: 80,
        name: "internal_error",
        reason: "internal error",
        meaning: Text::fixed("the sender had a fault of its own", "der Absender hatte selbst einen Fehler"),
    },
    Alert {
        code: 90,
        name: "user_canceled",
        reason: "user cancelled",
        meaning: Text::fixed("the handshake was called off", "der Handshake wurde abgebrochen"),
    },
];

/// An alert by its number.
pub fn by_code(code: u8) -> Option<&'static Alert> {
    ALL.iter().find(|alert| alert.code == code)
}

/// The number of the alert that OpenSSL reports as received, from a reason such as `tlsv1 alert unknown ca`.
/// `None` for reasons that the ASA raises itself, such as `no shared cipher`.
pub fn by_reason(reason: &str) -> Option<u8> {
    let reason = reason.trim().trim_end_matches('.').to_ascii_lowercase();
    let alert = reason.split_once(" alert ")?.1.trim();
    ALL.iter().find(|known| known.reason == alert).map(|known| known.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_read_whatever_its_prefix() {
        assert_eq!(by_reason("tlsv1 alert unknown ca"), Some(48));
        assert_eq!(by_reason("SSLv3 alert illegal parameter."), Some(47));
        assert_eq!(by_reason("no shared cipher"), None);
        assert_eq!(by_code(48).unwrap().name, "unknown_ca");
    }
}
