//! Text of any encoding met in the field, cut into lines that know their place.
//!
//! Windows tools write UTF-16, old syslog servers Latin-1, and a log may mix UTF-8 and Latin-1 line by line.
//! [`LineFeed`] takes bytes in chunks of any size; [`Decoded`] holds a whole text. Both give the same [`Line`]s.

use std::borrow::Cow;

use memchr::{memchr, memchr2};

use crate::source;
use crate::source::At;
use crate::text::Text;
use crate::time::Stamp;

/// How the bytes of a text are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, and Windows-1252 for the lines that are not valid UTF-8.
    Bytes,
    /// UTF-16, least significant byte first.
    Utf16Le,
    /// UTF-16, most significant byte first.
    Utf16Be,
}

impl Encoding {
    /// Tells the encoding by a byte order mark, or by the zero bytes that Latin text leaves in UTF-16.
    pub fn of(head: &[u8]) -> Self {
        match head {
            [0xff, 0xfe, ..] => return Self::Utf16Le,
            [0xfe, 0xff, ..] => return Self::Utf16Be,
            _ => {}
        }
        let sample = head.get(..head.len().min(TELLING)).unwrap_or_default();
        let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
        let pairs = sample.len() / 2;
        if pairs >= 4 && zeros(1) * 10 > pairs * 9 && zeros(0) * 10 < pairs {
            Self::Utf16Le
        } else if pairs >= 4 && zeros(0) * 10 > pairs * 9 && zeros(1) * 10 < pairs {
            Self::Utf16Be
        } else {
            Self::Bytes
        }
    }

    /// Length of the byte order mark at the start.
    fn mark(self, head: &[u8]) -> usize {
        match (self, head) {
            (Self::Bytes, [0xef, 0xbb, 0xbf, ..]) => 3,
            (Self::Utf16Le, [0xff, 0xfe, ..]) | (Self::Utf16Be, [0xfe, 0xff, ..]) => 2,
            _ => 0,
        }
    }

    /// The first line end at or after `from`: where it begins, and its length. A carriage return ends a line only in
    /// a text that has no other line ends.
    fn line_end(self, bytes: &[u8], from: usize, returns: bool) -> Option<(usize, usize)> {
        let rest = bytes.get(from..)?;
        if self == Self::Bytes {
            let end = if returns { memchr2(b'\n', b'\r', rest) } else { memchr(b'\n', rest) };
            return end.map(|at| (from + at, 1));
        }
        let is_end = |unit: &[u8]| self.is(unit, b'\n') || returns && self.is(unit, b'\r');
        rest.chunks_exact(2).position(is_end).map(|unit| (from + unit * 2, 2))
    }

    /// True where the bytes begin with this ASCII character.
    fn is(self, bytes: &[u8], sign: u8) -> bool {
        match self {
            Self::Bytes => bytes.first() == Some(&sign),
            Self::Utf16Le => bytes.starts_with(&[sign, 0]),
            Self::Utf16Be => bytes.starts_with(&[0, sign]),
        }
    }

    /// True for a head in which carriage returns stand alone: old terminals and some recorders end lines so.
    fn ends_with_returns(self, head: &[u8]) -> bool {
        let width = if self == Self::Bytes { 1 } else { 2 };
        let head = head.get(..head.len().min(TELLING)).unwrap_or_default();
        let mut returns = 0;
        for unit in head.chunks_exact(width) {
            if self.is(unit, b'\n') {
                return false;
            }
            returns += usize::from(self.is(unit, b'\r'));
        }
        let cut = head.chunks_exact(width).next_back().is_some_and(|unit| self.is(unit, b'\r'));
        returns > usize::from(cut)
    }

    /// One line's bytes as text.
    pub fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Self::Bytes => match std::str::from_utf8(bytes) {
                Ok(text) => Cow::Borrowed(text),
                Err(_) => Cow::Owned(bytes.iter().map(|byte| windows_1252(*byte)).collect()),
            },
            Self::Utf16Le | Self::Utf16Be => {
                let units = bytes.chunks(2).filter_map(|unit| match *unit {
                    [low, high] if self == Self::Utf16Le => Some(u16::from_le_bytes([low, high])),
                    [high, low] => Some(u16::from_be_bytes([high, low])),
                    _ => None,
                });
                let decoded = char::decode_utf16(units);
                Cow::Owned(decoded.map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
            }
        }
    }
}

/// True for an input whose first bytes are no text.
pub fn is_binary(bytes: &[u8]) -> bool {
    let sample = bytes.get(..bytes.len().min(SAMPLE)).unwrap_or_default();
    let control = |byte: &&u8| **byte < BACK_SPACE || (14..27).contains(*byte);
    Encoding::of(sample) == Encoding::Bytes && sample.iter().filter(control).count() * 50 > sample.len()
}

/// Bytes that tell a text from other data.
pub const SAMPLE: usize = 4096;
/// A pager is wiped from the screen with many of them: they make no text binary.
const BACK_SPACE: u8 = 8;

/// The character of a byte in Windows-1252, which is Latin-1 with quotation marks and dashes in 0x80-0x9f.
fn windows_1252(byte: u8) -> char {
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match byte {
        0x80..=0x9f => HIGH.chars().nth(usize::from(byte - 0x80)).unwrap_or(char::from(byte)),
        _ => char::from(byte),
    }
}

/// One line of an input, without its line end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// 1-based.
    pub number: u32,
    /// 0-based byte in the input at which the line begins.
    pub offset: u64,
    /// The text, without `\r\n`.
    pub text: &'a str,
    /// The time that stands beside the text: in another field of its record, or before it where a recorder wrote it.
    pub time: Option<Stamp>,
    /// Its rank among the lines as they are read; see [`At::order`].
    pub order: u64,
}

impl Line<'_> {
    /// Its place, with an excerpt.
    pub fn at(&self) -> At {
        At::line(self.number, self.offset, self.text).ranked(self.order)
    }

    /// `"902: NOT 10:19:27.155936 VPNC: …" in line 1`: why an input was recognised.
    pub fn quoted(&self) -> Text {
        quoted(self.text, self.number)
    }
}

/// A part of a line as the reason why its input was recognised, cut to a length that fits beside a file's name.
pub fn quoted(text: &str, line: u32) -> Text {
    let text = shortened(text);
    Text::fixed("{text} in line {line}", "{text} in Zeile {line}").quote("text", text).number("line", line)
}

/// A command as the reason why its output was recognised.
pub fn printed_by(command: &str) -> Text {
    let command: String = command.chars().filter(|sign| !sign.is_control()).collect();
    let command = shortened(&command);
    Text::fixed("printed by {command}", "Ausgabe von {command}").quote("command", command)
}

fn shortened(text: &str) -> String {
    const CHARS: usize = 60;
    source::shortened(text.trim(), CHARS)
}

/// A text held whole, decoded line by line. Each line knows where it stands in the dropped file, also where something
/// was taken off around it: several lines may come from one, and one from several.
#[derive(Clone, Debug)]
pub struct Decoded {
    text: String,
    lines: Vec<Held>,
    /// Places in `lines` of those that are no line of an ASA's log.
    unlogged: Vec<u32>,
    /// Times beside lines, by their place in `lines`.
    times: Vec<(u32, Stamp)>,
    /// Places in `lines` by number, where the numbers do not rise.
    by_number: Vec<u32>,
    rising: bool,
    long_lines: u32,
}

/// A line of [`Decoded::text`].
#[derive(Clone, Copy, Debug)]
struct Held {
    start: u32,
    end: u32,
    number: u32,
    offset: u64,
}

impl Default for Decoded {
    fn default() -> Self {
        Self {
            text: String::new(),
            lines: Vec::new(),
            unlogged: Vec::new(),
            times: Vec::new(),
            by_number: Vec::new(),
            rising: true,
            long_lines: 0,
        }
    }
}

impl Decoded {
    /// Decodes a whole input. Lines longer than `limit` bytes are cut.
    pub fn new(bytes: &[u8], limit: usize) -> Self {
        let mut decoded = Self { text: String::with_capacity(bytes.len()), ..Self::default() };
        let mut feed = LineFeed::new(limit);
        let mut take = |line: Line<'_>| decoded.append(&line);
        feed.push(bytes, &mut take);
        feed.finish(&mut take);
        decoded.long_lines = feed.long_lines();
        decoded
    }

    /// Adds a line that knows its place.
    pub fn append(&mut self, line: &Line<'_>) {
        let place = self.line_count();
        let start = to_u32(self.text.len());
        self.text.push_str(line.text);
        let end = to_u32(self.text.len());
        self.text.push('\n');
        if !is_logged(line.text) {
            self.unlogged.push(place);
        }
        if let Some(time) = line.time {
            self.times.push((place, time));
        }
        self.rising &= self.lines.last().is_none_or(|last| last.number <= line.number);
        self.lines.push(Held { start, end, number: line.number, offset: line.offset });
    }

    /// The same lines in another order of numbers; to be called when no further line is added.
    #[must_use]
    pub fn sealed(mut self) -> Self {
        if !self.rising {
            self.by_number = (0..self.line_count()).collect();
            let lines = &self.lines;
            self.by_number.sort_by_key(|place| lines.get(*place as usize).map(|line| line.number));
        }
        self
    }

    /// The whole text, every line ended by `\n` alone.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many lines there are.
    pub fn line_count(&self) -> u32 {
        to_u32(self.lines.len())
    }

    /// Lines of an ASA's log are among them.
    pub fn has_log(&self) -> bool {
        self.unlogged.len() < self.lines.len()
    }

    /// Lines that were over the limit, and so were cut.
    pub fn long_lines(&self) -> u32 {
        self.long_lines
    }

    /// The lines in order.
    pub fn lines(&self) -> impl DoubleEndedIterator<Item = Line<'_>> + ExactSizeIterator {
        self.lines.iter().zip(0..self.line_count()).map(|(held, place)| self.shown(held, place))
    }

    fn shown(&self, held: &Held, place: u32) -> Line<'_> {
        let time = match self.times.binary_search_by_key(&place, |(place, _)| *place) {
            Ok(found) => self.times.get(found).map(|(_, time)| *time),
            Err(_) => None,
        };
        Line {
            number: held.number,
            offset: held.offset,
            text: self.text.get(held.start as usize..held.end as usize).unwrap_or_default(),
            time,
            order: u64::from(place) + 1,
        }
    }

    fn in_place(&self, place: u32) -> Option<Line<'_>> {
        self.lines.get(place as usize).map(|held| self.shown(held, place))
    }

    /// The lines that are not of an ASA's log, in order. Whoever recognises something else looks at these: a log has
    /// megabytes, and taking its lines apart for every other format would cost more than reading it.
    pub fn unlogged_lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.unlogged.iter().filter_map(|place| self.in_place(*place))
    }

    /// A line by its 1-based number in the dropped file; the first of several.
    pub fn line(&self, number: u32) -> Option<Line<'_>> {
        let number_of = |place: u32| self.lines.get(place as usize).map_or(u32::MAX, |held| held.number);
        let place = if self.by_number.is_empty() {
            to_u32(self.lines.partition_point(|held| held.number < number))
        } else {
            let after = self.by_number.partition_point(|place| number_of(*place) < number);
            *self.by_number.get(after)?
        };
        self.in_place(place).filter(|line| line.number == number)
    }

    /// The line that holds a byte of [`Decoded::text`].
    pub fn line_at(&self, byte_of_text: usize) -> Option<Line<'_>> {
        let byte = u32::try_from(byte_of_text).ok()?;
        let after = self.lines.partition_point(|held| held.start <= byte);
        self.in_place(to_u32(after).checked_sub(1)?)
    }

    /// The place of a byte of [`Decoded::text`].
    pub fn at(&self, byte_of_text: usize) -> At {
        self.line_at(byte_of_text).map(|line| line.at()).unwrap_or_default()
    }
}

fn to_u32(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// True for a line of an ASA's log: `… %ASA-6-725001: …`.
fn is_logged(line: &str) -> bool {
    let tag = memchr(b'%', line.as_bytes()).and_then(|at| line.get(at + 1..));
    tag.is_some_and(|tag| ["ASA-", "FTD-", "PIX-"].iter().any(|product| tag.starts_with(product)))
}

/// Cuts a stream of chunks into lines.
#[derive(Debug)]
pub struct LineFeed {
    encoding: Option<Encoding>,
    carry: Vec<u8>,
    /// The first byte of a UTF-16 code unit that a chunk border cut in two.
    half: Option<u8>,
    /// Lines end with a carriage return alone.
    returns: bool,
    /// The last line ended with a carriage return; a line feed right behind it belongs to it.
    after_return: bool,
    limit: usize,
    number: u32,
    offset: u64,
    /// Bytes of the current line that were dropped because it is over the limit.
    dropped: u64,
    long_lines: u32,
}

impl LineFeed {
    /// A feed that keeps at most `limit` bytes of a line.
    pub fn new(limit: usize) -> Self {
        Self {
            encoding: None,
            carry: Vec::new(),
            half: None,
            returns: false,
            after_return: false,
            limit: limit.max(8) & !1,
            number: 1,
            offset: 0,
            dropped: 0,
            long_lines: 0,
        }
    }

    /// Takes a chunk and hands on every line that it completes.
    pub fn push(&mut self, chunk: &[u8], line: &mut impl FnMut(Line<'_>)) {
        if let Some(encoding) = self.encoding {
            self.scan(encoding, chunk, line);
        } else if self.carry.is_empty() && chunk.len() >= TELLING {
            self.begin(chunk, line);
        } else {
            // The encoding must not depend on how large the first chunk is.
            self.carry.extend_from_slice(chunk);
            if self.carry.len() >= TELLING {
                let head = std::mem::take(&mut self.carry);
                self.begin(&head, line);
            }
        }
    }

    /// Tells the encoding by the first bytes, and reads them.
    fn begin(&mut self, head: &[u8], line: &mut impl FnMut(Line<'_>)) {
        let encoding = Encoding::of(head);
        let mark = encoding.mark(head);
        self.encoding = Some(encoding);
        self.returns = encoding.ends_with_returns(head.get(mark..).unwrap_or_default());
        self.offset = mark as u64;
        self.scan(encoding, head.get(mark..).unwrap_or_default(), line);
    }

    fn scan(&mut self, encoding: Encoding, chunk: &[u8], line: &mut impl FnMut(Line<'_>)) {
        let mut chunk = chunk;
        if encoding != Encoding::Bytes {
            if let Some(half) = self.half
                && let Some((first, rest)) = chunk.split_first()
            {
                self.half = None;
                chunk = rest;
                self.take(encoding, &[half, *first], line);
            }
            if chunk.len() % 2 == 1
                && let Some((last, rest)) = chunk.split_last()
            {
                self.half = Some(*last);
                chunk = rest;
            }
        }
        self.take(encoding, chunk, line);
    }

    /// Takes whole code units.
    fn take(&mut self, encoding: Encoding, units: &[u8], line: &mut impl FnMut(Line<'_>)) {
        let mut from = 0;
        while let Some((at, length)) = encoding.line_end(units, from, self.returns) {
            let piece = units.get(from..at).unwrap_or_default();
            let end = units.get(at..at + length).unwrap_or_default();
            let second = std::mem::replace(&mut self.after_return, encoding.is(end, b'\r'));
            let alone = piece.is_empty() && self.carry.is_empty() && self.dropped == 0;
            if self.returns && second && alone && encoding.is(end, b'\n') {
                self.offset += length as u64;
                from = at + length;
                continue;
            }
            if self.carry.is_empty() {
                self.emit(encoding, piece, length, line);
            } else {
                self.keep(piece);
                let whole = std::mem::take(&mut self.carry);
                self.emit(encoding, &whole, length, line);
            }
            from = at + length;
        }
        self.keep(units.get(from..).unwrap_or_default());
    }

    /// Adds to the line under way. A little more than the limit is kept, so that its excess shows.
    fn keep(&mut self, piece: &[u8]) {
        let room = (self.limit + 8).saturating_sub(self.carry.len());
        let kept = piece.get(..piece.len().min(room)).unwrap_or_default();
        self.carry.extend_from_slice(kept);
        self.dropped += (piece.len() - kept.len()) as u64;
    }

    fn emit(&mut self, encoding: Encoding, bytes: &[u8], end: usize, line: &mut impl FnMut(Line<'_>)) {
        let mut kept = bytes.get(..bytes.len().min(self.limit)).unwrap_or_default();
        if kept.len() < bytes.len() || self.dropped > 0 {
            self.long_lines = self.long_lines.saturating_add(1);
            // A character cut in two would make the whole line look like Windows-1252.
            if encoding == Encoding::Bytes
                && let Err(error) = std::str::from_utf8(kept)
                && error.error_len().is_none()
            {
                kept = kept.get(..error.valid_up_to()).unwrap_or_default();
            }
        }
        let text = encoding.decode(kept);
        line(Line {
            number: self.number,
            offset: self.offset,
            text: text.trim_end_matches('\r'),
            time: None,
            order: u64::from(self.number),
        });
        self.number = self.number.saturating_add(1);
        self.offset += bytes.len() as u64 + self.dropped + end as u64;
        self.dropped = 0;
    }

    /// Hands on the last line, where the input does not end with a line end.
    pub fn finish(&mut self, line: &mut impl FnMut(Line<'_>)) {
        if self.encoding.is_none() {
            let head = std::mem::take(&mut self.carry);
            self.begin(&head, line);
        }
        let last = std::mem::take(&mut self.carry);
        if let Some(encoding) = self.encoding
            && (!last.is_empty() || self.dropped > 0)
        {
            self.emit(encoding, &last, 0, line);
        }
    }

    /// Bytes at the start of `rest` after which it may be that lines can be passed over: up to a line's end, where the
    /// text has any that its bytes show, and all of them where not.
    pub fn to_line_end(&self, rest: &[u8]) -> usize {
        let from = match self.encoding {
            None => TELLING,
            Some(Encoding::Bytes) if !self.returns => 0,
            _ => return rest.len(),
        };
        rest.get(from..).and_then(|rest| memchr(b'\n', rest)).map_or(rest.len(), |end| from + end + 1)
    }

    /// True where the next byte begins a line, and `\n` ends it: whole lines can be passed over.
    pub fn is_at_line_start(&self) -> bool {
        self.encoding == Some(Encoding::Bytes) && !self.returns && self.carry.is_empty() && self.dropped == 0
    }

    /// The number of the next line.
    pub fn next_number(&self) -> u32 {
        self.number
    }

    /// The byte at which the next line begins.
    pub fn next_offset(&self) -> u64 {
        self.offset
    }

    /// Lines that somebody else read, with their line ends.
    pub fn pass_over(&mut self, lines: u32, bytes: usize) {
        self.number = self.number.saturating_add(lines);
        self.offset += bytes as u64;
    }

    /// Lines handed on so far.
    pub fn lines(&self) -> u32 {
        self.number.saturating_sub(1)
    }

    /// Lines that were over the limit.
    pub fn long_lines(&self) -> u32 {
        self.long_lines
    }
}

/// Bytes that tell the encoding.
const TELLING: usize = 512;

#[cfg(test)]
mod tests;
