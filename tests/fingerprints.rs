//! Fingerprints in every notation, of our own certificates. What others printed is in `tests/shared_samples`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "truth/fingerprints.rs"]
mod truth;

use std::path::Path;

fn own() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples/fingerprints"))
}

#[test]
fn every_notation_of_a_tool_is_read() {
    truth::every_notation_of_a_tool_is_read(own());
}

#[test]
fn a_damaged_hash_is_never_read_as_another_one() {
    truth::a_damaged_hash_is_never_read_as_another_one(own());
}

#[test]
fn snippets_of_texts_are_read() {
    truth::snippets_of_public_texts_are_read(own());
}
