//! What captures and archives name: nobody of it is left in a redacted report, and whoever stands in several of them
//! has one pseudonym in all.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "archives/made.rs"]
#[allow(dead_code)]
mod made;
#[path = "captured/packets.rs"]
#[allow(dead_code)]
mod packets;

use std::collections::BTreeSet;

use packets::*;
use vpn_phone_doctor::diagnose::{Said, diagnose};
use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::intake;
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::report::redact::{Addresses, Redacted, redact};
use vpn_phone_doctor::report::{Form, one_finding, render};
use vpn_phone_doctor::text::Lang;

const PHONE: End = ([10, 77, 3, 10], 50_000);
const DNS: End = ([10, 77, 9, 53], 53);
const GATEWAY: End = ([198, 18, 77, 1], 443);
const ROUTER: [u8; 4] = [10, 77, 3, 1];
const FILES: End = ([10, 78, 9, 20], 69);
const SIP: End = ([10, 78, 9, 21], 5060);
const HOST: &str = "wachtelnest.zaunkoenig.example";
const NAME: &str = "SEP7A11C3D4E5F6";

/// What is planted, in small letters.
const PLANTED: [&str; 20] = [
    "wachtelnest",
    "zaunkoenig",
    "kiebitzgate",
    "7a11c3d4e5f6",
    "7a:11:c3",
    "rohrdommel",
    "dompfaff",
    "bachstelze",
    "blaumeise",
    "pirolweg",
    "goldammer",
    "stieglitz",
    "eisvogel",
    "uferschwalbe",
    "10.77.",
    "10.78.",
    "198.18.77.",
    "10-77-",
    "10_78_",
    "grauschnaepper",
];

fn refused(capture: &mut Capture) {
    capture.udp(PHONE, DNS, &question(HOST));
    capture.udp(DNS, PHONE, &answer(HOST, 0, Some(GATEWAY.0)));
    capture.refuse(PHONE, GATEWAY);
    capture.undelivered(ROUTER, 13, 0, (PHONE, GATEWAY));
}

fn unresolved(capture: &mut Capture, name: &str) {
    capture.udp(PHONE, DNS, &question(name));
    capture.udp(DNS, PHONE, &answer(name, 3, None));
}

fn asks_for(capture: &mut Capture, file: &str) {
    capture.udp(PHONE, FILES, &request(file));
    capture.udp((FILES.0, 40_000), PHONE, NOT_FOUND);
}

fn registers(capture: &mut Capture) {
    let asked = format!(
        "REGISTER sip:stieglitz.zaunkoenig.example SIP/2.0\r\nCSeq: 1 REGISTER\r\nFrom: <sip:eisvogel@zaunkoenig.example>\r\nContact: <sip:{NAME}@10.77.3.10>\r\n\r\n"
    );
    let mut connection = capture.connect(PHONE, SIP);
    capture.client(&mut connection, asked.as_bytes());
    let answer = "SIP/2.0 403 Forbidden for Uferschwalbe\r\nCSeq: 1 REGISTER\r\nWarning: 399 goldammer \"no device Uferschwalbe\"\r\n\r\n";
    capture.server(&mut connection, answer.as_bytes());
}

/// One capture a fault, so that each is told.
fn captures() -> Vec<(&'static str, Vec<u8>)> {
    let made = |say: &dyn Fn(&mut Capture)| {
        let mut capture = Capture::new();
        say(&mut capture);
        capture.bytes
    };
    let config = format!("{NAME}.cnf.xml");
    vec![
        (
            "rohrdommel-10-77-3-10.pcap",
            made(&|capture| {
                asks_for(capture, &config);
                refused(capture);
            }),
        ),
        (
            "names.pcap",
            made(&|capture| {
                asks_for(capture, &config);
                unresolved(capture, HOST);
            }),
        ),
        (
            "one-word.pcap",
            made(&|capture| {
                asks_for(capture, &config);
                unresolved(capture, "kiebitzgate");
            }),
        ),
        (
            "files.pcap",
            made(&|capture| {
                asks_for(capture, &config);
                asks_for(capture, "Pirolweg-Goldammer.cnf.xml");
                capture.udp(PHONE, FILES, &request("Grauschnaepper.cnf.xml"));
                capture.wait(5);
                capture.udp(PHONE, FILES, &request("Grauschnaepper.cnf.xml"));
            }),
        ),
        ("sip.pcap", made(&registers)),
    ]
}

const CONSOLE: &str = "902: NOT 10:19:27.155936 VPNC: vpn_connect: connecting to wachtelnest.zaunkoenig.example\n\
903: NOT 10:19:27.255936 VPNC: vpn_connect: name SEP7A11C3D4E5F6 user eisvogel\n";

/// Those, a log and a configuration in archives in an archive, and members that nobody reads.
fn archive() -> Vec<u8> {
    let config = format!(
        "<device><deviceProtocol>SIP</deviceProtocol><vpnGroup><addresses><url1>https://{HOST}/Pirolweg</url1><url2>https://kiebitzgate/Pirolweg</url2></addresses></vpnGroup></device>"
    );
    let mut locked = made::Member::stored("dompfaff/bachstelze.log", "locked");
    locked.flags = 1;
    let mut members: Vec<Vec<u8>> = captures()
        .iter()
        .map(|(name, bytes)| made::tar_member(&format!("Dompfaff GmbH/{name}"), b'0', bytes))
        .collect();
    for (name, bytes) in [
        (format!("blaumeise/{NAME}.cnf.xml"), config.into_bytes()),
        ("blaumeise/console.log".to_owned(), CONSOLE.as_bytes().to_vec()),
        ("blaumeise/bachstelze.dat".to_owned(), b"\x01\x02 nobody knows \x03".to_vec()),
        ("goldammer.zip".to_owned(), made::zip(&[locked])),
        ("stieglitz_10_78_9_20.7z".to_owned(), b"7z\xbc\xaf\x27\x1c\0\x04 and more".to_vec()),
    ] {
        members.push(made::tar_member(&name, b'0', &bytes));
    }
    members.push(made::tar_end());
    made::gzip(&members.concat())
}

fn diagnosed() -> Diagnosis {
    let reading = intake::read("rohrdommel-prt.tar.gz", &archive(), &Limits::default());
    diagnose(&[reading], &Said::new(), 1_795_521_600)
}

fn reports(diagnosis: &Diagnosis) -> Vec<(String, String)> {
    let mut reports = Vec::new();
    for lang in [Lang::En, Lang::De] {
        for form in [Form::Json, Form::Ndjson, Form::Markdown, Form::Html, Form::Text] {
            reports.push((format!("{form:?} {lang:?}"), render(diagnosis, form, lang)));
        }
        let copied = diagnosis.findings.iter().map(|found| one_finding(diagnosis, found, lang));
        reports.push((format!("copied {lang:?}"), copied.collect()));
    }
    reports
}

fn redacted(diagnosis: &Diagnosis) -> Redacted {
    redact(diagnosis, Addresses::Opaque, [7; 32])
}

#[test]
fn nobody_of_a_capture_or_an_archive_is_left() {
    let diagnosis = diagnosed();
    let plain: String = reports(&diagnosis).into_iter().map(|(_, report)| report.to_lowercase()).collect();
    for name in ["wachtelnest", "kiebitzgate", "7a11c3d4e5f6", "dompfaff", "grauschnaepper", "10.77.3.10"] {
        assert!(plain.contains(name), "{name} was never told");
    }
    for (name, report) in reports(&redacted(&diagnosis).diagnosis) {
        for planted in PLANTED {
            let left = report.lines().find(|line| line.to_lowercase().contains(planted));
            assert_eq!(left, None, "{planted} is left in {name}");
        }
    }
}

#[test]
fn who_stands_in_several_has_one_pseudonym() {
    let diagnosis = diagnosed();
    let redacted = redacted(&diagnosis);
    let of = |original: &str| -> BTreeSet<&str> {
        let holds = |text: &str| text.to_lowercase().contains(&original.to_lowercase());
        let entries = redacted.map.iter().filter(|entry| holds(&entry.original));
        entries.map(|entry| entry.pseudonym.as_str()).collect()
    };
    for (original, class) in [
        (HOST, "HOST-"),
        ("kiebitzgate", "HOST-"),
        (NAME, "PHONE-"),
        ("10.77.3.10", "IP-"),
        ("10.78.9.20", "IP-"),
        ("Grauschnaepper", "file-"),
    ] {
        let pseudonyms = of(original);
        assert!(pseudonyms.len() == 1, "{original}: {pseudonyms:?}");
        let pseudonym = *pseudonyms.first().unwrap();
        assert!(pseudonym.starts_with(class), "{original}: {pseudonym}");
        // It stands in the texts of ours and in the lines of the packets.
        let json = serde_json::to_value(&redacted.diagnosis.findings).unwrap().to_string();
        assert!(json.contains(pseudonym), "{original}: {pseudonym} is not told");
    }
    let again = redact(&redacted.diagnosis, Addresses::Opaque, [8; 32]).diagnosis;
    let [once, twice] =
        [&redacted.diagnosis, &again].map(|diagnosis| render(diagnosis, Form::Json, Lang::En));
    let changed = once.lines().zip(twice.lines()).find(|(once, twice)| once != twice);
    assert_eq!(changed, None, "redacting twice is redacting once");
}
