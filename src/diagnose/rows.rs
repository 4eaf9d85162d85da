//! The lists behind the findings: certificates, hashes, policies, phones, events and clocks.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::{Case, QUESTIONS};
use crate::diagnosis::{
    CertificateRow, ClockRow, HashRow, PhoneRow, PolicySetting, PolicyView, QuestionRow, TimelineRow,
};
use crate::facts::certificates::Known;
use crate::facts::clocks::{Clock, Clocks};
use crate::facts::{phone_rows, timeline};
use crate::finding::Conclusion;
use crate::fingerprint;
use crate::formats::phone_log::PhoneMessage;
use crate::source::Place;

/// The phones of the case.
pub fn phones(case: &Case<'_>) -> Vec<PhoneRow> {
    phone_rows::of(&case.documents, &case.phones, &case.handshakes)
}

/// The open questions, each with the rules that wait for its answer.
pub fn questions(mut asked: BTreeMap<&str, Vec<String>>) -> Vec<QuestionRow> {
    let open = QUESTIONS.iter().filter_map(|question| {
        asked.remove(question.key).map(|rules| QuestionRow { key: question.key.to_owned(), rules })
    });
    open.collect()
}

/// Every certificate.
pub fn certificates(case: &Case<'_>) -> Vec<CertificateRow> {
    case.certificates.iter().map(certificate_row).collect()
}

/// One certificate as it is listed.
pub fn certificate_row(known: &Known<'_>) -> CertificateRow {
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
