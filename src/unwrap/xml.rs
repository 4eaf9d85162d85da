//! Events exported as XML: the messages of a log in elements.
//!
//! ```text
//! <event><time>2026-11-23T10:19:27Z</time><msg>%ASA-6-725006: Device failed … &lt;GP-PHONES&gt; …</msg></event>
//! <Event Time="2026-11-23T10:19:27Z" Message="%ASA-6-113005: AAA user authentication Rejected : …" />
//! ```
//! An element with others inside is a record, an element or attribute with a text alone is a field of it.
//!
//! Empty: a text that does not begin with an element, or in which no message stands in one.
//! Quirks: only a text with messages of an ASA is read so: a phone's file and a phone's pages have readers of their
//! own. Names in a log (`Group <GP>`) are escaped in XML; a text where they are not is none.
//!
//! Sources: XML 1.0, 2.4 (character data) and 4.6 (predefined entities); exports of log viewers and databases.

use super::Forms;
use super::html::reference;
use super::record::{Field, Record};
use crate::lines::{Decoded, Line};

/// The records as lines.
pub(super) fn off(text: &Decoded, forms: &mut Forms<'_>) -> Option<Decoded> {
    let whole = text.text();
    let begins = whole.trim_start().strip_prefix('<').is_some_and(|rest| {
        rest.starts_with("?xml")
            || rest.starts_with("!--")
            || rest.starts_with(|sign: char| sign.is_ascii_alphabetic())
    });
    if forms.markup || !begins || !text.has_log() {
        return None;
    }
    let mut reader = Reader { text, written: Decoded::default(), fields: Vec::new(), found: false };
    let mut at = 0;
    let mut open: Option<(&str, usize)> = None;
    while let Some(length) = memchr::memchr(b'<', whole.as_bytes().get(at..)?) {
        let tag_at = at + length;
        if let Some(data) = whole.get(tag_at..)?.strip_prefix("<![CDATA[") {
            let end = data.find("]]>")?;
            let (name, _) = open.take()?;
            reader.fields.push(Field::new(name, data.get(..end)?.to_owned(), tag_at));
            at = tag_at + 9 + end + 3;
            continue;
        }
        let inner = whole.get(tag_at + 1..)?;
        let end = end_of_tag(inner)?;
        let tag = inner.get(..end)?;
        if let Some(name) = tag.strip_prefix('/') {
            match open.take().filter(|(known, _)| *known == name.trim()) {
                Some((known, from)) => {
                    let value = plain(whole.get(from..tag_at)?);
                    reader.fields.push(Field::new(known, value, from));
                }
                None => reader.record(),
            }
        } else if !tag.starts_with(['?', '!']) {
            let closed = tag.ends_with('/');
            let tag = tag.trim_end_matches('/');
            let (name, attributes) =
                tag.split_once(|sign: char| sign.is_ascii_whitespace()).unwrap_or((tag, ""));
            let known = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_:.-".contains(&byte));
            if !known {
                return None;
            }
            // The fields of an element around this one are its own.
            reader.attributes(attributes, tag_at);
            if closed {
                reader.record();
            }
            open = (!closed).then_some((name, tag_at + 1 + end + 1));
        }
        at = tag_at + 1 + end + 1;
    }
    reader.record();
    reader.found.then_some(reader.written)
}

struct Reader<'a> {
    text: &'a Decoded,
    written: Decoded,
    fields: Vec<Field>,
    found: bool,
}

impl Reader<'_> {
    fn attributes(&mut self, text: &str, at: usize) {
        let mut rest = text;
        while let Some((name, value)) = rest.split_once('=') {
            let value = value.trim_start();
            let Some(mark) = value.chars().next().filter(|sign| ['"', '\''].contains(sign)) else { return };
            let Some((value, next)) = value.get(1..).and_then(|value| value.split_once(mark)) else { return };
            self.fields.push(Field::new(name.trim(), plain(value), at));
            rest = next;
        }
    }

    /// Ends a record.
    fn record(&mut self) {
        let fields = std::mem::take(&mut self.fields);
        let record = Record::of(&fields, false);
        if !record.messages {
            return;
        }
        self.found = true;
        for (at, shown) in &record.lines {
            let Some(line) = self.text.line_at(*at) else { continue };
            for shown in shown.lines() {
                self.written.append(&Line { text: shown.trim(), time: record.time.or(line.time), ..line });
            }
        }
    }
}

/// Where a tag ends; a `>` in an attribute's value is a part of it.
fn end_of_tag(inner: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in inner.bytes().enumerate().take(LONGEST_TAG) {
        match (quote, byte) {
            (Some(open), byte) if open == byte => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return Some(at),
            _ => {}
        }
    }
    None
}

/// Character data without its references.
fn plain(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        written.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at..).unwrap_or_default();
        let (sign, length) = reference(rest).unwrap_or(('&', 1));
        written.push(sign);
        rest = rest.get(length..).unwrap_or_default();
    }
    written.push_str(rest);
    written
}

const LONGEST_TAG: usize = 16 << 10;
