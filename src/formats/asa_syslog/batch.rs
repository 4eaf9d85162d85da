//! Messages that find no room in the list of events, as they stand, until they are read for the rows of phones.

use super::event::{Event, Pending, Place};
use super::messages;
use super::phones::Ledger;
use crate::time::Stamp;

/// Messages that nothing was done with.
#[derive(Default)]
pub(super) struct Batch {
    /// The lines of all that are whole, one behind the other.
    pub lines: String,
    pub late: Vec<Late>,
    /// Bytes of all texts.
    pub bytes: usize,
}

/// A message that finds no room in the list of events.
pub(super) enum Late {
    /// So many that are nobody's.
    Passed(u32),
    /// One that stands in one line, of so many bytes.
    Whole(Whole, usize),
    /// One whose text was put together.
    Joined(Box<Pending>),
}

/// A message in one line.
#[derive(Clone, Copy)]
pub(super) struct Whole {
    pub id: u32,
    pub severity: u8,
    pub stamp: Option<Stamp>,
    pub number: u32,
    pub offset: u64,
    /// Where its text begins in the line, and ends.
    pub text: (usize, usize),
}

impl Batch {
    /// Does to the rows what the messages do, and is empty afterwards.
    pub fn play(&mut self, rows: &mut Ledger) {
        let mut rest = self.lines.as_str();
        for late in self.late.drain(..) {
            match late {
                Late::Passed(times) => (0..times).for_each(|_| rows.pass()),
                Late::Whole(whole, length) => {
                    let (line, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
                    rest = behind;
                    let Whole { id, severity, stamp, number, offset, text: (from, to) } = whole;
                    let text = line.get(from..to).unwrap_or_default();
                    let place = Place::Line { number, offset, text: line };
                    let message = &messages::read(id, text);
                    rows.take(&Event { id, severity, place, stamp, text, message, late: true });
                }
                Late::Joined(event) => {
                    let Pending { at, stamp, severity, id, text } = &*event;
                    let (id, severity, stamp) = (*id, *severity, *stamp);
                    let (place, message) = (Place::Known(at), &messages::read(id, text));
                    rows.take(&Event { id, severity, place, stamp, text, message, late: true });
                }
            }
        }
        self.lines.clear();
        self.bytes = 0;
    }
}
