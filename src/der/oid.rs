//! Object identifiers as text.
//!
//! `2a 86 48 86 f7 0d` is `1.2.840.113549`. Empty content is the empty text; an identifier that is cut in the
//! middle of a number keeps what was read and ends with `…`.
//!
//! Source: ITU-T X.690 (02/2021), section 8.19.

use std::fmt::Write as _;

/// The dotted form of an OBJECT IDENTIFIER's content.
pub fn dotted(content: &[u8]) -> String {
    let mut text = String::new();
    let (mut number, mut open, mut first) = (0_u128, false, true);
    for byte in content {
        // Numbers over 120 bits have no meaning anywhere; they saturate.
        number = number.checked_mul(128).map_or(u128::MAX, |shifted| shifted | u128::from(byte & 0x7f));
        open = byte & 0x80 != 0;
        if open {
            continue;
        }
        if first {
            let root = (number / 40).min(2);
            _ = write!(text, "{root}.{}", number.saturating_sub(root * 40));
            first = false;
        } else {
            _ = write!(text, ".{number}");
        }
        number = 0;
    }
    if open {
        text.push('…');
    }
    text
}

/// The first name of a table row that has this identifier.
pub fn named(table: &'static [(&'static str, &'static str)], dotted: &str) -> Option<&'static str> {
    table.iter().find(|(oid, _)| *oid == dotted).map(|(_, name)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_dotted() {
        let rows: [(&[u8], &str); 5] = [
            (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d], "1.2.840.113549"),
            (&[0x55, 0x04, 0x03], "2.5.4.3"),
            (&[0x88, 0x37], "2.999"),
            (&[0x2a, 0x86], "1.2…"),
            (&[], ""),
        ];
        for (content, text) in rows {
            assert_eq!(dotted(content), text);
        }
        assert!(!dotted(&[0xff; 64]).is_empty());
    }
}
