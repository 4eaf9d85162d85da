//! The lines near a place of an input, read again when somebody looks there.
//!
//! Bytes in, in chunks of any size; at most `LINES` lines on each side of the place out, or a few rows of hexadecimal
//! where the input is binary. Bytes that do not begin with the input begin in the middle of a line, which is left out.
//!
//! Empty: the place is not among the bytes.
//! Quirks: the lines of a private key are never handed on.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::armour::KeyLines;
use crate::lines::{Line, LineFeed};

/// Lines on each side of the place.
const LINES: usize = 200;
/// Bytes of a line that are shown; a log of one line is no page.
const LINE_BYTES: usize = 4 << 10;
/// Bytes in one row of hexadecimal, and rows.
const HEX_BYTES: usize = 16;
const HEX_ROWS: usize = 16;

/// Which lines are wanted, and of which bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// The byte of the input at which the given bytes begin.
    pub begins: u64,
    /// Bytes of the input; 0 where that is not known.
    pub size: u64,
    /// A byte of the input at which a line begins.
    pub offset: u64,
    /// The 1-based number of that line; 0 in a binary input.
    pub line: u32,
    /// The place is so many lines further.
    pub ahead: u32,
    /// The place's text, as it was when the input was first read; empty where any line will do.
    pub excerpt: String,
}

/// The lines near a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinesNear {
    /// In the order of the input.
    pub rows: Vec<Row>,
    /// The place's own row.
    pub telling: Option<u32>,
    /// There is more of the input before the first row.
    pub before: bool,
    /// There is more of the input after the last row.
    pub after: bool,
    /// What stands at the place is not what stood there.
    pub changed: bool,
}

/// One line, or one row of hexadecimal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// 1-based; 0 in a binary input.
    pub line: u32,
    /// The byte of the input at which it begins.
    pub offset: u64,
    /// What stands there; `None` for a part of a private key.
    pub text: Option<String>,
}

/// The lines near a place among bytes that are all there.
pub fn lines_near(bytes: &[u8], wanted: Wanted) -> LinesNear {
    let mut near = Near::new(wanted);
    near.push(bytes);
    near.finish()
}

/// Gathers the lines near a place while the bytes come.
#[derive(Debug)]
pub struct Near {
    wanted: Wanted,
    /// Bytes so far.
    taken: u64,
    /// The byte of the place as it was asked for, where the bytes come from elsewhere.
    place: Option<u64>,
    gathered: Gathered,
}

#[derive(Debug)]
enum Gathered {
    Text(LineFeed, Window),
    Binary(Bytes),
}

impl Near {
    /// Before the first byte.
    pub fn new(wanted: Wanted) -> Self {
        let gathered = if wanted.line == 0 {
            Gathered::Binary(Bytes { at: wanted.begins, kept: Vec::new() })
        } else {
            Gathered::Text(LineFeed::new(LINE_BYTES), Window::default())
        };
        Self { wanted, taken: 0, place: None, gathered }
    }

    /// The bytes that come next stood at this byte of the input that the place is counted in. The rows before and behind
    /// may have stood further from it.
    pub fn stood_at(&mut self, byte: u64) {
        let place = *self.place.get_or_insert(self.wanted.offset);
        if let Some(further) = place.checked_sub(byte) {
            self.wanted.offset = self.taken.saturating_add(further);
        }
    }

    /// Takes the next bytes.
    pub fn push(&mut self, chunk: &[u8]) {
        let wanted = &self.wanted;
        self.taken = self.taken.saturating_add(u64::try_from(chunk.len()).unwrap_or_default());
        match &mut self.gathered {
            Gathered::Text(feed, window) => feed.push(chunk, &mut |line| window.take(&line, wanted)),
            Gathered::Binary(bytes) => bytes.take(chunk, wanted.offset),
        }
    }

    /// False once further bytes would change nothing.
    pub fn wants_more(&self) -> bool {
        match &self.gathered {
            Gathered::Text(_, window) => !window.after,
            Gathered::Binary(bytes) => bytes.kept.len() <= HEX_BYTES * HEX_ROWS,
        }
    }

    /// All bytes were given, or no more are wanted.
    pub fn finish(self) -> LinesNear {
        let wanted = self.wanted;
        match self.gathered {
            Gathered::Text(mut feed, mut window) => {
                feed.finish(&mut |line| window.take(&line, &wanted));
                window.finish(&wanted, self.taken)
            }
            Gathered::Binary(bytes) => bytes.finish(&wanted),
        }
    }
}

/// Some lines before the place, and those behind it.
#[derive(Debug, Default)]
struct Window {
    rows: VecDeque<Row>,
    /// Rows that begin behind the offset.
    behind: usize,
    /// The first line came by: of bytes that begin within the input it is cut.
    begun: bool,
    before: bool,
    after: bool,
    key: KeyLines,
}

impl Window {
    fn take(&mut self, line: &Line<'_>, wanted: &Wanted) {
        let (open, held) = (self.key.are_open(), self.key.hold(line.text));
        if held && !open && !line.text.contains("-----BEGIN ") {
            // The key began before the first byte.
            self.rows.iter_mut().for_each(|row| row.text = None);
        }
        let text = (!held).then(|| line.text.to_owned());
        let offset = wanted.begins.saturating_add(line.offset);
        if !std::mem::replace(&mut self.begun, true) && wanted.begins > 0 {
            return;
        }
        let ahead = usize::try_from(wanted.ahead).unwrap_or_default();
        if self.behind >= ahead + LINES {
            self.after = true;
            return;
        }
        self.rows.push_back(Row { line: line.number, offset, text });
        if offset > wanted.offset {
            self.behind += 1;
        } else if self.rows.len() > LINES + 1 {
            self.rows.pop_front();
            self.before = true;
        }
    }

    fn finish(mut self, wanted: &Wanted, taken: u64) -> LinesNear {
        let ahead = usize::try_from(wanted.ahead).unwrap_or_default();
        let base = self.rows.len().checked_sub(self.behind + 1);
        let telling = base.map(|base| base + ahead).filter(|telling| *telling < self.rows.len());
        let (Some(base), Some(telling)) = (base, telling) else { return LinesNear::default() };
        let mut rows: Vec<Row> = self.rows.drain(..).collect();
        number(&mut rows, base, wanted.line);
        let changed = !same(&rows, telling, &wanted.excerpt);
        let first = telling.saturating_sub(LINES);
        rows.drain(..first);
        LinesNear {
            before: self.before
                || first > 0
                || rows.first().is_some_and(|row| wanted.begins > 0 && row.offset > 0),
            after: self.after || wanted.begins.saturating_add(taken) < wanted.size,
            telling: u32::try_from(telling - first).ok(),
            rows,
            changed,
        }
    }
}

/// Numbers rows from the one whose number is known.
fn number(rows: &mut [Row], known: usize, line: u32) {
    let first = i64::from(line) - i64::try_from(known).unwrap_or_default();
    for (row, index) in rows.iter_mut().zip(0_i64..) {
        row.line = u32::try_from(first + index).unwrap_or_default();
    }
}

/// True where a row is what an excerpt was taken from: the excerpt may be cut, join the lines that a terminal wrapped,
/// or have had something around it taken off: then most of its words stand in this row and the next ones.
fn same(rows: &[Row], telling: usize, excerpt: &str) -> bool {
    let Some(text) = rows.get(telling).and_then(|row| row.text.as_deref()).map(str::trim) else {
        return false;
    };
    let excerpt = excerpt.trim().trim_end_matches('…');
    if text.contains(excerpt) || (!text.is_empty() && excerpt.starts_with(text)) {
        return true;
    }
    let next = rows.get(telling..rows.len().min(telling + WRAPPED_ROWS)).unwrap_or_default();
    let joined: String = next.iter().filter_map(|row| row.text.as_deref()).collect();
    let words = excerpt.split(|sign: char| !sign.is_alphanumeric()).filter(|word| word.len() > 3);
    let (mut all, mut there) = (0_usize, 0_usize);
    for word in words {
        all += 1;
        there += usize::from(joined.contains(word));
    }
    all > 2 && there * 4 >= all * 3
}

/// Rows over which one line may have been wrapped.
const WRAPPED_ROWS: usize = 8;

/// Some rows of bytes from the place on.
#[derive(Debug)]
struct Bytes {
    at: u64,
    kept: Vec<u8>,
}

impl Bytes {
    fn take(&mut self, chunk: &[u8], offset: u64) {
        let skip = Self::aligned(offset).saturating_sub(self.at);
        let skip = usize::try_from(skip).unwrap_or(usize::MAX).min(chunk.len());
        let room = (HEX_BYTES * HEX_ROWS + 1).saturating_sub(self.kept.len());
        self.kept.extend(chunk.iter().skip(skip).take(room));
        self.at = self.at.saturating_add(u64::try_from(chunk.len()).unwrap_or_default());
    }

    fn aligned(offset: u64) -> u64 {
        offset - offset % 16
    }

    fn finish(self, wanted: &Wanted) -> LinesNear {
        let base = Self::aligned(wanted.offset).max(wanted.begins);
        let rows: Vec<Row> = self
            .kept
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
            before: base > 0 && !rows.is_empty(),
            after: self.kept.len() > HEX_BYTES * HEX_ROWS,
            changed: false,
            rows,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "first line\nsecond line\nthird line\n";

    fn whole(excerpt: &str, offset: u64, line: u32) -> LinesNear {
        let size = LOG.len() as u64;
        let excerpt = excerpt.to_owned();
        lines_near(LOG.as_bytes(), Wanted { size, offset, line, excerpt, ..Wanted::default() })
    }

    #[test]
    fn a_place_is_found_by_its_byte_and_a_change_is_seen() {
        let near = whole("second line", 11, 2);
        assert_eq!((near.telling, near.changed, near.before, near.after), (Some(1), false, false, false));
        assert_eq!(near.rows[1], Row { line: 2, offset: 11, text: Some("second line".to_owned()) });
        assert!(whole("another line", 11, 2).changed);
        assert!(!whole("second line third line", 11, 2).changed, "lines that a terminal wrapped");
        let ahead =
            Wanted { offset: 0, line: 1, ahead: 2, excerpt: "third line".to_owned(), ..Wanted::default() };
        let near = lines_near(LOG.as_bytes(), ahead);
        assert_eq!((near.telling, near.changed), (Some(2), false));
    }

    #[test]
    fn what_stood_around_an_excerpt_is_no_change() {
        let mail = "Nov 23 10:19:27 asa1 : %ASA-6-725001: Starting SSL handshake with client=\n=3Doutside:203.0.113.44\n";
        let excerpt =
            "Nov 23 10:19:27 asa1 : %ASA-6-725001: Starting SSL handshake with client=outside:203.0.113.44";
        let wanted = Wanted { line: 1, excerpt: excerpt.to_owned(), ..Wanted::default() };
        assert!(!lines_near(mail.as_bytes(), wanted).changed);
    }

    #[test]
    fn a_slice_of_a_long_input_keeps_its_numbers_in_chunks_of_any_size() {
        let text: String = (1..=5_000).map(|n| format!("line {n:04}\n")).collect();
        for (begins, end) in [(10_003, 40_003), (0, 50_000)] {
            let wanted = Wanted {
                begins,
                size: text.len() as u64,
                offset: 20_000,
                line: 2_001,
                ahead: 0,
                excerpt: "line 2001".to_owned(),
            };
            let slice = &text.as_bytes()[usize::try_from(begins).unwrap()..end];
            let near = lines_near(slice, wanted.clone());
            assert_eq!(near.rows.len(), 2 * LINES + 1);
            assert!(near.before && near.after && !near.changed);
            for row in &near.rows {
                assert_eq!(row.text.as_deref(), Some(format!("line {:04}", row.line).as_str()));
                assert_eq!(row.offset, u64::from(row.line - 1) * 10);
            }
            for size in [1, 7, 1000] {
                let mut again = Near::new(wanted.clone());
                slice.chunks(size).for_each(|chunk| again.push(chunk));
                assert_eq!(again.finish(), near);
            }
        }
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
    fn binary_inputs_show_their_bytes() {
        let bytes: Vec<u8> = (0..=255).cycle().take(1_000).collect();
        let near = lines_near(&bytes, Wanted { size: 1_000, offset: 0x45, ..Wanted::default() });
        assert_eq!((near.rows.len(), near.rows[0].offset), (HEX_ROWS, 0x40));
        let first = near.rows[0].text.as_deref().unwrap();
        assert!(first.starts_with("40 41 42") && first.ends_with("@ABCDEFGHIJKLMNO"), "{first}");
        assert_eq!(lines_near(&[], Wanted::default()), LinesNear::default());
    }
}
