//! What is left of a case, and what is not.

use super::*;
use crate::diagnose::{Said, diagnose};
use crate::report::{Form, render};
use crate::testing::certificates::{CURRENT, OTHER};
use crate::testing::{asa, chain, hash_of, now, phone_trusting, readings};
use crate::text::Lang;

const LOG: &str = "\
Nov 23 2026 10:19:27 branchfw : %ASA-6-725001: Starting SSL handshake with client outside:192.0.2.9/50091 to 198.51.100.1/443 for TLSv1 session.\n\
Nov 23 2026 10:19:28 branchfw : %ASA-7-725014: SSL lib error. Function: SSL3_READ_BYTES Reason: tlsv1 alert unknown ca\n\
Nov 23 2026 10:19:28 branchfw : %ASA-6-725006: Device failed SSL handshake with client outside:192.0.2.9/50091\n\
Nov 23 2026 10:19:29 branchfw : %ASA-6-716038: Group <Zweigstelle> User <CP-7962G-SEP001122AABBCC> IP <192.0.2.9> Authentication: successful, Session Type: WebVPN.\n";

fn case() -> Diagnosis {
    let config = asa("ssl trust-point PHONES outside", &chain("PHONES", &[("", CURRENT)]));
    let phone = phone_trusting(&[hash_of(OTHER)]);
    let read =
        readings(&[("fleet-berlin.txt", config.as_str()), ("SEP001122AABBCC.cnf.xml", &phone), ("log", LOG)]);
    diagnose(&read, &Said::new(), now())
}

fn scanned(text: &str) -> String {
    let mut dictionary = Dictionary::of(&diagnose(&[], &Said::new(), now()), Addresses::Opaque, [0; 32]);
    scan::text(text, &mut dictionary);
    dictionary.number();
    scan::text(text, &mut dictionary)
}

#[test]
fn a_line_keeps_what_it_says_and_loses_whom_it_names() {
    for (line, left) in [
        (
            "%ASA-6-725001: Starting SSL handshake with client outside:192.0.2.9/50091 to 198.51.100.1/443 for TLSv1 session.",
            "%ASA-6-725001: Starting SSL handshake with client outside:IP-01/50091 to IP-02/443 for TLSv1 session.",
        ),
        (
            "%ASA-6-716038: Group <Zweigstelle> User <CP-7962G-SEP001122AABBCC> IP <192.0.2.9> Authentication: successful",
            "%ASA-6-716038: Group <GROUP-01> User <CP-7962G-PHONE-01> IP <IP-01> Authentication: successful",
        ),
        ("User <ZENTRALE\\marketing> logged in", "User <⟨text 1⟩\\USER-01> logged in"),
        ("username Fritz password cisco encrypted", "username USER-01 password ⟨secret⟩"),
        (" key cisco", " key ⟨secret⟩"),
        ("tunnel-group VPNPhone webvpn-attributes", "tunnel-group GROUP-01 webvpn-attributes"),
        ("group-url https://vpn.example.com/Geheim enable", "group-url https://HOST-01/⟨text 1⟩ enable"),
        (
            "908: NOT 10:19:27.375718 SECD: Leaf cert hash = 1289B8A7AA9FFD84865E38939F3466A61B5608FC",
            "908: NOT 10:19:27.375718 SECD: Leaf cert hash = FP-01",
        ),
        ("<certHash1>5X6B6plUwUSXZnjQ4kGM33mpMXY=</certHash1>", "<certHash1>FP-01</certHash1>"),
        ("E5:7E:81:EA:99:54:C1:44:97:66:78:D0:E2:41:8C:DF:79:A9:31:76", "FP-01"),
        ("mac 00:11:22:aa:bb:cc is SEP001122AABBCC", "mac PHONE-01 is PHONE-01"),
        ("ip address 10.1.2.3 255.255.255.0", "ip address IP-01 255.255.255.0"),
        ("outside:2001:db8::9/50091", "outside:IP-01/50091"),
        (
            "Cisco Adaptive Security Appliance Software Version 9.12(4)67",
            "Cisco Adaptive Security Appliance Software Version 9.12(4)67",
        ),
        ("mail to root@branch.example.net", "mail to MAIL-01"),
        ("something Unheardof", "something ⟨text 1⟩"),
    ] {
        assert_eq!(scanned(line), left);
    }
}

#[test]
fn the_diagnosis_is_that_of_the_case() {
    let case = case();
    assert!(case.findings.iter().any(|finding| finding.rule == "cert-hash-mismatch"));
    let redacted = redact(&case, Addresses::Opaque, [0; 32]).unwrap().diagnosis;
    let told = |diagnosis: &Diagnosis| -> Vec<(String, Vec<Option<u32>>)> {
        let lines = |finding: &crate::finding::Conclusion| {
            finding.evidence.iter().map(|line| line.at.as_ref().map(|at| at.line)).collect()
        };
        diagnosis.findings.iter().map(|finding| (finding.rule.clone(), lines(finding))).collect()
    };
    assert_eq!(told(&case), told(&redacted));
    assert_eq!(
        case.stages.iter().map(|row| row.state).collect::<Vec<_>>(),
        redacted.stages.iter().map(|row| row.state).collect::<Vec<_>>()
    );
    assert_eq!(case.passed.len(), redacted.passed.len());
}

#[test]
fn no_name_is_left_in_any_form() {
    let redacted = redact(&case(), Addresses::Opaque, [0; 32]).unwrap();
    for form in [Form::Json, Form::Markdown, Form::Html, Form::Text] {
        for lang in [Lang::En, Lang::De] {
            let report = render(&redacted.diagnosis, form, lang).to_lowercase();
            for name in [
                "branchfw",
                "zweigstelle",
                "001122aabbcc",
                "192.0.2.9",
                "198.51.100.1",
                "example.com",
                "berlin",
                &hash_of(CURRENT).to_lowercase(),
                &hash_of(OTHER).to_lowercase(),
            ] {
                let line = report.lines().find(|line| line.contains(name));
                assert_eq!(line, None, "{form:?} {lang:?} has {name}");
            }
        }
    }
    assert!(redacted.map.iter().any(|entry| entry.pseudonym == "PHONE-01"));
}

#[test]
fn the_same_entity_has_the_same_name_whatever_the_order_of_the_files() {
    let config = asa("ssl trust-point PHONES outside", &chain("PHONES", &[("", CURRENT)]));
    let phone = phone_trusting(&[hash_of(OTHER)]);
    let map = |files: &[(&str, &str)]| {
        let diagnosis = diagnose(&readings(files), &Said::new(), now());
        redact(&diagnosis, Addresses::Opaque, [0; 32]).unwrap().map
    };
    assert_eq!(
        map(&[("a", &config), ("b", &phone), ("c", LOG)]),
        map(&[("c", LOG), ("b", &phone), ("a", &config)])
    );
}

#[test]
fn redacting_twice_changes_nothing() {
    let once = redact(&case(), Addresses::Opaque, [0; 32]).unwrap().diagnosis;
    let twice = redact(&once, Addresses::Opaque, [0; 32]).unwrap().diagnosis;
    let [once, twice] = [once, twice].map(|diagnosis| render(&diagnosis, Form::Json, Lang::En));
    let changed = once.lines().zip(twice.lines()).find(|(one, two)| one != two);
    assert_eq!(changed, None);
}
