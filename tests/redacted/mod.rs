//! Every whole case is told again redacted: the same diagnosis, and nobody named.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod common_words;
mod shape;

use common_words::COMMON;
use serde_json::Value;
use shape::shape;
use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::report::redact::{Addresses, Entry, redact};
use vpn_phone_doctor::report::{Form, render};
use vpn_phone_doctor::text::Lang;

/// What a diagnosis says, without a name.
fn sentences_of(diagnosis: &Diagnosis) -> Vec<String> {
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
        diagnosis.clocks.len(),
        diagnosis.questions.len(),
    ];
    told.push(format!("{counts:?}"));
    for row in &diagnosis.timeline {
        told.push(format!("{} {} {} {:?} {:?}", row.input, row.at.line, row.time, row.aligned, row.stage));
    }
    told.extend(diagnosis.clocks.iter().map(|clock| format!("{} {}", clock.input, clock.offset_millis)));
    for view in &diagnosis.policies {
        told.push(format!("{} {} {}", view.input, view.path.len(), view.unproven.len()));
        for row in &view.settings {
            told.push(format!("{} {:?} {:?}", row.attribute, row.origin, row.rule));
        }
    }
    for view in &diagnosis.negotiations {
        told.push(format!("{} {} {:?}", view.input, view.release, view.table.len()));
        for row in &view.rows {
            told.push(format!(
                "{:?} {:?} {} {} {:?}",
                row.offers, row.allows, row.version, row.suite, row.works
            ));
        }
    }
    for row in &diagnosis.phones {
        let numbers = (row.attempts, row.connected, row.furthest, row.failed, row.addresses.len());
        told.push(format!("{} {numbers:?} {}", row.model, row.last));
    }
    if let Some(view) = &diagnosis.renewal {
        told.push(format!("{:?} {:?} {}", view.presented, view.next, view.same_subject));
        for phone in &view.phones {
            told.push(format!("{} {} {}", phone.trusts_presented, phone.trusts_next, phone.trusts_issuer));
        }
    }
    told
}

/// Fails where the redacted diagnosis says something else, names somebody, or changes when it is redacted again.
#[track_caller]
pub fn and_redacted(diagnosis: Diagnosis) -> Diagnosis {
    whatever_the_names(&diagnosis);
    for addresses in [Addresses::Opaque, Addresses::Topology] {
        let redacted = redact(&diagnosis, addresses, [7; 32]).diagnosis;
        assert_eq!(sentences_of(&diagnosis), sentences_of(&redacted));
        let report = render(&redacted, Form::Json, Lang::De);
        let without_examples =
            EXAMPLES.iter().fold(report.clone(), |report, example| report.replace(example, "zum Beispiel"));
        for name in NAMES {
            let line = without_examples.lines().find(|line| line.contains(name));
            assert_eq!(line, None, "{name} is left");
        }
        if addresses == Addresses::Opaque {
            let again = redact(&redacted, addresses, [8; 32]).diagnosis;
            let again = render(&again, Form::Json, Lang::De);
            let changed = report.lines().zip(again.lines()).find(|(once, twice)| once != twice);
            assert_eq!(changed, None, "redacting twice is redacting once");
        }
    }
    diagnosis
}

/// What is left of a case whose names are words that this program says itself is what is left of the case.
#[track_caller]
fn whatever_the_names(diagnosis: &Diagnosis) {
    let redacted = redact(diagnosis, Addresses::Opaque, [7; 32]);
    let named =
        |entry: &&Entry| ["GROUP-", "TP-", "USER-"].iter().any(|class| entry.pseudonym.starts_with(class));
    let names = redacted.map.iter().filter(named).map(|entry| entry.original.as_str());
    // `Phones` and `CAPF` stand in sentences of ours, and those are not to be renamed.
    let names_somebody = |name: &str| {
        name.len() > 2 && name != "CAPF" && name.chars().skip(1).any(|sign| !sign.is_lowercase())
    };
    let names: Vec<&str> = names.filter(|name| names_somebody(name)).collect();
    let mut value = serde_json::to_value(diagnosis).unwrap();
    rename(&mut value, &names);
    let renamed: Diagnosis = serde_json::from_value(value).unwrap();
    let other = redact(&renamed, Addresses::Opaque, [7; 32]);
    for lang in [Lang::En, Lang::De] {
        let [one, two] = [&redacted, &other].map(|redacted| texts(&redacted.diagnosis, lang));
        let plain = texts(&renamed, lang);
        for ((one, two), plain) in one.iter().zip(&two).zip(&plain) {
            assert_eq!(shape(one), shape(two), "\n{plain}");
        }
    }
}

/// Every text of a diagnosis.
fn texts(diagnosis: &Diagnosis, lang: Lang) -> Vec<String> {
    let mut texts = Vec::new();
    let other = if lang == Lang::En { "de" } else { "en" };
    collect(&serde_json::to_value(diagnosis).unwrap(), other, &mut texts);
    texts
}

fn collect(value: &Value, other: &str, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, other, texts)),
        Value::Object(fields) => {
            fields
                .iter()
                .filter(|(key, _)| *key != other)
                .for_each(|(_, field)| collect(field, other, texts));
        }
        _ => {}
    }
}

fn rename(value: &mut Value, names: &[&str]) {
    match value {
        Value::String(text) => {
            let fits = |sign: char| sign.is_alphanumeric() || "-_.".contains(sign);
            let mut out = String::new();
            let mut rest = text.as_str();
            while let Some(first) = rest.chars().next() {
                let end = rest.find(|sign| !fits(sign)).unwrap_or(rest.len());
                let (word, after) = rest.split_at(end);
                let body = word.trim_end_matches('.');
                match names.iter().position(|name| *name == body) {
                    Some(n) => {
                        out.push_str(COMMON[n % COMMON.len()]);
                        out.push_str(&word[body.len()..]);
                    }
                    None => out.push_str(word),
                }
                rest = after;
                if end == 0 {
                    out.push(first);
                    rest = &rest[first.len_utf8()..];
                }
            }
            *text = out;
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, names)),
        Value::Object(fields) => fields.values_mut().for_each(|field| rename(field, names)),
        _ => {}
    }
}

/// Phones and a host that this program's own sentences give as an example; they are nobody's.
const EXAMPLES: [&str; 4] = [
    "zum Beispiel `https://vpn.example.com/VPNPhone`",
    "etwa `CP-7962G-SEP001122334455`",
    "zum Beispiel `CP-7975G-SEP001122334455`",
    "der Name (`CP-8851-SEP001122334455`)",
];

/// How the names of all fixtures begin or end.
const NAMES: [&str; 6] = ["example.com", "192.0.2.", "198.51.100.", "203.0.113.", "2001:db8", "SEP00112233"];
