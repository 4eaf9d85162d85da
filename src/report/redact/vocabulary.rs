//! The words that devices say anyway: a list, a word a line, in lower case, from the formats and command words of
//! their documents and from their outputs.

use std::collections::BTreeSet;
use std::sync::OnceLock;

/// True for a word that names nothing of a case.
pub(super) fn holds(word: &str) -> bool {
    let small = word.bytes().all(|byte| byte.is_ascii_lowercase());
    words().contains(word) || (!small && words().contains(word.to_lowercase().as_str()))
}

/// True for a word that could stand in any text in just this spelling, and name nothing: `phones`, `VPN`, `1234`,
/// not `VPNPhone` and not `DROP-ALL`.
pub(super) fn says(word: &str) -> bool {
    let mut parts = word.split(|sign: char| !sign.is_alphanumeric()).filter(|part| !part.is_empty());
    let lower = word.chars().any(char::is_lowercase);
    let upper = word.chars().skip(1).any(char::is_uppercase);
    let joined = word.contains(['-', '_']);
    let spelt = if lower { !upper } else { !upper || !joined };
    let digits = |part: &str| part.chars().all(|sign| sign.is_ascii_digit());
    spelt && parts.all(|part| holds(part) || part.chars().count() < 3 || digits(part))
}

fn words() -> &'static BTreeSet<&'static str> {
    static WORDS: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| DEVICES.lines().collect())
}

const DEVICES: &str = include_str!("device_words.txt");
