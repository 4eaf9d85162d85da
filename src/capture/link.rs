//! Link layers: what stands before the IP packet.
//!
//! ```text
//! 001122334455 0011aabbccdd 8100 006e 0800 45…      Ethernet, VLAN 110, IPv4
//! 0000 0001 0006 001122334455 0000 0800 45…         Linux cooked (`tcpdump -i any`)
//! 02000000 45…                                      BSD loopback, in the byte order of its machine
//! ```
//!
//! Quirks: up to four VLAN tags of any of their four types; the second kind of Linux cooked capture has its protocol
//! first; loopback numbers IPv6 differently on each BSD.
//!
//! Sources: tcpdump.org/linktypes; IEEE 802.1Q; RFC 2516 (PPPoE).

use super::cursor::Cursor;

/// An IP packet with what the link layer says of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frame<'a> {
    /// VLAN identifiers, the outer one first; 0 where there is none.
    pub vlans: [u16; 4],
    /// The sender's hardware address, where the link layer has one.
    pub from: Option<[u8; 6]>,
    /// The receiver's.
    pub to: Option<[u8; 6]>,
    /// The bytes from the IP header on; what follows the packet may stand behind it.
    pub ip: &'a [u8],
}

const IPV4: u16 = 0x0800;
const IPV6: u16 = 0x86dd;
const VLAN: [u16; 4] = [0x8100, 0x88a8, 0x9100, 0x9200];
const PPPOE: u16 = 0x8864;

/// The IP packet of a frame; `None` where it holds none, or where the link type is not read.
pub fn frame(link: u16, data: &[u8]) -> Option<Frame<'_>> {
    let mut bytes = Cursor::new(data);
    match link {
        0 | 108 => {
            let family = bytes.take(4)?;
            let number = family.iter().fold(0_u32, |sum, byte| sum.max(u32::from(*byte)));
            // 2 is IPv4 everywhere; 10, 24, 28 and 30 are IPv6 on one system or another.
            matches!(number, 2 | 10 | 24 | 28 | 30).then(|| plain(bytes.rest()))
        }
        1 => {
            let to = bytes.take(6)?.try_into().ok();
            let from = bytes.take(6)?.try_into().ok();
            let protocol = bytes.u16()?;
            Some(Frame { from, to, ..tagged(protocol, bytes)? })
        }
        12 | 14 | 101 | 228 | 229 => Some(plain(data)),
        113 => {
            bytes.take(4)?;
            let length = bytes.u16()?;
            let from = (length == 6).then_some(bytes.take(8)?.first_chunk::<6>().copied()).flatten();
            let protocol = bytes.u16()?;
            Some(Frame { from, ..tagged(protocol, bytes)? })
        }
        276 => {
            let protocol = bytes.u16()?;
            bytes.take(9)?;
            let length = bytes.u8()?;
            let from = (length == 6).then_some(bytes.take(8)?.first_chunk::<6>().copied()).flatten();
            Some(Frame { from, ..tagged(protocol, bytes)? })
        }
        _ => None,
    }
}

fn plain(ip: &[u8]) -> Frame<'_> {
    Frame { ip, ..Frame::default() }
}

/// What follows a type field, VLAN tags first.
fn tagged(protocol: u16, mut bytes: Cursor<'_>) -> Option<Frame<'_>> {
    let mut protocol = protocol;
    let mut vlans = [0; 4];
    let mut slots = vlans.iter_mut();
    while VLAN.contains(&protocol) {
        *slots.next()? = bytes.u16()? & 0x0fff;
        protocol = bytes.u16()?;
    }
    if protocol == PPPOE {
        bytes.take(6)?;
        protocol = match bytes.u16()? {
            0x0021 => IPV4,
            0x0057 => IPV6,
            _ => return None,
        };
    }
    matches!(protocol, IPV4 | IPV6).then(|| Frame { vlans, ..plain(bytes.rest()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
        digits
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect()
    }

    #[test]
    fn ip_is_reached_through_every_link_layer() {
        let mac = Some([0, 0x11, 0xaa, 0xbb, 0xcc, 0xdd]);
        type Row = (u16, &'static str, [u16; 4], Option<[u8; 6]>);
        let rows: &[Row] = &[
            (1, "001122334455 0011aabbccdd 0800 45", [0; 4], mac),
            (1, "001122334455 0011aabbccdd 8100 206e 0800 45", [110, 0, 0, 0], mac),
            (1, "001122334455 0011aabbccdd 88a8 0064 8100 006e 0800 45", [100, 110, 0, 0], mac),
            (
                1,
                "001122334455 0011aabbccdd 9100 0001 9200 0002 88a8 0003 8100 0004 0800 45",
                [1, 2, 3, 4],
                mac,
            ),
            (1, "001122334455 0011aabbccdd 8864 1100 0001 0003 0021 45", [0; 4], mac),
            (0, "02000000 45", [0; 4], None),
            (108, "00000002 45", [0; 4], None),
            (0, "1e000000 45", [0; 4], None),
            (101, "45", [0; 4], None),
            (113, "0000 0001 0006 0011aabbccdd 0000 0800 45", [0; 4], mac),
            (276, "0800 0000 00000002 0001 00 06 0011aabbccdd 0000 45", [0; 4], mac),
            (276, "8100 0000 00000002 0001 00 06 0011aabbccdd 0000 006e 0800 45", [110, 0, 0, 0], mac),
        ];
        for (link, hex, vlans, from) in rows {
            let data = bytes(hex);
            let read = frame(*link, &data).unwrap_or_else(|| panic!("{link}: {hex}"));
            assert_eq!((read.vlans, read.from, read.ip), (*vlans, *from, &[0x45][..]), "{link}: {hex}");
        }
        for (link, hex) in [
            (1, "001122334455 0011aabbccdd 0806 0001"),
            (1, "001122334455 0011aabbccdd 8100"),
            (1, "001122334455 0011aabbccdd 8100 0001 8100 0002 8100 0003 8100 0004 8100 0005 0800 45"),
            (0, "07000000 45"),
            (105, "88020000 45"),
        ] {
            assert_eq!(frame(link, &bytes(hex)), None, "{link}: {hex}");
        }
    }
}
