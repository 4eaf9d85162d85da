//! Device text, with every character visible that could hide or reorder others.
//!
//! A log line such as `user \u{202e}nimda\u{202c}` must not read as something else than what it is, and an escape
//! sequence must not vanish. Control characters become their pictures (`␛`), characters without a picture their
//! number (`⟪U+202E⟫`). A tab stays a tab: it only makes room.

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// As the device wrote it.
    Plain(String),
    /// A sign that stands for a character which cannot be seen.
    Sign(String),
}

/// Takes a text apart into what can be seen and what has to be made visible.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    for character in text.chars() {
        match sign(character) {
            None => plain.push(character),
            Some(sign) => {
                if !plain.is_empty() {
                    pieces.push(Piece::Plain(std::mem::take(&mut plain)));
                }
                pieces.push(Piece::Sign(sign));
            }
        }
    }
    if !plain.is_empty() {
        pieces.push(Piece::Plain(plain));
    }
    pieces
}

/// A text around its telling part: before, the part, after. The part is empty where it is not in the text.
pub fn around<'t>(text: &'t str, mark: &str) -> (&'t str, &'t str, &'t str) {
    let Some(from) = (!mark.is_empty()).then(|| text.find(mark)).flatten() else { return (text, "", "") };
    let (before, rest) = text.split_at(from);
    let (marked, after) = rest.split_at(mark.len());
    (before, marked, after)
}

fn sign(character: char) -> Option<String> {
    match u32::from(character) {
        0x09 => None,
        code @ 0x00..=0x1f => char::from_u32(0x2400 + code).map(String::from),
        0x7f => Some("␡".to_owned()),
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
        | 0xe0000..=0xe0fff) => Some(format!("⟪U+{code:04X}⟫")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        pieces(text)
            .into_iter()
            .map(|piece| match piece {
                Piece::Plain(text) | Piece::Sign(text) => text,
            })
            .collect()
    }

    #[test]
    fn what_could_deceive_is_made_visible() {
        for (text, expected) in [
            ("902: NOT\tVPNC: vpn_stop", "902: NOT\tVPNC: vpn_stop"),
            ("\u{1b}[31mred", "␛[31mred"),
            ("user \u{202e}nimda\u{202c}", "user ⟪U+202E⟫nimda⟪U+202C⟫"),
            ("a\u{200b}b\u{feff}c\u{85}", "a⟪U+200B⟫b⟪U+FEFF⟫c⟪U+0085⟫"),
            ("null\0del\u{7f}", "null␀del␡"),
            ("Zürich 日本 😀", "Zürich 日本 😀"),
        ] {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn the_telling_part_is_found_or_left_empty() {
        assert_eq!(around("a leaf hash = 12", "hash"), ("a leaf ", "hash", " = 12"));
        assert_eq!(around("a leaf", "hash"), ("a leaf", "", ""));
        assert_eq!(around("a leaf", ""), ("a leaf", "", ""));
    }
}
