//! Redaction: its vocabulary is fresh.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The words of what this program says: prose, and the texts between quotation marks in the code before the tests.
fn own_words() -> String {
    let mut words = BTreeSet::new();
    for path in sources() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap_or_default();
        if name.ends_with(".md") {
            add(&text, &mut words);
        } else if name.ends_with(".rs") && !["tests.rs", "testing.rs"].contains(&name.as_str()) {
            let code = text.split("#[cfg(test)]").next().unwrap();
            let code = code.lines().filter(|line| !line.trim_start().starts_with("//"));
            for line in code {
                for literal in line.split('"').skip(1).step_by(2) {
                    add(literal, &mut words);
                }
            }
        }
    }
    words.into_iter().map(|word| word + "\n").collect()
}

fn add(text: &str, words: &mut BTreeSet<String>) {
    for word in text.split(|sign: char| !sign.is_alphanumeric()) {
        let named = word.chars().filter(char::is_ascii_digit).count() > 3;
        if word.chars().count() > 1 && !named && word.chars().any(char::is_alphabetic) {
            words.insert(word.to_lowercase());
        }
    }
}

#[test]
fn the_vocabulary_holds_what_this_program_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report/redact/own_words.txt");
    let fresh = own_words();
    if fs::read_to_string(&path).unwrap_or_default() != fresh {
        fs::write(&path, fresh).unwrap();
        panic!("{} was stale and has been written anew: look at it and run the test again", path.display());
    }
}
