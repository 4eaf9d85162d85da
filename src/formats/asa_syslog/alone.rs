//! Lines that hold one whole message each, and what the reader makes of them.
//!
//! ```text
//! Nov 23 2026 10:19:27 vpn : %ASA-6-302013: Built outbound TCP connection …      counted and forgotten
//! Nov 23 2026 10:19:27 vpn : %ASA-6-725001: Starting SSL handshake with client … kept
//! ```
//! Where such a line stands between two others of its kind, a line that is only counted can be taken out and nothing
//! else is read otherwise: it neither ends a message that a terminal wrapped nor is one itself. Whoever reduces a log asks
//! here, so that there is one list of what is kept.
//!
//! Quirks: what could be something else as well (a field of a table, a quoted mail, two messages in one line) is no such
//! line.

use super::header::{Recent, Shape};
use super::messages::path;
use super::tag::{self, Wrapping};
use crate::tables::syslog_ids;
use crate::unwrap::tag::next_tag;

/// What the reader makes of a line that is a message by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alone {
    /// It counts it.
    Counted,
    /// It keeps it.
    Kept,
}

/// Looks at lines one by one.
#[derive(Debug, Default)]
pub struct Lines {
    recent: Recent,
}

impl Lines {
    /// What the reader makes of a line; `None` where what it makes of it depends on the lines around it.
    pub fn of(&mut self, line: &str) -> Option<Alone> {
        let begins = line.bytes().next().is_some_and(|first| first.is_ascii_alphanumeric() || first == b'<');
        if !begins || line.contains('\t') {
            return None;
        }
        let (found, header) = tag::first(line, &mut self.recent)?;
        let plain = found.wrapping == Wrapping::None && found.times == 1 && !found.quoted;
        let full = header.is_some_and(|header| header.shape == Shape::Full && header.has_time());
        let listed = found.before.contains([',', ';', '"', '|']);
        let end = line.len() - found.text.len();
        if !plain || !full || listed || next_tag(line, end).is_some() {
            return None;
        }
        let kept = syslog_ids::is_event(found.id)
            && path::is_kept(found.id, tag::unpacked(&found).trim_end().as_bytes());
        Some(if kept { Alone::Kept } else { Alone::Counted })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_message_of_a_line_is_told_by_itself() {
        use Alone::{Counted, Kept};
        for (line, expected) in [
            ("Nov 23 2026 10:19:27 vpn : %ASA-6-305011: Built dynamic TCP translation", Some(Counted)),
            ("<166>Nov 23 2026 10:19:27: %ASA-6-305011: Built dynamic TCP translation", Some(Counted)),
            (
                "Nov 23 2026 10:19:27 vpn : %ASA-6-302013: Built inbound TCP connection 7 for outside:192.0.2.9/5 (192.0.2.9/5) to inside:192.0.2.1/80 (192.0.2.1/80)",
                Some(Counted),
            ),
            (
                "Nov 23 2026 10:19:27 vpn : %ASA-6-302013: Built inbound TCP connection 7 for outside:192.0.2.9/5 (192.0.2.9/5) to identity:198.51.100.1/443 (198.51.100.1/443)",
                Some(Kept),
            ),
            ("Nov 23 2026 10:19:27 vpn : %ASA-6-725002: Device completed SSL handshake", Some(Kept)),
            ("%ASA-6-305011: Built dynamic TCP translation", None),
            ("vpn : %ASA-6-305011: Built dynamic TCP translation", None),
            ("> Nov 23 2026 10:19:27 vpn : %ASA-6-305011: Built", None),
            ("Nov 23 2026 10:19:27 vpn : message repeated 3 times: [ %ASA-6-305011: Built]", None),
            ("Nov 23 2026 10:19:27 vpn : %ASA-6-305011: Built<br>%ASA-6-725002: Device", None),
            ("1587157688,vpn,%ASA-6-305011: Built", None),
            ("last message repeated 3 times", None),
            ("", None),
        ] {
            assert_eq!(Lines::default().of(line), expected, "{line}");
        }
    }
}
