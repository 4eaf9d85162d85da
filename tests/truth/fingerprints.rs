//! Fingerprints as tools print them and people paste them, and snippets of texts.
//!
//! Each check takes a folder with `tools.jsonl` (a row a notation of a known certificate, whole or damaged) and
//! `wild.jsonl` (a row a snippet, and the hashes in it).

use std::path::Path;

use serde_json::Value as Json;
use vpn_phone_doctor::fingerprint::{Algorithm, LooksLike, State, Value, hex, read};

fn rows(folder: &Path, name: &str) -> Vec<Json> {
    let text = std::fs::read_to_string(folder.join(name));
    let text = text.unwrap_or_else(|_| panic!("no {name} in {}", folder.display()));
    let rows: Vec<Json> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(!rows.is_empty(), "{name} is empty");
    rows
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

pub fn every_notation_of_a_tool_is_read(folder: &Path) {
    let rows = rows(folder, "tools.jsonl");
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

pub fn a_damaged_hash_is_never_read_as_another_one(folder: &Path) {
    let (mut rows_seen, mut wrong) = (0, 0);
    for row in rows(folder, "tools.jsonl").iter().filter(|row| row["kind"] == "negative") {
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

pub fn snippets_of_public_texts_are_read(folder: &Path) {
    let rows = rows(folder, "wild.jsonl");
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
