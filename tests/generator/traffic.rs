//! What a span port of an office records, of any size: other people's connections, voice and names, and among them
//! phones that connect to a VPN gateway.
//!
//! Everything follows from the seed. Packets are handed out in pieces and never held together, so a capture of any size
//! can be streamed.

use super::packets::{
    Capture, Connection, End, alert, answer, browser_hello, certificate, chosen, dtls, dtls_hello, hello,
    message, question, record, request, sealed,
};

/// Connections of other people that are open at a time.
const OPEN: usize = 300;
/// Payload of a full packet.
const FULL: usize = 1400;
const GATEWAY: End = ([198, 51, 100, 1], 443);
const DNS: End = ([203, 0, 113, 53], 53);
const FILES: End = ([203, 0, 113, 20], 69);

/// The traffic, packet by packet.
pub struct Traffic {
    capture: Capture,
    open: Vec<Connection>,
    state: u64,
    /// So many in a thousand packets or pairs of them open a connection.
    opening: u32,
    /// Connections that were made so far.
    made: u32,
    /// Connections of phones to the gateway.
    pub phones: u32,
    /// Those that a phone ended for the gateway's certificate.
    pub refused: u32,
}

impl Traffic {
    /// Every seed gives another one. Of a thousand steps so many open a connection; one in ten of those is
    /// a phone's.
    pub fn new(seed: u64, opening: u32) -> Self {
        let (capture, open) = (Capture::new(), Vec::new());
        Self { capture, open, state: seed, opening, made: 0, phones: 0, refused: 0 }
    }

    /// Some more packets, as bytes of a pcap.
    pub fn more(&mut self) -> Vec<u8> {
        for _ in 0..100 {
            self.step();
        }
        std::mem::take(&mut self.capture.bytes)
    }

    fn below(&mut self, bound: u32) -> u32 {
        self.state =
            self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) as u32 % bound
    }

    /// A host of the office, and its next port.
    fn host(&mut self) -> End {
        let host = self.below(200) as u8;
        self.made = self.made.wrapping_add(1);
        ([192, 0, 2, host], 20_000 + (self.made % 40_000) as u16)
    }

    fn step(&mut self) {
        match self.below(1000) {
            step if step < self.opening && self.below(10) == 0 => self.phone(),
            step if step < self.opening => self.browse(),
            0..=29 => {
                let (host, name) = (self.host(), format!("www{}.example.com", self.below(5000)));
                self.capture.udp(host, DNS, &question(&name));
                self.capture.udp(DNS, host, &answer(&name, 0, Some([203, 0, 113, 80])));
            }
            30..=399 => {
                let call = self.below(40) as u8;
                let ends = (([192, 0, 2, call], 17_000), ([192, 0, 2, 200 + call % 50], 17_002));
                self.capture.udp(ends.0, ends.1, &[call; 172]);
            }
            _ => self.carry(),
        }
    }

    /// A connection of somebody carries a piece of what it carries.
    fn carry(&mut self) {
        let Some(chosen) = self.below(OPEN as u32).checked_rem(self.open.len() as u32) else { return };
        let Some(connection) = self.open.get_mut(chosen as usize) else { return };
        self.capture.server(connection, &[0xa5; FULL]);
    }

    /// Somebody opens a connection: to a web server, or to a file server.
    fn browse(&mut self) {
        let (host, server) = (self.host(), [203, 0, 113, 100 + self.below(100) as u8]);
        let web = self.below(3) > 0;
        let mut connection = self.capture.connect(host, (server, if web { 443 } else { 445 }));
        if web {
            self.capture.client(&mut connection, &browser_hello());
            let part = [chosen([0xc0, 0x2f]), certificate(&[0x30; 900]), message(14, &[])].concat();
            self.capture.server(&mut connection, &part);
            self.capture.client(&mut connection, &sealed());
            self.capture.server(&mut connection, &sealed());
            // One record of application data, as large as records are, and on.
            self.capture.server(&mut connection, &record(23, &[0xa5; FULL - 5]));
        }
        if self.open.len() >= OPEN {
            let oldest = self.open.remove(0);
            self.capture.client_closes(&oldest);
            self.capture.server_closes(&oldest);
        }
        self.open.push(connection);
    }

    /// A phone gets its file and connects; one in three does not like the certificate.
    fn phone(&mut self) {
        let phone = self.host();
        self.phones += 1;
        let name = format!("SEP0011223344{:02X}.cnf.xml", phone.0[3]);
        self.capture.udp(phone, FILES, &request(&name));
        self.capture.udp((FILES.0, 40_000), phone, b"\0\x03\0\x01<device/>");
        let mut connection = self.capture.connect(phone, GATEWAY);
        self.capture.client(&mut connection, &hello([3, 1]));
        let part = [chosen([0, 0x35]), certificate(&[0x30; 900]), message(14, &[])].concat();
        self.capture.server(&mut connection, &part);
        if self.below(3) == 0 {
            self.refused += 1;
            self.capture.client(&mut connection, &alert(48));
            self.capture.client_closes(&connection);
            return;
        }
        self.capture.client(&mut connection, &sealed());
        self.capture.server(&mut connection, &sealed());
        self.capture.udp(phone, GATEWAY, &dtls_hello(1));
        self.capture.udp(GATEWAY, phone, &dtls_hello(2));
        for (from, to) in [(GATEWAY, phone), (phone, GATEWAY)] {
            self.capture.udp(from, to, &dtls(20, false, &[1]));
            self.capture.udp(from, to, &dtls(22, true, &[0x5a; 40]));
        }
    }
}
