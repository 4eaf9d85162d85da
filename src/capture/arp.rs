//! ARP: whose hardware address is asked for, and whether somebody answers.
//!
//! ```text
//! 0001 0800 06 04 0001 | 001122334455 c000020a | 000000000000 c00002fa     who has 192.0.2.250? tell 192.0.2.10
//! ```
//!
//! A host of the own network that answers no ARP is not there: no packet to it is ever sent.
//!
//! Source: RFC 826.

use std::net::Ipv4Addr;

use super::cursor::Cursor;

/// One packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arp {
    /// It is an answer.
    pub answer: bool,
    /// Who sends it.
    pub from: Ipv4Addr,
    /// Whom it asks for, or answers.
    pub to: Ipv4Addr,
}

/// Reads a packet of an Ethernet frame, VLAN tags or not; `None` where it holds no ARP for IPv4.
pub fn of_frame(link: u16, data: &[u8]) -> Option<Arp> {
    let mut bytes = Cursor::new(data);
    if link != 1 {
        return None;
    }
    bytes.take(12)?;
    let mut protocol = bytes.u16()?;
    for _ in 0..4 {
        if matches!(protocol, 0x8100 | 0x88a8 | 0x9100 | 0x9200) {
            bytes.u16()?;
            protocol = bytes.u16()?;
        }
    }
    if protocol != 0x0806 || bytes.take(6)? != [0, 1, 8, 0, 6, 4] {
        return None;
    }
    let answer = bytes.u16()? == 2;
    bytes.take(6)?;
    let from = Ipv4Addr::from(bytes.u32()?);
    bytes.take(6)?;
    let to = Ipv4Addr::from(bytes.u32()?);
    Some(Arp { answer, from, to })
}

/// Who asked for an address, and how often.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// Who asked last.
    pub by: Ipv4Addr,
    /// How often it was asked for.
    pub times: u32,
    /// The last packet that asked.
    pub last: super::conversation::PacketPlace,
    /// It is there: it answered, or sent anything itself.
    pub answered: bool,
}
