//! Handshake messages and alerts.
//!
//! ```text
//! 0b 000357 000354 000351 30820351…          certificate: lists of three bytes' length, the server's own first
//! 0d 00002e 03 010240 0026 0024 3022…        certificate request: key types, and the names of CAs
//! ```
//!
//! Sources: RFC 5246, section 7.4; RFC 4346 (without signature algorithms in the request); RFC 8446, section 4.

use super::hello::{ClientHello, ServerHello, client_hello, server_hello};
use crate::capture::cursor::Cursor;

/// What one end said in the clear, or that it said what cannot be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// What the client offers.
    ClientHello(Box<ClientHello>),
    /// What the server chose.
    ServerHello(Box<ServerHello>),
    /// A DTLS server asks for the hello again, with its cookie.
    HelloVerifyRequest,
    /// Certificates as DER, the sender's own first; none where it has none to show.
    Certificate(Vec<Vec<u8>>),
    /// The server asks for a certificate.
    CertificateRequest(CertificateRequest),
    /// The server is done with its part.
    ServerHelloDone,
    /// The server's part of the key exchange, and the curve that it names.
    ServerKeyExchange(Option<u16>),
    /// The client's part of the key exchange.
    ClientKeyExchange,
    /// The client proves that it has the key of its certificate.
    CertificateVerify,
    /// A ticket to resume with.
    NewSessionTicket,
    /// Another message, by its type.
    Other(u8),
    /// An alert: 1 warns, 2 ends the session; and its code.
    Alert {
        /// 1 or 2.
        level: u8,
        /// For example 48: unknown CA.
        code: u8,
    },
    /// From here on this end speaks encrypted.
    ChangeCipherSpec,
    /// The first record that cannot be seen, or an alert that cannot be: its content type.
    Hidden(u8),
    /// A handshake message of this type whose body is damaged or too long to be kept.
    Damaged(u8),
}

/// A request for the client's certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CertificateRequest {
    /// Kinds of keys: 1 RSA, 2 DSS, 64 ECDSA.
    pub key_types: Vec<u8>,
    /// Names of the CAs that the server accepts, as DER; none means any.
    pub authorities: Vec<Vec<u8>>,
}

/// Certificates of one message, and names in one request, that are kept.
pub const MAX_LISTED: usize = 64;

/// Reads the body of a handshake message.
pub fn handshake(kind: u8, body: &[u8], dtls: bool) -> Message {
    let read = match kind {
        1 => client_hello(body, dtls).map(|hello| Message::ClientHello(Box::new(hello))),
        2 => server_hello(body).map(|hello| Message::ServerHello(Box::new(hello))),
        3 => Some(Message::HelloVerifyRequest),
        4 => Some(Message::NewSessionTicket),
        11 => certificates(body).map(Message::Certificate),
        12 => Some(Message::ServerKeyExchange(named_curve(body))),
        13 => certificate_request(body).map(Message::CertificateRequest),
        14 => Some(Message::ServerHelloDone),
        15 => Some(Message::CertificateVerify),
        16 => Some(Message::ClientKeyExchange),
        _ => Some(Message::Other(kind)),
    };
    read.unwrap_or(Message::Damaged(kind))
}

fn certificates(body: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut list = Cursor::new(body).vector(3)?;
    let mut certificates = Vec::new();
    while !list.is_empty() && certificates.len() < MAX_LISTED {
        certificates.push(list.vector(3)?.rest().to_vec());
    }
    Some(certificates)
}

/// The curve of a key exchange that names one (3); other exchanges begin with a length.
fn named_curve(body: &[u8]) -> Option<u16> {
    let mut bytes = Cursor::new(body);
    (bytes.u8()? == 3).then(|| bytes.u16()).flatten()
}

/// Signature algorithms stand between key types and names since TLS 1.2. The version is not asked: only one of the
/// two readings ends where the message does.
fn certificate_request(body: &[u8]) -> Option<CertificateRequest> {
    let mut bytes = Cursor::new(body);
    let key_types = bytes.vector(1)?.rest().to_vec();
    let authorities = names(bytes).or_else(|| {
        bytes.vector(2)?;
        names(bytes)
    })?;
    Some(CertificateRequest { key_types, authorities })
}

fn names(mut bytes: Cursor<'_>) -> Option<Vec<Vec<u8>>> {
    let mut list = bytes.vector(2)?;
    if !bytes.is_empty() {
        return None;
    }
    let mut names = Vec::new();
    while !list.is_empty() {
        let name = list.vector(2)?.rest();
        if names.len() < MAX_LISTED {
            names.push(name.to_vec());
        }
    }
    Some(names)
}
