//! A `certHash` of a phone's configuration: base64 of the 20 bytes of a SHA-1, and nothing else.
//!
//! ```text
//! <certHash1>5X6B6plUwUSXZnjQ4kGM33mpMXY=</certHash1>
//! ```
//!
//! CUCM writes it itself; hand-made files carry hexadecimal digits, other algorithms or a certificate's name.
//! `hashAlg` 0 is SHA-1, and no other value is documented. Blanks and line ends are not counted: viewers of XML
//! wrap long text.

use super::suspect::hex_in_base64;
use super::{Algorithm, LooksLike, State, bytes_of_base64, hex, read};
use crate::text::{Class, Text};

/// What stands in place of a phone's hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// Nothing.
    Empty,
    /// Forty hexadecimal digits, not base64.
    Hex([u8; 20]),
    /// Base64 of the hexadecimal text.
    Base64OfHex([u8; 20]),
    /// Base64 of a hexadecimal text that is no whole hash.
    Base64OfCutHex,
    /// `-` and `_` in place of `+` and `/`.
    UrlSafe([u8; 20]),
    /// The `=` at the end is missing.
    Unpadded([u8; 20]),
    /// A whole hash of another algorithm.
    OtherAlgorithm(Algorithm),
    /// Base64 or hexadecimal digits from which some are missing; how many characters are there.
    Truncated(u32),
    /// Base64 of this many bytes, which no algorithm makes.
    OtherLength(u32),
    /// PEM text: a certificate or a key. It is never quoted.
    Pem,
    /// A name, such as a certificate's label, or anything else.
    Name,
}

/// The 20 bytes of a phone's hash, or what stands there instead.
pub fn phone_hash(text: &str) -> Result<[u8; 20], Malformed> {
    let text: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    if text.is_empty() {
        return Err(Malformed::Empty);
    }
    if text.contains("-----") {
        return Err(Malformed::Pem);
    }
    let decoded = bytes_of_base64(&text);
    let twenty = |bytes: &[u8]| <[u8; 20]>::try_from(bytes).ok();
    if let Some(hash) = decoded.as_deref().and_then(twenty) {
        return match text.len() {
            _ if text.contains(['-', '_']) => Err(Malformed::UrlSafe(hash)),
            28 => Ok(hash),
            _ => Err(Malformed::Unpadded(hash)),
        };
    }
    let read = read(&text);
    let first = read.first();
    let hash = first.filter(|value| value.state == State::Hash);
    if let Some(hash) = hash.and_then(|value| twenty(&value.bytes)) {
        return Err(Malformed::Hex(hash));
    }
    if let Some(algorithm) = hash.and_then(|value| value.algorithm) {
        return Err(Malformed::OtherAlgorithm(algorithm));
    }
    if let Some(hidden) = hex_in_base64(&text) {
        return Err(match (twenty(&hidden), Algorithm::of_length(hidden.len())) {
            (Some(hash), _) => Malformed::Base64OfHex(hash),
            (None, Some(algorithm)) => Malformed::OtherAlgorithm(algorithm),
            (None, None) => Malformed::Name,
        });
    }
    let digits = |bytes: &[u8]| bytes.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b':');
    if decoded.as_deref().is_some_and(|bytes| bytes.len() >= 16 && digits(bytes)) {
        return Err(Malformed::Base64OfCutHex);
    }
    let count = u32::try_from(text.trim_end_matches('=').len()).unwrap_or(u32::MAX);
    let cut = first.is_some_and(|value| value.looks_like == Some(LooksLike::Truncated));
    let mixed =
        text.bytes().any(|byte| byte.is_ascii_uppercase()) && text.bytes().any(|byte| byte.is_ascii_digit());
    match decoded {
        _ if cut => Err(Malformed::Truncated(count)),
        Some(bytes) if text.ends_with('=') || (mixed && bytes.len() >= 12) => {
            Err(Malformed::OtherLength(u32::try_from(bytes.len()).unwrap_or(u32::MAX)))
        }
        _ if text.ends_with('=') && count < 27 => Err(Malformed::Truncated(count)),
        _ => Err(Malformed::Name),
    }
}

impl Malformed {
    /// The hash that was probably meant. A phone does not read it.
    pub fn meant(self) -> Option<[u8; 20]> {
        match self {
            Self::Hex(hash) | Self::Base64OfHex(hash) | Self::UrlSafe(hash) | Self::Unpadded(hash) => {
                Some(hash)
            }
            _ => None,
        }
    }

    /// What stands there, and what should.
    pub fn explain(self) -> Text {
        let count = match self {
            Self::Truncated(count) | Self::OtherLength(count) => count.to_string(),
            _ => String::new(),
        };
        let name = match self {
            Self::OtherAlgorithm(algorithm) => algorithm.name(),
            _ => "",
        };
        let right = self.meant().map(|hash| super::base64(&hash)).unwrap_or_default();
        let digits = self.meant().map(|hash| hex(&hash)).unwrap_or_default();
        let text = match self {
            Self::Empty => EMPTY,
            Self::Hex(_) => HEX,
            Self::Base64OfHex(_) => BASE64_OF_HEX,
            Self::Base64OfCutHex => BASE64_OF_CUT_HEX,
            Self::UrlSafe(_) => URL_SAFE,
            Self::Unpadded(_) => UNPADDED,
            Self::OtherAlgorithm(_) => OTHER_ALGORITHM,
            Self::Truncated(_) => TRUNCATED,
            Self::OtherLength(_) => OTHER_LENGTH,
            Self::Pem => PEM,
            Self::Name => NAME,
        };
        text.with("count", Class::Words, count)
            .with("name", Class::Words, name)
            .with("right", Class::Words, right)
            .with("digits", Class::Words, digits)
    }
}

const EMPTY: Text = Text::fixed("The hash is empty.", "Der Hash ist leer.");
const HEX: Text = Text::fixed(
    "The hash is written in hexadecimal digits; a phone expects base64: {right}.",
    "Der Hash steht in hexadezimalen Ziffern; ein Telefon erwartet Base64: {right}.",
);
const BASE64_OF_HEX: Text = Text::fixed(
    "This is base64 of a hexadecimal text: its 40 digits were encoded in place of the 20 bytes that they stand for, {digits}. Right would be {right}.",
    "Das ist Base64 eines hexadezimalen Textes: Umgewandelt wurden dessen 40 Ziffern statt der 20 Bytes, für die sie stehen, {digits}. Richtig wäre {right}.",
);
const BASE64_OF_CUT_HEX: Text = Text::fixed(
    "This is base64 of a hexadecimal text, not of the 20 bytes that a SHA-1 has; and its digits are not those of a whole SHA-1.",
    "Das ist Base64 eines hexadezimalen Textes, nicht der 20 Bytes eines SHA-1; und seine Ziffern sind nicht die eines vollständigen SHA-1.",
);
const URL_SAFE: Text = Text::fixed(
    "This is url-safe base64, with - and _ in place of + and /. Right would be {right}.",
    "Das ist URL-sicheres Base64, mit - und _ statt + und /. Richtig wäre {right}.",
);
const UNPADDED: Text = Text::fixed(
    "The = at the end is missing. Whether phones read it without is not documented. Complete it is {right}.",
    "Das = am Ende fehlt. Ob Telefone den Hash ohne es lesen, ist nicht dokumentiert. Vollständig lautet er {right}.",
);
const OTHER_ALGORITHM: Text = Text::fixed(
    "This is a whole {name} hash; a phone compares SHA-1 (20 bytes).",
    "Das ist ein vollständiger {name}-Hash; ein Telefon vergleicht SHA-1 (20 Bytes).",
);
const TRUNCATED: Text = Text::fixed(
    "Only {count} characters are there; a part of the hash is missing. Base64 of a SHA-1 has 28 characters with the = at the end.",
    "Es sind nur {count} Zeichen da; ein Teil des Hashs fehlt. Base64 eines SHA-1 hat 28 Zeichen mit dem = am Ende.",
);
const OTHER_LENGTH: Text = Text::fixed(
    "This is base64 of {count} bytes; a SHA-1 has 20.",
    "Das ist Base64 von {count} Bytes; ein SHA-1 hat 20.",
);
const PEM: Text =
    Text::fixed("PEM text stands here in place of the hash.", "Hier steht PEM-Text statt des Hashs.");
const NAME: Text = Text::fixed(
    "This is no hash; it looks like a name or a label. Base64 of a SHA-1 has 28 characters and ends in =.",
    "Das ist kein Hash; es sieht nach einem Namen oder einer Bezeichnung aus. Base64 eines SHA-1 hat 28 Zeichen und endet auf =.",
);

#[cfg(test)]
mod tests {
    use super::super::bytes_of_hex;
    use super::*;

    #[test]
    fn each_wrong_form_is_named() {
        let hash: [u8; 20] =
            bytes_of_hex("e57e81ea9954c144976678d0e2418cdf79a93176").unwrap().try_into().unwrap();
        for (text, expected) in [
            ("5X6B6plUwUSXZnjQ4kGM33mpMXY=", Ok(hash)),
            ("\n  5X6B6plUwUSXZnj\n  Q4kGM33mpMXY=\n", Ok(hash)),
            ("", Err(Malformed::Empty)),
            ("e57e81ea9954c144976678d0e2418cdf79a93176", Err(Malformed::Hex(hash))),
            ("E5:7E:81:EA:99:54:C1:44:97:66:78:D0:E2:41:8C:DF:79:A9:31:76", Err(Malformed::Hex(hash))),
            ("ZTU3ZTgxZWE5OTU0YzE0NDk3NjY3OGQwZTI0MThjZGY3OWE5MzE3Ng==", Err(Malformed::Base64OfHex(hash))),
            ("RTU3RTgxRUE5OTU0QzE0NDk3NjY3OEQwRTI0MThDREY3OUE5MzE3Ng==", Err(Malformed::Base64OfHex(hash))),
            (
                "RTU6N0U6ODE6RUE6OTk6NTQ6QzE6NDQ6OTc6NjY6Nzg6RDA6RTI6NDE6OEM6REY6Nzk6QTk6MzE6NzY=",
                Err(Malformed::Base64OfHex(hash)),
            ),
            ("ZTU3ZTgxZWE5OTU0YzE0NDk3NjY3OGQwZTI0MThjZGY3OWE5MzE3Ngo=", Err(Malformed::Base64OfHex(hash))),
            ("ZTU3ZTgxZWE5OTU0YzE0NDk3NjY3OGQwZTI0MThjZGY3OWE5MzE=", Err(Malformed::Base64OfCutHex)),
            ("5X6B6plUwUSXZnjQ4kGM33mpMXY", Err(Malformed::Unpadded(hash))),
            (
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
                Err(Malformed::OtherAlgorithm(Algorithm::Sha256)),
            ),
            ("1B2M2Y8AsgTpgAmY7PhCfg==", Err(Malformed::OtherAlgorithm(Algorithm::Md5))),
            ("5X6B6plUwUSXZnjQ4kGM33mp=", Err(Malformed::Truncated(24))),
            ("e57e81ea9954c144976678d0e2418cdf79a9317", Err(Malformed::Truncated(39))),
            ("asa-outside", Err(Malformed::Name)),
            ("-----BEGIN CERTIFICATE-----", Err(Malformed::Pem)),
        ] {
            assert_eq!(phone_hash(text), expected, "{text}");
        }
        let of_hex = Malformed::Base64OfHex(hash).explain();
        assert!(of_hex.en().contains("hexadecimal text") && of_hex.de().contains("hexadezimalen Textes"));
        let url_safe = phone_hash("4-eD08ycMK7e_83rXs_uCP-PFoQ=").unwrap_err();
        assert!(matches!(url_safe, Malformed::UrlSafe(_)));
        assert!(url_safe.explain().en().contains("4+eD08ycMK7e/83rXs/uCP+PFoQ="));
    }
}
