//! DTLS as a capture shows it: records in datagrams, and handshake messages in fragments.
//!
//! ```text
//! 16 feff 0000 000000000000 006e | 01 000062 0000 000000 000062 | feff …
//! type version epoch sequence length | message, length, number, offset, length here | body
//! ```
//!
//! Quirks: Cisco's AnyConnect speaks version 0x0100, as OpenSSL before 0.9.8f; one record may hold several messages;
//! a message that is sent again has the same number; what stands in epochs above 0 is encrypted.
//!
//! Sources: RFC 6347, section 4; RFC 4347; OpenSSL, `DTLS1_BAD_VER`.

use std::collections::BTreeMap;

use super::cursor::Cursor;
use super::tls::{Message, Side, handshake};

const CHANGE_CIPHER_SPEC: u8 = 20;
const ALERT: u8 = 21;
const HANDSHAKE: u8 = 22;

/// Unfinished messages of one side.
const MAX_UNFINISHED: usize = 16;
/// The longest message that is put together, in bytes.
const MAX_HANDSHAKE: u32 = 128 << 10;

/// Whether a datagram begins with a DTLS record.
pub fn begins_record(bytes: &[u8]) -> bool {
    match bytes {
        [20..=25, 0xfe, 0xfd | 0xff, rest @ ..] | [20..=25, 1, 0, rest @ ..] => {
            let length =
                rest.get(8..10).map(|pair| pair.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)));
            // A datagram that the capture cuts holds less than its record states.
            length.is_some_and(|length| length <= (1 << 14) + 2048)
        }
        _ => false,
    }
}

/// One DTLS association.
#[derive(Debug, Default)]
pub struct Session {
    client: Half,
    server: Half,
}

#[derive(Debug, Default)]
struct Half {
    unfinished: BTreeMap<u16, Unfinished>,
    /// Numbers of the messages that were given out, with a short sum of each.
    done: BTreeMap<u16, u64>,
    hidden: bool,
}

#[derive(Debug)]
struct Unfinished {
    kind: u8,
    length: usize,
    body: Vec<u8>,
    /// Bytes that came: begin and end of each part, in order, joined where they touch.
    parts: Vec<(usize, usize)>,
}

impl Session {
    /// Takes one datagram.
    pub fn datagram(&mut self, side: Side, bytes: &[u8], take: &mut dyn FnMut(Message)) {
        let mut bytes = Cursor::new(bytes);
        while let Some(()) = self.record(side, &mut bytes, take) {}
    }

    /// Both ends speak encrypted.
    pub fn is_hidden(&self) -> bool {
        self.client.hidden && self.server.hidden
    }

    fn record(&mut self, side: Side, bytes: &mut Cursor<'_>, take: &mut dyn FnMut(Message)) -> Option<()> {
        let kind = bytes.u8()?;
        if !(CHANGE_CIPHER_SPEC..=25).contains(&kind) || !matches!(bytes.u16()?, 0xfefd | 0xfeff | 0x0100) {
            return None;
        }
        let epoch = bytes.u16()?;
        bytes.take(6)?;
        let length = usize::from(bytes.u16()?);
        // What a cut capture holds of the last record is read as far as it goes.
        let body = bytes.take(length).unwrap_or_else(|| std::mem::take(bytes).rest());
        let half = match side {
            Side::Client => &mut self.client,
            Side::Server => &mut self.server,
        };
        match (epoch, kind, body) {
            (0, HANDSHAKE, _) => {
                let mut body = Cursor::new(body);
                while let Some(first_hello) = half.fragment(&mut body, take) {
                    if first_hello && side == Side::Client {
                        self.server.unfinished.clear();
                        self.server.done.clear();
                        self.server.hidden = false;
                        return Some(());
                    }
                }
            }
            (0, ALERT, &[level, code]) => take(Message::Alert { level, code }),
            (0, CHANGE_CIPHER_SPEC, _) => take(Message::ChangeCipherSpec),
            (0, _, _) => {}
            (_, kind, _) => {
                if !half.hidden || kind == ALERT {
                    half.hidden = true;
                    take(Message::Hidden(kind));
                }
            }
        }
        Some(())
    }
}

impl Half {
    /// Takes one fragment; whether a new handshake began with it.
    fn fragment(&mut self, bytes: &mut Cursor<'_>, take: &mut dyn FnMut(Message)) -> Option<bool> {
        let kind = bytes.u8()?;
        let length = bytes.u24()?;
        let number = bytes.u16()?;
        let offset = bytes.u24()? as usize;
        let here = bytes.u24()? as usize;
        let part = bytes.take(here)?;
        if length > MAX_HANDSHAKE {
            take(Message::Damaged(kind));
            return Some(false);
        }
        let length = length as usize;
        let whole = offset == 0 && here == length;
        let mut began = false;
        if whole && kind == 1 && number == 0 && self.done.get(&0).is_some_and(|sum| *sum != sum_of(part)) {
            *self = Self::default();
            began = true;
        }
        if self.done.contains_key(&number) {
            return Some(began);
        }
        if whole {
            self.give(kind, number, part, take);
            return Some(began);
        }
        if self.unfinished.len() >= MAX_UNFINISHED && !self.unfinished.contains_key(&number) {
            self.unfinished.pop_first();
        }
        let unfinished = self.unfinished.entry(number).or_insert_with(|| Unfinished {
            kind,
            length,
            body: vec![0; length],
            parts: Vec::new(),
        });
        if unfinished.kind == kind && unfinished.length == length && unfinished.add(offset, part) {
            let body = self.unfinished.remove(&number).map(|whole| whole.body).unwrap_or_default();
            self.give(kind, number, &body, take);
        }
        Some(began)
    }

    fn give(&mut self, kind: u8, number: u16, body: &[u8], take: &mut dyn FnMut(Message)) {
        if self.done.len() < 64 {
            self.done.insert(number, sum_of(body));
        }
        self.unfinished.remove(&number);
        take(handshake(kind, body, true));
    }
}

impl Unfinished {
    /// Adds a part; whether the message is whole now.
    fn add(&mut self, offset: usize, part: &[u8]) -> bool {
        let end = offset + part.len();
        let Some(place) = self.body.get_mut(offset..end) else { return false };
        place.copy_from_slice(part);
        if self.parts.len() < 1024 {
            self.parts.push((offset, end));
        }
        self.parts.sort_unstable();
        let mut joined: Vec<(usize, usize)> = Vec::with_capacity(self.parts.len());
        for (begin, end) in self.parts.drain(..) {
            match joined.last_mut() {
                Some(last) if begin <= last.1 => last.1 = last.1.max(end),
                _ => joined.push((begin, end)),
            }
        }
        self.parts = joined;
        self.parts == [(0, self.length)]
    }
}

/// Tells two bodies of the same message number apart: FNV-1a.
fn sum_of(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
