//! HTML: mail of Outlook, saved web pages, what a forum leaves behind a pasted line.
//!
//! ```text
//! edge1#&nbsp;show&nbsp;version<br>
//! <tr><td>10:19:27</td><td>Nov 23 2026 10:19:27: %ASA-6-725006: Device failed …</td></tr>
//!  nameif outside<br />
//! ```
//! Elements of HTML are taken out, a break or a block ends a line, a row of a table is a record, character references
//! become characters.
//!
//! Empty: a text without elements that break lines and without references.
//! Quirks: only elements of HTML are taken out: `<PHONES>` in a log and `<vpnGroup>` of a phone's file stay. Blanks are
//! kept, because they indent a configuration. A line end of the source is one of the text, unless the page breaks
//! its lines by elements. A phone's own pages have a reader of their own.
//!
//! Sources: HTML living standard, 13.5 (named character references), 4 (elements).

use super::Forms;
use super::record::{Field, Record};
use crate::lines::{Decoded, Line};

/// The text of the page.
pub(super) fn off(text: &Decoded, forms: &mut Forms<'_>) -> Option<Decoded> {
    if forms.markup {
        return None;
    }
    let whole = text.text();
    let marks = Marks::of(whole);
    if !marks.is_page() {
        return None;
    }
    let page = shown(text, marks.breaks * 2 >= marks.lines);
    (page.text() != whole).then_some(page)
}

/// How much of HTML a text has.
struct Marks {
    breaks: usize,
    references: usize,
    root: bool,
    xml: bool,
    lines: usize,
}

impl Marks {
    fn of(whole: &str) -> Self {
        let mut marks = Self { breaks: 0, references: 0, root: false, xml: false, lines: 0 };
        let head = whole.get(..whole.floor_char_boundary(HEAD)).unwrap_or_default();
        marks.lines = head.lines().filter(|line| !line.trim().is_empty()).count();
        marks.xml = head.trim_start().starts_with("<?xml") && !head.contains("<html");
        for at in memchr::memchr2_iter(b'<', b'&', head.as_bytes()) {
            let rest = head.get(at..).unwrap_or_default();
            if names_something(head, at) {
                continue;
            }
            if let Some(tag) = element(rest) {
                let sure = tag.name == "br" || tag.closes;
                let ends = BREAKS.contains(&tag.name.as_str()) || CELLS.contains(&tag.name.as_str());
                marks.breaks += usize::from(sure && ends);
                marks.root |= ["html", "body", "table"].contains(&tag.name.as_str());
            } else if let Some((sign, _)) = reference(rest) {
                marks.references += usize::from(matches!(sign, '<' | '>' | '\u{a0}' | '"' | '\''));
            }
        }
        marks
    }

    fn is_page(&self) -> bool {
        !self.xml && (self.root || self.breaks >= 2 && self.breaks * 10 >= self.lines || self.references >= 2)
    }
}

/// The text as a browser shows it; `breaking` says that elements break its lines.
pub(super) fn shown(text: &Decoded, breaking: bool) -> Decoded {
    let mut page = Page {
        text,
        written: Decoded::default(),
        line: String::new(),
        begin: None,
        row: Vec::new(),
        names: Vec::new(),
        heads: false,
        in_row: false,
        preformatted: 0,
        breaking,
    };
    let whole = text.text();
    let mut at = 0;
    // What is never closed is looked for once.
    let mut open_for_ever: Vec<String> = Vec::new();
    while at < whole.len() {
        let rest = whole.get(at..).unwrap_or_default();
        let plain = memchr::memchr3(b'<', b'&', b'\n', rest.as_bytes()).unwrap_or(rest.len());
        page.words(at, rest.get(..plain).unwrap_or_default());
        at += plain;
        let rest = whole.get(at..).unwrap_or_default();
        match rest.as_bytes().first() {
            Some(b'\n') => {
                page.source_line_ends();
                at += 1;
            }
            Some(b'&') => match reference(rest) {
                Some((sign, length)) => {
                    let sign = if sign == '\u{a0}' { ' ' } else { sign };
                    page.words(at, sign.encode_utf8(&mut [0; 4]));
                    at += length;
                }
                None => {
                    page.words(at, "&");
                    at += 1;
                }
            },
            Some(b'<') => {
                if let Some(comment) =
                    rest.strip_prefix("<!--").filter(|_| !open_for_ever.contains(&"!".to_owned()))
                {
                    let end = comment.find("-->");
                    at += end.map_or(4, |end| end + 7);
                    if end.is_none() {
                        open_for_ever.push("!".to_owned());
                    }
                } else if names_something(whole, at) {
                    page.words(at, "<");
                    at += 1;
                } else if let Some(tag) = element(rest) {
                    at += tag.length;
                    let hides = HIDDEN.contains(&tag.name.as_str()) && !tag.closes;
                    if hides && !open_for_ever.contains(&tag.name) {
                        match hidden(whole.get(at..).unwrap_or_default(), &tag.name) {
                            Some(length) => at += length,
                            None => open_for_ever.push(tag.name),
                        }
                    } else {
                        page.tag(&tag);
                    }
                } else {
                    page.words(at, "<");
                    at += 1;
                }
            }
            _ => break,
        }
    }
    page.end_row();
    page.end_line(false);
    page.written
}

struct Page<'a> {
    text: &'a Decoded,
    written: Decoded,
    line: String,
    /// The byte at which the line under way begins.
    begin: Option<usize>,
    row: Vec<Field>,
    names: Vec<String>,
    heads: bool,
    in_row: bool,
    preformatted: usize,
    breaking: bool,
}

impl Page<'_> {
    fn words(&mut self, at: usize, words: &str) {
        if words.is_empty() {
            return;
        }
        self.begin.get_or_insert(at);
        self.line.push_str(words);
    }

    fn source_line_ends(&mut self) {
        if self.preformatted > 0 || !self.breaking && !self.in_row {
            self.end_line(true);
        } else if self.line.trim().is_empty() {
            self.line.clear();
            self.begin = None;
        } else if !self.line.ends_with(' ') {
            self.line.push(' ');
        }
    }

    fn tag(&mut self, tag: &Element) {
        let name = tag.name.as_str();
        match (name, tag.closes) {
            ("br", _) => self.end_line(true),
            ("pre", false) => {
                self.end_line(false);
                self.preformatted += 1;
            }
            ("pre", true) => {
                self.end_line(false);
                self.preformatted = self.preformatted.saturating_sub(1);
            }
            ("tr", false) => {
                self.end_row();
                self.end_line(false);
                self.in_row = true;
            }
            ("tr", true) => self.end_row(),
            ("table", _) => {
                self.end_row();
                self.end_line(false);
                self.names.clear();
            }
            ("td" | "th", false) => {
                self.end_cell();
                self.heads |= name == "th";
            }
            ("td" | "th", true) => self.end_cell(),
            _ if BREAKS.contains(&name) => self.end_line(false),
            _ => {}
        }
    }

    /// Ends the line; an empty one is kept where a break says so.
    fn end_line(&mut self, empty: bool) {
        let line = std::mem::take(&mut self.line);
        let begin = self.begin.take();
        if line.trim().is_empty() && !empty {
            return;
        }
        let at = begin.or_else(|| self.written.lines().next_back().map(|_| 0)).unwrap_or(0);
        let place = if line.trim().is_empty() { self.written.lines().next_back() } else { None };
        let place = place.map(|line| (line.number, line.offset));
        let held = self.text.line_at(at).map(|line| (line.number, line.offset));
        let Some((number, offset)) = place.or(held) else { return };
        self.written.append(&Line { number, offset, text: line.trim_end(), time: None, order: 0 });
    }

    fn end_cell(&mut self) {
        if !self.in_row {
            return;
        }
        let cell = std::mem::take(&mut self.line);
        let at = self.begin.take();
        if !cell.trim().is_empty() || !self.row.is_empty() {
            let name = self.names.get(self.row.len()).cloned().unwrap_or_default();
            self.row.push(Field::new(&name, cell.trim().to_owned(), at.unwrap_or(0)));
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        self.in_row = false;
        let row = std::mem::take(&mut self.row);
        if std::mem::take(&mut self.heads) {
            self.names = row.into_iter().map(|field| field.value).collect();
            return;
        }
        let said: Vec<Field> = row.into_iter().filter(|field| !field.value.is_empty()).collect();
        if said.is_empty() {
            return;
        }
        let record = Record::of(&said, true);
        let outputs =
            record.outputs.iter().map(|(_, text)| (said.first().map_or(0, |field| field.at), text.clone()));
        for (at, shown) in record.lines.iter().cloned().chain(outputs) {
            let Some(line) = self.text.line_at(at) else { continue };
            for shown in shown.lines() {
                self.written.append(&Line { text: shown, time: record.time.or(line.time), ..line });
            }
        }
    }
}

/// A tag of an element of HTML.
struct Element {
    name: String,
    closes: bool,
    length: usize,
}

/// The tag at the beginning of a text; `None` for anything that is not one of HTML.
fn element(text: &str) -> Option<Element> {
    let inner = text.strip_prefix('<')?;
    if inner.starts_with("!DOCTYPE") || inner.starts_with("!doctype") {
        return Some(Element { name: "!".to_owned(), closes: false, length: inner.find('>')? + 2 });
    }
    let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    let length = inner.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b':').count();
    let name = inner.get(..length).filter(|name| !name.is_empty())?.to_ascii_lowercase();
    let rest = inner.get(length..)?;
    let known = BREAKS.contains(&name.as_str())
        || CELLS.contains(&name.as_str())
        || HIDDEN.contains(&name.as_str())
        || INLINE.contains(&name.as_str())
        || name.starts_with("o:");
    // A group may be called `<b>`; a tag with attributes, or in small letters, is one of HTML.
    if !known || !rest.starts_with(['>', '/', ' ', '\t', '\n', '\r']) {
        return None;
    }
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate().take(LONGEST_TAG) {
        match (quote, byte) {
            (Some(open), byte) if open == byte => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => {
                return Some(Element { name, closes, length: text.len() - rest.len() + at + 1 });
            }
            (None, b'<') => return None,
            _ => {}
        }
    }
    None
}

/// Bytes up to the end of an element that is not shown.
fn hidden(text: &str, name: &str) -> Option<usize> {
    let end = format!("</{name}");
    let mut from = 0;
    while let Some(at) = memchr::memmem::find(text.as_bytes().get(from..).unwrap_or_default(), b"</") {
        let at = from + at;
        let tag = text.get(at..at + end.len());
        if tag.is_some_and(|tag| tag.eq_ignore_ascii_case(&end)) {
            return Some(at);
        }
        from = at + 2;
    }
    None
}

/// True where a log names something in angle brackets: `Group <P> User <a> IP <192.0.2.9>`.
fn names_something(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    NAMED.iter().any(|word| before.ends_with(word))
}

/// A character reference at the beginning of a text, and its length.
pub(super) fn reference(text: &str) -> Option<(char, usize)> {
    let inner = text.strip_prefix('&')?;
    let end = inner.bytes().take(LONGEST_REFERENCE).position(|byte| byte == b';')?;
    let name = inner.get(..end)?;
    let sign = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code)?
    } else {
        REFERENCES.iter().find(|(known, _)| *known == name)?.1
    };
    Some((sign, end + 2))
}

const REFERENCES: [(&str, char); 27] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hyphen", '-'),
    ("shy", '\u{ad}'),
    ("hellip", '…'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("bull", '•'),
    ("middot", '·'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("Auml", 'Ä'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
    ("szlig", 'ß'),
    ("Tab", '\t'),
    ("NewLine", '\n'),
];
/// Elements that end a line.
const BREAKS: [&str; 28] = [
    "br",
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "tr",
    "table",
    "pre",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "html",
    "body",
    "section",
    "article",
    "tbody",
    "thead",
    "header",
    "footer",
];
/// Words in front of a name in angle brackets.
const NAMED: [&str; 8] =
    ["Group ", "User ", "IP ", "Address ", "TunnelGroup ", "GroupPolicy ", "address ", "Username "];
const CELLS: [&str; 2] = ["td", "th"];
/// Elements whose text is not shown.
const HIDDEN: [&str; 4] = ["script", "style", "head", "title"];
/// Elements within a line.
const INLINE: [&str; 28] = [
    "span", "font", "a", "b", "i", "u", "s", "em", "strong", "code", "tt", "kbd", "samp", "small", "big",
    "sub", "sup", "img", "center", "meta", "link", "col", "colgroup", "wbr", "nobr", "mark", "del", "ins",
];
/// Bytes in which the form shows.
const HEAD: usize = 256 << 10;
const LONGEST_TAG: usize = 4096;
const LONGEST_REFERENCE: usize = 12;
