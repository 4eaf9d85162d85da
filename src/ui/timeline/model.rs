//! The timeline's groups: events that fall together.
//!
//! A phone whose clock could not be told from anything both sides saw is shown as if its clock were right, and says
//! so; a person may shift each phone's lane by hand.

use std::collections::BTreeMap;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::views::in_order::{self, DAY, Timed};

/// Microseconds within which events share a group.
const TOGETHER: i64 = 1_000_000;
const SECOND: i64 = 1_000_000;

/// Events that fall together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// The day as far as it is known, where it is another than that of the group before; else empty.
    pub day: String,
    /// When it begins, as exactly as its first event was told; empty where no time is known.
    pub time: String,
    /// Seconds since the group before ended; 0 for the first.
    pub pause: i64,
    /// The events.
    pub events: Vec<Timed>,
}

/// Every group of a case. `shifts` are milliseconds by input, over and above what the diagnosis knows.
pub fn groups(diagnosis: &Diagnosis, shifts: &BTreeMap<u32, i64>) -> Vec<Group> {
    gather(diagnosis, in_order::of(diagnosis, shifts))
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

/// A text in lines of at most so many characters, broken at spaces where there are any.
pub fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut room = 0;
    for word in text.split_whitespace() {
        let characters: Vec<char> = word.chars().collect();
        for (index, piece) in characters.chunks(most.max(1)).enumerate() {
            match lines.last_mut().filter(|_| index == 0 && piece.len() < room) {
                Some(line) => {
                    line.push(' ');
                    line.extend(piece);
                    room -= piece.len() + 1;
                }
                None => {
                    lines.push(piece.iter().collect());
                    room = most.saturating_sub(piece.len());
                }
            }
        }
    }
    lines
}

fn gather(diagnosis: &Diagnosis, events: Vec<Timed>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let (mut begun, mut ended) = (None, None);
    let mut today = String::new();
    for event in events {
        let at = event.at;
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
                time: at.map(|at| clock(at, digits(diagnosis, &event))).unwrap_or_default(),
                pause,
                events: vec![event],
            });
            begun = at;
        }
        ended = at;
    }
    groups
}

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

/// Digits behind the point of a second, as the device wrote them: three or six, and none where it counts seconds.
fn digits(diagnosis: &Diagnosis, event: &Timed) -> usize {
    let time = diagnosis.timeline.get(event.row).map_or("", |row| row.time.as_str());
    let Some((_, fraction)) = time.split_once('.') else { return 0 };
    let fraction: String = fraction.chars().take_while(char::is_ascii_digit).collect();
    fraction.trim_end_matches('0').len().next_multiple_of(3).min(6)
}

fn clock(at: i64, digits: usize) -> String {
    let of_day = at.rem_euclid(DAY);
    let (seconds, micros) = (of_day / SECOND, of_day % SECOND);
    let whole = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    match format!("{micros:06}").get(..digits) {
        Some(fraction) if digits > 0 => format!("{whole}.{fraction}"),
        _ => whole,
    }
}

#[cfg(test)]
mod tests {
    use vpn_phone_doctor::diagnosis::{TimelineRow, Verdict, VerdictState};
    use vpn_phone_doctor::exchange::Exchange;
    use vpn_phone_doctor::input::{Input, Kind};
    use vpn_phone_doctor::source::At;
    use vpn_phone_doctor::stage::Stage;
    use vpn_phone_doctor::text::Text;
    use vpn_phone_doctor::views::in_order::SHOWN;

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
        assert_eq!(groups[1].time, "11:00:02", "no digits that the log does not have");
        assert_eq!(groups[2].day, "2026-11-24");
    }

    #[test]
    fn logs_of_two_phones_stand_in_one_order() {
        let case = case(&[
            (0, "10:00:02", Some("2026-11-23T11:00:02")),
            (0, "10:00:09", Some("2026-11-23T11:00:09")),
            (2, "10:00:01", Some("2026-11-23T11:00:01")),
            (2, "10:00:05", Some("2026-11-23T11:00:05")),
        ]);
        assert_eq!(order(&groups(&case, &BTreeMap::new())).concat(), [2, 0, 3, 1]);
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
    fn a_label_is_broken_between_words_and_long_words_anywhere() {
        for (text, expected) in [
            ("the phone sends", vec!["the phone", "sends"]),
            ("a 0123456789ABCDEF b", vec!["a", "0123456789", "ABCDEF b"]),
            ("Prüfung ä", vec!["Prüfung ä"]),
            ("", vec![]),
        ] {
            assert_eq!(wrapped(text, 10), expected);
        }
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
