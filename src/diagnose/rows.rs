//! The lists behind the findings: certificates, hashes, policies, phones, events and clocks.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::{Case, QUESTIONS};
use crate::diagnosis::{
    CertificateRow, Choice, ClockRow, HashRow, PhoneRow, PolicySetting, PolicyView, QuestionRow, TimelineRow,
};
use crate::facts::certificates::CaseCertificate;
use crate::facts::clocks::{Clock, Clocks};
use crate::facts::{phone_rows, timeline};
use crate::finding::Conclusion;
use crate::fingerprint;
use crate::formats::phone_log::PhoneMessage;
use crate::names::phone::PhoneName;
use crate::source::Place;
use crate::text::{Text, counted};

/// The phones of the case.
pub fn phones(case: &Case<'_>) -> Vec<PhoneRow> {
    phone_rows::of(&case.documents, &case.phones, &case.handshakes, &case.logged_failures)
}

/// The open questions, each with the rules that wait for its answer and with what the case itself names as answers.
pub fn questions(case: &Case<'_>, mut asked: BTreeMap<&str, Vec<String>>) -> Vec<QuestionRow> {
    let rows = QUESTIONS.iter().filter_map(|question| {
        let choices = if question.key == "phone" { choices(case) } else { Vec::new() };
        let rules = asked.remove(question.key).unwrap_or_default();
        let open = case.said.given(question.key).is_none();
        (open && !(rules.is_empty() && choices.is_empty())).then(|| QuestionRow {
            key: question.key.to_owned(),
            rules,
            choices,
        })
    });
    rows.collect()
}

/// Clients that fail, and that nothing shows to be phones: one of them may be the person's.
fn choices(case: &Case<'_>) -> Vec<Choice> {
    let clients = case.failing_clients.iter().take(CHOICES);
    clients
        .map(|client| {
            let times = client.failures as usize;
            let (en, de) =
                (counted(times, "failure", "failures"), counted(times, "Fehlschlag", "Fehlschläge"));
            let says = match client.reason.as_str() {
                "" => Text::made(en, de),
                reason => Text::made(format!("{en}; {reason}"), format!("{de}; {reason}")),
            };
            Choice { value: client.name.clone(), says }
        })
        .collect()
}

/// Choices that are shown; a scanned gateway's log has thousands.
const CHOICES: usize = 12;

/// Which phones a finding is about, as far as its evidence names them.
pub fn phones_of(case: &Case<'_>, found: &Conclusion) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for piece in &found.evidence {
        let by_file = piece.input.and_then(|input| phone_of_input(case, input));
        let by_line = piece.at.as_ref().and_then(|at| phone_in(&at.text));
        names.extend(by_line.or(by_file));
    }
    names
}

/// The phone whose configuration or log an input is.
fn phone_of_input(case: &Case<'_>, input: u32) -> Option<String> {
    let config = case.documents.phone_configs.iter().find(|config| config.input == input);
    let log = case.documents.phone_logs.iter().find(|log| log.input == input);
    let by_config = config.and_then(|config| config.document.device.as_ref()).map(|name| name.value.clone());
    let name = by_config.or_else(|| Some(phone_rows::phone_of(*log?, &case.phones)))?;
    (!name.is_empty()).then(|| name.to_ascii_uppercase())
}

/// `SEP` and twelve hexadecimal digits in a line.
fn phone_in(line: &str) -> Option<String> {
    let names = line.match_indices("SEP").filter_map(|(at, _)| line.get(at..at + 15));
    names.filter(|name| PhoneName::ends(name)).map(str::to_ascii_uppercase).next()
}

/// Every certificate.
pub fn certificates(case: &Case<'_>) -> Vec<CertificateRow> {
    case.certificates.iter().map(certificate_row).collect()
}

/// One certificate as it is listed.
pub fn certificate_row(known: &CaseCertificate<'_>) -> CertificateRow {
    let certificate = known.certificate.document;
    let fields = certificate.fields.clone().unwrap_or_default();
    let names = [fields.dns_names.as_slice(), &fields.addresses, &fields.other_names].concat();
    CertificateRow {
        input: known.certificate.input,
        at: certificate.at.clone(),
        role: known.role.id().to_owned(),
        label: known.trustpoint().unwrap_or_default().to_owned(),
        subject: fields.subject,
        issuer: fields.issuer,
        serial: fields.serial,
        not_before: fields.not_before,
        not_after: fields.not_after,
        key: fields.key,
        signature: fields.signature,
        names,
        self_signed: fields.self_signed,
        ca: fields.ca,
        md5: fingerprint::hex(&certificate.md5),
        sha1: fingerprint::hex(&certificate.sha1),
        sha256: fingerprint::hex(&certificate.sha256),
        sha1_base64: fingerprint::base64(&certificate.sha1),
        notes: certificate.notes.clone(),
        der_bytes: certificate.der_bytes,
        details: fields.details,
    }
}

/// Every certificate hash in a text.
pub fn hashes(case: &Case<'_>) -> Vec<HashRow> {
    let mut rows = Vec::new();
    let mut add = |place: &Place, text: &str, sha1: [u8; 20]| {
        let same = case.certificates.iter().zip(0_u32..).filter(|(known, _)| known.sha1() == sha1);
        rows.push(HashRow {
            input: place.input,
            at: place.at.clone(),
            text: text.to_owned(),
            algorithm: "sha1".to_owned(),
            hex: fingerprint::hex(&sha1),
            certificates: same.map(|(_, index)| index).collect(),
        });
    };
    for hash in &case.trusted_hashes {
        if let Ok(sha1) = hash.sha1 {
            add(&hash.place, &hash.text, sha1);
        }
    }
    for log in &case.documents.phone_logs {
        let mut seen = BTreeSet::new();
        for event in &log.document.events {
            if let PhoneMessage::LeafHash { sha1 } = event.message
                && seen.insert(sha1)
            {
                add(&log.place(&event.at), &fingerprint::hex(&sha1).to_uppercase(), sha1);
            }
        }
    }
    rows
}

/// What the group policies do to phones.
pub fn policies(case: &Case<'_>, findings: &[Conclusion]) -> Vec<PolicyView> {
    // The worst finding that quotes the setting's line is the one to show beside it.
    let objection = |place: &Place| {
        let quotes = |found: &&Conclusion| {
            let pieces = found.evidence.iter();
            pieces
                .filter(|piece| piece.input == Some(place.input))
                .any(|piece| piece.at.as_ref() == Some(&place.at))
        };
        let found = findings.iter().filter(quotes).min_by_key(|found| found.severity);
        found.map(|found| found.rule.clone())
    };
    let policies = case.effective_policies.iter();
    policies
        .map(|policy| PolicyView {
            input: policy.input,
            tunnel_group: policy.tunnel_group.clone(),
            serves: policy.serves.clone(),
            user: policy.user.map(|user| user.name.value.clone()).unwrap_or_default(),
            group_policy: policy.policy.clone(),
            path: policy.path.clone(),
            settings: policy
                .settings
                .iter()
                .map(|setting| PolicySetting {
                    attribute: setting.attribute.to_owned(),
                    value: setting.value.clone(),
                    origin: setting.origin,
                    from: setting.from.clone(),
                    place: setting.place.clone(),
                    rule: setting.place.as_ref().and_then(objection),
                })
                .collect(),
            unproven: policy.unproven.clone(),
        })
        .collect()
}

/// What happened.
pub fn timeline(case: &Case<'_>, clocks: &Clocks) -> Vec<TimelineRow> {
    timeline::of(&case.documents)
        .into_iter()
        .map(|event| TimelineRow {
            aligned: clocks.aligned(&event),
            input: event.place.input,
            at: event.place.at,
            time: event.time,
            stage: event.stage,
            says: event.says,
        })
        .collect()
}

/// How the clocks stand to each other.
pub fn clocks(clocks: &Clocks) -> Vec<ClockRow> {
    let row = |clock: &Clock| ClockRow {
        input: clock.input,
        offset_millis: clock.offset_micros / 1000,
        from: clock.from.clone(),
    };
    clocks.phones.iter().map(row).collect()
}
