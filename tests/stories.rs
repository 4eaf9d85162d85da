//! Whole cases, from files to the verdict that a person reads.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod redacted;
mod walked;

use std::fs;
use std::path::Path;

use redacted::and_redacted;
use serde_json::Value;
use vpn_phone_doctor::diagnose::{Said, diagnose};
use vpn_phone_doctor::diagnosis::{Diagnosis, VerdictState};
use vpn_phone_doctor::finding::{Confidence, Severity};
use vpn_phone_doctor::intake::{self, Reading};
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::report::{self, Form};
use vpn_phone_doctor::stage::{Stage, StageState};
use vpn_phone_doctor::text::Lang;
use vpn_phone_doctor::time::parse_rfc3339;
use walked::and_walked;

fn now() -> i64 {
    parse_rfc3339("2026-11-24T12:00:00Z").unwrap()
}

fn read(files: &[(&str, &str)]) -> Vec<Reading> {
    files.iter().map(|(name, text)| intake::read(name, text.as_bytes(), &Limits::default())).collect()
}

fn case(files: &[(&str, &str)]) -> Diagnosis {
    and_walked(and_redacted(diagnosed(&read(files))))
}

fn diagnosed(readings: &[Reading]) -> Diagnosis {
    let diagnosis = diagnose(readings, &Said::new(), now());
    the_same_against_its_own_report(readings, &diagnosis);
    diagnosis
}

/// Nothing of a case is fixed or new against the report of the same case.
fn the_same_against_its_own_report(readings: &[Reading], diagnosis: &Diagnosis) {
    for lang in [Lang::En, Lang::De] {
        let saved = report::render(diagnosis, Form::Json, lang);
        let saved = intake::read("yesterday.json", saved.as_bytes(), &Limits::default());
        let again = diagnose(&[readings, &[saved]].concat(), &Said::new(), now());
        assert_eq!(again.findings, diagnosis.findings, "a report is no evidence");
        let since = again.since.unwrap();
        assert_eq!(since.same.len(), diagnosis.findings.len(), "{since:?}");
        assert!(since.fixed.is_empty() && since.new.is_empty() && since.unchecked.is_empty(), "{since:?}");
        assert!(since.same.iter().all(|change| change.note.is_empty()), "{since:?}");
        let order: Vec<_> = since.same.iter().filter_map(|change| change.finding).collect();
        assert!(order.iter().copied().eq(0..order.len() as u32), "{order:?}");
    }
}

fn stage(diagnosis: &Diagnosis, stage: Stage) -> StageState {
    diagnosis.stages.iter().find(|row| row.stage == stage).unwrap().state
}

/// Rule, cause, and `file:line` of each piece of evidence.
fn outcome_of(diagnosis: &Diagnosis) -> Vec<(String, Option<String>, Vec<String>)> {
    diagnosis
        .findings
        .iter()
        .map(|found| {
            let places = found.evidence.iter().filter_map(|evidence| {
                let input = &diagnosis.inputs[evidence.input? as usize];
                Some(format!("{}:{}", input.name, evidence.at.as_ref()?.line))
            });
            (found.rule.clone(), found.caused_by.clone(), places.collect())
        })
        .collect()
}

/// The hash of `tests/fixtures/vpn.pem` in hexadecimal, as a phone logs it.
const CURRENT_HEX: &str = "61B262809FB6D0FDDAD988CE8C130826 41E01EE1";

fn phone_log(leaf: &str) -> String {
    let leaf = leaf.replace(' ', "");
    format!(
        "0902: NOT 10:19:27.155936 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization\n\
         0904: NOT 10:19:27.361610 VPNC: ssl_state_cb: TLSv1: SSL_connect: SSLv3 read server hello A\n\
         0905: NOT 10:19:27.364687 VPNC: cert_vfy_cb: depth:1 of 1, subject: </CN=192.0.2.1/unstructuredName=192.0.2.1>\n\
         0906: NOT 10:19:27.365344 VPNC: cert_vfy_cb: depth:1 of 1, pre_err: 18 (self signed certificate)\n\
         0908: NOT 10:19:27.375718 SECD: Leaf cert hash = {leaf}\n\
         0909: ERR 10:19:27.376752 SECD: EROR:secLoadFile: file not found </tmp/issuer.crt>\n\
         0911: ERR 10:19:27.420205 VPNC: VPN cert chain verification failed, issuer certificate not found and leaf not trusted\n\
         0913: ERR 10:19:27.422295 VPNC: alert_err: SSL write alert: code 48, unknown CA\n\
         0923: NOT 10:19:27.429716 VPNC: set_login_state: VPNC : 1 (LoggingIn) --> 3 (LoginFailed)\n\
         0928: ERR 10:19:27.432467 VPNC: protocol_handler: login failed\n"
    )
}

fn connected_log(leaf: &str) -> String {
    let leaf = leaf.replace(' ', "");
    format!(
        "0902: NOT 10:19:27.155936 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization\n\
         0904: NOT 10:19:27.361610 VPNC: ssl_state_cb: TLSv1: SSL_connect: SSLv3 read server hello A\n\
         0908: NOT 10:19:27.375718 SECD: Leaf cert hash = {leaf}\n\
         0909: NOT 10:19:28.051721 VPNC: do_login: got login response\n\
         0930: NOT 10:19:29.051721 VPNC: protocol_handler: SSL dpd 30 sec from SG (enabled)\n"
    )
}

fn phone_config(hash: &str) -> String {
    format!(
        "<device>\n<vpnGroup>\n<mtu>1290</mtu>\n<failConnectTime>30</failConnectTime>\n<authMethod>2</authMethod>\n\
         <pswdPersistent>0</pswdPersistent>\n<autoNetDetect>0</autoNetDetect>\n<enableHostIDCheck>0</enableHostIDCheck>\n\
         <addresses>\n<url1>https://vpn.example.com/Phones</url1>\n</addresses>\n<credentials>\n<hashAlg>0</hashAlg>\n\
         <certHash1>{hash}</certHash1>\n</credentials>\n</vpnGroup>\n</device>\n"
    )
}

const ASA_LOG: &str = "%ASA-7-725012: Device chooses cipher : AES128-SHA for the SSL session with\n\
    client outside:203.0.113.9/50091\n\
    %ASA-7-725014: SSL lib error. Function: SSL3_READ_BYTES Reason: tlsv1 alert\n\
    unknown ca\n\
    %ASA-6-725006: Device failed SSL handshake with client outside:203.0.113.9/50091\n";

const PREVIOUS: &str = include_str!("fixtures/vpn-previous.pem");
const CURRENT: &str = include_str!("fixtures/vpn.pem");
/// Of `vpn-previous.pem` and `vpn.pem`, as a phone's configuration writes it.
const PREVIOUS_HASH: &str = "RobwGS1Pny+lelXQ/PtzJ9SFIdk=";
const CURRENT_HASH: &str = "YbJigJ+20P3a2YjOjBMIJkHgHuE=";

#[test]
fn a_replaced_certificate_is_the_verdict_and_everything_else_its_echo() {
    let diagnosis = case(&[
        ("phone.log", &phone_log(CURRENT_HEX)),
        ("SEP001122334455.cnf.xml", &phone_config(PREVIOUS_HASH)),
        ("asa.log", ASA_LOG),
        ("vpn.pem", CURRENT),
        ("previous.pem", PREVIOUS),
    ]);
    assert_eq!(diagnosis.verdict.state, VerdictState::Fault);
    assert_eq!(diagnosis.verdict.rule.as_deref(), Some("cert-hash-mismatch"));
    let detail = &diagnosis.verdict.detail;
    assert!(detail.en().contains("previous certificate"), "{}", detail.en());
    assert!(detail.de().contains("vorigen Zertifikats"), "{}", detail.de());
    let told = outcome_of(&diagnosis);
    let (rule, cause, places) = &told[0];
    assert_eq!((rule.as_str(), cause), ("cert-hash-mismatch", &None));
    assert!(
        places.contains(&"phone.log:5".to_owned())
            && places.contains(&"SEP001122334455.cnf.xml:14".to_owned()),
        "{places:?}"
    );
    let echo = &told[1];
    assert_eq!(
        (echo.0.as_str(), echo.1.as_deref()),
        ("phone-rejected-server-certificate", Some("cert-hash-mismatch"))
    );
    for place in ["phone.log:7", "phone.log:8", "asa.log:3", "asa.log:5"] {
        assert!(echo.2.contains(&place.to_owned()), "{place} in {:?}", echo.2);
    }
    assert_eq!(told[2].0, "login-failed");
    assert!(told[2].1.is_some(), "a login that failed for a known reason is no finding of its own");
    assert_eq!(stage(&diagnosis, Stage::Tls), StageState::Passed);
    assert_eq!(stage(&diagnosis, Stage::Trust), StageState::Failed);
    for later in [Stage::HostName, Stage::Login, Stage::Policy, Stage::Registration] {
        assert_eq!(stage(&diagnosis, later), StageState::NotReached, "{later:?}");
    }
    let finding = &diagnosis.findings[0];
    assert_eq!((finding.severity, finding.confidence), (Severity::Blocker, Confidence::Certain));
    assert!(finding.fix.iter().any(|fix| fix.verify.iter().any(|step| step.en().contains(CURRENT_HASH))));
}

#[test]
fn a_certificate_that_matches_is_no_finding() {
    let diagnosis = case(&[
        ("phone.log", &connected_log(CURRENT_HEX)),
        ("SEP001122334455.cnf.xml", &phone_config(CURRENT_HASH)),
        ("vpn.pem", CURRENT),
    ]);
    assert_eq!(outcome_of(&diagnosis), []);
    assert_eq!(diagnosis.verdict.state, VerdictState::Clear);
    assert_eq!(stage(&diagnosis, Stage::Trust), StageState::Passed);
    assert!(diagnosis.passed.iter().any(|row| row.rule == "cert-hash-mismatch"));
    assert_eq!(diagnosis.hashes[0].certificates, [0]);
}

#[test]
fn everything_pasted_in_one_piece_gives_the_same_verdict() {
    let mail = format!(
        "Hello,\nthe phone does not connect. This is its log:\n\n{}\nand its settings:\n{}\nThe ASA says\n{ASA_LOG}\n{CURRENT}",
        phone_log(CURRENT_HEX),
        phone_config(PREVIOUS_HASH).replace("<device>\n", "").replace("</device>\n", ""),
    );
    let diagnosis = case(&[("pasted", &mail)]);
    assert_eq!(diagnosis.inputs.len(), 1);
    assert_eq!(diagnosis.verdict.rule.as_deref(), Some("cert-hash-mismatch"));
    let first = &outcome_of(&diagnosis)[0];
    let leaf = mail.lines().position(|line| line.contains("Leaf cert hash")).unwrap() + 1;
    assert!(first.2.contains(&format!("pasted:{leaf}")), "{:?}", first.2);
}

#[test]
fn one_bad_file_never_stops_the_others() {
    let good = phone_log(CURRENT_HEX);
    let config = phone_config(PREVIOUS_HASH);
    let bad: [(&str, &[u8]); 6] = [
        ("empty.log", b""),
        ("core.bin", &[0xff, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0]),
        ("cut.pem", b"-----BEGIN CERTIFICATE-----\nMIIB\n"),
        ("novel.txt", b"It was a dark and stormy night.\n"),
        (
            "capture.pcap",
            &[0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0],
        ),
        ("half.xml", b"<device><vpnGroup><addresses><url1>https://vpn"),
    ];
    let mut readings = read(&[("phone.log", &good), ("SEP001122334455.cnf.xml", &config)]);
    readings.extend(bad.iter().map(|(name, bytes)| intake::read(name, bytes, &Limits::default())));
    let diagnosis = diagnosed(&readings);
    assert_eq!(diagnosis.verdict.rule.as_deref(), Some("cert-hash-mismatch"));
    assert_eq!(diagnosis.inputs.len(), 8);
    for input in &diagnosis.inputs[2..] {
        let reasons: Vec<_> =
            input.notes.iter().map(|note| note.text.en()).chain([input.because.en()]).collect();
        assert!(reasons.iter().any(|reason| !reason.is_empty()), "{} says nothing", input.name);
        let german =
            input.notes.iter().all(|note| !note.text.de().is_empty()) && !input.because.de().is_empty();
        assert!(german, "{} says nothing in German", input.name);
    }
}

#[test]
fn the_same_files_give_the_same_report_and_it_fits_the_schema() {
    let schema =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/report.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let log = phone_log(CURRENT_HEX);
    let config = phone_config(PREVIOUS_HASH);
    let mended = phone_config(CURRENT_HASH);
    let yesterday =
        diagnose(&read(&[("SEP001122334455.cnf.xml", &config), ("vpn.pem", CURRENT)]), &Said::new(), now());
    let yesterday = report::render(&yesterday, Form::Json, Lang::De);
    for files in [
        vec![],
        vec![("yesterday.json", yesterday.as_str())],
        vec![("SEP001122334455.cnf.xml", &mended), ("vpn.pem", CURRENT), ("yesterday.json", &yesterday)],
        vec![
            ("phone.log", log.as_str()),
            ("SEP001122334455.cnf.xml", &config),
            ("asa.log", ASA_LOG),
            ("vpn.pem", CURRENT),
        ],
        vec![("novel.txt", "It was a dark and stormy night.")],
    ] {
        for lang in [Lang::En, Lang::De] {
            let one = report::render(&case(&files), Form::Json, lang);
            assert_eq!(one, report::render(&case(&files), Form::Json, lang));
            let value: Value = serde_json::from_str(&one).unwrap();
            let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{errors:?}");
        }
    }
    assert!(!validator.is_valid(&serde_json::json!({ "schema": "vpn-phone-doctor/report/1" })));
}

#[test]
fn text_from_files_becomes_no_markup_and_no_command() {
    let hostile =
        phone_config(PREVIOUS_HASH).replace("vpn.example.com", "&lt;img src=x onerror=alert(1)&gt;");
    let config = "ASA Version 9.1(1)\nhostname asa\nssl trust-point x;reload outside\nwebvpn\n enable outside\n: end\n";
    let diagnosis =
        case(&[("<b>phone</b>.log", &phone_log(CURRENT_HEX)), ("a.xml", &hostile), ("asa.cfg", config)]);
    let html = report::render(&diagnosis, Form::Html, Lang::En);
    assert!(!html.contains("<img") && !html.contains("<b>phone"), "markup from a file in the report");
    for found in &diagnosis.findings {
        for command in found.fix.iter().flat_map(|fix| &fix.commands) {
            assert!(!command.contains("reload"), "{}: {command}", found.rule);
        }
    }
}

#[test]
fn a_guess_explains_nothing_that_a_log_says_outright() {
    let refused = "%ASA-3-716057: Group <PHONES> User <CP-7965G-SEP001122334455> IP <192.0.2.9> Session terminated, no AnyConnect Premium license available.\n";
    let essentials = "webvpn\n enable outside\n anyconnect-essentials\n";
    let licence = "Cisco Adaptive Security Appliance Software Version 9.1(2)\nLicensed features for this platform:\n\
        AnyConnect Premium Peers          : 2              perpetual\n\
        AnyConnect for Cisco VPN Phone    : Disabled       perpetual\n";
    let cause = |files: &[(&str, &str)]| {
        let told = outcome_of(&case(files));
        told.into_iter().find(|(rule, ..)| rule == "vpn-session-limit-reached").map(|(_, cause, _)| cause)
    };
    assert_eq!(cause(&[("asa.log", refused), ("asa.cfg", essentials)]), Some(None));
    let explained = Some(Some("vpn-phone-licence-disabled".to_owned()));
    assert_eq!(cause(&[("asa.log", refused), ("version", licence)]), explained);
}
