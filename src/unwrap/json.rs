//! JSON: records of log collectors, and documents that hold whole outputs as strings.
//!
//! ```text
//! {"log":"\u003c166\u003eNov 23 2026 10:19:27: %ASA-6-725006: …\n","time":"2026-11-23T10:19:27.000000001Z"}
//! {"stdout": ["Cisco Adaptive Security Appliance Software Version 9.1(7)\n…", ": Saved\n:\n…"]}
//! {"hits":{"hits":[{"_source":{"message":"…"}}]}}
//! ```
//! A record is an object at the top or in a list; objects inside it are a part of it. A string with many lines is an
//! output of its own, a list of short strings are lines. Text in front of an object stays (`ok: [asa] => {`).
//!
//! Empty: a text in which no object holds a text of more than a word.
//! Quirks: read in one pass with a stack, never by recursion. A document that was cut off is read as far as it goes,
//! and a note says so. `stdout_lines` repeats `stdout`.
//!
//! Sources: RFC 8259; Ansible, `cisco.asa.asa_command`; ASA REST API, `/api/cli`; Docker json-file; Loki, Elastic
//! and Graylog exports.

use super::moment::Moment;
use super::record::{Field, Record};
use super::{Forms, Inside, tag};
use crate::input::Note;
use crate::lines::{Decoded, Line};
use crate::text::Text;

/// The texts that the objects hold.
pub(super) fn off(text: &Decoded, forms: &mut Forms<'_>) -> Option<Decoded> {
    if !is_json(text) {
        return None;
    }
    let mut reader = Reader {
        text,
        whole: text.text(),
        at: 0,
        stack: Vec::new(),
        records: Vec::new(),
        commands: Vec::new(),
        skipped: None,
        written: Decoded::default(),
        inside: Vec::new(),
        found: false,
    };
    let cut = reader.read();
    if !reader.found {
        return None;
    }
    if cut {
        let line = text.line_at(text.text().len().saturating_sub(1)).map_or(0, |line| line.number);
        forms.notes.push(Note::line(line, CUT));
    }
    forms.inside.append(&mut reader.inside);
    Some(reader.written)
}

/// Looks at the lines that tell: the first ones.
fn is_json(text: &Decoded) -> bool {
    let head = || text.lines().filter(|line| !line.text.trim().is_empty()).take(HEAD_LINES);
    let Some(first) = head().next() else { return false };
    let first = first.text.trim_start();
    let begins = first.starts_with('{')
        || ["[{", "[\"", "["]
            .iter()
            .any(|start| first == *start || start.len() > 1 && first.starts_with(start));
    let objects = head().filter(|line| object_in(line.text).is_some()).count();
    begins || objects * 2 >= head().count() || head().any(|line| line.text.trim_end().ends_with("=> {"))
}

/// Where an object begins in a line that has something before it.
fn object_in(line: &str) -> Option<usize> {
    let whole = line.trim_start();
    let indent = line.len() - whole.len();
    if whole.starts_with(['{', '[']) {
        return Some(indent);
    }
    // In one pass that ends at the first: a line may hold thousands of objects, and is looked at behind each.
    let starts = |at: &usize| {
        let rest = line.get(*at..).unwrap_or_default();
        ["{\"", "{ \"", "[{"].iter().any(|start| rest.starts_with(start))
    };
    memchr::memchr2_iter(b'{', b'[', line.as_bytes())
        .find(starts)
        .or_else(|| line.trim_end().strip_suffix('{').filter(|before| before.ends_with("=> ")).map(str::len))
}

struct Reader<'a> {
    text: &'a Decoded,
    whole: &'a str,
    at: usize,
    stack: Vec<Level>,
    records: Vec<Vec<Field>>,
    /// Commands that the document names before their outputs.
    commands: Vec<String>,
    /// Depth of a list that repeats another.
    skipped: Option<usize>,
    written: Decoded,
    inside: Vec<Inside>,
    found: bool,
}

/// An open object or list.
struct Level {
    list: bool,
    /// The name under which it stands, or the name under way in an object.
    name: String,
    key: String,
    /// It began a record.
    record: bool,
    strings: Vec<(usize, String)>,
    stdout: bool,
}

/// What went wrong.
enum Stop {
    /// The text ended.
    End,
    /// Something else stood there.
    Wrong,
}

impl Reader<'_> {
    /// Reads everything; true where a document was cut off.
    fn read(&mut self) -> bool {
        let (mut line_start, mut line_end) = (0, 0);
        while let Some(line) = self.text.line_at(line_start).filter(|_| line_start < self.whole.len()) {
            let rest = self.whole.get(line_start..).unwrap_or_default();
            line_end = self.line_end(line_start, line_end);
            let shown = self.whole.get(line_start..line_end).unwrap_or_default();
            let Some(from) = object_in(shown) else {
                if !["]", "},", "}", ",", "],"].contains(&shown.trim()) {
                    self.written.append(&Line { text: shown, ..line });
                }
                line_start += shown.len() + 1;
                continue;
            };
            let before = shown.get(..from).unwrap_or_default();
            self.at = line_start + from;
            let time = Moment::last_in(before).and_then(|moment| moment.stamp());
            match self.value() {
                Ok(()) => self.close_all(),
                Err(Stop::End) => {
                    self.close_all();
                    return true;
                }
                Err(Stop::Wrong) => {
                    // What is no JSON after all stays as it is, and is not told a second time.
                    self.stack.clear();
                    self.records.clear();
                    self.skipped = None;
                    let end = self
                        .whole
                        .get(line_start..self.at.max(line_start))
                        .map_or(0, |text| text.matches('\n').count());
                    let mut start = line_start;
                    for shown in rest.lines().take(end + 1) {
                        if let Some(line) = self.text.line_at(start) {
                            self.written.append(&Line { text: shown, time: line.time.or(time), ..line });
                        }
                        start += shown.len() + 1;
                    }
                    line_start = start;
                    continue;
                }
            }
            // Another document may follow on the same line.
            line_end = self.line_end(self.at, line_end);
            let more = self.whole.get(self.at..line_end).unwrap_or_default();
            line_start = if object_in(more).is_some() { self.at } else { self.at + more.len() + 1 };
        }
        false
    }

    /// Where the line of a byte ends, if it does not end where the last one did.
    fn line_end(&self, at: usize, last: usize) -> usize {
        if at < last {
            return last;
        }
        let rest = self.whole.as_bytes().get(at..).unwrap_or_default();
        at + memchr::memchr(b'\n', rest).unwrap_or(rest.len())
    }

    /// One value with everything in it.
    fn value(&mut self) -> Result<(), Stop> {
        loop {
            self.blanks();
            let start = self.at;
            let sign = self.peek().ok_or(Stop::End)?;
            match sign {
                b'{' | b'[' => {
                    self.at += 1;
                    self.open(sign == b'[')?;
                    continue;
                }
                b'}' | b']' => {
                    let level = self.stack.last().ok_or(Stop::Wrong)?;
                    if level.list != (sign == b']') {
                        return Err(Stop::Wrong);
                    }
                    self.at += 1;
                    self.close();
                }
                b',' => {
                    self.at += 1;
                    if self.stack.is_empty() {
                        return Ok(());
                    }
                    continue;
                }
                b'"' => {
                    let string = self.string()?;
                    self.blanks();
                    let in_object = self.stack.last().is_some_and(|level| !level.list);
                    if in_object && self.peek() == Some(b':') {
                        self.at += 1;
                        if let Some(level) = self.stack.last_mut() {
                            level.key = string;
                        }
                        continue;
                    }
                    self.take_string(start, string);
                }
                _ => {
                    let rest = self.whole.get(start..).unwrap_or_default();
                    let length = rest.find([',', '}', ']', '\n', ' ', '\r']).unwrap_or(rest.len());
                    let word = rest.get(..length).unwrap_or_default();
                    let known = matches!(word, "true" | "false" | "null")
                        || word.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
                    if word.is_empty() || !known || self.stack.is_empty() {
                        return Err(Stop::Wrong);
                    }
                    self.at += length;
                    if word != "null" {
                        self.take_word(start, word.to_owned());
                    }
                }
            }
            if self.stack.is_empty() {
                return Ok(());
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.whole.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// A string, decoded.
    fn string(&mut self) -> Result<String, Stop> {
        let bytes = self.whole.as_bytes();
        let start = self.at + 1;
        let mut end = start;
        loop {
            let rest = bytes.get(end..).ok_or(Stop::End)?;
            end += memchr::memchr2(b'"', b'\\', rest).ok_or(Stop::End)?;
            if bytes.get(end) == Some(&b'"') {
                break;
            }
            end += 2;
        }
        self.at = end + 1;
        let written = self.whole.get(start..end).ok_or(Stop::Wrong)?;
        Ok(unescaped(written))
    }

    fn open(&mut self, list: bool) -> Result<(), Stop> {
        if self.stack.len() >= DEPTH {
            return Err(Stop::Wrong);
        }
        let parent = self.stack.last();
        let in_list = parent.is_none_or(|level| level.list);
        let name = parent.map(|level| if level.list { level.name.clone() } else { level.key.clone() });
        let name = name.unwrap_or_default();
        if list
            && name == "stdout_lines"
            && parent.is_some_and(|level| level.stdout)
            && self.skipped.is_none()
        {
            self.skipped = Some(self.stack.len());
        }
        // A list of records is none itself; a list in a list may be one.
        let record = in_list && !list;
        if record {
            self.records.push(Vec::new());
        }
        self.stack.push(Level { list, name, key: String::new(), record, strings: Vec::new(), stdout: false });
        Ok(())
    }

    fn take_string(&mut self, at: usize, string: String) {
        if self.skipped.is_some() {
            return;
        }
        let Some(level) = self.stack.last_mut() else { return };
        if level.list {
            level.strings.push((at, string));
            return;
        }
        level.stdout |= level.key == "stdout" && !string.trim().is_empty();
        let name = level.key.clone();
        self.field(&name, at, string);
    }

    fn take_word(&mut self, at: usize, word: String) {
        let Some(level) = self.stack.last_mut().filter(|_| self.skipped.is_none()) else { return };
        if level.list {
            level.strings.push((at, word));
        } else {
            let name = level.key.clone();
            self.field(&name, at, word);
        }
    }

    fn field(&mut self, name: &str, at: usize, value: String) {
        if let Some(record) = self.records.last_mut().filter(|record| record.len() < MOST_FIELDS) {
            record.push(Field::new(name, value, at));
        }
    }

    fn close_all(&mut self) {
        while !self.stack.is_empty() {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(level) = self.stack.pop() else { return };
        if self.skipped == Some(self.stack.len()) {
            self.skipped = None;
        }
        if level.list {
            self.close_list(level);
        } else if level.record
            && let Some(fields) = self.records.pop()
        {
            self.finish(&fields);
        }
    }

    fn close_list(&mut self, level: Level) {
        if level.strings.is_empty() {
            return;
        }
        if level.name == "commands" || level.name == "command" {
            self.commands = level.strings.into_iter().map(|(_, command)| command).collect();
            return;
        }
        if let Some(parent) = self.stack.last_mut() {
            parent.stdout |= parent.key == "stdout";
        }
        let nested = self.stack.last().is_some_and(|parent| parent.list);
        let many = level.strings.iter().any(|(_, text)| text.trim().contains('\n'));
        if many {
            let commands = std::mem::take(&mut self.commands);
            let known = commands.len() == level.strings.len();
            for (place, (_, text)) in level.strings.into_iter().enumerate() {
                if !text.trim().is_empty() {
                    let command = commands.get(place).filter(|_| known).cloned();
                    let name = command.clone().unwrap_or_else(|| format!("{}[{place}]", level.name));
                    self.output(name, command, text, false);
                }
            }
            return;
        }
        let timed = level.strings.first().is_some_and(|(_, text)| Moment::of(text).is_some());
        if nested && level.strings.len() <= 3 && timed {
            let fields: Vec<Field> =
                level.strings.into_iter().map(|(at, text)| Field::new("", text, at)).collect();
            self.finish(&fields);
        } else if nested && level.strings.len() > 3 {
            let texts: Vec<String> = level.strings.into_iter().map(|(_, text)| text).collect();
            self.output(level.name, None, texts.join("\n"), false);
        } else if level.strings.len() < LIST_OF_LINES
            || !level.strings.iter().any(|(_, text)| text.contains(' '))
        {
            for (at, text) in level.strings {
                self.field(&level.name, at, text);
            }
            if self.records.is_empty() {
                self.found = false;
            }
        } else {
            for (at, text) in level.strings {
                self.line(at, &text, None);
            }
            self.found = true;
        }
    }

    fn finish(&mut self, fields: &[Field]) {
        let record = Record::of(fields, false);
        for (at, text) in &record.lines {
            self.line(*at, text, record.time);
            self.found |= record.messages || text.contains(' ') || tag::next_tag(text, 0).is_some();
        }
        for (name, text) in record.outputs {
            let said = fields.iter().find(|field| matches!(field.name.as_str(), "command" | "cmd" | "cli"));
            let said = said.map(|field| field.value.clone()).or_else(|| {
                // The output may stand under its command.
                Some(name.clone()).filter(|name| name.starts_with("sh"))
            });
            let one = self.commands.first().filter(|_| self.commands.len() == 1).cloned();
            let command = one.or(said.filter(|command| command.contains(' ')));
            self.output(command.clone().unwrap_or(name), command, text, true);
        }
    }

    fn line(&mut self, at: usize, text: &str, time: Option<crate::time::Stamp>) {
        let Some(line) = self.text.line_at(at) else { return };
        for text in text.lines() {
            self.written.append(&Line { text, time: time.or(line.time), ..line });
        }
    }

    fn output(&mut self, name: String, command: Option<String>, text: String, field: bool) {
        self.found = true;
        let field = field && command.is_none();
        self.inside.push(Inside { name, command, bytes: text.into_bytes(), field });
    }
}

/// A string without its escapes.
pub(super) fn unescaped(written: &str) -> String {
    if !written.contains('\\') {
        return written.to_owned();
    }
    let mut text = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(at) = rest.find('\\') {
        text.push_str(rest.get(..at).unwrap_or_default());
        let mut signs = rest.get(at + 1..).unwrap_or_default().chars();
        match signs.next() {
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some('b') => text.push('\u{8}'),
            Some('f') => text.push('\u{c}'),
            Some('u') => {
                let unit = |from: &str| from.get(..4).and_then(|hex| u16::from_str_radix(hex, 16).ok());
                let after = signs.as_str();
                let first = unit(after);
                let second = after.get(4..).and_then(|rest| rest.strip_prefix("\\u")).and_then(unit);
                let units =
                    [first, second.filter(|_| first.is_some_and(|unit| (0xd800..0xdc00).contains(&unit)))];
                let decoded = char::decode_utf16(units.into_iter().flatten()).next();
                text.push(decoded.and_then(Result::ok).unwrap_or(char::REPLACEMENT_CHARACTER));
                let taken = if units.iter().flatten().count() == 2 { 10 } else { 4 };
                signs = after.get(taken..).unwrap_or_default().chars();
            }
            Some(other) => text.push(other),
            None => {}
        }
        rest = signs.as_str();
    }
    text.push_str(rest);
    text
}

/// Lines in which the form shows.
const HEAD_LINES: usize = 40;
/// Objects and lists in one another.
const DEPTH: usize = 256;
/// Fields of one record.
const MOST_FIELDS: usize = 4096;
/// A list of fewer strings is a field.
const LIST_OF_LINES: usize = 5;

const CUT: Text = Text::fixed(
    "The JSON document is cut off here. What stands before the cut was read; export it again for the rest.",
    "Das JSON-Dokument ist hier abgeschnitten. Was davor steht, wurde gelesen; exportieren Sie es für den Rest noch einmal.",
);
