//! Tables with separators: CSV, TSV and their like, as exports and spreadsheets write them.
//!
//! ```text
//! "_time","host","_raw"
//! "2026-11-23T10:19:27.000+0000","192.0.2.1","<166>%ASA-6-725006: Device failed SSL handshake with client …"
//! %ASA-6-725006: Device failed SSL handshake …;192.0.2.1;23/11 10:19:27.123          Tftpd64: no names above
//! ```
//! Every row is a record. A quoted field may have several lines.
//!
//! Empty: a text whose rows differ in their number of fields, or hold no text of a device.
//! Quirks: a comma or semicolon inside a message that was not quoted makes a row longer; the surplus belongs to the
//! field of the text. A log whose messages have as many commas each is no table: without names above or quotes, only
//! other separators count.
//!
//! Sources: RFC 4180; exports of Splunk, Graylog, Kibana; Tftpd64's syslog window.

use super::record::{Field, Record};
use super::{Forms, Inside, tag};
use crate::input::Note;
use crate::lines::{Decoded, Line};
use crate::text::Text;

/// The records as lines.
pub(super) fn off(text: &Decoded, forms: &mut Forms<'_>) -> Option<Decoded> {
    let shape = shape(text)?;
    let mut written = Decoded::default();
    let mut at = 0;
    let whole = text.text();
    let mut first = true;
    while at < whole.len() {
        let Some((cells, end)) = row(whole, at, shape.separator) else {
            // A quotation mark that nothing closes: the rest stays as it is.
            let line = text.line_at(at).map_or(0, |line| line.number);
            forms.notes.push(Note::line(line, OPEN_QUOTE));
            for line in text.lines().filter(|shown| shown.number >= line) {
                written.append(&line);
            }
            break;
        };
        let named = std::mem::replace(&mut first, false) && !shape.names.is_empty();
        let blank = cells.iter().all(|(_, cell)| cell.trim().is_empty());
        if !named && !blank {
            let fields = shape.fields(cells);
            let record = Record::of(&fields, true);
            for (place, shown) in &record.lines {
                if let Some(line) = text.line_at(*place) {
                    written.append(&Line { text: shown, time: record.time.or(line.time), ..line });
                }
            }
            for (name, output) in record.outputs {
                let line = text.line_at(at).map_or(0, |line| line.number);
                let name = format!("{}:{line} {name}", forms.name).trim_end().to_owned();
                forms.inside.push(Inside { name, command: None, bytes: output.into_bytes(), field: true });
            }
        }
        at = end;
    }
    Some(written)
}

/// How a table is written.
struct Shape {
    separator: u8,
    names: Vec<String>,
    columns: usize,
    /// The column of the text.
    text: Option<usize>,
}

impl Shape {
    /// The fields of a row, the surplus given to the text.
    fn fields(&self, cells: Vec<(usize, String)>) -> Vec<Field> {
        let mut cells = cells;
        if let Some(text) = self.text
            && cells.len() > self.columns
        {
            let end = text + 1 + (cells.len() - self.columns);
            let surplus: Vec<(usize, String)> = cells.drain(text + 1..end.min(cells.len())).collect();
            if let Some((_, cell)) = cells.get_mut(text) {
                for (_, more) in surplus {
                    cell.push(char::from(self.separator));
                    cell.push_str(&more);
                }
            }
        }
        let name = |place: usize| self.names.get(place).map(String::as_str).unwrap_or_default();
        cells.into_iter().enumerate().map(|(place, (at, cell))| Field::new(name(place), cell, at)).collect()
    }
}

/// Tells the separator by the first rows.
fn shape(text: &Decoded) -> Option<Shape> {
    let whole = text.text();
    let head = whole.get(..whole.floor_char_boundary(HEAD)).unwrap_or_default();
    let start = head.len() - head.trim_start().len();
    // Most texts have no separator in their first lines.
    let sample: Vec<&str> =
        text.lines().map(|line| line.text).filter(|line| !line.trim().is_empty()).take(3).collect();
    for separator in SEPARATORS {
        if sample.len() < 2 || !sample.first().is_some_and(|line| line.as_bytes().contains(&separator)) {
            continue;
        }
        let mut rows = Vec::new();
        let mut at = start;
        while rows.len() < ROWS && at < whole.len() {
            let Some((cells, end)) = row(whole, at, separator) else { break };
            let blank = cells.iter().all(|(_, cell)| cell.trim().is_empty());
            if !blank {
                rows.push((cells, whole.as_bytes().get(at) == Some(&b'"')));
            }
            at = end;
        }
        if let Some(shape) = fitting(separator, rows) {
            return Some(shape);
        }
    }
    None
}

/// The shape of these rows, if they are a table that holds texts of a device.
fn fitting(separator: u8, rows: Vec<(Vec<(usize, String)>, bool)>) -> Option<Shape> {
    let quoted = rows.iter().filter(|(_, quoted)| *quoted).count() * 2 > rows.len();
    let columns = rows.first()?.0.len();
    if columns < 2 || rows.len() < 2 {
        return None;
    }
    let first: Vec<String> = rows.first()?.0.iter().map(|(_, cell)| cell.trim().to_owned()).collect();
    let is_name = |cell: &String| {
        cell.len() <= 60
            && !cell.contains('%')
            && !cell.starts_with(|sign: char| sign.is_ascii_digit())
            && cell.split_whitespace().count() <= 4
    };
    let named = first.iter().all(is_name) && first.iter().any(|cell| !cell.is_empty());
    let names = if named { first } else { Vec::new() };
    let text = text_column(&rows, usize::from(named));
    let data = rows.get(usize::from(named)..).unwrap_or_default();
    let equal = data.iter().filter(|(cells, _)| cells.len() == columns).count();
    let longer = data.iter().filter(|(cells, _)| cells.len() > columns).count();
    let consistent =
        equal * 10 >= data.len() * 9 || named && text.is_some() && (equal + longer) * 10 >= data.len() * 9;
    // Without names or quotes a comma may as well be the message's, and a tab what numbers a line.
    let sure = named || quoted || separator != b',' && columns > 2;
    if !consistent || !sure || data.is_empty() {
        return None;
    }
    let shape = Shape { separator, names, columns, text };
    let told = data.iter().filter(|(cells, _)| {
        let record = Record::of(&shape.fields(cells.clone()), true);
        record.messages || !record.outputs.is_empty() || shape.names_a_text()
    });
    (told.count() * 2 > data.len()).then_some(shape)
}

impl Shape {
    /// A column is called as those of exported texts are.
    fn names_a_text(&self) -> bool {
        self.names.iter().any(|name| NAMES_OF_TEXTS.contains(&name.to_lowercase().as_str()))
    }
}

/// The column that holds messages, or else is named so.
fn text_column(rows: &[(Vec<(usize, String)>, bool)], from: usize) -> Option<usize> {
    let (cells, _) = rows.get(from)?;
    cells.iter().position(|(_, cell)| tag::next_tag(cell, 0).is_some())
}

/// One row, and where the next begins; `None` where a quotation mark is not closed.
fn row(whole: &str, from: usize, separator: u8) -> Option<(Vec<(usize, String)>, usize)> {
    let bytes = whole.as_bytes();
    let mut cells = Vec::new();
    let mut at = from;
    loop {
        let mut cell = String::new();
        let start = at;
        if bytes.get(at) == Some(&b'"') {
            at += 1;
            loop {
                let rest = bytes.get(at..)?;
                let length = memchr::memchr(b'"', rest)?;
                cell.push_str(whole.get(at..at + length)?);
                at += length + 1;
                if bytes.get(at) != Some(&b'"') {
                    break;
                }
                cell.push('"');
                at += 1;
            }
        }
        let rest = bytes.get(at..)?;
        let length = memchr::memchr2(separator, b'\n', rest).unwrap_or(rest.len());
        cell.push_str(whole.get(at..at + length)?);
        at += length;
        cells.push((start, cell));
        if cells.len() >= COLUMNS {
            let rest = bytes.get(at..)?;
            return Some((cells, at + memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1)));
        }
        match bytes.get(at) {
            Some(sign) if *sign == separator => at += 1,
            Some(_) => return Some((cells, at + 1)),
            None => return Some((cells, at)),
        }
    }
}

/// Names of the column that holds an exported text.
const NAMES_OF_TEXTS: [&str; 8] = ["_raw", "message", "msg", "log", "raw", "text", "config", "output"];
const SEPARATORS: [u8; 4] = [b',', b'\t', b';', b'|'];
/// Bytes in which the form shows.
const HEAD: usize = 64 << 10;
/// Rows in which the form shows.
const ROWS: usize = 12;
/// Columns of a row.
const COLUMNS: usize = 1024;

const OPEN_QUOTE: Text = Text::fixed(
    "A quotation mark of this table is never closed. What stands behind it was read as plain text.",
    "Ein Anführungszeichen dieser Tabelle wird nie geschlossen. Was dahinter steht, wurde als einfacher Text gelesen.",
);
