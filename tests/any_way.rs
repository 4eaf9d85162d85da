//! However files come, they say the same: in any order, in chunks of any size, and as far as they came where the rest
//! could not be read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use vpn_phone_doctor::diagnose::{Said, diagnose};
use vpn_phone_doctor::finding::Conclusion;
use vpn_phone_doctor::input::InputState;
use vpn_phone_doctor::intake::{self, Intake, Reading, Short};
use vpn_phone_doctor::limits::Limits;

const NOW: i64 = 1_795_521_600;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// The files of a folder, read.
fn readings(folder: &Path) -> Vec<Reading> {
    let files = sorted(folder).into_iter().filter(|path| path.is_file() && !path.ends_with("want.json"));
    files
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            intake::read(&name, &fs::read(&path).unwrap(), &Limits::default())
        })
        .collect()
}

/// Every case with two files or more: those of the kinds of faults, and the page's example.
fn cases() -> Vec<(PathBuf, Vec<Reading>)> {
    let kinds = sorted(&root().join("tests/kinds")).into_iter().filter(|path| path.is_dir());
    let mut folders: Vec<PathBuf> =
        kinds.flat_map(|kind| sorted(&kind)).filter(|path| path.is_dir()).collect();
    folders.extend(sorted(&root().join("assets/examples")));
    let read = folders.into_iter().map(|folder| (folder.clone(), readings(&folder)));
    read.filter(|(_, readings)| readings.len() > 1).collect()
}

/// What a case comes to, with nothing in it that an order may change: inputs by their names.
fn told(readings: &[Reading]) -> BTreeSet<String> {
    let case = diagnose(readings, &Said::new(), NOW);
    let name = |input: Option<u32>| {
        input
            .and_then(|input| case.inputs.get(input as usize))
            .map(|input| input.name.clone())
            .unwrap_or_default()
    };
    let finding = |found: &Conclusion| {
        let lines =
            found.evidence.iter().map(|piece| (name(piece.input), piece.at.as_ref().map(|at| at.line)));
        let lines: BTreeSet<_> = lines.collect();
        let Conclusion { rule, stage, severity, confidence, caused_by, .. } = found;
        format!("found {rule} {stage:?} {severity:?} {confidence:?} {caused_by:?} {lines:?}")
    };
    let stages = case.stages.iter().map(|row| format!("stage {:?} {:?}", row.stage, row.state));
    let mut told: BTreeSet<String> = stages.collect();
    told.insert(format!("verdict {:?} {:?}", case.verdict.state, case.verdict.rule));
    told.extend(case.findings.iter().map(finding));
    told.extend(case.passed.iter().map(|row| format!("passed {}", row.rule)));
    told.extend(case.waiting.iter().map(|row| format!("waiting {}", row.rule)));
    told
}

#[test]
fn the_order_of_files_changes_nothing() {
    let cases = cases();
    assert!(cases.len() > 60, "{}", cases.len());
    let mut wrong = Vec::new();
    for (folder, readings) in cases {
        let expected = told(&readings);
        let mut order = readings;
        order.reverse();
        for _ in 0..order.len().min(4) {
            let now = told(&order);
            if now != expected {
                let differs: Vec<_> = expected.symmetric_difference(&now).collect();
                wrong.push(format!("{}: {differs:#?}", folder.strip_prefix(root()).unwrap().display()));
                break;
            }
            order.rotate_left(1);
        }
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}

/// A log of a megabyte, which tiny limits make a stream.
fn log() -> Vec<u8> {
    let text = fs::read(root().join("tests/samples/asa_syslog/vpn-gw.log")).unwrap();
    text.repeat(1_000_000 / text.len())
}

#[test]
fn chunks_from_one_byte_to_sixteen_megabytes_give_the_same() {
    let streamed = Limits { head: 4 << 10, whole: 64 << 10, ..Limits::default() };
    let log = log();
    for (bytes, sizes) in [
        (&log[..], &[4096_usize, 65_536, 1 << 20, 16 << 20] as &[usize]),
        (&log[..60_000], &[1, 2, 3, 61, 4095, 16 << 20]),
    ] {
        let in_chunks = |size: usize| {
            let mut intake = Intake::new("x", bytes.len() as u64, &streamed);
            bytes.chunks(size).for_each(|chunk| intake.push(chunk));
            intake.finish()
        };
        let whole = in_chunks(usize::MAX);
        assert_eq!(whole.documents.len(), 1);
        for size in sizes {
            assert!(in_chunks(*size) == whole, "by {size}");
        }
    }
}

#[test]
fn what_stops_coming_is_never_told_as_read_whole_and_what_came_is_kept() {
    let mut tried = 0;
    for folder in sorted(&root().join("tests/samples")).into_iter().filter(|path| path.is_dir()) {
        for path in sorted(&folder).into_iter().filter(|path| !path.ends_with("want.json")) {
            let bytes = fs::read(&path).unwrap();
            let short = |end: usize| {
                let mut intake = Intake::new("x", bytes.len() as u64, &Limits::default());
                bytes[..end].chunks(1000).for_each(|chunk| intake.push(chunk));
                intake.finish_short(end as u64, Short::Stalled)
            };
            for end in (0..bytes.len()).step_by(1 + bytes.len() / 12) {
                let reading = short(end);
                let input = &reading.inputs[0];
                assert_ne!(input.state, InputState::Read, "{} up to {end}", path.display());
                assert_eq!(input.bytes, bytes.len() as u64, "{} up to {end}", path.display());
                assert!(!input.notes.is_empty(), "{} up to {end} says nothing", path.display());
                // As if the file ended there: nothing of it is lost.
                let alone = intake::read("x", &bytes[..end], &Limits::default());
                assert_eq!(reading.documents.len(), alone.documents.len(), "{} up to {end}", path.display());
                tried += 1;
            }
        }
    }
    assert!(tried > 400, "{tried}");
}
