//! A TLS or DTLS handshake as it passes between two hosts, as far as it is in the clear.
//!
//! Sources: RFC 5246 and RFC 8446 for TLS, RFC 6347 for DTLS.

use serde::{Deserialize, Serialize};

use crate::source::At;

/// One handshake.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handshake {
    /// Who said hello: address and port.
    pub client: String,
    /// Who was asked: address and port.
    pub server: String,
    /// It is DTLS.
    pub datagrams: bool,
    /// The highest version that the client offers, for example 0x0303; 0 where its hello is not in the capture.
    pub client_version: u16,
    /// The version that the server chose; 0 where its hello is not in the capture.
    pub server_version: u16,
    /// Cipher suites in the client's order.
    pub offered_suites: Vec<u16>,
    /// Elliptic curves and other groups that the client offers.
    pub offered_groups: Vec<u16>,
    /// Signature algorithms that it offers.
    pub offered_signatures: Vec<u16>,
    /// The suite that the server chose.
    pub chosen_suite: Option<u16>,
    /// The name that the client asks for; may be empty.
    pub server_name: String,
    /// SHA-1 of what the server showed, its own certificate first.
    pub server_certificates: Vec<[u8; 20]>,
    /// The server asked for a certificate of the client.
    pub asks_for_certificate: bool,
    /// The distinguished names of the CAs of which it takes one, as far as it names any.
    pub asked_authorities: Vec<String>,
    /// SHA-1 of what the client showed; `Some` and empty where it showed none though it was asked.
    pub client_certificates: Option<Vec<[u8; 20]>>,
    /// Alerts in the clear.
    pub alerts: Vec<Alert>,
    /// An earlier session goes on, without certificates.
    pub resumed: bool,
    /// The certificates are encrypted: TLS 1.3.
    pub certificates_hidden: bool,
    /// Both ends went on encrypted.
    pub done: bool,
    /// The packet of the client's hello, or the first one of the conversation.
    pub at: At,
    /// The packet of the server's hello.
    pub chosen_at: Option<At>,
    /// The packet of the server's certificates.
    pub certificate_at: Option<At>,
}

/// An alert in the clear.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// The client sent it.
    pub from_client: bool,
    /// 1 warns, 2 ends the session.
    pub level: u8,
    /// For example 48: unknown CA.
    pub code: u8,
    /// Its packet.
    pub at: At,
}
