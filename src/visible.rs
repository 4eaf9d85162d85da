//! Device text with every character visible that could hide, reorder or steer: `user \u{202e}nimda` must not read as
//! something else than what it is, and an escape sequence must not vanish.
//!
//! Control characters become their pictures (`␛`), characters without a picture their number (`⟪U+202E⟫`). What is
//! invisible: the general categories Cc, Cf, Zl and Zp, everything that Unicode lets a font leave out
//! (`Default_Ignorable_Code_Point`: variation selectors, fillers, tags), and the empty Braille pattern. Spaces only
//! make room. Sources: Unicode 16.0, `DerivedGeneralCategory.txt` and `DerivedCoreProperties.txt`; a test compares the
//! whole range with them.

use std::borrow::Cow;

/// The sign that stands for a character which cannot be seen; `None` for one that can, and for a tab, which only
/// makes room.
pub fn sign(character: char) -> Option<Cow<'static, str>> {
    match u32::from(character) {
        0x09 => None,
        code @ 0x00..=0x1f => char::from_u32(0x2400 + code).map(|picture| picture.to_string().into()),
        0x20..=0x7e => None,
        0x7f => Some("␡".into()),
        code => is_invisible(code).then(|| format!("⟪U+{code:04X}⟫").into()),
    }
}

fn is_invisible(code: u32) -> bool {
    let behind = INVISIBLE.partition_point(|(first, _)| *first <= code);
    behind.checked_sub(1).and_then(|at| INVISIBLE.get(at)).is_some_and(|(_, last)| code <= *last)
}

/// First and last of each range, in order.
const INVISIBLE: [(u32, u32); 27] = [
    (0x80, 0x9f),
    (0xad, 0xad),
    (0x34f, 0x34f),
    (0x600, 0x605),
    (0x61c, 0x61c),
    (0x6dd, 0x6dd),
    (0x70f, 0x70f),
    (0x890, 0x891),
    (0x8e2, 0x8e2),
    (0x115f, 0x1160),
    (0x17b4, 0x17b5),
    (0x180b, 0x180f),
    (0x200b, 0x200f),
    (0x2028, 0x202e),
    (0x2060, 0x206f),
    (0x2800, 0x2800),
    (0x3164, 0x3164),
    (0xfe00, 0xfe0f),
    (0xfeff, 0xfeff),
    (0xffa0, 0xffa0),
    (0xfff0, 0xfffb),
    (0x110bd, 0x110bd),
    (0x110cd, 0x110cd),
    (0x13430, 0x1343f),
    (0x1bca0, 0x1bca3),
    (0x1d173, 0x1d17a),
    (0xe0000, 0xe0fff),
];

/// JSON with every character that cannot be seen as `\u202e`. The values stay what they are: outside a string JSON has
/// none of them, and inside it means the same.
pub fn escaped_json(json: String) -> String {
    // What JSON makes room with between its values.
    let hidden = |sign: char| !matches!(sign, '\n' | '\r' | '\t') && self::sign(sign).is_some();
    if !json.contains(hidden) {
        return json;
    }
    let mut written = String::with_capacity(json.len() + json.len() / 8);
    for character in json.chars() {
        if hidden(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                written.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            written.push(character);
        }
    }
    written
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
            ("\u{600}\u{3164}a\u{2800}\u{34f}", "⟪U+0600⟫⟪U+3164⟫a⟪U+2800⟫⟪U+034F⟫"),
            ("Zürich 日本 😀", "Zürich 日本 😀"),
        ] {
            assert_eq!(visible(text), expected);
        }
    }

    #[test]
    fn what_unicode_calls_invisible_has_a_sign_and_nothing_else_has() {
        let properties =
            r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Variation_Selector}\p{Default_Ignorable_Code_Point}\u{2800}]";
        let invisible = regex::Regex::new(properties).unwrap();
        for character in ('\0'..=char::MAX).filter(|character| *character != '\t') {
            let by_unicode = invisible.is_match(character.encode_utf8(&mut [0; 4]));
            assert_eq!(sign(character).is_some(), by_unicode, "U+{:04X}", u32::from(character));
        }
    }

    #[test]
    fn json_shows_what_cannot_be_seen_and_says_the_same() {
        let value = serde_json::json!({
            "a\u{202e}b": ["x\u{9b}31m", "\u{85}\u{7f}", "\u{e0041}\\", "Zürich\t\n\"\u{1b}"],
            "\u{feff}": 7,
        });
        for json in [serde_json::to_string(&value).unwrap(), serde_json::to_string_pretty(&value).unwrap()] {
            let written = escaped_json(json);
            assert!(written.chars().all(|sign| sign == '\n' || self::sign(sign).is_none()), "{written:?}");
            assert!(
                written.contains("\\u202e")
                    && written.contains("\\udb40\\udc41")
                    && written.contains("Zürich")
            );
            assert_eq!(serde_json::from_str::<serde_json::Value>(&written).unwrap(), value);
        }
        assert_eq!(escaped_json("{\n \"ä\": 1}".to_owned()), "{\n \"ä\": 1}");
    }
}
