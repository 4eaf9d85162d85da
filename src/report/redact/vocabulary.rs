//! The words that devices and this program say anyway.
//!
//! Two lists, a word a line, in lower case: what devices print (by hand, from the formats and command words of their
//! documents), and what this program says (made from its own texts by `tests/redaction.rs`).

use std::collections::BTreeSet;
use std::sync::OnceLock;

/// True for a word that names nothing of a case.
pub(super) fn holds(word: &str) -> bool {
    words().contains(word.to_lowercase().as_str())
}

fn words() -> &'static BTreeSet<&'static str> {
    static WORDS: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| DEVICES.lines().chain(OURS.lines()).collect())
}

const DEVICES: &str = include_str!("device_words.txt");
const OURS: &str = include_str!("own_words.txt");
