//! Versions of TLS and DTLS, in order, as the ASA's commands and its log write them.
//!
//! `ssl server-version tlsv1.2 dtlsv1.2` and `ssl cipher tlsv1.2 …` use one word; 725001 and `show ssl` another:
//! `TLSv1.2`. DTLS 1.0 is built on TLS 1.1, DTLS 1.2 on TLS 1.2; there is no DTLS 1.1 (RFC 6347, section 1).
//!
//! What Cisco called DTLS 1.0 before AnyConnect 4.7 is the version from before the RFC, 0x0100 on the wire, which
//! GnuTLS prints as `DTLS0.9` and OpenSSL calls `DTLS1_BAD_VER` (openssl pull request 31671). Both are one here.

/// A version of the protocol. The versions of one transport are in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Protocol {
    /// SSL 3.0.
    Ssl3,
    /// TLS 1.0.
    Tls10,
    /// TLS 1.1.
    Tls11,
    /// TLS 1.2.
    Tls12,
    /// TLS 1.3.
    Tls13,
    /// DTLS 1.0, over UDP.
    Dtls10,
    /// DTLS 1.2, over UDP.
    Dtls12,
}

impl Protocol {
    /// The versions over TCP, in order.
    pub const STREAM: [Self; 5] = [Self::Ssl3, Self::Tls10, Self::Tls11, Self::Tls12, Self::Tls13];

    /// The versions over UDP, in order.
    pub const DATAGRAM: [Self; 2] = [Self::Dtls10, Self::Dtls12];

    /// The word of the ASA's commands.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ssl3 => "sslv3",
            Self::Tls10 => "tlsv1",
            Self::Tls11 => "tlsv1.1",
            Self::Tls12 => "tlsv1.2",
            Self::Tls13 => "tlsv1.3",
            Self::Dtls10 => "dtlsv1",
            Self::Dtls12 => "dtlsv1.2",
        }
    }

    /// What a person calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ssl3 => "SSL 3.0",
            Self::Tls10 => "TLS 1.0",
            Self::Tls11 => "TLS 1.1",
            Self::Tls12 => "TLS 1.2",
            Self::Tls13 => "TLS 1.3",
            Self::Dtls10 => "DTLS 1.0",
            Self::Dtls12 => "DTLS 1.2",
        }
    }

    /// A version by its number in a hello: 0x0301 is TLS 1.0 (RFC 8446, section 4.2.1; RFC 6347, section 4.1).
    pub const fn by_number(number: u16) -> Option<Self> {
        Some(match number {
            0x0300 => Self::Ssl3,
            0x0301 => Self::Tls10,
            0x0302 => Self::Tls11,
            0x0303 => Self::Tls12,
            0x0304 => Self::Tls13,
            0x0100 | 0xfeff => Self::Dtls10,
            0xfefd => Self::Dtls12,
            _ => return None,
        })
    }

    /// A version by the ASA's word for it, in any case: `tlsv1.2`, `TLSv1.2`, `TLSv1.0`.
    pub fn by_word(word: &str) -> Option<Self> {
        let word = word.trim().to_ascii_lowercase();
        if matches!(word.as_str(), "dtls0.9" | "dtlsv0.9") {
            return Some(Self::Dtls10);
        }
        let word = word.strip_suffix(".0").unwrap_or(&word);
        Self::STREAM.into_iter().chain(Self::DATAGRAM).find(|protocol| protocol.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_commands_and_logs_are_known() {
        for (word, protocol) in [
            ("tlsv1", Some(Protocol::Tls10)),
            ("TLSv1.0", Some(Protocol::Tls10)),
            ("TLSv1.2", Some(Protocol::Tls12)),
            ("DTLSv1.2", Some(Protocol::Dtls12)),
            ("DTLS0.9", Some(Protocol::Dtls10)),
            ("any", None),
            ("", None),
        ] {
            assert_eq!(Protocol::by_word(word), protocol, "{word}");
        }
        assert!(Protocol::Tls10 < Protocol::Tls12);
    }
}
