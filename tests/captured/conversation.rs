//! A phone's way to a gateway that it refuses, as packets: its file, the gateway's name, the handshake up to the alert.

use super::packets::{Capture, End, alert, answer, certificate, chosen, hello, message, question, request};

pub const PHONE: End = ([192, 0, 2, 10], 50_000);
pub const GATEWAY: End = ([198, 51, 100, 1], 443);

/// The whole of it; the gateway shows a certificate of these bytes.
pub fn refused(shown: &[u8]) -> Capture {
    const DNS: End = ([203, 0, 113, 53], 53);
    let mut capture = Capture::new();
    capture.udp(PHONE, ([203, 0, 113, 20], 69), &request("SEP001122334455.cnf.xml"));
    capture.udp(PHONE, DNS, &question("vpn.example.com"));
    capture.udp(DNS, PHONE, &answer("vpn.example.com", 0, Some(GATEWAY.0)));
    let mut connection = capture.connect(PHONE, GATEWAY);
    capture.client(&mut connection, &hello([3, 1]));
    let part = [chosen([0, 0x35]), certificate(shown), message(14, &[])].concat();
    capture.server(&mut connection, &part);
    capture.client(&mut connection, &alert(48));
    capture
}
