//! Tests of the intake: what a person says a file is, bounds, and what is listed of it.

use super::*;
use crate::documents::Content;
use crate::formats;

const LOG: &str = "902: NOT 10:19:27.155936 VPNC: vpn_stop: de-activating vpn\n";

fn read_as(kind: Kind, text: &str, limits: &Limits) -> Reading {
    let mut intake = Intake::new("x", text.len() as u64, limits).read_as(kind);
    intake.push(text.as_bytes());
    intake.finish()
}

#[test]
fn the_person_knows_better_what_a_file_is() {
    let limits = Limits::default();
    let guessed = read("x", LOG.as_bytes(), &limits);
    assert_eq!(guessed.inputs[0].kind, Kind::PhoneLog);
    let said = read_as(Kind::AsaConfig, LOG, &limits);
    assert_eq!((said.inputs[0].kind, said.inputs[0].because.en().as_ref()), (Kind::AsaConfig, "your choice"));
    assert!(said.documents.iter().all(|document| !matches!(document.content, Content::PhoneLog(_))));
    let unknown = read_as(Kind::PhoneLog, "no log at all\n", &limits);
    assert_eq!(unknown.inputs[0].kind, Kind::PhoneLog);
    assert_eq!(read_as(Kind::Unknown, LOG, &limits), guessed, "a kind without a format changes nothing");
}

#[test]
fn a_stream_is_read_as_what_the_person_says() {
    let limits = Limits { whole: 64, head: 32, ..Limits::default() };
    let text = LOG.repeat(9);
    let said = read_as(Kind::AsaSyslog, &text, &limits);
    assert_eq!(said.inputs[0].kind, Kind::AsaSyslog);
    assert!(said.documents.iter().all(|document| !matches!(document.content, Content::PhoneLog(_))));
}

#[test]
fn every_kind_that_can_be_said_has_a_format() {
    for kind in Kind::SAYABLE {
        assert!(formats::of_kind(kind).is_some(), "{}", kind.id());
    }
}

#[test]
fn an_empty_file_is_listed_with_its_reason() {
    let reading = read("empty.txt", b"", &Limits::default());
    assert_eq!(reading.inputs.len(), 1);
    let input = &reading.inputs[0];
    assert_eq!((input.kind, input.state), (Kind::Unknown, InputState::Unrecognised));
    assert_eq!(input.because.en(), "The file is empty. Save or download it again.");
}

/// Pushes a file in pieces for as long as more is wanted; says how many bytes were taken besides.
fn read_while_wanted(text: &str, size: u64, limits: &Limits) -> (Reading, usize) {
    let mut intake = Intake::new("disk.img", size, limits);
    let mut taken = 0;
    for piece in text.as_bytes().chunks(16) {
        if !intake.wants_more() {
            break;
        }
        intake.push(piece);
        taken += piece.len();
    }
    (intake.finish(), taken)
}

#[test]
fn a_file_that_nobody_claims_and_nothing_can_hold_is_not_read_to_its_end() {
    let limits = Limits { whole: 64, head: 32, streamed: 4096, ..Limits::default() };
    let strange = "nothing known\n".repeat(60);
    let (reading, taken) = read_while_wanted(&strange, strange.len() as u64, &limits);
    assert_eq!((taken, reading.inputs[0].state), (32, InputState::Refused), "its head is enough");
    assert_eq!(reading.inputs[0].bytes, strange.len() as u64);
    assert!(reading.inputs[0].notes[0].text.en().contains(&format!("{} bytes", strange.len())));
    // A log of the same size is read on, and so is what may still be held.
    let log = LOG.repeat(20);
    let (reading, taken) = read_while_wanted(&log, log.len() as u64, &limits);
    assert_eq!((taken, reading.inputs[0].state), (log.len(), InputState::Read));
    let (_, taken) = read_while_wanted(&strange[..60], 60, &limits);
    assert_eq!(taken, 60);
    // Nobody knows how long a stream is: it may end before it is too long.
    let (_, taken) = read_while_wanted(&strange[..60], u64::MAX, &limits);
    assert_eq!(taken, 60);
    let (_, taken) = read_while_wanted(&strange, u64::MAX, &limits);
    assert!(taken < 100, "{taken}");
    // What is larger than anything that is read is not begun.
    let (reading, taken) = read_while_wanted(&log, 4097, &limits);
    assert_eq!((taken, reading.inputs[0].state), (0, InputState::Refused));
}

#[test]
fn what_begins_behind_the_head_of_a_large_file_is_not_passed_over_in_silence() {
    let limits = Limits { whole: 256, head: 128, ..Limits::default() };
    let asa =
        "Mar 09 2026 07:00:01: %ASA-6-302013: Built inbound TCP connection 4 for wan:198.51.100.7/40211\n";
    let phone = LOG;
    for (text, kind, unread) in [
        (asa.repeat(5) + phone, Kind::AsaSyslog, Kind::PhoneLog),
        (phone.repeat(9) + asa, Kind::PhoneLog, Kind::AsaSyslog),
    ] {
        for chunk in [1, 7, 100, text.len()] {
            let mut intake = Intake::new("x", text.len() as u64, &limits);
            text.as_bytes().chunks(chunk).for_each(|piece| intake.push(piece));
            let reading = intake.finish();
            let file = &reading.inputs[0];
            assert_eq!((file.kind, file.state), (kind, InputState::PartlyRead), "{chunk}: {text}");
            let named =
                file.notes.iter().filter(|note| note.text.en().contains(&*unread.name().en())).count();
            assert_eq!(named, 1, "{chunk}: {:?}", file.notes);
        }
    }
    let held = read("x", (asa.repeat(5) + phone).as_bytes(), &Limits::default());
    assert_eq!(held.inputs[0].state, InputState::Read, "what can be held is read by everyone");
}

#[test]
fn what_packets_carry_is_no_other_part_of_a_large_capture() {
    let limits = Limits { whole: 256, head: 128, ..Limits::default() };
    let header = [0xa1b2_c3d4_u32, 0x0004_0002, 0, 0, 65_535, 1].map(u32::to_le_bytes).concat();
    let text = b"<166>%ASA-6-305011: VPNC: CSTP state = ";
    let length = u32::try_from(text.len()).unwrap();
    let record = [[1_795_521_600, 0, length, length].map(u32::to_le_bytes).concat(), text.to_vec()].concat();
    let capture = [header, record.repeat(9)].concat();
    let reading = read("x", &capture, &limits);
    let file = &reading.inputs[0];
    assert_eq!(file.kind, Kind::Capture);
    assert!(
        capture.len() > 256 && !file.notes.iter().any(|note| note.text.en().contains("Further on")),
        "{:?}",
        file.notes
    );
}

#[test]
fn a_file_that_stops_coming_is_read_as_far_as_it_came_and_says_so() {
    let limits = Limits { whole: 64, head: 32, ..Limits::default() };
    let text = LOG.repeat(9);
    let mut intake = Intake::new("x", 100_000, &limits);
    intake.push(text.as_bytes());
    let taken = text.len() as u64;
    let reading = intake.finish_short(taken, Short::Stalled);
    let file = &reading.inputs[0];
    assert_eq!((file.kind, file.state, file.bytes), (Kind::PhoneLog, InputState::PartlyRead, 100_000));
    assert!(file.notes[0].text.en().contains(&format!("first {taken} of 100000 bytes")));
    let nothing = Intake::new("x", 100_000, &limits).finish_short(0, Short::Stopped);
    assert_eq!(nothing.inputs[0].state, InputState::Unrecognised, "it is not said to be read");
    let why = nothing.inputs[0].notes.last().unwrap().text.en();
    assert!(why.contains("first 0 of 100000 bytes") && why.contains("you stopped reading"), "{why}");
}

#[test]
fn a_file_over_the_limit_says_so_and_how_large_it_is() {
    let limits = Limits { whole: 8, streamed: 100, ..Limits::default() };
    let reading = read("core", &[0; 50], &limits);
    assert_eq!(reading.inputs[0].state, InputState::Refused);
    assert!(reading.inputs[0].notes[0].text.en().contains("50 bytes"));
}

#[test]
fn what_is_not_taken_off_a_large_log_is_said() {
    let limits = Limits { whole: 1024, head: 512, ..Limits::default() };
    let line = |second: usize| {
        let (minute, second) = (second / 60, second % 60);
        format!(
            "Mar 09 2026 07:{minute:02}:{second:02}: %ASA-6-725006: Device failed SSL handshake with client wan:198.51.100.7/40211\n"
        )
    };
    let rising: String = (0..60).map(line).collect();
    let falling: String = (0..60).rev().map(line).collect();
    // Only the end of the log tells that it runs backwards.
    let late: String = (30..60).map(line).chain((0..20).map(line)).collect();
    let records: String =
        (0..60).map(|second| format!("{{\"log\":\"{}\"}}\n", line(second).trim())).collect();
    let told = |text: &str| {
        let reading = read("x", text.as_bytes(), &limits);
        let file = &reading.inputs[0];
        let words: Vec<_> =
            file.notes.iter().map(|note| note.text.en().split(' ').nth(1).unwrap().to_owned()).collect();
        (file.state, words)
    };
    assert_eq!(told(&rising), (InputState::Read, vec![]));
    assert_eq!(told(&records), (InputState::PartlyRead, vec!["lines".to_owned()]));
    assert_eq!(told(&late), (InputState::PartlyRead, vec!["newest".to_owned()]));
    assert_eq!(told(&falling), (InputState::PartlyRead, vec!["newest".to_owned()]));
}

#[test]
fn a_stream_is_read_by_those_alone_that_claim_its_head() {
    let limits = Limits { whole: 4096, head: 512, ..Limits::default() };
    let syslog = "Mar 09 2026 07:00:01: %ASA-6-725006: Device failed SSL handshake with client wan:198.51.100.7/40211\n";
    let kinds = |text: &str| {
        let reading = read("x", text.as_bytes(), &limits);
        let file = &reading.inputs[0];
        let phone = reading.documents.iter().any(|one| matches!(one.content, Content::PhoneLog(_)));
        let asa = reading.documents.iter().any(|one| matches!(one.content, Content::AsaSyslog(_)));
        (file.kind, file.state, asa, phone)
    };
    // The head is the ASA's; what follows is read by its reader alone, and that is said.
    let log = syslog.repeat(30) + &LOG.repeat(30);
    assert_eq!(kinds(&log), (Kind::AsaSyslog, InputState::PartlyRead, true, false));
    let both = kinds(&(syslog.to_owned() + LOG).repeat(30));
    assert!(both.2 && both.3, "{both:?}");
    // A report that quotes a log is a report at any size.
    let report = format!("{{\"schema\": \"vpn-phone-doctor/report/1\", \"says\": \"{}\"}}", "x".repeat(300));
    let small = read("x", report.as_bytes(), &limits).inputs[0].kind;
    assert_eq!(small, Kind::EarlierReport);
    assert_eq!(kinds(&(report + "\n" + &syslog.repeat(60))), (small, InputState::Refused, false, false));
}

#[test]
fn a_refusal_keeps_its_kind_and_its_reason_at_any_size() {
    let limits = Limits { whole: 1024, head: 512, ..Limits::default() };
    let capture = |size: usize| {
        let mut bytes = b"\xd4\xc3\xb2\xa1\x02\0\x04\0".to_vec();
        bytes.resize(size, 0);
        let input = read("x", &bytes, &limits).inputs.remove(0);
        (input.kind, input.because, input.state, input.notes)
    };
    assert_eq!(capture(600), capture(6000));
    let session = "asa# show logging\n".to_owned() + &"first line of it\n".repeat(99);
    let input = read("x", session.as_bytes(), &limits).inputs.remove(0);
    assert_eq!((input.kind, input.state), (Kind::Terminal, InputState::Refused));
    assert!(input.notes[0].text.en().contains(&format!("{} bytes", session.len())));
}
