//! Lines that hold one whole record each, of which the reader takes no more than number and time.
//!
//! ```text
//! 871: NOT 10:19:26.900000 JAVA: sipTransport: ACK received        counted and forgotten
//! 902: NOT 10:19:27.155936 VPNC: ssl_state_cb: …                 kept
//! ```
//! Where such a line stands between two others of its kind whose clocks do not go back, it can be taken out and nothing
//! else is read otherwise. Whoever reduces a log asks here, so that there is one list of what is kept.

use super::record::{BARE, Piece, Pieces, Record, VPN_PROCESSES};
use super::wanted::Wanted;

/// A line that is a record by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alone {
    /// The reader takes no more of it than number and time.
    pub counted: bool,
    /// The phone's clock in microseconds of its day, where the record has no date: midnights are counted by it.
    pub clock: Option<u64>,
    /// It is longer than a terminal is wide; the first such line tells how the others were wrapped.
    pub long: bool,
}

/// Looks at lines one by one.
#[derive(Debug, Default)]
pub struct Lines {
    pieces: Pieces,
    wanted: Wanted,
}

impl Lines {
    /// What the reader makes of a line; `None` where what it makes of it depends on the lines around it.
    pub fn of(&mut self, line: &str) -> Option<Alone> {
        let (mut alone, mut count) = (None, 0);
        let wanted = &self.wanted;
        self.pieces.cut(line, |piece| {
            count += 1;
            alone = match piece {
                Piece::Record(record) if record.text.len() >= line.trim_end().len() => {
                    numbered(&record, wanted)
                }
                Piece::Record(_) | Piece::Rest(_) => None,
            };
        });
        let long = line.chars().count() > super::reader::TERMINAL_COLUMNS;
        alone.filter(|_| count == 1 && !line.contains('%')).map(|alone| Alone { long, ..alone })
    }
}

/// A record that is numbered and timed; others tell by their place alone what they are.
fn numbered(record: &Record<'_>, wanted: &Wanted) -> Option<Alone> {
    let stamp = record.stamp?;
    record.sequence.filter(|_| record.grammar != BARE)?;
    let looked_into = VPN_PROCESSES.contains(&record.process)
        || wanted.concerns_vpn(record)
        // A phone may name itself.
        || memchr::memmem::find(record.message.as_bytes(), b"SEP").is_some();
    let clock = stamp.month_day.is_none().then_some(stamp.micros_of_day);
    Some(Alone { counted: !looked_into, clock, long: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_record_of_a_line_is_told_by_itself() {
        let clock = Some((10 * 3600 + 19 * 60 + 26) * 1_000_000);
        let alone = |counted| Some(Alone { counted, clock, long: false });
        for (line, expected) in [
            ("871: NOT 10:19:26.000000 JAVA: sipTransport: ACK received", alone(true)),
            ("902: NOT 10:19:26.000000 VPNC: ssl_state_cb: x", alone(false)),
            ("903: NOT 10:19:26.000000 SECUREAPP: x", alone(false)),
            ("904: NOT 10:19:26.000000 JAVA: CFGID_DEVICE_NAME = SEP001122334455", alone(false)),
            (
                "905: NOT Nov 29 10:19:26.000000 JAVA-x",
                Some(Alone { counted: true, clock: None, long: false }),
            ),
            ("871: NOT 10:19:26.000000 JAVA: x 872: NOT 10:19:26.000001 JAVA: y", None),
            ("text 871: NOT 10:19:26.000000 JAVA: x", None),
            ("VPNC: -protocol_handler: x", None),
            ("the rest of a record", None),
            ("", None),
        ] {
            assert_eq!(Lines::default().of(line), expected, "{line}");
        }
    }
}
