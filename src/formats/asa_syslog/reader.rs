//! The stream: lines in, counts and events out.

use std::ops::Range;

use scan::{Counter, Run};

use super::aside;
use super::event::Pending;
use super::header::{self, Header, Recent, Shape};
use super::kept::{Kept, Open};
use super::messages::path;
use super::rows::MOST_ROWS;
use super::tag::{self, TaggedMessage, Wrapping};
use super::wrap::{self, Join};
use crate::documents::Content;
use crate::formats::{Parsed, Stream};
use crate::input::{InputState, Note};
use crate::limits::Limits;
use crate::lines::{Line, LineFeed};
use crate::source::{At, Located};
use crate::tables::syslog_ids;
use crate::text::Text;
use crate::time::Stamp;
use crate::unwrap::moment::Moment;

/// Reads a log of any size.
pub(super) struct Reader {
    feed: LineFeed,
    log: Log,
    /// Where lines of the last chunk were passed over.
    passed: Vec<Range<usize>>,
}

impl Reader {
    pub fn new(limits: &Limits) -> Self {
        Self::with_batch(limits, aside::BATCH)
    }

    /// A reader that hands so many messages at a time to another thread.
    pub fn with_batch(limits: &Limits, batch: usize) -> Self {
        let line = limits.line.saturating_mul(EXPORT_LINE);
        Self { feed: LineFeed::new(line), log: Log::new(limits, line, batch), passed: Vec::new() }
    }
}

impl Stream for Reader {
    fn push(&mut self, chunk: &[u8]) {
        let Self { feed, log, passed } = self;
        passed.clear();
        let mut rest = chunk;
        while !rest.is_empty() {
            if feed.is_at_line_start() {
                let run = log.pass_over(rest, feed.next_number(), feed.next_offset());
                feed.pass_over(run.lines, run.bytes);
                if run.lines > 0 {
                    let begin = chunk.len() - rest.len();
                    passed.push(begin..begin + run.bytes);
                }
                rest = rest.get(run.bytes..).unwrap_or_default();
            }
            let (line, behind) = rest.split_at_checked(feed.to_line_end(rest)).unwrap_or((rest, &[]));
            feed.push(line, &mut |line| log.take(line));
            rest = behind;
        }
    }

    fn passed_over(&self) -> &[Range<usize>] {
        &self.passed
    }

    fn line(&mut self, line: Line<'_>) {
        self.log.take(line);
    }

    fn finish(self: Box<Self>) -> Parsed {
        let Self { mut feed, mut log, .. } = *self;
        feed.finish(&mut |line| log.take(line));
        log.kept.close();
        let last = header::scan(&log.last_header).and_then(|header| header.stamp());
        let Log { limits, kept, counter, last_beside, .. } = log;
        let mut syslog = kept.finish();
        syslog.by_id.extend(counter.counts());
        syslog.last = last.or(last_beside);
        let mut notes = Vec::new();
        let dropped = syslog.events_dropped;
        if dropped > 0 {
            notes
                .push(Note::whole(MESSAGES_AFTER.number("dropped", dropped).number("events", limits.events)));
        }
        if syslog.phones.full {
            notes.push(Note::whole(TOO_MANY_PHONES.number("most", MOST_ROWS)));
        }
        if feed.long_lines() > 0 {
            let long = feed.long_lines();
            notes.push(Note::whole(
                Text::fixed(
                    "{long} very long lines were cut.",
                    "{long} sehr lange Zeilen wurden abgeschnitten.",
                )
                .number("long", long),
            ));
        }
        if syslog.messages == 0 && syslog.buffer_level.is_none() {
            return Parsed::default();
        }
        let state = if notes.is_empty() { InputState::Read } else { InputState::PartlyRead };
        let documents = vec![Content::AsaSyslog(syslog)];
        Parsed { documents, notes, state, lines: Some(feed.lines()), ..Parsed::default() }
    }
}

/// What is known so far.
struct Log {
    limits: Limits,
    kept: Kept,
    /// The header of the line before.
    recent: Recent,
    /// The last header that has a time. Only the last one of all is worth reading.
    last_header: String,
    /// The time that stood beside the last message.
    last_beside: Option<Stamp>,
    /// The id of the last message.
    last_id: u32,
    /// Counts messages by their ids, and passes over those that are not read.
    counter: Counter,
}

impl Log {
    /// A log whose lines have at most `longest` bytes.
    fn new(limits: &Limits, longest: usize, batch: usize) -> Self {
        Self {
            limits: limits.clone(),
            kept: Kept::new(limits, batch),
            recent: Recent::default(),
            last_header: String::new(),
            last_beside: None,
            last_id: 0,
            counter: Counter::new(path::class, wrap::WIDEST_DOCUMENT, longest),
        }
    }

    /// Lines at the start of `bytes` that are only counted, or that are whole messages; the first one has this number and
    /// begins at this byte.
    fn pass_over(&mut self, bytes: &[u8], first: u32, offset: u64) -> Run {
        let Self { kept, recent, counter, .. } = self;
        let Some((prefix, timed)) = recent.of_messages() else { return Run::default() };
        let has_time = !prefix.clock().is_empty();
        if has_time && kept.syslog.first.is_none() {
            return Run::default();
        }
        let run = counter.run(bytes, prefix, &mut |whole| kept.take(whole, &timed, first, offset));
        if run.lines == 0 {
            return run;
        }
        if has_time {
            self.last_header.clear();
            self.last_header.push_str(prefix.text());
            self.last_beside = None;
        }
        self.kept.close();
        self.kept.syslog.messages += u64::from(run.lines);
        self.last_id = run.last_id;
        self.note_line(first);
        self.note_line(first.saturating_add(run.lines - 1));
        self.kept.open = Some(Open { shape: Shape::Full, length: run.last_length, joined: 0, event: None });
        run
    }

    fn take(&mut self, line: Line<'_>) {
        match tag::first(line.text, &mut self.recent) {
            Some((found, Some(header))) if self.admits(header.shape, line.text) => {
                self.kept.close();
                if found.quoted {
                    // A relay's word that the message before came again.
                    self.count_again(found.times);
                    return;
                }
                self.begin(&line, &found, &header);
            }
            Some((_, header)) => {
                if self.continue_with(line.text) || header.is_some() {
                    return;
                }
                self.kept.close();
                tag::packed(line.text, |found| self.take_packed(&line, &found));
            }
            None => {
                if let Some(times) = tag::repeated(line.text) {
                    self.count_again(times);
                    return;
                }
                if self.kept.open.is_some() && !wrap::is_noise(line.text) && !self.continue_with(line.text) {
                    self.kept.close();
                }
                if self.kept.syslog.buffer_level.is_none()
                    && let Some(level) = buffer_level(line.text)
                {
                    self.kept.syslog.buffer_level = Some(Located::new(level.to_owned(), line.at()));
                }
            }
        }
    }

    /// Whether a tag at the start of a line begins a message. Where the line before was wrapped, a user's name
    /// may have come to stand there: a header poorer than the one before gives it away.
    fn admits(&self, shape: Shape, line: &str) -> bool {
        let Some(open) = &self.kept.open else { return true };
        if shape >= open.shape && shape != Shape::Host {
            return true;
        }
        match (open.shape, shape, wrap::join(open.length, None, line)) {
            (_, _, None) | (Shape::Host, Shape::Host, _) => true,
            (_, Shape::Bare, Some(join)) => join != Join::Terminal,
            (_, Shape::Host | Shape::Full, Some(_)) => false,
        }
    }

    fn begin(&mut self, line: &Line<'_>, found: &TaggedMessage<'_>, header: &Header<'_>) {
        self.count(line.number, found);
        self.note_time(found.header, Some(header), line.time);
        let event = self.pending(line, found, || header.stamp().or(line.time));
        self.kept.open = Some(Open { shape: header.shape, length: line.text.len(), joined: 0, event });
    }

    fn take_packed(&mut self, line: &Line<'_>, found: &TaggedMessage<'_>) {
        let header = header::scan(found.header);
        self.count(line.number, found);
        // A time may stand in a field before the message's own.
        let own = header.and_then(|header| header.stamp());
        let time = own.or_else(|| Moment::last_in(found.before)?.stamp()).or(line.time);
        self.note_time(found.header, header.as_ref(), time);
        if let Some(event) = self.pending(line, found, || time) {
            self.kept.keep(event);
        }
    }

    fn count(&mut self, number: u32, found: &TaggedMessage<'_>) {
        self.kept.syslog.messages += found.times;
        self.counter.add(found.id, found.times);
        self.last_id = found.id;
        self.note_line(number);
    }

    /// A message stands in this line.
    fn note_line(&mut self, number: u32) {
        let lines = &mut self.kept.syslog.lines;
        if lines.0 == 0 {
            lines.0 = number;
        }
        lines.1 = number;
    }

    /// The message before came so many times more.
    fn count_again(&mut self, times: u64) {
        if self.kept.syslog.messages > 0 {
            self.counter.add(self.last_id, times);
            self.kept.syslog.messages += times;
        }
    }

    fn note_time(&mut self, text: &str, header: Option<&Header<'_>>, beside: Option<Stamp>) {
        let own = header.filter(|header| header.has_time());
        if own.is_none() && beside.is_none() {
            return;
        }
        if self.kept.syslog.first.is_none() {
            self.kept.syslog.first = own.and_then(|header| header.stamp()).or(beside);
        }
        self.last_header.clear();
        self.last_beside = beside;
        if own.is_some() {
            self.last_header.push_str(text);
        }
    }

    fn pending(
        &mut self,
        line: &Line<'_>,
        found: &TaggedMessage<'_>,
        stamp: impl FnOnce() -> Option<Stamp>,
    ) -> Option<Pending> {
        if !syslog_ids::is_event(found.id) {
            return None;
        }
        // A line that may go on is judged when its message is complete.
        if line.text.len() > wrap::WIDEST_DOCUMENT && !path::is_kept(found.id, found.text.as_bytes()) {
            return None;
        }
        // A message of an export is quoted alone: its line may hold hundreds of them.
        let at = if found.wrapping == Wrapping::None {
            line.at()
        } else {
            At::line(
                line.number,
                line.offset,
                &format!("%ASA-{}-{:06}: {}", found.severity, found.id, found.text),
            )
            .ranked(line.order)
        };
        let mut text = tag::unpacked(found);
        if text.len() > self.limits.line {
            text = text.chars().take(self.limits.line / 4).collect();
        }
        Some(Pending { at, stamp: stamp(), severity: found.severity, id: found.id, text })
    }

    /// Adds a line to the open message, if it continues it.
    fn continue_with(&mut self, line: &str) -> bool {
        let Some(open) = &mut self.kept.open else { return false };
        if open.joined >= MOST_CONTINUATIONS {
            return false;
        }
        let so_far = open.event.as_ref().map(|event| (event.id, event.text.as_str()));
        let Some(join) = wrap::join(open.length, so_far, line) else { return false };
        open.length = line.len();
        open.joined += 1;
        if let Some(event) = &mut open.event {
            match join {
                // A blank in the last column is a blank of the message.
                Join::Terminal => {
                    event.text.push_str(line);
                    event.at.join("", line);
                }
                Join::Document => {
                    event.text.truncate(event.text.trim_end().len());
                    event.text.push(' ');
                    event.text.push_str(line.trim());
                    event.at.join(" ", line.trim());
                }
            }
        }
        true
    }
}

/// The level in `    Buffer logging: level debugging, 1234 messages logged`, or `disabled`.
pub(super) fn buffer_level(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix("Buffer logging:")?.trim_start();
    let rest = rest.strip_prefix("level ").unwrap_or(rest);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    rest.get(..end).filter(|level| !level.is_empty())
}

/// An export may hold all its records in one line, so lines are cut only at this many times the usual limit.
const EXPORT_LINE: usize = 64;
/// Lines that may continue one message.
const MOST_CONTINUATIONS: u32 = 16;

const MESSAGES_AFTER: Text = Text::fixed(
    "{dropped} messages after the first {events} were only counted: attempts and the last failure of every phone are kept. Cut out the time of one connection attempt for the rest.",
    "{dropped} Meldungen nach den ersten {events} wurden nur gezählt: Die Versuche und der letzte Fehlschlag jedes Telefons bleiben erhalten. Schneiden Sie für den Rest die Zeit eines Verbindungsversuchs heraus.",
);
const TOO_MANY_PHONES: Text = Text::fixed(
    "The log shows more phones and addresses than the {most} that are told apart. Cut out the time of one connection attempt and drop that.",
    "Das Protokoll zeigt mehr Telefone und Adressen als die {most}, die unterschieden werden. Schneiden Sie die Zeit eines Verbindungsversuchs heraus und legen Sie diesen Teil ab.",
);
