//! IPv4 and IPv6 headers, and what they carry.
//!
//! ```text
//! 45 00 003c 1c46 4000 40 06 b1e6 c000020a c6336401      IPv4: length 60, not to be fragmented, TCP
//! 60000000 0028 06 40 2001:db8::a 2001:db8::1            IPv6: 40 bytes of TCP
//! ```
//!
//! Quirks: a total length of 0 is what a network card's offload leaves in a capture on the sending host: the rest of
//! the frame is the packet. Checksums are not looked at, for the same reason. Bytes behind the stated length are
//! padding.
//!
//! Sources: RFC 791; RFC 8200, section 4; RFC 2675.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::cursor::Cursor;

/// What IP says of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ip<'a> {
    /// Who sent it.
    pub from: IpAddr,
    /// For whom.
    pub to: IpAddr,
    /// The protocol inside: 1 ICMP, 6 TCP, 17 UDP, 58 ICMPv6.
    pub protocol: u8,
    /// The identification of IPv4, or of an IPv6 fragment; 0 where there is none.
    pub identification: u32,
    /// Where it is a fragment: the byte of the packet at which it lies, and whether more follow.
    pub fragment: Option<(u16, bool)>,
    /// The packet must not be fragmented on the way.
    pub whole_only: bool,
    /// What was captured of the payload.
    pub payload: &'a [u8],
    /// Bytes of the payload that were sent and not captured.
    pub missing: u32,
}

/// Reads the header of an IP packet of which `cut` bytes were sent and not captured.
pub fn ip(bytes: &[u8], cut: u32) -> Option<Ip<'_>> {
    match bytes.first()? >> 4 {
        4 => v4(bytes, cut),
        6 => v6(bytes, cut),
        _ => None,
    }
}

fn v4(bytes: &[u8], cut: u32) -> Option<Ip<'_>> {
    let mut header = Cursor::new(bytes);
    let header_length = usize::from(header.u8()? & 0x0f) * 4;
    header.u8()?;
    let total = usize::from(header.u16()?);
    let identification = u32::from(header.u16()?);
    let flags = header.u16()?;
    header.u8()?;
    let protocol = header.u8()?;
    header.u16()?;
    let from = IpAddr::V4(Ipv4Addr::from(header.u32()?));
    let to = IpAddr::V4(Ipv4Addr::from(header.u32()?));
    if header_length < 20 || (total != 0 && total < header_length) {
        return None;
    }
    let (payload, missing) = carried(bytes.get(header_length..)?, total.checked_sub(header_length), cut);
    let (offset, more) = ((flags & 0x1fff) << 3, flags & 0x2000 != 0);
    let fragment = (offset > 0 || more).then_some((offset, more));
    let whole_only = flags & 0x4000 != 0;
    Some(Ip { from, to, protocol, identification, fragment, whole_only, payload, missing })
}

fn v6(bytes: &[u8], cut: u32) -> Option<Ip<'_>> {
    let mut header = Cursor::new(bytes);
    header.u32()?;
    let length = usize::from(header.u16()?);
    let mut protocol = header.u8()?;
    header.u8()?;
    let from = IpAddr::V6(Ipv6Addr::from(*header.take(16)?.first_chunk::<16>()?));
    let to = IpAddr::V6(Ipv6Addr::from(*header.take(16)?.first_chunk::<16>()?));
    let (body, missing) = carried(header.rest(), (length > 0).then_some(length), cut);
    let mut rest = Cursor::new(body);
    let (mut identification, mut fragment) = (0, None);
    // A packet has few extension headers; one with many was made to be slow.
    for _ in 0..8 {
        match protocol {
            0 | 43 | 60 => {
                protocol = rest.u8()?;
                let more = usize::from(rest.u8()?) * 8 + 6;
                rest.take(more)?;
            }
            44 => {
                protocol = rest.u8()?;
                rest.u8()?;
                let field = rest.u16()?;
                identification = rest.u32()?;
                let (offset, more) = (field & 0xfff8, field & 1 != 0);
                fragment = (offset > 0 || more).then_some((offset, more));
                if fragment.is_some() {
                    break;
                }
            }
            51 => {
                protocol = rest.u8()?;
                let more = usize::from(rest.u8()?) * 4 + 6;
                rest.take(more)?;
            }
            _ => break,
        }
    }
    Some(Ip { from, to, protocol, identification, fragment, whole_only: true, payload: rest.rest(), missing })
}

/// What was captured of a payload of a stated length, and how much of it was not.
fn carried(captured: &[u8], stated: Option<usize>, cut: u32) -> (&[u8], u32) {
    match stated {
        Some(stated) => match captured.get(..stated) {
            Some(payload) => (payload, 0),
            None => (captured, u32::try_from(stated - captured.len()).unwrap_or(u32::MAX)),
        },
        None => (captured, cut),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn v4_packet(total: u16, flags: u16, payload: &[u8]) -> Vec<u8> {
        let mut packet = vec![0x45, 0];
        packet.extend(total.to_be_bytes());
        packet.extend([0x1c, 0x46]);
        packet.extend(flags.to_be_bytes());
        packet.extend([64, 6, 0, 0, 192, 0, 2, 10, 198, 51, 100, 1]);
        packet.extend(payload);
        packet
    }

    #[test]
    fn lengths_are_taken_as_captures_leave_them() {
        // Stated length, captured payload, then what is read and what is missing.
        let rows: &[(u16, &[u8], &[u8], u32)] = &[
            (24, b"abcd", b"abcd", 0),
            (22, b"abcd", b"ab", 0),
            (0, b"abcd", b"abcd", 0),
            (30, b"abcd", b"abcd", 6),
        ];
        for (total, payload, read, missing) in rows {
            let packet = v4_packet(*total, 0x4000, payload);
            let ip = ip(&packet, 0).unwrap();
            assert_eq!((ip.payload, ip.missing, ip.whole_only), (*read, *missing, true), "{total}");
        }
        assert_eq!(ip(&v4_packet(19, 0, b"abcd"), 0), None);
    }

    #[test]
    fn fragments_are_told() {
        assert_eq!(ip(&v4_packet(24, 0x2000, b"abcd"), 0).unwrap().fragment, Some((0, true)));
        assert_eq!(ip(&v4_packet(24, 0x0002, b"abcd"), 0).unwrap().fragment, Some((16, false)));
        let mut v6 = vec![0x60, 0, 0, 0, 0, 20, 0, 64];
        v6.extend([0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1].repeat(2));
        v6.extend([44, 0, 1, 4, 0, 0, 0, 0, 17, 0, 0, 9, 0, 0, 0, 7, b'a', b'b', b'c', b'd']);
        let read = ip(&v6, 0).unwrap();
        assert_eq!((read.protocol, read.identification, read.fragment), (17, 7, Some((8, true))));
        assert_eq!(read.payload, b"abcd");
    }
}
