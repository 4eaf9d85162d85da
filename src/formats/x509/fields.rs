//! The fields of a certificate.
//!
//! The outer structure is walked element by element, so that a broken date or an impossible version costs that field
//! alone: strict readers refuse such a certificate whole, phones and gateways do not. What extensions hold is read by
//! `x509-parser`. An absent optional field is an empty text or `None`.
//!
//! Sources: RFC 5280 4.1 (structure), 4.1.2.2 (serial numbers, also negative ones).

use super::{date, extensions, key, signature};
use crate::der::{Element, Elements, Fault, element, integer_hex, name, oid, tag};
use crate::documents::certificate::Fields;
use crate::text::{Class, Text};
use crate::time::rfc3339;

/// What was read, and what was wrong with it.
#[derive(Debug, Default)]
pub(super) struct Extracted {
    pub fields: Fields,
    /// SubjectPublicKeyInfo with its header.
    pub key: Vec<u8>,
    pub notes: Vec<Text>,
}

/// Reads the fields of one certificate.
pub(super) fn read(der: &[u8]) -> Result<Extracted, Fault> {
    let outer = Elements::of(der).require(tag::SEQUENCE)?;
    let mut parts = outer.inside();
    let mut signed = parts.require(tag::SEQUENCE)?.inside();
    let mut found = Extracted::default();
    let fields = &mut found.fields;

    let version = match signed.optional(tag::CONTEXT_0)? {
        Some(tagged) => number(tagged.inside().require(tag::INTEGER)?.content),
        None => 0,
    };
    fields.version = version.saturating_add(1);
    if version > 2 {
        found.notes.push(UNKNOWN_VERSION.number("version", fields.version));
    }
    fields.serial = integer_hex(signed.require(tag::INTEGER)?.content);
    let algorithm = signed.require(tag::SEQUENCE)?;
    fields.signature = signature::name(&oid_of(&algorithm)?);
    let issuer = signed.require(tag::SEQUENCE)?;
    fields.issuer = name::read(issuer.content)?.text;
    let mut validity = signed.require(tag::SEQUENCE)?.inside();
    let (not_before, not_after) = (validity.next().transpose()?, validity.next().transpose()?);
    fields.not_before = not_before.and_then(|from| date::unix_seconds(&from));
    fields.not_after = not_after.and_then(|to| date::unix_seconds(&to));
    let subject = signed.require(tag::SEQUENCE)?;
    let subject_name = name::read(subject.content)?;
    (fields.subject, fields.common_names) = (subject_name.text, subject_name.common_names);
    fields.self_signed = issuer.whole == subject.whole;
    let info = signed.require(tag::SEQUENCE)?;
    let public_key = key::read(&info)?;
    (fields.key, fields.elliptic) = (public_key.text, public_key.elliptic);
    found.key = info.whole.to_vec();

    let from = date_text(not_before, fields.not_before, NOT_BEFORE, &mut found.notes);
    let to = date_text(not_after, fields.not_after, NOT_AFTER, &mut found.notes);
    fields.details = vec![
        (VERSION, fields.version.to_string()),
        (SERIAL, fields.serial.clone()),
        (SIGNATURE, fields.signature.clone()),
        (ISSUER, fields.issuer.clone()),
        (NOT_BEFORE, from),
        (NOT_AFTER, to),
        (SUBJECT, fields.subject.clone()),
        (KEY, fields.key.clone()),
    ];
    fields.details.extend(public_key.details);
    for unique in [0x81, 0x82, 0xa1, 0xa2] {
        // Unique identifiers of version 2 say nothing to people.
        signed.optional(unique)?;
    }
    if let Some(list) = signed.optional(tag::CONTEXT_3)? {
        extensions::read(&list, fields, &mut found.notes);
    }
    signature_outside(&mut parts, &algorithm, &mut found.notes);
    Ok(found)
}

/// What stands behind the signed part: the algorithm once more, and the signature.
fn signature_outside(parts: &mut Elements<'_>, inner: &Element<'_>, notes: &mut Vec<Text>) {
    match parts.require(tag::SEQUENCE) {
        Ok(outer) if outer.whole != inner.whole => notes.push(Text::fixed(
            "The signature algorithm is written twice, and the two differ.",
            "Der Signaturalgorithmus steht zweimal darin, und beide Angaben unterscheiden sich.",
        )),
        Ok(_) => {}
        Err(fault) => notes.push(unsigned(fault)),
    }
    if let Err(fault) = parts.require(tag::BIT_STRING) {
        notes.push(unsigned(fault));
    }
}

fn unsigned(fault: Fault) -> Text {
    let why = fault.text();
    Text::fixed("The signature could not be read: {why}.", "Die Signatur ist nicht lesbar: {why}.")
        .nested("why", why.clone())
}

/// The object identifier of an AlgorithmIdentifier.
fn oid_of(algorithm: &Element<'_>) -> Result<String, Fault> {
    Ok(oid::dotted(algorithm.inside().require(tag::OID)?.content))
}

/// A small number; 255 for anything larger.
fn number(content: &[u8]) -> u8 {
    match content {
        [] | [0] => 0,
        [small] | [0, small] => *small,
        _ => u8::MAX,
    }
}

const NO_DATE: Text = Text::fixed("{what}: {shown} is not a date.", "{what}: {shown} ist kein Datum.");

/// A date in words, and a note where it is not one.
fn date_text(raw: Option<Element<'_>>, seconds: Option<i64>, what: Text, notes: &mut Vec<Text>) -> String {
    if let Some(seconds) = seconds {
        return rfc3339(seconds);
    }
    let written = raw.map(|raw| String::from_utf8_lossy(raw.content).into_owned()).unwrap_or_default();
    let shown: String = written.chars().take(40).collect();
    notes.push(NO_DATE.nested("what", what).with("shown", Class::Words, format!("{shown:?}")));
    shown
}

/// The element at the start of the bytes, or all of them where there is none.
pub(super) fn first_element(bytes: &[u8]) -> (&[u8], Option<Fault>) {
    match element(bytes) {
        Ok(found) => (found.whole, None),
        Err(fault) => (bytes, Some(fault)),
    }
}

const VERSION: Text = Text::fixed("Version", "Version");
const SERIAL: Text = Text::fixed("Serial number", "Seriennummer");
const SIGNATURE: Text = Text::fixed("Signature algorithm", "Signaturalgorithmus");
const ISSUER: Text = Text::fixed("Issuer", "Aussteller");
const NOT_BEFORE: Text = Text::fixed("Valid from", "Gültig ab");
const NOT_AFTER: Text = Text::fixed("Valid to", "Gültig bis");
const SUBJECT: Text = Text::fixed("Subject", "Inhaber");
const KEY: Text = Text::fixed("Public key", "Öffentlicher Schlüssel");

const UNKNOWN_VERSION: Text = Text::fixed(
    "It says version {version}; there are only 1 to 3.",
    "Angegeben ist Version {version}; es gibt nur 1 bis 3.",
);
