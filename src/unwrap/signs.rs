//! Signs that a word processor, a PDF or a syslog server wrote in the place of others.
//!
//! ```text
//! ssl trust‑point EDGE outside                    a hyphen that does not break (U+2011)
//! … Reason: tlsv1 alert unknown ca#015            rsyslog's word for a carriage return
//! ```
//! Empty: a text of ASCII, or of letters alone.
//! Quirks: a dash between blanks is punctuation of a sentence, and stays; a device writes none. Blanks of any width
//! become blanks, signs without a width disappear. Quotation marks become straight ones.
//!
//! Sources: Unicode, classes Pd and Zs; rsyslog, `$EscapeControlCharactersOnReceive` (`#` and three octal digits).

use std::borrow::Cow;

use super::Forms;
use crate::lines::{Decoded, Line};

/// The text with the signs that devices write.
pub(super) fn off(text: &Decoded, forms: &mut Forms<'_>) -> Option<Decoded> {
    let whole = text.text();
    let escaped =
        ESCAPED.iter().any(|sign| memchr::memmem::find(whole.as_bytes(), sign.as_bytes()).is_some());
    let typographic = !forms.markup && !whole.is_ascii() && whole.chars().any(|sign| plain(sign).is_some());
    if !escaped && !typographic {
        return None;
    }
    let mut changed = false;
    let mut written = Decoded::default();
    for line in text.lines() {
        let mut rest = line.text;
        while let Some(shorter) = ESCAPED.iter().find_map(|sign| rest.trim_end().strip_suffix(sign)) {
            rest = shorter;
        }
        let mut shown = Cow::Borrowed(rest);
        if typographic && !shown.is_ascii() {
            shown = Cow::Owned(in_plain_signs(&shown));
        }
        changed |= shown != line.text;
        written.append(&Line { text: &shown, ..line });
    }
    changed.then_some(written)
}

fn in_plain_signs(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match plain(sign) {
            Some("-") => {
                let before = written.chars().next_back().is_none_or(char::is_whitespace);
                let behind = signs.peek().is_none_or(|next| next.is_whitespace());
                if before && behind { written.push(sign) } else { written.push('-') }
            }
            Some(plain) => written.push_str(plain),
            None => written.push(sign),
        }
    }
    written
}

/// What a device writes for this sign; `None` where the sign may stay.
fn plain(sign: char) -> Option<&'static str> {
    Some(match sign {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' | '\u{2043}' => "-",
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => " ",
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' => "",
        '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => "\"",
        '\u{2039}' | '\u{3008}' | '\u{27e8}' | '\u{2329}' | '\u{ff1c}' => "<",
        '\u{203a}' | '\u{3009}' | '\u{27e9}' | '\u{232a}' | '\u{ff1e}' => ">",
        '\u{ff05}' => "%",
        '\u{ff1a}' => ":",
        '\u{ff0f}' => "/",
        '\u{2018}'..='\u{201b}' | '\u{2032}' => "'",
        _ => return None,
    })
}

/// What rsyslog writes for a carriage return, a line feed and a zero byte at the end of a message.
const ESCAPED: [&str; 3] = ["#015", "#012", "#000"];

#[cfg(test)]
mod tests {
    use super::in_plain_signs;

    #[test]
    fn only_signs_that_stand_for_others_are_changed() {
        for (written, plain) in [
            ("domain‐name a‑b 1–9", "domain-name a-b 1-9"),
            ("first – second", "first – second"),
            ("ssl\u{a0}trust\u{ad}point\u{200b} “x”", "ssl trustpoint \"x\""),
            ("User ‹phone-a› ％ASA", "User <phone-a> %ASA"),
            ("Grüße aus Köln", "Grüße aus Köln"),
        ] {
            assert_eq!(in_plain_signs(written), plain);
        }
    }
}
