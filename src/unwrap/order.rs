//! Logs whose newest line stands first, put in the order in which they were written.
//!
//! ```text
//! Nov 23 2026 11:19:28 edge1 : %ASA-6-725006: Device failed SSL handshake with client …
//! Nov 23 2026 11:19:27 edge1 : %ASA-6-725001: Starting SSL handshake with client …
//! ```
//! Log servers list and export the newest line first. Lines without a time stay with the message before them.
//!
//! Empty: a log whose times do not go back from line to line.
//! Quirks: a clock that is set back once goes forward everywhere else. Of messages of the same second some servers
//! keep the order: the steps of a handshake tell which way they run.
//!
//! Sources: the default order of Splunk, Kibana and Graylog.

use std::cmp::Ordering;

use super::moment::Moment;
use super::{Forms, tag};
use crate::lines::{Decoded, Line};
use crate::time::Stamp;

/// The log, oldest line first.
pub(super) fn off(text: &Decoded, _forms: &mut Forms<'_>) -> Option<Decoded> {
    if !text.has_log() {
        return None;
    }
    let first = text.lines().find_map(|line| time(&line))?;
    let last = text.lines().rev().find_map(|line| time(&line))?;
    if first.key <= last.key {
        return None;
    }
    let mut head: Vec<Line<'_>> = Vec::new();
    let mut groups: Vec<(Timed<'_>, Vec<Line<'_>>)> = Vec::new();
    for line in text.lines() {
        match (time(&line), groups.last_mut()) {
            (Some(timed), _) => groups.push((timed, vec![line])),
            (None, Some((_, group))) => group.push(line),
            (None, None) => head.push(line),
        }
    }
    let (mut back, mut forth, mut same_back, mut same_forth) = (0_usize, 0_usize, 0_usize, 0_usize);
    for ((before, _), (after, _)) in groups.iter().zip(groups.iter().skip(1)) {
        match before.key.cmp(&after.key) {
            Ordering::Greater => back += 1,
            Ordering::Less => forth += 1,
            Ordering::Equal => match before.told_before(after) {
                Some(true) => same_forth += 1,
                Some(false) => same_back += 1,
                None => {}
            },
        }
    }
    // One step back in a longer log is a clock that was set, or two excerpts, unless a handshake runs backwards.
    let once = back == 1 && groups.len() > 2 && same_back <= same_forth;
    if back == 0 || forth * 10 > back || once {
        return None;
    }
    if same_forth <= same_back {
        groups.reverse();
    }
    groups.sort_by_key(|(timed, _)| timed.key);
    let mut written = Decoded::default();
    for line in head.iter().chain(groups.iter().flat_map(|(_, group)| group)) {
        written.append(line);
    }
    Some(written)
}

/// When a message was written, as far as it can be compared, and which step of a login it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Timed<'a> {
    key: (i16, Option<(u8, u8)>, u64),
    id: u32,
    /// Its place in a list of ciphers.
    cipher: Option<u32>,
    /// Address and port of the client.
    client: Option<&'a str>,
}

impl Timed<'_> {
    /// Whether an ASA writes this message before the other one; `None` where either may come first.
    fn told_before(&self, other: &Self) -> Option<bool> {
        if let (Some(one), Some(next)) = (self.cipher, other.cipher) {
            // A list that begins anew is another list.
            return match next.cmp(&one) {
                Ordering::Greater if next == one + 1 => Some(true),
                Ordering::Less if one == next + 1 => Some(false),
                _ => None,
            };
        }
        if self.client.zip(other.client).is_some_and(|(one, next)| one != next) {
            return None;
        }
        let place = |id: u32| STEPS.iter().position(|known| *known == id);
        let (one, next) = (place(self.id)?, place(other.id)?);
        (one != next).then_some(one < next)
    }
}

fn time<'a>(line: &Line<'a>) -> Option<Timed<'a>> {
    let (start, tag) = tag::next_tag(line.text, 0)?;
    let before = line.text.get(..start)?;
    let stamp: Stamp = Moment::last_in(before).and_then(|moment| moment.stamp()).or(line.time)?;
    let key = (stamp.year.unwrap_or_default(), stamp.month_day, stamp.micros_of_day);
    let text = line.text.get(tag.end..).unwrap_or_default();
    let cipher = text.strip_prefix("Cipher[").and_then(|text| text.split(']').next()?.parse::<u32>().ok());
    let client = text.split(' ').find_map(|word| word.split_once(':').filter(|(_, end)| end.contains('/')));
    Some(Timed { key, id: tag.id, cipher, client: client.map(|(_, end)| end) })
}

/// The messages of a login in the order in which an ASA writes them.
const STEPS: [u32; 13] = [
    302_013, 725_001, 725_016, 725_010, 725_008, 725_012, 725_014, 725_006, 725_002, 113_009, 716_038,
    722_022, 722_051,
];
