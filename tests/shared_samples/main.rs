//! Checks over samples that nobody here wrote, which lie beside the project in `../shared` and are no part of it.
//!
//! What the program must do is held by our own samples (`tests/samples`, `tests/kinds`); these show that it does so with
//! the files of others as well. Where the folder is missing each of them counts as ignored: nothing passes because its
//! input is missing. The harness is `libtest-mimic`, because plain tests cannot be ignored when they start.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod archives;
mod asa;
mod captures;
#[path = "../truth/certificates.rs"]
mod certificates;
mod cme;
#[path = "../truth/fingerprints.rs"]
mod fingerprints;
mod phone_files;
mod phone_logs;
#[path = "../sift/mod.rs"]
mod property;
#[path = "../redacted/quoting.rs"]
mod quoting;
#[path = "../redacted/mod.rs"]
mod redacted;
mod redaction;
mod sessions;
mod show_version;
mod sift;
mod stories;
mod syslog;
mod terminal;
#[path = "../truth/unpacked.rs"]
mod unpacked;
#[path = "../walked/mod.rs"]
mod walked;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

/// A check and its name.
pub type Check = (&'static str, fn());

/// The folder beside the project.
pub fn shared() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared")
}

fn main() -> ExitCode {
    let missing = !shared().join("samples").is_dir();
    let files: [(&str, &[Check]); 15] = [
        ("archives", archives::CHECKS),
        ("asa", asa::CHECKS),
        ("captures", captures::CHECKS),
        ("certificates", CERTIFICATES),
        ("cme", cme::CHECKS),
        ("fingerprints", FINGERPRINTS),
        ("phone_files", phone_files::CHECKS),
        ("phone_logs", phone_logs::CHECKS),
        ("redaction", redaction::CHECKS),
        ("sessions", sessions::CHECKS),
        ("show_version", show_version::CHECKS),
        ("sift", sift::CHECKS),
        ("stories", stories::CHECKS),
        ("syslog", syslog::CHECKS),
        ("terminal", terminal::CHECKS),
    ];
    let checks = files.iter().flat_map(|(file, checks)| checks.iter().map(move |check| (file, check)));
    let trials = checks.map(|(file, (name, check))| {
        let check = *check;
        let run = move || {
            check();
            Ok(())
        };
        Trial::test(format!("{file}::{name}"), run).with_ignored_flag(missing)
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

fn certificates() -> PathBuf {
    shared().join("samples/certificates")
}

fn fingerprints() -> PathBuf {
    shared().join("samples/fingerprints")
}

/// None of the files that are handed out holds a private key; ours do.
const CERTIFICATES: &[Check] = &[
    ("every_hash_is_the_true_one", || certificates::every_hash_is_the_true_one(&certificates())),
    ("fields_are_those_of_openssl", || certificates::fields_are_those_of_openssl(&certificates())),
    (
        "every_bad_file_says_what_is_wrong",
        || certificates::every_bad_file_says_what_is_wrong(&certificates()),
    ),
    ("damaged_copies_do_no_harm", || certificates::damaged_copies_do_no_harm(&certificates())),
];

const FINGERPRINTS: &[Check] = &[
    ("every_notation_of_a_tool_is_read", || fingerprints::every_notation_of_a_tool_is_read(&fingerprints())),
    ("a_damaged_hash_is_never_read_as_another_one", || {
        fingerprints::a_damaged_hash_is_never_read_as_another_one(&fingerprints());
    }),
    (
        "snippets_of_public_texts_are_read",
        || fingerprints::snippets_of_public_texts_are_read(&fingerprints()),
    ),
];
