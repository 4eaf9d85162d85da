//! The timeline's arithmetic: every event on one clock, in order, those that fall together in one group.
//!
//! A phone whose clock could not be told from anything both sides saw is shown as if its clock were right, and says
//! so; a person may shift each phone's lane by hand.

use std::collections::{BTreeMap, BTreeSet};

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::input::Kind;

/// More events than that make a browser slow and nobody wiser; a saved report has all.
pub const SHOWN: usize = 500;
/// Microseconds within which events share a group.
const TOGETHER: i64 = 1_000_000;
const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

/// An event and its microseconds, where they are known.
type Timed = (Option<i64>, Event);

/// Events that fall together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// The day as far as it is known, where it is another than that of the group before; else empty.
    pub day: String,
    /// When it begins, to the millisecond; empty where no time is known.
    pub time: String,
    /// Seconds since the group before ended; 0 for the first.
    pub pause: i64,
    /// The events.
    pub events: Vec<Event>,
}

/// One event.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its place in [`Diagnosis::timeline`].
    pub row: usize,
    /// A phone saw it, not the ASA.
    pub by_phone: bool,
    /// It shows the fault.
    pub telling: bool,
    /// What stops the phone is seen here; nothing of this attempt comes after it.
    pub breaks: bool,
}

/// Every group of a case. `shifts` are milliseconds by input, over and above what the diagnosis knows.
pub fn groups(diagnosis: &Diagnosis, shifts: &BTreeMap<u32, i64>) -> Vec<Group> {
    let telling = telling(diagnosis);
    let base = diagnosis.timeline.iter().filter(|row| !by_phone(diagnosis, row.input));
    let base =
        base.filter_map(|row| micros(row.aligned.as_deref()?)).next().map_or(0, |at| at - at.rem_euclid(DAY));
    let mut events: Vec<Timed> = Vec::new();
    let mut last: BTreeMap<u32, i64> = BTreeMap::new();
    for (index, row) in diagnosis.timeline.iter().enumerate().take(SHOWN) {
        let own = || micros(&row.time).map(|at| if at < DAY { at + base } else { at });
        let known = row.aligned.as_deref().and_then(micros).or_else(own);
        let shifted = known.map(|at| at + shifts.get(&row.input).unwrap_or(&0).saturating_mul(1_000));
        // An event without a time stands behind the one before it in its file.
        let at = shifted.or_else(|| last.get(&row.input).copied());
        if let Some(at) = at {
            last.insert(row.input, at);
        }
        let telling = telling.contains(&(row.input, row.at.line));
        events.push((
            at,
            Event { row: index, by_phone: by_phone(diagnosis, row.input), telling, breaks: false },
        ));
    }
    mark_break(diagnosis, &mut events);
    events.sort_by_key(|(at, event)| (*at, event.row));
    gather(merge(diagnosis, events))
}

/// Puts both sides into one order. An ASA as a rule prints whole seconds: what a phone did within such a second may
/// come before or after, and then what belongs to the earlier stage comes first.
fn merge(diagnosis: &Diagnosis, events: Vec<Timed>) -> Vec<Timed> {
    let (phone, asa): (Vec<Timed>, Vec<Timed>) = events.into_iter().partition(|(_, event)| event.by_phone);
    let mut merged = Vec::with_capacity(phone.len() + asa.len());
    let mut asa = asa.into_iter().peekable();
    let stage = |event: &Event| diagnosis.timeline.get(event.row).map(|row| row.stage);
    for mine in phone {
        while let Some(theirs) = asa.next_if(|theirs| match (theirs.0, mine.0) {
            (Some(their), Some(mine_at))
                if their % SECOND == 0 && (their..their + SECOND).contains(&mine_at) =>
            {
                stage(&theirs.1) < stage(&mine.1)
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

/// Milliseconds of a number of seconds as it was typed, to three digits behind the point.
pub fn millis(text: &str) -> Option<i64> {
    let text = text.trim();
    // A minus as it is typed, and as it is printed.
    let (sign, digits) = match text.strip_prefix(['-', '−']) {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let fraction: i64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    Some(sign * whole.checked_mul(1_000)?.checked_add(fraction)?)
}

/// The same as a field of numbers takes it.
pub fn seconds(millis: i64) -> String {
    let sign = if millis < 0 { "-" } else { "" };
    let (whole, fraction) = (millis.unsigned_abs() / 1_000, millis.unsigned_abs() % 1_000);
    let exact = format!("{sign}{whole}.{fraction:03}");
    exact.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// True for what a phone wrote.
pub fn by_phone(diagnosis: &Diagnosis, input: u32) -> bool {
    let input = usize::try_from(input).ok().and_then(|index| diagnosis.inputs.get(index));
    input.is_none_or(|input| input.kind != Kind::AsaSyslog)
}

/// Lines of the finding that the verdict rests on, and of what follows from it.
fn telling(diagnosis: &Diagnosis) -> BTreeSet<(u32, u32)> {
    let rule = diagnosis.verdict.rule.as_ref();
    let root = diagnosis
        .findings
        .iter()
        .filter(|found| rule.is_some() && (Some(&found.rule) == rule || found.caused_by.as_ref() == rule));
    let evidence = root.flat_map(|found| &found.evidence);
    evidence.filter_map(|one| Some((one.input?, one.at.as_ref()?.line))).collect()
}

/// The last telling event of each file in the stage that failed.
fn mark_break(diagnosis: &Diagnosis, events: &mut [Timed]) {
    let stage = diagnosis.verdict.stage;
    let in_stage = |event: &Event| diagnosis.timeline.get(event.row).map(|row| row.stage) == stage;
    let last = events.iter().rposition(|(_, event)| event.telling && event.by_phone && in_stage(event));
    let last = last.or_else(|| events.iter().rposition(|(_, event)| event.telling && in_stage(event)));
    if let Some((_, event)) = last.and_then(|at| events.get_mut(at)) {
        event.breaks = true;
    }
}

fn gather(events: Vec<Timed>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let (mut begun, mut ended) = (None, None);
    let mut today = String::new();
    for (at, event) in events {
        let together = match (begun, at) {
            (Some(begun), Some(at)) => at - begun < TOGETHER,
            (None, None) => true,
            _ => false,
        };
        if let Some(group) = groups.last_mut().filter(|_| together) {
            group.events.push(event);
        } else {
            let day = at.map(day_of).unwrap_or_default();
            let new_day = if day == today { String::new() } else { day.clone() };
            today = day;
            let pause = at.zip(ended).map_or(0, |(at, ended): (i64, i64)| (at - ended) / SECOND);
            groups.push(Group {
                day: new_day,
                time: at.map(clock).unwrap_or_default(),
                pause,
                events: vec![event],
            });
            begun = at;
        }
        ended = at;
    }
    groups
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

fn day_of(at: i64) -> String {
    let days = at.div_euclid(DAY);
    if days == 0 {
        return String::new();
    }
    let day = crate::ui::widgets::words::day(days * 86_400);
    match day.strip_prefix("4000-") {
        Some(rest) => rest.to_owned(),
        None => day,
    }
}

fn clock(at: i64) -> String {
    let of_day = at.rem_euclid(DAY);
    let (seconds, millis) = (of_day / SECOND, of_day % SECOND / 1_000);
    format!("{:02}:{:02}:{:02}.{millis:03}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use vpn_phone_doctor::diagnosis::{TimelineRow, Verdict, VerdictState};
    use vpn_phone_doctor::exchange::Exchange;
    use vpn_phone_doctor::input::Input;
    use vpn_phone_doctor::source::At;
    use vpn_phone_doctor::stage::Stage;
    use vpn_phone_doctor::text::Text;

    use super::*;

    /// A case of two logs: the phone's first. A row is the input, its time, and its time on the case's clock.
    fn case(rows: &[(u32, &str, Option<&str>)]) -> Diagnosis {
        let input = |kind| Input { kind, ..Input::default() };
        Diagnosis {
            inputs: vec![input(Kind::PhoneLog), input(Kind::AsaSyslog)],
            timeline: rows
                .iter()
                .zip(1..)
                .map(|((input, time, aligned), line)| TimelineRow {
                    input: *input,
                    at: At::line(line, 0, ""),
                    time: (*time).to_owned(),
                    aligned: aligned.map(str::to_owned),
                    stage: Stage::Trust,
                    says: Text::default(),
                    exchange: Exchange::default(),
                })
                .collect(),
            ..vpn_phone_doctor::diagnose::diagnose(&[], &vpn_phone_doctor::diagnose::Said::new(), 0)
        }
    }

    fn order(groups: &[Group]) -> Vec<Vec<usize>> {
        groups.iter().map(|group| group.events.iter().map(|event| event.row).collect()).collect()
    }

    #[test]
    fn events_stand_on_one_clock_and_fall_into_groups() {
        let case = case(&[
            (0, "10:00:00.5", Some("2026-11-23T11:00:00.500000")),
            (0, "10:00:02", Some("2026-11-23T11:00:02")),
            (1, "2026-11-23T11:00:01", Some("2026-11-23T11:00:01")),
            (1, "2026-11-24T00:00:00", Some("2026-11-24T00:00:00")),
        ]);
        let groups = groups(&case, &BTreeMap::new());
        assert_eq!(order(&groups), [vec![0, 2], vec![1], vec![3]]);
        assert_eq!((groups[0].day.as_str(), groups[0].time.as_str()), ("2026-11-23", "11:00:00.500"));
        assert_eq!((groups[1].day.as_str(), groups[1].pause), ("", 1));
        assert_eq!(groups[2].day, "2026-11-24");
    }

    #[test]
    fn a_lane_is_shifted_by_hand() {
        let case = case(&[
            (0, "10:00:00", Some("2026-11-23T11:00:00")),
            (1, "2026-11-23T11:00:05", Some("2026-11-23T11:00:05")),
        ]);
        let later = groups(&case, &BTreeMap::from([(0, 6_100)]));
        assert_eq!(order(&later), [vec![1], vec![0]]);
    }

    #[test]
    fn a_phone_whose_clock_is_not_known_is_taken_at_its_word() {
        let case =
            case(&[(0, "10:00:03", None), (0, "", None), (1, "--11-23T10:00:01", Some("--11-23T10:00:01"))]);
        let groups = groups(&case, &BTreeMap::new());
        assert_eq!(order(&groups), [vec![2], vec![0, 1]]);
        assert_eq!((groups[0].day.as_str(), groups[1].day.as_str()), ("11-23", ""));
    }

    #[test]
    fn within_an_asas_second_the_earlier_stage_comes_first() {
        let mut case = case(&[
            (0, "10:00:00.7", Some("2026-11-23T10:00:00.700000")),
            (0, "10:00:00.8", Some("2026-11-23T10:00:00.800000")),
            (1, "2026-11-23T10:00:00", Some("2026-11-23T10:00:00")),
            (1, "2026-11-23T10:00:00", Some("2026-11-23T10:00:00")),
        ]);
        for (row, stage) in case.timeline.iter_mut().zip([Stage::Tls, Stage::Trust, Stage::Reach, Stage::Tls])
        {
            row.stage = stage;
        }
        assert_eq!(order(&groups(&case, &BTreeMap::new())), [vec![2, 0, 3, 1]]);
    }

    #[test]
    fn seconds_are_typed_and_shown() {
        for (text, expected, shown) in [
            ("-1.1", Some(-1_100), "-1.1"),
            ("0,5", Some(500), "0.5"),
            (" 12 ", Some(12_000), "12"),
            ("-.25", Some(-250), "-0.25"),
            ("x", None, ""),
            ("1.x", None, ""),
        ] {
            assert_eq!(millis(text), expected, "{text}");
            assert_eq!(expected.map(seconds).unwrap_or_default(), shown);
        }
    }

    #[test]
    fn a_long_case_is_cut() {
        let rows = [(0, "10:00:00", None)].repeat(SHOWN + 1);
        let groups = groups(&case(&rows), &BTreeMap::new());
        assert_eq!(groups.iter().map(|group| group.events.len()).sum::<usize>(), SHOWN);
        assert_eq!(case(&rows).verdict, Verdict { state: VerdictState::Unknown, ..case(&rows).verdict });
    }
}
