//! Fingerprints as tools print them and people paste them: 43 notations of known certificates, and snippets from
//! public texts. The samples stand beside the project; where they are missing, a line says so.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "helpers of tests")]

use std::path::Path;

use serde_json::Value as Json;
use vpn_phone_doctor::fingerprint::{Algorithm, LooksLike, State, Value, hex, read};

fn rows(name: &str) -> Vec<Json> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/samples/fingerprints").join(name);
    match std::fs::read_to_string(&path) {
        Ok(text) => text.lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
        Err(error) => {
            println!("{name} is not there, nothing is measured: {error}");
            Vec::new()
        }
    }
}

fn text<'r>(row: &'r Json, name: &str) -> &'r str {
    row[name].as_str().unwrap_or_default()
}

fn has(values: &[Value], algorithm: Algorithm, expected: &str) -> bool {
    values.iter().any(|value| value.algorithm == Some(algorithm) && hex(&value.bytes) == expected)
}

/// The row's hashes, and no other.
fn is_right(row: &Json) -> bool {
    let values = read(text(row, "text"));
    // The tool refused the certificate and printed nothing: there is no hash to be read.
    if text(row, "text").is_empty() {
        return values.iter().all(|value| value.state == State::Invalid);
    }
    let one = |algorithm, name| values.len() == 1 && has(&values, algorithm, text(row, name));
    match text(row, "algorithm") {
        "md5" => one(Algorithm::Md5, "md5"),
        "sha1" | "sha1 or clear refusal" => one(Algorithm::Sha1, "sha1"),
        "sha256" => one(Algorithm::Sha256, "sha256"),
        // The certificate's two hashes; mostly the key's two as well, and the pin, which is the key's in base64.
        "certtool" => {
            matches!(values.len(), 2 | 5)
                && values.iter().all(|value| value.state == State::Hash && value.looks_like.is_none())
                && has(&values, Algorithm::Sha1, text(row, "sha1"))
                && has(&values, Algorithm::Sha256, text(row, "sha256"))
        }
        other => panic!("unknown algorithm {other}"),
    }
}

#[test]
fn every_notation_of_a_tool_is_read() {
    let rows = rows("tools.jsonl");
    for (kind, allowed) in [("tool", 0), ("rebuilt", 0)] {
        let rows: Vec<&Json> = rows.iter().filter(|row| row["kind"] == kind).collect();
        let wrong: Vec<&&Json> = rows.iter().filter(|row| !is_right(row)).collect();
        println!("{kind}: {} of {} read", rows.len() - wrong.len(), rows.len());
        for row in wrong.iter().take(5) {
            println!("{} {:?}: {:#?}", row["notation"], row["text"], read(text(row, "text")));
        }
        assert!(wrong.len() <= allowed, "{kind}: {} rows are wrong", wrong.len());
    }
}

#[test]
fn a_damaged_hash_is_never_read_as_another_one() {
    let (mut rows_seen, mut wrong) = (0, 0);
    for row in rows("tools.jsonl").iter().filter(|row| row["kind"] == "negative") {
        rows_seen += 1;
        let values = read(text(row, "text"));
        let value = &values[0];
        let expected = match text(row, "notation") {
            "one digit lost" => (State::Invalid, LooksLike::Truncated),
            "one digit too many" => (State::Invalid, LooksLike::OneDigitTooMany),
            "letter O for zero" => (State::Invalid, LooksLike::LetterForDigit),
            "base64 of the hex text" => (State::Invalid, LooksLike::Base64OfHex),
            "base64 with a character lost" => (State::Invalid, LooksLike::Truncated),
            "serial number, not a hash" => (State::Hash, LooksLike::SerialNumber),
            other => panic!("unknown notation {other}"),
        };
        let sha1 = values.iter().any(|value| value.algorithm == Some(Algorithm::Sha1));
        if values.len() != 1 || sha1 || (value.state, value.looks_like) != (expected.0, Some(expected.1)) {
            wrong += 1;
            println!("{row}: {values:#?}");
        }
    }
    println!("negative: {} of {rows_seen} told", rows_seen - wrong);
    assert_eq!(wrong, 0);
}

#[test]
fn snippets_of_public_texts_are_read() {
    let rows = rows("wild.jsonl");
    let mut right = 0;
    for row in &rows {
        let expected: Vec<&str> =
            row["expected"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
        let expected: Vec<&str> = expected.into_iter().filter(|hash| !hash.is_empty()).collect();
        let values = read(text(row, "text"));
        let read: Vec<String> =
            values.iter().filter(|value| value.state == State::Hash).map(|value| hex(&value.bytes)).collect();
        let same =
            read.len() == expected.len() && expected.iter().all(|hash| read.iter().any(|read| read == hash));
        if same {
            right += 1;
        } else {
            println!("{row}: {values:#?}");
        }
    }
    println!("wild: {right} of {}", rows.len());
    assert_eq!(right, rows.len());
}
