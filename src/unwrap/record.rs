//! One record of an export: which of its fields is the text, and which the time.
//!
//! ```text
//! "@timestamp":"2026-11-23T10:19:27Z","tag":"%ASA-6-725006:","message":" Device failed SSL handshake …"
//! | 722037 | Group <PHONES> User <u> IP <192.0.2.9> SVC closing connection: DPD failure. |
//! ```
//! A JSON object, a row of a table and a row of a database are such records. A message may stand in one field, twice
//! (raw and parsed: it counts once), with its tag in one field and its text in another, or with its number alone. A
//! field of many lines is an output of its own.
//!
//! Empty: a record in which nothing is a text.
//! Quirks: of a message that stands twice the one with its own time is taken. Of several times the device's goes
//! before the collector's.

use super::moment::Moment;
use super::tag;
use crate::tables::syslog_texts;
use crate::time::Stamp;

/// One field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Field {
    /// Its name in lower case, without the names around it; may be empty.
    pub name: String,
    /// Its value, decoded.
    pub value: String,
    /// The byte of the text at which it stands.
    pub at: usize,
}

/// What a record says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    /// Lines of text, each with the byte at which its field stands.
    pub lines: Vec<(usize, String)>,
    /// Whole outputs: the field's name, and the text.
    pub outputs: Vec<(String, String)>,
    /// The time beside the text.
    pub time: Option<Stamp>,
    /// It holds a message of an ASA.
    pub messages: bool,
}

impl Field {
    /// A field with a name as it is written.
    pub fn new(name: &str, value: String, at: usize) -> Self {
        let name = name.rsplit('.').next().unwrap_or_default().trim().to_lowercase();
        Self { name, value, at }
    }
}

impl Record {
    /// Reads a record. `cells` says that all fields are shown to people, as those of a table are.
    pub fn of(fields: &[Field], cells: bool) -> Self {
        let mut record = Self { time: time(fields), ..Self::default() };
        let mut texts = None;
        record.take_messages(fields);
        if record.lines.is_empty() {
            record.lines.extend(joined(fields, &mut texts));
        }
        record.messages = !record.lines.is_empty();
        if record.messages {
            // Beside messages only what a command printed is more than another form of them.
            let outputs = fields.iter().filter(|field| is_output(&field.value) && !is_logged(&field.value));
            record.outputs.extend(outputs.map(|field| (field.name.clone(), field.value.clone())));
            return record;
        }
        for field in fields {
            if field.value.trim_start().starts_with("-----BEGIN ") {
                // A certificate in text stays where it stands.
                record.lines.extend(field.value.lines().map(|line| (field.at, line.to_owned())));
            } else if field.value.trim().contains('\n') {
                record.outputs.push((field.name.clone(), field.value.clone()));
            }
        }
        if !record.outputs.is_empty() || !record.lines.is_empty() {
            return record;
        }
        if let Some(text) = texts.get_or_insert_with(|| Texts::of(fields)).named() {
            record.lines.push((text.at, text.value.trim_end().to_owned()));
        } else if cells && !fields.iter().any(|field| TEXTS.contains(&field.name.as_str())) {
            let said = fields.iter().filter(|field| !field.value.trim().is_empty());
            let at = fields.first().map_or(0, |field| field.at);
            let texts: Vec<&str> = said.map(|field| field.value.trim()).collect();
            record.lines.push((at, texts.join("\t")));
        }
        record
    }

    /// Messages that stand whole in a field, each once.
    fn take_messages(&mut self, fields: &[Field]) {
        let mut found: Vec<Message<'_>> = Vec::new();
        for field in fields.iter().filter(|field| field.value.contains('%') && !is_output(&field.value)) {
            for line in field.value.lines() {
                let Some(message) = Message::of(field.at, line) else { continue };
                if found.len() >= MOST_MESSAGES {
                    break;
                }
                match found.iter_mut().find(|known| known.field != field.at && known.is_same(&message)) {
                    Some(known) if message.timed && !known.timed => *known = message,
                    Some(_) => {}
                    None => found.push(message),
                }
            }
        }
        self.lines.extend(found.into_iter().map(|message| (message.field, message.line.to_owned())));
    }
}

/// Many lines of which not all are messages: what a command printed.
fn is_output(value: &str) -> bool {
    let lines = || value.lines().filter(|line| !line.trim().is_empty());
    let logged = lines().filter(|line| tag::next_tag(line, 0).is_some()).count();
    lines().count() > 1 && logged * 10 < lines().count() * 9
}

/// Messages are among the lines.
fn is_logged(value: &str) -> bool {
    value.lines().take(MOST_MESSAGES).any(|line| tag::next_tag(line, 0).is_some()) && !value.contains("show ")
}

/// A message in a field.
struct Message<'a> {
    field: usize,
    line: &'a str,
    id: u32,
    text: &'a str,
    timed: bool,
}

impl<'a> Message<'a> {
    fn of(field: usize, line: &'a str) -> Option<Self> {
        let (start, tag) = tag::next_tag(line, 0)?;
        let text = line.get(tag.end..)?.trim();
        let before = line.get(..start)?;
        let timed = Moment::last_in(before).is_some();
        // `msg=%ASA-…`: the name of a field is none of the message's words.
        let named = before.ends_with('=') && !before.trim_start().contains(' ');
        let line = if named { line.get(start..)? } else { line };
        (!text.is_empty() && before.len() <= LONGEST_HEADER).then(|| Self {
            field,
            line: line.trim(),
            id: tag.id,
            text,
            timed,
        })
    }

    fn is_same(&self, other: &Self) -> bool {
        self.id == other.id && (self.text.contains(other.text) || other.text.contains(self.text))
    }
}

/// Tag or number in one field, text in another.
fn joined<'a>(fields: &'a [Field], texts: &mut Option<Texts<'a>>) -> Option<(usize, String)> {
    for (place, field) in fields.iter().enumerate() {
        let value = field.value.trim();
        let tagged = tag::next_tag(value, 0).is_some_and(|(start, tag)| {
            start <= LONGEST_HEADER && value.get(tag.end..).is_some_and(|rest| rest.trim().is_empty())
        });
        let id = number(value);
        if !tagged && id.is_none() {
            continue;
        }
        let Some(text) = texts.get_or_insert_with(|| Texts::of(fields)).beside(place) else { continue };
        if tagged {
            return Some((text.at, format!("{}: {}", value.trim_end_matches(':'), text.value.trim())));
        }
        if let Some(id) = id.filter(|id| syslog_texts::fits(*id, text.value.trim())) {
            return Some((text.at, format!("%ASA-{id:06}: {}", text.value.trim())));
        }
    }
    None
}

/// The six digits of a message's id.
pub(super) fn number(value: &str) -> Option<u32> {
    let value = value.strip_prefix("ASA-").unwrap_or(value);
    (value.len() == 6 && value.bytes().all(|byte| byte.is_ascii_digit())).then(|| value.parse().ok())?
}

/// The fields of a record that may be its text, looked for once: a record may have thousands of numbers, and each asks.
#[derive(Debug, Default)]
struct Texts<'a> {
    /// The first two by their names, each with its place: one of them may be what asks.
    named: Vec<(usize, usize, &'a Field)>,
    /// The two longest.
    longest: Vec<(usize, usize, &'a Field)>,
}

impl<'a> Texts<'a> {
    fn of(fields: &'a [Field]) -> Self {
        let mut texts = Self::default();
        for (place, field) in fields.iter().enumerate() {
            if field.value.trim().is_empty()
                || tag::next_tag(&field.value, 0).is_some()
                || Moment::of(&field.value).is_some()
            {
                continue;
            }
            if let Some(rank) = TEXTS.iter().position(|name| field.name == *name) {
                Self::keep(&mut texts.named, (rank, place, field));
            }
            Self::keep(&mut texts.longest, (usize::MAX - field.value.len(), place, field));
        }
        texts
    }

    /// Keeps the two that come first.
    fn keep(best: &mut Vec<(usize, usize, &'a Field)>, next: (usize, usize, &'a Field)) {
        best.push(next);
        best.sort_by_key(|(rank, place, _)| (*rank, *place));
        best.truncate(2);
    }

    /// The field that is the text by its name.
    fn named(&self) -> Option<&'a Field> {
        self.named.first().map(|(_, _, field)| *field)
    }

    /// The text beside a tag or number: by its name, or the longest.
    fn beside(&self, tag: usize) -> Option<&'a Field> {
        let mut best = self.named.iter().chain(&self.longest);
        best.find(|(_, place, _)| *place != tag).map(|(_, _, field)| *field)
    }
}

/// The time of a record: the device's before the collector's, a date and a clock from two fields.
fn time(fields: &[Field]) -> Option<Stamp> {
    let rank = |name: &str| {
        if LATER.iter().any(|word| name.contains(word)) {
            2
        } else {
            u8::from(!EARLIER.iter().any(|word| name.contains(word)))
        }
    };
    let mut best: Option<(u8, Moment)> = None;
    for field in fields {
        // A number is a time where its field says so, or where nothing says what it is.
        let numeric = field.value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let named = field.name.is_empty() || TIMES.iter().any(|word| field.name.contains(word));
        if numeric && !named {
            continue;
        }
        let Some(moment) = Moment::of(&field.value) else { continue };
        best = Some(match best {
            Some((known, before))
                if before.lacks_clock() != moment.lacks_clock()
                    && before.lacks_day() != moment.lacks_day() =>
            {
                (known, before.with(moment))
            }
            Some((known, before)) if known <= rank(&field.name) && !before.lacks_clock() => (known, before),
            _ => (rank(&field.name), moment),
        });
    }
    // A header may stand whole in the first field: `<166>Feb 03 2026 06:12:01 collector LEEF:1.0`.
    let header = || {
        fields
            .first()
            .filter(|field| field.value.len() <= LONGEST_HEADER && tag::next_tag(&field.value, 0).is_none())
    };
    let in_header = || Moment::last_in(&header()?.value).filter(|moment| !moment.lacks_day());
    best.map(|(_, moment)| moment).or_else(in_header).and_then(|moment| moment.stamp())
}

/// Names of the field that is the text, the surest first.
const TEXTS: [&str; 26] = [
    "_raw",
    "rawmsg",
    "original",
    "raw",
    "raw_message",
    "message",
    "msg",
    "syslogmessage",
    "syslog_message",
    "msgtext",
    "full_message",
    "short_message",
    "log",
    "text",
    "textpayload",
    "config",
    "output",
    "line",
    "rawdata",
    "payload",
    "body",
    "content",
    "data",
    "nachricht",
    "meldung",
    "description",
];
/// Words in the names of times.
const TIMES: [&str; 7] = ["time", "date", "stamp", "ts", "epoch", "zeit", "datum"];
/// Words in the names of times that the device gave.
const EARLIER: [&str; 5] = ["report", "device", "event", "origin", "syslog"];
/// Words in the names of times that the collector gave.
const LATER: [&str; 5] = ["receiv", "generated", "ingest", "index", "insert"];
/// Messages of one record.
const MOST_MESSAGES: usize = 10_000;
/// Bytes before a tag.
const LONGEST_HEADER: usize = 300;
