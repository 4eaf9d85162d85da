//! The lines around a place of a file, read again from the file when somebody looks there.
//!
//! Bytes of a slice in, at most [`LINES`] lines on each side of the place out, or a few rows of hexadecimal where the
//! input is binary. A slice that does not begin with the file begins in the middle of a line, which is left out.
//!
//! Empty: the place is not in the slice, or the excerpt is not in the file exactly once.
//! Quirks: a member of an archive or a command of a session counts its own lines. Its place in the file that holds it
//! is known where its line stands there exactly once. The lines of a private key are never handed on.

use serde::{Deserialize, Serialize};

use crate::lines::LineFeed;

/// Lines on each side of the place.
const LINES: usize = 200;
/// Bytes of a line that are shown; a log of one line is no page.
const LINE_BYTES: usize = 4 << 10;
/// Bytes in one row of hexadecimal, and rows.
const HEX_BYTES: usize = 16;
const HEX_ROWS: usize = 16;

/// What is wanted of a slice.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// The byte of the file at which the slice begins.
    pub begins: u64,
    /// Bytes of the file.
    pub size: u64,
    /// The byte of the file at which the line begins.
    pub offset: u64,
    /// Its 1-based number; 0 in a binary file.
    pub line: u32,
    /// Its text, as it was when the file was first read; empty where any line will do.
    pub excerpt: &'a str,
    /// The place is one in something that the file holds, so that only the text can tell it.
    pub inside: bool,
}

/// The lines around a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinesNear {
    /// In the order of the file.
    pub rows: Vec<Row>,
    /// The place's own row.
    pub telling: Option<u32>,
    /// There is more of the file before the first row.
    pub before: bool,
    /// There is more of the file after the last row.
    pub after: bool,
    /// What stands at the place is not what stood there.
    pub changed: bool,
}

/// One line, or one row of hexadecimal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// 1-based; 0 in a binary file.
    pub line: u32,
    /// The byte of the file at which it begins.
    pub offset: u64,
    /// What stands there; `None` for a part of a private key.
    pub text: Option<String>,
}

/// Cuts what is wanted out of a slice.
pub fn lines_near(bytes: &[u8], wanted: Wanted<'_>) -> LinesNear {
    if wanted.line == 0 {
        return hexadecimal(bytes, wanted);
    }
    let mut rows = lines(bytes, wanted);
    let found = if wanted.inside {
        let mut same = rows.iter().enumerate().filter(|(_, row)| same(row, wanted.excerpt)).map(|(at, _)| at);
        let first = same.next();
        if same.next().is_some() { None } else { first }
    } else {
        rows.iter().rposition(|row| row.offset <= wanted.offset)
    };
    let Some(found) = found else { return LinesNear::default() };
    if !wanted.inside {
        number(&mut rows, found, wanted.line);
    }
    let changed = rows.get(found).is_some_and(|row| !same(row, wanted.excerpt));
    let first = found.saturating_sub(LINES);
    let last = rows.len().min(found + LINES + 1);
    let ends = wanted.begins.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    LinesNear {
        before: first > 0 || rows.first().is_some_and(|row| row.offset > 0),
        after: last < rows.len() || ends < wanted.size,
        telling: u32::try_from(found - first).ok(),
        rows: rows.get(first..last).unwrap_or_default().to_vec(),
        changed,
    }
}

/// The whole lines of a slice, numbered from 1.
fn lines(bytes: &[u8], wanted: Wanted<'_>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut key = false;
    let mut take = |line: crate::lines::Line<'_>| {
        if line.text.contains("-----BEGIN ") && line.text.contains("PRIVATE KEY") {
            key = true;
        }
        let ends = line.text.contains("-----END ") && line.text.contains("PRIVATE KEY");
        if ends && !key {
            // The key began before the slice.
            rows.iter_mut().for_each(|row| row.text = None);
        }
        let text = (!key && !ends).then(|| line.text.to_owned());
        rows.push(Row { line: line.number, offset: wanted.begins.saturating_add(line.offset), text });
        key &= !ends;
    };
    let mut feed = LineFeed::new(LINE_BYTES);
    feed.push(bytes, &mut take);
    feed.finish(&mut take);
    if wanted.begins > 0 && !rows.is_empty() {
        rows.remove(0);
    }
    rows
}

/// Numbers rows from the one whose number is known.
fn number(rows: &mut [Row], known: usize, line: u32) {
    let first = i64::from(line) - i64::try_from(known).unwrap_or_default();
    for (row, index) in rows.iter_mut().zip(0_i64..) {
        row.line = u32::try_from(first + index).unwrap_or_default();
    }
}

/// True where a row is what an excerpt was taken from: the excerpt may be cut, or join the lines that a terminal
/// wrapped.
fn same(row: &Row, excerpt: &str) -> bool {
    let Some(text) = row.text.as_deref().map(str::trim) else { return false };
    let excerpt = excerpt.trim().trim_end_matches('…');
    text.contains(excerpt) || (!text.is_empty() && excerpt.starts_with(text))
}

fn hexadecimal(bytes: &[u8], wanted: Wanted<'_>) -> LinesNear {
    let from = usize::try_from(wanted.offset.saturating_sub(wanted.begins)).unwrap_or(usize::MAX);
    let from = from.saturating_sub(from % HEX_BYTES);
    let part = bytes.get(from..).unwrap_or_default();
    let base = wanted.begins.saturating_add(u64::try_from(from).unwrap_or_default());
    let rows: Vec<Row> = part
        .chunks(HEX_BYTES)
        .take(HEX_ROWS)
        .zip(0_u64..)
        .map(|(row, index)| {
            let hex: Vec<String> = row.iter().map(|byte| format!("{byte:02x}")).collect();
            let plain: String = row
                .iter()
                .map(|byte| if byte.is_ascii_graphic() { char::from(*byte) } else { '.' })
                .collect();
            Row {
                line: 0,
                offset: base.saturating_add(index * 16),
                text: Some(format!("{:<47}  {plain}", hex.join(" "))),
            }
        })
        .collect();
    LinesNear {
        telling: (!rows.is_empty()).then_some(0),
        before: base > 0,
        after: part.len() > HEX_BYTES * HEX_ROWS,
        changed: false,
        rows,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "first line\nsecond line\nthird line\n";

    fn whole(excerpt: &str, offset: u64, line: u32) -> LinesNear {
        let size = LOG.len() as u64;
        lines_near(LOG.as_bytes(), Wanted { size, offset, line, excerpt, ..Wanted::default() })
    }

    #[test]
    fn a_place_is_found_by_its_byte_and_a_change_is_seen() {
        let found = whole("second line", 11, 2);
        assert_eq!((found.telling, found.changed, found.before, found.after), (Some(1), false, false, false));
        assert_eq!(found.rows[1], Row { line: 2, offset: 11, text: Some("second line".to_owned()) });
        assert!(whole("another line", 11, 2).changed);
        assert!(!whole("second line third line", 11, 2).changed, "lines that a terminal wrapped");
    }

    #[test]
    fn a_slice_of_a_long_file_keeps_its_numbers() {
        let text: String = (1..=5_000).map(|n| format!("line {n:04}\n")).collect();
        let slice = &text.as_bytes()[10_003..40_003];
        let wanted = Wanted {
            begins: 10_003,
            size: text.len() as u64,
            offset: 20_000,
            line: 2_001,
            excerpt: "line 2001",
            inside: false,
        };
        let found = lines_near(slice, wanted);
        assert_eq!(found.rows.len(), 2 * LINES + 1);
        assert!(found.before && found.after && !found.changed);
        for row in &found.rows {
            assert_eq!(row.text.as_deref(), Some(format!("line {:04}", row.line).as_str()));
            assert_eq!(row.offset, u64::from(row.line - 1) * 10);
        }
    }

    #[test]
    fn what_a_file_holds_is_found_by_its_text_where_it_stands_once() {
        let inside = |text: &str, excerpt| {
            let size = text.len() as u64;
            let wanted = Wanted { size, line: 1, excerpt, inside: true, ..Wanted::default() };
            lines_near(text.as_bytes(), wanted).telling
        };
        assert_eq!(inside(LOG, "third line"), Some(2));
        assert_eq!(inside(LOG, "fourth line"), None);
        assert_eq!(inside(&LOG.repeat(2), "third line"), None, "it may be either");
    }

    #[test]
    fn a_private_key_is_never_handed_on() {
        let text = "before\n-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\nafter\n";
        let shown = |text: &str, begins| {
            let wanted = Wanted { begins, size: 999, offset: 998, line: 9, ..Wanted::default() };
            let rows = lines_near(text.as_bytes(), wanted).rows;
            rows.into_iter().filter_map(|row| row.text).collect::<Vec<_>>()
        };
        assert_eq!(shown(text, 0), ["before", "after"]);
        assert_eq!(shown(&text[42..], 42), ["after"], "the slice begins inside the key");
        for cut in 0..text.len() {
            assert!(!shown(&text[..cut], 0).concat().contains("AAAA"), "{cut}");
        }
    }

    #[test]
    fn binary_files_show_their_bytes() {
        let bytes: Vec<u8> = (0..=255).cycle().take(1_000).collect();
        let found = lines_near(&bytes, Wanted { size: 1_000, offset: 0x45, ..Wanted::default() });
        assert_eq!((found.rows.len(), found.rows[0].offset), (HEX_ROWS, 0x40));
        let first = found.rows[0].text.as_deref().unwrap();
        assert!(first.starts_with("40 41 42") && first.ends_with("@ABCDEFGHIJKLMNO"), "{first}");
        assert_eq!(lines_near(&[], Wanted::default()), LinesNear::default());
    }
}
