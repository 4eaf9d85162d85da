//! Messages that find no room in the list of events, as they stand, until they are read for the rows of phones.

use super::event::{Event, Pending, Place};
use super::messages;
use super::phones::Ledger;
use crate::time::Stamp;

/// Messages that nothing was done with yet.
#[derive(Default)]
pub(super) struct Batch {
    /// The lines of all that are whole, one behind the other. Each of them is ASCII or was found to be UTF-8.
    pub lines: Vec<u8>,
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
    /// Does to the rows what the messages do.
    pub fn play(&self, rows: &mut Ledger) {
        let mut rest = std::str::from_utf8(&self.lines).unwrap_or_default();
        for late in &self.late {
            let Some((id, text, length)) = late.text(rest) else {
                if let Late::Passed(times) = late {
                    rows.pass(*times);
                }
                continue;
            };
            let message = &messages::of_row(id, text);
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
        let Self { lines, late, bytes } = self;
        lines.clear();
        late.clear();
        *bytes = 0;
    }
}

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
        for (number, (id, text)) in (1_u32..).zip(texts.iter().cycle().take(200)) {
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
                batch.lines.extend_from_slice(line.as_bytes());
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
    fn what_is_passed_at_once_is_passed_as_one_by_one() {
        let joined = |id: u32, text: &str| {
            let (at, text) = (At::default(), text.to_owned());
            Late::Joined(Box::new(Pending { at, stamp: None, severity: 6, id, text }))
        };
        let mut behind = 0;
        for times in 0..20 {
            let played = |passed: Vec<Late>| {
                let user =
                    "Group <g> User <CP-7962G-SEP001122334455> IP <192.0.2.9> Authentication: successful";
                let mut late = vec![joined(716_038, user)];
                late.extend(passed);
                // It names nobody.
                late.push(joined(734_004, "DAP: Processing error: Code 1"));
                played(&Batch { late, ..Batch::default() }).0
            };
            let at_once = played(vec![Late::Passed(times)]);
            assert_eq!(at_once, played((0..times).map(|_| Late::Passed(1)).collect()), "{times}");
            behind += at_once.phones.iter().filter(|phone| phone.failed.is_some()).count();
        }
        // A dozen lines behind a user's it is nobody's.
        assert_eq!(behind, 12);
    }

    #[test]
    fn a_batch_is_played_as_its_messages_came_and_leaves_nothing_behind() {
        let mut batch = batch();
        let (seen, late) = played(&batch);
        assert_eq!(seen.phones.len(), 2);
        assert_eq!(late.len(), 4);
        // The same messages one by one.
        let mut rows = Ledger::default();
        let mut rest = batch.lines.as_slice();
        for late in std::mem::take(&mut batch.late) {
            let length = if let Late::Whole(_, length) = late { length } else { 0 };
            let (line, behind) = rest.split_at(length);
            rest = behind;
            Batch { lines: line.to_owned(), late: vec![late], bytes: length }.play(&mut rows);
        }
        assert_eq!(rows.finish(), (seen, late));
        batch.clear();
        assert!(played(&batch).0.phones.is_empty());
    }
}
