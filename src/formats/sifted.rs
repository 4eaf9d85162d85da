//! Lines that were taken out of other files, each with its place there: what `vpn-phone-doctor sift --places` writes.
//!
//! ```text
//! {"file":"asa.log","line":812,"byte":90211,"text":"Nov 23 2026 10:19:27 vpn : %ASA-6-725006: Device failed …"}
//! {"file":"capture.pcap","byte":0,"data":"1MOyoQIABAA…"}
//! {"file":"gone.log","byte":0,"error":"It cannot be opened: …"}
//! ```
//! The rows of one file are one input inside, and what is cited of it is cited as it stood in that file. A row without a
//! line holds bytes that follow those of the row before.
//!
//! Empty: no row.
//! Quirks: a row that is no row costs itself. A file whose rows do not stand together is an input for each part.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::formats::{Claim, Format, How, Loss, Member, Parsed, Sample, Share, Sink, Unpack};
use crate::input::{InputState, Kind, Note};
use crate::limits::Limits;
use crate::lines::{Line, LineFeed};
use crate::source::LineRun;
use crate::text::{Class, Text};

/// The format.
pub const FORMAT: Format = Format { name: "sifted", recognise, most: 100, read: How::Unpacked(start) };

/// A row, without what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The file that it was taken out of.
    pub file: String,
    /// The 1-based line that begins with it.
    pub line: Option<u32>,
    /// The 0-based byte at which it stands.
    pub byte: u64,
}

/// Reads a row, and hands back what else its JSON holds.
pub fn row(text: &str) -> Option<(Row, Value)> {
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
    let file = value.get("file")?.as_str()?.to_owned();
    let line = value.get("line").and_then(Value::as_u64).and_then(|line| u32::try_from(line).ok());
    let byte = value.get("byte")?.as_u64()?;
    Some((Row { file, line, byte }, value))
}

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    let first = sample.text.lines().next().filter(|line| line.text.contains("\"file\""))?;
    let (_, value) = row(first.text)?;
    let holds = ["text", "data", "error"].iter().any(|key| value.get(key).is_some_and(Value::is_string));
    holds.then_some(Claim { kind: Kind::Archive, strength: 100, because: BECAUSE, share: Share::Alone })
}

fn start(_sample: &Sample<'_>, limits: &Limits) -> Box<dyn Unpack> {
    Box::new(Reader { feed: LineFeed::new(limits.line.max(LONGEST_ROW)), rows: Rows::default() })
}

struct Reader {
    feed: LineFeed,
    rows: Rows,
}

impl Unpack for Reader {
    fn push(&mut self, chunk: &[u8], sink: &mut dyn Sink) {
        let Self { feed, rows } = self;
        feed.push(chunk, &mut |line| rows.take(&line, sink));
    }

    fn wants_more(&self) -> bool {
        true
    }

    fn finish(mut self: Box<Self>, sink: &mut dyn Sink) -> Parsed {
        let Self { feed, rows } = &mut *self;
        feed.finish(&mut |line| rows.take(&line, sink));
        sink.close();
        let notes = std::mem::take(&mut rows.notes);
        let state = if notes.is_empty() { InputState::Read } else { InputState::PartlyRead };
        Parsed { notes, state, lines: Some(feed.lines()), ..Parsed::default() }
    }
}

/// What came so far.
#[derive(Default)]
struct Rows {
    /// The file whose rows come.
    file: Option<String>,
    /// Somebody reads it.
    open: bool,
    /// Lines of it that came, and bytes.
    lines: u32,
    bytes: u64,
    /// The last place that was told.
    run: Option<(LineRun, u64)>,
    notes: Vec<Note>,
}

impl Rows {
    fn take(&mut self, line: &Line<'_>, sink: &mut dyn Sink) {
        if line.text.trim().is_empty() {
            return;
        }
        let Some((row, value)) = row(line.text) else {
            self.notes.push(Note::line(line.number, DAMAGED));
            return;
        };
        if self.file.as_deref() != Some(row.file.as_str()) {
            sink.close();
            let member = Member { name: row.file.clone(), stood_alone: true, ..Member::default() };
            let notes = std::mem::take(&mut self.notes);
            *self = Self { file: Some(row.file.clone()), open: sink.open(member), notes, ..Self::default() };
        }
        let held = |key: &str| value.get(key).and_then(Value::as_str);
        if let Some(error) = held("error") {
            sink.say(Note::whole(UNREADABLE.with("error", Class::Words, error)), Loss::Everything);
            return;
        }
        let bytes: Cow<'_, [u8]> = match (held("text"), held("data")) {
            (Some(text), _) => Cow::Borrowed(text.as_bytes()),
            (None, Some(data)) => match STANDARD.decode(data) {
                Ok(data) => Cow::Owned(data),
                Err(_) => return self.notes.push(Note::line(line.number, DAMAGED)),
            },
            (None, None) => return self.notes.push(Note::line(line.number, DAMAGED)),
        };
        if !self.open {
            return;
        }
        self.place(&row, sink);
        self.push(&bytes, sink);
        if held("text").is_some() && value.get("unended").is_none() {
            self.push(b"\n", sink);
        }
    }

    /// Says where the next line stood, where that does not follow from the lines before.
    fn place(&mut self, row: &Row, sink: &mut dyn Sink) {
        let Some(holder_line) = row.line else { return };
        let run = LineRun { line: self.lines.saturating_add(1), holder_line, holder_byte: row.byte };
        let follows = self.run.is_some_and(|(last, bytes)| {
            holder_line.checked_sub(last.holder_line) == Some(run.line.saturating_sub(last.line))
                && row.byte.checked_sub(last.holder_byte) == Some(self.bytes.saturating_sub(bytes))
        });
        if !follows {
            self.run = Some((run, self.bytes));
            sink.place(run);
        }
    }

    fn push(&mut self, bytes: &[u8], sink: &mut dyn Sink) {
        let ends = memchr::memchr_iter(b'\n', bytes).count();
        self.lines = self.lines.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
        self.bytes = self.bytes.saturating_add(bytes.len() as u64);
        sink.push(bytes);
    }
}

/// Rows are written shorter than this.
const LONGEST_ROW: usize = 64 << 10;

const BECAUSE: Text =
    Text::fixed("lines with the files that they stood in", "Zeilen mit den Dateien, in denen sie standen");
const DAMAGED: Text = Text::fixed(
    "This row is damaged or cut off, and was left out. Sift the file anew.",
    "Diese Zeile ist beschädigt oder abgeschnitten und wurde weggelassen. Sieben Sie die Datei noch einmal.",
);
const UNREADABLE: Text = Text::fixed(
    "It could not be read when it was sifted: {error}",
    "Beim Sieben ließ es sich nicht lesen: {error}",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::Content;
    use crate::intake::{self, Reading};

    const ROWS: &str = r#"{"file":"asa.log","line":812,"byte":90211,"text":"Nov 23 2026 10:19:27 vpn : %ASA-6-725001: Starting SSL handshake with client outside:192.0.2.9/50091 for TLSv1 session."}
{"file":"asa.log","line":900,"byte":99000,"text":"Nov 23 2026 10:19:28 vpn : %ASA-6-725006: Device failed SSL handshake with client outside:192.0.2.9/50091"}
{"file":"latin.txt","byte":0,"data":"R3L832UK"}
{"file":"gone.log","byte":0,"error":"It cannot be opened."}
"#;

    fn read(text: &str, chunk: usize, limits: &Limits) -> Reading {
        let mut intake = intake::Intake::new("x", text.len() as u64, limits);
        text.as_bytes().chunks(chunk).for_each(|chunk| intake.push(chunk));
        intake.finish()
    }

    fn places(reading: &Reading) -> Vec<(u32, u64)> {
        let logs = reading.documents.iter().filter_map(|document| match &document.content {
            Content::AsaSyslog(log) => Some(log),
            _ => None,
        });
        logs.flat_map(|log| log.events.iter().map(|event| (event.at.line, event.at.offset))).collect()
    }

    #[test]
    fn lines_are_cited_as_they_stood_in_their_files() {
        let whole = Limits::default();
        // The first row has to be in the head, and the lines of the log are too many to be held.
        let streamed = Limits { whole: 200, head: 200, ..Limits::default() };
        for (limits, chunk) in [(&whole, 1), (&whole, 7), (&whole, 10_000), (&streamed, 1), (&streamed, 7)] {
            let reading = read(ROWS, chunk, limits);
            let names: Vec<&str> = reading.inputs.iter().map(|input| input.name.as_str()).collect();
            assert_eq!(names, ["x", "asa.log", "latin.txt", "gone.log"], "{chunk}");
            assert_eq!(places(&reading), [(812, 90_211), (900, 99_000)], "{chunk}");
            assert_eq!(reading.inputs[1].lines, Some(2));
            assert_eq!((reading.inputs[2].bytes, reading.inputs[3].state), (6, InputState::Refused));
        }
    }

    #[test]
    fn a_damaged_row_costs_itself() {
        let (first, rest) = ROWS.split_once('\n').unwrap();
        for bad in [
            "{\"file\":\"asa.log\",\"line\":8",
            "nonsense",
            "{}",
            "{\"file\":\"asa.log\",\"byte\":1,\"data\":\"?\"}",
        ] {
            let reading = read(&format!("{first}\n{bad}\n{rest}"), 100, &Limits::default());
            assert_eq!(places(&reading).len(), 2, "{bad}");
            assert_eq!(reading.inputs[0].state, InputState::PartlyRead);
            assert_eq!(reading.inputs[0].notes[0].line, Some(2));
        }
    }

    #[test]
    fn other_json_is_none() {
        for text in [
            "{\"file\":\"x\",\"line\":1}\n",
            "{\"file\":3,\"byte\":1,\"text\":\"x\"}\n",
            "{\"log\":\"%ASA-6-725006: Device failed SSL handshake with client outside:192.0.2.9/50091\"}\n",
            "",
        ] {
            assert_ne!(read(text, 100, &Limits::default()).inputs[0].kind, Kind::Archive, "{text}");
        }
    }
}
