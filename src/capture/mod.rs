//! Packet captures: from bytes in chunks of any size to conversations.
//!
//! ```text
//! file ─► container ─► link ─► ip ─► tcp ─► reader (TLS, HTTP, SIP, SCCP, DNS) ┐
//!                              │     udp ─► DTLS, DNS, TFTP, SIP, DHCP         ├─► conversations
//!                              fragments    icmp                               ┘
//! ```
//!
//! Nothing here knows of files, formats or phones. Bytes that were carried are never kept: of a connection only what
//! is said in its handshake and in the heads of its messages.
//!
//! Bounds: one block of a file (16 MiB), 128 unfinished IP packets, 8192 open conversations, 256 KiB a direction and
//! 32 MiB in all of segments that wait for earlier ones, 16,000 conversations kept, and besides 20,000 of DNS and 1000 of
//! browsers.

pub mod arp;
pub mod container;
pub mod conversation;
pub mod cursor;
mod datagrams;
pub mod dhcp;
pub mod dns;
pub mod dtls;
mod flows;
mod fragments;
pub mod icmp;
pub mod ip;
pub mod link;
pub mod message;
mod reader;
pub mod sccp;
pub mod tcp;
pub mod tftp;
pub mod tls;

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};

use container::{Container, Counts, FileType, Packet};
use conversation::{Conversation, PacketPlace};
use cursor::Cursor;
use dhcp::Dhcp;
use flows::{Carried, Flows};
use fragments::Fragments;

/// What a capture shows.
#[derive(Debug, Default)]
pub struct Traffic {
    /// The kind of file.
    pub file_type: Option<FileType>,
    /// What was counted of its blocks, and what is damaged.
    pub counts: Counts,
    /// The earliest packet with a time, in nanoseconds since 1970.
    pub earliest: Option<i64>,
    /// The latest.
    pub latest: Option<i64>,
    /// Conversations, by their first packet.
    pub conversations: Vec<Conversation>,
    /// DHCP messages with their places.
    pub dhcp: Vec<(PacketPlace, Dhcp)>,
    /// Addresses that ARP asked for, the first [`MAX_ASKED`].
    pub asked: BTreeMap<Ipv4Addr, arp::Asked>,
    /// Packets in which no IP was read: other protocols, and link types that are not read.
    pub without_ip: u64,
    /// Packets of which the capture kept only the beginning.
    pub cut: u64,
    /// Packets of conversations that nothing is asked about.
    pub others: u64,
    /// Conversations that were not kept because there were too many.
    pub left_out: u64,
}

/// Addresses of ARP that are kept: a scan asks for thousands.
pub const MAX_ASKED: usize = 1000;

/// Reads a capture.
#[derive(Debug, Default)]
pub struct Capture {
    container: Container,
    wire: Wire,
}

#[derive(Debug, Default)]
struct Wire {
    fragments: Fragments,
    flows: Flows,
    traffic: Traffic,
}

impl Capture {
    /// Takes the next chunk.
    pub fn push(&mut self, chunk: &[u8]) {
        let wire = &mut self.wire;
        self.container.push(chunk, &mut |packet| wire.packet(&packet));
        if self.wire.traffic.file_type.is_none() {
            self.wire.traffic.file_type = self.container.file_type();
        }
    }

    /// All chunks were given.
    pub fn finish(self) -> Traffic {
        let mut traffic = self.wire.traffic;
        traffic.counts = self.container.finish();
        (traffic.conversations, traffic.left_out, traffic.others) = self.wire.flows.finish();
        traffic
    }
}

impl Wire {
    fn packet(&mut self, packet: &Packet<'_>) {
        if let Some(nanos) = packet.nanos {
            let traffic = &mut self.traffic;
            traffic.earliest = Some(traffic.earliest.map_or(nanos, |before| before.min(nanos)));
            traffic.latest = Some(traffic.latest.map_or(nanos, |before| before.max(nanos)));
        }
        let cut = packet.length.saturating_sub(u32::try_from(packet.data.len()).unwrap_or(u32::MAX));
        self.traffic.cut += u64::from(cut > 0);
        let ip = packet.link.and_then(|link| link::frame(link, packet.data));
        let Some((frame, ip)) = ip.and_then(|frame| Some((frame, ip::ip(frame.ip, cut)?))) else {
            self.traffic.without_ip += 1;
            self.arp(packet);
            return;
        };
        let at = PacketPlace { number: packet.number, offset: packet.offset, nanos: packet.nanos };
        if ip.fragment.is_none() {
            self.payload(at, frame, &ip);
        } else if let Some(whole) = self.fragments.take(&ip) {
            self.payload(at, frame, &ip::Ip { payload: &whole, missing: 0, ..ip });
        }
    }

    fn arp(&mut self, packet: &Packet<'_>) -> Option<()> {
        let arp = arp::of_frame(packet.link?, packet.data)?;
        let last = PacketPlace { number: packet.number, offset: packet.offset, nanos: packet.nanos };
        let asked = &mut self.traffic.asked;
        // Who speaks is there.
        if let Some(known) = asked.get_mut(&arp.from) {
            known.answered = true;
        }
        if !arp.answer && (asked.len() < MAX_ASKED || asked.contains_key(&arp.to)) {
            let known =
                asked.entry(arp.to).or_insert(arp::Asked { by: arp.from, times: 0, last, answered: false });
            known.times = known.times.saturating_add(1);
            (known.by, known.last) = (arp.from, last);
        }
        Some(())
    }

    fn payload(&mut self, at: PacketPlace, frame: link::Frame<'_>, ip: &ip::Ip<'_>) -> Option<()> {
        let mut cursor = Cursor::new(ip.payload);
        let carried = |from_port, to_port, payload| Carried {
            at,
            frame,
            from: SocketAddr::new(ip.from, from_port),
            to: SocketAddr::new(ip.to, to_port),
            payload,
            missing: ip.missing,
        };
        match ip.protocol {
            1 | 58 => {
                let notice = icmp::notice(ip.payload, ip.protocol == 58)?;
                self.flows.undelivered(at, ip.from, &notice);
            }
            6 => {
                let segment = tcp::segment(ip.payload)?;
                let carried = carried(segment.from_port, segment.to_port, segment.payload);
                self.flows.segment(&carried, &segment);
            }
            17 => {
                let (from, to) = (cursor.u16()?, cursor.u16()?);
                let length = usize::from(cursor.u16()?);
                cursor.u16()?;
                let rest = cursor.rest();
                let payload = length.checked_sub(8).and_then(|length| rest.get(..length)).unwrap_or(rest);
                datagrams::datagram(&carried(from, to, payload), &mut self.flows, &mut self.traffic.dhcp);
            }
            _ => self.flows.others += 1,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests;
