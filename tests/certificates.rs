//! Certificates against an independent truth, over our own files. What others made is in `tests/shared_samples`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "truth/certificates.rs"]
mod truth;

use std::path::Path;

fn own() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples/certificate"))
}

#[test]
fn every_hash_is_the_true_one() {
    truth::every_hash_is_the_true_one(own());
}

#[test]
fn fields_are_those_of_openssl() {
    truth::fields_are_those_of_openssl(own());
}

#[test]
fn every_bad_file_says_what_is_wrong() {
    truth::every_bad_file_says_what_is_wrong(own());
}

#[test]
fn a_private_key_is_never_quoted() {
    truth::a_private_key_is_never_quoted(own());
}

#[test]
fn damaged_copies_do_no_harm() {
    truth::damaged_copies_do_no_harm(own());
}
