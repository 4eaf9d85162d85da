//! The stories of the wizards, redacted: nobody of their files is named in any export, and the diagnosis is the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod redacted;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::net::IpAddr;
use std::path::Path;

use serde_json::Value;
use vpn_phone_doctor::diagnose::{Said, diagnose};
use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::intake;
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::report::redact::{Addresses, Entry, redact};
use vpn_phone_doctor::report::{Form, one_finding, render};
use vpn_phone_doctor::text::Lang;
use vpn_phone_doctor::time::parse_rfc3339;

use redacted::and_redacted;

type Files = Vec<(String, String)>;

/// The files of every story, by its wizard: its own, or an example's, named by their paths in the project.
fn stories() -> BTreeMap<String, Files> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("tests/walks");
    let list: Vec<Value> =
        serde_json::from_str(&fs::read_to_string(folder.join("stories.json")).unwrap()).unwrap();
    let story = |story: &Value| {
        let id = story["symptom"].as_str().unwrap().to_owned();
        let file = |name: &Value| {
            let listed = name.as_str().unwrap();
            let path = if listed.contains('/') { root.join(listed) } else { folder.join(&id).join(listed) };
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        };
        let files = story["files"].as_array().unwrap().iter().map(file).collect();
        (id.clone(), files)
    };
    list.iter().map(story).collect()
}

fn diagnosed(files: &Files) -> Diagnosis {
    let read = |(name, text): &(String, String)| intake::read(name, text.as_bytes(), &Limits::default());
    let readings: Vec<_> = files.iter().map(read).collect();
    diagnose(&readings, &Said::new(), parse_rfc3339("2026-11-24T12:00:00Z").unwrap())
}

/// Everything that leaves: every form in both languages, and every finding as it is copied.
fn exports(diagnosis: &Diagnosis) -> Vec<(String, String)> {
    let mut exports = Vec::new();
    for lang in [Lang::En, Lang::De] {
        for form in [Form::Json, Form::Ndjson, Form::Markdown, Form::Html, Form::Text] {
            exports.push((format!("{form:?} {lang:?}"), render(diagnosis, form, lang)));
        }
        for found in &diagnosis.findings {
            exports.push((format!("{} {lang:?}", found.rule), one_finding(diagnosis, found, lang)));
        }
    }
    exports
}

/// What stands before a name in the files of the stories.
const BEFORE: [&str; 14] = [
    "Group <",
    "Group = ",
    "hostname ",
    "tunnel-group ",
    "group-policy ",
    "default-group-policy ",
    "crypto ca trustpoint ",
    "ssl trust-point ",
    "ip local pool ",
    "address-pool ",
    "ou=",
    "o=",
    ".com/",
    "CN=",
];

/// Groups, trust-points, pools, device names and parts of subjects.
fn named(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let ends = |sign: char| sign.is_whitespace() || ">,<.".contains(sign);
    for before in BEFORE {
        for (at, _) in text.match_indices(before) {
            let whole = at == 0 || !text[..at].ends_with(|sign: char| sign.is_alphanumeric() || sign == '-');
            let name = text[at + before.len()..].split(ends).next().unwrap();
            if (whole || before.starts_with('.')) && name.starts_with(char::is_alphabetic) {
                names.insert(name.to_owned());
            }
        }
    }
    // `edge up 20 days`
    names.extend(text.lines().filter_map(|line| Some(line.split_once(" up ")?.0.to_owned())));
    names
}

/// Hosts, addresses, phones and hashes: told by their shape.
fn shaped(text: &str) -> BTreeSet<String> {
    let words = text.split(|sign: char| !(sign.is_alphanumeric() || "._-+=".contains(sign)) || sign == '>');
    let mut found = BTreeSet::new();
    for word in words.flat_map(|word| [word, word.trim_matches(['.', '-'])]).chain(text.split(['<', '>'])) {
        let mask = word.starts_with("255.");
        let address = word.parse::<IpAddr>().is_ok() && !mask;
        let hash = word.len() == 40 && word.bytes().all(|sign| sign.is_ascii_hexdigit())
            || word.len() == 28 && word.ends_with('=');
        if address
            || hash
            || (word.ends_with("example.com") || word.ends_with("zorvekhost.test"))
                && !word.contains(['=', ':'])
        {
            found.insert(word.to_owned());
        }
        if let Some(at) = word.find("SEP") {
            found.extend(word.get(at..at + 15).map(str::to_owned));
        }
    }
    found
}

/// The files with every name as a word that stands nowhere else, and those words.
fn renamed(files: &Files) -> (Files, Vec<String>) {
    let names: BTreeSet<String> = files.iter().flat_map(|(_, text)| named(text)).collect();
    let rare: Vec<(&String, String)> = names
        .iter()
        .zip(b'a'..)
        .map(|(name, letter)| (name, format!("zorvek{}x", char::from(letter))))
        .collect();
    let rename = |text: &str| {
        let fits = |sign: char| sign.is_alphanumeric() || sign == '-';
        let mut out = String::new();
        for piece in text.split_inclusive(|sign| !fits(sign)) {
            let word = piece.trim_end_matches(|sign| !fits(sign));
            match rare.iter().find(|(name, _)| *name == word) {
                Some((_, rare)) => out.push_str(rare),
                None => out.push_str(word),
            }
            out.push_str(&piece[word.len()..]);
        }
        out
    };
    // The phone and the host of every example are in texts of ours as well. What is encoded cannot be renamed.
    let rename = |text: &str| {
        rename(&text.replace("001122334455", "02A7B1C9D3E5").replace("example.com", "zorvekhost.test"))
    };
    let whole = |text: &str| text.contains("-----BEGIN");
    let renamed = files
        .iter()
        .map(|(name, text)| (rename(name), if whole(text) { text.clone() } else { rename(text) }));
    (renamed.collect(), rare.into_iter().map(|(_, rare)| rare).collect())
}

#[test]
fn nobody_of_any_story_is_named_in_any_export() {
    let (mut told, mut looked_for) = (0, 0);
    for (story, files) in stories() {
        let (files, mut names) = renamed(&files);
        names.extend(files.iter().flat_map(|(name, text)| shaped(&format!("{name}\n{text}"))));
        names.extend(["example.com", "zorvekhost"].map(str::to_owned));
        let diagnosis = diagnosed(&files);
        let plain: String = exports(&diagnosis).into_iter().map(|(_, export)| export).collect();
        looked_for += names.len();
        told += names.iter().filter(|name| plain.contains(name.as_str())).count();
        for addresses in [Addresses::Opaque, Addresses::Topology] {
            let redacted = redact(&diagnosis, addresses, [7; 32]).diagnosis;
            for (form, export) in exports(&redacted) {
                for line in export.lines() {
                    let small = line.to_lowercase();
                    let left = names.iter().find(|name| small.contains(&name.to_lowercase()));
                    assert_eq!(left, None, "{story}, {form}, {addresses:?}: {line}");
                }
            }
        }
    }
    assert!(looked_for > 80 && told > 40, "{told} of {looked_for} names are in the plain exports");
}

#[test]
fn every_story_is_diagnosed_alike_redacted_and_redacted_again() {
    for files in stories().values() {
        and_redacted(diagnosed(files));
    }
}

#[test]
fn a_pseudonym_does_not_depend_on_the_order_of_the_files() {
    let map = |files: &Files| -> Vec<Entry> { redact(&diagnosed(files), Addresses::Opaque, [7; 32]).map };
    let mut several = 0;
    // All stories as one case as well: there the same names stand in many files.
    let all: Files = stories()
        .into_iter()
        .flat_map(|(story, files)| {
            files.into_iter().map(move |(name, text)| (format!("{story}/{name}"), text))
        })
        .collect();
    for files in stories().into_values().chain([all]) {
        let mut turned = files.clone();
        turned.reverse();
        assert_eq!(map(&files), map(&turned));
        several += usize::from(files.len() > 1);
    }
    assert!(several > 3, "{several}");
}
