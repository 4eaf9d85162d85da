//! Tables drawn with bars: Markdown, the clients of databases, log viewers.
//!
//! ```text
//! | message id | message |                       +------+-------+
//! |---|---|                                      | id   | msg   |
//! | 722037 | Group <g> User <u> … |              +------+-------+
//! ```
//! Every row is a record; the row above a rule names the columns. Text around the table stays.
//!
//! Empty: a text in which no line begins and ends with a bar.
//! Quirks: a rule may be drawn with dashes, pluses, colons or box-drawing signs. A bar behind a back-slash is a sign
//! of the text. Two bars behind every line are what is left of a table: [`super::edges`].
//!
//! Sources: GitHub Flavored Markdown, tables; the clients of MySQL (`+---+`) and PostgreSQL (`---+---`).

use super::Forms;
use super::record::{Field, Record};
use crate::lines::{Decoded, Line};

/// The rows as lines.
pub(super) fn off(text: &Decoded, _forms: &mut Forms<'_>) -> Option<Decoded> {
    let whole = text.text();
    let drawn = memchr::memchr(b'|', whole.as_bytes()).is_some() || !whole.is_ascii() && whole.contains(BARS);
    if !drawn || !text.lines().any(|line| cells(line.text).is_some() || is_open_rule(line.text)) {
        return None;
    }
    let mut written = Decoded::default();
    let mut names: Vec<String> = Vec::new();
    let mut inside = false;
    // Columns of a table without bars at its sides.
    let mut open: Option<usize> = None;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if is_rule(line.text) {
            inside = true;
            continue;
        }
        if let Some(rule) = lines.peek().filter(|next| is_open_rule(next.text)) {
            open = open_cells(line.text, rule.text.matches('+').count() + 1).map(|row| row.len());
        }
        let Some(row) = cells(line.text).or_else(|| open_cells(line.text, open?)) else {
            inside = false;
            open = None;
            names.clear();
            written.append(&line);
            continue;
        };
        let ruled = lines.peek().is_some_and(|next| is_rule(next.text));
        let heads = ruled
            && (!inside || names.is_empty())
            && row.iter().all(|cell| cell.len() <= 60 && !cell.contains('%'));
        inside = true;
        if heads {
            names = row.into_iter().map(str::to_owned).collect();
            continue;
        }
        let name = |place: usize| names.get(place).map(String::as_str).unwrap_or_default();
        let fields: Vec<Field> = row
            .iter()
            .enumerate()
            .map(|(place, cell)| Field::new(name(place), cell.replace("\\|", "|"), place))
            .collect();
        let record = Record::of(&fields, true);
        for (_, shown) in &record.lines {
            written.append(&Line { text: shown, time: record.time.or(line.time), ..line });
        }
        for (_, output) in &record.outputs {
            written.append(&Line { text: output, ..line });
        }
    }
    Some(written)
}

/// The cells of a row.
fn cells(line: &str) -> Option<Vec<&str>> {
    let inner = line.trim().strip_prefix(BARS)?.strip_suffix(BARS)?;
    let mut cells = Vec::new();
    let mut from = 0;
    for (at, bar) in inner.match_indices(BARS) {
        if !inner.get(..at).unwrap_or_default().ends_with('\\') {
            cells.push(inner.get(from..at).unwrap_or_default().trim());
            from = at + bar.len();
        }
    }
    cells.push(inner.get(from..).unwrap_or_default().trim());
    (!is_rule(line)).then_some(cells)
}

/// `----+----`: PostgreSQL draws no bars at the sides.
fn is_open_rule(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('-') && line.ends_with('-') && line.contains("-+-") && is_rule(line)
}

/// The cells of a row without bars at its sides; what is more belongs to the last one.
fn open_cells(line: &str, columns: usize) -> Option<Vec<&str>> {
    let cells: Vec<&str> = line.splitn(columns, '|').map(str::trim).collect();
    (cells.len() == columns).then_some(cells)
}

/// `+----+----+`, `|---|:---|`, `├───┼───┤`.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3
        && line.contains(['+', '|', '┼', '┬', '┴', '├', '│', '┌', '└'])
        && line.contains(['-', '─', '=', '━'])
        && line.chars().all(|sign| "+-|:=─━│┃┼┬┴├┤┌┐└┘ ".contains(sign))
}

const BARS: [char; 3] = ['|', '│', '┃'];
