//! Syslog of an ASA, in every wire format that a file of it may have.
//!
//! ```text
//! Nov 23 2026 10:19:27 vpn : %ASA-7-725012: Device chooses cipher : AES128-SHA for the SSL session with
//! client outside:192.0.2.9/50091
//! %ASA-6-725006: Device failed SSL handshake with client outside:192.0.2.9/50091
//! ```
//! A log may have gigabytes, so it is streamed: lines without a percent sign are passed over, messages of ids that
//! no rule asks about are counted and forgotten. What is kept is bounded.
//!
//! Empty means: no message and no header of `show logging`; then there is no document. A file may be an export of
//! a log management tool (JSON, CSV, HTML): the messages are taken out of their fields.
//!
//! Quirks: severities can be changed and are no identity; the function that 725014 names changes with the
//! OpenSSL inside; `Group` names a group policy in some messages and a tunnel group in others; long lines are
//! wrapped by terminals (at 80 columns, inside words) and by documents (at blanks).
//!
//! Sources: the Cisco Secure Firewall ASA syslog guide; Cisco document 116162 (the lines of a failed handshake).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use self::header::Recent;
use crate::event::{AddressOutcome, Peer, PolicySource, Session, Transport, TransportStep};
use crate::formats::{Claim, Format, How, Sample, Share, Stream};
use crate::input::Kind;
use crate::limits::Limits;
use crate::lines::Line;
use crate::source::{At, Located};
use crate::time::Stamp;

mod attempts;
mod event;
mod handshakes;
mod header;
mod message;
mod messages;
mod phones;
mod reader;
mod reasons;
mod session;
pub mod steps;
mod tag;
mod wrap;

pub use phones::{PhoneSeen, PhonesSeen};
pub use reasons::PendingReasons;

pub use message::AsaMessage;

/// The format.
pub const FORMAT: Format = Format { name: "asa_syslog", recognise, read: How::Streamed(stream) };

/// What an ASA logged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsaSyslog {
    /// Messages of any id.
    pub messages: u64,
    /// Messages by their six-digit id.
    pub by_id: BTreeMap<u32, u64>,
    /// Time of the first message that has one.
    pub first: Option<Stamp>,
    /// Time of the last message that has one.
    pub last: Option<Stamp>,
    /// First and last line that hold a message.
    pub lines: (u32, u32),
    /// Typed events in order, the first ones as many as the limits allow. Behind them stands the last failure of each
    /// phone that came later.
    pub events: Vec<AsaEvent>,
    /// Typed events that were only counted.
    pub events_dropped: u64,
    /// What all of the log shows of each phone, further than [`AsaSyslog::events`] reach.
    pub phones: PhonesSeen,
    /// `Buffer logging: level debugging` of the header that `show logging` prints: the level's word.
    pub buffer_level: Option<Located<String>>,
}

/// One message of an id that rules ask about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsaEvent {
    /// Where its first line stands.
    pub at: At,
    /// When, on the ASA's clock.
    pub stamp: Option<Stamp>,
    /// 0-7; configurable, so never an identity.
    pub severity: u8,
    /// The six-digit id.
    pub id: u32,
    /// The text after the id, where the excerpt does not end with it; see [`AsaEvent::text`].
    wording: String,
    /// The byte of the excerpt at which the text after the id begins. A log has as many texts as lines, so none is
    /// kept twice.
    begins: u32,
    /// What it says.
    pub message: AsaMessage,
}

impl AsaEvent {
    /// The text after the id, wrapped lines joined.
    pub fn text(&self) -> &str {
        if self.wording.is_empty() {
            self.at.text.get(self.begins as usize..).unwrap_or_default()
        } else {
            &self.wording
        }
    }

    /// Group, user and address, where the message names them; for the messages whose type carries no session.
    pub fn session(&self) -> Option<Session> {
        session::session(self.text()).map(|(session, _)| session)
    }
}

/// The message that a single line holds.
pub fn message(line: &str) -> Option<AsaEvent> {
    let (found, header) = tag::first(line, &mut Recent::default())?;
    let wording = tag::unpacked(&found);
    Some(AsaEvent {
        at: At::line(1, 0, line),
        stamp: header.and_then(|header| header.stamp()),
        severity: found.severity,
        id: found.id,
        message: messages::read(found.id, &wording),
        wording,
        begins: 0,
    })
}

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    let mut packed = None;
    let mut recent = Recent::default();
    for line in sample.text.lines() {
        if let Some((_, header)) = tag::first(line.text, &mut recent) {
            if header.is_some() {
                return Some(claim(90, &line));
            }
            if packed.is_none() {
                tag::packed(line.text, |_| packed = Some(claim(60, &line)));
            }
        } else if reader::buffer_level(line.text).is_some() {
            return Some(claim(85, &line));
        }
    }
    packed
}

fn claim(strength: u8, line: &Line<'_>) -> Claim {
    Claim { kind: Kind::AsaSyslog, strength, because: line.quoted(), share: Share::Mixed }
}

fn stream(limits: &Limits) -> Box<dyn Stream> {
    Box::new(reader::Reader::new(limits))
}

#[cfg(test)]
mod tests;
