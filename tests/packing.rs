//! The same files give the same findings, however they are packed, in whatever order they lie, and in chunks of any size.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "packed/forms.rs"]
mod forms;
#[path = "archives/made.rs"]
#[allow(dead_code)]
mod made;
#[path = "packed/mail.rs"]
mod mail;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use forms::{FORMS, Files, packed};
use vpn_phone_doctor::diagnose::{Said, diagnose};
use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::documents::Content;
use vpn_phone_doctor::input::{InputState, Kind};
use vpn_phone_doctor::intake::{self, Intake, Reading};
use vpn_phone_doctor::limits::{ArchiveLimits, Limits};
use vpn_phone_doctor::report::{self, Form};
use vpn_phone_doctor::text::Lang;

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
        for form in FORMS {
            let reading = read("dropped", &packed(&files, form));
            assert_eq!(findings(&[reading]), expected, "{} as {form}", set.display());
        }
        files.reverse();
        let reading = read("dropped", &packed(&files, "zip"));
        assert_eq!(findings(&[reading]), expected, "{} backwards", set.display());
    }
    assert!(with_findings > 20, "{with_findings}");
}

/// What a person reads first, without what depends on the numbers of inputs: the verdict, the ladder, each finding.
/// Files that were not understood are named in their order, so that sentence counts as far as its colon.
fn judged(readings: &[Reading]) -> (String, String, Vec<String>) {
    let diagnosis = diagnosed(readings);
    let stages: Vec<_> =
        diagnosis.stages.iter().map(|row| format!("{:?} {:?}", row.stage, row.state)).collect();
    let mut findings: Vec<String> = diagnosis
        .findings
        .iter()
        .map(|found| {
            format!("{} {:?} {:?} {}", found.rule, found.severity, found.confidence, found.title.en())
        })
        .collect();
    findings.sort();
    let sentence = diagnosis.verdict.sentence.en().into_owned();
    let sentence = sentence.split("was understood:").next().unwrap_or_default().to_owned();
    (sentence, stages.join(", "), findings)
}

#[test]
fn files_in_any_order_give_the_same_verdict_and_findings() {
    let mut orders = 0;
    for (set, mut files) in sets() {
        let read =
            |files: &Files| -> Vec<Reading> { files.iter().map(|(name, bytes)| read(name, bytes)).collect() };
        let expected = judged(&read(&files));
        for turn in 1..files.len().min(5) {
            files.rotate_left(1);
            assert_eq!(judged(&read(&files)), expected, "{} turned by {turn}", set.display());
            let backwards: Files = files.iter().rev().cloned().collect();
            assert_eq!(judged(&read(&backwards)), expected, "{} backwards, turned by {turn}", set.display());
            orders += 2;
        }
    }
    assert!(orders > 100, "{orders}");
}

#[test]
fn every_file_in_chunks_of_any_size_gives_the_same_reading() {
    for (set, files) in sets() {
        for (name, bytes) in files {
            let whole = read(&name, &bytes);
            for size in [1, 16 << 20] {
                let again = read_in_chunks(&name, &bytes, size, &Limits::default());
                assert_eq!(again, whole, "{} {name} by {size}", set.display());
            }
        }
    }
}

#[test]
fn chunks_of_any_size_give_the_same_reading() {
    let (_, files) = sets().into_iter().find(|(set, _)| set.starts_with(root_of_examples())).unwrap();
    for form in FORMS {
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
        assert!(input.notes[0].text.en().contains("`7z x logs.zip`"), "{:?}", input.notes);
    }
    // A name that a shell would understand stays out of the command.
    let reading = read("$(reboot).zip", &made::zip(&members));
    assert!(reading.inputs[1].notes[0].text.en().contains("`7z x <file>`"));
    // What is not opened at all says how.
    let reading = read("logs.7z", b"7z\xbc\xaf\x27\x1c\0\x04 and so on");
    assert_eq!(told(&reading), [("logs.7z", Kind::Archive, InputState::Refused)]);
    assert!(reading.inputs[0].notes[0].text.en().contains("7z x logs.7z"));
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
    assert!(input.notes.iter().any(|note| note.text.en().contains("was stopped")), "{:?}", reading.inputs);
    assert!(input.bytes < 3 << 20, "{}", input.bytes);
    // Many of them in one archive stop it as a whole.
    let files: Files = (0..16).map(|n| (format!("b{n}.gz"), bomb.clone())).collect();
    let reading = read("bombs.zip", &packed(&files, "zip"));
    assert_eq!(reading.inputs[0].state, InputState::PartlyRead, "{:?}", told(&reading));
    assert!(reading.inputs[0].notes.iter().any(|note| note.text.en().contains("was stopped")));
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
    // One without files is no gap, either; an attachment that nobody reads is.
    let reading = read("answer.eml", &packed(&Files::new(), "mail"));
    assert_eq!(told(&reading), [("answer.eml", Kind::Archive, InputState::Read)]);
    let gap = |readings: &[Reading]| sentence(readings).contains("Not everything was understood");
    assert!(!gap(&[reading, read("console.log", LOG.as_bytes())]));
    let files = vec![files[0].clone(), ("notes.txt".to_owned(), b"it broke on Monday\n".to_vec())];
    assert!(gap(&[read("ticket.eml", &packed(&files, "mail"))]));
    // A web page that was saved as one file is evidence like any other.
    let page = "From: <Saved by Blink>\nSubject: Phone\nMIME-Version: 1.0\nContent-Type: text/html\n\n<html><body><p>Something else</p></body></html>\n";
    let reading = read("page.mht", page.as_bytes());
    assert_eq!(told(&reading), [("page.mht", Kind::Unknown, InputState::Unrecognised)]);
}

fn diagnosed(readings: &[Reading]) -> Diagnosis {
    diagnose(readings, &Said::new(), 1_795_521_600)
}

fn sentence(readings: &[Reading]) -> String {
    diagnosed(readings).verdict.sentence.en().into_owned()
}

#[test]
fn what_nobody_reads_in_a_problem_report_is_counted_and_turns_no_verdict() {
    let mut files: Files = vec![("logs/messages".to_owned(), LOG.as_bytes().to_vec())];
    files.extend((0..30).map(|n| (format!("status/part{n}.out"), format!("netstat {n}\n").into_bytes())));
    files.push(("core.gz".to_owned(), made::gzip(&[7; 2000])));
    files.push(("empty".to_owned(), Vec::new()));
    let name = "prt-20261123-102000-001122334455.tar.gz";
    let bytes = packed(&files, "tar.gz");
    let diagnosis = diagnosed(&[read(name, &bytes)]);
    assert_eq!(diagnosis.verdict, diagnosed(&[read("messages", LOG.as_bytes())]).verdict);
    let notes: Vec<_> = diagnosis.inputs[0].notes.iter().map(|note| note.text.en()).collect();
    assert!(notes.iter().any(|note| note.contains(" 32 are of kinds that are not read here")), "{notes:?}");
    // What a person put together was chosen: there, each of them may be the one that tells.
    assert!(sentence(&[read("ticket.tar.gz", &bytes)]).contains("Not everything was understood"));
    // A problem report in which something of another device lies, and one that was cut, are no different.
    let mut with_asa = files.clone();
    with_asa.push(("asa.log".to_owned(), ASA_LOG.as_bytes().to_vec()));
    assert!(sentence(&[read(name, &packed(&with_asa, "tar.gz"))]).contains("Not everything was understood"));
    let cut = &bytes[..bytes.len() - 40];
    assert!(sentence(&[read(name, cut)]).contains("read only in part"), "{}", sentence(&[read(name, cut)]));
}

const ASA_LOG: &str = "Nov 23 2026 10:19:27: %ASA-6-725001: Starting SSL handshake with client outside:203.0.113.44/50091 to 192.0.2.1/443 for TLS session\n";

/// A part of a phone's log: records are numbered from `from` on, one a second.
fn part(from: u32, messages: &[&str]) -> Vec<u8> {
    let record = |(n, message): (u32, &&str)| {
        let number = from + n;
        format!("{number}: NOT 10:{:02}:{:02}.155936 {message}\n", number / 60 % 60, number % 60)
    };
    (0..).zip(messages).map(record).collect::<String>().into_bytes()
}

const TRIED: &[&str] = &[
    "VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization",
    "VPNC: alert_err: SSL write alert: code 48, unknown CA",
];
const REFUSED: &[&str] =
    &["VPNC: set_login_state: LOGIN: 1 (TRYING) --> 3 (FAILED)", "VPNC: protocol_handler: login failed"];
const CONNECTED: &[&str] = &[
    "VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization",
    "VPNC: do_login: got login response",
    "VPNC: protocol_handler: SSL dpd 30 sec from SG (enabled)",
];

#[test]
fn logs_that_a_phone_wrote_in_turn_are_one_story_with_its_gaps() {
    let parts = |last: &[&str]| -> Files {
        vec![
            ("logs/messages".to_owned(), part(900, last)),
            ("logs/messages.0".to_owned(), part(600, &["JAVA: idle", "JAVA: idle"])),
            ("logs/messages.1".to_owned(), part(102, REFUSED)),
            ("logs/messages.2".to_owned(), part(100, TRIED)),
            ("logs/messages.3".to_owned(), part(40, &["JAVA: idle", "VPNC: vpn_stop: de-activating vpn"])),
        ]
    };
    let failed = parts(REFUSED);
    let diagnosis = diagnosed(&[read("prt.tar.gz", &packed(&failed, "tar.gz"))]);
    let rules =
        |diagnosis: &Diagnosis| diagnosis.findings.iter().map(|found| found.rule.clone()).collect::<Vec<_>>();
    assert!(!rules(&diagnosis).is_empty());
    let story: Vec<_> = diagnosis.timeline.iter().map(|row| row.says.en()).collect();
    let gaps: Vec<_> = story.iter().filter(|says| says.contains("in none of the files")).collect();
    assert_eq!(
        gaps,
        [
            "58 records (42 to 99) are in none of the files: overwritten, or not collected",
            "496 records (104 to 599) are in none of the files: overwritten, or not collected",
            "298 records (602 to 899) are in none of the files: overwritten, or not collected"
        ]
    );
    let names: Vec<String> = diagnosis.timeline.iter().map(|row| diagnosis.full_name(row.input)).collect();
    assert!(
        names[0].ends_with("messages.3") && names.last().unwrap().ends_with("logs/messages"),
        "{names:?}"
    );
    // A login that succeeds in the last part makes what failed in an older one past, however the parts are packed.
    let mended = parts(CONNECTED);
    let loose: Vec<Reading> = mended.iter().map(|(name, bytes)| read(name, bytes)).collect();
    assert!(
        rules(&diagnosed(&loose))
            .iter()
            .all(|rule| rule != "login-failed" && rule != "phone-rejected-server-certificate"),
        "{:?}",
        rules(&diagnosed(&loose))
    );
    for form in FORMS {
        assert_eq!(findings(&[read("dropped", &packed(&mended, form))]), findings(&loose), "{form}");
    }
    let each: Files = mended.iter().map(|(name, bytes)| (format!("{name}.gz"), made::gzip(bytes))).collect();
    assert_eq!(findings(&[read("dropped", &packed(&each, "tar"))]), findings(&loose));
    // Nothing ties logs of other names together: each tells its own.
    let apart: Vec<Reading> = [("anna", TRIED), ("ben", CONNECTED)]
        .iter()
        .zip([100, 200])
        .map(|((name, told), from)| read(name, &part(from, told)))
        .collect();
    assert!(!findings(&apart).is_empty());
}

#[test]
fn evidence_in_an_archive_is_cited_by_archive_and_member() {
    let files = vec![("logs/messages.2".to_owned(), [part(100, TRIED), part(102, REFUSED)].concat())];
    let inner = vec![("prt.tar.gz".to_owned(), packed(&files, "tar.gz"))];
    let diagnosis = diagnosed(&[read("ticket.zip", &packed(&inner, "zip"))]);
    assert!(!diagnosis.findings.is_empty());
    for form in [Form::Text, Form::Markdown, Form::Html] {
        let report = report::render(&diagnosis, form, Lang::De);
        let flat = report.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains("ticket.zip › prt.tar.gz › logs/messages.2:2"), "{flat}");
    }
}

#[test]
fn a_program_that_unpacks_itself_is_opened_and_names_stay_names() {
    let names = [
        "../../etc/hosts",
        "C:\\windows\\x.log",
        "<img src=x>.log",
        "name\u{202e}gol.txt",
        "dup.log",
        "dup.log",
    ];
    let members: Vec<made::Member> = names.iter().map(|name| made::Member::stored(name, LOG)).collect();
    let zip = made::zip(&members);
    for (prefix, name) in
        [(&b""[..], "x.zip"), (&b"MZ\x90\0\0\0"[..], "setup.exe"), (&b"#!/bin/sh\n"[..], "x.sh")]
    {
        let reading = read(name, &[prefix, &zip].concat());
        let inside: Vec<&str> = reading.inputs[1..].iter().map(|input| input.name.as_str()).collect();
        assert_eq!(inside, names, "{name}");
        assert_eq!(reading.inputs[0].kind, Kind::Archive);
        let diagnosis = diagnosed(&[reading]);
        let html = report::render(&diagnosis, Form::Html, Lang::En);
        assert!(!html.contains("<img src=x>") && !html.contains('\u{202e}'));
    }
}

#[test]
fn a_file_that_is_only_cut_or_named_too_long_says_so_and_no_more() {
    let (long, limits) = ("a/".repeat(700) + "x.log", Limits::default());
    assert!(long.len() > limits.archive.name);
    let reading = read("x.zip", &made::zip(&[made::Member::stored(&long, LOG)]));
    assert_eq!(reading.inputs[1].state, InputState::Read, "a name is no loss");
    assert!(reading.inputs[1].notes[0].text.en().contains("longer than is shown"));
    let tar = packed(&vec![("x.log".to_owned(), LOG.repeat(40).into_bytes())], "tar");
    let reading = read("x.tar", &tar[..1200]);
    assert_eq!(told(&reading)[1], ("x.log", Kind::PhoneLog, InputState::PartlyRead));
    // Of a file of which it is not known what it is, its lost part may be what tells.
    let tar = packed(&vec![("x.txt".to_owned(), b"words and words\n".repeat(100))], "tar");
    let reading = read("x.tar", &tar[..1200]);
    assert_eq!(told(&reading)[1], ("x.txt", Kind::Unknown, InputState::PartlyRead));
}

#[test]
fn members_are_listed_with_their_digests_where_they_are_asked_for() {
    let files = vec![("a/messages".to_owned(), LOG.as_bytes().to_vec()), ("empty".to_owned(), Vec::new())];
    let limits =
        Limits { archive: ArchiveLimits { digests: true, ..ArchiveLimits::default() }, ..Limits::default() };
    for form in ["tar", "tar.gz", "zip"] {
        let reading = read_in_chunks("x", &packed(&files, form), 700, &limits);
        let Content::Archive(listing) = &reading.documents[0].content else { panic!("{form}: {reading:?}") };
        let rows: Vec<_> =
            listing.members.iter().map(|one| (one.name.as_str(), one.bytes, one.state)).collect();
        assert_eq!(
            rows,
            [("a/messages", LOG.len() as u64, InputState::Read), ("empty", 0, InputState::Read)],
            "{form}"
        );
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(listing.members[1].sha256.as_deref(), Some(empty));
    }
    assert!(
        read("x", &packed(&files, "tar"))
            .documents
            .iter()
            .all(|one| !matches!(one.content, Content::Archive(_)))
    );
}
