//! A capture made byte by byte: Ethernet, IPv4, TCP, UDP and ICMP, and what is said over them.
//!
//! Checksums are zero, as offloading leaves them. Time goes on by 10 ms a packet.

use std::iter::repeat_n;
use std::slice;

/// An address and a port.
pub type End = ([u8; 4], u16);

/// A little-endian pcap of microseconds.
pub struct Capture {
    pub bytes: Vec<u8>,
    millis: u32,
}

/// One TCP connection: its ends, and the bytes that each has sent.
pub struct Connection {
    client: End,
    server: End,
    sent: [u32; 2],
}

const FIN: u8 = 1;
const SYN: u8 = 2;
const RST: u8 = 4;
const ACK: u8 = 16;

fn length(bytes: &[u8]) -> [u8; 2] {
    u16::try_from(bytes.len()).unwrap().to_be_bytes()
}

/// An IPv4 packet.
fn ip(protocol: u8, from: [u8; 4], to: [u8; 4], payload: &[u8]) -> Vec<u8> {
    let total = u16::try_from(payload.len() + 20).unwrap().to_be_bytes();
    let head = [0x45, 0, total[0], total[1], 0, 1, 0x40, 0, 64, protocol, 0, 0];
    [&head[..], &from, &to, payload].concat()
}

fn segment(from: End, to: End, sequence: u32, acknowledged: u32, flags: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = [from.1.to_be_bytes(), to.1.to_be_bytes()].concat();
    bytes.extend([sequence.to_be_bytes(), acknowledged.to_be_bytes()].concat());
    bytes.extend([0x50, flags, 0xff, 0xff, 0, 0, 0, 0]);
    bytes.extend(payload);
    ip(6, from.0, to.0, &bytes)
}

impl Capture {
    pub fn new() -> Self {
        let bytes =
            vec![0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 1, 0, 0, 0];
        Self { bytes, millis: 0 }
    }

    /// The same packets as pcapng: a section, an interface of Ethernet, and a block each.
    pub fn as_pcapng(&self) -> Vec<u8> {
        let block = |kind: u32, body: &[u8]| {
            let body = [body, &[0; 3][..(4 - body.len() % 4) % 4]].concat();
            let length = u32::try_from(body.len() + 12).unwrap().to_le_bytes();
            [&kind.to_le_bytes()[..], &length, &body, &length].concat()
        };
        let section = [&0x1a2b_3c4d_u32.to_le_bytes()[..], &[1, 0, 0, 0], &[0xff; 8]].concat();
        let mut bytes = block(0x0a0d_0d0a, &section);
        bytes.extend(block(1, &[1, 0, 0, 0, 0xff, 0xff, 0, 0]));
        let mut rest = &self.bytes[24..];
        while let Some((head, behind)) = rest.split_first_chunk::<16>() {
            let field = |at: usize| u32::from_le_bytes(head[at..at + 4].try_into().unwrap());
            let micros = u64::from(field(0)) * 1_000_000 + u64::from(field(4));
            let (high, low) = (u32::try_from(micros >> 32).unwrap(), micros as u32);
            let (packet, behind) = behind.split_at(field(8) as usize);
            let fields = [0, high, low, field(8), field(12)].map(u32::to_le_bytes).concat();
            bytes.extend(block(6, &[&fields[..], packet].concat()));
            rest = behind;
        }
        bytes
    }

    pub fn wait(&mut self, seconds: u32) {
        self.millis += seconds * 1000;
    }

    fn packet(&mut self, packet: &[u8]) {
        self.millis += 10;
        let size = u32::try_from(packet.len() + 14).unwrap();
        for field in [1_795_608_000 + self.millis / 1000, self.millis % 1000 * 1000, size, size] {
            self.bytes.extend(field.to_le_bytes());
        }
        self.bytes.extend([0, 0x11, 0x22, 0x33, 0x44, 0x66, 0, 0x11, 0x22, 0x33, 0x44, 0x55, 8, 0]);
        self.bytes.extend(packet);
    }

    pub fn udp(&mut self, from: End, to: End, payload: &[u8]) {
        let size = u16::try_from(payload.len() + 8).unwrap();
        let head = [from.1, to.1, size, 0].map(u16::to_be_bytes).concat();
        self.packet(&ip(17, from.0, to.0, &[&head[..], payload].concat()));
    }

    /// A router at `by` says that a TCP segment from one end to the other was not delivered: ICMP type 3.
    pub fn undelivered(&mut self, by: [u8; 4], code: u8, next: u16, (from, to): (End, End)) {
        self.notice(by, from, code, next, &segment(from, to, 1, 0, ACK, &[0; 8]));
    }

    /// The same of a datagram.
    pub fn undelivered_datagram(&mut self, by: [u8; 4], code: u8, (from, to): (End, End)) {
        let head = [from.1, to.1, 8, 0].map(u16::to_be_bytes).concat();
        self.notice(by, from, code, 0, &ip(17, from.0, to.0, &head));
    }

    fn notice(&mut self, by: [u8; 4], from: End, code: u8, next: u16, quoted: &[u8]) {
        let mut notice = vec![3, code, 0, 0, 0, 0];
        notice.extend(next.to_be_bytes());
        notice.extend(&quoted[..28]);
        self.packet(&ip(1, by, from.0, &notice));
    }

    pub fn syn(&mut self, client: End, server: End) {
        self.packet(&segment(client, server, 0, 0, SYN, &[]));
    }

    pub fn refuse(&mut self, client: End, server: End) {
        self.syn(client, server);
        self.packet(&segment(server, client, 0, 1, RST | ACK, &[]));
    }

    pub fn connect(&mut self, client: End, server: End) -> Connection {
        self.syn(client, server);
        self.packet(&segment(server, client, 0, 1, SYN | ACK, &[]));
        Connection { client, server, sent: [1, 1] }
    }

    fn send(&mut self, connection: &Connection, by_server: bool, flags: u8, payload: &[u8]) {
        let [client, server] = connection.sent;
        let packet = match by_server {
            true => segment(connection.server, connection.client, server, client, flags, payload),
            false => segment(connection.client, connection.server, client, server, flags, payload),
        };
        self.packet(&packet);
    }

    /// The client says something, and the server acknowledges it.
    pub fn client(&mut self, connection: &mut Connection, payload: &[u8]) {
        self.send(connection, false, ACK, payload);
        connection.sent[0] += u32::try_from(payload.len()).unwrap();
        self.send(connection, true, ACK, &[]);
    }

    /// The server says something, and the client acknowledges it.
    pub fn server(&mut self, connection: &mut Connection, payload: &[u8]) {
        self.send(connection, true, ACK, payload);
        connection.sent[1] += u32::try_from(payload.len()).unwrap();
        self.send(connection, false, ACK, &[]);
    }

    /// The client sends the same again and again, a second apart, and nothing comes back.
    pub fn unacknowledged(&mut self, connection: &Connection, payload: &[u8], times: u32) {
        for _ in 0..times {
            self.send(connection, false, ACK, payload);
            self.wait(1);
        }
    }

    pub fn client_closes(&mut self, connection: &Connection) {
        self.send(connection, false, FIN | ACK, &[]);
    }

    pub fn server_closes(&mut self, connection: &Connection) {
        self.send(connection, true, FIN | ACK, &[]);
    }
}

/// A question for a name's IPv4 address.
pub fn question(name: &str) -> Vec<u8> {
    dns(name, 0x0100, &[])
}

/// Its answer: no such name (3), or another code; with an address, that.
pub fn answer(name: &str, code: u16, address: Option<[u8; 4]>) -> Vec<u8> {
    let record = address.map(|address| [&[0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4][..], &address].concat());
    dns(name, 0x8180 | code, &record.unwrap_or_default())
}

fn dns(name: &str, flags: u16, record: &[u8]) -> Vec<u8> {
    let mut bytes = [7, flags, 1, u16::from(!record.is_empty()), 0, 0].map(u16::to_be_bytes).concat();
    for label in name.split('.') {
        bytes.push(u8::try_from(label.len()).unwrap());
        bytes.extend(label.bytes());
    }
    bytes.extend([0, 0, 1, 0, 1]);
    bytes.extend(record);
    bytes
}

/// A DHCP message with these options behind its own kind (3: request, 5: acknowledged).
pub fn dhcp(kind: u8, address: [u8; 4], options: &[(u8, &[u8])]) -> Vec<u8> {
    let mut bytes = vec![if kind == 5 { 2 } else { 1 }, 1, 6, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0];
    bytes.extend(address);
    bytes.extend([0; 8]);
    bytes.extend([0, 0x11, 0x22, 0x33, 0x44, 0x55]);
    bytes.extend(repeat_n(0, 10 + 192));
    bytes.extend([0x63, 0x82, 0x53, 0x63, 53, 1, kind]);
    for (code, value) in options {
        bytes.extend([*code, u8::try_from(value.len()).unwrap()]);
        bytes.extend(*value);
    }
    bytes.push(255);
    bytes
}

/// A read request of TFTP.
pub fn request(file: &str) -> Vec<u8> {
    [&[0, 1][..], file.as_bytes(), b"\0octet\0"].concat()
}

/// TFTP: no such file.
pub const NOT_FOUND: &[u8] = b"\0\x05\0\x01File not found\0";
/// TFTP: the first and last block of a file.
pub const BLOCK: &[u8] = b"\0\x03\0\x01<device/>";

/// A message of SCCP.
pub fn sccp(number: u32, body: &[u8]) -> Vec<u8> {
    let size = u32::try_from(body.len() + 4).unwrap();
    [&[size, 0, number].map(u32::to_le_bytes).concat()[..], body].concat()
}

/// A record of TLS 1.0.
pub fn record(kind: u8, body: &[u8]) -> Vec<u8> {
    [&[kind, 3, 1][..], &length(body), body].concat()
}

/// A handshake message in a record of its own.
pub fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    record(22, &[&[kind, 0][..], &length(body), body].concat())
}

/// A client hello of a version at most, with the suites of a 79xx.
pub fn hello(version: [u8; 2]) -> Vec<u8> {
    hello_with(version, &[0x35, 0x2f])
}

/// The hello of a client that offers these suites.
pub fn hello_with(version: [u8; 2], suites: &[u16]) -> Vec<u8> {
    let suites: Vec<u8> = suites.iter().flat_map(|suite| suite.to_be_bytes()).collect();
    let length = [0, u8::try_from(suites.len()).unwrap()];
    message(1, &[&version[..], &[7; 32], &[0], &length, &suites, &[1, 0]].concat())
}

/// The hello of a web browser, whose first suite means nothing.
pub fn browser_hello() -> Vec<u8> {
    message(1, &[&[3, 3][..], &[7; 32], &[0, 0, 6, 0x1a, 0x1a, 0, 0x35, 0, 0x2f, 1, 0]].concat())
}

/// The hello of curl, which names the protocol that it speaks behind it.
pub fn curl_hello() -> Vec<u8> {
    let protocols = [0, 16, 0, 5, 0, 3, 2, b'h', b'2'];
    message(1, &[&[3, 3][..], &[7; 32], &[0, 0, 4, 0, 0x35, 0, 0x2f, 1, 0], &[0, 9], &protocols].concat())
}

/// A server hello of TLS 1.0 with its suite.
pub fn chosen(suite: [u8; 2]) -> Vec<u8> {
    message(2, &[&[3, 1][..], &[9; 32], &[0], &suite, &[0]].concat())
}

/// A certificate message with one certificate, or with none.
pub fn certificate(der: &[u8]) -> Vec<u8> {
    certificates(if der.is_empty() { &[] } else { slice::from_ref(&der) })
}

pub fn certificates(ders: &[&[u8]]) -> Vec<u8> {
    let entries: Vec<u8> = ders.iter().flat_map(|der| [&[0][..], &length(der), der].concat()).collect();
    message(11, &[&[0][..], &length(&entries), &entries].concat())
}

/// A certificate request without names, and the end of the server's part.
pub fn asks() -> Vec<u8> {
    asks_for(&[])
}

/// A request for a certificate of one of these authorities, each a name as DER.
pub fn asks_for(authorities: &[&[u8]]) -> Vec<u8> {
    let names: Vec<u8> = authorities.iter().flat_map(|name| [&length(name)[..], name].concat()).collect();
    let body = [&[1, 1][..], &length(&names), &names].concat();
    [message(13, &body), message(14, &[])].concat()
}

/// A fatal alert.
pub fn alert(code: u8) -> Vec<u8> {
    record(21, &[2, code])
}

/// The change to encryption, and the first message that cannot be seen.
pub fn sealed() -> Vec<u8> {
    [record(20, &[1]), record(22, &[0x5a; 40])].concat()
}

/// A record of DTLS 1.0 in the clear, or encrypted.
pub fn dtls(kind: u8, encrypted: bool, body: &[u8]) -> Vec<u8> {
    [&[kind, 0xfe, 0xff, 0, u8::from(encrypted), 0, 0, 0, 0, 0, 1][..], &length(body), body].concat()
}

/// A hello of a DTLS client (1) or server (2).
pub fn dtls_hello(kind: u8) -> Vec<u8> {
    let offered: &[u8] = if kind == 1 { &[0, 0, 0, 2, 0, 0x2f, 1, 0] } else { &[0, 0, 0x2f, 0] };
    let body = [&[0xfe, 0xff][..], &[7; 32], offered].concat();
    let size = length(&body);
    let head = [kind, 0, size[0], size[1], 0, 0, 0, 0, 0, 0, size[0], size[1]];
    dtls(22, false, &[&head[..], &body].concat())
}
