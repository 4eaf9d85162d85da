//! DHCP: what a phone asks for at its start, and the TFTP server that it is given.
//!
//! ```text
//! 01 01 06 00 xid … 63825363 | 35 01 01 (discover) | 3c 22 "Cisco Systems, Inc. IP Phone CP-7962G" | 37 … | ff
//! 02 … 63825363 | 35 01 05 (ack) | 36 04 server | 96 04 c000020a (option 150) | 42 09 "192.0.2.10" (option 66)
//! ```
//!
//! Sources: RFC 2131; RFC 2132; RFC 5859 (option 150).

use std::net::Ipv4Addr;

use super::cursor::Cursor;

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dhcp {
    /// What ties answers to their question.
    pub transaction: u32,
    /// 1 discover, 2 offer, 3 request, 4 decline, 5 ack, 6 nak, 8 inform.
    pub message: u8,
    /// The client's hardware address.
    pub client: [u8; 6],
    /// The address that is given; 0.0.0.0 where none is.
    pub address: Ipv4Addr,
    /// The server's identifier; 0.0.0.0 where none is said.
    pub server: Ipv4Addr,
    /// The relay that passed it on; 0.0.0.0 where none did.
    pub relay: Ipv4Addr,
    /// The subnet mask; 0.0.0.0 where none is given.
    pub mask: Ipv4Addr,
    /// Option 150.
    pub tftp_servers: Vec<Ipv4Addr>,
    /// Option 66, a name or an address as text; empty where it is not there.
    pub tftp_name: String,
    /// Option 60: what the client says it is.
    pub vendor_class: String,
    /// Codes of the options that the client asks for.
    pub wanted: Vec<u8>,
}

const COOKIE: u32 = 0x6382_5363;

/// Reads a message.
pub fn message(bytes: &[u8]) -> Option<Dhcp> {
    let mut head = Cursor::new(bytes);
    head.u32()?;
    let transaction = head.u32()?;
    head.take(8)?;
    let address = Ipv4Addr::from(head.u32()?);
    head.u32()?;
    let relay = Ipv4Addr::from(head.u32()?);
    let client = *head.take(16)?.first_chunk::<6>()?;
    head.take(64 + 128)?;
    if head.u32()? != COOKIE {
        return None;
    }
    let none = Ipv4Addr::UNSPECIFIED;
    let mut dhcp = Dhcp {
        transaction,
        message: 0,
        client,
        address,
        server: none,
        relay,
        mask: none,
        tftp_servers: Vec::new(),
        tftp_name: String::new(),
        vendor_class: String::new(),
        wanted: Vec::new(),
    };
    while let Some(code) = head.u8() {
        if code == 0 {
            continue;
        }
        let Some(data) = (code != 255).then(|| head.vector(1)).flatten() else { break };
        let data = data.rest();
        let v4 = |bytes: &[u8]| bytes.first_chunk::<4>().map_or(none, |bytes| Ipv4Addr::from(*bytes));
        match code {
            1 => dhcp.mask = v4(data),
            53 => dhcp.message = data.first().copied().unwrap_or_default(),
            54 => dhcp.server = v4(data),
            55 => dhcp.wanted = data.to_vec(),
            60 => dhcp.vendor_class = text(data),
            66 => dhcp.tftp_name = text(data),
            150 => dhcp.tftp_servers.extend(data.chunks_exact(4).map(v4)),
            _ => {}
        }
    }
    (dhcp.message != 0).then_some(dhcp)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim_end_matches('\0').to_owned()
}
