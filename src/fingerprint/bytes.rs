//! Bytes, and the digits and characters that stand for them.

use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{Engine, alphabet};

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
pub(super) fn bytes_of_base64(characters: &str) -> Option<Vec<u8>> {
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
