//! Bytes as hexadecimal digits, and back.
//!
//! ```text
//! 0a1b2c     two digits a byte, without separators
//! ```
//! Notations with separators are read by [`crate::fingerprint`].

/// Lower-case digits without separators.
pub fn encode(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digit = |value: u8| DIGITS.get(usize::from(value)).copied().unwrap_or('?');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The bytes of digits in either case; `None` for half a byte and for anything else.
pub fn decode(digits: &str) -> Option<Vec<u8>> {
    let digits = digits.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    let value = |digit: &u8| char::from(*digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    digits.chunks(2).map(|pair| Some(value(pair.first()?)? << 4 | value(pair.get(1)?)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_and_read_again() {
        for (digits, bytes) in [
            ("", Some(vec![])),
            ("0a1BfF", Some(vec![0x0a, 0x1b, 0xff])),
            ("0a1", None),
            ("0g", None),
            ("+1", None),
            ("ä", None),
        ] {
            assert_eq!(decode(digits), bytes, "{digits}");
            if let Some(bytes) = bytes {
                assert_eq!(encode(&bytes), digits.to_ascii_lowercase());
            }
        }
    }
}
