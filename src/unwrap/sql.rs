//! Rows of a database, written as the statements that insert them.
//!
//! ```text
//! INSERT INTO SystemEvents VALUES (1,'2026-11-23 10:19:27','asa1','%ASA-6-725006:',' Device failed SSL …');
//! INSERT INTO `logs` (`id`, `msg`) VALUES (1,'…'),(2,'…');
//! ```
//! Every row is a record. Other statements and comments of the dump are left out.
//!
//! Empty: a text without such statements.
//! Quirks: a quotation mark in a value is doubled (the standard) or stands behind a back-slash (MySQL). A value may
//! have several lines.
//!
//! Sources: MySQL, `mysqldump`; PostgreSQL, `pg_dump --inserts`; rsyslog, ommysql and its table SystemEvents.

use super::Forms;
use super::json::unescaped;
use super::record::{Field, Record};
use crate::lines::{Decoded, Line};

/// The rows as lines.
pub(super) fn off(text: &Decoded, forms: &mut Forms<'_>) -> Option<Decoded> {
    let head = text.lines().filter(|line| !line.text.trim().is_empty()).take(HEAD_LINES);
    if !head.map(|line| line.text).any(is_insert) {
        return None;
    }
    let whole = text.text();
    let mut written = Decoded::default();
    let (mut start, mut next) = (0, None);
    while start < whole.len() {
        let rest = whole.get(start..).unwrap_or_default();
        let shown = rest.lines().next().unwrap_or_default();
        let values = is_insert(shown).then(|| values_behind(whole, start, &mut next)).flatten();
        let Some(values) = values else {
            start += shown.len() + 1;
            continue;
        };
        let names = names(rest.get(..values).unwrap_or_default());
        let mut at = start + values + VALUES.len();
        while let Some((cells, end)) = row(whole, at) {
            at = end;
            let name = |place: usize| names.get(place).map(String::as_str).unwrap_or_default();
            let fields: Vec<Field> = cells
                .into_iter()
                .enumerate()
                .map(|(place, (at, cell))| Field::new(name(place), cell, at))
                .collect();
            let record = Record::of(&fields, true);
            for (place, shown) in &record.lines {
                if let Some(line) = text.line_at(*place) {
                    written.append(&Line { text: shown, time: record.time.or(line.time), ..line });
                }
            }
            for (name, output) in record.outputs {
                let line = text.line_at(end).map_or(0, |line| line.number);
                let name = format!("{}:{line} {name}", forms.name).trim_end().to_owned();
                forms.inside.push(super::Inside {
                    name,
                    command: None,
                    bytes: output.into_bytes(),
                    field: true,
                });
            }
        }
        let rest = whole.get(at..).unwrap_or_default();
        start = at + memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
    }
    (written.line_count() > 0 || !forms.inside.is_empty()).then_some(written)
}

fn is_insert(line: &str) -> bool {
    let mut words = line.split_whitespace().map(str::to_ascii_uppercase);
    match words.next().as_deref() {
        Some("INSERT") => words.any(|word| word == "INTO"),
        Some("REPLACE") => words.next().as_deref() == Some("INTO"),
        _ => false,
    }
}

/// How far behind the beginning of a statement its values begin, if they begin within its head. `next` is the place
/// that was found last: a dump may have many statements without values, and none of them is looked through twice.
fn values_behind(whole: &str, start: usize, next: &mut Option<usize>) -> Option<usize> {
    if next.is_none_or(|next| next < start) {
        let bytes = whole.as_bytes().get(start..).unwrap_or_default();
        let is_it = |at: &usize| {
            bytes.get(*at..at + VALUES.len()).is_some_and(|word| word.eq_ignore_ascii_case(VALUES))
        };
        *next =
            Some(memchr::memchr2_iter(b'V', b'v', bytes).find(is_it).map_or(whole.len(), |at| start + at));
    }
    next.map(|next| next - start).filter(|length| *length < HEAD && start + length < whole.len())
}

/// The columns that a statement names.
fn names(head: &str) -> Vec<String> {
    let Some((_, list)) = head.split_once('(') else { return Vec::new() };
    let list = list.split(')').next().unwrap_or_default();
    list.split(',').map(|name| name.trim().trim_matches(['`', '"', '[', ']', '\'']).to_owned()).collect()
}

/// The next `(…)`, and where it ends; `None` at the end of the statement.
fn row(whole: &str, from: usize) -> Option<(Vec<(usize, String)>, usize)> {
    let bytes = whole.as_bytes();
    let mut at = from;
    while bytes.get(at).is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b',') {
        at += 1;
    }
    if bytes.get(at) != Some(&b'(') {
        return None;
    }
    at += 1;
    let mut cells = Vec::new();
    loop {
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        let start = at;
        // `E'…'`, `N'…'` and `_binary '…'` are strings as well.
        if matches!((bytes.get(at), bytes.get(at + 1)), (Some(b'E' | b'N'), Some(b'\''))) {
            at += 1;
        }
        if bytes.get(at) == Some(&b'\'') {
            let (cell, end) = string(whole, at + 1)?;
            cells.push((start, cell));
            at = end;
        } else {
            let rest = bytes.get(at..)?;
            let length = rest.iter().position(|byte| matches!(byte, b',' | b')' | b'\n'))?;
            let word = whole.get(at..at + length)?.trim();
            cells.push((
                start,
                if word.eq_ignore_ascii_case("null") { String::new() } else { word.to_owned() },
            ));
            at += length;
        }
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        match bytes.get(at)? {
            b',' if cells.len() < COLUMNS => at += 1,
            b')' => return Some((cells, at + 1)),
            _ => return None,
        }
    }
}

/// A string's content, and the byte behind its end.
fn string(whole: &str, from: usize) -> Option<(String, usize)> {
    let bytes = whole.as_bytes();
    let mut at = from;
    loop {
        at += memchr::memchr2(b'\'', b'\\', bytes.get(at..)?)?;
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'\\'), _) | (Some(b'\''), Some(b'\'')) => at += 2,
            _ => break,
        }
    }
    let written = whole.get(from..at)?.replace("''", "'");
    Some((unescaped(&written), at + 1))
}

const VALUES: &[u8] = b"VALUES";
/// Lines in which a statement shows.
const HEAD_LINES: usize = 400;
/// Bytes of a statement before its values.
const HEAD: usize = 16 << 10;
const COLUMNS: usize = 1024;
