//! Another certificate: the one that the ASA presents, or that of CAPF.
//!
//! *Renewed* is the certificate of today with another serial number, other dates and so another hash, which nobody knows
//! yet: a hash that is certainly no phone's stands in its place, and is shown to nobody.

use super::origins::planned;
use crate::documents::certificate::{Certificate, Fields};
use crate::documents::{Content, Holder};
use crate::intake::{Document, Reading};

/// A year in seconds.
const YEAR: i64 = 365 * 24 * 60 * 60;

/// Every certificate of a reading that has fields.
fn readable(reading: &Reading) -> impl Iterator<Item = (&Certificate, &Fields)> {
    reading.documents.iter().filter_map(|document| match &document.content {
        Content::Certificate(one) => Some((one.as_ref(), one.fields.as_ref()?)),
        _ => None,
    })
}

/// The certificate of a server in a file: the first that is no CA, else the first.
pub(super) fn identity(reading: &Reading) -> Option<Certificate> {
    let found = readable(reading).find(|(_, fields)| !fields.ca || fields.self_signed);
    found.or_else(|| readable(reading).next()).map(|(one, _)| one.clone())
}

/// A CA's certificate in a file, else the first.
pub(super) fn authority(reading: &Reading) -> Option<Certificate> {
    let found = readable(reading).find(|(_, fields)| fields.ca);
    found.or_else(|| readable(reading).next()).map(|(one, _)| one.clone())
}

/// The same certificate issued anew at `now`.
pub(super) fn renewed(old: &Certificate, now: i64) -> Certificate {
    let other = |bytes: &[u8]| bytes.iter().map(|byte| !byte).collect::<Vec<u8>>();
    let mut new = Certificate {
        md5: other(&old.md5).try_into().unwrap_or_default(),
        sha1: other(&old.sha1).try_into().unwrap_or_default(),
        sha256: other(&old.sha256).try_into().unwrap_or_default(),
        sha1_of_pem: other(&old.sha1_of_pem).try_into().unwrap_or_default(),
        ..old.clone()
    };
    if let Some(fields) = &mut new.fields {
        let length =
            fields.not_after.zip(fields.not_before).map_or(YEAR, |(end, start)| end.saturating_sub(start));
        fields.serial = "1".repeat(fields.serial.len().max(2));
        fields.not_before = Some(now);
        fields.not_after = Some(now.saturating_add(length.max(YEAR)));
    }
    new
}

/// Puts a certificate in the place of another one, wherever that stands, and takes away what lists still say of it.
/// Says how many were replaced.
pub(super) fn replace(readings: &mut [Reading], old: [u8; 20], new: &Certificate, typed: &str) -> usize {
    let mut replaced = 0;
    let mut serial = String::new();
    for document in readings.iter_mut().flat_map(|reading| &mut reading.documents) {
        if let Content::Certificate(one) = &mut document.content
            && one.sha1 == old
        {
            if let Some(fields) = &one.fields {
                fields.serial.clone_into(&mut serial);
            }
            let holder = std::mem::take(&mut one.holder);
            **one = Certificate { holder, at: planned(typed), ..new.clone() };
            replaced += 1;
        }
    }
    for document in readings.iter_mut().flat_map(|reading| &mut reading.documents) {
        if let Content::AsaCertificates(list) = &mut document.content {
            list.entries.retain(|entry| {
                entry.ca
                    || serial.is_empty()
                    || entry.serial.as_ref().is_none_or(|known| known.value != serial)
            });
        }
    }
    replaced
}

/// Every LSC is issued by another CAPF. Says whose were.
pub(super) fn reissue(
    readings: &mut [Reading],
    names: &[String],
    capf: &Certificate,
    now: i64,
    typed: &str,
) -> Vec<String> {
    let Some(issuer) = &capf.fields else { return Vec::new() };
    let mut told: Vec<String> = Vec::new();
    let of_lsc = |fields: &Fields| fields.common_names.iter().find(|name| names.contains(name)).cloned();
    for document in readings.iter_mut().flat_map(|reading| &mut reading.documents) {
        let Content::Certificate(one) = &mut document.content else { continue };
        if !matches!(one.holder, Holder::File) {
            continue;
        }
        let Some(fields) = &mut one.fields else { continue };
        let Some(name) = of_lsc(fields) else { continue };
        fields.issuer.clone_from(&issuer.subject);
        fields.authority_key_id.clone_from(&issuer.subject_key_id);
        fields.not_before = Some(now);
        fields.not_after = Some(now.saturating_add(5 * YEAR));
        one.at = planned(typed);
        told.push(name);
    }
    told
}

/// An LSC of a phone of which only a log tells, as another CAPF issues it.
pub(super) fn lsc(name: &str, capf: &Certificate, now: i64, typed: &str, input: u32) -> Option<Document> {
    let issuer = capf.fields.as_ref()?;
    let fields = Fields {
        subject: format!("CN={name}"),
        common_names: vec![name.to_owned()],
        issuer: issuer.subject.clone(),
        serial: "1".to_owned(),
        not_before: Some(now),
        not_after: Some(now.saturating_add(5 * YEAR)),
        key: "RSA 2048".to_owned(),
        signature: "sha256WithRSAEncryption".to_owned(),
        authority_key_id: issuer.subject_key_id.clone(),
        version: 3,
        ..Fields::default()
    };
    let one = Certificate { at: planned(typed), fields: Some(fields), ..Certificate::default() };
    Some(Document { input, content: Content::Certificate(Box::new(one)) })
}
