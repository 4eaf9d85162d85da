//! What an input seems to be that no format reads.
//!
//! ```text
//! ocserv[2593]: main: initialized ocserv 1.2.2        seems to be ocserv's log
//! 89 50 4e 47 0d 0a 1a 0a                             is a picture
//! ```
//!
//! This is no format: it claims nothing, and is asked only where every format has passed. Empty means that not even a
//! guess can be made. Only the head of a text is looked at: what a file is shows near its top.
//!
//! Sources: the rows of [`crate::tables::foreign_files`], each with its own.

use crate::documents::foreign::Foreign;
use crate::formats::Sample;
use crate::lines::Line;
use crate::source::At;
use crate::tables::foreign_files::{self, ForeignFile, Weight};
use crate::text::Text;

/// Where an input comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// A file, or a member of one.
    File,
    /// A recorded session: the screen besides its commands, or a command that nothing reads.
    Session,
    /// A recorded session: a command whose output some format should have read.
    ReadCommand,
}

/// What an input seems to be.
pub fn guess(sample: &Sample<'_>, from: From) -> Option<Foreign> {
    if let Some(row) = foreign_files::by_bytes(sample.bytes) {
        return Some(Foreign { id: row.id.to_owned(), at: At::byte(0) });
    }
    let lines: Vec<Line<'_>> =
        sample.text.lines().filter(|line| !line.text.trim().is_empty()).take(HEAD_LINES).collect();
    let texts: Vec<&str> = lines.iter().map(|line| head(line.text)).collect();
    let told = foreign_files::by_lines(&texts);
    let particular = told.filter(|(row, _)| row.weight == Weight::Gateway || from == From::File);
    if let Some((row, index)) = particular {
        let at = lines.get(index).map(Line::at).unwrap_or_default();
        return Some(Foreign { id: row.id.to_owned(), at });
    }
    let first = lines.first().filter(|_| from == From::Session)?;
    let id =
        if sample.command.is_some() { foreign_files::COMMAND_OUTPUT } else { foreign_files::SCREEN_TEXT };
    Some(Foreign { id: id.to_owned(), at: first.at() })
}

/// What is said of an input of this kind.
pub fn because(row: &ForeignFile) -> Text {
    match row.weight {
        Weight::Nothing => {
            Text::fixed("This is {row}; it changes nothing here.", "Das ist {row}; hier ändert das nichts.")
                .nested("row", row.name.clone())
        }
        Weight::Gateway | Weight::Evidence => {
            Text::fixed("This seems to be {row}. {instead}", "Das ist anscheinend {row}. {instead}")
                .nested("row", row.name.clone())
                .nested("instead", row.instead.clone())
        }
    }
}

fn head(text: &str) -> &str {
    match text.char_indices().nth(LINE_CHARS) {
        Some((cut, _)) => text.get(..cut).unwrap_or_default(),
        None => text,
    }
}

/// Lines looked at that are not empty.
const HEAD_LINES: usize = 120;
/// Characters of a line that are looked at.
const LINE_CHARS: usize = 400;

#[cfg(test)]
mod tests {

    use super::*;
    use crate::lines::Decoded;

    fn guess_of(bytes: &[u8], from: From) -> String {
        let text = Decoded::new(bytes, 65536);
        let sample = Sample { name: "x", command: None, bytes, text: &text, complete: true };
        guess(&sample, from).map(|found| format!("{}:{}", found.id, found.at.line)).unwrap_or_default()
    }

    #[test]
    fn an_input_is_called_what_it_seems_to_be() {
        let rows: &[(&[u8], &str)] = &[
            (b"\nStarting Nmap 7.94 ( https://nmap.org )\nNmap scan report for a (192.0.2.1)\n", "nmap:3"),
            (b"ocserv[812]: main: initialized ocserv 1.1.6\n", "ocserv-log:1"),
            (b"# comment\nrun-as-user = ocserv\nipv4-network = 198.51.100.0/24\n", "ocserv-configuration:2"),
            (b"config vpn ssl settings\n set port 443\n", "fortigate-vpn:1"),
            (b"#config-version=FGT60F\nconfig system global\n", "fortigate:1"),
            (b"Site report\n\nFrom: Jane\nSubject: the phone\n", "email:3"),
            (b"\x89PNG\r\n\x1a\n\0\0", "picture:0"),
            (b"%PDF-1.7\n", "office-document:0"),
            (
                b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0\x13\0\0\0[Content_Types].xml",
                "office-document:0",
            ),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0_\0_\0s\0u\0b\0s\0t\0g\x001\0", "outlook-message:0"),
            (b"\x7fELF\x02", "program:0"),
            (b"Dear all,\nthe phone does not work.\n", ""),
            (b"", ""),
        ];
        for (bytes, expected) in rows {
            let found = guess_of(bytes, From::File);
            assert_eq!(found, *expected, "{:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn a_session_shows_more_than_its_commands() {
        assert_eq!(guess_of(b"Welcome to the gateway\n", From::Session), "screen-text:1");
        assert_eq!(guess_of(b"Welcome to the gateway\n", From::ReadCommand), "");
    }

    #[test]
    fn a_cut_input_is_no_trouble() {
        let text = b"\nStarting Nmap 7.94\nlease 192.0.2.1 {\n";
        for cut in 0..text.len() {
            guess_of(&text[..cut], From::File);
        }
    }
}
