//! What a connection carries: chosen by its first bytes, read as they come in order.

use super::conversation::What;
use super::tcp::Piece;
use super::tls::{self, Message, Side};
use super::{dns, message, sccp};

/// The reader of one TCP connection.
#[derive(Debug, Default)]
pub enum Reader {
    /// Nothing was said yet.
    #[default]
    Undecided,
    /// TLS from the first byte, or from a `STARTTLS` on.
    Tls(Box<tls::Session>),
    /// HTTP or SIP.
    Text(Box<[Text; 2]>),
    /// SCCP, and the bytes of each side that make no whole message yet.
    Sccp(Box<[Vec<u8>; 2]>),
    /// DNS, the same.
    Dns(Box<[Vec<u8>; 2]>),
    /// Something else, in which TLS may begin.
    Other,
}

/// One side of HTTP or SIP.
#[derive(Debug, Default)]
pub struct Text {
    held: Vec<u8>,
    body: u64,
    /// The end of the body is not known: the next head begins with a segment.
    open: bool,
}

/// Bytes that a side may hold before its message is whole.
const MAX_HELD: usize = 66 << 10;

/// Takes what was read.
pub type TakeWhat<'t> = &'t mut dyn FnMut(What);

impl Reader {
    /// Nothing more can be read but types of records.
    pub fn is_hidden(&self) -> bool {
        matches!(self, Self::Tls(session) if session.is_hidden())
    }

    /// Takes the next piece of a side; the port of the server is a hint where the bytes say nothing.
    pub fn piece(&mut self, side: Side, port: u16, piece: Piece<'_>, take: TakeWhat<'_>) {
        if let Piece::Bytes(bytes) = piece {
            self.decide(side, port, bytes);
        }
        match (self, piece) {
            (Self::Tls(session), Piece::Bytes(bytes)) => {
                // A web server that knows no TLS answers a hello with a page.
                if side == Side::Server
                    && session.has_heard_nothing(side)
                    && bytes.starts_with(b"HTTP/1.")
                    && let Some(head) = message::head(bytes)
                {
                    take(What::Http(head));
                }
                session.feed(side, bytes, &mut |message: Message| take(What::Tls(message)));
            }
            (Self::Tls(session), Piece::Lost(length)) => session.lost(side, u64::from(length)),
            (Self::Text(sides), piece) => {
                let [client, server] = sides.as_mut();
                let text = if side == Side::Client { client } else { server };
                match piece {
                    Piece::Bytes(bytes) => text.feed(bytes, take),
                    Piece::Lost(length) => text.lost(length),
                }
            }
            (Self::Sccp(sides), piece) => framed(held(sides, side), piece, sccp::length, &mut |whole| {
                if let Some(message) = sccp::message(whole) {
                    take(What::Sccp(message));
                }
            }),
            (Self::Dns(sides), piece) => framed(held(sides, side), piece, dns_length, &mut |whole| {
                if let Some(message) = whole.get(2..).and_then(dns::message) {
                    take(What::Dns(message));
                }
            }),
            (Self::Undecided | Self::Other, _) => {}
        }
    }

    fn decide(&mut self, side: Side, port: u16, bytes: &[u8]) {
        match self {
            Self::Undecided => {
                *self = match bytes {
                    _ if begins_tls(side, bytes) => Self::Tls(Box::default()),
                    _ if port == 53 => Self::Dns(Box::default()),
                    _ if port == 2000 => Self::Sccp(Box::default()),
                    _ if message::begins(bytes) => Self::Text(Box::default()),
                    _ => Self::Other,
                };
            }
            Self::Other if bytes.first() == Some(&22) && tls::begins_record(bytes) => {
                *self = Self::Tls(Box::default());
            }
            // A proxy or a gateway may change to TLS behind an answer in the clear.
            Self::Text(_) if bytes.first() == Some(&22) && tls::begins_record(bytes) => {
                *self = Self::Tls(Box::default());
            }
            _ => {}
        }
    }
}

fn begins_tls(side: Side, bytes: &[u8]) -> bool {
    match bytes {
        [0x80..=0xff, _, 1, 3, 0..=3, ..] => side == Side::Client,
        [22] | [22, 3] | [22, 3, 0..=4] | [22, 3, 0..=4, _] | [22, 3, 0..=4, _, _] => true,
        _ => tls::begins_record(bytes),
    }
}

fn held(sides: &mut [Vec<u8>; 2], side: Side) -> &mut Vec<u8> {
    let [client, server] = sides;
    if side == Side::Client { client } else { server }
}

fn dns_length(bytes: &[u8]) -> Option<usize> {
    let (&[high, low], _) = bytes.split_first_chunk::<2>()?;
    Some(usize::from(u16::from_be_bytes([high, low])) + 2)
}

/// Messages with their length before them.
fn framed(
    held: &mut Vec<u8>,
    piece: Piece<'_>,
    length: fn(&[u8]) -> Option<usize>,
    take: &mut dyn FnMut(&[u8]),
) {
    let Piece::Bytes(bytes) = piece else {
        held.clear();
        return;
    };
    held.extend_from_slice(bytes);
    let mut done = 0;
    while let Some(rest) = held.get(done..)
        && let Some(length) = length(rest)
        && let Some(whole) = rest.get(..length)
    {
        take(whole);
        done += length;
    }
    held.drain(..done);
    let damaged = held.len() >= 8 && length(held).is_none();
    if damaged || held.len() > MAX_HELD {
        *held = Vec::new();
    }
}

impl Text {
    fn feed(&mut self, bytes: &[u8], take: TakeWhat<'_>) {
        let mut bytes = bytes;
        if self.open {
            if !message::begins(bytes) {
                return;
            }
            self.open = false;
        }
        while !bytes.is_empty() {
            if self.body > 0 {
                let passed = usize::try_from(self.body).unwrap_or(usize::MAX).min(bytes.len());
                self.body -= passed as u64;
                bytes = bytes.get(passed..).unwrap_or_default();
                if self.body == 0 {
                    take(What::HttpBodyDone);
                }
                continue;
            }
            // Empty lines between messages keep a SIP connection alive.
            if self.held.is_empty()
                && let [b'\r' | b'\n' | 0, rest @ ..] = bytes
            {
                bytes = rest;
                continue;
            }
            let before = self.held.len();
            let room = message::MAX_HEAD.saturating_sub(before).min(bytes.len());
            self.held.extend_from_slice(bytes.get(..room).unwrap_or_default());
            let Some(length) = message::head_length(&self.held) else {
                if self.held.len() >= message::MAX_HEAD || (before == 0 && !message::begins(&self.held)) {
                    self.held = Vec::new();
                    self.open = true;
                }
                return;
            };
            bytes = bytes.get(length.saturating_sub(before)..).unwrap_or_default();
            let head = self.held.get(..length).and_then(message::head);
            self.held = Vec::new();
            let Some(head) = head else {
                self.open = true;
                return;
            };
            self.body = head.body;
            self.open = !head.header("transfer-encoding").is_empty();
            let sip = head.header("cseq").is_empty();
            take(if sip { What::Http(head) } else { What::Sip(head) });
            if self.open {
                return;
            }
        }
    }

    fn lost(&mut self, length: u32) {
        if u64::from(length) <= self.body {
            self.body -= u64::from(length);
        } else {
            self.body = 0;
            self.held = Vec::new();
            self.open = true;
        }
    }
}
