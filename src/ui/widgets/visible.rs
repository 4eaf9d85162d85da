//! Device text in pieces, so that the signs for invisible characters and the telling part can be set apart.

use vpn_phone_doctor::visible::sign;

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
                pieces.push(Piece::Sign(sign.into_owned()));
            }
        }
    }
    if !plain.is_empty() {
        pieces.push(Piece::Plain(plain));
    }
    pieces
}

/// A text around its telling part: before, the part, after. The part is empty where it is not in the text.
pub fn split_at_mark<'t>(text: &'t str, mark: &str) -> (&'t str, &'t str, &'t str) {
    let Some(from) = (!mark.is_empty()).then(|| text.find(mark)).flatten() else { return (text, "", "") };
    let (before, rest) = text.split_at(from);
    let (marked, after) = rest.split_at(mark.len());
    (before, marked, after)
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
        ] {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn the_telling_part_is_found_or_left_empty() {
        assert_eq!(split_at_mark("a leaf hash = 12", "hash"), ("a leaf ", "hash", " = 12"));
        assert_eq!(split_at_mark("a leaf", "hash"), ("a leaf", "", ""));
        assert_eq!(split_at_mark("a leaf", ""), ("a leaf", "", ""));
    }
}
