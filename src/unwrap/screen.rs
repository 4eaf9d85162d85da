//! What a terminal adds to the text: the pager, overwritten characters, colours.
//!
//! ```text
//! <--- More --->\r              \r subnet 192.0.2.0 255.255.255.0
//! sh rin\x08\x08un
//! \x1b[1mciscoasa#\x1b[0m
//! ```
//!
//! Empty: a line of the pager alone becomes no line at all.
//! Quirks: recorders differ in what they keep. Some drop the carriage returns around the pager and leave its
//! fourteen blanks, which must not be taken for the indentation of the line that follows.
//! Sources: recorded sessions of ASA 8 and 9; ECMA-48 for the escape sequences.

use std::borrow::Cow;

use super::Forms;
use crate::lines::{Decoded, Line};

/// The text as it stood on the screen; `None` where no terminal left anything in it.
pub(super) fn off(text: &Decoded, _forms: &mut Forms<'_>) -> Option<Decoded> {
    let bytes = text.text().as_bytes();
    let marked = memchr::memchr3(ESCAPE, BACK_SPACE, b'\r', bytes).is_some()
        || memchr::memchr(DELETE, bytes).is_some()
        || PAGERS.iter().any(|pager| memchr::memmem::find(bytes, pager.as_bytes()).is_some());
    if !marked {
        return None;
    }
    let mut screen = Decoded::default();
    for line in text.lines() {
        for (from, piece) in shown_lines(line.text) {
            if let Some(shown) = screen_line(piece) {
                // A sign beyond ASCII may have been one byte in the file or more: then the line's own place is said.
                let plain = line.text.get(..from).is_some_and(str::is_ascii);
                let from = if plain { from as u64 } else { 0 };
                screen.append(&Line { text: &shown, offset: line.offset + from, ..line });
            }
        }
    }
    (screen.text() != text.text()).then_some(screen)
}

/// A carriage return wipes what a pager wrote; between two texts it is the end of a line.
fn shown_lines(line: &str) -> Vec<(usize, &str)> {
    let said = |piece: &str| {
        let piece = piece.trim_matches(|sign: char| sign.is_whitespace() || sign.is_control());
        !piece.is_empty() && !PAGERS.iter().any(|pager| piece.contains(pager))
    };
    let mut pieces = Vec::new();
    let mut from = 0;
    for piece in line.split('\r') {
        if said(piece) {
            pieces.push((from, piece));
        }
        from += piece.len() + 1;
    }
    if pieces.len() < 2 { vec![(0, line)] } else { pieces }
}

/// A line as it stood on the screen in the end; `None` where it showed nothing but the pager.
pub fn screen_line(line: &str) -> Option<Cow<'_, str>> {
    let paged = PAGERS.iter().any(|pager| line.contains(pager));
    if !paged && !line.bytes().any(|byte| byte < b' ' && byte != b'\t' || byte == 0x7f) {
        return Some(Cow::Borrowed(line));
    }
    let mut text = Cow::Borrowed(line);
    for pager in PAGERS {
        if text.contains(pager) {
            text = Cow::Owned(without_pager(&text, pager));
        }
    }
    let shown = overwritten(&without_escapes(&text));
    (!paged || !shown.trim().is_empty()).then_some(Cow::Owned(shown))
}

/// Takes the pager out, with what wiped it from the screen.
fn without_pager(text: &str, pager: &str) -> String {
    let mut pieces = text.split(pager);
    let mut kept = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let moved = piece.trim_start_matches(['\r', '\u{8}']);
        let blanks = moved.len() - moved.trim_start_matches(' ').len();
        let wiped = if blanks >= WIPED { moved.get(WIPED..).unwrap_or_default() } else { moved };
        kept.push_str(wiped.trim_start_matches(['\r', '\u{8}']));
    }
    kept
}

fn without_escapes(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\u{1b}' {
            kept.push(character);
            continue;
        }
        match characters.next() {
            // A control sequence ends with a character from @ to ~.
            Some('[') => drop(characters.find(|c| ('@'..='~').contains(c))),
            // A title ends with a bell, or with the rest of the line.
            Some(']') => drop(characters.find(|c| *c == '\u{7}')),
            _ => {}
        }
    }
    kept
}

/// What is left after back-spaces and carriage returns have overwritten what stood before.
fn overwritten(text: &str) -> String {
    let mut screen: Vec<char> = Vec::with_capacity(text.len());
    let mut column = 0_usize;
    let mut wiped = false;
    for character in text.chars() {
        match character {
            '\r' => column = 0,
            '\u{8}' | '\u{7f}' => {
                column = column.saturating_sub(1);
                wiped = true;
            }
            '\t' => put(&mut screen, &mut column, '\t'),
            control if control < ' ' => {}
            shown => put(&mut screen, &mut column, shown),
        }
    }
    let shown: String = screen.into_iter().collect();
    // Deleting a character prints a back-space, a blank and a back-space: such blanks are not text.
    if wiped { shown.trim_end().to_owned() } else { shown }
}

fn put(screen: &mut Vec<char>, column: &mut usize, character: char) {
    match screen.get_mut(*column) {
        Some(place) => *place = character,
        None => screen.push(character),
    }
    *column += 1;
}

const ESCAPE: u8 = 0x1b;
const BACK_SPACE: u8 = 0x08;
const DELETE: u8 = 0x7f;

/// The pagers of ASA and IOS.
const PAGERS: [&str; 2] = ["<--- More --->", "--More--"];

/// Blanks that wipe the ASA's pager.
const WIPED: usize = 14;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stood_on_the_screen_is_kept() {
        let blanks = " ".repeat(14);
        let rows = [
            ("plain  text \tx", Some("plain  text \tx")),
            (&format!("<--- More --->\r{blanks}\r subnet 192.0.2.0"), Some(" subnet 192.0.2.0")),
            (&format!("<--- More --->{blanks} subnet 192.0.2.0"), Some(" subnet 192.0.2.0")),
            ("<--- More ---> subnet 192.0.2.0", Some(" subnet 192.0.2.0")),
            (&format!("<--- More --->{0}{blanks}{0}hostname asa", "\u{8}".repeat(14)), Some("hostname asa")),
            (&format!("<--- More --->\r{blanks}\r"), None),
            ("<--- More --->", None),
            ("asa# sh rin\u{8} \u{8}\u{8} \u{8}un", Some("asa# sh run")),
            ("asa# sh vre\u{8}\u{8}er", Some("asa# sh ver")),
            ("\u{1b}[1;32masa#\u{1b}[0m show\u{1b}]0;title\u{7} run", Some("asa# show run")),
            ("cut\u{1b}[", Some("cut")),
        ];
        for (line, expected) in rows {
            assert_eq!(screen_line(line).as_deref(), expected, "{line:?}");
        }
    }
}
