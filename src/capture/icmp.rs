//! ICMP: which packet was not delivered, and why.
//!
//! ```text
//! 03 03 … | 45 … (the IP header of the packet) | 8 bytes of it or more       port unreachable
//! 03 04 … 0578 | …                                                           fragmentation needed, next link takes 1400
//! ```
//!
//! Sources: RFC 792; RFC 1191; RFC 4443.

use std::net::SocketAddr;

use super::conversation::Undelivered;
use super::cursor::Cursor;
use super::ip::ip;

/// A packet that was not delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Why.
    pub reason: Undelivered,
    /// The protocol of the packet: 6 TCP, 17 UDP.
    pub protocol: u8,
    /// Its sender.
    pub from: SocketAddr,
    /// Its receiver.
    pub to: SocketAddr,
}

/// Reads a message of ICMP (`v6`: of ICMPv6); `None` where it does not speak of a lost packet.
pub fn notice(bytes: &[u8], v6: bool) -> Option<Notice> {
    let mut cursor = Cursor::new(bytes);
    let (kind, code) = (cursor.u8()?, cursor.u8()?);
    cursor.u16()?;
    let rest = cursor.u32()?;
    let reason = match (v6, kind, code) {
        (false, 3, 0 | 6 | 11) | (true, 1, 0) => Undelivered::Network,
        (false, 3, 1 | 7 | 12) | (true, 1, 3) => Undelivered::Host,
        (false, 3, 3) | (true, 1, 4) => Undelivered::Port,
        (false, 3, 4) => Undelivered::TooBig(rest & 0xffff),
        (true, 2, _) => Undelivered::TooBig(rest),
        (false, 3, 9 | 10 | 13) | (true, 1, 1 | 5) => Undelivered::Prohibited,
        (false, 3, code) | (true, 1, code) => Undelivered::Other(code),
        _ => return None,
    };
    let inner = ip(cursor.rest(), 0)?;
    if inner.fragment.is_some_and(|(offset, _)| offset > 0) || !matches!(inner.protocol, 6 | 17) {
        return None;
    }
    let mut ports = Cursor::new(inner.payload);
    let from = SocketAddr::new(inner.from, ports.u16()?);
    let to = SocketAddr::new(inner.to, ports.u16()?);
    Some(Notice { reason, protocol: inner.protocol, from, to })
}
