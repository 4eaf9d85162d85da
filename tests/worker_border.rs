//! The border between page and workers, from the page's side: each job as bytes, and the answer that comes back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use vpn_phone_doctor::diagnose::Said;
use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::engine::{
    Answer, CaseFile, Failed, Job, MapForm, Needs, NotOpened, Opaque, SavedFile, Sheet, Side, Stream, Wish,
    answer,
};
use vpn_phone_doctor::input::Kind;
use vpn_phone_doctor::intake::lookup::{Route, input_at, route};
use vpn_phone_doctor::intake::{self, Short};
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::lines_near::Wanted;
use vpn_phone_doctor::plan::render::SheetForm;
use vpn_phone_doctor::plan::{Key, NotAChange};
use vpn_phone_doctor::report::Form;
use vpn_phone_doctor::report::redact::{Addresses, Redacted};
use vpn_phone_doctor::sought::Sought;
use vpn_phone_doctor::source::{At, Place};
use vpn_phone_doctor::text::{Lang, Text};

#[path = "packed/mail.rs"]
mod mail;

use mail::mail;

const EXAMPLE: &str = "assets/examples/replaced-certificate";

fn project(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The answer to a job that comes alone or with a part of a file.
fn asked(job: &Job<'_>, part: &[u8]) -> Answer {
    Answer::decoded(answer(&job.encoded(), part, None).bytes)
}

/// The answer to a job whose file comes in chunks.
fn streamed(job: &Job<'_>, chunks: &[&[u8]]) -> Answer {
    let mut stream = Stream::begin(&job.encoded());
    chunks.iter().for_each(|chunk| stream.push(chunk));
    Answer::decoded(stream.finish().bytes)
}

fn reading(name: &str) -> Opaque<'static> {
    let text = project(&format!("{EXAMPLE}/{name}"));
    let job = Job::Read { name: name.into(), bytes: text.len() as u64, kind: None };
    match streamed(&job, &[text.as_bytes()]) {
        Answer::Reading(reading) => reading,
        other => panic!("{other:?}"),
    }
}

fn diagnosis() -> Box<Diagnosis> {
    let readings = ["phone-console.log", "asa.pem", "SEP001122334455.cnf.xml"].map(reading).to_vec();
    match asked(
        &Job::Diagnose { readings, said: Cow::Owned(Said::new()), now: 1_795_521_600, held: None },
        b"",
    ) {
        Answer::Diagnosis(diagnosis) => diagnosis,
        other => panic!("{other:?}"),
    }
}

fn redacted(diagnosis: &Diagnosis) -> Box<Redacted> {
    let diagnosis = Cow::Borrowed(diagnosis);
    match asked(&Job::Redact { diagnosis, addresses: Addresses::Opaque, seed: [7; 32] }, b"") {
        Answer::Redacted(redacted) => redacted,
        other => panic!("{other:?}"),
    }
}

fn written(job: &Job<'_>) -> String {
    match asked(job, b"") {
        Answer::Written(text) => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn files_become_readings_and_readings_a_diagnosis() {
    let diagnosis = diagnosis();
    assert_eq!(diagnosis.verdict.rule.as_deref(), Some("cert-hash-mismatch"));
    assert_eq!(diagnosis.inputs.iter().filter(|input| input.inside.is_none()).count(), 3);
}

#[test]
fn what_cannot_be_read_is_a_reading_that_says_why() {
    let why = Cow::Owned(Text::fixed("it is a folder", "sie ist ein Ordner"));
    let Answer::Reading(reading) = asked(&Job::Unreadable { name: "logs".into(), bytes: 0, why }, b"") else {
        panic!("no reading");
    };
    let job = Job::Diagnose { readings: vec![reading], said: Cow::Owned(Said::new()), now: 0, held: None };
    let Answer::Diagnosis(diagnosis) = asked(&job, b"") else { panic!("no diagnosis") };
    assert_eq!(diagnosis.inputs[0].notes[0].text.en(), "it is a folder");
}

#[test]
fn texts_are_written_in_the_language_and_form_that_were_asked_for() {
    let case = diagnosis();
    let diagnosis = || Cow::Borrowed(&*case);
    for (form, begins) in [(Form::Json, "{"), (Form::Html, "<!doctype html>"), (Form::Markdown, "# ")] {
        let text = written(&Job::Report { diagnosis: diagnosis(), form, lang: Lang::De });
        assert!(text.to_lowercase().starts_with(begins), "{form:?}: {}", &text[..40]);
    }
    let finding = |lang| written(&Job::Finding { diagnosis: diagnosis(), index: 0, lang });
    assert!(finding(Lang::En).contains(&*case.findings[0].title.en()));
    assert!(finding(Lang::De).contains(&*case.findings[0].title.de()));
    let none = Job::Finding { diagnosis: diagnosis(), index: 10_000, lang: Lang::En };
    assert_eq!(asked(&none, b""), Answer::Failed(Failed::NotDone));
}

#[test]
fn a_redacted_case_comes_with_its_map() {
    let redacted = redacted(&diagnosis());
    let entry = &redacted.map[0];
    for form in [MapForm::Json, MapForm::Text] {
        let map = written(&Job::RedactionMap { map: (&redacted.map[..]).into(), form, lang: Lang::En });
        assert!(map.contains(&entry.pseudonym) && map.contains(&entry.original), "{map}");
    }
}

const NOW: i64 = 1_795_521_600;

const ASA: &str = "ASA Version 9.8(2)\nhostname vault-asa\ninterface GigabitEthernet0/0\n nameif outside\n ip address 192.0.2.1 255.255.255.0\nwebvpn\n enable outside\n anyconnect image disk0:/a.pkg 1\n anyconnect enable\n: end\n";

fn phone(load: &str) -> String {
    format!(
        "<device><loadInformation>{load}</loadInformation><vpnGroup><authMethod>2</authMethod>\
         <addresses><url1>https://vpn.example.com/Phones</url1></addresses>\
         <credentials><hashAlg>0</hashAlg><certHash1>5X6B6plUwUSXZnjQ4kGM33mpMXY=</certHash1></credentials></vpnGroup></device>"
    )
}

/// What a file says, as the page keeps it.
fn read(name: &str, text: &str) -> Opaque<'static> {
    let job = Job::Read { name: name.to_owned().into(), bytes: text.len() as u64, kind: None };
    match streamed(&job, &[text.as_bytes()]) {
        Answer::Reading(reading) => reading,
        other => panic!("{other:?}"),
    }
}

fn case() -> Vec<Opaque<'static>> {
    let (old, new) = (phone("SIP45.9-4-2SR3-1S"), phone("sip88xx.12-5-1SR2-2"));
    vec![read("asa.cfg", ASA), read("SEP001122334455.cnf.xml", &old), read("SEPAABBCCDDEEFF.cnf.xml", &new)]
}

fn plan(wishes: Vec<Wish<'static>>, sheet: Option<Sheet>) -> Answer {
    let said = Cow::Owned(Said::new());
    asked(&Job::Plan { readings: case(), said, now: NOW, wishes, works: true, sheet }, b"")
}

fn change(key: Key, text: &str) -> Answer {
    let job = Job::Change { key, name: "lines.txt".into(), bytes: text.len() as u64 };
    streamed(&job, &[text.as_bytes()])
}

#[test]
fn the_file_of_a_change_comes_to_its_end_and_no_further_than_a_file_may_be_large() {
    let job = Job::Change { key: Key::Ssl, name: "lines.txt".into(), bytes: 0 };
    let mut stream = Stream::begin(&job.encoded());
    stream.push(b"ssl server-version ");
    assert!(stream.wants_more());
    stream.push(b"tlsv1.2\n");
    let Answer::Change(Ok(_)) = Answer::decoded(stream.finish().bytes) else { panic!("no change") };
    let mut endless = Stream::begin(&job.encoded());
    let chunk = vec![b' '; 8 << 20];
    let chunks = (0..100).take_while(|_| {
        endless.push(&chunk);
        endless.wants_more()
    });
    assert_eq!(chunks.count() as u64, Limits::default().whole / chunk.len() as u64);
    assert_eq!(Answer::decoded(endless.finish().bytes), Answer::Change(Err(NotAChange::TooLarge)));
}

#[test]
fn a_change_is_read_from_its_file_and_foretold_with_the_lines_of_the_case() {
    let lines = "ssl server-version tlsv1.2\n";
    let Answer::Change(Ok(file)) = change(Key::Ssl, lines) else { panic!("no change") };
    let wish = Wish { key: Key::Ssl, value: "".into(), file: Some(file) };
    let Answer::Plan(Ok(told)) = plan(vec![wish.clone()], None) else { panic!("no plan") };
    let after: Vec<_> = told.rows.iter().map(|row| row.after.rule.as_deref()).collect();
    assert_eq!(after[0], Some("tls-version-too-new-for-phone"), "the old phone has no TLS 1.2");
    assert_ne!(after[1], after[0], "the new one has");
    let cited = told.rows[0]
        .because
        .iter()
        .any(|evidence| evidence.input.is_some_and(|input| told.inputs[input as usize].name == "lines.txt"));
    assert!(cited, "the line of the change says so, so the configuration's own lines were kept");
    for (form, begins) in [(SheetForm::Markdown, "# "), (SheetForm::Csv, "\"phone\"")] {
        let written = |redacted| {
            let sheet = Sheet { form, lang: Lang::En, redacted };
            match plan(vec![wish.clone()], Some(sheet)) {
                Answer::Written(text) => text,
                other => panic!("{other:?}"),
            }
        };
        let (real, redacted) = (written(None), written(Some((Addresses::Opaque, [7; 32]))));
        assert!(real.starts_with(begins) && redacted.starts_with(begins), "{real}");
        assert!(real.contains("SEP001122334455") && !redacted.contains("SEP001122334455"), "{redacted}");
    }
}

#[test]
fn what_is_no_change_says_which_and_what_it_takes() {
    let wish = Wish { key: Key::AsaRelease, value: "newest".into(), file: None };
    let Answer::Plan(Err((Key::AsaRelease, NotAChange::Value(takes)))) = plan(vec![wish], None) else {
        panic!("no reason")
    };
    assert!(takes.en().contains("9.16(4)"));
    assert!(matches!(change(Key::Capf, "hello\n"), Answer::Change(Err(NotAChange::File(_)))));
    let torn = Wish { key: Key::Ssl, value: "".into(), file: Some(Opaque(b"\xff"[..].into())) };
    assert_eq!(plan(vec![torn], None), Answer::Failed(Failed::NotUnderstood));
    let said = Cow::Owned(Said::new());
    let Answer::Offers(offers) = asked(&Job::Offers { readings: case(), said, now: NOW }, b"") else {
        panic!("no offers")
    };
    assert!(offers.iter().any(|offer| offer.key == Key::AsaRelease && offer.today == "9.8(2)"));
}

#[test]
fn two_phones_of_one_case_are_compared_and_a_side_that_is_not_there_is_no_answer() {
    let compare = |sides: [Side<'static>; 2], sheet| {
        let said = Cow::Owned(Said::new());
        asked(&Job::Compare { readings: case(), said, now: NOW, sides, sheet }, b"")
    };
    let phone = |name: &'static str| Side { of: vec![0, 1, 2], phone: Some(name.into()) };
    let sides = [phone("SEP001122334455"), phone("SEPAABBCCDDEEFF")];
    let Answer::Comparison(told) = compare(sides.clone(), None) else { panic!("no comparison") };
    let load = told.differences.iter().find(|one| one.what.en() == "firmware").unwrap();
    assert_eq!((load.a.value.as_str(), load.b.value.as_str()), ("SIP45.9-4-2SR3-1S", "sip88xx.12-5-1SR2-2"));
    let sheet = Sheet { form: SheetForm::Csv, lang: Lang::De, redacted: Some((Addresses::Opaque, [7; 32])) };
    let Answer::Written(text) = compare(sides, Some(sheet)) else { panic!("nothing written") };
    assert!(text.contains("Firmware") && !text.contains("AABBCCDDEEFF"), "{text}");
    let gone = [phone("SEP000000000000"), phone("SEPAABBCCDDEEFF")];
    assert_eq!(compare(gone, None), Answer::Failed(Failed::NotDone));
    let file = |of: u32| Side { of: vec![of], phone: None };
    assert!(matches!(compare([file(1), file(2)], None), Answer::Comparison(_)));
    assert_eq!(compare([file(1), file(9)], None), Answer::Failed(Failed::NotUnderstood));
}

/// The way to a line of a file, or of what is packed in it.
fn near(bytes: usize, members: Vec<u32>, wanted: Wanted) -> Job<'static> {
    let route = Route { members, wanted, ..Route::default() };
    Job::LinesNear { name: "session.log".into(), bytes: bytes as u64, route: Cow::Owned(route) }
}

#[test]
fn lines_come_from_the_part_of_the_file_that_the_job_names() {
    let log = "one line of the log\n".repeat(40_000);
    let (size, offset) = (log.len() as u64, 20 * 30_000);
    let wanted =
        Wanted { size, offset, line: 30_001, excerpt: "one line of the log".into(), ..Wanted::default() };
    let job = near(log.len(), Vec::new(), wanted);
    let Needs::Slice { begin, end } = job.needs() else { panic!("no slice") };
    assert!(begin < offset && offset < end && end - begin < size, "{begin} to {end}");
    let part = &log.as_bytes()[begin as usize..log.len().min(end as usize)];
    let Answer::Lines(lines) = asked(&job, part) else { panic!("no lines") };
    let telling = &lines.rows[lines.telling.unwrap() as usize];
    assert_eq!((telling.line, telling.offset, lines.changed), (30_001, offset, false));
}

#[test]
fn what_is_packed_in_a_file_is_unpacked_again_as_far_as_the_place() {
    let mail = mail(&[("a.log", b"first line\nthe line that tells\nlast line\n")]);
    let reading = intake::read("mail.eml", mail.as_bytes(), &Limits::default());
    let input = reading.inputs.iter().position(|input| input.name == "a.log").unwrap();
    let at = At::line(2, 11, "the line that tells");
    let route = route(&reading.inputs, &Place { input: u32::try_from(input).unwrap(), at }).unwrap();
    let job = near(mail.len(), route.members, route.wanted);
    assert_eq!(job.needs(), Needs::Stream);
    let pieces: Vec<&[u8]> = mail.as_bytes().chunks(7).collect();
    let Answer::Lines(lines) = streamed(&job, &pieces) else { panic!("no lines") };
    let telling = &lines.rows[lines.telling.unwrap() as usize];
    assert_eq!((telling.line, telling.text.as_deref()), (2, Some("the line that tells")));
    assert_eq!(
        asked(&job, b"the line"),
        Answer::Failed(Failed::NotUnderstood),
        "a part of the mail is none of the log"
    );
}

#[test]
fn a_text_is_found_in_what_is_packed_in_a_file_and_in_the_file_itself() {
    let mail = mail(&[("a.log", b"first line\nthe line that tells\nlast line\n"), ("b.bin", &[1; 9_000])]);
    let inputs = intake::read("mail.eml", mail.as_bytes(), &Limits::default()).inputs;
    for (text, match_case, wanted) in [
        ("THAT TELLS", false, Some(("a.log", 2))),
        ("THAT TELLS", true, None),
        ("got login response", false, Some(("mail.eml", 11))),
        ("subject: phone", false, Some(("mail.eml", 3))),
    ] {
        let sought = Sought { text: text.to_owned(), match_case };
        let (name, bytes) = ("mail.eml".into(), mail.len() as u64);
        let job = Job::Search { name, bytes, kind: None, sought: Cow::Owned(sought) };
        assert_eq!(job.needs(), Needs::Stream);
        let pieces: Vec<&[u8]> = mail.as_bytes().chunks(7).collect();
        let Answer::Found(found) = streamed(&job, &pieces) else { panic!("nothing") };
        let named: Vec<(&str, u32)> = found
            .inputs
            .iter()
            .flat_map(|one| {
                let input = input_at(&inputs, 0, &one.members).unwrap() as usize;
                one.hits.iter().map(move |hit| (input, hit.line))
            })
            .map(|(input, line)| (inputs[input].name.as_str(), line))
            .collect();
        assert_eq!(named, Vec::from_iter(wanted), "{text}");
        assert_eq!(found.passed_by, 1, "b.bin is no text");
    }
}

#[test]
fn a_saved_case_comes_back_as_it_was() {
    let file = SavedFile { name: "p".into(), bytes: 9, kind: None, reading: reading("phone-console.log") };
    let case = CaseFile { files: vec![file], said: Said::new() };
    let text = written(&Job::SaveCase { case: case.clone() });
    assert!(matches!(Job::OpenCase.needs(), Needs::Slice { begin: 0, .. }));
    assert_eq!(asked(&Job::OpenCase, text.as_bytes()), Answer::Opened(Ok(case)));
    assert_eq!(asked(&Job::OpenCase, b"a log"), Answer::Opened(Err(NotOpened::NoCase)));
}

#[test]
fn the_rest_is_answered_in_kind() {
    assert_eq!(
        streamed(&Job::Digest, &[b"a", b"bc"]),
        Answer::Digest("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".into())
    );
    assert!(matches!(asked(&Job::Catalogue, b""), Answer::Cards(cards) if cards.len() > 100));
    let line = "%ASA-7-725014: SSL lib error. Function: ssl3_read_bytes Reason: tlsv1 alert unknown ca";
    assert!(matches!(asked(&Job::Explain { line: line.into() }, b""), Answer::Meaning(Some(_))));
    assert_eq!(asked(&Job::Explain { line: "good morning".into() }, b""), Answer::Meaning(None));
}

#[test]
fn a_file_that_stops_coming_is_read_as_far_as_it_came_and_has_no_hash() {
    let text = project(&format!("{EXAMPLE}/phone-console.log"));
    let read = Job::Read { name: "p".into(), bytes: 2 * text.len() as u64, kind: Some(Kind::PhoneLog) };
    for (job, expected) in [(read, None), (Job::Digest, Some(Answer::Failed(Failed::CutShort)))] {
        let mut stream = Stream::begin(&job.encoded());
        stream.push(text.as_bytes());
        let answer = Answer::decoded(stream.finish_short(text.len() as u64, Short::Stalled).bytes);
        match expected {
            Some(expected) => assert_eq!(answer, expected),
            None => assert!(matches!(answer, Answer::Reading(_)), "{answer:?}"),
        }
    }
}

#[test]
fn a_reading_that_the_worker_holds_stands_at_its_place_and_stays_held() {
    let names = ["phone-console.log", "asa.pem", "SEP001122334455.cnf.xml"];
    let now = 1_795_521_600;
    for place in 0..names.len() {
        let text = project(&format!("{EXAMPLE}/{}", names[place]));
        let job = Job::Read { name: names[place].into(), bytes: text.len() as u64, kind: None };
        let mut stream = Stream::begin(&job.encoded());
        stream.push(text.as_bytes());
        let held = stream.finish().reading;
        assert!(held.is_some());
        let mut readings = names.map(reading).to_vec();
        readings.remove(place);
        let said = Cow::Owned(Said::new());
        let job = Job::Diagnose { readings, said, now, held: Some(place as u32) }.encoded();
        let first = answer(&job, b"", held);
        assert_eq!(Answer::decoded(first.bytes), Answer::Diagnosis(diagnosis()), "{}", names[place]);
        let second = answer(&job, b"", first.reading);
        assert_eq!(Answer::decoded(second.bytes), Answer::Diagnosis(diagnosis()), "{}", names[place]);
    }
}

#[test]
fn a_reading_that_no_worker_holds_or_that_has_no_place_is_missed() {
    let job = |held| {
        let readings = vec![reading("asa.pem")];
        Job::Diagnose { readings, said: Cow::Owned(Said::new()), now: 0, held: Some(held) }.encoded()
    };
    let not_understood = Answer::Failed(Failed::NotUnderstood);
    assert_eq!(Answer::decoded(answer(&job(0), b"", None).bytes), not_understood);
    let held = intake::read("asa.pem", b"", &Limits::default());
    assert_eq!(Answer::decoded(answer(&job(2), b"", Some(held)).bytes), not_understood);
}

#[test]
fn the_head_of_an_answer_tells_where_a_reading_begins() {
    for length in [0, 1, 127, 128, 70_000] {
        let answer = Answer::Reading(Opaque(Cow::Owned(vec![7; length])));
        let bytes = answer.encoded();
        let begins = Answer::reading_begins(&bytes[..bytes.len().min(16)], bytes.len());
        assert_eq!(begins, Some(bytes.len() - length));
        assert_eq!(Answer::reading_begins(&bytes, bytes.len() + 1), None, "more than it says");
        assert_eq!(Answer::decoded(bytes), answer);
    }
    for other in
        [Answer::Written("a text".into()), Answer::Meaning(None), Answer::Failed(Failed::NotUnderstood)]
    {
        let bytes = other.encoded();
        assert_eq!(Answer::reading_begins(&bytes, bytes.len()), None, "{other:?}");
    }
    assert_eq!(Answer::reading_begins(b"", 0), None);
}

#[test]
fn what_does_not_fit_is_told_and_never_taken_for_something_else() {
    let not_understood = Answer::Failed(Failed::NotUnderstood);
    let job = Job::Explain { line: "a line".into() }.encoded();
    for bytes in [&b""[..], b"\xff\xff\xff\xff\xff", &job[..job.len() - 1]] {
        assert_eq!(Answer::decoded(answer(bytes, b"", None).bytes), not_understood, "{bytes:?}");
        assert_eq!(Answer::decoded(bytes.to_vec()), not_understood, "{bytes:?}");
        let stream = Stream::begin(bytes);
        assert!(!stream.wants_more());
        assert_eq!(Answer::decoded(stream.finish().bytes), not_understood);
    }
    assert_eq!(asked(&Job::Digest, b""), not_understood, "a file has to come with it");
    assert_eq!(streamed(&Job::Catalogue, &[b"abc"]), not_understood, "no file comes with it");
    let readings = vec![Opaque(b"\xff\xff\xff".into())];
    let job = Job::Diagnose { readings, said: Cow::Owned(Said::new()), now: 0, held: None };
    assert_eq!(asked(&job, b""), not_understood);
}

#[test]
fn the_workers_script_knows_three_verbs_and_an_end_and_no_question() {
    let script = project("assets/worker.js");
    let code: String = script.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let calls = code.split("wasm_bindgen.").skip(1);
    let calls: BTreeSet<&str> = calls.map(|call| &call[..call.find('(').unwrap()]).collect();
    assert_eq!(calls, BTreeSet::from(["FileStream", "answer", "forget", "let_go"]));
    assert!(code.contains("async function answer({ job, read, slice, begin, end }, took)"));
    let fields = code.split("message.").skip(1);
    let fields: BTreeSet<&str> =
        fields.map(|field| &field[..field.find(|sign: char| !sign.is_ascii_alphabetic()).unwrap()]).collect();
    assert_eq!(fields, BTreeSet::from(["forget", "job", "module", "stop"]));
}
