//! Messages with their number alone, as some tools and tickets list them.
//!
//! ```text
//! 722037: Group <PHONES> User <u> IP <192.0.2.9> SVC closing connection: DPD failure.
//! Nov 23 2026 10:19:27 725006 Device failed SSL handshake with client outside:192.0.2.9/50091
//! ```
//! The number counts only in front of a text that begins as this message does, in several lines, and where no message
//! of the text has its tag.
//!
//! Empty: a text without such lines.
//! Quirks: what stands before the number may only be a time and few words.
//!
//! Source: the Cisco Secure Firewall ASA syslog guide ([`crate::tables::syslog_texts`]).

use super::Forms;
use super::record::number;
use crate::lines::{Decoded, Line};
use crate::tables::syslog_texts;

/// The text with tags before its messages.
pub(super) fn off(text: &Decoded, _forms: &mut Forms<'_>) -> Option<Decoded> {
    if text.has_log() {
        return None;
    }
    let head = text.lines().filter(|line| !line.text.trim().is_empty()).take(HEAD_LINES);
    if head.filter(|line| message(line.text).is_some()).take(LEAST).count() < LEAST {
        return None;
    }
    let mut written = Decoded::default();
    for line in text.lines() {
        match message(line.text) {
            Some((before, id, shown)) => {
                let text = format!("{before}%ASA-{id:06}: {shown}");
                written.append(&Line { text: &text, ..line });
            }
            None => written.append(&line),
        }
    }
    Some(written)
}

/// What stands before the number, the number, and the text.
fn message(line: &str) -> Option<(&str, u32, &str)> {
    let mut from = 0;
    for word in line.split_inclusive([' ', '\t', ',', ';', '|']).take(WORDS) {
        let bare = word.trim_matches([' ', '\t', ',', ';', '|', ':', '-', '[', ']', '(', ')', '#']);
        let behind = line.get(from + word.len()..)?.trim_start_matches([' ', '\t', ':', '-', '|', ',', ';']);
        if let Some(id) = number(bare)
            && syslog_texts::fits(id, behind)
        {
            return Some((line.get(..from)?, id, behind));
        }
        from += word.len();
    }
    None
}

/// Lines in which the form shows, and how many of them must.
const HEAD_LINES: usize = 200;
const LEAST: usize = 2;
/// Words before the text.
const WORDS: usize = 10;
