//! Log lines that a terminal or a tool broke at a fixed width.
//!
//! ```text
//! Nov 23 2026 10:21:03: %ASA-6-716038: Group <PHONES> User <CP-8841-SEP0011223
//! 34455> IP <203.0.113.45> Authentication: successful, Session Type: WebVPN.
//! ```
//! The width is the length of the longest line; a message goes on where its line is as long as that and the next one
//! begins no message. Nothing is added and nothing lost.
//!
//! Empty: a text without messages, and one whose longest line is followed by a message.
//! Quirks: one such place proves no width, unless the message is incomplete as its form goes. Tools that break at
//! blanks, and `tmux` in the last column, take the blank away: it is put back where the next word had no room.
//!
//! Sources: `fold -w`; tmux, `capture-pane`; terminals of 80, 100, 120 and 132 columns.

use super::{Forms, tag};
use crate::lines::{Decoded, Line};
use crate::tables::syslog_texts;

/// The text with its broken messages joined.
pub(super) fn off(text: &Decoded, _forms: &mut Forms<'_>) -> Option<Decoded> {
    if !text.has_log() {
        return None;
    }
    let lengths: Vec<usize> = text.lines().map(|line| length(line.text)).collect();
    let width = lengths.iter().copied().max().filter(|width| (NARROWEST..=WIDEST).contains(width))?;
    // A line that is full, or that the next word would have made longer than the width, and goes on.
    let pairs = text.lines().zip(text.lines().skip(1)).zip(&lengths);
    let near = pairs.filter(|(_, length)| **length + LONGEST_WORD > width);
    let full = near
        .filter(|((_, next), length)| {
            (**length == width || **length + 1 + first_word(next.text) > width) && !begins(next.text)
        })
        .count();
    if full == 0 {
        return None;
    }
    let mut written = Decoded::default();
    let mut open: Option<(Line<'_>, String)> = None;
    let mut changed = false;
    let mut before = 0;
    for (line, length) in text.lines().zip(lengths) {
        if let Some((_, message)) = &mut open {
            let (id, text) = message_of(message);
            let broken = before == width || before + 1 + first_word(line.text) > width;
            let incomplete = syslog_texts::is_whole(id, text) == Some(false);
            let sure = full > 1 || incomplete || COMMON.contains(&width) && syslog_texts::goes_on(line.text);
            if broken && sure && !begins(line.text) && syslog_texts::may_go_on(id, text, line.text) {
                if before < width && !message.ends_with(' ') && !line.text.starts_with(' ') {
                    message.push(' ');
                }
                message.push_str(line.text);
                before = length;
                changed = true;
                continue;
            }
        }
        if let Some((first, message)) = open.take() {
            written.append(&Line { text: &message, ..first });
        }
        before = length;
        if tag::next_tag(line.text, 0).is_some() {
            open = Some((line, line.text.to_owned()));
        } else {
            written.append(&line);
        }
    }
    if let Some((first, message)) = open {
        written.append(&Line { text: &message, ..first });
    }
    changed.then_some(written)
}

/// Number and text of the message that a line holds.
fn message_of(line: &str) -> (u32, &str) {
    tag::next_tag(line, 0).map_or((0, line), |(_, tag)| (tag.id, line.get(tag.end..).unwrap_or_default()))
}

/// Signs of the first word; a line that begins with a blank breaks there.
pub(super) fn first_word(line: &str) -> usize {
    line.split(' ').next().map_or(0, length)
}

/// Signs of a line.
pub(super) fn length(line: &str) -> usize {
    if line.is_ascii() { line.len() } else { line.chars().count() }
}

/// The line is not the rest of another.
fn begins(line: &str) -> bool {
    let trimmed = line.trim();
    if trimmed.is_empty()
        || ["```", "--", "==", "<--- More", "(Message repeated", "!", "{"]
            .iter()
            .any(|start| trimmed.starts_with(start))
    {
        return true;
    }
    if tag::next_tag(line, 0)
        .is_some_and(|(at, _)| at == 0 || !line.get(..at).unwrap_or_default().contains(['<', '=']))
    {
        return true;
    }
    let word = trimmed.split_ascii_whitespace().next().unwrap_or_default();
    let prompt = word.ends_with('#')
        || word.split_once('#').is_some_and(|(host, _)| host.len() > 1 && !host.contains(['<', '[', '=']))
            && line.contains("# ");
    let month = word.len() == 3 && crate::time::Stamp::month(word).is_some();
    let dated = word.len() >= 19
        && word.as_bytes().get(4) == Some(&b'-')
        && word.bytes().take(4).all(|b| b.is_ascii_digit());
    let priority = trimmed.starts_with('<')
        && trimmed.get(1..2).is_some_and(|sign| sign.bytes().all(|b| b.is_ascii_digit()))
        && trimmed.get(..6).is_some_and(|head| head.contains('>') && !head.contains('.'));
    prompt || month || dated || priority
}

/// Widths at which tools break lines; one broken line proves no other.
pub(super) const COMMON: [usize; 11] = [72, 76, 78, 79, 80, 90, 100, 110, 120, 130, 132];
/// Signs of a word that is not broken.
const LONGEST_WORD: usize = 120;
const NARROWEST: usize = 40;
const WIDEST: usize = 400;
