//! Who speaks with whom: packets sorted into conversations.
//!
//! Connections to a phone's ports are kept from their first packet on, others from the moment on at which TLS begins
//! in them. What belongs to neither is counted. Few conversations are open at a time, and a bounded number is kept.

use std::collections::{BTreeMap, VecDeque};
use std::net::{IpAddr, SocketAddr};

use super::conversation::{Conversation, PacketPlace, Sealed, Sent, Speaker, Transport, What};
use super::dtls;
use super::icmp::Notice;
use super::link::Frame;
use super::reader::Reader;
use super::tcp::{self, Segment, Stream};
use super::tls::{Message, Side};

/// Conversations that are open at a time; the oldest is closed for a new one.
const MAX_OPEN: usize = 8192;
/// Conversations that are kept of one capture; further ones are counted.
pub const MAX_KEPT: usize = 16_000;
/// Questions for names that are kept besides: small, and many in any office.
const MAX_NAMES: usize = 20_000;
/// Handshakes of web browsers that are kept besides: they are other people's, and only show that.
const MAX_BROWSERS: usize = 1000;
/// Failed requests to ports that are no service's: a scan makes thousands.
const MAX_FAILED: u64 = 1000;
/// Bytes that wait for earlier ones, of all connections together.
const MAX_WAITING: usize = 32 << 20;
/// Two ends that say nothing for so long, in nanoseconds, have nothing more to do with one another's last words.
const PAUSE_NANOS: i64 = 1_000_000_000;
/// The same bytes, sent again within this time, are a copy of the capture's; later, they are sent again.
const COPY_NANOS: i64 = 100_000_000;

/// One packet with what was read of its outer layers.
#[derive(Clone, Copy, Debug)]
pub struct Carried<'a> {
    /// The packet's place.
    pub at: PacketPlace,
    /// Its link layer.
    pub frame: Frame<'a>,
    /// The sender.
    pub from: SocketAddr,
    /// The receiver.
    pub to: SocketAddr,
    /// The payload, as far as it was captured.
    pub payload: &'a [u8],
    /// Bytes of the payload that were not captured.
    pub missing: u32,
}

/// The lower end first, so that both directions have one key; and whether it is UDP.
type Key = (u128, u128, u64);

/// All conversations of a capture.
#[derive(Debug, Default)]
pub struct Flows {
    open: BTreeMap<Key, usize>,
    slots: Vec<Option<Flow>>,
    free: Vec<usize>,
    order: VecDeque<(Key, usize)>,
    done: Vec<Conversation>,
    /// How many of those are of each [`Class`].
    kept: [usize; 3],
    waiting: usize,
    /// Requests for connections to ports of nobody's that failed.
    failed: u64,
    /// Conversations that were not kept because there were too many.
    pub left_out: u64,
    /// Packets of no conversation that is kept.
    pub others: u64,
    /// TFTP transfers whose first answer, from a port of its own, has not come: by the client's end.
    tftp: BTreeMap<SocketAddr, Key>,
}

#[derive(Debug)]
pub(super) struct Flow {
    pub(super) conversation: Conversation,
    client: Stream,
    server: Stream,
    reader: Reader,
    pub(super) dtls: Option<Box<dtls::Session>>,
    /// When each side last sent something new.
    fresh: [PacketPlace; 2],
    /// The client has said something encrypted that the server has not answered.
    asked: Option<Asked>,
    /// Every key under which it is open: a TFTP transfer has two.
    keys: Vec<Key>,
}

/// A question that cannot be seen.
#[derive(Clone, Copy, Debug)]
struct Asked {
    /// Both had been silent before.
    after_pause: bool,
    /// Bytes of its first packet.
    size: u64,
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => u128::from(u32::from(v4)) | 0xffff_u128 << 32,
        IpAddr::V6(v6) => u128::from(v6),
    }
}

fn key(from: SocketAddr, to: SocketAddr, transport: Transport) -> Key {
    let (one, two) = ((number(from.ip()), from.port()), (number(to.ip()), to.port()));
    let ((low, low_port), (high, high_port)) = if one <= two { (one, two) } else { (two, one) };
    let udp = u64::from(transport == Transport::Udp);
    (low, high, u64::from(low_port) << 32 | u64::from(high_port) << 16 | udp)
}

/// TCP ports at which a phone's services listen: name, login, VPN, configuration, CAPF, trust, call control.
fn is_service(port: u16) -> bool {
    matches!(port, 53 | 80 | 443 | 2000 | 2443 | 2445 | 3804 | 5060 | 5061 | 6970..=6972 | 8443)
}

impl Flows {
    /// Takes one TCP segment.
    pub fn segment(&mut self, carried: &Carried<'_>, segment: &Segment<'_>) {
        let service = is_service(segment.from_port) || is_service(segment.to_port);
        let silent = segment.payload.is_empty() && segment.flags & (tcp::SYN | tcp::FIN | tcp::RST) == 0;
        if !service && silent {
            self.others += 1;
            return;
        }
        let key = key(carried.from, carried.to, Transport::Tcp);
        let mut slot = self.open.get(&key).copied();
        let opens = segment.flags & (tcp::SYN | tcp::ACK | tcp::RST) == tcp::SYN;
        if let Some(flow) = slot.and_then(|slot| self.flow(slot))
            && opens
            && flow.is_other_connection(segment)
        {
            self.close(key);
            slot = None;
        }
        if slot.is_none() && !service && !opens && !begins_handshake(segment.payload) {
            self.others += 1;
            return;
        }
        let slot = slot.unwrap_or_else(|| {
            let client = client_of(carried, segment);
            self.open(key, Transport::Tcp, carried, client)
        });
        let Some(flow) = self.flow(slot) else { return };
        let before = flow.client.waiting_bytes() + flow.server.waiting_bytes();
        flow.segment(carried, segment);
        let after = flow.client.waiting_bytes() + flow.server.waiting_bytes();
        // Its first bytes are no TLS: nothing is asked about it.
        let of_others = !service && matches!(flow.reader, Reader::Other | Reader::Text(_));
        self.waiting = (self.waiting + after).saturating_sub(before);
        if self.waiting > MAX_WAITING
            && let Some(flow) = self.flow(slot)
        {
            flow.client.forget();
            flow.server.forget();
            self.waiting = self.waiting.saturating_sub(after);
        }
        if of_others {
            self.close(key);
        }
    }

    /// Takes a datagram of a conversation that is worth keeping: `client` began it.
    pub(super) fn datagram(
        &mut self,
        carried: &Carried<'_>,
        client: SocketAddr,
    ) -> Option<(&mut Flow, Side)> {
        let key = key(carried.from, carried.to, Transport::Udp);
        if !self.open.contains_key(&key)
            && let Some(transfer) = self.tftp.get(&carried.to)
        {
            // A TFTP server answers from a port of its own.
            let transfer = *transfer;
            if let Some(slot) = self.open.get(&transfer).copied()
                && let Some(flow) = self.flow(slot)
                && flow.conversation.server.ip() == carried.from.ip()
                && flow.keys.len() < 4
            {
                flow.keys.push(key);
                self.open.insert(key, slot);
                self.order.push_back((key, slot));
            }
        }
        if carried.to.port() == 69
            && carried.missing == 0
            && self.flow_of(key).is_some_and(|flow| flow.is_answered())
        {
            // Another file over the same ports.
            self.close(key);
        }
        let slot = match self.open.get(&key) {
            Some(slot) => *slot,
            None => self.open(key, Transport::Udp, carried, client),
        };
        if carried.to.port() == 69 {
            if self.tftp.len() >= MAX_OPEN {
                self.tftp.clear();
            }
            self.tftp.insert(carried.from, key);
        }
        let flow = self.flow(slot)?;
        let side = if flow.conversation.client == carried.from { Side::Client } else { Side::Server };
        flow.count(carried, side);
        Some((flow, side))
    }

    /// An open conversation of datagrams between two ends.
    pub(super) fn has_datagrams(&self, from: SocketAddr, to: SocketAddr) -> bool {
        self.open.contains_key(&key(from, to, Transport::Udp)) || self.tftp.contains_key(&to)
    }

    /// Takes what ICMP says of a lost packet.
    pub fn undelivered(&mut self, at: PacketPlace, by: IpAddr, notice: &Notice) {
        let transport = if notice.protocol == 6 { Transport::Tcp } else { Transport::Udp };
        let key = key(notice.from, notice.to, transport);
        if let Some(flow) = self.flow_of(key) {
            let sender = if flow.conversation.client == notice.from { Side::Client } else { Side::Server };
            let what = What::Undelivered { reason: notice.reason, sender };
            flow.conversation.step(at, Speaker::Network(by), what);
        }
    }

    /// No more packets come: every conversation that is worth keeping, by its first packet.
    pub fn finish(mut self) -> (Vec<Conversation>, u64, u64) {
        let keys: Vec<Key> = self.open.keys().copied().collect();
        for key in keys {
            self.close(key);
        }
        self.done.sort_by_key(|conversation| conversation.first);
        (self.done, self.left_out, self.others)
    }

    fn flow(&mut self, slot: usize) -> Option<&mut Flow> {
        self.slots.get_mut(slot)?.as_mut()
    }

    fn flow_of(&mut self, key: Key) -> Option<&mut Flow> {
        let slot = *self.open.get(&key)?;
        self.flow(slot)
    }

    fn open(&mut self, key: Key, transport: Transport, carried: &Carried<'_>, client: SocketAddr) -> usize {
        while self.open.len() >= MAX_OPEN
            && let Some((oldest, slot)) = self.order.pop_front()
        {
            if self.open.get(&oldest) == Some(&slot) {
                self.close(oldest);
            }
        }
        if self.order.len() > 4 * MAX_OPEN {
            let open = &self.open;
            self.order.retain(|(key, slot)| open.get(key) == Some(slot));
        }
        let from_client = client == carried.from;
        let server = if from_client { carried.to } else { carried.from };
        let hardware = if from_client { carried.frame.from } else { carried.frame.to };
        let conversation = Conversation {
            transport,
            client,
            server,
            client_hardware: hardware,
            vlans: carried.frame.vlans,
            first: carried.at,
            last: carried.at,
            steps: Vec::new(),
            from_client: Sent::default(),
            from_server: Sent::default(),
            sealed: Sealed::default(),
        };
        let flow = Flow {
            conversation,
            client: Stream::default(),
            server: Stream::default(),
            reader: Reader::default(),
            dtls: None,
            fresh: [PacketPlace::default(); 2],
            asked: None,
            keys: vec![key],
        };
        let slot = self.free.pop().unwrap_or(self.slots.len());
        match self.slots.get_mut(slot) {
            Some(place) => *place = Some(flow),
            None => self.slots.push(Some(flow)),
        }
        self.open.insert(key, slot);
        self.order.push_back((key, slot));
        slot
    }

    fn close(&mut self, key: Key) {
        let Some(slot) = self.open.remove(&key) else { return };
        let Some(flow) = self.slots.get_mut(slot).and_then(Option::take) else { return };
        self.free.push(slot);
        self.waiting = self.waiting.saturating_sub(flow.client.waiting_bytes() + flow.server.waiting_bytes());
        if flow.conversation.server.port() == 69 {
            self.tftp.remove(&flow.conversation.client);
        }
        for other in &flow.keys {
            self.open.remove(other);
        }
        let conversation = flow.finish();
        let failed = conversation.is_unanswered_tcp() && !is_service(conversation.server.port());
        self.failed += u64::from(failed);
        if !is_worth_keeping(&conversation) || failed && self.failed > MAX_FAILED {
            self.others += conversation.from_client.packets + conversation.from_server.packets;
            return;
        }
        let class = Class::of(&conversation);
        let most = [MAX_KEPT, MAX_NAMES, MAX_BROWSERS];
        match (self.kept.get_mut(class as usize), most.get(class as usize)) {
            (Some(kept), Some(most)) if *kept < *most => {
                *kept += 1;
                self.done.push(conversation);
            }
            _ if class == Class::Browser => {
                self.others += conversation.from_client.packets + conversation.from_server.packets;
            }
            _ => self.left_out += 1,
        }
    }
}

/// What conversations are limited by, each for itself: an office's browsing takes no place of a phone's handshakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Any,
    Names,
    Browser,
}

impl Class {
    fn of(conversation: &Conversation) -> Self {
        let is_of_a_browser = || {
            conversation.tls().any(
                |(.., message)| matches!(message, Message::ClientHello(hello) if hello.is_of_a_browser()),
            )
        };
        match conversation.server.port() {
            53 => Self::Names,
            _ if is_of_a_browser() => Self::Browser,
            _ => Self::Any,
        }
    }
}

/// A TLS handshake begins with this segment.
fn begins_handshake(payload: &[u8]) -> bool {
    matches!(payload, [22, 3, 0..=4, _, _, 1, 0, ..] | [0x80, _, 1, 3, 0..=3, 0, ..])
}

/// Who began a connection: who asks for it, who says hello, or who does not sit on a service's port.
fn client_of(carried: &Carried<'_>, segment: &Segment<'_>) -> SocketAddr {
    let accepts = segment.flags & tcp::SYN != 0 && segment.flags & tcp::ACK != 0;
    let from_server = match (is_service(segment.from_port), is_service(segment.to_port)) {
        _ if accepts => true,
        _ if segment.flags & tcp::SYN != 0 || begins_handshake(segment.payload) => false,
        (true, false) => true,
        (false, true) => false,
        _ => segment.from_port < segment.to_port,
    };
    if from_server { carried.to } else { carried.from }
}

/// Connections of the web are other people's, unless a phone's client makes them.
fn is_worth_keeping(conversation: &Conversation) -> bool {
    if conversation.transport == Transport::Udp || conversation.server.port() != 80 {
        let service = conversation.transport == Transport::Udp || is_service(conversation.server.port());
        return service || conversation.is_unanswered_tcp() || conversation.tls().next().is_some();
    }
    conversation.steps.iter().any(|step| match &step.what {
        What::Http(head) => {
            head.header("user-agent").starts_with("Cisco")
                || head.target.starts_with("/+CSCO")
                || head.target.starts_with("/+webvpn")
        }
        What::Tls(_) => true,
        _ => false,
    })
}

impl Flow {
    fn stream(&mut self, side: Side) -> &mut Stream {
        match side {
            Side::Client => &mut self.client,
            Side::Server => &mut self.server,
        }
    }

    /// A request for a connection that is not the repeat of an earlier one.
    fn is_other_connection(&mut self, segment: &Segment<'_>) -> bool {
        let asked = self.conversation.steps.iter().any(|step| step.what == What::Syn);
        let ended = self.conversation.steps.iter().any(|step| matches!(step.what, What::Fin | What::Reset));
        let data = self.conversation.from_client.bytes + self.conversation.from_server.bytes > 0;
        !self.client.begins_at(segment.sequence) && (ended || data || !asked)
    }

    /// Something came back.
    fn is_answered(&self) -> bool {
        self.conversation.from_server.packets > 0
            || self.conversation.steps.iter().any(|step| matches!(step.what, What::Undelivered { .. }))
    }

    fn count(&mut self, carried: &Carried<'_>, side: Side) {
        self.conversation.last = carried.at;
        let size = u32::try_from(carried.payload.len()).unwrap_or(u32::MAX).saturating_add(carried.missing);
        let sent = self.conversation.sent_mut(side);
        sent.packets += 1;
        sent.last = carried.at;
        if size > 0 {
            sent.last_data = carried.at;
        }
        sent.bytes += u64::from(size);
        sent.largest = sent.largest.max(size);
    }

    fn segment(&mut self, carried: &Carried<'_>, segment: &Segment<'_>) {
        let at = carried.at;
        let side = if self.conversation.client == carried.from { Side::Client } else { Side::Server };
        let carried = Carried { payload: segment.payload, ..*carried };
        self.count(&carried, side);
        if segment.flags & tcp::SYN != 0 {
            self.syn(at, side, segment);
        }
        if segment.flags & tcp::ACK != 0 {
            self.stream(side.other()).acknowledge(segment.acknowledged);
        }
        if !segment.payload.is_empty() || carried.missing > 0 {
            self.payload(&carried, side, segment);
        }
        for (flag, what) in [(tcp::FIN, What::Fin), (tcp::RST, What::Reset)] {
            if segment.flags & flag != 0 && !self.said(side, &what) {
                self.conversation.step(at, side.into(), what);
            }
        }
    }

    fn said(&self, side: Side, what: &What) -> bool {
        let from = Speaker::from(side);
        self.conversation.steps.iter().rev().any(|step| step.from == from && step.what == *what)
    }

    fn syn(&mut self, at: PacketPlace, side: Side, segment: &Segment<'_>) {
        let what = if segment.flags & tcp::ACK != 0 { What::SynAck } else { What::Syn };
        let from = Speaker::from(side);
        let copy = self
            .conversation
            .steps
            .iter()
            .rev()
            .find(|step| step.from == from && step.what == what)
            .is_some_and(|step| at.since(&step.at) < COPY_NANOS);
        if !copy {
            self.conversation.step(at, from, what);
        }
        self.stream(side).begin(segment.sequence);
    }

    fn payload(&mut self, carried: &Carried<'_>, side: Side, segment: &Segment<'_>) {
        let at = carried.at;
        let again = self.stream(side).note(segment, carried.missing);
        let acknowledged = self.stream(side).is_acknowledged();
        let [client, server] = &mut self.fresh;
        let last = (*client).max(*server);
        let fresh = if side == Side::Client { client } else { server };
        if !again {
            *fresh = at;
        } else if at.since(fresh) >= COPY_NANOS && !acknowledged {
            *fresh = at;
            let size = u32::try_from(segment.payload.len()).unwrap_or(u32::MAX);
            let sent = self.conversation.sent_mut(side);
            sent.repeats = sent.repeats.saturating_add(1);
            sent.repeated_size = size;
        }
        if self.reader.is_hidden() {
            if !again {
                let size = segment.payload.len() as u64 + u64::from(carried.missing);
                self.sealed(side, Asked { after_pause: at.since(&last) >= PAUSE_NANOS, size });
            }
            let hidden = What::Tls(Message::Hidden(21));
            if matches!(segment.payload, [21, 3, ..]) && !self.said(side, &hidden) {
                self.conversation.step(at, side.into(), hidden);
            }
            return;
        }
        let port = self.conversation.server.port();
        let Self { conversation, client, server, reader, .. } = self;
        let stream = if side == Side::Client { client } else { server };
        stream.push(segment, carried.missing, &mut |piece| {
            reader.piece(side, port, piece, &mut |what| conversation.step(at, side.into(), what));
        });
        if self.reader.is_hidden() {
            self.client.forget();
            self.server.forget();
        }
    }

    /// Something new was said that is encrypted.
    fn sealed(&mut self, side: Side, said: Asked) {
        match (side, self.asked) {
            (Side::Client, None) => self.asked = Some(said),
            (Side::Server, Some(asked)) => {
                let sealed = &mut self.conversation.sealed;
                sealed.rounds = sealed.rounds.saturating_add(1);
                if asked.after_pause {
                    sealed.after_pause = sealed.after_pause.saturating_add(1);
                    sealed.echoes = sealed.echoes.saturating_add(u32::from(asked.size == said.size));
                }
                self.asked = None;
            }
            _ => {}
        }
    }

    fn finish(mut self) -> Conversation {
        let at = self.conversation.last;
        let port = self.conversation.server.port();
        let Self { conversation, client, server, reader, .. } = &mut self;
        for (side, stream) in [(Side::Client, client), (Side::Server, server)] {
            let sent = conversation.sent_mut(side);
            sent.hole = stream.is_waiting() && !stream.is_acknowledged();
            sent.unacknowledged = !stream.is_acknowledged();
            if !reader.is_hidden() {
                stream.finish(&mut |piece| {
                    reader.piece(side, port, piece, &mut |what| conversation.step(at, side.into(), what));
                });
            }
            conversation.sent_mut(side).gaps = stream.gaps;
        }
        conversation.steps.shrink_to_fit();
        self.conversation
    }
}
