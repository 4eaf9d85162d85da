//! What is handed over instead of a certificate: private keys, key stores, requests, revocation lists, public keys.
//!
//! Recognised by magic bytes, outline or label, and answered with what to bring instead. Of a private key or a key
//! store nothing is decoded, quoted or kept, neither content nor label. Of a request the subject is told, of a
//! revocation list its issuer. Empty never occurs: without a sign there is no claim.
//!
//! A text that also holds a certificate belongs to `pem`. A revocation list and a public key have no kind of their
//! own: they are listed as `certificate`, refused, and a note says what they are.
//!
//! Sources: RFC 7468 (labels), RFC 7292 (PKCS#12), OpenJDK `JavaKeyStore` and `JceKeyStore` (magic numbers), PuTTY
//! manual appendix C (key files), RFC 2986 (request), RFC 5280 5.1 (revocation list).

use crate::armour::{self, Announced};
use crate::der::shape::{Shape, shape};
use crate::der::{Elements, name, tag};
use crate::formats::{Claim, Format, How, Parsed, Sample, Share};
use crate::input::{InputState, Kind, Note};
use crate::limits::Limits;
use crate::text::{Class, Text};

/// The format.
pub const FORMAT: Format = Format { name: "keystore", recognise, most: 100, read: How::Whole(read) };

/// What an input is, the most secret first: of several, the first decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    PrivateKey,
    Pkcs12,
    JavaKeystore,
    Request,
    RevocationList,
    PublicKey,
}

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    let found = find(sample)?;
    let thing = found.thing;
    Some(Claim {
        kind: thing.kind(),
        // A key that is a file of its own is nobody else's to read.
        strength: if found.alone { 96 } else { 40 },
        because: thing.because(),
        share: if found.alone { Share::Alone } else { Share::Mixed },
    })
}

fn read(sample: &Sample<'_>, _limits: &Limits) -> Parsed {
    let Some(found) = find(sample) else { return Parsed::default() };
    let mut parsed = Parsed::refused(Note { line: found.line, offset: None, text: found.thing.advice() });
    let told = match found.thing {
        Thing::Request => found.object.and_then(|object| named(&request_subject(&object)?, REQUEST_FOR)),
        Thing::RevocationList => found.object.and_then(|object| named(&list_issuer(&object)?, LIST_OF)),
        _ => None,
    };
    parsed.notes.extend(told.map(Note::whole));
    if found.thing == Thing::Request {
        parsed.state = InputState::Read;
    }
    parsed
}

struct Contents {
    thing: Thing,
    /// Nothing else is in the input.
    alone: bool,
    line: Option<u32>,
    /// The bytes, of things that are not secret.
    object: Option<Vec<u8>>,
}

fn find(sample: &Sample<'_>) -> Option<Contents> {
    if let [a, b, c, d, 0, 0, 0, 1 | 2, ..] = *sample.bytes
        && JAVA_MAGIC.contains(&[a, b, c, d])
    {
        return Some(Contents { thing: Thing::JavaKeystore, alone: true, line: None, object: None });
    }
    if let Some((bytes, _)) = armour::object(sample.bytes, sample.text) {
        let thing = match shape(&bytes) {
            Shape::PrivateKey => Thing::PrivateKey,
            Shape::Keystore => Thing::Pkcs12,
            Shape::Request => Thing::Request,
            Shape::RevocationList => Thing::RevocationList,
            Shape::PublicKey => Thing::PublicKey,
            Shape::Certificate | Shape::Bundle | Shape::Sequence | Shape::Unknown => return None,
        };
        let object = thing.may_be_told().then(|| bytes.into_owned());
        return Some(Contents { thing, alone: true, line: None, object });
    }
    if sample.text.text().trim_start().starts_with(PUTTY) {
        return Some(Contents { thing: Thing::PrivateKey, alone: true, line: Some(1), object: None });
    }
    in_armour(sample)
}

fn in_armour(sample: &Sample<'_>) -> Option<Contents> {
    let blocks = armour::blocks(sample.text);
    let holds_certificates =
        |block: &armour::Block<'_>| matches!(block.announced(), Announced::Certificate | Announced::Bundle);
    if blocks.iter().any(holds_certificates) {
        return None;
    }
    let things = blocks.iter().filter_map(|block| Some((announced(block.announced())?, block)));
    let (thing, block) = things.min_by_key(|(thing, _)| *thing)?;
    let object = if thing.may_be_told() { block.decode().ok() } else { None };
    let alone = armour::prevails(sample.text, &blocks);
    Some(Contents { thing, alone, line: Some(block.line), object })
}

fn announced(announced: Announced) -> Option<Thing> {
    match announced {
        Announced::PrivateKey => Some(Thing::PrivateKey),
        Announced::Keystore => Some(Thing::Pkcs12),
        Announced::Request => Some(Thing::Request),
        Announced::RevocationList => Some(Thing::RevocationList),
        Announced::PublicKey => Some(Thing::PublicKey),
        Announced::Certificate | Announced::Bundle | Announced::Other => None,
    }
}

impl Thing {
    fn may_be_told(self) -> bool {
        matches!(self, Self::Request | Self::RevocationList)
    }

    fn kind(self) -> Kind {
        match self {
            Self::PrivateKey => Kind::PrivateKey,
            Self::Pkcs12 | Self::JavaKeystore => Kind::Keystore,
            Self::Request => Kind::CertificateRequest,
            Self::RevocationList | Self::PublicKey => Kind::Certificate,
        }
    }

    fn because(self) -> Text {
        match self {
            Self::PrivateKey => Text::fixed("a private key", "ein privater Schlüssel"),
            Self::Pkcs12 => Text::fixed("a key store (PKCS#12)", "ein Schlüsselspeicher (PKCS#12)"),
            Self::JavaKeystore => Text::fixed("a Java key store", "ein Java-Schlüsselspeicher"),
            Self::Request => Text::fixed("a certificate request", "eine Zertifikatsanforderung"),
            Self::RevocationList => {
                Text::fixed("a revocation list, not a certificate", "eine Sperrliste, kein Zertifikat")
            }
            Self::PublicKey => {
                Text::fixed("a public key, not a certificate", "ein öffentlicher Schlüssel, kein Zertifikat")
            }
        }
    }

    fn advice(self) -> Text {
        match self {
            Self::PrivateKey => Text::fixed(
                "This is a private key. It was not read and is not shown. It is not needed here: drop the certificate instead. Do not send the key to anyone; if it has left your hands, have the certificate issued anew with another key.",
                "Das ist ein privater Schlüssel. Er wurde nicht gelesen und wird nicht gezeigt. Er wird hier nicht gebraucht: Legen Sie stattdessen das Zertifikat ab. Geben Sie den Schlüssel niemandem; ist er schon in fremden Händen, lassen Sie das Zertifikat mit einem anderen Schlüssel neu ausstellen.",
            ),
            Self::Pkcs12 => Text::fixed(
                "This is a key store (PKCS#12): it holds a private key, and it is locked with a password. It was not opened. Drop the certificate alone instead: openssl pkcs12 -in <file> -nokeys -out certificate.pem",
                "Das ist ein Schlüsselspeicher (PKCS#12): Er enthält einen privaten Schlüssel und ist mit einem Kennwort verschlossen. Er wurde nicht geöffnet. Legen Sie stattdessen nur das Zertifikat ab: openssl pkcs12 -in <file> -nokeys -out certificate.pem",
            ),
            Self::JavaKeystore => Text::fixed(
                "This is a Java key store; it may hold private keys. It was not opened. Drop the certificate alone instead: keytool -exportcert -rfc -alias <name> -keystore <file>",
                "Das ist ein Java-Schlüsselspeicher; er kann private Schlüssel enthalten. Er wurde nicht geöffnet. Legen Sie stattdessen nur das Zertifikat ab: keytool -exportcert -rfc -alias <name> -keystore <file>",
            ),
            Self::Request => Text::fixed(
                "This is a certificate request, not a certificate: a phone compares the hash of the certificate that the CA issues for it. Drop that certificate.",
                "Das ist eine Zertifikatsanforderung, kein Zertifikat: Ein Telefon vergleicht den Hash des Zertifikats, das die Zertifizierungsstelle (CA) daraus ausstellt. Legen Sie dieses Zertifikat ab.",
            ),
            Self::RevocationList => Text::fixed(
                "This is a revocation list (CRL), not a certificate. It was not read further. Drop the certificate itself.",
                "Das ist eine Sperrliste (CRL), kein Zertifikat. Sie wurde nicht weiter gelesen. Legen Sie das Zertifikat selbst ab.",
            ),
            Self::PublicKey => Text::fixed(
                "This is a public key or its parameters, not a certificate. The hash that a phone compares cannot be made from it; drop the certificate.",
                "Das ist ein öffentlicher Schlüssel oder seine Parameter, kein Zertifikat. Der Hash, den ein Telefon vergleicht, lässt sich daraus nicht bilden; legen Sie das Zertifikat ab.",
            ),
        }
    }
}

/// A name in a sentence; nothing where the name is empty.
fn named(name: &str, sentence: Text) -> Option<Text> {
    (!name.is_empty()).then(|| sentence.with("name", Class::Subject, name))
}

/// `SEQUENCE { SEQUENCE { INTEGER, Name …`
fn request_subject(object: &[u8]) -> Option<String> {
    let mut info =
        Elements::of(object).require(tag::SEQUENCE).ok()?.inside().require(tag::SEQUENCE).ok()?.inside();
    info.require(tag::INTEGER).ok()?;
    Some(name::read(info.require(tag::SEQUENCE).ok()?.content).ok()?.text)
}

/// `SEQUENCE { SEQUENCE { INTEGER OPTIONAL, AlgorithmIdentifier, Name …`
fn list_issuer(object: &[u8]) -> Option<String> {
    let mut list =
        Elements::of(object).require(tag::SEQUENCE).ok()?.inside().require(tag::SEQUENCE).ok()?.inside();
    list.optional(tag::INTEGER).ok()?;
    list.require(tag::SEQUENCE).ok()?;
    Some(name::read(list.require(tag::SEQUENCE).ok()?.content).ok()?.text)
}

/// JKS and JCEKS.
const JAVA_MAGIC: [[u8; 4]; 2] = [[0xfe, 0xed, 0xfe, 0xed], [0xce, 0xce, 0xce, 0xce]];
const PUTTY: &str = "PuTTY-User-Key-File-";
const REQUEST_FOR: Text = Text::fixed("It asks for: {name}", "Angefordert wird: {name}");
const LIST_OF: Text = Text::fixed("Its issuer: {name}", "Aussteller: {name}");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::{self, Reading};

    const REQUEST: &str = include_str!("../../tests/samples/certificate/request.pem");
    const LIST: &[u8] = include_bytes!("../../tests/samples/certificate/list.crl");

    fn read(bytes: &[u8]) -> Reading {
        intake::read("x", bytes, &Limits::default())
    }

    fn armoured(label: &str) -> Vec<u8> {
        format!("-----BEGIN {label}-----\nc2VjcmV0c2VjcmV0c2VjcmV0\n-----END {label}-----\n").into_bytes()
    }

    #[test]
    fn keys_and_stores_are_refused_with_advice_and_nothing_of_them_is_kept() {
        const PKCS8: &[u8] = b"\x30\x18\x02\x01\x00\x30\x03\x06\x01\x2a\x04\x0esecretsecretse";
        const PKCS1: &[u8] = b"\x30\x10\x02\x01\x00\x02\x06secret\x02\x03\x01\x00\x01";
        const SEC1: &[u8] = b"\x30\x0b\x02\x01\x01\x04\x06secret";
        const ENCRYPTED: &[u8] = b"\x30\x0d\x30\x03\x06\x01\x2a\x04\x06secret";
        const PKCS12: &[u8] =
            b"\x30\x18\x02\x01\x03\x30\x13\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01\x04\x06secret";
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(
                String::from_utf8(armoured("PRIVATE KEY")).unwrap().encode_utf16().flat_map(u16::to_le_bytes),
            )
            .collect();
        let rows = [
            (armoured("PRIVATE KEY"), Kind::PrivateKey),
            (armoured("RSA PRIVATE KEY"), Kind::PrivateKey),
            (armoured("EC PRIVATE KEY"), Kind::PrivateKey),
            (armoured("ENCRYPTED PRIVATE KEY"), Kind::PrivateKey),
            (armoured("OPENSSH PRIVATE KEY"), Kind::PrivateKey),
            (armoured("PKCS12"), Kind::Keystore),
            ([armoured("CERTIFICATE REQUEST"), armoured("PRIVATE KEY")].concat(), Kind::PrivateKey),
            (utf16, Kind::PrivateKey),
            (b"PuTTY-User-Key-File-2: ssh-rsa\nsecret\n".to_vec(), Kind::PrivateKey),
            (PKCS8.to_vec(), Kind::PrivateKey),
            (PKCS1.to_vec(), Kind::PrivateKey),
            (SEC1.to_vec(), Kind::PrivateKey),
            (ENCRYPTED.to_vec(), Kind::PrivateKey),
            (PKCS12.to_vec(), Kind::Keystore),
            (b"\xfe\xed\xfe\xed\0\0\0\x02secret".to_vec(), Kind::Keystore),
            (b"\xce\xce\xce\xce\0\0\0\x02secret".to_vec(), Kind::Keystore),
        ];
        for (bytes, kind) in rows {
            let reading = read(&bytes);
            let input = &reading.inputs[0];
            assert_eq!((input.kind, input.state), (kind, InputState::Refused), "{bytes:x?}");
            assert!(reading.documents.is_empty());
            assert!(!input.notes[0].text.en().is_empty() && !input.notes[0].text.de().is_empty());
            let shown = serde_json::to_string(&reading).unwrap();
            for word in ["PRIVATE KEY", "c2VjcmV0", "secret", "736563726574"] {
                assert!(!shown.contains(word), "{word}: {shown}");
            }
        }
    }

    #[test]
    fn requests_and_lists_are_named_with_whom_they_concern() {
        let reading = read(REQUEST.as_bytes());
        assert_eq!(reading.inputs[0].kind, Kind::CertificateRequest);
        assert_eq!(reading.inputs[0].notes[1].text.en(), r"It asks for: CN=vpn.example.com,O=Example\, Inc.");
        let reading = read(LIST);
        assert_eq!(
            (reading.inputs[0].kind, reading.inputs[0].state),
            (Kind::Certificate, InputState::Refused)
        );
        assert_eq!(reading.inputs[0].because.en(), "a revocation list, not a certificate");
        assert!(reading.inputs[0].notes[1].text.de().contains("CN=Example Issuing CA"));
        let reading = read(&armoured("PUBLIC KEY"));
        assert!(reading.inputs[0].because.en().contains("public key"));
    }

    #[test]
    fn a_cut_object_does_no_harm() {
        for cut in 0..LIST.len() {
            read(&LIST[..cut]);
        }
        for cut in 0..REQUEST.len() {
            read(&REQUEST.as_bytes()[..cut]);
        }
    }
}
