//! Messages that find no room in the list of events, as they stand, until they are read for the rows of phones.

use super::event::{Event, Pending, Place};
use super::messages;
use super::phones::Ledger;
use crate::documents::asa_syslog::AsaMessage;
use crate::time::Stamp;

/// Messages that nothing was done with, but that the texts of the first of them may have been read.
#[derive(Default)]
pub(super) struct Batch {
    /// The lines of all that are whole, one behind the other.
    pub lines: String,
    pub late: Vec<Late>,
    /// Bytes of all texts.
    pub bytes: usize,
    /// What the first of them say: one for each in `late` that has a text.
    read: Vec<AsaMessage>,
    /// So many in `late` were read, and so many bytes of `lines`.
    reached: (usize, usize),
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

impl Late {
    /// Id and text, and how long its line is; `line` begins there.
    fn text<'a>(&'a self, line: &'a str) -> Option<(u32, &'a str, usize)> {
        match self {
            Self::Passed(_) => None,
            Self::Whole(Whole { id, text: (from, to), .. }, length) => {
                Some((*id, line.get(*from..*to).unwrap_or_default(), *length))
            }
            Self::Joined(event) => Some((event.id, &event.text, 0)),
        }
    }
}

impl Batch {
    /// Reads the texts of the next few messages, which whoever has the rows then need not do; false where all are read.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn read_some(&mut self) -> bool {
        let (first, mut byte) = self.reached;
        let Some(next) = self.late.get(first..).filter(|next| !next.is_empty()) else { return false };
        let next = next.get(..SOME).unwrap_or(next);
        for late in next {
            if let Some((id, text, length)) = late.text(self.lines.get(byte..).unwrap_or_default()) {
                self.read.push(messages::read(id, text));
                byte += length;
            }
        }
        self.reached = (first + next.len(), byte);
        true
    }

    /// Does to the rows what the messages do.
    pub fn play(&self, rows: &mut Ledger) {
        let mut rest = self.lines.as_str();
        let mut read = self.read.iter();
        for late in &self.late {
            let Some((id, text, length)) = late.text(rest) else {
                if let Late::Passed(times) = late {
                    (0..*times).for_each(|_| rows.pass());
                }
                continue;
            };
            let now;
            let message = match read.next() {
                Some(message) => message,
                None => {
                    now = messages::read(id, text);
                    &now
                }
            };
            let (line, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
            rest = behind;
            let (place, severity, stamp) = match late {
                Late::Whole(Whole { severity, stamp, number, offset, .. }, _) => {
                    (Place::Line { number: *number, offset: *offset, text: line }, *severity, *stamp)
                }
                Late::Joined(event) => (Place::Known(&event.at), event.severity, event.stamp),
                Late::Passed(_) => continue,
            };
            rows.take(&Event { id, severity, place, stamp, text, message, late: true });
        }
    }

    /// Forgets all messages, and keeps their room.
    pub fn clear(&mut self) {
        let Self { lines, late, bytes, read, reached } = self;
        lines.clear();
        late.clear();
        read.clear();
        (*bytes, *reached) = (0, (0, 0));
    }
}

/// Messages that are read at a time by who waits.
#[cfg(not(target_arch = "wasm32"))]
const SOME: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::asa_syslog::{AsaEvent, PhonesSeen};
    use crate::source::At;

    /// Messages of a few phones and of nobody, in one line each or put together.
    fn batch() -> Batch {
        let mut batch = Batch::default();
        let texts = [
            (725_001, "Starting SSL handshake with client outside:192.0.2.9/50091 for TLSv1 session."),
            (725_014, "SSL lib error. Function: SSL3_READ_BYTES Reason: tlsv1 alert unknown ca"),
            (725_006, "Device failed SSL handshake with client outside:192.0.2.9/50091"),
            (716_038, "Group <g> User <CP-7962G-SEP001122334455> IP <192.0.2.9> Authentication: successful"),
            (
                722_051,
                "Group <g> User <CP-7962G-SEP001122334455> IP <192.0.2.9> Address <198.51.100.7> assigned",
            ),
            (716_039, "Group <g> User <CP-7962G-SEP001122334466> IP <192.0.2.10> Authentication: rejected"),
            (
                113_019,
                "Group = g, Username = CP-7962G-SEP001122334455, IP = 192.0.2.9, Session disconnected. Reason: Lost Service",
            ),
        ];
        for (number, (id, text)) in (1_u32..).zip(texts.iter().cycle().take(3 * SOME)) {
            let (severity, stamp, offset) = (6, None, u64::from(number) * 200);
            let line = format!("%ASA-6-{id}: {text}");
            if number % 5 == 0 {
                batch.late.push(Late::Passed(number));
            }
            if number % 3 == 0 {
                let at = At::line(number, offset, &line);
                let text = (*text).to_owned();
                batch.late.push(Late::Joined(Box::new(Pending { at, stamp, severity, id: *id, text })));
            } else {
                let text = (line.len() - text.len(), line.len());
                let whole = Whole { id: *id, severity, stamp, number, offset, text };
                batch.lines.push_str(&line);
                batch.late.push(Late::Whole(whole, line.len()));
            }
        }
        batch
    }

    fn played(batch: &Batch) -> (PhonesSeen, Vec<AsaEvent>) {
        let mut rows = Ledger::default();
        batch.play(&mut rows);
        rows.finish()
    }

    #[test]
    fn rows_are_the_same_however_many_messages_were_read_before() {
        let wanted = played(&batch());
        assert_eq!(wanted.0.phones.len(), 2);
        assert_eq!(wanted.1.len(), 4);
        let mut some = batch();
        let mut rounds = 0;
        while some.read_some() {
            rounds += 1;
            assert!(played(&some) == wanted, "{rounds}");
        }
        assert!(rounds > 3, "{rounds}");
        some.clear();
        assert!(!some.read_some());
        assert!(played(&some).0.phones.is_empty());
    }
}
