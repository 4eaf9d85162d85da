//! The certificates of the case, and every hash of one that stands in a text.

use std::collections::BTreeSet;

use crate::case::Case;
use crate::diagnosis::{CertificateRow, HashRow};
use crate::facts::certificates::CaseCertificate;
use crate::facts::gateway_certificate::{Presented, Witness};
use crate::finding::ShownBy;
use crate::fingerprint;
use crate::observe::{By, What};
use crate::source::Place;
use crate::text::Text;

/// Every certificate.
pub fn all(case: &Case<'_>) -> Vec<CertificateRow> {
    let shown = &case.gateway_certificates;
    let with_witnesses = |known: &CaseCertificate<'_>| {
        let own = |all: &[Presented], disputed: bool| -> Vec<ShownBy> {
            let same = all.iter().filter(|one| one.sha1 == known.sha1());
            let seen = same.flat_map(|one| &one.places).filter(|(witness, _)| *witness != Witness::LooseFile);
            seen.map(|(witness, place)| ShownBy {
                says: witness_words(*witness),
                place: place.clone(),
                disputed,
            })
            .collect()
        };
        let shown_by = [own(&shown.presented, false), own(&shown.disputed, true)].concat();
        CertificateRow { shown_by, ..row(known) }
    };
    case.certificates.iter().map(with_witnesses).collect()
}

const fn witness_words(witness: Witness) -> Text {
    match witness {
        Witness::PhoneLog => Text::fixed("the phone logged it", "das Telefon hat es protokolliert"),
        Witness::Wire => Text::fixed("a phone’s handshake shows it", "ein Handshake eines Telefons zeigt es"),
        Witness::TrustpointInLog => {
            Text::fixed("the ASA logged its trust-point", "die ASA hat seinen Vertrauenspunkt protokolliert")
        }
        Witness::Handshake => Text::fixed("a handshake shows it", "ein Handshake zeigt es"),
        Witness::BoundTrustpoint => {
            Text::fixed("its trust-point is bound", "sein Vertrauenspunkt ist gebunden")
        }
        Witness::CertificateList => {
            Text::fixed("the bound trust-point holds it", "der gebundene Vertrauenspunkt enthält es")
        }
        Witness::LooseFile => Text::fixed("a file holds it", "eine Datei enthält es"),
    }
}

/// One certificate as it is listed.
pub fn row(known: &CaseCertificate<'_>) -> CertificateRow {
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
        shown_by: Vec::new(),
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
    for log in case.documents.logs_by(By::PhoneLog) {
        let mut seen = BTreeSet::new();
        for event in &log.observations {
            if let What::ServerCertificateHash { sha1 } = event.what
                && seen.insert(sha1)
            {
                add(&event.place(), &fingerprint::hex(sha1).to_uppercase(), *sha1);
            }
        }
    }
    rows
}
