//! Device text with every character visible that could hide, reorder or steer: `user \u{202e}nimda` must not read as
//! something else than what it is, and an escape sequence must not vanish.
//!
//! Control characters become their pictures (`␛`), characters without a picture their number (`⟪U+202E⟫`). Source of
//! what is invisible: Unicode 16, general categories Cc and Cf and the variation selectors.

use std::borrow::Cow;

/// The sign that stands for a character which cannot be seen; `None` for one that can, and for a tab, which only
/// makes room.
pub fn sign(character: char) -> Option<Cow<'static, str>> {
    match u32::from(character) {
        0x09 => None,
        code @ 0x00..=0x1f => char::from_u32(0x2400 + code).map(|picture| picture.to_string().into()),
        0x7f => Some("␡".into()),
        code @ (0x80..=0x9f
        | 0xad
        | 0x061c
        | 0x180e
        | 0x200b..=0x200f
        | 0x2028..=0x202e
        | 0x2060..=0x206f
        | 0xfe00..=0xfe0f
        | 0xfeff
        | 0xfff9..=0xfffb
        | 0xe0000..=0xe0fff) => Some(format!("⟪U+{code:04X}⟫").into()),
        _ => None,
    }
}

/// A text with the signs in it and a space for each tab, as it may go to a terminal or into a report.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match sign(character) {
            Some(sign) => shown.push_str(&sign),
            None if character == '\t' => shown.push(' '),
            None => shown.push(character),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_invisible_survives() {
        for (text, expected) in [
            ("902: NOT\tVPNC: vpn_stop", "902: NOT VPNC: vpn_stop"),
            ("a\u{1b}[31mb\u{202e}c\u{200b}\r", "a␛[31mb⟪U+202E⟫c⟪U+200B⟫␍"),
            ("a\u{200b}b\u{feff}c\u{85}", "a⟪U+200B⟫b⟪U+FEFF⟫c⟪U+0085⟫"),
            ("null\0del\u{7f}", "null␀del␡"),
            ("Zürich 日本 😀", "Zürich 日本 😀"),
        ] {
            assert_eq!(visible(text), expected);
        }
    }
}
