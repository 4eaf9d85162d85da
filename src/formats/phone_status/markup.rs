//! The rows of a page in HTML or in a flat XML document.
//!
//! ```text
//! <tr><td><b>TFTP&nbsp;Server 1</b></td><td>192.0.2.1</td></tr>     a row of two cells
//! 10:12:33a TFTP timeout<br>                                        a row of one cell
//! <TFTPServer1>192.0.2.1</TFTPServer1>                              a label that is the element's name
//! ```
//!
//! Quirks: pages of phones are HTML of the nineties: tags are not closed, names are in any case, values are not
//! quoted. So a page is cut at its tags and never parsed as a tree. Scripts, styles and comments are no text. A `<`
//! that begins no tag is a character.

use quick_xml::escape::resolve_predefined_entity;

use super::rows::Row;
use crate::lines::Decoded;

/// What the names of elements are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// Of no meaning, as in HTML.
    Drop,
    /// The labels of the values in them.
    AreLabels,
}

/// Characters of a cell.
const CELL_CHARS: usize = 2000;
/// Elements whose text is not shown.
const HIDDEN: &[&str] = &["script", "style", "title"];
/// Elements that begin a new row.
const ROW_TAGS: &[&str] =
    &["br", "dd", "div", "dt", "h1", "h2", "h3", "h4", "hr", "li", "option", "p", "table", "tr"];
/// Elements that begin a new cell of the row.
const CELL_TAGS: &[&str] = &["td", "th"];

/// The first rows that have text.
pub(super) fn rows(text: &Decoded, names: Names, at_most: usize) -> Vec<Row> {
    let whole = text.text();
    let mut page = Page { text, names, rows: Vec::new(), row: Vec::new(), cell: String::new(), start: None };
    let mut from = 0;
    while from < whole.len() && page.rows.len() < at_most {
        let rest = whole.get(from..).unwrap_or_default();
        let Some(open) = rest.find('<') else {
            page.words(rest, from);
            break;
        };
        page.words(rest.get(..open).unwrap_or_default(), from);
        let tag = rest.get(open..).unwrap_or_default();
        let Some(length) = tag_length(tag) else {
            page.words("<", from + open);
            from += open + 1;
            continue;
        };
        let name = name_of(tag);
        page.tag(name, tag.starts_with("</"));
        from += open + length;
        if HIDDEN.iter().any(|hidden| name.eq_ignore_ascii_case(hidden)) && !tag.starts_with("</") {
            from += hidden_length(whole.get(from..).unwrap_or_default(), name);
        }
    }
    page.end_row();
    page.rows
}

/// Bytes of a tag or comment at the beginning of a text; `None` where none begins there or it has no end.
fn tag_length(text: &str) -> Option<usize> {
    if let Some(comment) = text.strip_prefix("<!--") {
        return Some(comment.find("-->").map_or(text.len(), |end| end + "<!--".len() + "-->".len()));
    }
    let second = text.get(1..)?.chars().next()?;
    (second.is_ascii_alphabetic() || matches!(second, '/' | '!' | '?')).then_some(())?;
    // A tag that holds a `<` has lost its end; looking on behind it would cost a look at the whole rest each time.
    let end = text.get(1..)?.find(['<', '>'])? + 1;
    // `File Not Found <CTLFile.tlv>` as the phone shows it: a file's name is no tag.
    let file = text.get(1..end).is_some_and(|inner| inner.ends_with(".tlv") || inner.ends_with(".cnf.xml"));
    (!file && text.get(end..)?.starts_with('>')).then_some(end + 1)
}

fn name_of(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '_' || sign == '-'));
    name.get(..end.unwrap_or(name.len())).unwrap_or_default()
}

/// Bytes up to the end tag of an element whose text is not shown.
fn hidden_length(text: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("</")) {
        from += at + 2;
        let here = text.get(from..from.saturating_add(name.len())).unwrap_or_default();
        if here.eq_ignore_ascii_case(name) {
            return from - 2;
        }
    }
    text.len()
}

struct Page<'t> {
    text: &'t Decoded,
    names: Names,
    rows: Vec<Row>,
    row: Vec<String>,
    cell: String,
    /// The byte at which the row's first word stands.
    start: Option<usize>,
}

impl Page<'_> {
    fn words(&mut self, words: &str, from: usize) {
        let before = words.len() - words.trim_start().len();
        if words.trim().is_empty() {
            if !words.is_empty() && !self.cell.is_empty() {
                self.cell.push(' ');
            }
            return;
        }
        self.start.get_or_insert(from + before);
        if self.cell.len() < CELL_CHARS {
            self.cell.extend(resolved(words).chars().take(CELL_CHARS));
        }
    }

    fn tag(&mut self, name: &str, ends: bool) {
        if self.names == Names::AreLabels {
            self.element(name, ends);
        } else if ROW_TAGS.iter().any(|tag| name.eq_ignore_ascii_case(tag)) {
            self.end_row();
        } else if CELL_TAGS.iter().any(|tag| name.eq_ignore_ascii_case(tag)) {
            self.end_cell();
        }
    }

    /// An element's own text is a value, and its name the label. A message has no label.
    fn element(&mut self, name: &str, ends: bool) {
        let text = std::mem::take(&mut self.cell);
        let start = self.start.take();
        let text = text.trim();
        if ends && !text.is_empty() {
            let at = start.map(|start| self.text.at(start)).unwrap_or_default();
            let message = MESSAGE_ELEMENTS.iter().any(|element| name.eq_ignore_ascii_case(element));
            let cells = if message { vec![text.to_owned()] } else { vec![name.to_owned(), text.to_owned()] };
            self.rows.push(Row { cells, at });
        }
    }

    fn end_cell(&mut self) {
        let cell = std::mem::take(&mut self.cell);
        let words: Vec<&str> = cell.split_whitespace().collect();
        if !words.is_empty() {
            self.row.push(words.join(" "));
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        let cells = std::mem::take(&mut self.row);
        let start = self.start.take();
        if !cells.is_empty() {
            self.rows.push(Row { cells, at: start.map(|start| self.text.at(start)).unwrap_or_default() });
        }
    }
}

/// Elements of the log page whose text is a status message.
const MESSAGE_ELEMENTS: &[&str] = &["status", "message", "log"];

/// Entities as characters; one that is not known stays as it is written.
fn resolved(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let known = after.split_once(';').and_then(|(name, behind)| Some((entity(name)?, behind)));
        match known {
            Some((sign, behind)) => {
                text.push(sign);
                rest = behind;
            }
            None => {
                text.push('&');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

fn entity(name: &str) -> Option<char> {
    if name == "nbsp" {
        return Some(' ');
    }
    let number = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok(),
            None => number.parse().ok(),
        },
        None => return resolve_predefined_entity(name)?.chars().next(),
    };
    char::from_u32(number?).filter(|sign| !sign.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines_of(text: &str) -> Vec<String> {
        let decoded = Decoded::new(text.as_bytes(), 10_000);
        let cells = |row: Row| format!("{}: {}", row.at.line, row.cells.join("|"));
        rows(&decoded, Names::Drop, 100).into_iter().map(cells).collect()
    }

    #[test]
    fn a_page_of_any_form_becomes_rows() {
        for (text, expected) in [
            ("<TR><TD>a<TD>b<TR><TD>c", vec!["1: a|b", "1: c"]),
            ("<!-- <td>x -->\n<p>1 < 2 &amp; 3 &bogus; &#x41;", vec!["2: 1 < 2 & 3 &bogus; A"]),
            ("<script>a<b</script>c", vec!["1: c"]),
            ("<script>a", vec![]),
            ("a<b", vec!["1: a<b"]),
        ] {
            assert_eq!(lines_of(text), expected, "{text}");
        }
    }
}
