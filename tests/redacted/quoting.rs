//! A diagnosis that quotes every line of its files, so that redaction meets all of them.

use vpn_phone_doctor::diagnose::{Said, diagnose};
use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::finding::{Concerned, Conclusion, Confidence, Evidence, Severity};
use vpn_phone_doctor::intake;
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::source::{At, Place};
use vpn_phone_doctor::stage::Stage;
use vpn_phone_doctor::text::Text;
use vpn_phone_doctor::time::parse_rfc3339;

pub fn diagnosed(files: &[(String, String)]) -> Diagnosis {
    let read = |(name, text): &(String, String)| intake::read(name, text.as_bytes(), &Limits::default());
    let readings: Vec<_> = files.iter().map(read).collect();
    diagnose(&readings, &Said::new(), parse_rfc3339("2026-11-24T12:00:00Z").unwrap())
}

/// The diagnosis of files, and one more finding that quotes every line of every file, as a device's words and in ours.
pub fn quoted(files: &[(String, String)]) -> Diagnosis {
    let mut diagnosis = diagnosed(files);
    let mut evidence = Vec::new();
    for ((_, text), input) in files.iter().zip(0..) {
        for (line, number) in text.lines().zip(1..) {
            let place = Place { input, at: At::line(number, 0, line) };
            let quoted = format!("\"{}\" in line {number}", line.trim());
            evidence.push(Evidence::at(&place, Text::quoted(quoted)));
        }
    }
    diagnosis.findings.push(Conclusion {
        more_of_kind: 0,
        concerned: Concerned::default(),
        rule: "cert-hash-mismatch".into(),
        stage: Stage::Trust,
        severity: Severity::Notice,
        confidence: Confidence::Possible,
        title: Text::default(),
        explanation: Vec::new(),
        evidence,
        more_evidence: 0,
        fix: Vec::new(),
        caused_by: None,
        sources: Vec::new(),
        comparison: None,
    });
    diagnosis
}
