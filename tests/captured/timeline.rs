//! What a capture adds to the timeline, the clocks and the ladder.

use std::borrow::Cow;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::exchange::{End, Fate};
use vpn_phone_doctor::stage::{Stage, StageState};
use vpn_phone_doctor::views::sequence::{self, Attempt};

use super::*;

pub fn case(files: &[(&str, &[u8])]) -> Diagnosis {
    let readings: Vec<_> =
        files.iter().map(|(name, bytes)| intake::read(name, bytes, &Limits::default())).collect();
    diagnose(&readings, &Said::new(), NOW)
}

/// A name that is resolved, and a handshake that the phone ends with alert 48.
fn refused() -> Vec<u8> {
    let mut capture = Capture::new();
    capture.udp(PHONE, DNS, &question(NAME));
    capture.udp(DNS, PHONE, &answer(NAME, 0, Some(GATEWAY.0)));
    alerts(&mut capture, false, 48);
    capture.bytes
}

/// The same as phone and ASA log it; the capture begins at 12:00.
const LOG: &str = "1: NOT 10:13:20.050000 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization\n\
    2: ERR 10:13:20.110000 VPNC: alert_err: SSL write alert: code 48, unknown CA\n";
const ASA: &str = "Nov 25 2026 12:00:02: %ASA-6-725001: Starting SSL handshake with client outside:192.0.2.10/50000 for TLSv1 session.\n\
    Nov 25 2026 12:00:02: %ASA-7-725014: SSL lib error. Function: SSL3_READ_BYTES Reason: tlsv1 alert unknown ca\n";

#[test]
fn a_capture_tells_what_happened_packet_by_packet() {
    let case = case(&[("vpn.pcap", &refused())]);
    let told: Vec<_> =
        case.timeline.iter().map(|row| (row.at.packet.unwrap().number, row.stage, row.says.en())).collect();
    let sha1 = case.certificates[0].sha1.to_uppercase();
    let shows = format!("the ASA presents a certificate, SHA-1 {sha1}");
    assert_eq!(
        told,
        [
            (2, Stage::Reach, Cow::from("DNS says that vpn.example.com is 198.51.100.1")),
            (4, Stage::Reach, Cow::from("the connection stands")),
            (5, Stage::Tls, Cow::from("the phone says hello: TLS 1.0, 2 ciphers")),
            (7, Stage::Tls, Cow::from("the ASA chooses TLS 1.0, AES256-SHA")),
            (7, Stage::Trust, Cow::from(shows.as_str())),
            (9, Stage::Trust, Cow::from("the phone sends alert 48 (unknown_ca)")),
        ]
    );
    assert!(case.timeline.iter().all(|row| row.aligned.is_some()), "it is the clock of the case");
    let state = |stage: Stage| case.stages.iter().find(|row| row.stage == stage).unwrap();
    assert_eq!(state(Stage::Reach).state, StageState::Passed);
    assert_eq!(state(Stage::Reach).because.en(), "vpn.pcap, packet 4");
    assert_eq!(state(Stage::Tls).state, StageState::Passed);
    assert_eq!(state(Stage::Trust).state, StageState::Failed);
    assert_eq!(state(Stage::Login).state, StageState::NotReached);
}

#[test]
fn who_sends_an_alert_is_called_what_it_is() {
    for (server, says) in
        [(GATEWAY, "the ASA sends alert 40"), (([203, 0, 113, 20], 5061), "the server sends alert 40")]
    {
        let mut capture = Capture::new();
        let mut connection = capture.connect(PHONE, server);
        capture.client(&mut connection, &hello(TLS_1_0));
        capture.server(&mut connection, &alert(40));
        let case = case(&[("vpn.pcap", &capture.bytes)]);
        let told = case.timeline.last().map(|row| row.says.en()).unwrap_or_default();
        assert!(told.starts_with(says), "{told}");
    }
}

#[test]
fn what_two_saw_puts_their_clocks_together() {
    let (capture, log, asa) = (refused(), LOG.as_bytes(), ASA.as_bytes());
    let offsets = |files: &[(&str, &[u8])]| -> Vec<(u32, i64, i64)> {
        let row = |row: &vpn_phone_doctor::diagnosis::ClockRow| {
            (row.input, row.offset_millis / 1000, row.within_millis)
        };
        case(files).clocks.iter().map(row).collect()
    };
    // The first row is the clock of the case, and has no offset.
    assert_eq!(offsets(&[("vpn.pcap", &capture), ("phone.log", log)]), [(1, 6400, 50)]);
    assert_eq!(offsets(&[("asa.log", asa), ("vpn.pcap", &capture)]), [(1, 1, 960)]);
    // The phone and this log have nothing in common: the capture stands between them.
    let began = ASA.lines().next().unwrap().as_bytes();
    let all = [("asa.log", began), ("vpn.pcap", &capture), ("phone.log", log)];
    assert_eq!(offsets(&all), [(1, 1, 1000), (2, 6401, 1050)]);
    assert_eq!(offsets(&[("asa.log", began), ("phone.log", log)]), []);
    // Another attempt that ends alike: no zone is so far away, and no port is the same.
    let other = ASA.replace("12:00:02", "12:33:55").replace("/50000", "/50999");
    assert_eq!(offsets(&[("asa.log", other.as_bytes()), ("vpn.pcap", &capture)]), []);
    let zone = ASA.replace("12:00:02", "14:00:03").replace("192.0.2.10/50000", "203.0.113.9/50999");
    assert_eq!(offsets(&[("asa.log", zone.as_bytes()), ("vpn.pcap", &capture)]), [(1, 7202, 960)]);
}

/// The attempts of these files, each as its arrows: from, to, what becomes of it, how many tell it; the one that breaks
/// is marked.
fn attempts(files: &[(&str, &[u8])]) -> Vec<Vec<String>> {
    let letter = |end: End| ["P", "N", "A", "C"][end as usize];
    let arrow = |attempt: &Attempt, at: usize| {
        let one = &attempt.arrows[at];
        let sign = match one.fate {
            Fate::Arrives => ">",
            Fate::Lost => "?",
            Fate::Ends => "x",
        };
        let mark = if attempt.breaks == Some(at) { "!" } else { "" };
        format!("{}{sign}{}{}{mark}", letter(one.from), letter(one.to), one.rows.len())
    };
    let all = sequence::attempts(&case(files));
    all.iter().map(|one| (0..one.arrows.len()).map(|at| arrow(one, at)).collect()).collect()
}

#[test]
fn an_attempt_is_arrows_between_phone_and_asa_up_to_the_break() {
    let (capture, log, asa) = (refused(), LOG.as_bytes(), ASA.as_bytes());
    let alone = ["N>P1", "P>A1", "P>A1", "A>P1", "A>P1", "PxA1!"];
    assert_eq!(attempts(&[("vpn.pcap", &capture)]), [alone]);
    assert_eq!(attempts(&[("phone.log", log)]), [["P>A1", "PxA1!"]], "a log alone");
    assert_eq!(attempts(&[("asa.log", asa)]), [["P>A1", "PxA1!"]], "the ASA alone");
    let all = [("vpn.pcap", capture.as_slice()), ("phone.log", log), ("asa.log", asa)];
    let together = ["N>P1", "P>A1", "P>A3", "A>P1", "A>P1", "PxA3!"];
    assert_eq!(attempts(&all), [together], "three witnesses of one attempt");
}

#[test]
fn each_attempt_stands_alone_and_the_newest_that_failed_comes_first() {
    let mut capture = Capture::new();
    alerts(&mut capture, false, 48);
    capture.wait(90);
    let again = (PHONE.0, PHONE.1 + 1);
    capture.syn(again, GATEWAY);
    capture.wait(3);
    capture.syn(again, GATEWAY);
    capture.wait(4);
    let files: [(&str, &[u8]); 1] = [("vpn.pcap", &capture.bytes)];
    assert_eq!(attempts(&files), [vec!["P>A1", "P>A1", "A>P1", "A>P1", "PxA1!"], vec!["P?A1!"]]);
    let all = sequence::attempts(&case(&files));
    let newest = &all[sequence::chosen(&all)];
    assert_eq!((newest.begins.as_str(), newest.failed()), ("12:01:33", Some(Stage::Reach)));
    assert_eq!(newest.ends(), [End::Phone, End::Asa, End::Cucm]);
    assert_eq!(sequence::attempts(&case(&[])), []);
}

#[test]
fn captures_of_two_attempts_are_not_put_together() {
    let mut one = Capture::new();
    alerts(&mut one, false, 48);
    // Another phone at the same time, with another hello and the same end.
    let mut other = Capture::new();
    let mut connection = other.connect(([192, 0, 2, 77], 50_777), GATEWAY);
    other.client(&mut connection, &hello(TLS_1_2));
    other.server(&mut connection, &[chosen(RSA), certificate(&der("issued")), message(14, &[])].concat());
    other.client(&mut connection, &alert(48));
    let files: [(&str, &[u8]); 2] = [("one.pcap", &one.bytes), ("other.pcap", &other.bytes)];
    let arrows = vec!["P>A1", "P>A1", "A>P1", "A>P1", "PxA1!"];
    assert_eq!(attempts(&files), [arrows.clone(), arrows.clone()]);
    assert_eq!(case(&files).clocks.len(), 0, "no moment says how their clocks differ");
    // The same packets, recorded at two places, are one attempt.
    let files: [(&str, &[u8]); 2] = [("one.pcap", &one.bytes), ("behind.pcap", &one.bytes)];
    assert_eq!(attempts(&files), [["P>A2", "P>A2", "A>P2", "A>P2", "PxA2!"]]);
}

#[test]
fn what_was_got_past_is_no_break() {
    let mut capture = Capture::new();
    capture.refuse(PHONE, GATEWAY);
    tunnel(&mut capture);
    registers(&mut capture, "200 OK");
    let all = attempts(&[("vpn.pcap", &capture.bytes)]);
    assert!(all.iter().flatten().all(|arrow| !arrow.ends_with('!')), "{all:?}");
    assert!(all.iter().flatten().any(|arrow| arrow == "C>P1"), "{all:?}");
}
