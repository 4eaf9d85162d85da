//! Damaged files of every format, each with the class of error that its reader must say: nothing that is visibly
//! damaged is told as understood whole.
//!
//! ```text
//! sample (ours) ─► a named damage ─► bytes, and the class that is wanted: cut, length, checksum, …
//! ```
//! The inputs are made by code, so that each says what is wrong with it; `fuzz/corpus` holds what nobody thought of.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod archives;
mod captures;
mod certificates;
mod class;
#[path = "../captured/conversation.rs"]
#[allow(dead_code)]
mod conversation;
mod lists;
#[path = "../archives/made.rs"]
#[allow(dead_code)]
mod made;
#[path = "../captured/packets.rs"]
#[allow(dead_code)]
mod packets;
mod texts;
mod xml;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use class::Class;
use vpn_phone_doctor::input::{InputState, Kind};
use vpn_phone_doctor::intake::{self, Intake, Reading};
use vpn_phone_doctor::limits::Limits;

/// One damaged file.
pub struct Case {
    /// The format, the sample and what was done to it.
    pub what: String,
    pub bytes: Vec<u8>,
    pub class: Class,
}

/// A case by its parts.
pub fn case(sample: &str, damage: &str, bytes: impl Into<Vec<u8>>, class: Class) -> Case {
    Case { what: format!("{sample}, {damage}"), bytes: bytes.into(), class }
}

/// A file of the tests.
pub fn file(path: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(path)).unwrap()
}

/// The same as text.
pub fn text(path: &str) -> String {
    String::from_utf8(file(path)).unwrap()
}

/// Every case with its reading.
static READ: LazyLock<Vec<(Case, Reading)>> = LazyLock::new(|| {
    let all = [
        certificates::cases(),
        lists::cases(),
        xml::cases(),
        captures::cases(),
        archives::cases(),
        texts::cases(),
    ];
    all.into_iter()
        .flatten()
        .map(|case| {
            let reading = read(&case.bytes);
            (case, reading)
        })
        .collect()
});

fn read(bytes: &[u8]) -> Reading {
    intake::read("x", bytes, &Limits::default())
}

/// What the reading says of every input, in one line each.
fn told(reading: &Reading) -> Vec<String> {
    let inputs = reading.inputs.iter();
    inputs
        .flat_map(|input| {
            let said = input.notes.iter().map(|note| note.text.en().into_owned());
            let certificates = reading.documents.iter().filter_map(|document| match &document.content {
                vpn_phone_doctor::documents::Content::Certificate(found) => Some(found),
                _ => None,
            });
            let of_certificates =
                certificates.flat_map(|found| found.notes.iter().map(|note| note.en().into_owned()));
            said.chain(of_certificates).chain([input.because.en().into_owned()]).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn every_damaged_file_gets_the_class_of_its_damage() {
    let mut wrong = Vec::new();
    let cases = &READ;
    for (Case { what, class, .. }, reading) in cases.iter() {
        let told = told(reading);
        let says = told.iter().any(|line| class.says().iter().any(|word| line.contains(word)));
        let whole = reading.inputs.iter().all(|input| input.state == InputState::Read);
        if !says || (whole && !class.is_remark()) {
            let states: Vec<_> =
                reading.inputs.iter().map(|input| (input.kind.id(), input.state.id())).collect();
            wrong.push(format!("{what}: not {class:?} but {states:?} {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert!(cases.len() >= 500, "{}", cases.len());
    let names: BTreeSet<&str> = cases.iter().map(|(case, _)| case.what.as_str()).collect();
    assert_eq!(names.len(), cases.len(), "two cases of one name");
    let mut classes: BTreeMap<Class, usize> = BTreeMap::new();
    cases.iter().for_each(|(case, _)| *classes.entry(case.class).or_default() += 1);
    for class in Class::ALL {
        assert!(classes.contains_key(&class), "no case is of class {class:?}");
    }
}

/// What is damaged is not the file that it was made from: each sample itself is read whole.
#[test]
fn what_is_not_damaged_has_none_of_these_classes() {
    let mut wrong = Vec::new();
    for (name, bytes) in whole() {
        let reading = read(&bytes);
        let damaged = reading.inputs.iter().find(|input| input.state != InputState::Read);
        let said = told(&reading);
        let class = Class::ALL.iter().find(|class| {
            !class.is_remark() && said.iter().any(|line| class.says().iter().any(|word| line.contains(word)))
        });
        if damaged.is_some() || class.is_some() {
            wrong.push(format!("{name}: {class:?} {said:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every sample that cases are made from and that is read to its end.
fn whole() -> Vec<(&'static str, Vec<u8>)> {
    let mut all: Vec<(&'static str, Vec<u8>)> = certificates::SAMPLES.map(|name| (name, file(name))).to_vec();
    all.extend(
        [xml::SAMPLE, lists::SIGNED, lists::LIST, texts::CONFIG, texts::REPORT]
            .map(|name| (name, file(name))),
    );
    let capture = captures::conversation();
    all.extend([("pcap", capture.bytes.clone()), ("pcapng", capture.as_pcapng())]);
    all.extend(archives::whole());
    all
}

#[test]
fn in_pieces_the_class_is_the_same() {
    let small = READ.iter().filter(|(case, _)| case.bytes.len() < 100_000);
    for (Case { what, bytes, .. }, whole) in small.step_by(3) {
        let mut intake = Intake::new("x", bytes.len() as u64, &Limits::default());
        bytes.chunks(61).for_each(|chunk| intake.push(chunk));
        assert_eq!(intake.finish(), *whole, "{what}");
    }
}

#[test]
fn every_format_has_damaged_files() {
    let kinds: BTreeSet<Kind> =
        READ.iter().flat_map(|(_, reading)| &reading.inputs).map(|input| input.kind).collect();
    for kind in [
        Kind::Archive,
        Kind::AsaConfig,
        Kind::AsaSyslog,
        Kind::AsaVersion,
        Kind::Capture,
        Kind::Certificate,
        Kind::EarlierReport,
        Kind::Keystore,
        Kind::PhoneConfig,
        Kind::PhoneConfigEncrypted,
        Kind::PhoneLog,
        Kind::PrivateKey,
        Kind::TrustList,
        Kind::Unknown,
    ] {
        assert!(kinds.contains(&kind), "no damaged {kind:?}");
    }
}
