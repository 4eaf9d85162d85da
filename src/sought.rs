//! A text that is looked for in the lines of an input, while its bytes come.
//!
//! Bytes in, in chunks of any size; how many lines hold the text, and the first of them, out. Lines are numbered as
//! [`LineFeed`] numbers them, so that the viewer finds each again.
//!
//! Empty: no line holds it, or the input is binary.
//! Quirks: most of a file holds nothing that is looked for, and there lines are only counted. The lines of a private key
//! are passed over, as they are shown nowhere.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2_iter, memmem, memrchr};
use serde::{Deserialize, Serialize};

use crate::armour::KeyLines;
use crate::lines::{Line, LineFeed, SAMPLE, is_binary};

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sought {
    /// The text, as it was typed.
    pub text: String,
    /// Capital letters are told from small ones.
    pub match_case: bool,
}

/// The lines of one dropped file that hold a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundLines {
    /// What holds such lines: the file, and what is packed in it.
    pub inputs: Vec<FoundIn>,
    /// Inputs that were not looked through, because they are no text or too large.
    pub passed_by: u32,
    /// Lines of which only the beginning was looked through.
    pub long_lines: u32,
    /// The file stopped coming before its end.
    pub cut_short: bool,
}

/// The lines of one input that hold it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundIn {
    /// The way from the dropped file: of each input on it the number of what it holds.
    pub members: Vec<u32>,
    /// How many lines hold it.
    pub lines: u32,
    /// The first of them.
    pub hits: Vec<Hit>,
}

/// A line that holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// 1-based.
    pub line: u32,
    /// The byte of the input at which the line begins.
    pub offset: u64,
    /// The part of the line around it.
    pub text: String,
}

impl Sought {
    /// Where a line holds it first, in bytes; nowhere for an empty text.
    pub fn find(&self, line: &str) -> Option<Range<usize>> {
        let (wanted, length) = (self.text.as_str(), self.text.len());
        let at = |at: usize| at..at + length;
        match (length, self.match_case, wanted.is_ascii()) {
            (0, ..) => None,
            (_, true, _) => line.find(wanted).map(at),
            (_, false, true) => {
                let mut places = line.as_bytes().windows(length);
                places.position(|part| part.eq_ignore_ascii_case(wanted.as_bytes())).map(at)
            }
            (_, false, false) => line.char_indices().find_map(|(begin, _)| {
                let end = begin + folded(line.get(begin..)?, wanted)?;
                Some(begin..end)
            }),
        }
    }

    /// True where nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// The length of a line's beginning that is the text but for its capitals.
fn folded(line: &str, wanted: &str) -> Option<usize> {
    let mut wanted = wanted.chars().flat_map(char::to_lowercase).peekable();
    for (at, sign) in line.char_indices() {
        if !sign.to_lowercase().all(|small| wanted.next() == Some(small)) {
            return None;
        }
        if wanted.peek().is_none() {
            return Some(at + sign.len_utf8());
        }
    }
    None
}

/// Looks for a text while the bytes come.
pub struct Finder {
    state: State,
    probe: Probe,
    gathered: Gathered,
}

enum State {
    /// Too few bytes came to tell whether it is a text.
    Head(Vec<u8>),
    Text(Box<LineFeed>),
    Binary,
}

struct Gathered {
    sought: Sought,
    most: usize,
    key: KeyLines,
    /// The same of the lines without what stands around them.
    bare_key: KeyLines,
    found: FoundIn,
    /// The numbers of the lines that hold it.
    numbers: Vec<u32>,
}

impl Finder {
    /// Looks for a text, and keeps at most so many lines that hold it.
    pub fn new(sought: &Sought, most: usize) -> Self {
        let gathered = Gathered {
            sought: sought.clone(),
            most,
            key: KeyLines::default(),
            bare_key: KeyLines::default(),
            found: FoundIn::default(),
            numbers: Vec::new(),
        };
        Self { state: State::Head(Vec::new()), probe: Probe::of(sought), gathered }
    }

    /// Takes the next bytes.
    pub fn push(&mut self, chunk: &[u8]) {
        match &mut self.state {
            State::Binary => {}
            State::Text(feed) => look_through(chunk, feed, &self.probe, &mut self.gathered),
            State::Head(head) => {
                head.extend_from_slice(chunk);
                if head.len() >= SAMPLE {
                    self.begin();
                }
            }
        }
    }

    fn begin(&mut self) {
        let State::Head(head) = &mut self.state else { return };
        let head = std::mem::take(head);
        self.state =
            if is_binary(&head) { State::Binary } else { State::Text(Box::new(LineFeed::new(LINE))) };
        self.push(&head);
    }

    /// Takes a line of a text that is there; chunks and lines are never mixed.
    pub fn line(&mut self, line: &Line<'_>) {
        self.gathered.take(line);
    }

    /// Takes the same line once more, as it is without what stands around it.
    pub fn bare_line(&mut self, line: &Line<'_>) {
        let held = self.gathered.bare_key.hold(line.text);
        if !held && self.gathered.numbers.binary_search(&line.number).is_err() {
            self.gathered.take_shown(line);
        }
    }

    /// All bytes or lines were given. Nothing where it is no text; else what was found, and how many lines were too long.
    pub fn finish(mut self) -> Option<(FoundIn, u32)> {
        self.begin();
        let mut long = 0;
        match &mut self.state {
            State::Binary => return None,
            State::Text(feed) => {
                feed.finish(&mut |line| self.gathered.take(&line));
                long = feed.long_lines();
            }
            State::Head(_) => {}
        }
        let mut found = self.gathered.found;
        found.hits.sort_by_key(|hit| hit.line);
        Some((found, long))
    }
}

impl Gathered {
    fn take(&mut self, line: &Line<'_>) {
        if !self.key.hold(line.text) {
            self.take_shown(line);
        }
    }

    fn take_shown(&mut self, line: &Line<'_>) {
        let Some(at) = self.sought.find(line.text) else { return };
        self.found.lines = self.found.lines.saturating_add(1);
        if self.numbers.last().is_none_or(|last| *last < line.number) {
            self.numbers.push(line.number);
        }
        if self.found.hits.len() < self.most {
            let text = excerpt_around(line.text, at);
            self.found.hits.push(Hit { line: line.number, offset: line.offset, text });
        }
    }
}

/// The part of a line around what it holds, without an ellipsis: it is compared with the line.
fn excerpt_around(line: &str, at: Range<usize>) -> String {
    let before = line.get(..at.start).unwrap_or_default();
    let lead = before.char_indices().rev().nth(LEAD - 1).map_or(0, |(begin, _)| begin);
    // What fits is shown whole.
    let lead = if line.len() <= SHOWN { 0 } else { lead };
    line.get(lead..).unwrap_or_default().chars().take(SHOWN.max(at.len())).collect()
}

/// Looks through a chunk. Where the next place that may hold it is far, whole lines are passed over.
fn look_through(chunk: &[u8], feed: &mut LineFeed, probe: &Probe, gathered: &mut Gathered) {
    let mut read = |feed: &mut LineFeed, bytes: &[u8]| feed.push(bytes, &mut |line| gathered.take(&line));
    // Lines of a key, and of what the bytes do not show, are read one by one.
    let plain = !matches!(probe, Probe::None) && memmem::find(chunk, KEY).is_none();
    let mut rest = chunk;
    while !rest.is_empty() {
        if !feed.is_at_line_start() {
            let (first, others) = rest.split_at(feed.to_line_end(rest));
            read(feed, first);
            rest = others;
            continue;
        }
        let whole = memrchr(b'\n', rest).map_or(0, |end| end + 1);
        let (lines, tail) = rest.split_at(whole);
        if !plain || lines.is_empty() {
            return read(feed, rest);
        }
        let Some(at) = probe.find(lines) else {
            pass_over(feed, lines);
            return read(feed, tail);
        };
        let (before, behind) = lines.split_at(at);
        let (passed, begun) = before.split_at(memrchr(b'\n', before).map_or(0, |end| end + 1));
        let end = memchr(b'\n', behind).map_or(behind.len(), |end| end + 1);
        pass_over(feed, passed);
        let (line, others) = rest.get(passed.len()..).unwrap_or_default().split_at(begun.len() + end);
        read(feed, line);
        rest = others;
    }
}

fn pass_over(feed: &mut LineFeed, lines: &[u8]) {
    let count = u32::try_from(memchr_iter(b'\n', lines).count()).unwrap_or(u32::MAX);
    feed.pass_over(count, lines.len());
}

/// Finds places in bytes that may hold a text, at the speed of reading.
enum Probe {
    /// These bytes.
    Exact(Box<memmem::Finder<'static>>),
    /// The rarest letter, small and large, and how far behind the beginning it stands.
    Letter { text: Vec<u8>, small: u8, large: u8, behind: usize },
    /// The bytes do not tell: a text may be written in several ways.
    None,
}

impl Probe {
    fn of(sought: &Sought) -> Self {
        let text = sought.text.as_bytes();
        if text.is_empty() || !text.is_ascii() {
            return Self::None;
        }
        let letters = text.iter().enumerate().filter(|(_, byte)| byte.is_ascii_alphabetic());
        let common = |byte: u8| COMMON.iter().rposition(|common| *common == byte).map_or(0, |at| at + 1);
        match letters.min_by_key(|(_, byte)| common(byte.to_ascii_lowercase())) {
            Some((behind, letter)) if !sought.match_case => Self::Letter {
                text: text.to_vec(),
                small: letter.to_ascii_lowercase(),
                large: letter.to_ascii_uppercase(),
                behind,
            },
            _ => Self::Exact(Box::new(memmem::Finder::new(text).into_owned())),
        }
    }

    fn find(&self, bytes: &[u8]) -> Option<usize> {
        match self {
            Self::Exact(finder) => finder.find(bytes),
            Self::Letter { text, small, large, behind } => {
                memchr2_iter(*small, *large, bytes).filter_map(|at| at.checked_sub(*behind)).find(|at| {
                    bytes.get(*at..*at + text.len()).is_some_and(|part| part.eq_ignore_ascii_case(text))
                })
            }
            Self::None => None,
        }
    }
}

/// Letters of logs and configurations, the commonest last.
const COMMON: &[u8] = b"jqzkxywvbhfmgupdclrsnoaiet";
/// Bytes of a line that are looked through.
const LINE: usize = 1 << 20;
/// Characters of a line that are kept around a place, and of these before it.
const SHOWN: usize = 200;
const LEAD: usize = 60;
/// A part of the line that begins a private key.
const KEY: &[u8] = b"PRIVATE KEY";

#[cfg(test)]
mod tests {
    use super::*;

    fn sought(text: &str, match_case: bool) -> Sought {
        Sought { text: text.to_owned(), match_case }
    }

    /// The numbers of the lines that hold a text, whatever the chunks, and how many there are.
    fn lines_with(bytes: &[u8], text: &str, match_case: bool) -> Option<Vec<u32>> {
        let of = |size: usize| {
            let mut finder = Finder::new(&sought(text, match_case), 100);
            bytes.chunks(size).for_each(|chunk| finder.push(chunk));
            finder.finish()
        };
        let whole = of(bytes.len().max(1));
        for size in [1, 7, 4096, 5000] {
            assert_eq!(of(size), whole, "{size}");
        }
        let (found, _) = whole?;
        assert_eq!(found.lines as usize, found.hits.len());
        for hit in &found.hits {
            assert!(sought(text, match_case).find(&hit.text).is_some(), "{hit:?}");
        }
        Some(found.hits.iter().map(|hit| hit.line).collect())
    }

    #[test]
    fn lines_are_found_with_their_numbers_in_chunks_of_any_size() {
        let filler = "%ASA-6-302013: Built inbound TCP connection\n".repeat(2_000);
        let log = format!("{filler}Phone SEP001122334455 said\r\n{filler}sep001122334455 again");
        for (text, match_case, expected) in [
            ("sep0011", false, vec![2_001, 4_002]),
            ("SEP0011", true, vec![2_001]),
            ("001122334455", false, vec![2_001, 4_002]),
            ("said\r", false, vec![]),
            ("nothing of it", false, vec![]),
            ("", false, vec![]),
        ] {
            assert_eq!(lines_with(log.as_bytes(), text, match_case), Some(expected), "{text}");
        }
        let mut finder = Finder::new(&sought("built", false), 3);
        finder.push(log.as_bytes());
        let (found, _) = finder.finish().unwrap();
        assert_eq!((found.lines, found.hits.len()), (4_000, 3));
        assert_eq!((found.hits[1].line, found.hits[1].offset), (2, 44));
    }

    #[test]
    fn texts_of_other_encodings_are_found_as_they_are_read() {
        let text = "first\nMÜLLER hat angerufen\nZürich\n";
        let latin: Vec<u8> = text.chars().map(|sign| sign as u8).collect();
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [text.as_bytes(), &latin, &wide] {
            assert_eq!(lines_with(bytes, "müller", false), Some(vec![2]));
            assert_eq!(lines_with(bytes, "müller", true), Some(vec![]));
            assert_eq!(lines_with(bytes, "RICH", false), Some(vec![3]));
        }
        assert_eq!(lines_with(&[0, 1, 2, 3].repeat(2_000), "a", false), None, "no text");
    }

    #[test]
    fn a_private_key_is_never_found() {
        let key =
            "before AAAA\n-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\nafter AAAA\n";
        let filler = "something else\n".repeat(1_000);
        assert_eq!(lines_with(key.as_bytes(), "aaaa", false), Some(vec![1, 5]));
        assert_eq!(lines_with(format!("{filler}{key}").as_bytes(), "AAAA", true), Some(vec![1_001, 1_005]));
    }

    #[test]
    fn of_a_long_line_the_part_around_is_kept() {
        let line = format!("{}needle{}", "ä".repeat(900), "ö".repeat(900));
        let at = sought("needle", false).find(&line).unwrap();
        let text = excerpt_around(&line, at);
        assert_eq!(text.chars().count(), SHOWN);
        assert!(text.starts_with("ää") && text.contains("needleö") && line.contains(&text));
        assert_eq!(excerpt_around("a short needle", 8..14), "a short needle");
        let long = format!("{}\nneedle", "x".repeat(LINE + 9));
        let mut finder = Finder::new(&sought("needle", false), 3);
        finder.push(long.as_bytes());
        let (found, long) = finder.finish().unwrap();
        assert_eq!((found.hits[0].line, long), (2, 1), "of a line of a megabyte only the beginning");
    }
}
