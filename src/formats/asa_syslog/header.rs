//! What stands before the tag of a message: priority, times, host.
//!
//! ```text
//! Nov 23 2026 10:19:27 vpn : %ASA-6-725006: …
//! <166>2026-11-23T10:19:27Z: %ASA-6-725006: …
//! Nov 23 10:19:27 relay : Nov 23 10:19:27 CET: %ASA-6-725006: …
//! vpn : %ASA-6-725006: …
//! ```
//! A header decides whether a tag begins a message at all: a user may choose a name that looks like a tag, and it
//! then stands in the middle of another message. So only these shapes are accepted, never free text.
//! Where a relay put its own time before the device's, the device's counts: it is the last one.

use crate::time::Stamp;

/// How much a header says. The order is used: a weaker one after a stronger one is suspicious.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// Nothing before the tag.
    Bare,
    /// A host name and a colon (`logging device-id` without `logging timestamp`).
    Host,
    /// A priority or a time, maybe with a host.
    Full,
}

/// A header that was understood; its time is turned into a [`Stamp`] only where somebody asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header<'a> {
    pub shape: Shape,
    year: Option<i16>,
    month: Option<u8>,
    day: Option<u8>,
    clock: &'a str,
    offset_minutes: Option<i16>,
}

/// Reads a header; `None` where the text is not one.
pub(super) fn scan(prefix: &str) -> Option<Header<'_>> {
    let mut header =
        Header { shape: Shape::Bare, year: None, month: None, day: None, clock: "", offset_minutes: None };
    let (priority, rest) = strip_priority(strip_pager(prefix));
    if rest.is_empty() {
        header.shape = if priority { Shape::Full } else { Shape::Bare };
        return Some(header);
    }
    if rest.len() > LONGEST {
        return None;
    }
    let mut words = 0_u32;
    let mut colon = false;
    for token in rest.split_ascii_whitespace() {
        colon = token.ends_with(':');
        let token = token.trim_matches([':', '[', ']', ',']);
        if token.is_empty() || token == "-" || header.take_time(token) {
            continue;
        }
        let zone = !header.clock.is_empty() && is_zone(token);
        if zone || (priority && token == "1") || WEEKDAYS.contains(&token) {
            continue;
        }
        if !token.bytes().all(is_host_byte) {
            return None;
        }
        words += 1;
    }
    header.shape = match (priority || !header.clock.is_empty(), words) {
        (true, 0..=MOST_WORDS) => Shape::Full,
        (false, 0) => Shape::Bare,
        (false, 1) if colon => Shape::Host,
        _ => return None,
    };
    Some(header)
}

/// The pager's prompt may stand before a message, with the blanks and back-spaces that wiped it out.
fn strip_pager(prefix: &str) -> &str {
    let rest = prefix.rfind("--->").and_then(|at| prefix.get(at + 4..)).unwrap_or(prefix);
    rest.trim_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}')
        .trim_start_matches(['>', ' '])
}

fn strip_priority(text: &str) -> (bool, &str) {
    let Some((number, rest)) = text.strip_prefix('<').and_then(|rest| rest.split_once('>')) else {
        return (false, text);
    };
    if (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()) {
        (true, rest.trim_start())
    } else {
        (false, text)
    }
}

impl<'a> Header<'a> {
    /// Takes a token that belongs to a time; the times of a relay are overwritten by the device's.
    fn take_time(&mut self, token: &'a str) -> bool {
        if token.len() == 3 && token.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) {
            let Some(month) = Stamp::month(token) else { return false };
            (self.month, self.day, self.year, self.offset_minutes) = (Some(month), None, None, None);
            return true;
        }
        if !token.as_bytes().first().is_some_and(|byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-'))
        {
            return false;
        }
        if is_clock(token) {
            self.clock = token;
            return true;
        }
        if token.len() <= 2 && self.month.is_some() && self.day.is_none() {
            self.day = token.parse().ok().filter(|day| (1..=31).contains(day));
            return self.day.is_some();
        }
        if token.len() == 4 && self.month.is_some() && token.bytes().all(|byte| byte.is_ascii_digit()) {
            self.year = token.parse().ok();
            return true;
        }
        if token.starts_with(['+', '-']) && !self.clock.is_empty() {
            self.offset_minutes = offset(token);
            return self.offset_minutes.is_some();
        }
        self.take_date(token)
    }

    /// `2026-11-23`, `2026/11/23`, or the same with `T10:19:27.123Z` behind it.
    fn take_date(&mut self, token: &'a str) -> bool {
        let (Some(date), rest) = (token.get(..10), token.get(10..).unwrap_or_default()) else { return false };
        let mut parts = date.split(['-', '/']);
        let (Some(year), Some(month), Some(day), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return false;
        };
        let (Ok(year), Ok(month), Ok(day)) = (year.parse(), month.parse(), day.parse()) else { return false };
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return false;
        }
        let mut clock = self.clock;
        let mut zone = None;
        if let Some(time) = rest.strip_prefix(['T', 't']) {
            let end = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
            clock = time.get(..end).unwrap_or_default();
            zone = time.get(end..).and_then(offset);
            if !is_clock(clock) {
                return false;
            }
        } else if !rest.is_empty() {
            return false;
        }
        (self.year, self.month, self.day) = (Some(year), Some(month), Some(day));
        (self.clock, self.offset_minutes) = (clock, zone);
        true
    }

    /// Whether there is a clock at all.
    pub fn has_time(&self) -> bool {
        !self.clock.is_empty()
    }

    /// The time, where the header has one.
    pub fn stamp(&self) -> Option<Stamp> {
        let micros_of_day = Stamp::clock(self.clock)?;
        let month_day = self.month.zip(self.day);
        let year = month_day.and(self.year);
        Some(Stamp { year, month_day, micros_of_day, offset_minutes: self.offset_minutes })
    }
}

/// `Z`, `+02:00` or `+0200`, in minutes.
fn offset(text: &str) -> Option<i16> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let digits = digits.replace(':', "");
    let (hours, minutes) = digits.split_at_checked(2)?;
    let hours: i16 = hours.parse().ok().filter(|hours| (0..=14).contains(hours))?;
    let minutes: i16 =
        if minutes.is_empty() { 0 } else { minutes.parse().ok().filter(|m| (0..60).contains(m))? };
    Some(sign * (hours * 60 + minutes))
}

/// `10:19:27` with or without a fraction. Whether the numbers are in range, [`Stamp::clock`] tells.
fn is_clock(token: &str) -> bool {
    let clock = token.split_once(['.', ',']).map_or(token, |(clock, _)| clock);
    (7..=8).contains(&clock.len())
        && clock.bytes().filter(|byte| *byte == b':').count() == 2
        && clock.bytes().all(|byte| byte.is_ascii_digit() || byte == b':')
}

/// A zone's name: `EDT`, `UTC`, `CEDT`. It names no offset that could be relied on.
fn is_zone(token: &str) -> bool {
    (2..=5).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn is_host_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80 || b".-_/:[]()@#+*".contains(&byte)
}

/// Longest header in bytes.
const LONGEST: usize = 200;
/// Words of a header that belong to no time: relay, host, process.
const MOST_WORDS: u32 = 3;
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wire_format_gives_its_shape_and_time() {
        for (prefix, shape, time) in [
            ("", Shape::Bare, ""),
            ("<166>", Shape::Full, ""),
            ("<166>:: ", Shape::Full, ""),
            ("Nov 23 2026 10:19:27: ", Shape::Full, "2026-11-23T10:19:27"),
            ("Nov  3 2026 10:19:27 vpn : ", Shape::Full, "2026-11-03T10:19:27"),
            ("<166>Nov 23 2026 10:19:27.123 vpn : ", Shape::Full, "2026-11-23T10:19:27.123000"),
            ("vpn : ", Shape::Host, ""),
            ("vpn: ", Shape::Host, ""),
            ("<166>2026-11-23T10:19:27Z: ", Shape::Full, "2026-11-23T10:19:27Z"),
            (
                "<166>1 2026-11-23T10:19:27.5+02:00 vpn - - - - ",
                Shape::Full,
                "2026-11-23T10:19:27.500000+02:00",
            ),
            ("Nov 23 2026 10:19:27 CET: ", Shape::Full, "2026-11-23T10:19:27"),
            ("Nov 24 09:00:00 relay : Nov 23 2026 10:19:27 CET: ", Shape::Full, "2026-11-23T10:19:27"),
            ("Nov 24 2026 09:00:00 relay : Nov 23 10:19:27: ", Shape::Full, "--11-23T10:19:27"),
            ("Nov 23 2026 10:19:27 localhost CiscoASA[999]: ", Shape::Full, "2026-11-23T10:19:27"),
            ("Nov 23 10:19:27 192.0.2.1 ", Shape::Full, "--11-23T10:19:27"),
            ("2026-11-23 10:19:27 ", Shape::Full, "2026-11-23T10:19:27"),
            ("<--- More --->\u{8}\u{8}  \u{8}", Shape::Bare, ""),
            ("> ", Shape::Bare, ""),
        ] {
            let header = scan(prefix).unwrap_or_else(|| panic!("{prefix:?}"));
            assert_eq!(header.shape, shape, "{prefix:?}");
            let stamp = header.stamp().map(|stamp| stamp.to_string()).unwrap_or_default();
            assert_eq!(stamp, time, "{prefix:?}");
        }
    }

    #[test]
    fn free_text_is_no_header() {
        for prefix in [
            "The log says ",
            "server = 192.0.2.1 : user = ",
            "vpn ",
            "a b c: ",
            "{\"message\": \"",
            "user 'x' ",
        ] {
            assert_eq!(scan(prefix), None, "{prefix:?}");
        }
    }
}
