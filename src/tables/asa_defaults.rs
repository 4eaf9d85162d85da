//! What an ASA's TLS server does where its configuration does not say, by release.
//!
//! `show running-config` hides defaults. What is assumed here may explain a finding, but never makes a pass: bring
//! `show running-config all ssl` or `show ssl`, and nothing is assumed.
//!
//! Sources: the ASA command reference (`ssl server-version`, `ssl cipher`; default level `medium`); Cisco 116162
//! (`show run all ssl` of a release before 9.3(2)); Cisco's table of ASA releases and ciphers (community document
//! 3156717: TLS 1.2 from 9.3(2), elliptic curves from 9.4(1), DTLS 1.2 from 9.10(1)). That DTLS 1.2 came to hardware
//! later than to the ASAv is told by OpenConnect's author (openssl pull request 3910, 2019-01-08); that table names no
//! platform. What a level holds is in none of them, release by release; see [`LEVELS`]. For TLS 1.3 from 9.19(1)
//! there is no source.
//!
//! `ssl encryption` was replaced by `ssl cipher` in 9.3(2), and the word itself is gone from 9.12(1) on (release notes
//! of 9.12). The lowest version has not been raised up to the newest command reference: it is still `tlsv1 dtlsv1`.

use crate::tables::cipher_suites;
use crate::tables::tls_versions::Protocol;

/// A release as its first three numbers: 9.4(1) is `[9, 4, 1]`.
pub type Release = [u32; 3];

/// How well a row is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// A source says it.
    Documented,
    /// It follows from what sources say of something near.
    Inferred,
    /// No stored source says it.
    Unsure,
}

/// How the ciphers are set where nothing is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ciphers {
    /// `ssl encryption`: one list for all versions, in the ASA's own names.
    Encryption(&'static [&'static str]),
    /// `ssl cipher <version> <level>`, for every version.
    Level(&'static str),
}

/// The defaults from a release on.
#[derive(Clone, Copy, Debug)]
pub struct Defaults {
    /// First release.
    pub from: Release,
    /// The lowest version that is accepted.
    pub lowest: Protocol,
    /// The highest version that there is.
    pub highest: Protocol,
    /// The highest version over UDP.
    pub highest_datagram: Protocol,
    /// The ciphers.
    pub ciphers: Ciphers,
    /// There are suites and certificates on elliptic curves.
    pub elliptic: bool,
    /// How well the row is known.
    pub certainty: Certainty,
}

const ENCRYPTION: Ciphers = Ciphers::Encryption(&["rc4-sha1", "aes128-sha1", "aes256-sha1", "3des-sha1"]);
const MEDIUM: Ciphers = Ciphers::Level("medium");

const fn row(
    from: Release,
    highest: Protocol,
    highest_datagram: Protocol,
    ciphers: Ciphers,
    elliptic: bool,
    certainty: Certainty,
) -> Defaults {
    Defaults { from, lowest: Protocol::Tls10, highest, highest_datagram, ciphers, elliptic, certainty }
}

/// Every change, in order.
pub const ALL: &[Defaults] = &[
    row([8, 0, 0], Protocol::Tls10, Protocol::Dtls10, ENCRYPTION, false, Certainty::Inferred),
    row([9, 3, 2], Protocol::Tls12, Protocol::Dtls10, MEDIUM, false, Certainty::Documented),
    row([9, 4, 1], Protocol::Tls12, Protocol::Dtls10, MEDIUM, true, Certainty::Documented),
    row([9, 10, 1], Protocol::Tls12, Protocol::Dtls12, MEDIUM, true, Certainty::Inferred),
    row([9, 19, 1], Protocol::Tls13, Protocol::Dtls12, MEDIUM, true, Certainty::Unsure),
];

/// The first release whose ciphers are set by `ssl cipher`; up to 9.3(1) it is `ssl encryption`.
pub const CIPHER_COMMAND: Release = [9, 3, 2];
/// The first release with certificates on elliptic curves (Cisco 116162).
pub const ELLIPTIC: Release = [9, 4, 1];
/// The first release with DTLS 1.2.
pub const DTLS_1_2: Release = [9, 10, 1];

/// Whether a release prefers its self-signed certificate on an elliptic curve over a bound RSA certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preference {
    /// It has no elliptic curves.
    NoCurves,
    /// It prefers the curve: CSCuu02848 is not fixed. In which release the fix came, no public source says in
    /// full; it is told of 9.4 and 9.5(1), and not surely.
    Curve,
    /// A configured certificate comes first, or that is taken for it.
    Configured,
}

/// What a release does.
pub fn preference(release: Release) -> Preference {
    match release {
        old if old < ELLIPTIC => Preference::NoCurves,
        [9, 4, _] | [9, 5, 0 | 1] => Preference::Curve,
        _ => Preference::Configured,
    }
}

/// The defaults of a release; `None` before the first that serves phones.
pub fn of(release: Release) -> Option<&'static Defaults> {
    ALL.iter().rev().find(|row| row.from <= release)
}

/// The levels of `ssl cipher`, the strictest first. Each holds what the stricter ones hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// `high`.
    High,
    /// `fips`.
    Fips,
    /// `medium`.
    Medium,
    /// `low`.
    Low,
    /// `all`.
    All,
}

impl Level {
    /// A level by its word.
    pub fn by_word(word: &str) -> Option<Self> {
        Some(match word.trim() {
            "high" => Self::High,
            "fips" => Self::Fips,
            "medium" => Self::Medium,
            "low" => Self::Low,
            "all" => Self::All,
            _ => return None,
        })
    }
}

/// Suites in the order in which an ASA prefers them, each with the strictest level that holds it.
///
/// The order and what `medium` holds, for TLS 1.0 to 1.2 and DTLS 1.0, are those of a whole `show ssl ciphers` of an
/// ASA between 9.4(1) and 9.10(1) (certbot-asa, issue 1): neither 3DES nor RC4 is in it. A second source says
/// otherwise (pynipper-v2, ASA-04: medium holds both). The other levels, and other releases, are not sure.
pub const LEVELS: &[(&str, Level)] = &[
    ("ECDHE-ECDSA-AES256-GCM-SHA384", Level::High),
    ("ECDHE-RSA-AES256-GCM-SHA384", Level::High),
    ("DHE-RSA-AES256-GCM-SHA384", Level::High),
    ("AES256-GCM-SHA384", Level::High),
    ("ECDHE-ECDSA-AES256-SHA384", Level::High),
    ("ECDHE-RSA-AES256-SHA384", Level::High),
    ("DHE-RSA-AES256-SHA256", Level::High),
    ("AES256-SHA256", Level::High),
    ("ECDHE-ECDSA-AES128-GCM-SHA256", Level::Fips),
    ("ECDHE-RSA-AES128-GCM-SHA256", Level::Fips),
    ("DHE-RSA-AES128-GCM-SHA256", Level::Fips),
    ("AES128-GCM-SHA256", Level::Fips),
    ("ECDHE-ECDSA-AES128-SHA256", Level::Fips),
    ("ECDHE-RSA-AES128-SHA256", Level::Fips),
    ("DHE-RSA-AES128-SHA256", Level::Fips),
    ("AES128-SHA256", Level::Fips),
    ("DHE-RSA-AES256-SHA", Level::Fips),
    ("AES256-SHA", Level::Fips),
    ("DHE-RSA-AES128-SHA", Level::Fips),
    ("AES128-SHA", Level::Fips),
    ("DES-CBC3-SHA", Level::Low),
    ("RC4-SHA", Level::Low),
    ("RC4-MD5", Level::Low),
    ("DES-CBC-SHA", Level::Low),
    ("NULL-SHA", Level::All),
];

/// What a level is taken to hold for a version.
pub fn of_level(level: Level, protocol: Protocol, elliptic: bool) -> impl Iterator<Item = &'static str> {
    LEVELS
        .iter()
        .filter(move |(name, strictest)| {
            level >= *strictest
                && cipher_suites::exists_in(name, protocol)
                && (elliptic || !name.starts_with("ECDHE"))
        })
        .map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_change_in_order() {
        for pair in ALL.windows(2) {
            assert!(pair[0].from < pair[1].from);
        }
        for (release, highest) in [
            ([9, 1, 1], Some(Protocol::Tls10)),
            ([9, 3, 1], Some(Protocol::Tls10)),
            ([9, 3, 2], Some(Protocol::Tls12)),
            ([9, 20, 2], Some(Protocol::Tls13)),
            ([7, 2, 1], None),
        ] {
            assert_eq!(of(release).map(|row| row.highest), highest, "{release:?}");
        }
    }

    #[test]
    fn levels_of_old_versions_hold_what_those_have() {
        let medium: Vec<_> = of_level(Level::Medium, Protocol::Tls10, true).collect();
        assert!(medium.contains(&"AES256-SHA") && !medium.contains(&"AES256-GCM-SHA384"), "{medium:?}");
        assert_eq!(of_level(Level::High, Protocol::Tls10, true).count(), 0);
        assert!(of_level(Level::High, Protocol::Tls12, false).all(|name| !name.contains("ECDHE")));
    }

    #[test]
    fn medium_is_what_an_asa_prints() {
        let of = |protocol| of_level(Level::Medium, protocol, true).collect::<Vec<_>>();
        let old = ["DHE-RSA-AES256-SHA", "AES256-SHA", "DHE-RSA-AES128-SHA", "AES128-SHA"];
        for protocol in [Protocol::Tls10, Protocol::Tls11, Protocol::Dtls10] {
            assert_eq!(of(protocol), old, "{protocol:?}");
        }
        let new = of(Protocol::Tls12);
        assert_eq!((new.len(), new[0], new[19]), (20, "ECDHE-ECDSA-AES256-GCM-SHA384", "AES128-SHA"));
    }

    #[test]
    fn every_suite_of_a_level_is_known() {
        for (name, _) in LEVELS {
            assert!(cipher_suites::by_name(name).is_some(), "{name}");
        }
    }
}
