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

use self::header::Recent;
use crate::documents::asa_syslog::AsaEvent;
use crate::event::{AddressOutcome, Peer, PolicySource, Transport, TransportStep};
use crate::formats::{Claim, Format, How, Sample, Share, Stream};
use crate::input::Kind;
use crate::limits::Limits;
use crate::lines::Line;
use crate::source::At;

pub mod alone;
mod aside;
mod attempts;
mod batch;
mod event;
mod handshakes;
mod header;
mod kept;
mod messages;
mod phones;
mod phrase;
mod reader;
mod remembered;
mod rows;
mod session;
pub mod steps;
mod tag;
#[cfg(not(target_arch = "wasm32"))]
mod worker;
mod wrap;

/// The format.
pub const FORMAT: Format = Format { name: "asa_syslog", recognise, most: 95, read: How::Streamed(stream) };

/// The message that a single line holds.
pub fn message(line: &str) -> Option<AsaEvent> {
    let (found, header) = tag::first(line, &mut Recent::default())?;
    let wording = tag::unpacked(&found);
    Some(AsaEvent {
        at: At::line(1, 0, line),
        stamp: header.and_then(|header| header.stamp()),
        severity: found.severity,
        id: found.id,
        message: messages::owned(messages::read(found.id, &wording)),
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
mod passed_over;
#[cfg(test)]
mod tests;
