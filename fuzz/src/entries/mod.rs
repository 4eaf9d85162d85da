//! What each fuzz target does with the bytes that it gets: one entry a name.
//!
//! ```text
//! fuzz/fuzz_targets/asa_config.rs ─┐
//! tests/fuzz_corpus.rs             ─┴─► entries::run("asa_config", bytes)
//! ```
//! An entry fails by a panic: one of the reader's own, or an assertion in here of what holds for any bytes. The same
//! bytes always do the same.

mod archives;
mod check;
mod formats;
mod holder;
mod reassembly;
mod redactor;
mod small;
mod unwrapping;

/// A target and what it does.
pub type Entry = (&'static str, fn(&[u8]));

/// Everything that is no format of its own.
pub const STEPS: &[Entry] = &[
    ("capture_in_pieces", reassembly::in_pieces),
    ("check", check::check),
    ("der", small::der),
    ("fingerprint", small::fingerprint),
    ("gzip", archives::gzip),
    ("lookup", check::lookup),
    ("reassembly", reassembly::segments),
    ("redactor", redactor::redactor),
    ("tar", archives::tar),
    ("unwrap", unwrapping::unwrap),
    ("zip", archives::zip),
];

/// The name of every target, in alphabetical order: those above and one a format.
pub fn names() -> Vec<String> {
    let formats = vpn_phone_doctor::formats::ALL.iter().map(|format| format.name.replace(' ', "_"));
    let mut names: Vec<String> = formats.chain(STEPS.iter().map(|(name, _)| (*name).to_owned())).collect();
    names.sort();
    names
}

/// Runs a target once; false where there is none of this name.
pub fn run(name: &str, bytes: &[u8]) -> bool {
    if let Some((_, entry)) = STEPS.iter().find(|(step, _)| *step == name) {
        entry(bytes);
        return true;
    }
    let named = vpn_phone_doctor::formats::ALL.iter().find(|format| format.name.replace(' ', "_") == name);
    named.is_some_and(|format| {
        formats::format(format, bytes);
        true
    })
}

/// Pieces of a few bytes each; how many depends on the input alone.
fn piece_size(bytes: &[u8]) -> usize {
    1 + bytes.len().wrapping_mul(31) % 61
}
