//! What is kept of messages: events as far as there is room, and the rows of phones for all of them.
//!
//! A message comes in one of two ways. Where the next line may go on in it, its text is put together first. One that is
//! whole is read where it stands: of a log of a large network nothing but what it does to a phone's row is kept of most
//! messages, so their texts are not copied.

use std::collections::HashSet;
use std::net::IpAddr;

use scan::Whole;

use super::aside::Aside;
use super::batch;
use super::event::{Event, Pending, Place};
use super::header::{Shape, Timed};
use super::messages;
use super::messages::path;
use super::{tag, wrap};
use crate::documents::asa_syslog::{AsaEvent, AsaMessage, AsaSyslog};
use crate::limits::Limits;
use crate::time::Stamp;

/// Events, rows, and the message that may go on.
pub(super) struct Kept {
    pub syslog: AsaSyslog,
    pub open: Option<Open>,
    phones: Aside,
    /// The addresses that sessions got so far: as many as there are events at most.
    assigned: HashSet<IpAddr>,
    /// Events kept at most.
    events: usize,
    /// Bytes of a text that is kept whole.
    text: usize,
    /// The header whose time was read last, and its time.
    last_time: (Vec<u8>, Option<Stamp>),
}

/// A message that the next line may continue.
pub(super) struct Open {
    pub shape: Shape,
    /// Bytes of its last physical line.
    pub length: usize,
    /// Physical lines that continued it.
    pub joined: u32,
    /// What becomes of it; `None` for a message that is only counted or was read.
    pub event: Option<Pending>,
}

impl Kept {
    /// For a log within these limits, of which so many messages at a time go to another thread.
    pub fn new(limits: &Limits, batch: usize) -> Self {
        Self {
            syslog: AsaSyslog::default(),
            open: None,
            phones: Aside::new(batch),
            assigned: HashSet::new(),
            events: limits.events,
            text: limits.line,
            last_time: (Vec::new(), None),
        }
    }

    /// No line goes on in the open message.
    pub fn close(&mut self) {
        if let Some(event) = self.open.take().and_then(|open| open.event) {
            self.keep(event);
        }
    }

    /// Takes a message that is whole, out of lines of which the first one has this number and begins at this byte. False
    /// where its text has to be unpacked or cut first.
    pub fn take(&mut self, whole: &Whole<'_>, timed: &Timed, first: u32, offset: u64) -> bool {
        let id = whole.id;
        let late = self.is_late(id);
        // A longer line was asked by whoever found it, but for its sender, and a longer text is cut before it is asked.
        let by_text = path::is_by_text(id)
            && (path::is_by_sender(id)
                || whole.line.len() <= wrap::WIDEST_DOCUMENT
                || whole.line.len() - whole.text > self.text);
        if late && !by_text && messages::are_of_nobody(id) {
            self.close();
            return self.passes(id);
        }
        // What stands behind the header is ASCII.
        if !whole.header.is_ascii() && std::str::from_utf8(whole.header).is_err() {
            return false;
        }
        let line = whole.line;
        let text = trimmed(line.get(whole.text..).unwrap_or_default());
        if line.len() - whole.text > self.text || tag::is_packed(text) {
            return false;
        }
        self.close();
        if by_text && !self.is_kept(id, text) {
            return true;
        }
        let late = self.is_late(id);
        if late && self.passes(id) {
            return true;
        }
        let number = first.saturating_add(whole.lines);
        let offset = offset + whole.bytes as u64;
        let (severity, stamp) = (whole.severity, self.stamp(whole.header, timed));
        if late {
            let text = (whole.text, whole.text + text.len());
            self.phones.whole(batch::Whole { id, severity, stamp, number, offset, text }, line);
            self.syslog.events_dropped += 1;
        } else {
            let owned = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let at = Place::Line { number, offset, text: &owned(line) }.at();
            self.keep(Pending { at, stamp, severity, id, text: owned(text) });
        }
        true
    }

    /// The time in a header. Messages of one second have the same.
    fn stamp(&mut self, header: &[u8], timed: &Timed) -> Option<Stamp> {
        let (last, stamp) = &mut self.last_time;
        if last != header {
            last.clear();
            last.extend_from_slice(header);
            *stamp = std::str::from_utf8(header).ok().and_then(|header| timed.stamp(header));
        }
        *stamp
    }

    /// Whether a message is of those that are kept. Whoever knocks from outside is dropped all day long: a packet to a
    /// port of phones counts where its sender has an address of a session, or may have one.
    fn is_kept(&self, id: u32, text: &[u8]) -> bool {
        if !path::is_kept(id, text) {
            return false;
        }
        let sender = std::str::from_utf8(text).ok().and_then(|text| path::sender_of_dropped(id, text));
        sender.is_none_or(|sender| is_private(sender) || self.assigned.contains(&sender))
    }

    /// There is no room for an event of this id.
    fn is_late(&self, id: u32) -> bool {
        let connection = matches!(id, 302_000..=302_999);
        let bound = if connection { self.events / CONNECTIONS } else { self.events };
        self.syslog.events.len() >= bound
    }

    /// Counts a message for which there is no room, where it is nobody's; false where it is somebody's.
    fn passes(&mut self, id: u32) -> bool {
        let passes = messages::are_of_nobody(id);
        if passes {
            self.phones.pass();
            self.syslog.events_dropped += 1;
        }
        passes
    }

    pub fn keep(&mut self, event: Pending) {
        let Pending { mut at, stamp, severity, id, mut text } = event;
        text.truncate(text.trim_end().len());
        at.text.truncate(at.text.trim_end().len());
        if !self.is_kept(id, text.as_bytes()) {
            return;
        }
        if self.is_late(id) {
            if !self.passes(id) {
                self.phones.joined(Pending { at, stamp, severity, id, text });
                self.syslog.events_dropped += 1;
            }
            return;
        }
        let message = messages::read(id, &text);
        if let AsaMessage::AddressAssigned { assigned, .. } = &message
            && let Ok(address) = assigned.parse()
        {
            self.assigned.insert(address);
        }
        let place = Place::Known(&at);
        self.phones.take(&Event { id, severity, place, stamp, text: &text, message: &message, late: false });
        let message = messages::owned(message);
        let begins = at.text.strip_suffix(text.as_str()).and_then(|before| u32::try_from(before.len()).ok());
        let wording = if begins.is_some() { String::new() } else { text };
        let begins = begins.unwrap_or_default();
        self.syslog.events.push(AsaEvent { at, stamp, severity, id, wording, begins, message });
    }

    /// The log with the rows of its phones, and behind its events the last failures that found no room.
    pub fn finish(self) -> AsaSyslog {
        let Self { mut syslog, phones, .. } = self;
        let (phones, mut late) = phones.finish();
        syslog.phones = phones;
        syslog.events_dropped = syslog.events_dropped.saturating_sub(late.len() as u64);
        syslog.events.append(&mut late);
        syslog
    }
}

/// An address that nobody on the internet has: RFC 1918, RFC 6598, RFC 4193.
fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let [first, second, ..] = address.octets();
            address.is_private() || (first == 100 && (64..128).contains(&second))
        }
        IpAddr::V6(address) => address.is_unique_local(),
    }
}

/// ASCII without the blanks at its end; what `str::trim_end` does.
fn trimmed(mut text: &[u8]) -> &[u8] {
    while let [rest @ .., b'\t'..=b'\r' | b' '] = text {
        text = rest;
    }
    text
}

/// Connections are kept only in this part of the room for events.
const CONNECTIONS: usize = 4;
