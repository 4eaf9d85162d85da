//! What the documents say is so: proofs exist, tables are fresh, both manuals say the same.
//!
//! A proof in `SECURITY.md` is a code span such as `tests/stories.rs::one_bad_file_never_stops_the_others`, or with the
//! title of a browser's test behind the two colons.

use std::fs;

use crate::root;

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|_| panic!("{path} is missing"))
}

/// What stands between backticks on one line.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2))
}

/// Whether a source has a test of this name or title.
fn has_test(source: &str, rust: bool, name: &str) -> bool {
    if rust {
        let head = format!("fn {name}(");
        return source.split("#[test]").skip(1).any(|test| test.trim_start().starts_with(&head));
    }
    // A title is a key of the exported object: a method, or a value.
    [format!("\"{name}\"()"), format!("\"{name}\": ")].iter().any(|key| source.contains(key))
}

#[test]
fn every_proof_of_a_promise_is_a_test() {
    let text = read("SECURITY.md");
    let proofs: Vec<(&str, &str)> = code(&text).filter_map(|span| span.split_once("::")).collect();
    let mut wrong = Vec::new();
    for (file, name) in &proofs {
        if !root().join(file).is_file() {
            wrong.push(format!("{file} is missing"));
        } else if !has_test(&read(file), file.ends_with(".rs"), name) {
            wrong.push(format!("{file} has no test “{name}”"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(proofs.len() >= 40, "{} proofs", proofs.len());
    // Each promise has one.
    let promises = text.split("\n## ").find(|part| part.starts_with("What is promised")).unwrap();
    for promise in promises.split("\n### ").skip(1) {
        let title = promise.lines().next().unwrap();
        assert!(code(promise).any(|span| span.contains("::")), "“{title}” is not proved");
    }
}

#[test]
fn a_test_is_told_from_a_mention() {
    let rust = "/// `fn mentioned()`\n#[test]\nfn real() {}\nfn helper() {}\n";
    assert!(has_test(rust, true, "real"));
    assert!(!has_test(rust, true, "mentioned") && !has_test(rust, true, "helper"));
    assert!(!has_test(rust, true, "rea"));
    let script = "// \"mentioned\"\n  async \"a page's title\"() {\n  \"of two\": walk({}),\n";
    assert!(has_test(script, false, "a page's title") && has_test(script, false, "of two"));
    assert!(!has_test(script, false, "mentioned"));
}
