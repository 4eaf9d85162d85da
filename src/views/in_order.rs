//! A diagnosis's events on one clock, in order, with what tells in them.
//!
//! An input whose clock could not be told from anything that others saw is taken as if its clock were right.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnosis::Diagnosis;
use crate::input::Kind;
use crate::source::At;

/// Events looked at: more make a browser slow and nobody wiser; a saved report has all.
pub const SHOWN: usize = 500;
const SECOND: i64 = 1_000_000;
/// Microseconds of a day.
pub const DAY: i64 = 86_400 * SECOND;

/// Who saw an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    /// A phone.
    Phone,
    /// A capture.
    Wire,
    /// An ASA.
    Asa,
}

/// One event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timed {
    /// Microseconds: since 1970 where a year is known, else since the beginning of some year, or of a day. An event without
    /// a time has that of the one before it in its file.
    pub at: Option<i64>,
    /// Its place in [`Diagnosis::timeline`].
    pub row: usize,
    /// Who saw it.
    pub lane: Lane,
    /// It shows the fault.
    pub telling: bool,
    /// What stops the phone is seen here; nothing of this attempt comes after it.
    pub breaks: bool,
}

/// The first events, in order. `shifts` are milliseconds by input, over and above what the diagnosis knows.
pub fn of(diagnosis: &Diagnosis, shifts: &BTreeMap<u32, i64>) -> Vec<Timed> {
    ordered(diagnosis, shifts, SHOWN)
}

/// All events, in order, as the diagnosis knows it.
pub fn all(diagnosis: &Diagnosis) -> Vec<Timed> {
    ordered(diagnosis, &BTreeMap::new(), usize::MAX)
}

fn ordered(diagnosis: &Diagnosis, shifts: &BTreeMap<u32, i64>, most: usize) -> Vec<Timed> {
    let telling = telling(diagnosis);
    let rows = || diagnosis.timeline.iter();
    // What has no date is of the day on which the others begin.
    let dated = |lane: Lane| rows().filter(move |row| lane_of(diagnosis, row.input) == lane);
    let mut base =
        dated(Lane::Asa).chain(dated(Lane::Wire)).filter_map(|row| micros(row.aligned.as_deref()?));
    let base = base.next().map_or(0, |at| at - at.rem_euclid(DAY));
    let mut events: Vec<Timed> = Vec::new();
    let mut last: BTreeMap<u32, i64> = BTreeMap::new();
    for (index, row) in rows().enumerate().take(most) {
        let own = || micros(&row.time).map(|at| if at < DAY { at + base } else { at });
        let known = row.aligned.as_deref().and_then(micros).or_else(own);
        let shifted = known.map(|at| at + shifts.get(&row.input).unwrap_or(&0).saturating_mul(1_000));
        let at = shifted.or_else(|| last.get(&row.input).copied());
        if let Some(at) = at {
            last.insert(row.input, at);
        }
        let telling = telling.contains(&key(row.input, &row.at));
        let lane = lane_of(diagnosis, row.input);
        events.push(Timed { at, row: index, lane, telling, breaks: false });
    }
    mark_break(diagnosis, &mut events);
    events.sort_by_key(|event| (event.at, event.row));
    merge(diagnosis, events)
}

/// Who wrote an input.
pub fn lane_of(diagnosis: &Diagnosis, input: u32) -> Lane {
    let input = usize::try_from(input).ok().and_then(|index| diagnosis.inputs.get(index));
    match input.map(|input| input.kind) {
        Some(Kind::AsaSyslog) => Lane::Asa,
        Some(Kind::Capture) => Lane::Wire,
        _ => Lane::Phone,
    }
}

/// Puts all sides into one order. An ASA as a rule prints whole seconds: what a phone did within such a second may
/// come before or after, and then what belongs to the earlier stage comes first.
fn merge(diagnosis: &Diagnosis, events: Vec<Timed>) -> Vec<Timed> {
    let (asa, exact): (Vec<Timed>, Vec<Timed>) =
        events.into_iter().partition(|event| event.lane == Lane::Asa);
    let mut merged = Vec::with_capacity(exact.len() + asa.len());
    let mut asa = asa.into_iter().peekable();
    let stage = |event: &Timed| diagnosis.timeline.get(event.row).map(|row| row.stage);
    for mine in exact {
        while let Some(theirs) = asa.next_if(|theirs| match (theirs.at, mine.at) {
            (Some(their), Some(mine_at))
                if their % SECOND == 0 && (their..their + SECOND).contains(&mine_at) =>
            {
                stage(theirs) < stage(&mine)
            }
            (their, mine_at) => their < mine_at,
        }) {
            merged.push(theirs);
        }
        merged.push(mine);
    }
    merged.extend(asa);
    merged
}

/// Lines of the finding that the verdict rests on, and of what follows from it.
fn telling(diagnosis: &Diagnosis) -> BTreeSet<Key> {
    let rule = diagnosis.verdict.rule.as_ref();
    let root = diagnosis
        .findings
        .iter()
        .filter(|found| rule.is_some() && (Some(&found.rule) == rule || found.caused_by.as_ref() == rule));
    let evidence = root.flat_map(|found| &found.evidence);
    evidence.filter_map(|one| Some(key(one.input?, one.at.as_ref()?))).collect()
}

/// A line or packet of an input.
type Key = (u32, u32, Option<u32>);

fn key(input: u32, at: &At) -> Key {
    (input, at.line, at.packet.map(|packet| packet.number))
}

/// The last telling event of each file in the stage that failed.
fn mark_break(diagnosis: &Diagnosis, events: &mut [Timed]) {
    let stage = diagnosis.verdict.stage;
    let in_stage = |event: &Timed| diagnosis.timeline.get(event.row).map(|row| row.stage) == stage;
    let of =
        |lane: Lane| events.iter().rposition(|event| event.telling && event.lane == lane && in_stage(event));
    let last = of(Lane::Phone).or_else(|| of(Lane::Wire)).or_else(|| of(Lane::Asa));
    if let Some(event) = last.and_then(|at| events.get_mut(at)) {
        event.breaks = true;
    }
}

/// Microseconds of a printed time: since 1970 where it has a year, else since the beginning of some year, or of a day.
fn micros(text: &str) -> Option<i64> {
    let (date, time) = text.split_once('T').unwrap_or(("", text));
    let plain = time.find(['Z', '+', '-']).and_then(|end| time.get(..end)).unwrap_or(time);
    let (clock, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let mut of_day = 0;
    let mut parts = 0;
    for part in clock.split(':') {
        of_day = of_day * 60 + part.parse::<i64>().ok().filter(|value| (0..=60).contains(value))?;
        parts += 1;
    }
    let fraction: i64 = format!("{fraction:0<6}").get(..6)?.parse().ok()?;
    (parts == 3).then_some(days(date)? * DAY + of_day * SECOND + fraction)
}

/// Days since 1970-01-01 of `2026-11-23`; of `--11-23` those of a year before that, so that both print back.
fn days(date: &str) -> Option<i64> {
    if date.is_empty() {
        return Some(0);
    }
    let (year, rest) = match date.strip_prefix("--") {
        Some(rest) => (UNKNOWN_YEAR, rest),
        None => {
            let (year, rest) = date.split_once('-')?;
            (year.parse().ok().filter(|year| (1970..3000).contains(year))?, rest)
        }
    };
    let (month, day) = rest.split_once('-')?;
    let month: i64 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    let day: i64 = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    // Howard Hinnant's days_from_civil.
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let of_era = shifted.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// A leap year of its own for dates without a year.
const UNKNOWN_YEAR: i64 = 1000 * 4;
