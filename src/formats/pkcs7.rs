//! PKCS#7 and CMS: the certificates of a binary bundle (`.p7b`, `.p7c`), or of one in bare base64.
//!
//! An empty bundle is one without certificates; it says so. Bundles in armour are read by `pem`.
//!
//! Quirk: `openssl` writes indefinite lengths (BER) when it streams; they are read, and a note says so, because other
//! tools refuse them.
//!
//! Source: RFC 5652; [`crate::der::bundle`].

use crate::armour::{self, Written};
use crate::der::bundle;
use crate::der::shape::{Shape, shape};
use crate::documents::Holder;
use crate::formats::{Claim, Der, Format, How, Parsed, Sample, Share};
use crate::input::{InputState, Kind, Note};
use crate::limits::Limits;
use crate::source::At;
use crate::text::Text;

/// The format.
pub const FORMAT: Format = Format { name: "pkcs7", recognise, most: 100, read: How::Whole(read) };

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    let (bytes, _) = armour::object(sample.bytes, sample.text)?;
    (shape(&bytes) == Shape::Bundle).then(|| Claim {
        kind: Kind::Certificate,
        strength: 95,
        because: Text::fixed("a PKCS#7 or CMS bundle", "ein PKCS#7- oder CMS-Bündel"),
        share: Share::Alone,
    })
}

fn read(sample: &Sample<'_>, limits: &Limits) -> Parsed {
    let Some((bytes, written)) = armour::object(sample.bytes, sample.text) else { return Parsed::default() };
    let found = match bundle::certificates(&bytes) {
        Ok(found) => found,
        Err(reason) => return Parsed::refused(Note::whole(reason)),
    };
    let mut parsed = Parsed { state: InputState::Read, ..Parsed::default() };
    if found.is_empty() {
        parsed.notes.push(Note::whole(NO_CERTIFICATE));
    }
    if bytes.starts_with(&[0x30, 0x80]) {
        parsed.notes.push(Note::whole(INDEFINITE));
    }
    // One more than are kept, so that the intake can say that there are more.
    for certificate in found.into_iter().take(limits.certificates.saturating_add(1)) {
        let at = match written {
            Written::Binary => At::byte(offset(&bytes, certificate)),
            Written::Text => At::line(1, 0, ""),
        };
        parsed.certificates.push(Der { bytes: certificate.to_vec(), at, holder: Holder::File });
    }
    parsed
}

/// Where a part of the bytes begins in them.
fn offset(bytes: &[u8], part: &[u8]) -> u64 {
    memchr::memmem::find(bytes, part).unwrap_or_default() as u64
}

const NO_CERTIFICATE: Text = Text::fixed(
    "The bundle holds no certificate. Export it again, with its certificates.",
    "Das Bündel enthält kein Zertifikat. Exportieren Sie es noch einmal, mit seinen Zertifikaten.",
);
const INDEFINITE: Text = Text::fixed(
    "The bundle is written with indefinite lengths (BER). It was read; some tools refuse it.",
    "Das Bündel ist mit unbestimmten Längen geschrieben (BER). Es wurde gelesen; manche Programme lehnen es ab.",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::Content;
    use crate::intake;

    const CHAIN: &[u8] = include_bytes!("../../tests/samples/certificate/chain.p7b");
    const STREAMED: &[u8] = include_bytes!("../../tests/samples/certificate/chain-ber.p7b");

    #[test]
    fn a_bundle_gives_its_certificates() {
        let base64 = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, CHAIN);
        for bytes in [CHAIN, STREAMED, base64.as_bytes()] {
            let reading = intake::read("x", bytes, &Limits::default());
            assert_eq!(
                (reading.inputs[0].kind, reading.inputs[0].state),
                (Kind::Certificate, InputState::Read)
            );
            let mut names = Vec::new();
            for document in &reading.documents {
                let Content::Certificate(found) = &document.content else { panic!("{document:?}") };
                names.push(found.fields.as_ref().unwrap().common_names.join("+"));
            }
            names.sort();
            assert_eq!(names, ["Example Issuing CA", "vpn.example.com"]);
            let told = reading.inputs[0].notes.iter().any(|note| note.text.en().contains("BER"));
            assert_eq!(told, bytes == STREAMED);
        }
    }

    #[test]
    fn a_bundle_cut_anywhere_says_so_and_does_no_harm() {
        for whole in [CHAIN, STREAMED] {
            for cut in 16..whole.len() {
                let reading = intake::read("x", &whole[..cut], &Limits::default());
                assert_eq!(reading.inputs[0].state, InputState::Refused, "{cut}");
                assert!(!reading.inputs[0].notes.is_empty());
            }
        }
    }
}
