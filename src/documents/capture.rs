//! What a capture shows of phones: events in the field's words, each with its packet.

use serde::{Deserialize, Serialize};

use crate::event::tls_handshake::Handshake;
use crate::event::traffic::{Happening, Service};
use crate::source::At;
use crate::time::Stamp;

/// What a capture shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptureFile {
    /// `pcap`, `pcap (nanoseconds)`, `pcap (modified)` or `pcapng`.
    pub file_type: String,
    /// Packets.
    pub packets: u64,
    /// Link types of its interfaces, as numbered at tcpdump.org/linktypes.
    pub link_types: Vec<u16>,
    /// The earliest packet.
    pub begins: Option<Stamp>,
    /// The latest packet.
    pub ends: Option<Stamp>,
    /// Hosts that are phones, by what they ask for.
    pub phones: Vec<Phone>,
    /// Hosts that say hello as browsers do, and no phone does.
    pub browsers: Vec<Browser>,
    /// TLS and DTLS handshakes, in the order of their first packets.
    pub handshakes: Vec<Handshake>,
    /// What happened, in the order of the packets that show it.
    pub events: Vec<CaptureEvent>,
    /// Conversations and events that were not kept because there were too many.
    pub left_out: u64,
}

/// A host that is a phone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    /// Its address, as it is in the capture.
    pub address: String,
    /// `SEP001122334455`; empty where only its kind shows.
    pub name: String,
    /// What shows it.
    pub at: At,
}

/// A host that is none, because it says hello as a browser does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Browser {
    /// Its address, as it is in the capture.
    pub address: String,
    /// The packet of its first such hello.
    pub at: At,
}

/// One event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptureEvent {
    /// The packet that shows it, with a line of the kind that capture programs print.
    pub at: At,
    /// Its time; the clock is that of the host that captured, in UTC.
    pub stamp: Option<Stamp>,
    /// The address of who asked.
    pub client: String,
    /// The address of who was asked.
    pub server: String,
    /// The port that was asked.
    pub port: u16,
    /// What is asked for there.
    pub service: Service,
    /// The server's name, where the capture tells one; may be empty.
    pub name: String,
    /// The hosts lie in one network of 256 addresses, or in the one that DHCP gave.
    pub same_network: bool,
    /// What happened.
    pub what: Happening,
}
