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
    let mut groups: Vec<(Timed, Vec<Line<'_>>)> = Vec::new();
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
            std::cmp::Ordering::Greater => back += 1,
            std::cmp::Ordering::Less => forth += 1,
            std::cmp::Ordering::Equal => {
                same_back += usize::from(before.step > after.step);
                same_forth += usize::from(before.step < after.step);
            }
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
struct Timed {
    key: (i16, Option<(u8, u8)>, u64),
    step: u32,
}

fn time(line: &Line<'_>) -> Option<Timed> {
    let (start, tag) = tag::next_tag(line.text, 0)?;
    let before = line.text.get(..start)?;
    let stamp: Stamp = Moment::last_in(before).and_then(|moment| moment.stamp()).or(line.time)?;
    let key = (stamp.year.unwrap_or_default(), stamp.month_day, stamp.micros_of_day);
    let place = STEPS.iter().position(|id| *id == tag.id);
    let order = line
        .text
        .get(tag.end..)
        .and_then(|text| text.strip_prefix("Cipher["))
        .and_then(|text| text.split(']').next()?.parse::<u32>().ok());
    let step =
        place.map_or(0, |place| u32::try_from(place + 1).unwrap_or(0) * 100) + order.unwrap_or(0).min(99);
    Some(Timed { key, step })
}

/// The messages of a login in the order in which an ASA writes them.
const STEPS: [u32; 16] = [
    302_013, 725_001, 725_016, 725_008, 725_010, 725_011, 725_012, 725_014, 725_006, 725_002, 113_012,
    113_009, 716_038, 113_039, 722_022, 722_051,
];
