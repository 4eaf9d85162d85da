//! The record layer of a TLS connection, both directions.
//!
//! Bytes come in order, a segment at a time, with the gaps that the capture has. After a gap inside a record the
//! record's own length leads on; after any other the next segment that begins with a record's head does.

use super::Side;
use super::hello::ssl2_hello;
use super::message::{Message, handshake};

const CHANGE_CIPHER_SPEC: u8 = 20;
const ALERT: u8 = 21;
const HANDSHAKE: u8 = 22;
const APPLICATION_DATA: u8 = 23;
const HEARTBEAT: u8 = 24;

const TLS_1_3: u16 = 0x0304;
/// RFC 5246, 6.2.3: 2^14 bytes and what compression and cipher may add.
const MAX_RECORD: usize = (1 << 14) + 2048;
/// The longest handshake message that is put together, in bytes: chains of some hundred certificates.
const MAX_HANDSHAKE: usize = 256 << 10;

/// Whether a segment begins with a record that a TLS connection may have in the clear.
pub fn begins_record(bytes: &[u8]) -> bool {
    match bytes {
        [HANDSHAKE, 3, 0..=4, high, low, kind, rest @ ..] => {
            let length = usize::from(u16::from_be_bytes([*high, *low]));
            let message = match rest {
                [first, second, third, ..] => {
                    usize::from(*first) << 16 | usize::from(*second) << 8 | usize::from(*third)
                }
                _ => 0,
            };
            (1..=MAX_RECORD).contains(&length)
                && matches!(kind, 0..=2 | 4 | 8 | 11..=16 | 20 | 22)
                && message <= MAX_HANDSHAKE
        }
        [ALERT, 3, 0..=4, 0, 2, 1 | 2, ..] | [CHANGE_CIPHER_SPEC, 3, 0..=4, 0, 1, 1, ..] => true,
        _ => false,
    }
}

/// One TLS connection.
#[derive(Debug, Default)]
pub struct Session {
    client: Half,
    server: Half,
    /// The server chose TLS 1.3, where no ChangeCipherSpec counts and what is encrypted says so in its type.
    version_1_3: Option<bool>,
}

#[derive(Debug, Default)]
struct Half {
    sync: Sync,
    head: Vec<u8>,
    /// The type of the record that is being read, and bytes of it to come.
    kind: u8,
    remaining: usize,
    /// Handshake bytes in the clear that make no whole message yet.
    handshake: Vec<u8>,
    /// They are damaged: bytes of them were lost.
    broken: bool,
    alert: Vec<u8>,
    changed_cipher: bool,
    hidden: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Sync {
    /// Nothing was read yet.
    #[default]
    Start,
    /// At a record's head, or inside a record.
    Records,
    /// Where the next record begins is not known.
    Lost,
}

impl Session {
    /// Not a byte of this side was read.
    pub fn has_heard_nothing(&self, side: Side) -> bool {
        let half = if side == Side::Client { &self.client } else { &self.server };
        half.sync == Sync::default()
    }

    /// Takes bytes that follow the last ones of this side; they begin where a segment does.
    pub fn feed(&mut self, side: Side, bytes: &[u8], take: &mut dyn FnMut(Message)) {
        let mut bytes = bytes;
        let opaque = self.is_opaque(side);
        let half = self.half(side);
        match half.sync {
            Sync::Start => {
                if side == Side::Client
                    && let [0x80..=0xff, length, 1, 3, ..] = bytes
                {
                    half.sync = Sync::Lost;
                    let body = bytes.get(2..2 + usize::from(*length)).unwrap_or_default();
                    let hello = ssl2_hello(body).map(|hello| Message::ClientHello(Box::new(hello)));
                    take(hello.unwrap_or(Message::Damaged(1)));
                    return;
                }
                half.sync = Sync::Records;
                if !may_begin(bytes) {
                    half.sync = Sync::Lost;
                    return;
                }
            }
            Sync::Lost => {
                if !(begins_record(bytes) || opaque && may_begin(bytes)) {
                    return;
                }
                half.sync = Sync::Records;
            }
            Sync::Records => {}
        }
        while !bytes.is_empty() {
            bytes = self.step(side, bytes, take);
            if self.half(side).sync == Sync::Lost {
                return;
            }
        }
    }

    /// So many bytes of this side were sent and not captured.
    pub fn lost(&mut self, side: Side, length: u64) {
        let half = self.half(side);
        if half.sync == Sync::Start {
            half.sync = Sync::Lost;
            return;
        }
        half.handshake.clear();
        half.broken = true;
        half.alert.clear();
        if length <= half.remaining as u64 && half.head.is_empty() {
            half.remaining -= usize::try_from(length).unwrap_or_default();
        } else {
            half.sync = Sync::Lost;
            half.head.clear();
            half.remaining = 0;
        }
    }

    /// Both ends speak encrypted: nothing more can be read but the types of records.
    pub fn is_hidden(&self) -> bool {
        let both = self.client.hidden && self.server.hidden;
        both && self.client.remaining == 0 && self.server.remaining == 0
    }

    fn half(&mut self, side: Side) -> &mut Half {
        match side {
            Side::Client => &mut self.client,
            Side::Server => &mut self.server,
        }
    }

    fn is_opaque(&self, side: Side) -> bool {
        let half = if side == Side::Client { &self.client } else { &self.server };
        half.changed_cipher && self.version_1_3 != Some(true)
    }

    /// Reads a record's head or a part of its body; what is left.
    fn step<'a>(&mut self, side: Side, bytes: &'a [u8], take: &mut dyn FnMut(Message)) -> &'a [u8] {
        let half = self.half(side);
        if half.remaining > 0 {
            let (body, rest) = bytes.split_at_checked(half.remaining).unwrap_or((bytes, &[]));
            half.remaining -= body.len();
            self.body(side, body, take);
            return rest;
        }
        let missing = 5_usize.saturating_sub(half.head.len());
        let (more, rest) = bytes.split_at_checked(missing).unwrap_or((bytes, &[]));
        half.head.extend_from_slice(more);
        if half.head.len() < 5 {
            return rest;
        }
        if may_begin(&half.head)
            && let [kind, _, _, high, low] = half.head.as_slice()
        {
            half.kind = *kind;
            half.remaining = usize::from(u16::from_be_bytes([*high, *low]));
            half.head.clear();
            let (kind, length) = (half.kind, half.remaining);
            self.begin(side, kind, length, take);
        } else {
            half.head.clear();
            half.sync = Sync::Lost;
            half.handshake.clear();
            half.broken = true;
        }
        rest
    }

    /// A record of so many bytes begins.
    fn begin(&mut self, side: Side, kind: u8, length: usize, take: &mut dyn FnMut(Message)) {
        let opaque = self.is_opaque(side);
        let half = self.half(side);
        let secret = opaque || kind == APPLICATION_DATA;
        if secret && (!half.hidden || kind == ALERT) {
            half.hidden = true;
            take(Message::Hidden(kind));
        }
        // A handshake message that is cut by a record of another type is none.
        if kind != HANDSHAKE && length > 0 && !half.handshake.is_empty() {
            half.handshake.clear();
            half.broken = true;
        }
    }

    fn body(&mut self, side: Side, body: &[u8], take: &mut dyn FnMut(Message)) {
        let opaque = self.is_opaque(side);
        // Before a server hello was seen, what follows a change of cipher may be encrypted or not.
        let half = self.half(side);
        match half.kind {
            HANDSHAKE if !opaque => {
                if half.broken && begins_record(&[&[HANDSHAKE, 3, 1, 0, 1], body].concat()) {
                    half.broken = false;
                }
                if !half.broken {
                    half.handshake.extend_from_slice(body);
                    self.messages(side, take);
                }
            }
            ALERT if !opaque => {
                half.alert.extend_from_slice(body);
                if let &[level, code] = half.alert.as_slice() {
                    half.alert.clear();
                    take(Message::Alert { level, code });
                } else if half.alert.len() > 2 {
                    half.alert.clear();
                }
            }
            CHANGE_CIPHER_SPEC if half.remaining == 0 => {
                half.changed_cipher = true;
                take(Message::ChangeCipherSpec);
            }
            _ => {}
        }
    }

    /// Gives out the whole messages of a side's handshake bytes.
    fn messages(&mut self, side: Side, take: &mut dyn FnMut(Message)) {
        loop {
            let half = self.half(side);
            let &[kind, first, second, third, ref rest @ ..] = half.handshake.as_slice() else { return };
            let length = usize::from(first) << 16 | usize::from(second) << 8 | usize::from(third);
            if length > MAX_HANDSHAKE {
                half.handshake.clear();
                half.broken = true;
                take(Message::Damaged(kind));
                return;
            }
            let Some(body) = rest.get(..length) else { return };
            let message = handshake(kind, body, false);
            half.handshake.drain(..4 + length);
            if half.handshake.is_empty() {
                half.handshake = Vec::new();
            }
            match &message {
                Message::ServerHello(hello) => {
                    self.version_1_3 = Some(is_1_3(hello.chosen_version) || hello.retry);
                }
                // A new handshake on the same connection, in the clear.
                Message::ClientHello(_) if self.version_1_3 != Some(true) => {
                    self.client.changed_cipher = false;
                }
                _ => {}
            }
            take(message);
        }
    }
}

/// TLS 1.3, or one of its drafts.
fn is_1_3(version: u16) -> bool {
    version == TLS_1_3 || version >> 8 == 0x7f
}

/// Whether these may be the first bytes of a record; fewer than five may.
fn may_begin(bytes: &[u8]) -> bool {
    match bytes {
        [kind, 3, 0..=4, high, low, ..] => {
            (CHANGE_CIPHER_SPEC..=HEARTBEAT).contains(kind)
                && usize::from(u16::from_be_bytes([*high, *low])) <= MAX_RECORD
        }
        [kind, 3, ..] | [kind] => (CHANGE_CIPHER_SPEC..=HEARTBEAT).contains(kind) && bytes.len() < 5,
        _ => false,
    }
}
