//! Logs of phones whose parts stand in another order than the one in which they were written.
//!
//! ```text
//! 1200: NOT 11:19:20.001000 VPNC: …     the phone's newest file, copied first
//! …
//! 0902: NOT 10:58:20.001000 VPNC: …     the one before it
//! 1199: ERR 11:19:19.340000 VPNC: …     it ends where the first one begins
//! ```
//! A phone's page lists its newest file first, and who copies several into one text copies them so. Some tools turn
//! every line round. Witnesses: the numbers of the records and the phone's clock, which have to agree.
//!
//! Empty: a log whose numbers rise, or whose clock does not say the same as they do.
//! Quirks: a number that goes back is as a rule a start of the phone. So parts change places only where each one goes
//! on, in number and in time, where another one ended. Numbers have four digits: behind 9999 they begin anew.
//!
//! Sources: Cisco 116162 (numbers of records; several files in turn); Cisco 217218.

use super::Forms;
use crate::lines::{Decoded, Line};
use crate::time::Stamp;

/// The log, oldest record first.
pub(super) fn off(text: &Decoded, _forms: &mut Forms<'_>) -> Option<Decoded> {
    if text.has_log() {
        return None;
    }
    let numbers: Vec<Numbered> = text.lines().filter_map(|line| numbered(line.text)).collect();
    let order = order(&numbers)?;
    let mut head: Vec<Line<'_>> = Vec::new();
    let mut groups: Vec<Vec<Line<'_>>> = Vec::new();
    for line in text.lines() {
        // A line without a number belongs to the record before it.
        match groups.last_mut() {
            _ if numbered(line.text).is_some() => groups.push(vec![line]),
            Some(group) => group.push(line),
            None => head.push(line),
        }
    }
    let mut written = Decoded::default();
    let ordered = order.iter().filter_map(|place| groups.get(*place)).flatten();
    for line in head.iter().chain(ordered) {
        written.append(line);
    }
    Some(written)
}

/// A record's number and time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Numbered {
    number: u32,
    day: Option<(u8, u8)>,
    micros: u64,
}

impl Numbered {
    /// Microseconds from this record to a later one; `None` where that one is hardly later.
    fn until(&self, later: &Self) -> Option<u64> {
        let passed = match (self.day, later.day) {
            (Some(day), Some(next)) if day == next => later.micros.checked_sub(self.micros)?,
            (Some(day), Some(next)) if is_next_day(day, next) => later.micros + DAY - self.micros,
            (None, None) => (later.micros + DAY - self.micros) % DAY,
            _ => return None,
        };
        (passed <= DAY / 2).then_some(passed)
    }

    /// Its number is lower, and not so much that the next one may be of the time before numbers began anew.
    fn may_precede(&self, next: &Self) -> bool {
        next.number.checked_sub(self.number).is_some_and(|step| step < AROUND - 2 * NEAR)
    }

    fn goes_on_in(&self, next: &Self) -> bool {
        let missing = records_to(self.number, next.number).is_some_and(|step| (1..=MISSING).contains(&step));
        missing && self.until(next).is_some_and(|passed| passed <= PAUSE)
    }
}

/// How many records after one of a number another one was written; `None` where its number is lower and no phone's
/// numbers begin anew in between.
pub fn records_to(number: u32, later: u32) -> Option<u32> {
    let begins_anew = (AROUND - NEAR..AROUND).contains(&number) && later < NEAR;
    later.checked_sub(number).or_else(|| begins_anew.then(|| later + AROUND - number))
}

/// Of days without a year: the last one of a month is not counted out.
fn is_next_day((month, day): (u8, u8), (next_month, next_day): (u8, u8)) -> bool {
    let turns = next_day == 1 && day >= 28 && next_month == month % 12 + 1;
    turns || next_month == month && next_day == day + 1
}

/// The records' places in the order in which they were written; `None` where they stand so.
fn order(numbers: &[Numbered]) -> Option<Vec<usize>> {
    let pairs = || numbers.iter().zip(numbers.iter().skip(1));
    let back = pairs().filter(|(one, next)| !one.may_precede(next)).count();
    if back == 0 {
        return None;
    }
    let forth = pairs().filter(|(one, next)| next.number > one.number).count();
    if back > FEW && back > forth * FEW {
        let agrees = pairs().filter(|(one, next)| next.until(one).is_some()).count();
        return (agrees * FEW > (back + forth) * (FEW - 1)).then(|| (0..numbers.len()).rev().collect());
    }
    if back > MOST_PARTS {
        return None;
    }
    // Two lines that changed places are no parts of a log.
    if numbers.chunk_by(Numbered::may_precede).any(|part| part.len() < FEWEST) {
        return None;
    }
    let mut parts: Vec<(usize, &[Numbered])> = Vec::new();
    let mut from = 0;
    for part in numbers.chunk_by(Numbered::may_precede) {
        parts.push((from, part));
        from += part.len();
    }
    parts.sort_by_key(|(_, part)| part.first().map(|first| first.number));
    let goes_on = |one: &[Numbered], next: &[Numbered]| {
        one.last().zip(next.first()).is_some_and(|(last, first)| last.goes_on_in(first))
    };
    // Where the numbers begin anew, the part with the lowest is not the oldest.
    if let Some(oldest) = parts.windows(2).position(|pair| match pair {
        [(_, one), (_, next)] => !goes_on(one, next),
        _ => false,
    }) {
        parts.rotate_left(oldest + 1);
    }
    let whole = parts.iter().zip(parts.iter().skip(1)).all(|((_, one), (_, next))| goes_on(one, next));
    let is_as_it_stands = parts.is_sorted_by_key(|(from, _)| *from);
    (whole && !is_as_it_stands)
        .then(|| parts.iter().flat_map(|(from, part)| *from..from + part.len()).collect())
}

/// `902: NOT 10:19:27.155936 …` and `3333 NOT Nov 29 06:34:00.411671 …`.
fn numbered(line: &str) -> Option<Numbered> {
    let text = line.trim_start();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = text.get(..digits).filter(|_| (1..=9).contains(&digits))?.parse().ok()?;
    let behind = text.get(digits..)?;
    let mut words = behind.strip_prefix(':').unwrap_or(behind).split_ascii_whitespace();
    let level = words.next()?;
    if level.len() != 3 || !level.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let mut clock = words.next()?;
    let mut day = None;
    if let Some(month) = Stamp::month(clock) {
        day = Some((month, words.next()?.parse().ok()?));
        clock = words.next()?;
    }
    let micros = Stamp::clock(clock).filter(|_| clock.contains('.'))?;
    Some(Numbered { number, day, micros })
}

/// The number behind which records are counted anew.
const AROUND: u32 = 10_000;
/// So near to it a number goes back because of it.
const NEAR: u32 = 1000;
const DAY: u64 = 86_400_000_000;
/// Time between the end of one part and the beginning of the next: a phone logs all the time.
const PAUSE: u64 = 3_600_000_000;
/// Records between them that were written over, or that somebody cut out.
const MISSING: u32 = 1000;
/// Records of a part.
const FEWEST: usize = 3;
/// Parts that a phone keeps, and some more.
const MOST_PARTS: usize = 32;
/// So many times more steps back than forth make a log that is turned round.
const FEW: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered(records: &[&str]) -> Option<Vec<usize>> {
        let numbers: Vec<Numbered> = records.iter().filter_map(|line| numbered(line)).collect();
        assert_eq!(numbers.len(), records.len(), "{records:?}");
        order(&numbers)
    }

    /// Three records from a number and a time on, a second each.
    fn part(number: u32, day: &str, clock: &str) -> Vec<String> {
        (0..3).map(|n| format!("{}: NOT {day}{clock}{n}.5 VPNC: x", number + n)).collect()
    }

    fn ordered_parts(parts: [Vec<String>; 2]) -> Option<Vec<usize>> {
        ordered(&parts.iter().flatten().map(String::as_str).collect::<Vec<_>>())
    }

    #[test]
    fn parts_change_places_only_where_number_and_clock_agree() {
        let changed = Some(vec![3, 4, 5, 0, 1, 2]);
        let new = || part(1200, "", "11:19:2");
        assert_eq!(ordered_parts([new(), part(1197, "", "11:10:2")]), changed);
        assert_eq!(ordered_parts([part(1197, "", "11:10:2"), new()]), None);
        // A start of the phone, whose clock goes on or begins anew.
        assert_eq!(ordered_parts([new(), part(1100, "", "11:25:0")]), None);
        assert_eq!(ordered_parts([new(), part(1100, "", "00:00:0")]), None);
        // Dates say the same, or a clock was not set yet.
        let dated = |day, clock| ordered_parts([part(1200, "Nov 23 ", "10:00:0"), part(1100, day, clock)]);
        assert_eq!(dated("Nov 23 ", "09:59:0"), changed);
        assert_eq!(dated("Jan 01 ", "09:59:0"), None);
        assert_eq!(dated("Nov 22 ", "09:59:0"), None);
        // Past midnight, and into another month.
        assert_eq!(ordered_parts([part(120, "", "00:00:0"), part(110, "", "23:59:5")]), changed);
        let (first, last) = (part(120, "Dec 01 ", "00:00:0"), part(110, "Nov 30 ", "23:59:5"));
        assert_eq!(ordered_parts([first, last]), changed);
        // The numbers begin anew.
        assert_eq!(ordered_parts([part(12, "", "11:19:2"), part(9960, "", "11:10:2")]), changed);
        assert_eq!(ordered_parts([part(9960, "", "11:10:2"), part(12, "", "11:19:2")]), None);
        assert_eq!(ordered_parts([part(12, "", "11:19:2"), part(8960, "", "11:10:2")]), None);
        // Too many records are missing.
        assert_eq!(ordered_parts([new(), part(100, "", "11:10:2")]), None);
        // Two lines changed places.
        assert_eq!(ordered(&["1200: NOT 11:19:20.1 VPNC: x", "1199: NOT 11:19:19.1 VPNC: x"]), None);
    }

    #[test]
    fn a_log_that_is_turned_round_is_turned_back() {
        let lines: Vec<String> = (0..6).map(|n| format!("{}: NOT 10:00:0{n}.5 VPNC: x", 90 + n)).collect();
        let turned: Vec<&str> = lines.iter().rev().map(String::as_str).collect();
        assert_eq!(ordered(&turned), Some(vec![5, 4, 3, 2, 1, 0]));
        // Numbers that fall while the clock goes on are no log of one phone.
        let clashing: Vec<String> = (0..6).map(|n| format!("{}: NOT 10:00:0{n}.5 VPNC: x", 90 - n)).collect();
        assert_eq!(ordered(&clashing.iter().map(String::as_str).collect::<Vec<_>>()), None);
    }
}
