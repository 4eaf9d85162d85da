//! Every whole case is told again redacted: the same diagnosis, and nobody named.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::report::redact::{Addresses, redact};
use vpn_phone_doctor::report::{Form, render};
use vpn_phone_doctor::text::Lang;

/// What a diagnosis says, without a name.
fn told(diagnosis: &Diagnosis) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    told.push(format!("{:?} {:?}", diagnosis.verdict.state, diagnosis.verdict.rule));
    told.extend(diagnosis.stages.iter().map(|row| format!("{:?} {:?}", row.stage, row.state)));
    for found in &diagnosis.findings {
        let head = (&found.rule, found.severity, found.confidence, &found.caused_by, found.more_evidence);
        told.push(format!("{head:?} {} {}", found.explanation.len(), found.fix.len()));
        for evidence in &found.evidence {
            let at = evidence.at.as_ref().map(|at| (at.line, at.offset));
            told.push(format!("{:?} {at:?} {:?}", evidence.input, evidence.looked_in));
        }
    }
    told.extend(diagnosis.passed.iter().map(|row| row.rule.clone()));
    told.extend(diagnosis.waiting.iter().map(|row| format!("{} {:?}", row.rule, row.needs)));
    told.extend(diagnosis.inputs.iter().map(|input| format!("{:?} {:?}", input.kind, input.state)));
    let counts = [
        diagnosis.certificates.len(),
        diagnosis.hashes.len(),
        diagnosis.timeline.len(),
        diagnosis.policies.len(),
        diagnosis.negotiations.len(),
        diagnosis.phones.len(),
    ];
    told.push(format!("{counts:?}"));
    told
}

/// Fails where the redacted diagnosis says something else, names somebody, or changes when it is redacted again.
#[track_caller]
pub fn and_redacted(diagnosis: Diagnosis) -> Diagnosis {
    for addresses in [Addresses::Opaque, Addresses::Topology] {
        let redacted = redact(&diagnosis, addresses, [7; 32]).unwrap().diagnosis;
        assert_eq!(told(&diagnosis), told(&redacted));
        let report = render(&redacted, Form::Json, Lang::De);
        for name in NAMES {
            let line = report.lines().find(|line| line.contains(name));
            assert_eq!(line, None, "{name} is left");
        }
        if addresses == Addresses::Opaque {
            let again = redact(&redacted, addresses, [8; 32]).unwrap().diagnosis;
            let again = render(&again, Form::Json, Lang::De);
            let changed = report.lines().zip(again.lines()).find(|(once, twice)| once != twice);
            assert_eq!(changed, None, "redacting twice is redacting once");
        }
    }
    diagnosis
}

/// How the names of all fixtures begin or end.
const NAMES: [&str; 6] = ["example.com", "192.0.2.", "198.51.100.", "203.0.113.", "2001:db8", "SEP00112233"];
