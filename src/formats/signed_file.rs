//! The signature header that CUCM puts before a phone's file: `.cnf.xml.sgn`, and `.cnf.xml.enc.sgn`.
//!
//! ```text
//! 01 0002 01 00 02 0002 01a4 …  version 1.0: the clear text begins at byte 0x1a4, and is handed out
//! 01 0002 02 00 02 0002 0304 …  version 2.0: the body is encrypted with a key that only the phone can unwrap
//! ```
//!
//! Empty means: a field keeps its default where the header does not have it, or breaks off before it.
//!
//! Quirks: the name in the header is the one under which the file was signed, so it tells the phone even where
//! the file was renamed. The signature itself is not verified here.
//!
//! Sources: usecallmanager certutils (sgnfile, stripsgn, enccnf); CUCM security guide, TFTP encryption.

use crate::documents::Content;
use crate::documents::signed_file::SignedFile;
use crate::formats::{Claim, Format, How, Member, Parsed, Sample, Share, Sink, hand_out};
use crate::input::{InputState, Kind, Note};
use crate::limits::Limits;
use crate::text::{Class, Text};
use crate::tlv::{self, Header};

/// The format.
pub const FORMAT: Format = Format { name: "signed_file", recognise, most: 100, read: How::Holder(read) };

/// The version of a trust list's header, which is another format.
const TRUST_LIST: (u8, u8) = (1, 2);
const SIGNED: (u8, u8) = (1, 0);
const ENCRYPTED: (u8, u8) = (2, 0);

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    let version = tlv::version(sample.bytes)?;
    if version == TRUST_LIST {
        return None;
    }
    let kind = if version.0 == ENCRYPTED.0 { Kind::PhoneConfigEncrypted } else { Kind::PhoneConfig };
    let (major, minor) = version;
    let because = SIGNATURE_HEADER.number("major", major).number("minor", minor);
    Some(Claim { kind, strength: 100, because, share: Share::Alone })
}

fn read(sample: &Sample<'_>, _limits: &Limits, sink: &mut dyn Sink) -> Parsed {
    let mut header = tlv::header(sample.bytes);
    // The version is known from the first bytes even where the header breaks off behind them.
    header.version = tlv::version(sample.bytes).unwrap_or(header.version);
    let encrypted = header.version.0 == ENCRYPTED.0;
    let mut notes = std::mem::take(&mut header.notes);
    let mut state = if notes.is_empty() { InputState::Read } else { InputState::PartlyRead };
    if !matches!(header.version, SIGNED | ENCRYPTED) {
        notes.push(Note::byte(3, OTHER_VERSION));
        state = InputState::PartlyRead;
    }
    if encrypted {
        notes.push(Note::whole(explain(&header)));
        state = InputState::Refused;
    } else {
        let (from, moved) = clear_text(sample.bytes, header.body);
        if moved {
            notes.push(Note::byte(from as u64, BODY_ELSEWHERE));
            state = InputState::PartlyRead;
        }
        let bytes = sample.bytes.get(from..).unwrap_or_default();
        if bytes.is_empty() {
            notes.push(Note::byte(sample.bytes.len() as u64, NO_BODY));
            state = InputState::PartlyRead;
        } else {
            hand_out(sink, Member { name: clear_name(&header, sample.name), ..Member::default() }, bytes);
        }
    }
    let signed = SignedFile {
        version: header.version,
        header_bytes: u32::from(header.length),
        signer: header.signer,
        serial: header.serial,
        issuer: header.issuer,
        hash_algorithm: header.hash_algorithm,
        file_name: header.file_name,
        signed_at: header.signed_at,
        encrypted,
    };
    Parsed { documents: vec![Content::SignedFile(signed)], notes, state, ..Parsed::default() }
}

/// Where the clear text begins. A damaged header may point elsewhere: then the first tag after the point that it
/// has is looked for, and failing that in the whole file.
fn clear_text(bytes: &[u8], stated: usize) -> (usize, bool) {
    let body = bytes.get(stated..).unwrap_or_default();
    let first = body.iter().find(|byte| !byte.is_ascii_whitespace());
    if first == Some(&b'<') {
        return (stated, false);
    }
    let begins = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        let tags: [&[u8]; 3] = [b"<?xml", b"<device", b"<Default"];
        tags.iter().filter_map(|tag| memchr::memmem::find(rest, tag)).min().map(|at| from + at)
    };
    match begins(0) {
        Some(from) => (from, true),
        None => (stated, false),
    }
}

/// The name of the file inside.
fn clear_name(header: &Header, outer: &str) -> String {
    let name = if header.file_name.is_empty() { outer } else { &header.file_name };
    name.strip_suffix(".sgn").unwrap_or(name).to_owned()
}

/// What can be known of an encrypted file, and how to get the rest.
fn explain(header: &Header) -> Text {
    let unknown = |name: &str| if name.is_empty() { "?".to_owned() } else { name.to_owned() };
    ENCRYPTED_BODY.with("name", Class::File, unknown(&header.file_name)).with(
        "signer",
        Class::Subject,
        unknown(&header.signer),
    )
}

const BODY_ELSEWHERE: Text = Text::fixed(
    "The header's length does not lead to the configuration; it was found at this byte.",
    "Die Länge im Signaturkopf führt nicht zur Konfiguration; sie wurde an diesem Byte gefunden.",
);
const ENCRYPTED_BODY: Text = Text::fixed(
    "This configuration is encrypted for one phone, and only that phone's key opens it. Without the key the header tells: file {name}, signer {signer}, and when it was signed. To see the VPN settings, either uncheck TFTP Encrypted Config in the phone's security profile in CUCM for a test, apply the configuration and download SEP….cnf.xml.sgn again, or read the hash that the phone computes (“Leaf cert hash”) in its console log.",
    "Diese Konfiguration ist für ein einziges Telefon verschlüsselt, und nur dessen Schlüssel öffnet sie. Ohne ihn sagt der Signaturkopf: Datei {name}, unterzeichnet von {signer}, und wann. Um die VPN-Einstellungen zu sehen, schalten Sie entweder zum Test im Sicherheitsprofil des Telefons im CUCM TFTP Encrypted Config aus, wenden die Konfiguration an und laden SEP….cnf.xml.sgn erneut herunter, oder Sie lesen den Hash, den das Telefon bildet („Leaf cert hash“), in seinem Konsolenprotokoll.",
);
const NO_BODY: Text = Text::fixed(
    "The file ends with its signature header: the configuration behind it is missing. Download the file again.",
    "Die Datei endet mit ihrem Signaturkopf: Die Konfiguration dahinter fehlt. Laden Sie die Datei erneut herunter.",
);
const OTHER_VERSION: Text = Text::fixed(
    "This version of the signature header is not known; it was read like version 1.0.",
    "Diese Version des Signaturkopfs ist nicht bekannt; sie wurde wie Version 1.0 gelesen.",
);

const SIGNATURE_HEADER: Text = Text::fixed(
    "signature header of version {major}.{minor} in the first bytes",
    "Signaturkopf der Version {major}.{minor} in den ersten Bytes",
);

#[cfg(test)]
mod tests {

    use super::*;
    use crate::lines::Decoded;
    use crate::testing::Kept;
    use crate::tlv::element_of as element;

    const XML: &[u8] = b"<?xml version=\"1.0\"?>\n<device><fullConfig>true</fullConfig></device>\n";

    /// A signed file as CUCM writes it, with a signature of zeros.
    fn signed(version: [u8; 2], body: &[u8]) -> Vec<u8> {
        let mut signer = element(4, b"CN=cucm-pub,O=Example\0");
        signer.extend(element(6, b"CN=Example CA\0"));
        signer.extend(element(5, &[0x0a, 0x1b]));
        let mut tail = element(3, &signer);
        tail.extend([7, 0, 15]);
        tail.extend(element(8, &[3]));
        tail.extend([9, 0, 8]);
        tail.extend(element(10, &[0]));
        tail.extend(element(11, &[2]));
        tail.extend(element(12, &[0; 256]));
        tail.extend(element(14, b"SEP001122334455.cnf.xml.sgn\0"));
        tail.extend(element(15, &1_700_000_000_u32.to_be_bytes()));
        tail.extend([13, 13]);
        let mut bytes = element(1, &version);
        let length = u16::try_from(bytes.len() + 5 + tail.len()).unwrap();
        bytes.extend(element(2, &length.to_be_bytes()));
        bytes.extend(tail);
        bytes.extend(body);
        bytes
    }

    type Understood = (Option<Claim>, Parsed, SignedFile, Vec<(Member, Vec<u8>)>);

    fn understood(bytes: &[u8]) -> Understood {
        let text = Decoded::default();
        let sample = Sample { name: "x.sgn", command: None, bytes, text: &text, complete: true };
        let claim = recognise(&sample);
        let mut kept = Kept::default();
        let parsed = read(&sample, &Limits::default(), &mut kept);
        let [Content::SignedFile(file)] = parsed.documents.as_slice() else { panic!("one document") };
        let file = file.clone();
        (claim, parsed, file, kept.members)
    }

    #[test]
    fn the_header_is_read_and_the_clear_text_handed_back() {
        let (claim, parsed, file, members) = understood(&signed([1, 0], XML));
        let claim = claim.expect("a claim");
        assert_eq!((claim.kind, claim.strength, claim.share), (Kind::PhoneConfig, 100, Share::Alone));
        assert_eq!((parsed.state, parsed.notes.len()), (InputState::Read, 0));
        assert_eq!((file.version, file.hash_algorithm, file.encrypted), ((1, 0), Some(3), false));
        assert_eq!((file.signer.as_str(), file.issuer.as_str()), ("CN=cucm-pub,O=Example", "CN=Example CA"));
        assert_eq!((file.serial.as_str(), file.signed_at), ("0a1b", Some(1_700_000_000)));
        assert_eq!(file.file_name, "SEP001122334455.cnf.xml.sgn");
        let [(member, bytes)] = members.as_slice() else { panic!("one member") };
        assert_eq!((member.name.as_str(), bytes.as_slice()), ("SEP001122334455.cnf.xml", XML));
    }

    #[test]
    fn an_encrypted_file_is_refused_with_what_can_be_known() {
        let (claim, parsed, file, members) = understood(&signed([2, 0], &[0xaa; 64]));
        assert_eq!(claim.map(|claim| claim.kind), Some(Kind::PhoneConfigEncrypted));
        assert_eq!((parsed.state, file.encrypted, members.len()), (InputState::Refused, true, 0));
        let note = &parsed.notes[0].text;
        assert!(note.en().contains("SEP001122334455.cnf.xml.sgn") && note.en().contains("Leaf cert hash"));
        assert!(note.de().contains("CN=cucm-pub") && !note.de().contains('{'));
    }

    #[test]
    fn a_wrong_length_and_an_unknown_version_are_noted() {
        let mut bytes = signed([1, 0], XML);
        bytes[9] = bytes[9].wrapping_add(9);
        let (_, parsed, _, members) = understood(&bytes);
        assert_eq!((parsed.state, members[0].1.as_slice()), (InputState::PartlyRead, XML));
        let (_, parsed, file, members) = understood(&signed([1, 7], XML));
        assert_eq!((parsed.notes[0].offset, file.version, members.len()), (Some(3), (1, 7), 1));
    }

    #[test]
    fn a_file_cut_at_any_byte_says_where() {
        let bytes = signed([1, 0], XML);
        let body = bytes.len() - XML.len();
        for cut in 7..body {
            let (claim, parsed, _, members) = understood(&bytes[..cut]);
            assert!(claim.is_some() && members.is_empty(), "{cut}");
            assert!(
                parsed.notes.iter().all(|note| note.offset.is_some()) && !parsed.notes.is_empty(),
                "{cut}"
            );
            assert_eq!(parsed.state, InputState::PartlyRead);
        }
    }

    #[test]
    fn a_trust_list_is_not_claimed() {
        assert_eq!(understood(&signed([1, 2], b"")).0, None);
    }
}
