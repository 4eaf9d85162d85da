//! Times as collectors, recorders and tables write them, alone in a field or in front of a text.
//!
//! ```text
//! 2026-11-23T10:19:27.000+0000      Nov 23, 2026 @ 10:19:27.000      23.11.2026 10:19:27
//! Mon Nov 23 11:19:27.123 2026      23/Nov/2026:10:19:27 +0000       1795429167.000000
//! ```
//! Empty: a text that is no time.
//! Quirks: of two numbers with slashes the first is the month, unless it cannot be one. Numbers of 10, 13, 16 and 19
//! digits count seconds, milli-, micro- and nanoseconds since 1970. A zone's name is no offset, UTC and GMT are.
//!
//! Sources: RFC 3339; exports of Splunk (`_time`), Kibana, Graylog, Loki and CloudWatch; journald's
//! `__REALTIME_TIMESTAMP`; session logs of SecureCRT and Tera Term.

use crate::time::Stamp;

/// A time as far as it was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    year: Option<i16>,
    month: Option<u8>,
    day: Option<u8>,
    clock: Option<u64>,
    offset: Option<i16>,
}

impl Moment {
    /// The time that a whole value is; `None` for any other text.
    pub fn of(value: &str) -> Option<Self> {
        let value = value.trim();
        if value.len() > LONGEST || !value.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        if let Some(moment) = since_1970(value) {
            return Some(moment);
        }
        let mut moment = Self::default();
        for word in value.split(BETWEEN).filter(|word| !word.is_empty()) {
            if !moment.take(word) {
                return None;
            }
        }
        moment.is_told().then_some(moment)
    }

    /// The last time that stands in a text, in the order in which it is read.
    pub fn last_in(text: &str) -> Option<Self> {
        let mut found: Option<Self> = None;
        let mut open = Self::default();
        for word in text.split(APART).filter(|word| !word.is_empty()) {
            let mut next = open;
            if next.take(word) {
                open = next;
                if open.clock.is_some() {
                    found = Some(open);
                }
            } else if !word.bytes().all(|byte| byte.is_ascii_alphabetic()) || open.clock.is_some() {
                open = Self::default();
                if let Some(moment) = since_1970(word) {
                    found = Some(moment);
                }
            }
        }
        found
    }

    /// It has a clock, or is a date.
    fn is_told(&self) -> bool {
        self.clock.is_some() || self.month.is_some() && self.day.is_some() && self.year.is_some()
    }

    /// Takes the date or the clock from another field where this one has none.
    pub fn with(self, other: Self) -> Self {
        Self {
            year: self.year.or(other.year),
            month: self.month.or(other.month),
            day: self.day.or(other.day),
            clock: self.clock.or(other.clock),
            offset: self.offset.or(other.offset),
        }
    }

    /// A day without a clock.
    pub fn lacks_clock(&self) -> bool {
        self.clock.is_none()
    }

    /// A clock without a day.
    pub fn lacks_day(&self) -> bool {
        self.day.is_none()
    }

    /// As the rest of the program keeps it; a day alone is none.
    pub fn stamp(&self) -> Option<Stamp> {
        let month_day = self.month.zip(self.day);
        Some(Stamp {
            year: month_day.and(self.year),
            month_day,
            micros_of_day: self.clock?,
            offset_minutes: self.offset,
        })
    }

    /// Takes one word of a time.
    fn take(&mut self, word: &str) -> bool {
        // An ASA ends the time before a message with a colon.
        let word = word.trim_matches(['.', ';', ',', ':']);
        if let Some(clock) = Stamp::clock(&word.replace(',', ".")).filter(|_| word.contains(':')) {
            return self.clock.replace(clock).is_none();
        }
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            return match (word.len(), word.parse::<i16>()) {
                (1 | 2, Ok(day @ 1..=31)) if self.day.is_none() => {
                    self.day = u8::try_from(day).ok();
                    true
                }
                (4, Ok(year @ 1990..=2100)) if self.year.is_none() => {
                    self.year = Some(year);
                    true
                }
                _ => false,
            };
        }
        if word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return self.take_name(word);
        }
        if let Some(offset) = offset(word).filter(|_| self.clock.is_some() && self.offset.is_none()) {
            self.offset = Some(offset);
            return true;
        }
        self.take_date(word)
    }

    fn take_name(&mut self, word: &str) -> bool {
        let upper = word.to_ascii_uppercase();
        match upper.as_str() {
            "Z" | "UTC" | "GMT" if self.clock.is_some() => {
                self.offset = self.offset.or(Some(0));
                return true;
            }
            "AM" | "PM" => {
                let Some(clock) = self.clock.filter(|clock| *clock < 13 * HOUR) else { return false };
                let morning = clock % (12 * HOUR);
                self.clock = Some(if upper == "PM" { morning + 12 * HOUR } else { morning });
                return true;
            }
            _ => {}
        }
        if DAYS.iter().any(|day| upper.starts_with(day)) && upper.len() <= 9 {
            return true;
        }
        let month = word.get(..3).and_then(Stamp::month).filter(|_| word.len() <= 9);
        if month.is_some() && self.month.is_none() {
            self.month = month;
            return true;
        }
        self.clock.is_some() && ZONES.contains(&word)
    }

    /// `2026-11-23`, the same with a clock behind it, `23.11.2026`, `11/23/2026`, `23/Nov/2026:10:19:27`.
    fn take_date(&mut self, word: &str) -> bool {
        if self.day.is_some() {
            return false;
        }
        let end = word.find(['T', 't', ':']).filter(|end| *end >= 8).unwrap_or(word.len());
        let (date, rest) = word.split_at_checked(end).unwrap_or((word, ""));
        let Some(split) = date.find(['-', '/', '.']).and_then(|at| date.as_bytes().get(at)) else {
            return false;
        };
        let mut parts = date.split(char::from(*split));
        let (Some(a), Some(b), Some(c), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return false;
        };
        let (year, month, day) = match (a.len(), *split) {
            (4, _) => (a, b, c),
            (_, b'/') if b.parse::<u8>().is_ok_and(|b| b > 12) => (c, a, b),
            (_, b'/') if a.parse::<u8>().is_ok_and(|a| a <= 12) && b.parse::<u8>().is_ok() => (c, a, b),
            _ => (c, b, a),
        };
        let month =
            month.parse().ok().or_else(|| Stamp::month(month)).filter(|month| (1..=12).contains(month));
        let day = day.parse::<u8>().ok().filter(|day| (1..=31).contains(day));
        let year = year.parse::<i16>().ok().filter(|year| (1990..=2100).contains(year));
        if month.is_none() || day.is_none() || year.is_none() {
            return false;
        }
        let mut next = Self { year, month, day, ..*self };
        if !rest.is_empty() && !next.take_clock(rest.trim_start_matches(['T', 't', ':'])) {
            return false;
        }
        *self = next;
        true
    }

    /// `10:19:27.123Z`, `10:19:27+01:00`.
    fn take_clock(&mut self, text: &str) -> bool {
        let end = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
        let (clock, zone) = text.split_at_checked(end).unwrap_or((text, ""));
        self.clock = Stamp::clock(&clock.replace(',', "."));
        self.offset = if zone.is_empty() { self.offset } else { offset(zone) };
        self.clock.is_some() && (zone.is_empty() || self.offset.is_some())
    }
}

/// `Z`, `+02:00`, `+0200` or `+02`, in minutes.
fn offset(text: &str) -> Option<i16> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, digits) = text.split_at_checked(1)?;
    let sign = match sign {
        "+" => 1,
        "-" => -1,
        _ => return None,
    };
    let digits = digits.replace(':', "");
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let hours: i16 = digits.get(..2)?.parse().ok().filter(|hours| *hours <= 14)?;
    let minutes: i16 =
        digits.get(2..).filter(|rest| !rest.is_empty()).map_or(Some(0), |rest| rest.parse().ok())?;
    Some(sign * (hours * 60 + minutes.min(59)))
}

/// A count of seconds or of their parts.
fn since_1970(value: &str) -> Option<Moment> {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || fraction.len() > 9 {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let mut micros = match whole.len() {
        10 => number.checked_mul(1_000_000)?,
        13 => number.checked_mul(1_000)?,
        16 => number,
        19 => number / 1_000,
        _ => return None,
    };
    if whole.len() == 10 {
        micros += format!("{fraction:0<6}").get(..6)?.parse::<i64>().ok()?;
    }
    let stamp = Stamp::of_unix_micros(micros);
    let (month, day) = stamp.month_day?;
    let year = stamp.year.filter(|year| (2001..=2100).contains(year))?;
    Some(Moment {
        year: Some(year),
        month: Some(month),
        day: Some(day),
        clock: Some(stamp.micros_of_day),
        offset: Some(0),
    })
}

/// Between the words of a value that is a time.
const BETWEEN: [char; 6] = [' ', '@', '[', ']', '(', ')'];
/// Between the words of a text that holds a time.
const APART: [char; 14] = [' ', '\t', '@', ',', '[', ']', '(', ')', '"', '\'', '|', '=', '{', '>'];
const LONGEST: usize = 48;
const HOUR: u64 = 3600 * 1_000_000;
/// Names of zones that logs print; none of them is an offset.
const ZONES: [&str; 24] = [
    "CET", "CEST", "MEZ", "MESZ", "WET", "WEST", "EET", "EEST", "MSK", "BST", "EST", "EDT", "CST", "CDT",
    "MST", "MDT", "PST", "PDT", "IST", "JST", "SGT", "AEST", "AEDT", "NZST",
];
const DAYS: [&str; 7] = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];

#[cfg(test)]
mod tests {
    use super::Moment;

    #[test]
    fn times_of_every_spelling_are_read() {
        for (value, expected) in [
            ("2026-11-23T10:19:27.000Z", "2026-11-23T10:19:27Z"),
            ("2026-11-23T10:19:27.000+0000", "2026-11-23T10:19:27Z"),
            ("2026-11-23 10:19:27", "2026-11-23T10:19:27"),
            ("2026-11-23 10:19:27,123 +01:00", "2026-11-23T10:19:27.123+01:00"),
            ("Nov 23, 2026 @ 10:19:27.000", "2026-11-23T10:19:27"),
            ("Mon Nov 23 11:19:27.123 2026", "2026-11-23T11:19:27.123"),
            ("23.11.2026 10:19:27", "2026-11-23T10:19:27"),
            ("11/23/2026 10:19:27 PM", "2026-11-23T22:19:27"),
            ("23/Nov/2026:10:19:27 +0000", "2026-11-23T10:19:27Z"),
            ("1795429167.000000", "2026-11-23T10:19:27Z"),
            ("1795429167000000000", "2026-11-23T10:19:27Z"),
            ("10:19:27", "10:19:27"),
        ] {
            let stamp = Moment::of(value).and_then(|moment| moment.stamp());
            assert_eq!(stamp.map(|stamp| stamp.to_string()).as_deref(), Some(expected), "{value}");
        }
        for value in ["725014", "192.0.2.1", "local4", "1.2.3", "asa1 10:19:27", "", "5091 to 192.0.2.1"] {
            assert_eq!(Moment::of(value).and_then(|moment| moment.stamp()), None, "{value}");
        }
    }

    #[test]
    fn the_last_time_of_a_text_counts() {
        for (text, expected) in [
            ("Nov 24 09:00:00 relay1 relay2 Nov 23 2026 10:19:27 asa1 : ", "2026-11-23T10:19:27"),
            ("1795429167.000000 collector asa[812]: ", "2026-11-23T10:19:27Z"),
            ("time=\"2026-11-23T10:19:27Z\" level=info msg=\"", "2026-11-23T10:19:27Z"),
            ("Nov 23 2026 10:19:27: ", "2026-11-23T10:19:27"),
            ("<166>:Nov 23 10:19:27 UTC: ", "--11-23T10:19:27Z"),
        ] {
            let stamp = Moment::last_in(text).and_then(|moment| moment.stamp());
            assert_eq!(stamp.map(|stamp| stamp.to_string()).as_deref(), Some(expected), "{text}");
        }
    }
}
