//! Phone logs of every kind, through the one door that files take.

use vpn_phone_doctor::documents::Content;
use vpn_phone_doctor::documents::phone_log::{Outcome, PhoneLog, PhoneMessage};
use vpn_phone_doctor::input::{InputState, Kind};
use vpn_phone_doctor::intake::{self, Intake, Reading};
use vpn_phone_doctor::limits::Limits;

use crate::Check;

fn files(folder: &str, ending: &str) -> Vec<(String, Vec<u8>)> {
    let path = crate::shared().join(folder);
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(&path)
        .unwrap_or_else(|_| panic!("no {}", path.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && path.to_string_lossy().ends_with(ending))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect();
    assert!(!files.is_empty(), "{} is empty", path.display());
    files.sort();
    files
}

fn logs(reading: &Reading) -> impl Iterator<Item = &PhoneLog> {
    reading.documents.iter().filter_map(|document| match &document.content {
        Content::PhoneLog(log) => Some(log),
        _ => None,
    })
}

fn log(reading: &Reading) -> Option<&PhoneLog> {
    logs(reading).next()
}

fn in_chunks(bytes: &[u8], size: usize, limits: &Limits) -> Reading {
    let mut intake = Intake::new("x", bytes.len() as u64, limits);
    for chunk in bytes.chunks(size) {
        intake.push(chunk);
    }
    intake.finish()
}

pub fn every_sample_is_recognised_with_its_grammar_and_its_records() {
    // One record a line; the lines are counted in the list of samples. The last kind of phone prints two grammars.
    type Row<'a> = (&'a str, u64, &'a [(char, u64)]);
    let rows: &[Row<'_>] = &[
        ("cisco-118699.log", 27, &[('A', 10), ('B', 17)]),
        ("cisco-118893.log", 12, &[('A', 12)]),
        ("cisco-200850.log", 105, &[('C', 105)]),
        ("cisco-200860.log", 3, &[('B', 3)]),
        ("cisco-200903.log", 17, &[('C', 17)]),
        ("cisco-213407.log", 52, &[('C', 52)]),
        ("cisco-215014.log", 26, &[('D', 26)]),
        ("cisco-216177.log", 15, &[('D', 15)]),
        ("cisco-217219.log", 46, &[('C', 46)]),
        ("cisco-225746.log", 23, &[('E', 23)]),
        ("mpp-221021.log", 103, &[('C', 46), ('E', 57)]),
        ("seed-116162-dtls-fail-88xx.log", 26, &[('-', 26)]),
        ("seed-116162-hash-mismatch.log", 27, &[('A', 27)]),
        ("seed-116162-hostid.log", 5, &[('A', 5)]),
        ("seed-116162-redirect.log", 6, &[('A', 6)]),
    ];
    let files = files("samples/phone-logs", ".log");
    for (name, bytes) in &files {
        let (_, records, grammars) = rows.iter().find(|(known, ..)| known == name).unwrap();
        let reading = intake::read("x", bytes, &Limits::default());
        let input = &reading.inputs[0];
        assert_eq!((input.kind, input.state), (Kind::PhoneLog, InputState::Read), "{name}");
        let log = log(&reading).unwrap();
        assert_eq!(log.records, *records, "{name}");
        let told: Vec<(char, u64)> = log.grammars.iter().map(|(grammar, count)| (*grammar, *count)).collect();
        let mut expected = grammars.to_vec();
        expected.sort_unstable();
        assert_eq!(told, expected, "{name}");
    }
    assert!(files.is_empty() || files.len() == rows.len());
}

pub fn the_phone_is_named_where_its_log_names_it() {
    let rows = [
        ("cisco-200850.log", Some("SEPC80084AA8721")),
        ("cisco-213407.log", Some("SEPB000B4BA0AEE")),
        ("cisco-215014.log", Some("SEP2C3124C9F8E1")),
        ("mpp-221021.log", Some("SEP14A2A0E0837A")),
        ("seed-116162-hash-mismatch.log", None),
    ];
    let files = files("samples/phone-logs", ".log");
    for (name, device) in rows {
        let Some((_, bytes)) = files.iter().find(|(file, _)| file == name) else { continue };
        let reading = intake::read("x", bytes, &Limits::default());
        let found = log(&reading).unwrap().device.as_ref().map(|device| device.value.as_str());
        assert_eq!(found, device, "{name}");
    }
}

pub fn the_documented_failures_are_seen() {
    use PhoneMessage as M;
    type Seen = fn(&PhoneMessage) -> bool;
    let rows: &[(&str, &[Seen], Option<Outcome>)] = &[
        (
            "seed-116162-hash-mismatch.log",
            &[
                |m| matches!(m, M::LeafHash { sha1: [0x12, 0x89, .., 0x08, 0xfc] }),
                |m| matches!(m, M::ChainNotTrusted),
                |m| matches!(m, M::Alert { code: Some(48), .. }),
                |m| matches!(m, M::NotifyCode { code: 37, .. }),
                |m| matches!(m, M::LoginFailed),
            ],
            Some(Outcome::Failed),
        ),
        (
            "seed-116162-hostid.log",
            &[|m| matches!(m, M::WildcardRefused { .. }), |m| matches!(m, M::HostIdCheckFailed)],
            Some(Outcome::Open),
        ),
        (
            "seed-116162-redirect.log",
            &[|m| matches!(m, M::HttpStatus { code: 302, .. }), |m| matches!(m, M::RedirectUrl { .. })],
            Some(Outcome::Open),
        ),
        (
            "seed-116162-dtls-fail-88xx.log",
            &[|m| matches!(m, M::OldSessionCipher), |m| matches!(m, M::DtlsFailed)],
            Some(Outcome::Failed),
        ),
        (
            "cisco-213407.log",
            &[
                |m| matches!(m, M::ClientCertificate { kind, .. } if kind == "LSC"),
                |m| matches!(m, M::CertificateIssuer { .. }),
            ],
            None,
        ),
        ("cisco-118699.log", &[], None),
    ];
    let files = files("samples/phone-logs", ".log");
    for (name, seen, outcome) in rows {
        let Some((_, bytes)) = files.iter().find(|(file, _)| file == name) else { continue };
        let reading = intake::read("x", bytes, &Limits::default());
        let log = log(&reading).unwrap();
        for (number, seen) in seen.iter().enumerate() {
            assert!(log.events.iter().any(|event| seen(&event.message)), "{name}: {number}");
        }
        // One attempt each, from the first of its events to the last.
        let outcomes: Vec<Outcome> = log.attempts.iter().map(|attempt| attempt.outcome).collect();
        assert_eq!(outcomes, Vec::from_iter(*outcome), "{name}");
    }
}

pub fn a_pasted_document_with_wrapped_records_is_read() {
    let Some((_, bytes)) = files("seed", "cisco-116162-de.txt").into_iter().next() else { return };
    let reading = intake::read("x", &bytes, &Limits::default());
    let logs: Vec<&PhoneLog> = logs(&reading).collect();
    let records = |grammar| logs.iter().filter_map(|log| log.grammars.get(&grammar)).sum::<u64>();
    assert_eq!((records('A'), records('-')), (38, 26));
    let events = || logs.iter().flat_map(|log| &log.events);
    let text = str::to_owned;
    use PhoneMessage as M;
    type Seen = fn(&PhoneMessage) -> bool;
    assert!(events().any(|event| event.message == M::Location { location: text("/+webvpn+/index.html") }));
    let url = text("https://xyz1.abc.com:443/+webvpn+/index.html");
    assert!(events().any(|event| event.message == M::RedirectUrl { url: url.clone() }));
    let rows: &[(u32, Seen)] = &[
        (902, |m| matches!(m, M::HandshakeStep { step, .. } if step == "before/connect initialization")),
        (905, |m| matches!(m, M::PeerSubject { subject, .. } if subject.ends_with("=10.198.16.140"))),
        (912, |m| matches!(m, M::Alert { text, .. } if text == "unknown CA")),
        (916, |m| matches!(m, M::SslError { text, .. } if text.ends_with("certificate verify failed"))),
        (923, |m| matches!(m, M::LoginState { to, .. } if to == "3 (LoginFailed)")),
        (925, |m| matches!(m, M::NotifyCode { name, .. } if name == "SslAlertSrvrCert")),
        (926, |m| matches!(m, M::NotifyDescription { text } if text == "alert: Unknown CA (server cert)")),
        (928, |m| matches!(m, M::LoginFailed)),
        (
            1232,
            |m| matches!(m, M::WildcardRefused { host, name } if host == "test.vpn.com" && name == "*.vpn.com"),
        ),
    ];
    for (sequence, seen) in rows {
        let mut told = events().filter(|event| event.sequence == Some(*sequence));
        assert!(told.any(|event| seen(&event.message)), "{sequence}");
    }
    assert!(events().any(|event| event.message == M::OldSessionCipher));
    // The document's prose is in no event.
    for event in events() {
        if let M::Other { text } = &event.message {
            assert!(text.chars().count() < 100, "{text}");
        }
    }
}

pub fn other_logs_are_no_phone_logs() {
    let mut all = files("samples/other-logs", ".log");
    for folder in ["syslog", "configs", "show", "transcribed", "phone-docs"] {
        all.extend(files(&format!("samples/asa/{folder}"), ""));
    }
    for (name, bytes) in all {
        let reading = intake::read("phone.log", &bytes, &Limits::default());
        assert!(log(&reading).is_none(), "{name}");
        assert!(reading.inputs.iter().all(|input| input.kind != Kind::PhoneLog), "{name}");
    }
}

pub fn chunks_of_any_size_give_the_same_reading() {
    let mut all = files("samples/phone-logs", ".log");
    all.push(("own".to_owned(), OWN.as_bytes().to_vec()));
    for (name, bytes) in all {
        let whole = intake::read("x", &bytes, &Limits::default());
        // The small limits hold nothing whole: every file over them is streamed from its first line on.
        for held in [100, 2048, 1 << 20] {
            let limits = Limits { whole: held, head: held, ..Limits::default() };
            let expected = in_chunks(&bytes, usize::MAX, &limits);
            assert_eq!(log(&expected), log(&whole), "{name} in {held}");
            for size in [1, 7, 4096] {
                assert_eq!(in_chunks(&bytes, size, &limits), expected, "{name} in {held} by {size}");
            }
        }
    }
}

pub fn damaged_logs_are_read_without_panic() {
    let mut all = files("samples/phone-logs", ".log");
    all.push(("own".to_owned(), OWN.as_bytes().to_vec()));
    for (name, bytes) in all {
        for seed in 1..=20 {
            let reading = intake::read("x", &mutant(&bytes, seed), &Limits::default());
            assert!(!reading.inputs.is_empty(), "{name}, mutant {seed}");
        }
    }
    for end in 0..OWN.len() {
        let reading = intake::read("x", &OWN.as_bytes()[..end], &Limits::default());
        assert_eq!(reading.inputs.len(), 1, "cut at {end}");
    }
}

/// A copy with a few bytes changed, removed or doubled; always the same for the same seed.
fn mutant(bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    let mut copy = bytes.to_vec();
    for _ in 0..10 {
        if copy.is_empty() {
            break;
        }
        let at = next(copy.len());
        match next(4) {
            0 => copy[at] = u8::try_from(next(256)).unwrap(),
            1 => drop(copy.drain(at..(at + next(20)).min(copy.len()))),
            2 => {
                let piece = copy[at..(at + next(40)).min(copy.len())].to_vec();
                copy.splice(at..at, piece);
            }
            _ => copy.truncate(copy.len() - next(copy.len() / 10)),
        }
    }
    copy
}

/// Every grammar, a record wrapped twice, several records on a line, midnight, Latin-1 and a carriage return.
const OWN: &str = "\
0901: NOT 23:59:59.155936 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization\r
7989 ERR 00:00:15.038637  SECD: -HTTPS cert not in CTL, <192.0.2.100:8443>
3333 NOT Nov 29 06:34:00.411671 SECUREAPP-SSL session setup - cert len=785, type=LSC
1114 DEB Jul 11 22:06:36.207553 (711:853) JAVA-Certificate subject name = /O=Müller/CN=CP-8861-SEP001122334455
4602 WRN Feb 17 11:01:27.062462 (349-349) PAE: -802.1X auth FAILED
VPNC: -create_dtls_connection: cipher list: AES256-SHA VPNC: -DTLS: SSL_connect: error:140920C5:SSL
routines:SSL3_GET_SERVER_HELLO:
old session cipher not returned VPNC: -protocol_handler: connect : err: SSL success DTLS fail
";

/// Every check of this file, by name.
pub const CHECKS: &[Check] = &[
    (
        "every_sample_is_recognised_with_its_grammar_and_its_records",
        every_sample_is_recognised_with_its_grammar_and_its_records,
    ),
    ("the_phone_is_named_where_its_log_names_it", the_phone_is_named_where_its_log_names_it),
    ("the_documented_failures_are_seen", the_documented_failures_are_seen),
    ("a_pasted_document_with_wrapped_records_is_read", a_pasted_document_with_wrapped_records_is_read),
    ("other_logs_are_no_phone_logs", other_logs_are_no_phone_logs),
    ("chunks_of_any_size_give_the_same_reading", chunks_of_any_size_give_the_same_reading),
    ("damaged_logs_are_read_without_panic", damaged_logs_are_read_without_panic),
];
