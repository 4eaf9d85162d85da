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

use std::ops::Range;

use scan::Prefix;

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

/// The header that was read last. A busy device writes many messages in one second, whose headers are the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Recent {
    prefix: Prefix,
    header: Option<Header<'static>>,
}

impl Recent {
    /// The same as [`scan`].
    pub fn scan<'a>(&mut self, prefix: &'a str) -> Option<Header<'a>> {
        if prefix.is_empty() || !self.prefix.fits(prefix.as_bytes()) {
            let header = scan(prefix);
            if prefix.len() <= LONGEST {
                self.prefix.set(prefix, header.map_or(0..0, |header| place_in(prefix, header.clock)));
                self.header = header.map(|header| Header { clock: "", ..header });
            } else {
                *self = Self::default();
            }
            return header;
        }
        // Nothing but digits of the clock can be others, and they are read only where somebody asks.
        self.prefix.set_clock(prefix.as_bytes());
        let clock = prefix.get(self.prefix.clock())?;
        self.header.map(|header| Header { clock, ..header })
    }

    /// The header, where each line that has it begins a message whatever stands before it, and says nothing of that.
    pub fn of_messages(&mut self) -> Option<(&mut Prefix, Timed)> {
        let plain = !self.prefix.text().trim_end().ends_with(['[', '\'']);
        let header = self.header.filter(|header| plain && header.shape == Shape::Full)?;
        let clock = self.prefix.clock();
        Some((&mut self.prefix, Timed { header, clock }))
    }
}

/// What a header says, and where in it the clock stands.
pub(super) struct Timed {
    header: Header<'static>,
    clock: Range<usize>,
}

impl Timed {
    /// The time of the same header at another time of the day.
    pub fn stamp(&self, header: &str) -> Option<Stamp> {
        Header { clock: header.get(self.clock.clone())?, ..self.header }.stamp()
    }
}

/// Where a part of a text stands in it.
pub(super) fn place_in(text: &str, part: &str) -> Range<usize> {
    let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    if part.is_empty() { 0..0 } else { start..start + part.len() }
}

/// Reads a header; `None` where the text is not one. Whatever stands before the nearest time (a file's name, relays,
/// numbers) says nothing of the message.
pub(super) fn scan(prefix: &str) -> Option<Header<'_>> {
    if let Some(header) = scan_words(prefix) {
        return Some(header);
    }
    let rest = strip_pager(prefix);
    if rest.len() > LONGEST_CHAIN {
        return None;
    }
    let from = nearest_time(rest)?;
    scan_words(rest.get(from..)?).filter(|header| !header.clock.is_empty())
}

fn scan_words(prefix: &str) -> Option<Header<'_>> {
    let mut header =
        Header { shape: Shape::Bare, year: None, month: None, day: None, clock: "", offset_minutes: None };
    let (priority, rest) = strip_priority(strip_pager(prefix));
    if rest.is_empty() {
        header.shape = if priority { Shape::Full } else { Shape::Bare };
        return Some(header);
    }
    let (rest, data) = strip_data(rest);
    if rest.len() > LONGEST {
        return None;
    }
    let mut words = 0_u32;
    let mut colon = false;
    for token in rest.split_ascii_whitespace() {
        colon = token.ends_with(':');
        let token = bare(after_number(token));
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
    let most = if data { MOST_FIELDS } else { MOST_WORDS };
    header.shape = match (priority || !header.clock.is_empty(), words) {
        (true, words) if words <= most => Shape::Full,
        (false, 0) => Shape::Bare,
        (false, 1) if colon => Shape::Host,
        _ => return None,
    };
    Some(header)
}

/// The structured data of RFC 5424 taken off: `… ID47 [origin ip="192.0.2.1"] `.
fn strip_data(text: &str) -> (&str, bool) {
    let data = text.find(" [").filter(|_| text.ends_with(']') && text.contains("=\""));
    data.and_then(|at| text.get(..at)).map_or((text, false), |rest| (rest, true))
}

/// Where the last time of a text begins, with its date.
fn nearest_time(text: &str) -> Option<usize> {
    let start_of = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let clock = words.iter().rposition(|word| {
        let word = after_number(word).trim_matches([':', '[', ']', ',', '(', ')']);
        is_clock(word)
            || word.get(11..19).is_some_and(is_clock) && word.starts_with(|sign: char| sign.is_ascii_digit())
    })?;
    let mut first = clock;
    while let Some(before) = first.checked_sub(1).filter(|before| clock - before <= 3) {
        let word = after_number(words.get(before)?);
        let bare = word.trim_matches([':', '[', ',', '(']);
        let date = Stamp::month(bare).is_some()
            || WEEKDAYS.contains(&bare)
            || bare.len() <= 4 && !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit())
            || bare.len() == 10 && bare.bytes().filter(|byte| matches!(byte, b'-' | b'/')).count() == 2;
        if !date {
            break;
        }
        first = before;
    }
    let word = words.get(first)?;
    Some(start_of(after_number(word).trim_start_matches(['[', '('])))
}

/// A word without the signs around it.
fn bare(word: &str) -> &str {
    let sign = |byte: &u8| matches!(byte, b':' | b'[' | b']' | b',');
    let bytes = word.as_bytes();
    let start = bytes.iter().take_while(|byte| sign(byte)).count();
    let end = bytes.len() - bytes.iter().rev().take_while(|byte| sign(byte)).count();
    word.get(start..end).unwrap_or_default()
}

/// A word without what `grep -n` puts before it: `asa.log:1200:Nov` is `Nov`.
fn after_number(word: &str) -> &str {
    let mut rest = word;
    if !word.bytes().any(|byte| byte == b':') {
        return word;
    }
    if let Some((name, behind)) = rest.split_once(':')
        && name.contains(['.', '/'])
        && !behind.is_empty()
    {
        rest = behind;
    }
    match rest.split_once(':') {
        Some((number, behind))
            if !behind.is_empty()
                && (1..=9).contains(&number.len())
                && number.bytes().all(|byte| byte.is_ascii_digit())
                && !is_clock(rest.trim_end_matches([':', ',']))
                && behind.starts_with(|sign: char| sign.is_ascii_alphanumeric() || sign == '<') =>
        {
            behind
        }
        _ => rest,
    }
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
    let mut clock = token.bytes().take_while(|byte| !matches!(byte, b'.' | b','));
    let (mut length, mut colons) = (0, 0);
    let fits = clock.all(|byte| {
        length += 1;
        colons += u32::from(byte == b':');
        byte.is_ascii_digit() || byte == b':'
    });
    fits && colons == 2 && (7..=8).contains(&length)
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
/// Longest chain of headers that relays put before one another.
const LONGEST_CHAIN: usize = 600;
/// Words of a header of RFC 5424: host, application, process, number.
const MOST_FIELDS: u32 = 6;
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
            ("<166>Nov 23 2026 10:19:27.123 vpn : ", Shape::Full, "2026-11-23T10:19:27.123"),
            ("vpn : ", Shape::Host, ""),
            ("vpn: ", Shape::Host, ""),
            ("<166>2026-11-23T10:19:27Z: ", Shape::Full, "2026-11-23T10:19:27Z"),
            ("<166>1 2026-11-23T10:19:27.5+02:00 vpn - - - - ", Shape::Full, "2026-11-23T10:19:27.500+02:00"),
            ("Nov 23 2026 10:19:27 CET: ", Shape::Full, "2026-11-23T10:19:27"),
            ("Nov 24 09:00:00 relay : Nov 23 2026 10:19:27 CET: ", Shape::Full, "2026-11-23T10:19:27"),
            ("Nov 24 2026 09:00:00 relay : Nov 23 10:19:27: ", Shape::Full, "--11-23T10:19:27"),
            ("Nov 23 2026 10:19:27 localhost CiscoASA[999]: ", Shape::Full, "2026-11-23T10:19:27"),
            ("Nov 23 10:19:27 192.0.2.1 ", Shape::Full, "--11-23T10:19:27"),
            ("1200:Nov 23 2026 10:19:27: ", Shape::Full, "2026-11-23T10:19:27"),
            ("old/asa.log:17:Nov 23 2026 10:19:27 vpn : ", Shape::Full, "2026-11-23T10:19:27"),
            (
                "Nov 24 09:00:00 r1 r2.example.com 192.0.2.1 r3 Nov 23 2026 10:19:27 vpn : ",
                Shape::Full,
                "2026-11-23T10:19:27",
            ),
            (
                "1795429167.5 collector asa[9]: Nov 23 2026 10:19:27 vpn : ",
                Shape::Full,
                "2026-11-23T10:19:27",
            ),
            (
                "<166>1 2026-11-23T10:19:27Z vpn asa 12 ID47 [origin ip=\"192.0.2.1\"] ",
                Shape::Full,
                "2026-11-23T10:19:27Z",
            ),
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
    fn a_header_that_comes_again_says_the_same() {
        let mut recent = Recent::default();
        for prefix in [
            "Nov 23 2026 10:19:27 vpn : ",
            "Nov 23 2026 10:19:27 vpn : ",
            "Nov 23 2026 10:19:28 vpn : ",
            "",
            "",
            "<166>",
            "<166>",
            "The log says ",
            "The log says ",
            "<166>2026-11-23T10:19:27.123Z: ",
            "<166>2026-11-23T10:19:27.123Z: ",
            "Nov 23 2026 10:19:27 vpn : ",
        ] {
            // A text of its own each time, as every line is.
            let prefix = prefix.to_owned();
            assert_eq!(recent.scan(&prefix), scan(&prefix), "{prefix:?}");
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
            "Nov 23 10:19:27 host sshd[7]: Invalid user named ",
        ] {
            assert_eq!(scan(prefix), None, "{prefix:?}");
        }
    }
}
