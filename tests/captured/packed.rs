//! Captures among other files: what is found does not depend on their order, on how they are packed, or on the size of
//! the chunks in which they come.

use std::collections::BTreeSet;

use vpn_phone_doctor::finding::Conclusion;
use vpn_phone_doctor::intake::{Intake, Reading};

use super::forms::{FORMS, Files, packed};
use super::*;

const OTHER_PHONE: End = ([192, 0, 2, 11], 50_001);

const CONSOLE: &str = "901: NOT 12:00:01.155936 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization\n\
                       902: NOT 12:00:01.255936 VPNC: alert_err: SSL write alert: code 48, unknown CA\n\
                       903: NOT 12:00:01.355936 VPNC: protocol_handler: login failed\n";
const SETTINGS: &str = "<device><vpnGroup>\n<addresses>\n<url1>https://198.51.100.1/Phones</url1>\n</addresses>\n\
                        <credentials>\n<hashAlg>0</hashAlg>\n<certHash1>2jmj7l5rSw0yVb/vlWAYkK/YBwk=</certHash1>\n\
                        </credentials>\n</vpnGroup></device>\n";
const ASA: &str = "Nov 25 2026 12:00:01: %ASA-6-725001: Starting SSL handshake with client outside:192.0.2.10/50000 to 198.51.100.1/443 for TLS session\n\
                   Nov 25 2026 12:00:01: %ASA-7-725014: SSL lib error. Function: ssl3_read_bytes Reason: tlsv1 alert unknown ca\n";

/// What is dropped: the settings of a phone, its log, the gateway's, and two captures of two phones.
fn dropped() -> Files {
    let mut of_one = Capture::new();
    of_one.udp(PHONE, FILES, &request(CONFIG));
    of_one.udp((FILES.0, 40_000), PHONE, BLOCK);
    of_one.udp(PHONE, DNS, &question(NAME));
    of_one.udp(DNS, PHONE, &answer(NAME, 0, Some(GATEWAY.0)));
    alerts(&mut of_one, false, 48);
    let mut of_two = Capture::new();
    is_refused(&mut of_two, OTHER_PHONE, "SEP001122334466.cnf.xml");
    registers(&mut of_two, "403 Forbidden");
    vec![
        ("SEP001122334455.cnf.xml".to_owned(), SETTINGS.into()),
        ("asa.log".to_owned(), ASA.into()),
        ("console.log".to_owned(), CONSOLE.into()),
        ("one.pcap".to_owned(), of_one.bytes),
        ("two.pcapng".to_owned(), of_two.as_pcapng()),
    ]
}

/// A finding, without what depends on the numbers of inputs.
fn row(found: &Conclusion) -> String {
    let mut proof: Vec<String> = found
        .evidence
        .iter()
        .map(|evidence| {
            let at = evidence.at.as_ref();
            format!("{} {:?} {:?}", evidence.says.en(), at.map(|at| &at.text), at.and_then(|at| at.packet))
        })
        .collect();
    proof.sort();
    format!("{} {:?} {:?} {:?} {proof:?}", found.rule, found.severity, found.confidence, found.explanation)
}

fn found(readings: &[Reading]) -> BTreeSet<String> {
    diagnose(readings, &Said::new(), NOW).findings.iter().map(row).collect()
}

fn read(name: &str, bytes: &[u8]) -> Reading {
    intake::read(name, bytes, &Limits::default())
}

fn read_in_chunks(name: &str, bytes: &[u8], size: usize) -> Reading {
    let mut intake = Intake::new(name, bytes.len() as u64, &Limits::default());
    bytes.chunks(size).for_each(|chunk| intake.push(chunk));
    intake.finish()
}

/// Every order of some things, by Heap's algorithm.
fn orders<T: Clone>(things: &mut [T], upto: usize, all: &mut Vec<Vec<T>>) {
    if upto <= 1 {
        all.push(things.to_vec());
        return;
    }
    for index in 0..upto {
        orders(things, upto - 1, all);
        things.swap(if upto.is_multiple_of(2) { index } else { 0 }, upto - 1);
    }
}

#[test]
fn the_order_of_files_changes_nothing() {
    let mut readings: Vec<Reading> = dropped().iter().map(|(name, bytes)| read(name, bytes)).collect();
    let expected = found(&readings);
    for rule in ["gateway-not-reached", "phone-rejected-server-certificate", "registration-rejected"] {
        assert!(expected.iter().any(|row| row.starts_with(rule)), "{rule}: {expected:#?}");
    }
    let mut all = Vec::new();
    let count = readings.len();
    orders(&mut readings, count, &mut all);
    assert_eq!(all.len(), 120);
    for order in all {
        let names: Vec<&str> = order.iter().map(|reading| reading.inputs[0].name.as_str()).collect();
        assert_eq!(found(&order), expected, "{names:?}");
    }
}

#[test]
fn packing_changes_nothing() {
    let mut files = dropped();
    let loose: Vec<Reading> = files.iter().map(|(name, bytes)| read(name, bytes)).collect();
    let expected = found(&loose);
    for backwards in [false, true] {
        for form in FORMS {
            assert_eq!(found(&[read("dropped", &packed(&files, form))]), expected, "{form} {backwards}");
        }
        files.reverse();
    }
    // Each packed for itself, as `tcpdump -z gzip` leaves captures.
    let each: Vec<Reading> =
        files.iter().map(|(name, bytes)| read(&format!("{name}.gz"), &made::gzip(bytes))).collect();
    assert_eq!(found(&each), expected);
    // Some in an archive, the captures beside it.
    let (captures, texts): (Files, Files) = files.into_iter().partition(|(name, _)| name.contains(".pcap"));
    let mut mixed = vec![read("prt.tar.gz", &packed(&texts, "tar.gz"))];
    mixed.extend(captures.iter().map(|(name, bytes)| read(name, bytes)));
    assert_eq!(found(&mixed), expected);
}

#[test]
fn chunks_of_any_size_give_the_same_reading_of_a_capture() {
    for (name, bytes) in dropped() {
        let whole = read(&name, &bytes);
        for size in [1, 7, 64, 1500, 65_536, 16 << 20] {
            assert_eq!(read_in_chunks(&name, &bytes, size), whole, "{name} by {size}");
        }
    }
    let files = dropped();
    for form in FORMS {
        let bytes = packed(&files, form);
        let whole = read("dropped", &bytes);
        for size in [1, 64, 65_536, 16 << 20] {
            assert_eq!(read_in_chunks("dropped", &bytes, size), whole, "{form} by {size}");
        }
    }
}
