//! The same files give the same findings, however they are packed, in whatever order they lie, and in chunks of any size.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "archives/made.rs"]
#[allow(dead_code)]
mod made;
#[path = "packed/mail.rs"]
mod mail;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use vpn_phone_doctor::diagnose::{Said, diagnose};
use vpn_phone_doctor::input::{InputState, Kind};
use vpn_phone_doctor::intake::{self, Intake, Reading};
use vpn_phone_doctor::limits::{ArchiveLimits, Limits};

type Files = Vec<(String, Vec<u8>)>;

fn packed(files: &Files, form: &str) -> Vec<u8> {
    match form {
        "tar" => {
            let members = files.iter().map(|(name, bytes)| made::tar_member(name, b'0', bytes));
            members.chain([made::tar_end()]).collect::<Vec<_>>().concat()
        }
        "tar.gz" => made::gzip(&packed(files, "tar")),
        "zip" => made::zip(
            &files
                .iter()
                .map(|(name, bytes)| made::Member::new(name, bytes, 8, made::deflated(bytes)))
                .collect::<Vec<_>>(),
        ),
        "mail" => {
            let files: Vec<(&str, &[u8])> =
                files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
            mail::mail(&files).into_bytes()
        }
        "tar.gz in zip" => packed(&vec![("logs.tar.gz".to_owned(), packed(files, "tar.gz"))], "zip"),
        "zip in mail" => packed(&vec![("logs.zip".to_owned(), packed(files, "zip"))], "mail"),
        _ => panic!("{form}"),
    }
}

fn read(name: &str, bytes: &[u8]) -> Reading {
    intake::read(name, bytes, &Limits::default())
}

fn read_in_chunks(name: &str, bytes: &[u8], size: usize, limits: &Limits) -> Reading {
    let mut intake = Intake::new(name, bytes.len() as u64, limits);
    bytes.chunks(size).for_each(|chunk| intake.push(chunk));
    intake.finish()
}

/// What is found, without what depends on the numbers of inputs.
fn findings(readings: &[Reading]) -> BTreeSet<String> {
    let diagnosis = diagnose(readings, &Said::new(), 1_795_521_600);
    let told = |found: &vpn_phone_doctor::finding::Conclusion| {
        format!("{} {:?} {:?}", found.rule, found.severity, found.confidence)
    };
    diagnosis.findings.iter().map(told).collect()
}

/// Sets of files: the example, the samples of each format, and each kind of fault.
fn sets() -> Vec<(PathBuf, Files)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = |folder: &str| -> Vec<PathBuf> {
        let entries = fs::read_dir(root.join(folder)).unwrap().flatten().map(|entry| entry.path());
        entries.filter(|path| path.is_dir()).collect()
    };
    let mut sets = folders("assets/examples");
    sets.extend(folders("tests/samples").into_iter().filter(|path| !path.ends_with("archive")));
    for kind in folders("tests/kinds") {
        sets.extend(fs::read_dir(kind).unwrap().flatten().map(|entry| entry.path()));
    }
    sets.sort();
    let files = |folder: &PathBuf| -> Files {
        let mut files: Files = fs::read_dir(folder)
            .unwrap()
            .flatten()
            .filter(|entry| entry.path().is_file() && entry.file_name() != "want.json")
            .map(|entry| (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap()))
            .filter(|(name, _)| name.len() < 90)
            .collect();
        files.sort();
        files
    };
    sets.iter().map(|folder| (folder.clone(), files(folder))).collect()
}

#[test]
fn the_same_files_give_the_same_findings_in_every_packing() {
    let mut with_findings = 0;
    for (set, mut files) in sets() {
        let loose: Vec<Reading> = files.iter().map(|(name, bytes)| read(name, bytes)).collect();
        let expected = findings(&loose);
        with_findings += usize::from(!expected.is_empty());
        for form in ["tar", "tar.gz", "zip", "mail", "tar.gz in zip", "zip in mail"] {
            let reading = read("dropped", &packed(&files, form));
            assert_eq!(findings(&[reading]), expected, "{} as {form}", set.display());
        }
        files.reverse();
        let reading = read("dropped", &packed(&files, "zip"));
        assert_eq!(findings(&[reading]), expected, "{} backwards", set.display());
    }
    assert!(with_findings > 20, "{with_findings}");
}

#[test]
fn chunks_of_any_size_give_the_same_reading() {
    let (_, files) = sets().into_iter().find(|(set, _)| set.starts_with(root_of_examples())).unwrap();
    for form in ["tar", "tar.gz", "zip", "mail", "tar.gz in zip", "zip in mail"] {
        let bytes = packed(&files, form);
        let whole = read("dropped", &bytes);
        assert!(whole.inputs.len() > files.len(), "{form}");
        for size in [1, 4096, 16 << 20] {
            let again = read_in_chunks("dropped", &bytes, size, &Limits::default());
            assert_eq!(again, whole, "{form} by {size}");
        }
    }
}

fn root_of_examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/examples")
}

fn told(reading: &Reading) -> Vec<(&str, Kind, InputState)> {
    reading.inputs.iter().map(|input| (input.name.as_str(), input.kind, input.state)).collect()
}

const LOG: &str = "902: NOT 10:19:27.155936 VPNC: vpn_stop: de-activating vpn\n";

#[test]
fn archives_are_opened_to_a_depth_of_three() {
    let mut bytes = LOG.as_bytes().to_vec();
    for (depth, name) in ["x.log", "a.zip", "b.zip", "c.zip", "d.zip"].into_iter().enumerate() {
        if depth > 0 {
            let reading = read("dropped", &bytes);
            let log = reading.inputs.iter().any(|input| input.kind == Kind::PhoneLog);
            assert_eq!(log, depth <= 3, "{depth}");
            let innermost = reading.inputs.last().unwrap();
            assert_eq!(innermost.state == InputState::PartlyRead, depth > 3, "{:?}", told(&reading));
        }
        bytes = packed(&vec![(name.to_owned(), bytes)], "zip");
    }
}

#[test]
fn what_cannot_be_read_is_listed_with_the_command_that_unpacks_it() {
    let members = [
        made::Member::new("log.txt", LOG.as_bytes(), 9, vec![1, 2, 3]),
        made::Member { flags: 1, ..made::Member::stored("secret.txt", LOG) },
        made::Member::stored("x.log", LOG),
    ];
    let reading = read("logs.zip", &made::zip(&members));
    let rows = told(&reading);
    assert_eq!(rows[1..3].iter().map(|row| row.2).collect::<Vec<_>>(), [InputState::Refused; 2], "{rows:?}");
    assert_eq!(rows[3], ("x.log", Kind::PhoneLog, InputState::Read));
    for input in &reading.inputs[1..3] {
        assert!(input.notes[0].text.en.contains("`7z x logs.zip`"), "{:?}", input.notes);
    }
    // A name that a shell would understand stays out of the command.
    let reading = read("$(reboot).zip", &made::zip(&members));
    assert!(reading.inputs[1].notes[0].text.en.contains("`7z x <file>`"));
    // What is not opened at all says how.
    let reading = read("logs.7z", b"7z\xbc\xaf\x27\x1c\0\x04 and so on");
    assert_eq!(told(&reading), [("logs.7z", Kind::Archive, InputState::Refused)]);
    assert!(reading.inputs[0].notes[0].text.en.contains("7z x logs.7z"));
}

#[test]
fn a_gzip_holds_a_tar_or_one_file_of_its_name() {
    let rows = |name: &str, bytes: &[u8]| {
        let reading = read(name, bytes);
        reading.inputs.iter().map(|input| input.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(rows("messages.0.gz", &made::gzip(LOG.as_bytes())), ["messages.0.gz", "messages.0"]);
    let files = vec![("logs/messages".to_owned(), LOG.as_bytes().to_vec())];
    assert_eq!(rows("prt.tar.gz", &packed(&files, "tar.gz")), ["prt.tar.gz", "logs/messages"]);
}

#[test]
fn an_archive_that_unpacks_to_far_too_much_is_stopped() {
    let zeros = vec![0_u8; 20 << 20];
    let limits = Limits {
        archive: ArchiveLimits {
            ratio_from: 1 << 20,
            ratio: 100,
            ratio_noted: 50,
            ..ArchiveLimits::default()
        },
        ..Limits::default()
    };
    let bomb = made::gzip(&zeros);
    let reading = read_in_chunks("bomb.gz", &bomb, 4096, &limits);
    let input = reading.inputs.last().unwrap();
    assert!(input.notes.iter().any(|note| note.text.en.contains("was stopped")), "{:?}", reading.inputs);
    assert!(input.bytes < 3 << 20, "{}", input.bytes);
    // Many of them in one archive stop it as a whole.
    let files: Files = (0..16).map(|n| (format!("b{n}.gz"), bomb.clone())).collect();
    let reading = read("bombs.zip", &packed(&files, "zip"));
    assert_eq!(reading.inputs[0].state, InputState::PartlyRead, "{:?}", told(&reading));
    assert!(reading.inputs[0].notes.iter().any(|note| note.text.en.contains("was stopped")));
    assert!(reading.inputs.len() < 10, "{:?}", told(&reading));
    let limits = Limits {
        archive: ArchiveLimits { unpacked: 1 << 20, ..ArchiveLimits::default() },
        ..Limits::default()
    };
    let reading = read_in_chunks("bombs.zip", &packed(&files, "zip"), usize::MAX, &limits);
    assert_eq!(reading.inputs[0].state, InputState::PartlyRead);
}

#[test]
fn a_mail_is_an_archive_whose_prose_is_no_gap() {
    let files = vec![("console.log".to_owned(), LOG.as_bytes().to_vec())];
    let reading = read("ticket.eml", &packed(&files, "mail"));
    assert_eq!(
        told(&reading),
        [("ticket.eml", Kind::Archive, InputState::Read), ("console.log", Kind::PhoneLog, InputState::Read)]
    );
}
