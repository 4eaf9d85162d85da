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
    let mut checked = 0;
    for (row, bytes) in truth::truth(own()) {
        if row["has_private_key"] != true {
            continue;
        }
        let reading = truth::read(&bytes);
        let shown = serde_json::to_string(&reading).unwrap();
        assert!(!shown.contains("PRIVATE KEY"), "{}", row["path"]);
        // No line of the key's own body is anywhere in the reading.
        let text = String::from_utf8_lossy(&bytes);
        let key = text.split("-----BEGIN ").find(|block| block.contains("PRIVATE KEY-----")).unwrap();
        for line in key.lines().skip(1).filter(|line| line.len() == 64) {
            assert!(!shown.contains(line), "{}", row["path"]);
        }
        checked += 1;
        let warned = reading.inputs[0].notes.iter().any(|note| note.text.en().contains("private key"));
        assert!(warned, "{}", row["path"]);
    }
    assert!(checked > 0, "no file with a private key");
}

#[test]
fn damaged_copies_do_no_harm() {
    truth::damaged_copies_do_no_harm(own());
}
