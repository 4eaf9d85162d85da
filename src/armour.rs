//! Armour: binary objects written as text between `-----BEGIN …-----` and `-----END …-----`, anywhere in a text.
//!
//! ```text
//! -----BEGIN CERTIFICATE-----
//! MIIBszCCAVmgAwIBAgIUQ…
//! -----END CERTIFICATE-----
//! ```
//!
//! Understood as met in the field: text before, between and after; indented or quoted (`> `) blocks; RFC 1421
//! headers; all in one line; line ends written as the two characters `\n`; no padding. Bodies are decoded only when
//! asked for, so that a private key's never is. Empty means a text without a `-----BEGIN`.
//!
//! Sources: RFC 7468 (labels, lax parsing), RFC 1421 4.4 (headers), `openssl` PEM_read_bio.

use std::borrow::Cow;

use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{Engine as _, alphabet};
use memchr::memmem;

use crate::hex;
use crate::lines::Decoded;
use crate::source::At;
use crate::text::{Class, Text};

/// One armoured block.
#[derive(Clone, Debug)]
pub struct Block<'a> {
    /// `CERTIFICATE`, `RSA PRIVATE KEY` …
    pub label: &'a str,
    /// 1-based line of the BEGIN.
    pub line: u32,
    /// 1-based last line.
    pub last_line: u32,
    /// 0-based byte of the input at which the BEGIN's line begins.
    pub offset: u64,
    /// How it ends.
    pub end: End,
    body: &'a str,
    body_line: u32,
}

/// The lines of a private key, where a text comes line by line: they are handed on to nobody.
#[derive(Debug, Default)]
pub struct KeyLines {
    open: bool,
}

impl KeyLines {
    /// Whether the next line is one of them.
    pub fn hold(&mut self, line: &str) -> bool {
        let key = line.contains("PRIVATE KEY");
        self.open |= key && line.contains("-----BEGIN ");
        let ends = key && line.contains("-----END ");
        let holds = self.open || ends;
        self.open &= !ends;
        holds
    }

    /// A key is open.
    pub fn are_open(&self) -> bool {
        self.open
    }
}

/// How a block ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// With the END that belongs to it.
    Matching,
    /// With an END of another label.
    Other,
    /// With no END at all.
    Missing,
}

/// What a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Announced {
    /// One certificate.
    Certificate,
    /// PKCS#7 or CMS.
    Bundle,
    /// A private key.
    PrivateKey,
    /// A certificate signing request.
    Request,
    /// A revocation list.
    RevocationList,
    /// PKCS#12.
    Keystore,
    /// A public key or parameters.
    PublicKey,
    /// Something that has nothing to do with certificates.
    Other,
}

/// Why a body could not be decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// 1-based line.
    pub line: u32,
    /// What is wrong, as a clause after a colon.
    pub text: Text,
}

/// Every block of a text, in order.
pub fn blocks(text: &Decoded) -> Vec<Block<'_>> {
    let whole = text.text();
    let starts: Vec<usize> = memmem::find_iter(whole.as_bytes(), BEGIN).collect();
    let mut found = Vec::new();
    for (place, start) in starts.iter().enumerate() {
        let limit = starts.get(place + 1).copied().unwrap_or(whole.len());
        let Some(region) = whole.get(*start..limit) else { continue };
        let Some(line) = text.line_at(*start) else { continue };
        found.push(block(region, line.number, line.offset));
    }
    found
}

/// How an object that is a whole input is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// As it is.
    Binary,
    /// In base64 or hexadecimal.
    Text,
}

/// The DER object that is the whole input, with whatever follows it.
pub fn object<'a>(bytes: &'a [u8], text: &Decoded) -> Option<(Cow<'a, [u8]>, Written)> {
    // 0x30 is also the digit 0; a second byte beyond ASCII, or a length that fits, tells them apart.
    let binary = match *bytes {
        [0x30, 0x80..=0x84, ..] => true,
        [0x30, length, ..] => length < 0x80 && bytes.len() == usize::from(length) + 2,
        _ => false,
    };
    if binary {
        return Some((Cow::Borrowed(bytes), Written::Binary));
    }
    bare(text).map(|bytes| (Cow::Owned(bytes), Written::Text))
}

/// An object that stands alone in a text without armour: its DER in base64 or hexadecimal.
fn bare(text: &Decoded) -> Option<Vec<u8>> {
    let body = text.text().trim();
    if body.len() > LONGEST_BARE || !(body.starts_with("MI") || body.starts_with("30")) {
        return None;
    }
    let plain: String = body.chars().filter(|c| !c.is_whitespace()).collect();
    let bytes = if plain.starts_with("MI") {
        BASE64.decode(plain).ok()?
    } else if plain.starts_with("308") || plain.starts_with("30:8") {
        hex::decode(&plain.replace(':', ""))?
    } else {
        return None;
    };
    matches!(bytes.as_slice(), [0x30, 0x80..=0x84, ..]).then_some(bytes)
}

/// True where a text is armour above all: it begins with a block, or most of its lines belong to one.
pub fn prevails(text: &Decoded, blocks: &[Block<'_>]) -> bool {
    let mut filled = text.lines().filter(|line| !line.text.trim().is_empty());
    let Some(first) = filled.next() else { return false };
    let lines = filled.count() as u64 + 1;
    let armoured: u64 =
        blocks.iter().map(|block| u64::from(block.last_line.saturating_sub(block.line)) + 1).sum();
    first.text.trim_start().starts_with("-----BEGIN ") || armoured * 2 >= lines
}

impl Block<'_> {
    /// What the label announces.
    pub fn announced(&self) -> Announced {
        let label = self.label;
        if label.contains("PRIVATE KEY") {
            return Announced::PrivateKey;
        }
        ANNOUNCED.iter().find(|(known, _)| *known == label).map_or(Announced::Other, |(_, what)| *what)
    }

    /// Where it begins. Only the BEGIN itself is quoted, because a whole line may hold a private key as well.
    pub fn at(&self) -> At {
        At::line(self.line, self.offset, &format!("-----BEGIN {}-----", self.label))
    }

    /// The bytes of the body.
    pub fn decode(&self) -> Result<Vec<u8>, Damage> {
        let body = if self.body.contains("\\n") {
            self.body.replace("\\r", "").replace("\\n", "\n")
        } else {
            self.body.to_owned()
        };
        // Where line ends are written as two characters, every line of the body is the same line of the input.
        let escaped = self.body.contains("\\n");
        let mut headers = true;
        let mut plain = String::with_capacity(body.len());
        let mut number = self.body_line;
        for (place, line) in body.lines().enumerate() {
            if place > 0 && !escaped {
                number = number.saturating_add(1);
            }
            let line = line.trim_start_matches(QUOTES).trim_end();
            let line = line.strip_suffix('\\').unwrap_or(line);
            if headers && (line.contains(':') || line.is_empty()) {
                if line.contains("ENCRYPTED") {
                    return Err(Damage { line: number, text: ENCRYPTED });
                }
                continue;
            }
            headers = false;
            if self.end == End::Missing && !line.chars().all(is_base64) {
                break;
            }
            take_line(line, number, &mut plain)?;
        }
        let stripped = plain.trim_end_matches('=');
        BASE64
            .decode(stripped)
            .map_err(|_| Damage { line: number, text: BASE_CHARACTERS.number("len", stripped.len()) })
    }
}

/// Adds one line's characters, and says what does not belong there.
fn take_line(line: &str, number: u32, plain: &mut String) -> Result<(), Damage> {
    for character in line.chars().filter(|c| !c.is_whitespace()) {
        if !is_base64(character) {
            let text = NOT_BASE64.with("character", Class::Words, format!("{character:?}"));
            return Err(Damage { line: number, text });
        }
        if character != '=' && plain.ends_with('=') {
            let text = Text::fixed(
                "the padding sign = stands before the end",
                "das Füllzeichen = steht vor dem Ende",
            );
            return Err(Damage { line: number, text });
        }
        plain.push(character);
    }
    Ok(())
}

fn is_base64(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '+' | '/' | '=')
}

/// A block from its BEGIN to the next BEGIN, or to the end of the text.
fn block(region: &str, line: u32, offset: u64) -> Block<'_> {
    let after = region.get(BEGIN.len()..).unwrap_or_default();
    let first_line = after.lines().next().unwrap_or_default();
    // A label that is not closed ends with its line.
    let (label, closed) = match first_line.split_once("-----") {
        Some((label, _)) => (label.trim(), label.len() + 5),
        None => (first_line.trim_end_matches('-').trim(), first_line.len()),
    };
    let rest = after.get(closed..).unwrap_or_default();
    let (body, end) = match memmem::find(rest.as_bytes(), END) {
        None => (rest, End::Missing),
        Some(at) => {
            let foot = rest.get(at + END.len()..).unwrap_or_default();
            let end = if foot.starts_with(label) { End::Matching } else { End::Other };
            (rest.get(..at).unwrap_or_default(), end)
        }
    };
    let body_lines = match end {
        End::Missing => {
            let armoured = body.lines().skip(1).take_while(|text| {
                let text = text.trim_start_matches(QUOTES).trim_end();
                text.contains(':') || text.chars().all(is_base64)
            });
            armoured.count()
        }
        End::Matching | End::Other => body.bytes().filter(|byte| *byte == b'\n').count(),
    };
    let last_line = line.saturating_add(u32::try_from(body_lines).unwrap_or(u32::MAX));
    Block { label, line, last_line, offset, end, body, body_line: line }
}

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";
/// What mail programs and indentation put in front of a line.
const QUOTES: [char; 4] = [' ', '\t', '>', '|'];
/// Characters of the longest object without armour: a text beyond it is a log that begins with the same letters.
const LONGEST_BARE: usize = 4 << 20;
const ENCRYPTED: Text = Text::fixed("the block is encrypted", "der Block ist verschlüsselt");

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Labels and what they announce: RFC 7468, and OpenSSL's `pem.h`.
const ANNOUNCED: &[(&str, Announced)] = &[
    ("CERTIFICATE", Announced::Certificate),
    ("X509 CERTIFICATE", Announced::Certificate),
    ("X.509 CERTIFICATE", Announced::Certificate),
    ("TRUSTED CERTIFICATE", Announced::Certificate),
    ("PKCS7", Announced::Bundle),
    ("PKCS #7 SIGNED DATA", Announced::Bundle),
    ("CMS", Announced::Bundle),
    ("CERTIFICATE REQUEST", Announced::Request),
    ("NEW CERTIFICATE REQUEST", Announced::Request),
    ("X509 CRL", Announced::RevocationList),
    ("CRL", Announced::RevocationList),
    ("PKCS12", Announced::Keystore),
    ("PUBLIC KEY", Announced::PublicKey),
    ("RSA PUBLIC KEY", Announced::PublicKey),
    ("SSH2 PUBLIC KEY", Announced::PublicKey),
    ("DSA PARAMETERS", Announced::PublicKey),
    ("DH PARAMETERS", Announced::PublicKey),
    ("X9.42 DH PARAMETERS", Announced::PublicKey),
    ("EC PARAMETERS", Announced::PublicKey),
];

const BASE_CHARACTERS: Text = Text::fixed(
    "{len} base64 characters cannot be whole bytes; some are missing",
    "{len} Base64-Zeichen ergeben keine ganzen Bytes; es fehlen welche",
);

const NOT_BASE64: Text =
    Text::fixed("the character {character} is not base64", "das Zeichen {character} ist kein Base64");

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, u32, Result<Vec<u8>, u32>)> {
        let decoded = Decoded::new(text.as_bytes(), 64 << 10);
        let found = blocks(&decoded);
        found.iter().map(|b| (b.label.to_owned(), b.line, b.decode().map_err(|damage| damage.line))).collect()
    }

    #[test]
    fn armour_is_found_in_any_text() {
        let whole = Ok(vec![0x30, 3, 2, 1, 5]);
        let rows = [
            "-----BEGIN X-----\nMAMC\nAQU=\n-----END X-----\n",
            "-----BEGIN X-----\r\nMAMC\r\nAQU=\r\n-----END X-----",
            "-----BEGIN X-----MAMCAQU=-----END X-----",
            "-----BEGIN X-----\nMAMCAQU\n-----END X-----",
            "  -----BEGIN X-----\n   MAMC \t\n\n   AQU=\n  -----END X-----",
            "> -----BEGIN X-----\n> MAMC\n> AQU=\n> -----END X-----",
            "-----BEGIN X-----\nComment: a\nVersion: 1\n\nMAMCAQU=\n-----END X-----",
            r#""pem": "-----BEGIN X-----\nMAMC\nAQU=\n-----END X-----\n""#,
            "-----BEGIN X-----\nMAMCAQU=\nsome other line\n",
        ];
        for text in rows {
            let found = read(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!((found[0].0.as_str(), &found[0].2), ("X", &whole), "{text}");
        }
    }

    #[test]
    fn damage_has_its_line() {
        let rows = [
            ("x\n-----BEGIN X-----\nMAMC\nA?U=\n-----END X-----", 4),
            ("-----BEGIN X-----\nMA==\nAQU=\n-----END X-----", 3),
            ("-----BEGIN X-----\nMAMCA\n-----END X-----", 2),
            ("-----BEGIN X-----\nProc-Type: 4,ENCRYPTED\n\nMAMC\n-----END X-----", 2),
        ];
        for (text, line) in rows {
            assert_eq!(read(text)[0].2, Err(line), "{text}");
        }
    }

    #[test]
    fn ends_are_told_apart() {
        let rows = [
            ("-----BEGIN X-----\nMAMC\n-----END X-----", End::Matching, 3),
            ("-----BEGIN X-----\nMAMC\n-----END Y-----", End::Other, 3),
            ("-----BEGIN X-----\nMAMC\nother text", End::Missing, 2),
        ];
        for (text, end, last_line) in rows {
            let decoded = Decoded::new(text.as_bytes(), 1000);
            let found = blocks(&decoded);
            assert_eq!((found[0].end, found[0].last_line), (end, last_line), "{text}");
        }
    }

    #[test]
    fn an_object_without_armour_is_found_only_where_it_stands_alone() {
        let alone = |text: &str| bare(&Decoded::new(text.as_bytes(), 1000));
        assert_eq!(alone("MIEBAA==\n"), Some(vec![0x30, 0x81, 1, 0]));
        assert_eq!(alone("30 81 01 00"), Some(vec![0x30, 0x81, 1, 0]));
        assert_eq!(alone("30:81:01:00\n"), Some(vec![0x30, 0x81, 1, 0]));
        for text in ["", "MIEBAA== and more", "3081010", "Mission control", "308 lines"] {
            assert_eq!(alone(text), None, "{text}");
        }
    }
}
