//! Words and names that name nobody, or nobody's network: they stay.

use super::{shapes, vocabulary};

/// Words of the vocabulary, without a number.
pub(super) fn harmless_letters(word: &str) -> bool {
    word.split(|sign: char| !sign.is_alphanumeric()).all(|part| part.is_empty() || vocabulary::holds(part))
}

pub(super) fn harmless(word: &str) -> bool {
    vocabulary::holds(word)
        || shapes::bug(word)
        || shapes::pseudonym(word)
        || word.split(|sign: char| !sign.is_alphanumeric()).all(|part| {
            part.is_empty() || shapes::small(part) || part.chars().count() == 1 || vocabulary::holds(part)
        })
}

/// Hosts that name nobody's network.
pub(super) const PUBLIC: [&str; 2] = ["www.cisco.com", "tools.cisco.com"];

/// Names of Cisco's own certificate authorities: they are public, and the diagnosis needs them.
pub(super) const CISCO: [&str; 6] = [
    "CN=Cisco Manufacturing CA,O=Cisco Systems",
    "CN=Cisco Manufacturing CA SHA2,O=Cisco",
    "CN=Cisco Root CA 2048,O=Cisco Systems",
    "CN=Cisco Root CA M2,O=Cisco",
    "CN=CAP-RTP-001,O=Cisco Systems",
    "CN=CAP-RTP-002,O=Cisco Systems",
];

/// True for a value of those names.
pub(super) fn is_public(value: &str) -> bool {
    CISCO.iter().flat_map(|name| name.split([',', '='])).any(|part| part == value && part.len() > 2)
}
