//! What a diagnosis needs of a log, byte for byte: terabytes are reduced where they lie.
//!
//! ```text
//! Nov 23 2026 10:19:26 vpn : %ASA-6-305011: Built dynamic TCP translation …     the first of its kind stays
//! Nov 23 2026 10:19:26 vpn : %ASA-6-305011: Built dynamic TCP translation …     left out
//! Nov 23 2026 10:19:27 vpn : %ASA-6-725001: Starting SSL handshake with …       stays
//! ```
//! The readers themselves say of a line whether they only count it (`formats`). Such a line is left out where it stands
//! between two whole lines of its kind, so that the lines that are left mean what they meant: the first and the last line
//! of each stretch stay, and with them the times that the log covers; so does every line that a reader might put to
//! another one. Whatever is no such line stays, whatever it is.
//!
//! So the diagnosis of what was sifted is the diagnosis of the whole, apart from counts of what was left out; and a log
//! that is cut anywhere may be sifted piece by piece, because a piece keeps more of its ends, never less.
//!
//! Empty: nothing comes out of nothing.
//! Quirks: captures, archives, UTF-16, and lines ended by carriage returns alone pass whole.

use crate::lines::Encoding;
pub use part::Part;
use stretch::Stretch;

mod part;
mod stretch;

/// Sifts one file or one piece of it, in chunks of any size.
pub struct Sift {
    /// Where the next byte stands.
    line: u32,
    byte: u64,
    stage: Stage,
}

enum Stage {
    /// The first bytes, until they tell what it is.
    Head(Vec<u8>),
    Text(Box<Text>),
    /// It passes as it is.
    Whole,
}

/// The lines of a text.
struct Text {
    stretch: Stretch,
    /// The line that is not complete yet.
    open: Vec<u8>,
    /// The open line is longer than is looked at: its beginning is out already.
    long: bool,
}

impl Sift {
    /// A piece whose first byte stands at this line and byte of its file; 1 and 0 for a whole file.
    pub fn new(line: u32, byte: u64) -> Self {
        Self { line, byte, stage: Stage::Head(Vec::new()) }
    }

    /// Takes the next chunk.
    pub fn push(&mut self, chunk: &[u8], take: &mut impl FnMut(Part<'_>)) {
        match &mut self.stage {
            Stage::Head(head) => {
                head.extend_from_slice(chunk);
                if head.len() >= TELLING {
                    self.begin(take);
                }
            }
            _ => self.go_on(chunk, take),
        }
    }

    /// All chunks were given.
    pub fn finish(mut self, take: &mut impl FnMut(Part<'_>)) {
        if matches!(self.stage, Stage::Head(_)) {
            self.begin(take);
        }
        if let Stage::Text(text) = &mut self.stage {
            let last = std::mem::take(&mut text.open);
            if !last.is_empty() {
                text.end_line(&last, (self.line, self.byte), take);
            }
            text.stretch.finish(take);
        }
    }

    fn begin(&mut self, take: &mut impl FnMut(Part<'_>)) {
        let Stage::Head(head) = &mut self.stage else { return };
        let head = std::mem::take(head);
        self.stage = if is_text(&head) {
            Stage::Text(Box::new(Text { stretch: Stretch::default(), open: Vec::new(), long: false }))
        } else {
            Stage::Whole
        };
        self.go_on(&head, take);
    }

    fn go_on(&mut self, chunk: &[u8], take: &mut impl FnMut(Part<'_>)) {
        let Stage::Text(text) = &mut self.stage else {
            if !chunk.is_empty() {
                take(Part { line: None, byte: self.byte, bytes: chunk });
                self.byte = self.byte.saturating_add(chunk.len() as u64);
            }
            return;
        };
        let mut rest = chunk;
        while let Some(end) = memchr::memchr(b'\n', rest) {
            let (line, behind) = rest.split_at_checked(end + 1).unwrap_or((rest, &[]));
            rest = behind;
            let length = if text.open.is_empty() {
                text.end_line(line, (self.line, self.byte), take);
                line.len()
            } else {
                text.open.extend_from_slice(line);
                let whole = std::mem::take(&mut text.open);
                text.end_line(&whole, (self.line, self.byte), take);
                whole.len()
            };
            self.line = self.line.saturating_add(1);
            self.byte = self.byte.saturating_add(length as u64);
        }
        text.open.extend_from_slice(rest);
        if text.open.len() > LONGEST {
            let part = std::mem::take(&mut text.open);
            let line = (!text.long).then_some(self.line);
            text.stretch.pass(Part { line, byte: self.byte, bytes: &part }, take);
            text.long = true;
            self.byte = self.byte.saturating_add(part.len() as u64);
        }
    }
}

impl Text {
    /// Takes a whole line, or the end of a long one.
    fn end_line(&mut self, bytes: &[u8], (line, byte): (u32, u64), take: &mut impl FnMut(Part<'_>)) {
        if std::mem::take(&mut self.long) {
            self.stretch.pass(Part { line: None, byte, bytes }, take);
        } else {
            self.stretch.take(Part { line: Some(line), byte, bytes }, take);
        }
    }
}

/// True for a text whose lines end with a line feed.
fn is_text(head: &[u8]) -> bool {
    let head = head.get(..head.len().min(TELLING)).unwrap_or_default();
    let other = head.iter().filter(|byte| matches!(byte, 0..8 | 14..27)).count();
    let returns = !head.contains(&b'\n') && head.contains(&b'\r');
    // No text has bytes of zero; a capture may have little else that tells it apart.
    let zeros = head.contains(&0);
    Encoding::of(head) == Encoding::Bytes && !returns && !zeros && other * 50 <= head.len()
}

/// Bytes that tell what a file is.
const TELLING: usize = 4096;
/// Bytes of a line that is looked at; a longer one stays.
const LONGEST: usize = 64 << 10;

#[cfg(test)]
mod tests;
