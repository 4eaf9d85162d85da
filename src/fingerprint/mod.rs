//! Certificate hashes in any notation: read, convert, compare, and say why two differ.
//!
//! ```text
//! SHA1 Fingerprint=E5:7E:81:EA:…     908: NOT 10:19:27.375718 SECD: Leaf cert hash = 1289B8A7…
//! <certHash1>5X6B6plUwUSX…=</…>      Fingerprint:     dbc1e67d 061ff7f2 9f9b3a10 63fc7912
//! ```
//!
//! A person's text may hold several labelled hashes: IOS prints MD5 and SHA-1 one under the other. Text without
//! any hash gives one invalid [`Value`] that says what it looks like.
//!
//! Quirks: an ASA prints MD5 and does not say so, so the length decides and a label is only checked against it.
//! The Windows dialog puts U+200E in front, which becomes `?` in an ANSI program (dotnet/corefx#31463). Forty hex
//! digits are valid base64 as well: hex wins. A phone compares SHA-1 over the DER certificate, written as base64
//! in its configuration: 28 characters that end in `=`.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::{Deserialize, Serialize};

use crate::source::excerpt;
use crate::text::Text;

mod clean;
mod compare;
mod near;
mod notation;
mod phone_hash;
mod suspect;

pub use compare::{KnownCertificate, Verdict, VerdictState, compare};
pub use near::difference;
pub use phone_hash::{Malformed, phone_hash};

/// A hash function, told apart by the length of what it makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Algorithm {
    /// 16 bytes; what `crypto ca authenticate` prints on an ASA.
    Md5,
    /// 20 bytes; what a phone compares.
    Sha1,
    /// 32 bytes.
    Sha256,
    /// 64 bytes.
    Sha512,
}

impl Algorithm {
    /// Every algorithm, the shortest first.
    pub const ALL: [Self; 4] = [Self::Md5, Self::Sha1, Self::Sha256, Self::Sha512];

    /// Length of a hash in bytes.
    pub const fn bytes(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha512 => 64,
        }
    }

    /// The id in reports.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Md5 => "md5",
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
        }
    }

    /// What a person calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Sha1 => "SHA-1",
            Self::Sha256 => "SHA-256",
            Self::Sha512 => "SHA-512",
        }
    }

    /// The algorithm whose hashes have this many bytes.
    pub fn of_length(bytes: usize) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.bytes() == bytes)
    }
}

/// Whether a text could be read as a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It is a hash.
    Hash,
    /// It is none.
    Invalid,
}

/// How a hash was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notation {
    /// `e57e81ea9954…`
    Hex,
    /// `E5:7E:81:…`
    HexColons,
    /// `e5 7e 81 …`
    HexSpaces,
    /// `E5-7E-81-…`
    HexDashes,
    /// `e57e.81ea.…`
    HexDots,
    /// `E57E81EA 9954C144 …`, as Cisco devices print it.
    HexGroups,
    /// `0xe5,0x7e,…`, `\xe5\x7e…`: bytes in a program.
    HexBytes,
    /// `xxd`, `od`, `hexdump -C`.
    HexDump,
    /// `5X6B6plUwUSXZnjQ4kGM33mpMXY=`
    Base64,
    /// The same without the padding.
    Base64Unpadded,
    /// With `-` and `_` in place of `+` and `/` (RFC 4648, section 5).
    Base64UrlSafe,
    /// With `%2B`, `%2F` and `%3D`.
    Base64Percent,
}

impl Notation {
    /// The id in reports.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Hex => "hex",
            Self::HexColons => "hex-colons",
            Self::HexSpaces => "hex-spaces",
            Self::HexDashes => "hex-dashes",
            Self::HexDots => "hex-dots",
            Self::HexGroups => "hex-groups",
            Self::HexBytes => "hex-bytes",
            Self::HexDump => "hex-dump",
            Self::Base64 => "base64",
            Self::Base64Unpadded => "base64-unpadded",
            Self::Base64UrlSafe => "base64-url-safe",
            Self::Base64Percent => "base64-percent",
        }
    }
}

/// What an invalid or suspicious value probably is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LooksLike {
    /// The hexadecimal text was encoded, not the bytes.
    Base64OfHex,
    /// The hash of a certificate request.
    CertificateRequest,
    /// The hash of no bytes at all.
    EmptyInputHash,
    /// A letter where a digit belongs, such as `O` for `0`.
    LetterForDigit,
    /// One digit or character more than a hash has.
    OneDigitTooMany,
    /// A pattern that stands for a hash.
    Placeholder,
    /// A certificate's serial number.
    SerialNumber,
    /// A hash of a kind that neither phone nor ASA prints.
    Sha384,
    /// Digits are missing.
    Truncated,
    /// Base64 that a phone cannot read.
    UrlSafeBase64,
    /// The label names another algorithm than the length does.
    WrongLabel,
}

impl LooksLike {
    /// The id in reports.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Base64OfHex => "base64-of-hex",
            Self::CertificateRequest => "certificate-request",
            Self::EmptyInputHash => "empty-input-hash",
            Self::LetterForDigit => "letter-for-digit",
            Self::OneDigitTooMany => "one-digit-too-many",
            Self::Placeholder => "placeholder",
            Self::SerialNumber => "serial-number",
            Self::Sha384 => "sha384",
            Self::Truncated => "truncated",
            Self::UrlSafeBase64 => "url-safe-base64",
            Self::WrongLabel => "wrong-label",
        }
    }
}

/// One hash of a text, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    /// The text as it was given, shortened.
    pub text: String,
    /// Whether it is a hash.
    pub state: State,
    /// By its length; `None` for an invalid value.
    pub algorithm: Option<Algorithm>,
    /// The hash; empty for an invalid value.
    pub bytes: Vec<u8>,
    /// How it was written; `None` for an invalid value.
    pub notation: Option<Notation>,
    /// What it probably is, where it is invalid or suspicious.
    pub looks_like: Option<LooksLike>,
    /// What a person should know about it.
    pub notes: Vec<Text>,
    /// The digits or characters of an invalid value without separators, for comparing it with a good one.
    pub digits: String,
    /// What was probably meant by an invalid value. A guess: it is shown, and never compared as a hash.
    pub meant: Option<Vec<u8>>,
}

/// Reads every hash of a person's text; never empty.
pub fn read(text: &str) -> Vec<Value> {
    let clean = clean::clean(text);
    let found = notation::find(&clean);
    let given = excerpt(text.trim());
    found.into_iter().map(|found| suspect::value(&given, &clean, found)).collect()
}

/// Lower-case hexadecimal without separators.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Upper-case hexadecimal with colons, as browsers and OpenSSL show it.
pub fn colons(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
}

/// Base64, as it stands in a phone's configuration.
pub fn base64(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}

/// Bytes of an even number of hexadecimal digits without separators.
pub fn bytes_of_hex(digits: &str) -> Option<Vec<u8>> {
    let mut nibbles = Vec::with_capacity(digits.len());
    for character in digits.chars() {
        nibbles.push(u8::try_from(character.to_digit(16)?).ok()?);
    }
    let (pairs, rest) = nibbles.as_chunks::<2>();
    rest.is_empty().then(|| pairs.iter().map(|[high, low]| high << 4 | low).collect())
}

/// Bytes of base64 text in either alphabet, padded or not.
fn bytes_of_base64(characters: &str) -> Option<Vec<u8>> {
    let standard: String = characters.chars().map(standard_alphabet).collect();
    BASE64.decode(standard).ok()
}

fn standard_alphabet(character: char) -> char {
    match character {
        '-' => '+',
        '_' => '/',
        other => other,
    }
}

/// Bits left over at the end are refused: they show that characters are missing or wrong.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

#[cfg(test)]
mod tests {
    use super::*;

    const HEX: &str = "e57e81ea9954c144976678d0e2418cdf79a93176";

    #[track_caller]
    fn one(text: &str) -> Value {
        let mut values = read(text);
        assert_eq!(values.len(), 1, "{text:?}: {values:#?}");
        values.remove(0)
    }

    #[test]
    fn every_notation_gives_the_same_bytes() {
        let bytes = bytes_of_hex(HEX).unwrap();
        let spaced = colons(&bytes).replace(':', " ");
        let bytewise: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        for (text, notation) in [
            (HEX.to_owned(), Notation::Hex),
            (format!("SHA1 Fingerprint={}", colons(&bytes)), Notation::HexColons),
            (format!("Thumbprint  {}", HEX.to_uppercase()), Notation::Hex),
            (format!("\u{200e}{spaced}"), Notation::HexSpaces),
            (format!("?{spaced}"), Notation::HexSpaces),
            (format!("SHA-1 {spaced}"), Notation::HexSpaces),
            (format!("18:38:57 {}", colons(&bytes)), Notation::HexColons),
            (spaced.replace(' ', "-"), Notation::HexDashes),
            ("e57e.81ea.9954.c144.9766.78d0.e241.8cdf.79a9.3176".to_owned(), Notation::HexDots),
            ("E57E81EA 9954C144 976678D0 E2418CDF 79A93176 ".to_owned(), Notation::HexGroups),
            (format!("{{ 0x{} }}", bytewise.join(", 0x")), Notation::HexBytes),
            (format!("\"\\x{}\"", bytewise.join("\\x")), Notation::HexBytes),
            (
                "00000000  e5 7e 81 ea 99 54 c1 44  97 66 78 d0 e2 41 8c df  |.~...T.D.fx..A..|\n\
                 00000010  79 a9 31 76                                       |y.1v|\n00000014\n"
                    .to_owned(),
                Notation::HexDump,
            ),
            (
                "0000000 e5 7e 81 ea 99 54 c1 44 97 66 78 d0 e2 41 8c df\n0000020 79 a9 31 76\n0000024\n"
                    .to_owned(),
                Notation::HexDump,
            ),
            (format!("{HEX}  cafe.sha256"), Notation::Hex),
            (format!("SHA1 (/tmp/sha256.der) = {HEX}"), Notation::Hex),
            ("5X6B6plUwUSXZnjQ4kGM33mpMXY=".to_owned(), Notation::Base64),
            ("certHash1=5X6B6plUwUSXZnjQ4kGM33mpMXY=".to_owned(), Notation::Base64),
            ("<certHash1>5X6B6plUwUSX\n  ZnjQ4kGM33mpMXY=</certHash1>".to_owned(), Notation::Base64),
            ("5X6B6plUwUSXZnjQ4kGM33mpMXY".to_owned(), Notation::Base64Unpadded),
        ] {
            let value = one(&text);
            assert_eq!((hex(&value.bytes).as_str(), value.notation), (HEX, Some(notation)), "{text}");
            assert_eq!(value.looks_like, None, "{text}");
        }
    }

    #[test]
    fn several_hashes_of_one_text_are_all_read() {
        let other = "1289b8a7aa9ffd84865e38939f3466a61b5608fc";
        for text in [
            format!("{HEX}\n{other}"),
            format!("{HEX} {other}"),
            format!("{}\n{}", colons(&bytes_of_hex(HEX).unwrap()), colons(&bytes_of_hex(other).unwrap())),
            "<certHash1>5X6B6plUwUSXZnjQ4kGM33mpMXY=</certHash1>\n\
             <certHash2>Eom4p6qf/YSGXjiTnzRmphtWCPw=</certHash2>"
                .to_owned(),
        ] {
            let hexes: Vec<String> = read(&text).iter().map(|value| hex(&value.bytes)).collect();
            assert_eq!(hexes, [HEX, other], "{text}");
        }
    }

    #[test]
    fn what_is_no_hash_says_what_it_looks_like() {
        use LooksLike::*;
        for (text, expected) in [
            ("e57e81ea9954c144976678d0e2418cdf79a9317", Some(Truncated)),
            ("e57e81ea9954c144976678d0e2418cdf79a931760", Some(OneDigitTooMany)),
            ("e57e81ea9954c144976678dOe2418cdf79a93176", Some(LetterForDigit)),
            ("E5:7E:81:EA:99:54:C1:44:97:66:78:D0:E2:41:8C:DF:79:A9:31:7G", Some(LetterForDigit)),
            ("E5 7E 81 EO 99 54 C1 44 97 66 78 D0 E2 41 8C DF 79 A9 31 76", Some(LetterForDigit)),
            ("ZTU3ZTgxZWE5OTU0YzE0NDk3NjY3OGQwZTI0MThjZGY3OWE5MzE3Ng==", Some(Base64OfHex)),
            ("5X6B6plUwUSXZnjQ4kGM33mpMX=", Some(Truncated)),
            ("SHA1: XX:XX:XX:XX:...", Some(Placeholder)),
            ("the trust-point is bound", None),
            ("", None),
        ] {
            let value = one(text);
            assert_eq!((value.state, value.looks_like), (State::Invalid, expected), "{text}");
            assert!(!value.notes.is_empty(), "{text}");
        }
    }

    #[test]
    fn a_suspicious_hash_is_read_and_the_suspicion_said() {
        use LooksLike::*;
        for (text, expected) in [
            ("E5:7E:81:EA:99:54:C1:44:97:66:78:D0:E2:41:8C:DF", Some(SerialNumber)),
            ("Fingerprint:     dbc1e67d 061ff7f2 9f9b3a10 63fc7912", None),
            ("da39a3ee5e6b4b0d3255bfef95601890afd80709", Some(EmptyInputHash)),
            ("0000000000000000000000000000000000000000", Some(Placeholder)),
            ("SHA256: e57e81ea9954c144976678d0e2418cdf79a93176", Some(WrongLabel)),
            ("5X6B6plUwUSXZnjQ4kGM33mp-XY=", Some(UrlSafeBase64)),
        ] {
            let value = one(text);
            assert_eq!((value.state, value.looks_like), (State::Hash, expected), "{text}");
        }
    }

    #[test]
    fn any_text_is_read_without_panic() {
        let text = "\u{feff}<a>%2B%ZZ sha1 (\\x 0x \u{ff25} 00000000: e3e7 5X6B6plUwUSXZnjQ4kGM33mpMXY== …";
        for (cut, _) in text.char_indices() {
            assert!(!read(&text[..cut]).is_empty());
            assert!(!read(&text[cut..]).is_empty());
        }
    }
}
