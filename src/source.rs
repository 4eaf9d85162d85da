//! Where something stands: in one input ([`At`]), or in the whole case ([`Place`]).
//!
//! Both carry their own excerpt, so that nothing needs an input's bytes once it has been read.

use serde::{Deserialize, Serialize};

use crate::strings::{no_strings, strings};
use crate::text::Text;

/// Longest excerpt kept of one line, in characters; the rest is cut and marked with an ellipsis.
pub const EXCERPT_CHARS: usize = 400;

/// A place inside one input.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct At {
    /// 1-based line; 0 where the input is binary.
    pub line: u32,
    /// 0-based byte at which the line, or the binary structure, begins.
    pub offset: u64,
    /// The line's text as the device wrote it, cut at [`EXCERPT_CHARS`]; empty for a binary input.
    pub text: String,
    /// Its rank among the lines of its input as they are read: a log whose newest line stands first is read from its
    /// end, and several messages may come from one line. What comes earlier is asked here, never of the byte.
    pub order: u64,
    /// The packet of a capture, where it is one; then there is no line, and the byte is that of its record.
    #[serde(default)]
    pub packet: Option<Packet>,
}

/// A packet of a capture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Packet {
    /// 1-based.
    pub number: u32,
    /// Microseconds since 1970, UTC; `None` where the record has no time.
    pub time: Option<i64>,
}

impl Packet {
    /// `packet 12`.
    pub fn name(self) -> Text {
        Text::fixed("packet {number}", "Paket {number}").number("number", self.number)
    }
}

/// What a place is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A line of a text.
    Line {
        /// 1-based.
        number: u32,
        /// 0-based byte at which it begins.
        byte: u64,
    },
    /// A byte of a binary input.
    Byte {
        /// 0-based.
        at: u64,
    },
    /// A packet of a capture.
    Packet {
        /// Its number and time.
        packet: Packet,
        /// 0-based byte at which its record begins.
        byte: u64,
    },
}

/// Lines of an input that follow one another in its holder, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineRun {
    /// The first of them, 1-based.
    pub line: u32,
    /// The same in the holder.
    pub holder_line: u32,
    /// The byte of the holder at which it begins there.
    pub holder_byte: u64,
}

impl LineRun {
    /// Adds a line to the runs of those before it. A run is kept short, so that a line of it is found by reading some
    /// lines from its beginning on.
    pub fn add(runs: &mut Vec<Self>, line: u32, holder_line: u32, holder_byte: u64) {
        let goes_on = runs.last().is_some_and(|run| {
            let ahead = line.saturating_sub(run.line);
            holder_line.checked_sub(run.holder_line) == Some(ahead)
                && ahead < RUN_LINES
                && holder_byte.saturating_sub(run.holder_byte) < RUN_BYTES
        });
        if !goes_on {
            runs.push(Self { line, holder_line, holder_byte });
        }
    }
}

const RUN_LINES: u32 = 64;
const RUN_BYTES: u64 = 16 << 10;

impl At {
    /// A line of a text input.
    pub fn line(line: u32, offset: u64, text: &str) -> Self {
        Self { line, offset, text: excerpt(text), order: u64::from(line), packet: None }
    }

    /// The same place at another rank.
    #[must_use]
    pub fn ranked(self, order: u64) -> Self {
        Self { order, ..self }
    }

    /// Adds the next physical line of a wrapped one to the excerpt.
    pub fn join(&mut self, glue: &str, rest: &str) {
        // What was cut once does not go on.
        let cut = self.text.ends_with('…') && self.text.chars().count() * 2 > EXCERPT_CHARS;
        if !cut {
            self.text = excerpt(&format!("{}{glue}{rest}", self.text));
        }
    }

    /// A packet of a capture, whose record begins at this byte; the text says what was in it.
    pub fn packet(packet: Packet, offset: u64, text: &str) -> Self {
        let order = u64::from(packet.number);
        Self { line: 0, offset, text: excerpt(text), order, packet: Some(packet) }
    }

    /// What the place is counted in.
    pub fn spot(&self) -> Spot {
        match self.packet {
            Some(packet) => Spot::Packet { packet, byte: self.offset },
            None if self.line == 0 => Spot::Byte { at: self.offset },
            None => Spot::Line { number: self.line, byte: self.offset },
        }
    }

    /// A byte of a binary input.
    pub fn byte(offset: u64) -> Self {
        Self { offset, order: offset, ..Self::default() }
    }
}

/// A place in the case: which input, and where in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The input's id in the diagnosis.
    pub input: u32,
    /// Where inside that input.
    pub at: At,
}

/// A value and where it was seen in its input.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Located<T> {
    /// What was read.
    pub value: T,
    /// Where it stands.
    pub at: At,
}

impl<T> Located<T> {
    /// A value with its place.
    pub fn new(value: T, at: At) -> Self {
        Self { value, at }
    }
}

/// A value and where it stands in the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated<T> {
    /// What was read.
    pub value: T,
    /// The line that states it.
    pub place: Place,
}

/// Lines of an input in which something was searched that is not there, although it would have been seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Searched {
    /// The input's id in the diagnosis.
    pub input: u32,
    /// `lines 1-812`, `4 records`.
    pub what: String,
}

impl Searched {
    /// All lines of a text input.
    pub fn lines(input: u32, count: u32) -> Self {
        Self { input, what: format!("lines 1-{count}") }
    }
}

/// A text of at most so many characters; what is cut off is marked with an ellipsis. It is cut where a word ends, so
/// that a name is there whole or not at all: half of one is still readable, and nobody could tell whose it is to hide it.
/// A word that is longer than half of what stays is no name, and is cut anywhere.
pub fn shortened(text: &str, characters: usize) -> String {
    let Some((most, next)) = text.char_indices().nth(characters) else { return text.to_owned() };
    let kept = text.get(..most).unwrap_or_default();
    let space = kept.trim_end_matches(|sign: char| !sign.is_whitespace()).len();
    let end = if next.is_whitespace() || space * 2 < most { most } else { space };
    format!("{}…", text.get(..end).unwrap_or_default())
}

/// A line's text, shortened to [`EXCERPT_CHARS`], without the line end.
pub fn excerpt(text: &str) -> String {
    let text = text.trim_end_matches(['\r', '\n']);
    // A text of so many bytes has no more characters.
    if text.len() <= EXCERPT_CHARS { text.to_owned() } else { shortened(text, EXCERPT_CHARS) }
}

no_strings! { Packet }

strings! {
    At { line, offset, text, order, packet }
    Place { input, at }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_there_whole_or_not_at_all() {
        let name = "SEP001122334455.example.com";
        for before in 0..60 {
            let line = format!("{}group {name} of vpn.example.com and more", "x ".repeat(before));
            for most in 2 * name.len()..100 {
                let short = shortened(&line, most);
                assert!(short.chars().count() <= most + 1, "{short}");
                let Some(kept) = short.strip_suffix('…') else { continue };
                assert!(line.starts_with(kept) && kept.len() * 2 >= most - 1, "{short}");
                let last = kept.split_whitespace().last().unwrap_or_default();
                assert!(line.split_whitespace().any(|word| word == last), "{last} of {line}");
            }
        }
    }

    #[test]
    fn what_was_cut_does_not_go_on() {
        let long = "word ".repeat(100);
        let mut at = At::line(1, 0, &long);
        let before = at.text.clone();
        at.join("", "behind it");
        assert_eq!(at.text, before);
        let mut at = At::line(1, 0, "as it stands …");
        at.join(" ", "and on");
        assert_eq!(at.text, "as it stands … and on");
    }

    #[test]
    fn a_long_line_is_cut_between_characters() {
        let long = "ä".repeat(EXCERPT_CHARS + 1);
        assert_eq!(excerpt(&long).chars().count(), EXCERPT_CHARS + 1);
        assert_eq!(excerpt("short\r\n"), "short");
    }

    #[test]
    fn lines_that_follow_one_another_are_one_run() {
        let mut runs = Vec::new();
        for (line, holder_line) in [(1, 7), (2, 8), (3, 11), (4, 12), (5, 12)] {
            LineRun::add(&mut runs, line, holder_line, u64::from(holder_line) * 10);
        }
        let starts: Vec<_> = runs.iter().map(|run| (run.line, run.holder_line, run.holder_byte)).collect();
        assert_eq!(starts, [(1, 7, 70), (3, 11, 110), (5, 12, 120)]);
    }
}
