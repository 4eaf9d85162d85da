//! Times as devices print them: often without a date, a year or a zone.

use serde::{Deserialize, Serialize};

/// A moment in a log, with what the log leaves open left open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stamp {
    /// Calendar year, where the log names one.
    pub year: Option<i16>,
    /// Month 1-12 and day 1-31, where the log names them.
    pub month_day: Option<(u8, u8)>,
    /// Microseconds since midnight.
    pub micros_of_day: u64,
    /// Minutes east of UTC, where the log says so. A zone word such as `EDT` is not an offset.
    pub offset_minutes: Option<i16>,
}

/// A year that has every day.
const LEAP_YEAR: i16 = 2000;

impl Stamp {
    /// Reads `HH:MM:SS` with an optional fraction of up to nine digits; `None` for anything else.
    pub fn clock(text: &str) -> Option<u64> {
        let (clock, fraction) = text.split_once('.').unwrap_or((text, ""));
        let mut parts = clock.split(':');
        let mut next = |limit: u64| -> Option<u64> {
            let part = parts.next()?;
            let plain = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
            let value: u64 = if plain { part.parse().ok()? } else { return None };
            (value < limit).then_some(value)
        };
        let (hours, minutes, seconds) = (next(24)?, next(60)?, next(61)?);
        if parts.next().is_some() || fraction.len() > 9 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let digits = fraction.bytes().chain(std::iter::repeat(b'0')).take(6);
        let micros = digits.fold(0, |micros, digit| micros * 10 + u64::from(digit - b'0'));
        Some(((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + micros)
    }

    /// The number of a month by its English abbreviation, as ASA and phone print it.
    pub fn month(name: &str) -> Option<u8> {
        const MONTHS: [&str; 12] =
            ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        MONTHS
            .iter()
            .position(|month| name.eq_ignore_ascii_case(month))
            .and_then(|at| u8::try_from(at + 1).ok())
    }

    /// The day of the year, from 1 on, where the date is known. A log that names no year is of the year that another
    /// one names, or may be of a leap year.
    pub fn day_of_year(&self, other: Option<i16>) -> Option<u16> {
        let (month, day) = self.month_day?;
        let month = time::Month::try_from(month).ok()?;
        let year = i32::from(self.year.or(other).unwrap_or(LEAP_YEAR));
        Some(time::Date::from_calendar_date(year, month, day).ok()?.ordinal())
    }

    /// Seconds since 1970-01-01T00:00:00Z, where year, date and offset are all known.
    pub fn unix_seconds(&self) -> Option<i64> {
        let (month, day) = self.month_day?;
        let month = time::Month::try_from(month).ok()?;
        let date = time::Date::from_calendar_date(i32::from(self.year?), month, day).ok()?;
        let seconds = i64::try_from(self.micros_of_day / 1_000_000).ok()?;
        let midnight = date.midnight().assume_utc().unix_timestamp();
        Some(midnight + seconds - i64::from(self.offset_minutes?) * 60)
    }

    /// The moment so many microseconds after 1970-01-01T00:00:00Z, without a zone; what no calendar has is its first
    /// day.
    pub fn of_unix_micros(micros: i64) -> Self {
        let seconds = micros.div_euclid(1_000_000);
        let moment =
            time::OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(time::OffsetDateTime::UNIX_EPOCH);
        let date = moment.date();
        Self {
            year: i16::try_from(date.year()).ok(),
            month_day: Some((u8::from(date.month()), date.day())),
            micros_of_day: u64::try_from(micros.rem_euclid(86_400_000_000)).unwrap_or_default(),
            offset_minutes: None,
        }
    }
}

impl std::fmt::Display for Stamp {
    /// `2026-11-23T10:19:27.155936`, or without what is not known: `10:19:27.155936`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some((month, day)) = self.month_day {
            match self.year {
                Some(year) => write!(f, "{year:04}-{month:02}-{day:02}T")?,
                None => write!(f, "--{month:02}-{day:02}T")?,
            }
        }
        let (seconds, micros) = (self.micros_of_day / 1_000_000, self.micros_of_day % 1_000_000);
        write!(f, "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)?;
        // Thousandths where nothing finer was written.
        if micros.is_multiple_of(1000) && micros > 0 {
            write!(f, ".{:03}", micros / 1000)?;
        } else if micros > 0 {
            write!(f, ".{micros:06}")?;
        }
        match self.offset_minutes {
            Some(0) => write!(f, "Z"),
            Some(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
            None => Ok(()),
        }
    }
}

/// RFC 3339 in UTC for a number of seconds since 1970, as certificates and reports print it.
pub fn rfc3339(unix_seconds: i64) -> String {
    time::OffsetDateTime::from_unix_timestamp(unix_seconds)
        .ok()
        .and_then(|moment| moment.format(&time::format_description::well_known::Rfc3339).ok())
        .unwrap_or_else(|| format!("@{unix_seconds}"))
}

/// The UTC day of a number of seconds since 1970, as `2026-11-24`.
pub fn day(unix_seconds: i64) -> String {
    rfc3339(unix_seconds).chars().take("2026-11-24".len()).collect()
}

/// Seconds since 1970 of an RFC 3339 time.
pub fn parse_rfc3339(text: &str) -> Option<i64> {
    time::OffsetDateTime::parse(text.trim(), &time::format_description::well_known::Rfc3339)
        .ok()
        .map(time::OffsetDateTime::unix_timestamp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_on_a_calendar() {
        for (year, month_day, wanted) in [
            (Some(2026), Some((1, 1)), Some(1)),
            (Some(2026), Some((3, 1)), Some(60)),
            (Some(2024), Some((3, 1)), Some(61)),
            (None, Some((2, 29)), Some(60)),
            (Some(2026), Some((2, 29)), None),
            (Some(2026), Some((12, 31)), Some(365)),
            (None, Some((4, 31)), None),
            (None, None, None),
        ] {
            let of_another = Stamp { year: None, month_day, ..Stamp::default() }.day_of_year(year);
            assert_eq!(of_another, wanted, "{month_day:?}");
            assert_eq!(
                Stamp { year, month_day, ..Stamp::default() }.day_of_year(None),
                wanted,
                "{month_day:?}"
            );
        }
    }

    #[test]
    fn a_clock_is_read_to_the_microsecond() {
        assert_eq!(Stamp::clock("10:19:27.155936"), Some(37_167_155_936));
        assert_eq!(Stamp::clock("00:00:00"), Some(0));
        assert_eq!(Stamp::clock("00:00:01.5"), Some(1_500_000));
        assert_eq!(Stamp::clock("00:00:01.123456789"), Some(1_123_456));
        for wrong in ["24:00:00", "1:2", "10:19:27.x", "10:61:00", "::", ""] {
            assert_eq!(Stamp::clock(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_not_known_is_not_printed() {
        let clock = Stamp { micros_of_day: 37_167_155_936, ..Stamp::default() };
        assert_eq!(clock.to_string(), "10:19:27.155936");
        for (micros, printed) in [(155_936, "10:19:27.155936"), (155_000, "10:19:27.155"), (0, "10:19:27")] {
            let clock = Stamp { micros_of_day: 37_167_000_000 + micros, ..Stamp::default() };
            assert_eq!(clock.to_string(), printed, "thousandths stay thousandths");
        }
        let full = Stamp { year: Some(2026), month_day: Some((11, 23)), offset_minutes: Some(0), ..clock };
        assert_eq!(full.to_string(), "2026-11-23T10:19:27.155936Z");
        assert_eq!(full.unix_seconds(), parse_rfc3339("2026-11-23T10:19:27Z"));
        assert_eq!(rfc3339(0), "1970-01-01T00:00:00Z");
    }
}
