//! Our readers beside those of others, over files that are made on the spot: where both read something, they read the
//! same.
//!
//! ```text
//! archives   GNU tar, zip and Python pack, we unpack; we pack by hand, unzip and tar unpack
//! der        every element that asn1-rs reads is one for us, with the same bytes
//! hashes     openssl's fingerprints of our certificates
//! captures   what tshark says of our recordings
//! ```
//! What a tool is missing for counts as ignored. What lies beside the project is compared in `tests/shared_samples`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod archives;
mod captures;
mod der;
mod hashes;
#[path = "../archives/made.rs"]
#[allow(dead_code)]
mod made;
#[path = "../mutants/mod.rs"]
#[allow(dead_code)]
mod mutants;
#[path = "../truth/unpacked.rs"]
mod unpacked;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use libtest_mimic::{Arguments, Trial};

/// A check, its name, and the program, or the folder beside the project, that it needs; empty for none.
pub type Check = (&'static str, &'static str, fn());

fn main() -> ExitCode {
    let checks = [archives::CHECKS, captures::CHECKS, der::CHECKS, hashes::CHECKS].concat();
    let trials = checks.into_iter().map(|(name, program, check)| {
        let run = move || {
            check();
            Ok(())
        };
        Trial::test(name, run).with_ignored_flag(!program.is_empty() && !is_there(program))
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

/// Whether a program is in PATH, or a folder where it should be.
fn is_there(program: &str) -> bool {
    if program.contains('/') {
        return own(program).is_dir();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// What a program prints; it must end well.
pub fn said(program: &str, words: &[&str], folder: &Path) -> Vec<u8> {
    let output = Command::new(program).args(words).current_dir(folder).stdin(Stdio::null()).output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {words:?}: {error}");
    output.stdout
}

/// An empty folder of a check's own, inside `target`.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("other_tools").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// A file of the project.
pub fn own(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files of a folder, in a stable order.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.is_file());
    files.sort();
    files
}
