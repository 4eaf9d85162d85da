//! Stories that others tell, from their files to the verdict: the document that this program began with, a cluster's
//! signed files, and logs of other systems, of which nothing may be said.

use crate::Check;
use crate::redacted::and_redacted;
use crate::walked::and_walked;
use std::fs;

use vpn_phone_doctor::diagnose::{Said, diagnose};
use vpn_phone_doctor::diagnosis::{Diagnosis, VerdictState};
use vpn_phone_doctor::finding::Conclusion;
use vpn_phone_doctor::intake::{self, Reading};
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::stage::{Stage, StageState};

fn diagnosed(readings: &[Reading]) -> Diagnosis {
    diagnose(readings, &Said::new(), vpn_phone_doctor::time::parse_rfc3339("2026-11-24T12:00:00Z").unwrap())
}

fn case(files: &[(&str, &str)]) -> Diagnosis {
    let read = |(name, text): &(&str, &str)| intake::read(name, text.as_bytes(), &Limits::default());
    and_walked(and_redacted(diagnosed(&files.iter().map(read).collect::<Vec<_>>())))
}

/// Rule and `file:line` of each piece of evidence.
fn outcome_of(diagnosis: &Diagnosis) -> Vec<(String, Vec<String>)> {
    let places = |found: &Conclusion| -> Vec<String> {
        let places = found.evidence.iter().filter_map(|evidence| {
            let input = &diagnosis.inputs[evidence.input? as usize];
            Some(format!("{}:{}", input.name, evidence.at.as_ref()?.line))
        });
        places.collect()
    };
    diagnosis.findings.iter().map(|found| (found.rule.clone(), places(found))).collect()
}

fn stage(diagnosis: &Diagnosis, stage: Stage) -> StageState {
    diagnosis.stages.iter().find(|row| row.stage == stage).unwrap().state
}

const ASA_LOG: &str = "\
%ASA-7-725012: Device chooses cipher : AES128-SHA for the SSL session with client outside:203.0.113.9/50091\n\
%ASA-7-725014: SSL lib error. Function: SSL3_READ_BYTES Reason: tlsv1 alert unknown ca\n\
%ASA-6-725006: Device failed SSL handshake with client outside:203.0.113.9/50091\n";
pub fn the_seed_story_reads_as_cisco_tells_it() {
    let samples = crate::shared().join("samples");
    let text = |name: &str| fs::read_to_string(samples.join(name)).unwrap();
    let (log, fragment) = (
        text("phone-logs/seed-116162-hash-mismatch.log"),
        text("phone-config/seed-116162-vpngroup-fragment.xml"),
    );
    let diagnosis = case(&[("phone.log", &log), ("vpngroup.xml", &fragment), ("asa.log", ASA_LOG)]);
    assert_eq!(diagnosis.verdict.rule.as_deref(), Some("cert-hash-mismatch"));
    let told = outcome_of(&diagnosis);
    assert!(
        told[0].1.contains(&"phone.log:7".to_owned()) && told[0].1.contains(&"vpngroup.xml:13".to_owned()),
        "{told:?}"
    );
    assert_eq!(told[1].0, "phone-rejected-server-certificate");
    assert_eq!(stage(&diagnosis, Stage::Trust), StageState::Failed);
    assert_eq!(stage(&diagnosis, Stage::Login), StageState::NotReached);
    let hex: Vec<&str> = diagnosis.hashes.iter().map(|row| row.hex.as_str()).collect();
    assert!(hex.contains(&"e57e81ea9954c144976678d0e2418cdf79a93176"), "{hex:?}");
}

pub fn each_of_the_seeds_other_logs_gives_its_verdict() {
    let samples = crate::shared().join("samples");
    for (file, rule) in [
        ("seed-116162-hostid.log", "host-id-check-failed"),
        ("seed-116162-redirect.log", "load-balancing-redirect"),
        ("seed-116162-dtls-fail-88xx.log", "dtls-session-cipher-mismatch"),
    ] {
        let log = fs::read_to_string(samples.join("phone-logs").join(file)).unwrap();
        assert_eq!(case(&[("x", &log)]).verdict.rule.as_deref(), Some(rule), "{file}");
    }
}

pub fn a_signer_that_the_trust_list_does_not_name_is_told() {
    let samples = crate::shared().join("samples");
    let read = |name: &str| {
        let path = samples.join("phone-config").join(name);
        intake::read(name, &fs::read(path).unwrap(), &Limits::default())
    };
    let signed = read("synthetic/SEP001122334455.cnf.xml.sgn");
    let rule = "trust-list-signer-unknown";
    let own = diagnosed(&[signed.clone(), read("synthetic/ITLFile.tlv")]);
    assert!(own.passed.iter().any(|row| row.rule == rule));
    let foreign = diagnosed(&[signed, read("csptech-ITLFile.tlv")]);
    assert!(foreign.findings.iter().any(|found| found.rule == rule));
}

pub fn other_peoples_logs_give_no_finding() {
    let samples = crate::shared().join("samples");
    let mut checked = 0;
    for entry in fs::read_dir(samples.join("other-logs")).unwrap().flatten() {
        let reading = intake::read(
            &entry.file_name().to_string_lossy(),
            &fs::read(entry.path()).unwrap(),
            &Limits::default(),
        );
        let diagnosis = diagnosed(&[reading]);
        assert_eq!(outcome_of(&diagnosis), [], "{:?}", entry.file_name());
        assert_eq!(diagnosis.verdict.state, VerdictState::Unknown);
        checked += 1;
    }
    assert!(checked > 3);
}

/// Every check of this file, by name.
pub const CHECKS: &[Check] = &[
    ("the_seed_story_reads_as_cisco_tells_it", the_seed_story_reads_as_cisco_tells_it),
    ("each_of_the_seeds_other_logs_gives_its_verdict", each_of_the_seeds_other_logs_gives_its_verdict),
    (
        "a_signer_that_the_trust_list_does_not_name_is_told",
        a_signer_that_the_trust_list_does_not_name_is_told,
    ),
    ("other_peoples_logs_give_no_finding", other_peoples_logs_give_no_finding),
];
