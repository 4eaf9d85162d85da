//! The certificates of a PKCS#7 or CMS bundle (`.p7b`, `.p7c`): what Windows and many CAs hand out as "the chain".
//!
//! ```text
//! SEQUENCE { OID signedData, [0] { SEQUENCE { version, digests, content, [0] { certificate … } … } } }
//! ```
//!
//! Only SignedData holds certificates in the clear. Empty is a bundle whose set of certificates is absent or empty.
//! BER with indefinite lengths is read; what is neither is told by its content type.
//!
//! Source: RFC 5652 3 and 5.1, RFC 2315 9.1.

use super::{Elements, Fault, oid, tag};
use crate::text::{Class, Text};

/// The certificates, each with its header, in the order of the bundle.
pub fn certificates(bytes: &[u8]) -> Result<Vec<&[u8]>, Text> {
    let content = signed_data(bytes)?;
    let damaged = |fault: Fault| {
        let why = fault.text();
        Text::fixed("The bundle is damaged: {why}.", "Das Bündel ist beschädigt: {why}.")
            .nested("why", why.clone())
    };
    let mut parts = content;
    parts.require(tag::INTEGER).map_err(damaged)?;
    parts.require(tag::SET).map_err(damaged)?;
    parts.require(tag::SEQUENCE).map_err(damaged)?;
    let mut found = Vec::new();
    if let Some(set) = parts.optional(tag::CONTEXT_0).map_err(damaged)? {
        for member in set.inside() {
            let member = member.map_err(damaged)?;
            // The set may also hold attribute certificates, which are tagged.
            if member.tag == tag::SEQUENCE {
                found.push(member.whole);
            }
        }
    }
    Ok(found)
}

/// What the SignedData of a ContentInfo holds.
fn signed_data(bytes: &[u8]) -> Result<Elements<'_>, Text> {
    let kind_and_rest = || {
        let mut info = Elements::of(bytes).require(tag::SEQUENCE)?.inside();
        let kind = oid::dotted(info.require(tag::OID)?.content);
        Ok((kind, info))
    };
    let unreadable = |fault: Fault| {
        let why = fault.text();
        UNREADABLE_BUNDLE.nested("why", why.clone())
    };
    let (kind, mut info) = kind_and_rest().map_err(unreadable)?;
    if kind != SIGNED_DATA {
        let name = oid::named(CONTENT_TYPES, &kind).unwrap_or(&kind);
        return Err(OTHER_CONTENT.with("name", Class::Words, name));
    }
    let tagged = info.require(tag::CONTEXT_0).map_err(unreadable)?;
    Ok(tagged.inside().require(tag::SEQUENCE).map_err(unreadable)?.inside())
}

const SIGNED_DATA: &str = "1.2.840.113549.1.7.2";

/// Content types that hold no certificates in the clear: RFC 5652, RFC 3274, RFC 5083.
const CONTENT_TYPES: &[(&str, &str)] = &[
    ("1.2.840.113549.1.7.1", "data"),
    ("1.2.840.113549.1.7.3", "envelopedData"),
    ("1.2.840.113549.1.7.4", "signedAndEnvelopedData"),
    ("1.2.840.113549.1.7.5", "digestedData"),
    ("1.2.840.113549.1.7.6", "encryptedData"),
    ("1.2.840.113549.1.9.16.1.2", "authenticatedData"),
    ("1.2.840.113549.1.9.16.1.9", "compressedData"),
    ("1.2.840.113549.1.9.16.1.23", "authEnvelopedData"),
];

const UNREADABLE_BUNDLE: Text = Text::fixed(
    "This is not a readable PKCS#7 or CMS bundle: {why}.",
    "Das ist kein lesbares PKCS#7- oder CMS-Bündel: {why}.",
);
const OTHER_CONTENT: Text = Text::fixed(
    "This bundle holds {name}; only signedData holds certificates in the clear.",
    "Dieses Bündel enthält {name}; nur signedData enthält lesbare Zertifikate.",
);

#[cfg(test)]
mod tests {
    use super::*;

    fn wrap(octet: u8, parts: &[&[u8]]) -> Vec<u8> {
        let content = parts.concat();
        [&[octet, u8::try_from(content.len()).unwrap()], content.as_slice()].concat()
    }

    fn bundle(kind: u8, members: &[&[u8]]) -> Vec<u8> {
        let oid = wrap(tag::OID, &[&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, kind]]);
        let set = wrap(tag::CONTEXT_0, members);
        let signed = wrap(tag::SEQUENCE, &[&[2, 1, 1], &[0x31, 0], &[0x30, 0], &set]);
        wrap(tag::SEQUENCE, &[&oid, &wrap(tag::CONTEXT_0, &[&signed])])
    }

    #[test]
    fn certificates_are_handed_back_in_order_and_attribute_certificates_are_not() {
        let whole = bundle(2, &[&[0x30, 1, 7], &[0xa1, 0], &[0x30, 0]]);
        assert_eq!(certificates(&whole), Ok(vec![&[0x30, 1, 7][..], &[0x30, 0]]));
        for cut in 0..whole.len() {
            assert!(certificates(&whole[..cut]).is_err(), "{cut}");
        }
    }

    #[test]
    fn another_content_type_is_named() {
        let reason = certificates(&bundle(3, &[])).unwrap_err();
        assert!(reason.en().contains("envelopedData"), "{}", reason.en());
        assert!(certificates(b"").is_err());
    }
}
