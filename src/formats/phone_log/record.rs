//! The grammars of a record's beginning, and how a line is cut into records.
//!
//! ```text
//! 902: NOT 10:19:27.155936 VPNC: do_login: …            A: a colon after the number, no date
//! 7989 ERR 11:04:15.038637  SECD: -HTTPS …              B: no colon, no date
//! 3333 NOT Nov 29 06:34:00.411671 dgetfile(870)-XXTP …  C: a date
//! 1140 NOT Jul 11 22:06:37.151072 (711:853) JAVA-Sec …  D: a date and (process:thread)
//! 4602 WRN Feb 17 11:01:27.062462 (349-349) PAE: -802 … E: a date and (process-thread)
//! VPNC: -do_dtls_connect: udp_connect                   -: the beginning was cut off
//! ```
//!
//! Empty: a line without a record is one piece of other text, maybe the rest of a wrapped record.
//! Quirks: a phone's record has exactly one kind of time, `HH:MM:SS.` with a fraction. So the points of a line are
//! looked at, and only one with a clock in front of it and a level before that is parsed at all.
//! Sources: Cisco 116162, "IP Phone Logs"; Cisco 118699, 200850, 213407, 215014, 217218, 217219 and 225746, which quote
//! records in each of these forms.

use memchr::memchr_iter;
use memchr::memmem::Finder;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n, take_while1};
use nom::character::complete::{char, digit1, one_of, space0, space1};
use nom::combinator::{map_opt, map_res, opt, value};
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use crate::time::Stamp;

/// The grammar of records whose beginning was cut off.
pub(super) const BARE: char = '-';

/// The levels that phones print.
pub(super) const LEVELS: [&str; 5] = ["DEB", "ERR", "INF", "NOT", "WRN"];

/// The processes that run the VPN and check its certificates.
pub(super) const VPN_PROCESSES: [&str; 3] = ["VPNC", "SECD", "SECUREAPP"];

/// Processes whose records are known by their name alone.
const BARE_PROCESSES: [&str; 2] = ["VPNC: ", "SECD: "];

/// One record, as far as the line holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Record<'a> {
    /// `A` to `E`, or [`BARE`].
    pub grammar: char,
    /// Sequence number.
    pub sequence: Option<u32>,
    /// One of [`LEVELS`], or empty.
    pub level: &'static str,
    /// Its time.
    pub stamp: Option<Stamp>,
    /// `VPNC`, `JAVA` …
    pub process: &'a str,
    /// What it says.
    pub message: &'a str,
    /// The whole record as it was written.
    pub text: &'a str,
}

/// A piece of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// A record.
    Record(Record<'a>),
    /// Text in front of the first record, or a whole line without one.
    Rest(&'a str),
}

/// Cuts lines into records. Kept from line to line, so that a line costs no allocation.
#[derive(Debug)]
pub(super) struct Pieces {
    starts: Vec<(usize, Option<Head>)>,
    bare: [Finder<'static>; 2],
}

impl Default for Pieces {
    fn default() -> Self {
        Self { starts: Vec::new(), bare: BARE_PROCESSES.map(Finder::new) }
    }
}

impl Pieces {
    /// Hands on the pieces of one line in order.
    pub fn cut<'a>(&mut self, line: &'a str, mut each: impl FnMut(Piece<'a>)) {
        self.starts.clear();
        self.find_heads(line);
        self.find_bare(line);
        let first = self.starts.first().map_or(line.len(), |(start, _)| *start);
        let rest = line.get(..first).unwrap_or_default();
        if self.starts.is_empty() || !rest.trim_matches([' ', '\t', '>']).is_empty() {
            each(Piece::Rest(rest));
        }
        let ends = self.starts.iter().skip(1).map(|(start, _)| *start).chain([line.len()]);
        for ((start, head), end) in self.starts.iter().zip(ends) {
            let text = line.get(*start..end).unwrap_or_default().trim_end();
            let body = text.get(head.as_ref().map_or(0, |head| head.length)..).unwrap_or_default();
            let (message, process) = split_process(body).unwrap_or((body, ""));
            each(Piece::Record(Record {
                grammar: head.as_ref().map_or(BARE, |head| head.grammar),
                sequence: head.as_ref().and_then(|head| head.sequence),
                level: head.as_ref().map_or("", |head| head.level),
                stamp: head.as_ref().map(|head| head.stamp),
                process,
                message: without_return(message),
                text,
            }));
        }
    }

    fn find_heads(&mut self, line: &str) {
        let mut from = 0;
        for point in memchr_iter(b'.', line.as_bytes()) {
            let Some(start) = head_start(line.as_bytes(), point).filter(|start| *start >= from) else {
                continue;
            };
            let Some(text) = line.get(start..) else { continue };
            if let Ok((_, head)) = head(text) {
                from = start + head.length;
                self.starts.push((start, Some(head)));
            }
        }
    }

    /// `VPNC: …` where a line begins, and `VPNC: -…` after other text.
    fn find_bare(&mut self, line: &str) {
        let full = self.starts.len();
        for process in &self.bare {
            for start in process.find_iter(line.as_bytes()) {
                let before = line.get(..start).unwrap_or_default();
                let begins = before.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'>'));
                let inside = before.ends_with([' ', '\t', '\r'])
                    && line.get(start + process.needle().len()..).is_some_and(|after| after.starts_with('-'));
                let heads = self.starts.get(..full).unwrap_or_default();
                let own = heads
                    .iter()
                    .any(|(at, head)| head.as_ref().is_some_and(|head| at + head.length == start));
                if (begins || inside) && !own {
                    self.starts.push((start, None));
                }
            }
        }
        if self.starts.len() > full {
            self.starts.sort_by_key(|(start, _)| *start);
        }
    }
}

/// Logs copied from a page show the carriage return as `^M`.
fn without_return(message: &str) -> &str {
    let message = message.trim_end();
    message.strip_suffix("^M").unwrap_or(message).trim_end()
}

/// The beginning of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Head {
    grammar: char,
    sequence: Option<u32>,
    level: &'static str,
    stamp: Stamp,
    /// Bytes up to the name of the process.
    length: usize,
}

/// Where a record begins whose clock ends before `point`; cheap, and right in nearly every case.
fn head_start(bytes: &[u8], point: usize) -> Option<usize> {
    let clock = bytes.get(point.checked_sub(8)?..point)?;
    let [h1, h2, b':', m1, m2, b':', s1, s2] = *clock else { return None };
    if ![h1, h2, m1, m2, s1, s2].iter().all(u8::is_ascii_digit) {
        return None;
    }
    let before = trim_blanks(bytes.get(..point - 8)?)?;
    let before = match before {
        [.., b' ', l1, l2, l3] if is_level([*l1, *l2, *l3]) => before,
        _ => {
            let month = trim_blanks(trim_digits(before))?;
            trim_blanks(month.get(..month.len().checked_sub(3)?)?)?
        }
    };
    let [number @ .., l1, l2, l3] = before else { return None };
    if !is_level([*l1, *l2, *l3]) {
        return None;
    }
    let number = trim_blanks(number)?;
    let number = number.strip_suffix(b":").unwrap_or(number);
    let start = trim_digits(number).len();
    let begins = match start.checked_sub(1).and_then(|before| bytes.get(before)) {
        Some(byte) => !byte.is_ascii_alphanumeric() && !matches!(byte, b'.' | b'-' | b'_'),
        None => true,
    };
    (begins && start < number.len()).then_some(start)
}

fn is_level(word: [u8; 3]) -> bool {
    LEVELS.iter().any(|level| level.as_bytes() == word)
}

/// Without the blanks at the end, of which there must be one.
fn trim_blanks(bytes: &[u8]) -> Option<&[u8]> {
    let end = bytes.iter().rposition(|byte| *byte != b' ').map_or(0, |last| last + 1);
    if end < bytes.len() { bytes.get(..end) } else { None }
}

fn trim_digits(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|byte| !byte.is_ascii_digit()).map_or(0, |last| last + 1);
    bytes.get(..end).unwrap_or_default()
}

fn head(text: &str) -> IResult<&str, Head> {
    let (rest, sequence) = take_while_m_n(1, 6, |c: char| c.is_ascii_digit()).parse(text)?;
    let (rest, colon) = opt(char(':')).parse(rest)?;
    let (rest, level) = delimited(space1, level, space1).parse(rest)?;
    let (rest, month_day) = opt(terminated(date, space1)).parse(rest)?;
    let (rest, micros_of_day) = terminated(clock, space0).parse(rest)?;
    let (rest, thread) = opt(terminated(thread, space0)).parse(rest)?;
    let grammar = match (month_day, thread, colon) {
        (Some(_), Some(':'), _) => 'D',
        (Some(_), Some(_), _) => 'E',
        (Some(_), None, _) => 'C',
        (None, _, Some(_)) => 'A',
        (None, _, None) => 'B',
    };
    let stamp = Stamp { month_day, micros_of_day, ..Stamp::default() };
    let length = text.len() - rest.len();
    Ok((rest, Head { grammar, sequence: sequence.parse().ok(), level, stamp, length }))
}

fn level(text: &str) -> IResult<&str, &'static str> {
    let known = |word: &str| LEVELS.into_iter().find(|level| *level == word);
    map_opt(take_while_m_n(3, 3, |c: char| c.is_ascii_uppercase()), known).parse(text)
}

/// `Nov 29`.
fn date(text: &str) -> IResult<&str, (u8, u8)> {
    let month = map_opt(take_while_m_n(3, 3, |c: char| c.is_ascii_alphabetic()), Stamp::month);
    let day = map_opt(digit1, |day: &str| day.parse().ok().filter(|day| (1..=31).contains(day)));
    (terminated(month, space1), day).parse(text)
}

/// `10:19:27.155936` in microseconds.
fn clock(text: &str) -> IResult<&str, u64> {
    let (rest, hours) = terminated(two_digits, char(':')).parse(text)?;
    let (rest, minutes) = terminated(two_digits, char(':')).parse(rest)?;
    let (rest, seconds) = terminated(two_digits, char('.')).parse(rest)?;
    let (rest, micros) = map_opt(take_while_m_n(1, 9, |c: char| c.is_ascii_digit()), micros).parse(rest)?;
    if hours > 23 || minutes > 59 || seconds > 60 {
        return Err(nom::Err::Error(nom::error::Error::new(text, nom::error::ErrorKind::Verify)));
    }
    Ok((rest, ((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + micros))
}

fn two_digits(text: &str) -> IResult<&str, u64> {
    map_res(take_while_m_n(2, 2, |c: char| c.is_ascii_digit()), str::parse).parse(text)
}

/// A fraction of one to nine digits, to the microsecond.
fn micros(digits: &str) -> Option<u64> {
    let kept = digits.get(..digits.len().min(6))?;
    let missing = u32::try_from(6 - kept.len()).ok()?;
    Some(kept.parse::<u64>().ok()? * 10_u64.pow(missing))
}

/// `(711:853)` or `(349-349)`; the sign between the numbers tells the grammar.
fn thread(text: &str) -> IResult<&str, char> {
    delimited(char('('), delimited(digit1, one_of(":-"), digit1), char(')')).parse(text)
}

/// `VPNC: `, `SECD: -`, `dgetfile(870)-`, `JAVA-`: the process, and what follows it as the rest.
fn split_process(text: &str) -> Option<(&str, &str)> {
    let name = take_while1(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/'));
    let number = opt(delimited(one_of("(["), digit1, one_of(")]")));
    let sign = alt((tag(": -"), tag(": "), tag(":"), tag("-"), tag(" -")));
    let mut process = terminated(name, (value((), number), preceded(value((), space0), value((), sign))));
    let parsed: IResult<&str, &str> = process.parse(text);
    parsed.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(line: &str) -> Vec<Piece<'_>> {
        let mut all = Vec::new();
        Pieces::default().cut(line, |piece| all.push(piece));
        all
    }

    type Parts<'a> = (char, Option<u32>, &'a str, String, &'a str, &'a str);

    fn parts_of(line: &str) -> Vec<Parts<'_>> {
        cut(line)
            .into_iter()
            .map(|piece| match piece {
                Piece::Record(r) => {
                    let time = r.stamp.map(|stamp| stamp.to_string()).unwrap_or_default();
                    (r.grammar, r.sequence, r.level, time, r.process, r.message)
                }
                Piece::Rest(text) => (' ', None, "", String::new(), "", text),
            })
            .collect()
    }

    #[test]
    fn every_grammar_is_read() {
        let rows = [
            (
                "902: NOT 10:19:27.155936 VPNC: do_login: got login response",
                ('A', Some(902), "NOT", "10:19:27.155936", "VPNC", "do_login: got login response"),
            ),
            (
                "7989 ERR 11:04:15.038637  SECD: -HTTPS cert not in CTL, <192.0.2.1:8443>^M",
                (
                    'B',
                    Some(7989),
                    "ERR",
                    "11:04:15.038637",
                    "SECD",
                    "HTTPS cert not in CTL, <192.0.2.1:8443>",
                ),
            ),
            (
                "0987 NOT Nov  9 06:34:00.4116 dgetfile(870)-XXTP complete - status = 100",
                (
                    'C',
                    Some(987),
                    "NOT",
                    "--11-09T06:34:00.411600",
                    "dgetfile",
                    "XXTP complete - status = 100",
                ),
            ),
            (
                "1140 NOT Jul 11 22:06:37.151072 (711:853) JAVA-Sec SSL",
                ('D', Some(1140), "NOT", "--07-11T22:06:37.151072", "JAVA", "Sec SSL"),
            ),
            (
                "4602 WRN Feb 17 11:01:27.062462 (349-349) PAE: -802.1X auth FAILED",
                ('E', Some(4602), "WRN", "--02-17T11:01:27.062462", "PAE", "802.1X auth FAILED"),
            ),
            (
                "VPNC: -do_dtls_connect: udp_connect",
                ('-', None, "", "", "VPNC", "do_dtls_connect: udp_connect"),
            ),
            ("  > SECD: EROR:secLoadFile", ('-', None, "", "", "SECD", "EROR:secLoadFile")),
        ];
        for (line, (grammar, sequence, level, time, process, message)) in rows {
            assert_eq!(
                parts_of(line),
                [(grammar, sequence, level, time.to_owned(), process, message)],
                "{line}"
            );
        }
    }

    #[test]
    fn a_line_with_several_records_is_cut() {
        let messages = |line| -> Vec<String> {
            parts_of(line).into_iter().map(|(grammar, .., message)| format!("{grammar} {message}")).collect()
        };
        assert_eq!(
            messages("old text VPNC: -a: b VPNC: -c VPNC : 1 (LoggingIn)"),
            ["  old text ", "- a: b", "- c VPNC : 1 (LoggingIn)"]
        );
        assert_eq!(messages("1: NOT 10:19:27.1 VPNC: a: b 2: ERR 10:19:27.2 SECD: c\r"), ["A a: b", "A c"]);
    }

    #[test]
    fn what_only_looks_similar_is_no_record() {
        for line in [
            "",
            "Mar 09 2017 10:25:04 asa : %ASA-6-725001: Starting SSL handshake",
            "[Sun Dec 04 04:47:44.123 2005] [notice] NOT 1",
            "20171223-22:15:29:606|Step_LSC|30002312|onStandStepChanged 3579",
            "23:00:22.052 | debug tvsHandleQueryCertReq",
            "NOT 10:19:27.155936 VPNC: x",
            "902: FOO 10:19:27.155936 VPNC: x",
            "902: NOT 25:19:27.155936 VPNC: x",
            "v902: NOT 10:19:27.155936 JAVA: x",
            "the process VPNC: is the client",
        ] {
            assert_eq!(cut(line), [Piece::Rest(line)], "{line}");
        }
    }
}
