//! A stretch of lines that a reader takes one by one, and which of them stay.

use super::part::Part;
use crate::formats::asa_syslog::alone as asa;
use crate::formats::phone_log::alone as phone;
use crate::lines::Encoding;

/// The line before, and one that waits for the line behind it.
#[derive(Default)]
pub(super) struct Stretch {
    asa: asa::Lines,
    phone: phone::Lines,
    before: Option<Kind>,
    /// Lines of the stretch so far.
    length: u32,
    waiting: Option<Waiting>,
    /// A phone's record longer than a terminal is wide came by.
    long: bool,
}

/// Whose lines a stretch is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Asa,
    Phone {
        /// The phone's clock, where it counts midnights.
        clock: Option<u64>,
    },
}

impl Kind {
    /// The next line continues the stretch, and its clock does not go back.
    fn leads_to(self, next: Self) -> bool {
        match (self, next) {
            (Self::Asa, Self::Asa) => true,
            (Self::Phone { clock: before }, Self::Phone { clock: after }) => match (before, after) {
                (Some(before), Some(after)) => before <= after,
                (None, None) => true,
                _ => false,
            },
            _ => false,
        }
    }
}

/// A line that is left out where the next one continues its stretch.
struct Waiting {
    line: Option<u32>,
    byte: u64,
    bytes: Vec<u8>,
}

impl Stretch {
    /// Takes a line.
    pub fn take(&mut self, part: Part<'_>, take: &mut impl FnMut(Part<'_>)) {
        let (kind, counted) = self.look(part.bytes);
        let goes_on = self.before.zip(kind).is_some_and(|(before, next)| before.leads_to(next));
        let waiting = self.waiting.take();
        if !goes_on {
            self.length = 0;
            out(waiting, take);
        }
        self.before = kind;
        self.length = self.length.saturating_add(1);
        if counted && goes_on && self.length > FIRST {
            self.waiting = Some(Waiting { line: part.line, byte: part.byte, bytes: part.bytes.to_vec() });
        } else {
            take(part);
        }
    }

    /// Lets a part pass that no reader looks at by itself.
    pub fn pass(&mut self, part: Part<'_>, take: &mut impl FnMut(Part<'_>)) {
        self.finish(take);
        take(part);
    }

    /// What waits has no line behind it.
    pub fn finish(&mut self, take: &mut impl FnMut(Part<'_>)) {
        out(self.waiting.take(), take);
        self.before = None;
        self.length = 0;
    }

    /// Whose a line is, and whether its reader only counts it.
    fn look(&mut self, bytes: &[u8]) -> (Option<Kind>, bool) {
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        let text = Encoding::Bytes.decode(bytes.strip_suffix(b"\r").unwrap_or(bytes));
        if let Some(alone) = self.asa.of(&text) {
            // A record of a phone that an ASA's line quotes is read as one.
            let quoted = self.phone.of(&text).is_some();
            return if quoted { (None, false) } else { (Some(Kind::Asa), alone == asa::Alone::Counted) };
        }
        let Some(alone) = self.phone.of(&text) else { return (None, false) };
        let first = alone.long && !self.long;
        self.long |= alone.long;
        (Some(Kind::Phone { clock: alone.clock }), alone.counted && !first)
    }
}

fn out(waiting: Option<Waiting>, take: &mut impl FnMut(Part<'_>)) {
    if let Some(Waiting { line, byte, bytes }) = waiting {
        take(Part { line, byte, bytes: &bytes });
    }
}

/// Lines at the beginning of a stretch that stay: a phone's log is told by several records.
const FIRST: u32 = 4;
