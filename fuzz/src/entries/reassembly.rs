//! Captures: as any bytes in pieces, and as well-formed packets whose order, gaps and payloads the input chooses.
//!
//! ```text
//! side and kind, sequence, length, payload   one packet; the next one follows
//! 0x41           0x00      0x03    16 03 01  the server sends three bytes where it is
//! ```

use vpn_phone_doctor::capture::{Capture, Traffic};

use super::piece_size;

/// A capture file.
pub(super) fn in_pieces(bytes: &[u8]) {
    let whole = read(bytes, bytes.len());
    assert_eq!(read(bytes, piece_size(bytes)), whole, "in pieces otherwise than whole");
}

fn read(bytes: &[u8], size: usize) -> String {
    format!("{:?}", traffic(bytes, size))
}

fn traffic(bytes: &[u8], size: usize) -> Traffic {
    let mut capture = Capture::default();
    bytes.chunks(size.max(1)).for_each(|chunk| capture.push(chunk));
    capture.finish()
}

/// Packets of one client and one server.
pub(super) fn segments(bytes: &[u8]) {
    let mut packets = Packets::new();
    let mut rest = bytes;
    while let Some((&[kind, shift, length], behind)) = rest.split_first_chunk::<3>() {
        let (payload, behind) = behind.split_at(usize::from(length).min(behind.len()));
        packets.packet(kind, shift, payload);
        rest = behind;
    }
    in_pieces(&packets.file);
}

struct Packets {
    file: Vec<u8>,
    sent: [u32; 2],
    micros: u32,
}

const CLIENT: [u8; 4] = [192, 0, 2, 10];
const SERVER: [u8; 4] = [198, 51, 100, 1];
/// Ports of a server: HTTPS, HTTP, DNS, SCCP, TFTP, SIP, DHCP, HTTPS again.
const PORTS: [u16; 8] = [443, 8080, 53, 2000, 69, 5060, 67, 8443];

impl Packets {
    /// An empty pcap of Ethernet.
    fn new() -> Self {
        let head = [0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 1, 0, 0, 0];
        // A sequence number that soon wraps around.
        Self { file: head.to_vec(), sent: [1, u32::MAX - 100], micros: 0 }
    }

    /// The lower three bits are the server's port, the next one is set for a datagram, the next two are SYN, FIN, RST
    /// or nothing, the upper two the fragment and the side.
    fn packet(&mut self, kind: u8, shift: u8, payload: &[u8]) {
        let server = kind & 0x80 != 0;
        let port = PORTS.get(usize::from(kind & 7)).copied().unwrap_or(443);
        let (from, to) = if server { (SERVER, CLIENT) } else { (CLIENT, SERVER) };
        let (from_port, to_port) = if server { (port, 50_000) } else { (50_000, port) };
        let mut carried = [from_port, to_port].map(u16::to_be_bytes).concat();
        let datagram = kind & 8 != 0;
        if datagram {
            carried.extend(((payload.len() + 8) as u16).to_be_bytes());
            carried.extend([0, 0]);
        } else {
            let flags = [16, 2, 17, 4].get(usize::from(kind >> 4 & 3)).copied().unwrap_or(16);
            let [own, other] = if server { [1, 0] } else { [0, 1] };
            let own_sent = self.sent.get_mut(own).map_or(0, |sent| {
                let at = sent.wrapping_add_signed(i32::from(shift.cast_signed()) * 4);
                *sent = at.wrapping_add(payload.len() as u32);
                at
            });
            let acknowledged = self.sent.get(other).copied().unwrap_or_default();
            carried.extend(own_sent.to_be_bytes());
            carried.extend(acknowledged.to_be_bytes());
            carried.extend([0x50, flags, 0xff, 0xff, 0, 0, 0, 0]);
        }
        carried.extend_from_slice(payload);
        let fragment: u16 =
            if kind & 0x40 == 0 { 0x4000 } else { u16::from(shift) << 8 | u16::from(shift >> 4) };
        let mut ip = vec![0x45, 0];
        ip.extend(((carried.len() + 20) as u16).to_be_bytes());
        ip.extend([0, 1]);
        ip.extend(fragment.to_be_bytes());
        ip.extend([64, if datagram { 17 } else { 6 }, 0, 0]);
        ip.extend([from, to].concat());
        self.micros += 10_000;
        let size = (ip.len() + carried.len() + 14) as u32;
        for field in [1_795_608_000, self.micros, size, size] {
            self.file.extend(u32::to_le_bytes(field));
        }
        self.file.extend([0, 0x11, 0x22, 0x33, 0x44, 0x66, 0, 0x11, 0x22, 0x33, 0x44, 0x55, 8, 0]);
        self.file.extend(ip);
        self.file.extend(carried);
    }
}
