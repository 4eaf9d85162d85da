//! Damaged copies of every sample of ours are read, judged and reported without a panic.
//!
//! `cargo xtask mutants` does the same with any files, and says how long each takes and how much memory.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "captured/conversation.rs"]
mod conversation;
#[path = "archives/made.rs"]
#[allow(dead_code)]
mod made;
#[path = "mutants/mod.rs"]
mod mutants;
#[path = "captured/packets.rs"]
#[allow(dead_code)]
mod packets;

use std::path::{Path, PathBuf};
use std::{fs, panic};

use conversation::{GATEWAY, PHONE, refused};
use packets::{Capture, dtls_hello};
use vpn_phone_doctor::diagnose::{Said, diagnose};
use vpn_phone_doctor::intake;
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::report::{self, Form};
use vpn_phone_doctor::text::Lang;

/// The seed of the first copy.
const SEED: u64 = 20_261_129;

fn files() -> Vec<(String, Vec<u8>)> {
    let mut open: Vec<PathBuf> = ["tests/samples", "tests/fixtures", "assets/examples"]
        .iter()
        .map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
        .collect();
    let mut files = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            files.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
    files.sort();
    files
}

/// A phone's name, file, connection and second way.
fn capture() -> Capture {
    let mut capture = refused(&[0x30; 700]);
    capture.udp(PHONE, GATEWAY, &dtls_hello(1));
    capture.udp(GATEWAY, PHONE, &dtls_hello(2));
    capture
}

#[test]
fn damaged_copies_are_read_without_a_panic() {
    let mut files = files();
    assert!(files.len() > 90, "{}", files.len());
    let capture = capture();
    let members = [
        made::tar_member("vpn.pcap", b'0', &capture.bytes),
        made::tar_member("vpn.pcapng", b'0', &capture.as_pcapng()),
        made::tar_end(),
    ];
    let zipped = [made::Member::new("vpn.pcap", &capture.bytes, 8, made::deflated(&capture.bytes))];
    files.extend([
        ("vpn.pcapng".to_owned(), capture.as_pcapng()),
        ("vpn.tar".to_owned(), members.concat()),
        ("vpn.tar.gz".to_owned(), made::gzip(&members.concat())),
        ("vpn.zip".to_owned(), made::zip(&zipped)),
        ("vpn.pcap".to_owned(), capture.bytes),
    ]);
    for (name, bytes) in files {
        for seed in SEED..SEED + mutants::EACH {
            let (copy, how) = mutants::mutant(&bytes, seed);
            let outcome = panic::catch_unwind(|| {
                let reading = intake::read("dropped", &copy, &Limits::default());
                assert!(!reading.inputs.is_empty());
                let diagnosis = diagnose(&[reading], &Said::new(), 1_795_521_600);
                report::render(&diagnosis, Form::Text, Lang::De)
            });
            assert!(outcome.is_ok(), "{name}, {how}, seed {seed}");
        }
    }
}
