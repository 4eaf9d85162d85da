//! A certificate: DER bytes to names, dates, key and hashes.
//!
//! The file is bare DER (`.cer`, `.crt`, `.der`), or the same as base64 or hexadecimal without armour, as it is
//! copied out of a tool. Several certificates may stand one behind the other.
//!
//! What "empty" means: a certificate without a subject has an empty subject; [`Certificate::fields`] is `None` where
//! the structure is not that of a certificate, and then only the hashes count.
//!
//! Quirks: bytes after the certificate (OpenSSL's trust settings, padding of a copy) belong neither to it nor to its
//! hash; `openssl x509 -fingerprint` does the same. A certificate that is cut has a hash of what is there, which is
//! not the certificate's, and says so.
//!
//! Sources: RFC 5280 4.1; RFC 7468 5 (PEM); Cisco 116162 (certHash: SHA-1 over the whole DER, in base64).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::armour::{self, Written};
use crate::der::shape::{Shape, shape};
use crate::documents::Holder;
use crate::formats::{Claim, Der, Format, How, Parsed, Sample, Share};
use crate::input::{InputState, Kind, Note};
use crate::limits::Limits;
use crate::source::At;
use crate::text::Text;

mod date;
mod extensions;
mod fields;
mod key;
mod signature;

use crate::documents::certificate::Certificate;

/// The format.
pub const FORMAT: Format = Format { name: "x509", recognise, most: 100, read: How::Whole(read) };

/// Decodes one certificate.
pub fn decode(der: &Der, limits: &Limits) -> Certificate {
    let (whole, fault) = fields::first_element(&der.bytes);
    let mut certificate = Certificate {
        at: der.at.clone(),
        holder: der.holder.clone(),
        der_bytes: u32::try_from(whole.len()).unwrap_or(u32::MAX),
        md5: Md5::digest(whole).into(),
        sha1: Sha1::digest(whole).into(),
        sha256: Sha256::digest(whole).into(),
        sha1_of_pem: Sha1::digest(pem(whole)).into(),
        ..Certificate::default()
    };
    let after = der.bytes.len().saturating_sub(whole.len());
    if after > 0 {
        certificate.notes.push(BYTES_FOLLOW.number("after", after));
    }
    if whole.len() as u64 > limits.der {
        certificate.notes.push(over_limit(whole.len(), limits.der));
        return certificate;
    }
    match fault.map_or_else(|| fields::read(whole), Err) {
        Ok(found) => {
            certificate.sha1_of_key = Sha1::digest(&found.key).into();
            certificate.fields = Some(found.fields);
            certificate.notes.extend(found.notes);
        }
        Err(reason) => {
            let why = reason.text();
            certificate.notes.push(if fault.is_some() {
                DAMAGED.nested("why", why.clone())
            } else {
                NO_CERTIFICATE.nested("why", why.clone())
            });
        }
    }
    certificate
}

fn over_limit(bytes: usize, limit: u64) -> Text {
    TOO_LARGE.number("bytes", bytes).number("limit", limit)
}

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    let (bytes, written) = armour::object(sample.bytes, sample.text)?;
    matches!(shape(&bytes), Shape::Certificate | Shape::Sequence).then(|| Claim {
        kind: Kind::Certificate,
        strength: 95,
        because: match written {
            Written::Binary => BINARY,
            Written::Text => TEXT,
        },
        share: Share::Alone,
    })
}

fn read(sample: &Sample<'_>, limits: &Limits) -> Parsed {
    let Some((bytes, written)) = armour::object(sample.bytes, sample.text) else { return Parsed::default() };
    let mut parsed = Parsed { state: InputState::Read, ..Parsed::default() };
    let mut from = 0;
    while let Some(rest) = bytes.get(from..) {
        let length = fields::first_element(rest).0.len();
        let (own, after) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        let another = shape(after) == Shape::Certificate;
        let der = Der {
            bytes: if another { own } else { rest }.to_vec(),
            at: match written {
                Written::Binary => At::byte(from as u64),
                Written::Text => At::line(1, 0, ""),
            },
            holder: Holder::File,
        };
        // What is over the limit is hashed once, by the intake.
        if own.len() as u64 <= limits.der {
            let decoded = decode(&der, limits);
            if decoded.fields.is_none() {
                parsed.state = InputState::PartlyRead;
            }
            parsed.notes.extend(decoded.notes.into_iter().map(|text| Note::byte(from as u64, text)));
        } else {
            parsed.state = InputState::PartlyRead;
            parsed.notes.push(Note::byte(from as u64, over_limit(own.len(), limits.der)));
        }
        parsed.certificates.push(der);
        from += length;
        if !another || parsed.certificates.len() > limits.certificates {
            break;
        }
    }
    parsed
}

/// The certificate as OpenSSL writes it in PEM.
fn pem(der: &[u8]) -> String {
    let body = STANDARD.encode(der);
    let mut text = String::with_capacity(body.len() + body.len() / 64 + 60);
    text.push_str("-----BEGIN CERTIFICATE-----\n");
    for line in body.as_bytes().chunks(64) {
        text.push_str(&String::from_utf8_lossy(line));
        text.push('\n');
    }
    text.push_str("-----END CERTIFICATE-----\n");
    text
}

const BINARY: Text =
    Text::fixed("DER, the binary form of a certificate", "DER, die Binärform eines Zertifikats");
const TEXT: Text = Text::fixed(
    "a certificate's DER as base64 or hexadecimal, without BEGIN and END",
    "DER eines Zertifikats als Base64 oder hexadezimal, ohne BEGIN und END",
);

const BYTES_FOLLOW: Text = Text::fixed(
    "{after} bytes follow the certificate; they belong neither to it nor to its hash.",
    "Hinter dem Zertifikat stehen {after} Bytes; sie gehören weder zu ihm noch zu seinem Hash.",
);
const DAMAGED: Text = Text::fixed(
    "The data are damaged: {why}. The hashes are those of what is there, not those of the certificate. Export it again and drop that.",
    "Die Daten sind beschädigt: {why}. Die Hashes gelten für das Vorhandene, nicht für das Zertifikat. Exportieren Sie es noch einmal und legen Sie das ab.",
);
const NO_CERTIFICATE: Text = Text::fixed(
    "This is not built like a certificate: {why}. Only its hashes are shown. Is it the file that you meant?",
    "Das ist nicht wie ein Zertifikat aufgebaut: {why}. Nur die Hashes werden gezeigt. Ist es die Datei, die Sie meinten?",
);
const TOO_LARGE: Text = Text::fixed(
    "It has {bytes} bytes; fields are read up to {limit}. Only its hashes are shown.",
    "Es hat {bytes} Bytes; Felder werden bis {limit} gelesen. Nur die Hashes werden gezeigt.",
);

#[cfg(test)]
mod tests {

    use super::*;
    use crate::documents::Content;
    use crate::hex::encode as hex;
    use crate::intake::{self, Reading};

    const VPN: &[u8] = include_bytes!("../../../tests/samples/certificate/vpn.der");

    fn read(bytes: &[u8]) -> Reading {
        intake::read("x", bytes, &Limits::default())
    }

    fn certificates(reading: &Reading) -> Vec<&Certificate> {
        let contents = reading.documents.iter().map(|document| &document.content);
        contents
            .filter_map(|content| match content {
                Content::Certificate(found) => Some(found.as_ref()),
                _ => None,
            })
            .collect()
    }

    fn der(bytes: Vec<u8>) -> Der {
        Der { bytes, ..Der::default() }
    }

    /// An element with a long length, so that contents of any size fit.
    fn wrap(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
        let content = parts.concat();
        let length = u32::try_from(content.len()).unwrap().to_be_bytes();
        [&[tag, 0x84], length.as_slice(), content.as_slice()].concat()
    }

    #[test]
    fn hashes_are_those_that_openssl_prints() {
        let certificate = decode(&der(VPN.to_vec()), &Limits::default());
        assert_eq!(hex(&certificate.md5), "750834a3187fd24066ae40b4ab7843c8");
        assert_eq!(hex(&certificate.sha1), "4af9b0f195b67768c55b1b3269c5436dbd591d52");
        assert_eq!(
            hex(&certificate.sha256),
            "712d7e7f9fa2cab5508f001b17d617b5dc3b964c8cd0c039329d7901e8bfd7b0"
        );
        assert_eq!(hex(&certificate.sha1_of_pem), "72e32de9d4c81675670e86a65eb0ef95412d15d3");
        assert_eq!(hex(&certificate.sha1_of_key), "13c806e7138ffb20b317cb6f597ab40846caa8d2");
        assert_eq!(certificate.der_bytes, 1032);
    }

    #[test]
    fn every_field_is_read() {
        let certificate = decode(&der(VPN.to_vec()), &Limits::default());
        assert!(certificate.notes.is_empty(), "{:?}", certificate.notes);
        let fields = certificate.fields.unwrap();
        assert_eq!(fields.subject, r"CN=vpn.example.com,OU=Telefonie München,O=Example\, Inc.,C=DE");
        assert_eq!(fields.issuer, r"CN=Example Issuing CA,O=Example\, Inc.,C=DE");
        assert_eq!(fields.common_names, ["vpn.example.com"]);
        assert_eq!((fields.serial.as_str(), fields.version), ("a1b", 3));
        assert_eq!((fields.not_before, fields.not_after), (Some(1_767_225_600), Some(1_798_761_600)));
        assert_eq!((fields.key.as_str(), fields.elliptic), ("RSA 2048", false));
        assert_eq!(fields.signature, "ecdsa-with-SHA256");
        assert_eq!(fields.dns_names, ["vpn.example.com", "vpn2.example.com"]);
        assert_eq!(fields.addresses, ["192.0.2.1", "2001:db8::1"]);
        assert_eq!(fields.other_names, ["email:voice@example.com", "URI:https://vpn.example.com/phone"]);
        assert_eq!((fields.self_signed, fields.ca), (false, false));
        assert_eq!(fields.subject_key_id, "b97b86a687a074dc8a8f6c7b140dd71213282e31");
        assert_eq!(fields.authority_key_id, "93c951c25d304632087f986357686160 8307d8bd".replace(' ', ""));
        let detail = |title: &str| {
            fields.details.iter().find(|(name, _)| name.en() == title).map(|(_, value)| value.as_str())
        };
        let rows = [
            ("Public exponent", "65537"),
            ("Valid from", "2026-01-01T00:00:00Z"),
            ("Basic constraints (critical)", "cA=FALSE"),
            ("Key usage (critical)", "digitalSignature, keyEncipherment"),
            ("Extended key usage", "serverAuth, ipsecIKE"),
            (
                "Authority information access",
                "OCSP URI:http://ocsp.example.com, caIssuers URI:http://example.com/ca.cer",
            ),
            ("CRL distribution points", "URI:http://example.com/ca.crl"),
            ("Certificate policies", "CA/B domain validated"),
            ("1.3.6.1.4.1.99999.1", "0102ff"),
        ];
        for (title, value) in rows {
            assert_eq!(detail(title), Some(value), "{title}");
        }
    }

    #[test]
    fn a_file_is_recognised_in_every_notation() {
        let base64 = STANDARD.encode(VPN);
        let hexadecimal = hex(VPN);
        for bytes in [VPN, base64.as_bytes(), hexadecimal.as_bytes()] {
            let reading = read(bytes);
            assert_eq!(reading.inputs[0].kind, Kind::Certificate);
            assert_eq!(reading.inputs[0].state, InputState::Read);
            assert_eq!(hex(&certificates(&reading)[0].sha1), "4af9b0f195b67768c55b1b3269c5436dbd591d52");
        }
    }

    #[test]
    fn what_follows_is_not_hashed_and_a_second_certificate_is_read() {
        let reading = read(&[VPN, b"\0\0"].concat());
        let found = certificates(&reading);
        assert_eq!(hex(&found[0].sha1), "4af9b0f195b67768c55b1b3269c5436dbd591d52");
        assert!(found[0].notes[0].en().contains("2 bytes follow"));
        assert!(reading.inputs[0].notes[0].text.en().contains("2 bytes follow"));
        let twice = [VPN, VPN].concat();
        let reading = read(&twice);
        let found = certificates(&reading);
        assert_eq!(found.iter().map(|one| one.at.offset).collect::<Vec<_>>(), [0, 1032]);
        assert!(found.iter().all(|one| one.notes.is_empty() && one.fields.is_some()));
    }

    #[test]
    fn a_certificate_cut_anywhere_is_listed_with_the_reason() {
        for cut in 2..VPN.len() {
            let reading = read(&VPN[..cut]);
            assert_eq!(reading.inputs[0].state, InputState::PartlyRead, "{cut}");
            let found = certificates(&reading);
            assert!(
                found[0].fields.is_none() && found[0].notes[0].en().contains("1032 bytes") || cut < 4,
                "{cut}"
            );
        }
    }

    #[test]
    fn a_broken_field_costs_only_itself() {
        let date = VPN.windows(13).position(|window| window == b"270101000000Z").unwrap();
        let mut bytes = VPN.to_vec();
        bytes[date + 2] = b'9';
        let certificate = decode(&der(bytes), &Limits::default());
        let fields = certificate.fields.unwrap();
        assert_eq!((fields.not_before, fields.not_after), (Some(1_767_225_600), None));
        assert!(certificate.notes[0].en().contains("is not a date"), "{:?}", certificate.notes);
        assert_eq!(fields.dns_names.len(), 2);
    }

    #[test]
    fn no_damaged_byte_does_harm() {
        for at in 0..VPN.len() {
            for value in [0, 0x30, 0x80, 0xff] {
                let mut bytes = VPN.to_vec();
                bytes[at] = value;
                decode(&der(bytes), &Limits::default());
            }
        }
    }

    #[test]
    fn ten_thousand_names_are_read_at_once() {
        let names: Vec<Vec<u8>> =
            (0..10_000).map(|number| wrap(0x82, &[format!("host{number}.example.com").as_bytes()])).collect();
        let names: Vec<&[u8]> = names.iter().map(Vec::as_slice).collect();
        let san = wrap(0x04, &[&wrap(0x30, &names)]);
        let list = wrap(0xa3, &[&wrap(0x30, &[&wrap(0x30, &[&[0x06, 3, 0x55, 0x1d, 0x11], &san])])]);
        let algorithm: &[u8] = &[0x30, 5, 0x06, 3, 0x2b, 0x65, 0x70];
        let dates = wrap(0x30, &[b"\x17\x0d260101000000Z", b"\x17\x0d270101000000Z"]);
        let key = wrap(0x30, &[algorithm, &[0x03, 1, 0]]);
        let signed = wrap(0x30, &[&[2, 1, 1], algorithm, &[0x30, 0], &dates, &[0x30, 0], &key, &list]);
        let whole = wrap(0x30, &[&signed, algorithm, &[0x03, 1, 0]]);
        let certificate = decode(&der(whole), &Limits::default());
        let fields = certificate.fields.unwrap();
        assert_eq!((fields.dns_names.len(), fields.key.as_str()), (10_000, "Ed25519"));
        assert_eq!(fields.signature, "ED25519");
        assert_eq!((fields.subject.as_str(), fields.self_signed), ("", true));
        let shown = &fields.details.last().unwrap().1;
        assert!(shown.ends_with(", … (+9900)"), "{shown}");
    }

    #[test]
    fn a_certificate_over_the_limit_is_hashed_only() {
        let limits = Limits { der: 100, ..Limits::default() };
        let certificate = decode(&der(VPN.to_vec()), &limits);
        assert_eq!(hex(&certificate.sha1), "4af9b0f195b67768c55b1b3269c5436dbd591d52");
        assert!(certificate.fields.is_none() && certificate.notes[0].en().contains("1032 bytes"));
    }
}
