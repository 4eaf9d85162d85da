//! Cipher suites by OpenSSL's names: what certificate each needs, and from which version on it exists.
//!
//! 725011, 725012 and `ssl cipher … custom` name suites as OpenSSL does; a packet and the IANA registry number them.
//! Sources: IANA, TLS Cipher Suites registry; OpenSSL, `ciphers(1)`; RFC 5246 (GCM and SHA-2 suites exist from
//! TLS 1.2 on), RFC 4492 and 5289 (elliptic curves), RFC 8446 (TLS 1.3 suites say nothing of the certificate).

use crate::tables::tls_versions::Protocol;

/// The kind of key that the server's certificate must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Authentication {
    /// An RSA key.
    Rsa,
    /// A key on an elliptic curve.
    Ecdsa,
    /// Any: the suite says nothing of it (TLS 1.3).
    Any,
}

/// One suite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suite {
    /// OpenSSL's name.
    pub name: &'static str,
    /// Its number in the IANA registry.
    pub number: u16,
    /// The certificate that it needs.
    pub authentication: Authentication,
    /// The first version that has it.
    pub lowest: Protocol,
    /// What there is to say of it; may be empty.
    pub note: &'static str,
}

const fn rsa(name: &'static str, number: u16, lowest: Protocol, note: &'static str) -> Suite {
    Suite { name, number, authentication: Authentication::Rsa, lowest, note }
}

const fn ecdsa(name: &'static str, number: u16, lowest: Protocol) -> Suite {
    Suite { name, number, authentication: Authentication::Ecdsa, lowest, note: "" }
}

const fn any(name: &'static str, number: u16) -> Suite {
    Suite { name, number, authentication: Authentication::Any, lowest: Protocol::Tls13, note: "" }
}

const FIRST_OF_PHONES: &str = "offered by every phone known here";
const BROKEN: &str = "broken cipher; removed from newer releases";

/// Every suite that an ASA or a phone is known to use, by number.
pub const ALL: &[Suite] = &[
    rsa("NULL-SHA", 0x0002, Protocol::Ssl3, "no encryption"),
    rsa("RC4-MD5", 0x0004, Protocol::Ssl3, BROKEN),
    rsa("RC4-SHA", 0x0005, Protocol::Ssl3, BROKEN),
    rsa("DES-CBC-SHA", 0x0009, Protocol::Ssl3, BROKEN),
    rsa("DES-CBC3-SHA", 0x000A, Protocol::Ssl3, ""),
    rsa("AES128-SHA", 0x002F, Protocol::Ssl3, FIRST_OF_PHONES),
    rsa("DHE-RSA-AES128-SHA", 0x0033, Protocol::Ssl3, ""),
    rsa("AES256-SHA", 0x0035, Protocol::Ssl3, FIRST_OF_PHONES),
    rsa("DHE-RSA-AES256-SHA", 0x0039, Protocol::Ssl3, ""),
    rsa("AES128-SHA256", 0x003C, Protocol::Tls12, ""),
    rsa("AES256-SHA256", 0x003D, Protocol::Tls12, ""),
    rsa("DHE-RSA-AES128-SHA256", 0x0067, Protocol::Tls12, ""),
    rsa("DHE-RSA-AES256-SHA256", 0x006B, Protocol::Tls12, ""),
    rsa("AES128-GCM-SHA256", 0x009C, Protocol::Tls12, ""),
    rsa("AES256-GCM-SHA384", 0x009D, Protocol::Tls12, ""),
    rsa("DHE-RSA-AES128-GCM-SHA256", 0x009E, Protocol::Tls12, ""),
    rsa("DHE-RSA-AES256-GCM-SHA384", 0x009F, Protocol::Tls12, ""),
    any("TLS_AES_128_GCM_SHA256", 0x1301),
    any("TLS_AES_256_GCM_SHA384", 0x1302),
    any("TLS_CHACHA20_POLY1305_SHA256", 0x1303),
    ecdsa("ECDHE-ECDSA-AES128-SHA", 0xC009, Protocol::Tls10),
    ecdsa("ECDHE-ECDSA-AES256-SHA", 0xC00A, Protocol::Tls10),
    rsa("ECDHE-RSA-AES128-SHA", 0xC013, Protocol::Tls10, ""),
    rsa("ECDHE-RSA-AES256-SHA", 0xC014, Protocol::Tls10, ""),
    ecdsa("ECDHE-ECDSA-AES128-SHA256", 0xC023, Protocol::Tls12),
    ecdsa("ECDHE-ECDSA-AES256-SHA384", 0xC024, Protocol::Tls12),
    rsa("ECDHE-RSA-AES128-SHA256", 0xC027, Protocol::Tls12, ""),
    rsa("ECDHE-RSA-AES256-SHA384", 0xC028, Protocol::Tls12, ""),
    ecdsa("ECDHE-ECDSA-AES128-GCM-SHA256", 0xC02B, Protocol::Tls12),
    ecdsa("ECDHE-ECDSA-AES256-GCM-SHA384", 0xC02C, Protocol::Tls12),
    rsa("ECDHE-RSA-AES128-GCM-SHA256", 0xC02F, Protocol::Tls12, ""),
    rsa("ECDHE-RSA-AES256-GCM-SHA384", 0xC030, Protocol::Tls12, ""),
];

/// OpenSSL's name of a suite by its number, or the number itself: `0x0035`.
pub fn name_of(number: u16) -> String {
    let known = ALL.iter().find(|suite| suite.number == number);
    known.map_or_else(|| format!("0x{number:04X}"), |suite| suite.name.to_owned())
}

/// A suite by OpenSSL's name.
pub fn by_name(name: &str) -> Option<&'static Suite> {
    ALL.iter().find(|suite| suite.name.eq_ignore_ascii_case(name.trim()))
}

/// The certificate that a suite needs. A name that is not in the table is judged by its parts, as OpenSSL forms it.
pub fn authentication(name: &str) -> Authentication {
    match by_name(name) {
        Some(suite) => suite.authentication,
        None if name.contains("ECDSA") => Authentication::Ecdsa,
        None if name.starts_with("TLS_") => Authentication::Any,
        None => Authentication::Rsa,
    }
}

/// True where a version has the suite; a name that is not in the table is taken for one that it has.
pub fn exists_in(name: &str, protocol: Protocol) -> bool {
    let equal = match protocol {
        Protocol::Dtls10 => Protocol::Tls11,
        Protocol::Dtls12 => Protocol::Tls12,
        stream => stream,
    };
    by_name(name).is_none_or(|suite| {
        suite.lowest <= equal && (equal == Protocol::Tls13) == (suite.lowest == Protocol::Tls13)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suites_are_in_order_of_their_numbers() {
        for pair in ALL.windows(2) {
            assert!(pair[0].number < pair[1].number, "{pair:?}");
        }
    }

    #[test]
    fn names_tell_the_certificate_and_the_version() {
        for (name, needs) in [
            ("AES256-SHA", Authentication::Rsa),
            ("ECDHE-RSA-AES256-GCM-SHA384", Authentication::Rsa),
            ("ECDHE-ECDSA-AES256-GCM-SHA384", Authentication::Ecdsa),
            ("ECDHE-ECDSA-CAMELLIA256-SHA384", Authentication::Ecdsa),
            ("TLS_AES_256_GCM_SHA384", Authentication::Any),
        ] {
            assert_eq!(authentication(name), needs, "{name}");
        }
        assert!(exists_in("AES256-SHA", Protocol::Tls10));
        assert!(exists_in("AES256-SHA", Protocol::Dtls10));
        assert!(!exists_in("AES256-GCM-SHA384", Protocol::Tls11));
        assert!(!exists_in("AES256-GCM-SHA384", Protocol::Dtls10));
        assert!(exists_in("AES256-GCM-SHA384", Protocol::Dtls12));
        assert!(!exists_in("AES256-SHA", Protocol::Tls13));
    }
}
