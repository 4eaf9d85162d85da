//! What a DER object is, told by its outline alone: certificate, request, revocation list, key, bundle.
//!
//! Nothing secret is decoded: a private key is recognised by the tags in front of its numbers. Empty input and
//! anything that does not begin with a SEQUENCE is [`Shape::Unknown`].
//!
//! Sources: RFC 5280 4.1 (certificate) and 5.1 (revocation list), RFC 2986 (request), RFC 5652 (bundle), RFC 7292
//! (PKCS#12), RFC 8017 A.1 (RSA keys), RFC 5958 (PKCS#8), RFC 5915 (EC keys).

use super::{Element, element, tag};

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A certificate.
    Certificate,
    /// A certificate signing request.
    Request,
    /// A revocation list.
    RevocationList,
    /// PKCS#7 or CMS.
    Bundle,
    /// PKCS#12.
    Keystore,
    /// A private key, encrypted or not.
    PrivateKey,
    /// A public key or the parameters of one.
    PublicKey,
    /// A SEQUENCE of another kind, or a damaged one.
    Sequence,
    /// Not a SEQUENCE.
    Unknown,
}

/// The shape of the first object in the bytes. It need not be complete.
pub fn shape(bytes: &[u8]) -> Shape {
    if bytes.first() != Some(&tag::SEQUENCE) {
        return Shape::Unknown;
    }
    let bytes = bytes.get(..HEAD).unwrap_or(bytes);
    let parts = leading(content(bytes));
    match parts.as_slice() {
        [first, ..] if first.tag == tag::OID => {
            let bundle = BUNDLE_ARCS.iter().any(|arc| first.content.starts_with(arc));
            if bundle { Shape::Bundle } else { Shape::Sequence }
        }
        [first, rest @ ..] if first.tag == tag::INTEGER => with_version(first, rest),
        [first, rest @ ..] if first.tag == tag::SEQUENCE => with_sequence(first, rest),
        _ => Shape::Sequence,
    }
}

/// Bytes that are looked at: an outline is seen in the first few hundred, and an object of many megabytes should
/// not be walked once for each format that asks.
const HEAD: usize = 64 << 10;

/// PKCS#7 (1.2.840.113549.1.7) and the content types of CMS (1.2.840.113549.1.9.16.1).
const BUNDLE_ARCS: [&[u8]; 2] = [
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07],
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01],
];

/// `SEQUENCE { INTEGER … }`: PKCS#12, or a key.
fn with_version(version: &Element<'_>, rest: &[Element<'_>]) -> Shape {
    let authenticated = rest.first().is_some_and(|safe| {
        let inner = leading(safe.content);
        inner.first().is_some_and(|kind| kind.tag == tag::OID && kind.content.starts_with(BUNDLE_ARCS[0]))
    });
    if version.content == [3] && authenticated {
        Shape::Keystore
    } else if version.content.len() > 4 && rest.len() <= 2 && rest.iter().all(|part| part.tag == tag::INTEGER)
    {
        // Modulus and exponent of RSA, or the two or three numbers of DH and DSA parameters.
        Shape::PublicKey
    } else {
        Shape::PrivateKey
    }
}

/// `SEQUENCE { SEQUENCE … }`: something signed, or a key with its algorithm in front.
fn with_sequence(first: &Element<'_>, rest: &[Element<'_>]) -> Shape {
    let parts = leading(first.content);
    let tags: Vec<u8> = parts.iter().map(|part| part.tag).collect();
    let is_time = |octet: &u8| matches!(*octet, tag::UTC_TIME | tag::GENERALIZED_TIME);
    match tags.as_slice() {
        [tag::OID, ..] => match rest.first().map(|next| next.tag) {
            Some(tag::OCTET_STRING) => Shape::PrivateKey,
            Some(tag::BIT_STRING) => Shape::PublicKey,
            _ => Shape::Sequence,
        },
        [tag::SEQUENCE, tag::SEQUENCE, time, ..] if is_time(time) => Shape::RevocationList,
        [tag::INTEGER, tag::SEQUENCE, tag::SEQUENCE, time, ..] if is_time(time) => Shape::RevocationList,
        [tag::INTEGER, tag::SEQUENCE, tag::SEQUENCE]
        | [tag::INTEGER, tag::SEQUENCE, tag::SEQUENCE, 0xa0, ..] => Shape::Request,
        [tag::CONTEXT_0 | tag::INTEGER, ..] => Shape::Certificate,
        _ => Shape::Sequence,
    }
}

/// What an element holds, as far as it is there.
fn content(bytes: &[u8]) -> &[u8] {
    match element(bytes) {
        Ok(whole) => whole.content,
        // The header of a cut element still tells where its content begins.
        Err(_) => {
            let lengths = bytes.get(1).map_or(0, |first| if first & 0x80 != 0 { first & 0x7f } else { 0 });
            bytes.get(2 + usize::from(lengths)..).unwrap_or_default()
        }
    }
}

/// The first elements; the last may be cut.
fn leading(bytes: &[u8]) -> Vec<Element<'_>> {
    let mut found = Vec::new();
    let mut rest = bytes;
    while found.len() < 8 && !rest.is_empty() {
        match element(rest) {
            Ok(next) => {
                found.push(next);
                rest = rest.get(next.whole.len()..).unwrap_or_default();
            }
            Err(_) => {
                let tag = rest.first().copied().unwrap_or_default();
                found.push(Element { tag, content: content(rest), whole: rest });
                break;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlines_are_told_apart() {
        let rows: [(&[u8], Shape); 9] = [
            (&[], Shape::Unknown),
            (&[0x04, 0x00], Shape::Unknown),
            (&[0x30, 0x00], Shape::Sequence),
            (&[0x30, 0x04, 0x30, 0x02, 0xa0, 0x00], Shape::Certificate),
            (&[0x30, 0x06, 0x02, 0x01, 0x00, 0x02, 0x01, 0x05], Shape::PrivateKey),
            (&[0x30, 0x07, 0x30, 0x03, 0x06, 0x01, 0x2a, 0x04, 0x00], Shape::PrivateKey),
            (&[0x30, 0x07, 0x30, 0x03, 0x06, 0x01, 0x2a, 0x03, 0x00], Shape::PublicKey),
            (&[0x30, 0x0b, 0x30, 0x09, 0x02, 0x01, 0x00, 0x30, 0x00, 0x30, 0x00, 0xa0, 0x00], Shape::Request),
            (&[0x30, 0x08, 0x30, 0x06, 0x30, 0x00, 0x30, 0x00, 0x17, 0x00], Shape::RevocationList),
        ];
        for (bytes, expected) in rows {
            assert_eq!(shape(bytes), expected, "{bytes:x?}");
        }
    }

    #[test]
    fn numbers_alone_are_a_public_key_only_where_none_is_left_over() {
        let long: &[u8] = &[0x02, 0x05, 1, 2, 3, 4, 5];
        let sequence = |count: usize| {
            [&[0x30, u8::try_from(7 * count).unwrap()], long.repeat(count).as_slice()].concat()
        };
        assert_eq!(shape(&sequence(2)), Shape::PublicKey);
        assert_eq!(shape(&sequence(3)), Shape::PublicKey);
        assert_eq!(shape(&sequence(5)), Shape::PrivateKey);
    }

    #[test]
    fn a_cut_object_keeps_its_shape() {
        assert_eq!(shape(&[0x30, 0x82, 0x04, 0x00, 0x30, 0x82, 0x03, 0x00, 0xa0, 0x03]), Shape::Certificate);
        assert_eq!(shape(&[0x30, 0x82, 0x04, 0x00, 0x02, 0x01, 0x00, 0x02, 0x82]), Shape::PrivateKey);
    }
}
