//! PEM: certificates in any text, a file of its own as well as an e-mail or a recorded session.
//!
//! ```text
//! -----BEGIN CERTIFICATE-----
//! MIIBszCCAVmgAwIBAgIUQ…
//! -----END CERTIFICATE-----
//! ```
//!
//! Empty means a text without a block for certificates or bundles; a text with only a key, a request or a revocation
//! list belongs to `keystore`. A private key beside a certificate is not decoded: a note warns of it.
//!
//! Quirks: `TRUSTED CERTIFICATE` has OpenSSL's trust settings behind the certificate; some tools put a PKCS#7 bundle
//! under the label of a certificate. A block that is cut off gives its certificate only if that is complete.
//!
//! A certificate in the output of `openssl s_client` is marked as one that a server showed.
//!
//! Sources: RFC 7468; [`crate::armour`].

mod s_client;

use crate::armour::{self, Announced, Block, End};
use crate::der::shape::{Shape, shape};
use crate::der::{Fault, bundle, element};
use crate::documents::Holder;
use crate::formats::{Claim, Der, Format, How, Parsed, Sample, Share};
use crate::input::{InputState, Kind, Note};
use crate::limits::Limits;
use crate::text::Text;

/// The format.
pub const FORMAT: Format = Format { name: "pem", recognise, most: 95, read: How::Whole(read) };

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    let blocks = armour::blocks(sample.text);
    let first = blocks.iter().find(|block| holds_certificates(block))?;
    let (label, line) = (first.label, first.line);
    Some(Claim {
        kind: Kind::Certificate,
        strength: if armour::prevails(sample.text, &blocks) { 80 } else { 40 },
        because: BEGIN_IN_LINE.quote("begin", format!("-----BEGIN {label}-----")).number("line", line),
        share: Share::Mixed,
    })
}

fn read(sample: &Sample<'_>, limits: &Limits) -> Parsed {
    let mut parsed = Parsed::default();
    let mut damaged = false;
    let runs = s_client::Runs::of(sample);
    for block in armour::blocks(sample.text) {
        // One more than are kept, so that the intake can say that there are more.
        if parsed.certificates.len() > limits.certificates {
            break;
        }
        let outcome = match block.announced() {
            Announced::Certificate | Announced::Bundle => take(&block, &mut parsed),
            beside => {
                parsed.notes.extend(note_beside(beside).map(|text| Note::line(block.line, text)));
                continue;
            }
        };
        let shown = runs.shown(block.line);
        if let (Some(shown), Some(certificate)) = (shown, parsed.certificates.last_mut())
            && certificate.at.line == block.line
        {
            certificate.holder = Holder::Handshake { server: shown.server, depth: shown.depth };
        }
        if let Err(note) = outcome {
            damaged = true;
            parsed.notes.push(note);
        }
    }
    parsed.state = match (parsed.certificates.is_empty(), damaged) {
        (false, false) => InputState::Read,
        (false, true) => InputState::PartlyRead,
        (true, _) => InputState::Refused,
    };
    parsed
}

fn holds_certificates(block: &Block<'_>) -> bool {
    matches!(block.announced(), Announced::Certificate | Announced::Bundle)
}

/// Takes the certificates of one block, or says why there are none.
fn take(block: &Block<'_>, parsed: &mut Parsed) -> Result<(), Note> {
    let line = block.line;
    let bytes = block.decode().map_err(|damage| {
        Note::line(damage.line, UNREADABLE_BLOCK.number("line", line).nested("text", damage.text.clone()))
    })?;
    if bytes.is_empty() {
        return Err(Note::line(line, EMPTY));
    }
    if block.announced() == Announced::Bundle || shape(&bytes) == Shape::Bundle {
        let found = bundle::certificates(&bytes).map_err(|reason| Note::line(line, reason))?;
        if found.is_empty() {
            return Err(Note::line(line, NO_CERTIFICATE));
        }
        for certificate in found {
            parsed.certificates.push(der(block, certificate.to_vec()));
        }
        return Ok(());
    }
    match shape(&bytes) {
        Shape::Unknown => return Err(Note::line(line, NOT_DER)),
        Shape::PrivateKey | Shape::Keystore => return Err(Note::line(line, PRIVATE_KEY)),
        _ => {}
    }
    let complete = element(&bytes);
    match (block.end, complete) {
        (End::Missing, Err(Fault::Cut { needs: Some(needs), has })) => {
            return Err(Note::line(line, cut_off(needs, has)));
        }
        (End::Missing, Err(_)) => return Err(Note::line(line, NO_END)),
        (End::Missing, Ok(_)) => parsed.notes.push(Note::line(line, NO_END_BUT_COMPLETE)),
        (End::Other, _) => parsed.notes.push(Note::line(line, OTHER_END)),
        (End::Matching, _) => {}
    }
    if let Err(fault) = complete {
        let why = fault.text();
        parsed.certificates.push(der(block, bytes));
        return Err(Note::line(line, DAMAGED.nested("why", why.clone())));
    }
    let certificate = shape(&bytes) == Shape::Certificate;
    parsed.certificates.push(der(block, bytes));
    if certificate { Ok(()) } else { Err(Note::line(line, NOT_A_CERTIFICATE)) }
}

fn der(block: &Block<'_>, bytes: Vec<u8>) -> Der {
    Der { bytes, at: block.at(), holder: Holder::File }
}

/// What to say of a block that stands beside certificates.
fn note_beside(announced: Announced) -> Option<Text> {
    match announced {
        Announced::PrivateKey | Announced::Keystore => Some(PRIVATE_KEY),
        Announced::Request => Some(REQUEST),
        Announced::RevocationList => Some(REVOCATION_LIST),
        Announced::Certificate | Announced::Bundle | Announced::PublicKey | Announced::Other => None,
    }
}

fn cut_off(needs: u64, has: u64) -> Text {
    CUT_OFF.number("has", has).number("needs", needs)
}

const PRIVATE_KEY: Text = Text::fixed(
    "A private key lies in this file. It was not read. It is not needed here; do not send it anywhere.",
    "In dieser Datei liegt ein privater Schlüssel. Er wurde nicht gelesen. Er wird hier nicht gebraucht; geben Sie ihn nicht weiter.",
);
const REQUEST: Text = Text::fixed(
    "A certificate request stands here too. It is not a certificate and has no hash that a phone compares.",
    "Hier steht auch eine Zertifikatsanforderung. Sie ist kein Zertifikat und hat keinen Hash, den ein Telefon vergleicht.",
);
const REVOCATION_LIST: Text = Text::fixed(
    "A revocation list stands here too. It is not a certificate and was not read.",
    "Hier steht auch eine Sperrliste. Sie ist kein Zertifikat und wurde nicht gelesen.",
);
const EMPTY: Text = Text::fixed(
    "The block has no content between BEGIN and END. Export the certificate again.",
    "Der Block hat zwischen BEGIN und END keinen Inhalt. Exportieren Sie das Zertifikat noch einmal.",
);
const NO_CERTIFICATE: Text = Text::fixed(
    "The bundle holds no certificate. Export it again, with its certificates.",
    "Das Bündel enthält kein Zertifikat. Exportieren Sie es noch einmal, mit seinen Zertifikaten.",
);
const NO_END: Text = Text::fixed(
    "The END line is missing, and what is there is not a whole certificate. Copy it again, from BEGIN to END.",
    "Die END-Zeile fehlt, und was da ist, ist kein vollständiges Zertifikat. Kopieren Sie es noch einmal, von BEGIN bis END.",
);
const NO_END_BUT_COMPLETE: Text = Text::fixed(
    "The END line is missing, but the certificate is complete.",
    "Die END-Zeile fehlt, aber das Zertifikat ist vollständig.",
);
const OTHER_END: Text = Text::fixed(
    "BEGIN and END name different things; the block was read all the same.",
    "BEGIN und END benennen Verschiedenes; der Block wurde trotzdem gelesen.",
);
const NOT_DER: Text = Text::fixed(
    "The block can be decoded, but its bytes are not DER, so they are no certificate. Export the certificate again.",
    "Der Block ist dekodierbar, aber seine Bytes sind kein DER, also kein Zertifikat. Exportieren Sie das Zertifikat noch einmal.",
);
const NOT_A_CERTIFICATE: Text = Text::fixed(
    "The label says certificate, but the content is not built like one. Export the certificate again.",
    "Die Überschrift sagt Zertifikat, aber der Inhalt ist nicht wie eines aufgebaut. Exportieren Sie das Zertifikat noch einmal.",
);

const BEGIN_IN_LINE: Text = Text::fixed("{begin} in line {line}", "{begin} in Zeile {line}");
const UNREADABLE_BLOCK: Text = Text::fixed(
    "The certificate block of line {line} cannot be decoded: {text}. Copy it again, from BEGIN to END.",
    "Der Zertifikatsblock aus Zeile {line} ist nicht lesbar: {text}. Kopieren Sie ihn noch einmal, von BEGIN bis END.",
);
const DAMAGED: Text = Text::fixed(
    "The certificate is damaged: {why}. Its hash here is not that of the whole one. Copy it again, from BEGIN to END.",
    "Das Zertifikat ist beschädigt: {why}. Sein Hash hier ist nicht der des vollständigen. Kopieren Sie es noch einmal, von BEGIN bis END.",
);
const CUT_OFF: Text = Text::fixed(
    "The certificate is cut off: {has} of {needs} bytes are there, and the END line is missing. Copy it again, from BEGIN to END.",
    "Das Zertifikat ist abgeschnitten: {has} von {needs} Bytes sind da, und die END-Zeile fehlt. Kopieren Sie es noch einmal, von BEGIN bis END.",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::Content;
    use crate::intake::{self, Reading};

    const VPN: &str = include_str!("../../../tests/samples/certificate/vpn.pem");
    const CA: &str = include_str!("../../../tests/samples/certificate/ca.pem");
    const BUNDLE: &str = include_str!("../../../tests/samples/certificate/chain.p7b.pem");

    fn read(text: &str) -> Reading {
        intake::read("x", text.as_bytes(), &Limits::default())
    }

    /// Line and common name of each certificate.
    fn certificates(reading: &Reading) -> Vec<(u32, String)> {
        let contents = reading.documents.iter().map(|document| &document.content);
        contents
            .filter_map(|content| match content {
                Content::Certificate(found) => {
                    Some((found.at.line, found.fields.as_ref()?.common_names.join("+")))
                }
                _ => None,
            })
            .collect()
    }

    fn vpn(line: u32) -> (u32, String) {
        (line, "vpn.example.com".to_owned())
    }

    fn ca(line: u32) -> (u32, String) {
        (line, "Example Issuing CA".to_owned())
    }

    #[test]
    fn certificates_are_found_in_any_text() {
        let one_line = VPN.replace('\n', "");
        let json = format!("{{\"certificate\": \"{}\"}}", VPN.replace('\n', "\\n"));
        let quoted: String = VPN.lines().map(|line| format!("> {line}\r\n")).collect();
        let rows = [
            (VPN.to_owned(), vec![vpn(1)]),
            (format!("{VPN}{CA}"), vec![vpn(1), ca(25)]),
            (format!("Hello,\nthis is ours:\n\n{VPN}\nRegards\n"), vec![vpn(4)]),
            (VPN.replace('\n', "\r\n"), vec![vpn(1)]),
            (VPN.replace("CERTIFICATE", "X509 CERTIFICATE"), vec![vpn(1)]),
            (VPN.replace("CERTIFICATE", "TRUSTED CERTIFICATE"), vec![vpn(1)]),
            (one_line, vec![vpn(1)]),
            (json, vec![vpn(1)]),
            (quoted, vec![vpn(1)]),
            (BUNDLE.to_owned(), vec![vpn(1), ca(1)]),
            (BUNDLE.replace("PKCS7", "CMS"), vec![vpn(1), ca(1)]),
            (BUNDLE.replace("PKCS7", "CERTIFICATE"), vec![vpn(1), ca(1)]),
        ];
        for (text, expected) in rows {
            let reading = read(&text);
            let mut found = certificates(&reading);
            found.sort_by_key(|(line, name)| (*line, std::cmp::Reverse(name.clone())));
            assert_eq!(found, expected, "{text}");
            assert_eq!(reading.inputs[0].kind, Kind::Certificate);
            assert_eq!(reading.inputs[0].state, InputState::Read);
        }
    }

    #[test]
    fn damage_is_told_with_its_line_and_the_others_are_read() {
        let rows = [
            (VPN.replacen("MII", "M!I", 1), 2, "the character '!' is not base64"),
            (VPN.replacen("MII", "MI=I", 1), 2, "before the end"),
            (VPN.lines().take(5).collect::<Vec<_>>().join("\n") + "\n", 1, "of 1032 bytes are there"),
            ("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n".to_owned(), 1, "no content"),
            ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".to_owned(), 1, "not DER"),
            (
                "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n".to_owned(),
                1,
                "not built like one",
            ),
        ];
        for (text, line, cause) in rows {
            let reading = read(&format!("{text}{CA}"));
            let note = &reading.inputs[0].notes[0];
            assert_eq!(note.line, Some(line), "{note:?}");
            assert!(note.text.en().contains(cause), "{note:?}");
            assert_eq!(reading.inputs[0].state, InputState::PartlyRead);
            assert_eq!(certificates(&reading).len(), 1, "{text}");
        }
    }

    #[test]
    fn a_missing_end_costs_nothing_where_the_certificate_is_complete() {
        let reading = read(VPN.trim_end().trim_end_matches("-----END CERTIFICATE-----"));
        assert_eq!(certificates(&reading), [vpn(1)]);
        assert!(reading.inputs[0].notes[0].text.en().contains("is complete"));
        let reading = read("-----BEGIN CERTIFICATE-----\nAAAA\n");
        assert_eq!(reading.inputs[0].notes.len(), 1);
        assert!(reading.inputs[0].notes[0].text.en().contains("not DER"));
    }

    #[test]
    fn a_key_beside_a_certificate_is_warned_of_and_never_shown() {
        let key =
            "-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0c2VjcmV0c2VjcmV0\n-----END RSA PRIVATE KEY-----\n";
        let one_line = format!("{VPN}{key}").replace('\n', "\\n");
        for text in [format!("{VPN}{key}"), format!("{key}{VPN}"), one_line, format!("{key}{BUNDLE}")] {
            let reading = read(&text);
            assert!(certificates(&reading).iter().any(|(_, name)| name == "vpn.example.com"));
            let note = reading.inputs[0].notes.iter().find(|note| note.text.en().contains("private key"));
            assert!(note.is_some_and(|note| note.text.de().contains("privater Schlüssel")));
            let shown = serde_json::to_string(&reading).unwrap();
            assert!(!shown.contains("PRIVATE KEY") && !shown.contains("c2VjcmV0"), "{shown}");
        }
    }

    #[test]
    fn a_text_that_only_holds_a_certificate_leaves_the_others_their_claim() {
        let strength = |text: &str| {
            let decoded = crate::lines::Decoded::new(text.as_bytes(), 1 << 16);
            let sample =
                Sample { name: "x", command: None, bytes: text.as_bytes(), text: &decoded, complete: true };
            recognise(&sample).map(|claim| claim.strength)
        };
        assert_eq!(strength(VPN), Some(80));
        assert_eq!(strength(&format!("{}{VPN}", "a line of a log\n".repeat(50))), Some(40));
        assert_eq!(strength("no block"), None);
    }

    #[test]
    fn a_text_cut_anywhere_does_no_harm() {
        for cut in 0..VPN.len() {
            read(&VPN[..cut]);
        }
    }
}
