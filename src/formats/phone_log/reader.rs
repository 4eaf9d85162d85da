//! The streamed reader: from chunks to records, from records to events.
//!
//! ```text
//! 912: ERR 10:19:27.421467 VPNC: ssl_state_cb: TLSv1: write: alert: fatal:
//! unknown CA
//! ```
//!
//! Empty: without a record nothing is returned, so that another reader may have the input.
//! Quirks: a record that concerns the VPN stays open until the next record, because the line after it may be its
//! end. Documents wrap at a blank, terminals at exactly 80 columns in the middle of a word. Only a record that
//! looks unfinished takes another line, so that prose after a pasted log stays out of it. An event's place and text
//! are those of the record's first line.
//! Sources: Cisco 116162, "IP Phone Logs"; Cisco 118699, 200850, 213407, 215014, 217218, 217219 and 225746, which quote
//! logs of phones.

use memchr::memmem::Finder;

use super::attempts::Attempts;
use super::messages;
use super::record::{BARE, LEVELS, Piece, Pieces, Record};
use super::wanted::Wanted;
use crate::documents::Content;
use crate::documents::phone_log::{Numbered, PhoneEvent, PhoneLog, PhoneMessage};
use crate::formats::{Parsed, Stream};
use crate::input::{InputState, Note};
use crate::limits::Limits;
use crate::lines::{Line, LineFeed};
use crate::names::phone::PhoneName;
use crate::source::{At, Located};
use crate::text::Text;
use crate::time::Stamp;

/// Reads a phone's log.
pub(super) struct Reader {
    feed: LineFeed,
    pieces: Pieces,
    state: State,
}

impl Reader {
    /// A reader within limits.
    pub fn new(limits: &Limits) -> Self {
        Self { feed: LineFeed::new(limits.line), pieces: Pieces::default(), state: State::new(limits.events) }
    }
}

impl Stream for Reader {
    fn push(&mut self, chunk: &[u8]) {
        let Self { feed, pieces, state } = self;
        feed.push(chunk, &mut |line| state.line(pieces, &line));
    }

    fn line(&mut self, line: Line<'_>) {
        self.state.line(&mut self.pieces, &line);
    }

    fn finish(self: Box<Self>) -> Parsed {
        let Self { mut feed, mut pieces, mut state } = *self;
        feed.finish(&mut |line| state.line(&mut pieces, &line));
        let (lines, long_lines) = (feed.lines(), feed.long_lines());
        let log = state.finish();
        if log.records == 0 {
            return Parsed::default();
        }
        let mut notes = Vec::new();
        if log.events_dropped > 0 {
            notes.push(dropped(log.events_dropped));
        }
        if long_lines > 0 {
            notes.push(cut(long_lines));
        }
        let whole = notes.is_empty();
        let mut parsed = Parsed::read(vec![Content::PhoneLog(log)]);
        parsed.notes = notes;
        parsed.lines = Some(lines);
        if !whole {
            parsed.state = InputState::PartlyRead;
        }
        parsed
    }
}

struct State {
    log: PhoneLog,
    limit: usize,
    attempts: Attempts,
    open: Option<Open>,
    clock: Option<u64>,
    day: u32,
    levels: [u64; LEVELS.len() + 1],
    grammars: [u64; GRAMMARS.len()],
    wanted: Wanted,
    device: Finder<'static>,
    /// A line longer than a terminal is wide was seen: lines are not broken by a terminal.
    over_terminal: bool,
}

/// A record that may go on in the next line.
struct Open {
    at: At,
    stamp: Option<Stamp>,
    day: u32,
    sequence: Option<u32>,
    level: &'static str,
    process: String,
    message: String,
    /// Characters of the last line that it took.
    width: usize,
    /// Lines that it took after the first.
    joined: u32,
}

impl State {
    fn new(limit: usize) -> Self {
        Self {
            log: PhoneLog::default(),
            limit,
            attempts: Attempts::default(),
            open: None,
            clock: None,
            day: 0,
            levels: [0; LEVELS.len() + 1],
            grammars: [0; GRAMMARS.len()],
            wanted: Wanted::default(),
            device: Finder::new("SEP"),
            over_terminal: false,
        }
    }

    fn line(&mut self, pieces: &mut Pieces, line: &Line<'_>) {
        self.over_terminal = self.over_terminal || line.text.chars().count() > TERMINAL_COLUMNS;
        pieces.cut(line.text, |piece| match piece {
            Piece::Record(record) => self.record(&record, line),
            Piece::Rest(text) => self.rest(text),
        });
    }

    fn record(&mut self, record: &Record<'_>, line: &Line<'_>) {
        self.close();
        self.log.records += 1;
        let level = LEVELS.iter().position(|level| *level == record.level).unwrap_or(LEVELS.len());
        let grammar = GRAMMARS.iter().position(|grammar| *grammar == record.grammar).unwrap_or_default();
        for count in [self.levels.get_mut(level), self.grammars.get_mut(grammar)].into_iter().flatten() {
            *count += 1;
        }
        if self.log.lines.0 == 0 {
            self.log.lines.0 = line.number;
        }
        self.log.lines.1 = line.number;
        self.count_midnights(record);
        self.number(record, line);
        self.look_for_device(record, line);
        if self.wanted.concerns_vpn(record) {
            self.open = Some(Open {
                at: At::line(line.number, line.offset, record.text).ranked(line.order),
                stamp: record.stamp,
                day: self.day,
                sequence: record.sequence,
                level: record.level,
                process: record.process.to_owned(),
                message: bounded(record.message).to_owned(),
                width: line.text.chars().count(),
                joined: 0,
            });
        }
    }

    fn number(&mut self, record: &Record<'_>, line: &Line<'_>) {
        let Some(sequence) = record.sequence else { return };
        let numbered = Numbered { sequence, stamp: record.stamp };
        if self.log.first.is_none() {
            let at = At::line(line.number, line.offset, record.text).ranked(line.order);
            self.log.first = Some(Located::new(numbered, at));
        }
        self.log.last = Some(numbered);
    }

    /// A clock that goes back by more than half a day has passed midnight. A smaller step back is another excerpt.
    fn count_midnights(&mut self, record: &Record<'_>) {
        const HALF_A_DAY: u64 = 12 * 3600 * 1_000_000;
        let Some(stamp) = record.stamp.filter(|stamp| stamp.month_day.is_none()) else { return };
        if self.clock.is_some_and(|before| before > stamp.micros_of_day.saturating_add(HALF_A_DAY)) {
            self.day = self.day.saturating_add(1);
        }
        self.clock = Some(stamp.micros_of_day);
    }

    fn look_for_device(&mut self, record: &Record<'_>, line: &Line<'_>) {
        if self.log.device.is_some() {
            return;
        }
        let names = self.device.find_iter(record.message.as_bytes());
        let name = names.filter_map(|start| own_name(record.message, start)).next();
        if let Some(name) = name {
            let at = At::line(line.number, line.offset, record.text).ranked(line.order);
            self.log.device = Some(Located::new(name.to_owned(), at));
        }
    }

    /// Text outside a record: the rest of the open one, or nothing of ours.
    fn rest(&mut self, text: &str) {
        let Some(open) = &mut self.open else { return };
        if !open.takes(text) {
            self.close();
            return;
        }
        let terminal = open.width == TERMINAL_COLUMNS;
        let rest = bounded(text.trim_end().trim_end_matches("^M"));
        let broken =
            terminal && (open.is_clearer_unbroken(rest) || !self.over_terminal && !open.ends_with_word());
        open.width = text.trim_end().chars().count();
        let (glue, rest) = if broken { ("", rest) } else { (" ", rest.trim_start()) };
        open.message.push_str(glue);
        open.message.push_str(rest);
        open.at.join(glue, rest);
        open.joined += 1;
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let Some(message) = messages::message(&open.process, &open.message) else { return };
        let held = self.log.events.len();
        // Records that nobody asks about do not crowd out those that tell how a login went.
        let limit = if matches!(message, PhoneMessage::Other { .. }) { self.limit / 2 } else { self.limit };
        if held >= limit {
            self.log.events_dropped += 1;
            return;
        }
        self.attempts.take(u32::try_from(held).unwrap_or(u32::MAX), &message);
        self.log.events.push(PhoneEvent {
            at: open.at,
            stamp: open.stamp,
            day: open.day,
            sequence: open.sequence,
            level: open.level.to_owned(),
            process: open.process,
            message,
        });
    }

    fn finish(mut self) -> PhoneLog {
        self.close();
        let mut log = self.log;
        log.attempts = self.attempts.finish();
        let names = LEVELS.into_iter().chain([""]).map(str::to_owned);
        log.levels = names.zip(self.levels).filter(|(_, count)| *count > 0).collect();
        log.grammars = GRAMMARS.into_iter().zip(self.grammars).filter(|(_, count)| *count > 0).collect();
        log
    }
}

impl Open {
    /// The record makes sense only where nothing stands between its lines.
    fn is_clearer_unbroken(&self, rest: &str) -> bool {
        let is_known = |glue: &str| {
            let text = format!("{}{glue}{rest}", self.message);
            let message = messages::message(&self.process, &text);
            message.is_some_and(|message| !matches!(message, PhoneMessage::Other { .. }))
        };
        is_known("") && !is_known(" ")
    }

    fn ends_with_word(&self) -> bool {
        self.message.ends_with(WHOLE_WORDS)
    }

    /// Whether a line without a record is the rest of this one.
    fn takes(&self, text: &str) -> bool {
        let next = text.trim();
        let foreign = next.is_empty() || ["%ASA-", "%FTD-", "%PIX-"].iter().any(|sign| next.contains(sign));
        if foreign || self.joined >= MOST_JOINED {
            return false;
        }
        let told = messages::message(&self.process, &self.message);
        if self.width == TERMINAL_COLUMNS {
            return true;
        }
        // An unfinished sentence takes its end. A sentence of an unknown form takes what looks like the rest of a
        // wrapped line: short, and not the beginning of a sentence.
        let unfinished = !messages::is_whole(&self.message, None);
        let unknown = !messages::is_whole(&self.message, told.as_ref());
        let wrapped = self.width >= SHORTEST_WRAPPED && next.chars().count() <= self.width;
        let lower = next.chars().next().is_some_and(|first| !first.is_uppercase());
        unfinished || (unknown && wrapped && lower)
    }
}

/// A name that the phone gives itself, at a place where only its own name stands.
fn own_name(text: &str, start: usize) -> Option<&str> {
    let (_, own) = PhoneName::first_in(text.get(start..)?).filter(|(at, _)| *at == 0)?;
    // A phone writes its own name in capitals.
    let name = text.get(start..)?.get(..own.as_str().len()).filter(|name| *name == own.as_str())?;
    let before = text.get(..start)?;
    let own = OWN_NAME.iter().any(|words| before.ends_with(words))
        || before.ends_with('-')
            && before.rsplit_once("CN=").is_some_and(|(_, model)| model.starts_with("CP-"));
    own.then_some(name)
}

/// A long alarm is not kept whole.
fn bounded(text: &str) -> &str {
    const CHARS: usize = 1000;
    text.char_indices().nth(CHARS).and_then(|(cut, _)| text.get(..cut)).unwrap_or(text)
}

fn dropped(events: u64) -> Note {
    Note::whole(MORE_RECORDS.number("events", events))
}

fn cut(lines: u32) -> Note {
    Note::whole(
        Text::fixed("Overlong lines were cut: {lines}.", "Überlange Zeilen wurden gekürzt: {lines}.")
            .number("lines", lines),
    )
}

const GRAMMARS: [char; 6] = [BARE, 'A', 'B', 'C', 'D', 'E'];

/// At which a terminal breaks a line, in the middle of a word.
pub(super) const TERMINAL_COLUMNS: usize = 80;

/// Ends of a line of 80 columns that a document broke at a blank.
const WHOLE_WORDS: &str = "before/connect";

/// No document is known that wraps lines shorter than this.
const SHORTEST_WRAPPED: usize = 50;

/// Lines that one record takes after its first.
const MOST_JOINED: u32 = 3;

/// What stands in front of a phone's own name. Call control also speaks of other phones.
const OWN_NAME: &[&str] = &[
    "CFGID_DEVICE_NAME = ",
    "DeviceName=",
    "devicename.ccm.cisco.com=\"",
    "hostname:",
    "[src=",
    "[src=CTL",
    "[src=ITL",
];

const MORE_RECORDS: Text = Text::fixed(
    "{events} more records about the VPN were counted but not kept. Cut out the time of one connection attempt and drop that.",
    "{events} weitere Einträge zum VPN wurden gezählt, aber nicht behalten. Schneiden Sie die Zeit eines Verbindungsversuchs heraus und legen Sie diesen Teil ab.",
);
