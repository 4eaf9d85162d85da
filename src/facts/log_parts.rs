//! Which phone logs are parts of one, and what is missing between them?
//!
//! ```text
//! logs/messages.1   … 4711: NOT 10:19:27.155936 VPNC: …
//! logs/messages.0   4902: NOT 10:31:02.400112 VPNC: …       190 records between them were overwritten
//! ```
//! A phone writes several files of a bounded size in turn and writes over the oldest. It numbers its records on from
//! file to file until it starts anew. Witnesses: that number and the phone's clock, at both ends of each file.
//!
//! Parts lie in one folder of one archive, or of what was dropped, and their names differ in a number alone; nothing
//! else would tell the logs of two phones apart that do not name themselves.
//!
//! Empty: one log, or logs without numbers.
//! Quirks: a number that goes back is a start of the phone, and what stands behind it is another log; unless the number
//! has come to its end ([`records_to`]).
//!
//! Sources: Cisco 217218 (a phone's console logs are several files); Cisco 116162 (numbers of records).

use std::collections::BTreeMap;

use crate::documents::Content;
use crate::documents::phone_log::{Numbered, PhoneLog};
use crate::facts::events_that_matter::past_by_later_parts;
use crate::facts::{Documents, In};
use crate::input::Kind;
use crate::intake::Reading;
use crate::observe::{By, Log};
use crate::time::Stamp;
use crate::unwrap::records_to;

/// One part, and how many records before it are in no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The input.
    pub input: u32,
    /// Records between the part before and this one.
    pub missing: u32,
}

/// Logs of several parts, each with its parts in the order in which they were written.
pub fn of(documents: &Documents<'_>) -> Vec<Vec<Part>> {
    let mut held: BTreeMap<u32, usize> = BTreeMap::new();
    for holder in documents.inputs.iter().filter_map(|input| input.inside) {
        *held.entry(holder).or_default() += 1;
    }
    let mut families: BTreeMap<(Option<u32>, String), Vec<In<'_, PhoneLog>>> = BTreeMap::new();
    for log in &documents.phone_logs {
        if log.document.first.is_some() {
            families.entry(family(documents, &held, log.input)).or_default().push(*log);
        }
    }
    let mut all = Vec::new();
    for mut logs in families.into_values().filter(|logs| logs.len() > 1) {
        if has_twins(documents, &logs) {
            continue;
        }
        logs.sort_by_key(|log| first(log.document).map_or(0, |first| first.sequence));
        // Where the numbers begin anew, the part with the lowest is not the oldest.
        let goes_on = |one: &In<'_, PhoneLog>, next: &In<'_, PhoneLog>| {
            missing_between(one.document, next.document).is_some()
        };
        let begins_anew = logs.last().zip(logs.first()).is_some_and(|(last, first)| goes_on(last, first));
        let oldest = logs.windows(2).position(|pair| matches!(pair, [one, next] if !goes_on(one, next)));
        if let Some(oldest) = oldest.filter(|_| begins_anew) {
            logs.rotate_left(oldest + 1);
        }
        let mut parts: Vec<Part> = Vec::new();
        for pair in logs.windows(2) {
            let [before, after] = pair else { continue };
            match missing_between(before.document, after.document) {
                Some(missing) => {
                    if parts.is_empty() {
                        parts.push(Part { input: before.input, missing: 0 });
                    }
                    parts.push(Part { input: after.input, missing });
                }
                None if parts.is_empty() => {}
                None => all.push(std::mem::take(&mut parts)),
            }
        }
        all.extend((!parts.is_empty()).then_some(parts));
    }
    all
}

/// The readings, with what is past in each part by what the later ones tell; `None` where no log has parts.
pub fn joined(readings: &[Reading]) -> Option<Vec<Reading>> {
    let is_log: fn(&Content) -> bool = |content| matches!(content, Content::PhoneLog(_));
    let logs = readings.iter().flat_map(|reading| &reading.documents).filter(|one| is_log(&one.content));
    if logs.count() < 2 {
        return None;
    }
    let documents = Documents::of_those(readings, is_log);
    let logs: BTreeMap<u32, &Log<'_>> = documents.logs_by(By::PhoneLog).map(|log| (log.input, log)).collect();
    let mut past: BTreeMap<u32, u32> = BTreeMap::new();
    for parts in of(&documents) {
        let logs: Vec<&Log<'_>> = parts.iter().filter_map(|part| logs.get(&part.input).copied()).collect();
        for (part, events) in parts.iter().zip(past_by_later_parts(&logs)) {
            past.insert(part.input, u32::try_from(events).unwrap_or(u32::MAX));
        }
    }
    if past.values().all(|events| *events == 0) {
        return None;
    }
    let mut joined = readings.to_vec();
    let mut base = 0_u32;
    for reading in &mut joined {
        for document in &mut reading.documents {
            if let Content::PhoneLog(log) = &mut document.content {
                log.past = past.get(&base.saturating_add(document.input)).copied().unwrap_or_default();
            }
        }
        base = base.saturating_add(u32::try_from(reading.inputs.len()).unwrap_or(u32::MAX));
    }
    Some(joined)
}

/// Where a file lies, and its name without the number that tells the files of one log apart.
fn family(documents: &Documents<'_>, held: &BTreeMap<u32, usize>, id: u32) -> (Option<u32>, String) {
    let name = documents.input(id).map(|input| input.name.as_str()).unwrap_or_default();
    let holder = |id: u32| documents.input(id).and_then(|input| input.inside);
    let is_archive = |id: u32| documents.input(id).is_some_and(|input| input.kind == Kind::Archive);
    let mut folder = holder(id);
    // An archive that packs one file alone is no folder.
    while let Some(alone) = folder.filter(|id| is_archive(*id) && held.get(id) == Some(&1)) {
        folder = holder(alone).filter(|outer| *outer < alone);
    }
    (folder, stem(name))
}

/// `logs/messages` of `logs/messages.3.gz`, and `console` of `console-2.log`.
fn stem(name: &str) -> String {
    let mut stem = name;
    for ending in [".gz", ".txt", ".log"] {
        stem = stem.strip_suffix(ending).unwrap_or(stem);
    }
    stem.trim_end_matches(|sign: char| sign.is_ascii_digit())
        .trim_end_matches(['.', '-', '_', ' '])
        .to_owned()
}

/// Two files of one name are of two phones, or the same twice.
fn has_twins(documents: &Documents<'_>, logs: &[In<'_, PhoneLog>]) -> bool {
    let mut names: Vec<&str> =
        logs.iter().filter_map(|log| documents.input(log.input)).map(|input| input.name.as_str()).collect();
    names.sort_unstable();
    names.windows(2).any(|pair| matches!(pair, [one, other] if one == other))
}

fn first(log: &PhoneLog) -> Option<Numbered> {
    log.first.as_ref().map(|first| first.value)
}

/// How many records are missing between two parts; `None` where the second does not go on from the first.
fn missing_between(before: &PhoneLog, after: &PhoneLog) -> Option<u32> {
    let (last, next) = (before.last?, first(after)?);
    let own = before.device.as_ref().zip(after.device.as_ref());
    let of_two_phones = own.is_some_and(|(one, other)| !one.value.eq_ignore_ascii_case(&other.value));
    if of_two_phones || !goes_on(last.stamp?, next.stamp?) {
        return None;
    }
    records_to(last.sequence, next.sequence)?.checked_sub(1)
}

/// A clock without a date that goes back by more than half a day has passed midnight.
fn goes_on(last: Stamp, next: Stamp) -> bool {
    match (last.month_day, next.month_day) {
        (Some(before), Some(after)) if last.year.is_none() && before.0 == 12 && after.0 == 1 => true,
        (Some(_), Some(_)) => {
            (last.year, last.month_day, last.micros_of_day) <= (next.year, next.month_day, next.micros_of_day)
        }
        (None, None) => {
            const DAY: u64 = 86_400_000_000;
            (next.micros_of_day + DAY - last.micros_of_day % DAY) % DAY <= DAY / 2
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::readings;

    fn log(from: u32, clock: &str) -> String {
        (0..3)
            .map(|n| format!("{}: NOT {clock}.{n}00000 VPNC: do_login: got login response\n", from + n))
            .collect()
    }

    fn parts(files: &[(&str, &str)]) -> Vec<Vec<(u32, u32)>> {
        let readings = readings(files);
        let found = of(&Documents::of(&readings));
        found.iter().map(|parts| parts.iter().map(|part| (part.input, part.missing)).collect()).collect()
    }

    #[test]
    fn files_that_a_phone_wrote_in_turn_are_one_log_with_its_gaps() {
        let (old, middle, new) = (log(100, "10:00:00"), log(103, "10:00:05"), log(150, "10:07:00"));
        let files = [("messages", new.as_str()), ("messages.0", &middle), ("messages.1", &old)];
        assert_eq!(parts(&files), [vec![(2, 0), (1, 0), (0, 44)]]);
        // Past midnight.
        let (old, new) = (log(100, "23:59:58"), log(103, "00:00:05"));
        assert_eq!(parts(&[("a1.log", &old), ("a2.log", &new)]), [vec![(0, 0), (1, 0)]]);
        // A start of the phone: its numbers begin anew.
        let started = log(5, "10:20:00");
        assert!(parts(&[("messages.0", &middle), ("messages", &started)]).is_empty());
        // The numbers go on and the clock goes back: two phones.
        let earlier = log(103, "09:00:00");
        assert!(parts(&[("messages.0", &log(100, "10:00:00")), ("messages", &earlier)]).is_empty());
        // Names that have nothing in common, and two files of one name.
        assert!(parts(&[("anna.log", &log(100, "10:00:00")), ("ben.log", &middle)]).is_empty());
        assert!(parts(&[("messages", &log(100, "10:00:00")), ("messages", &middle)]).is_empty());
        // Logs that name two phones.
        let named = |own: &str, log: &str| {
            log.replacen("VPNC: do_login: got login response", &format!("JAVA: CFGID_DEVICE_NAME = {own}"), 1)
        };
        let (one, same) =
            (named("SEP001122334455", &log(100, "10:00:00")), named("SEP001122334455", &middle));
        let another = named("SEP001122334466", &middle);
        assert_eq!(parts(&[("m.0", &one), ("m", &same)]).len(), 1);
        assert!(parts(&[("m.0", &one), ("m", &another)]).is_empty());
    }
}
