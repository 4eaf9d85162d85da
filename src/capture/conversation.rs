//! What two ends of a network said to one another, step by step.
//!
//! ```text
//! 192.0.2.10:50000 -> 198.51.100.1:443   client hello | server hello, certificate | alert 48 | reset
//! ```
//!
//! Only what may answer a question about a phone is kept; what was carried is not.

use std::net::{IpAddr, SocketAddr};

use super::dns::Dns;
use super::message::Head;
use super::sccp::Sccp;
use super::tftp::Tftp;
use super::tls::{Message, Side};

/// A packet's place in its capture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PacketPlace {
    /// 1-based, as Wireshark numbers frames.
    pub number: u64,
    /// 0-based byte of the file at which its block begins.
    pub offset: u64,
    /// Nanoseconds since 1970-01-01T00:00:00Z, where the capture gives a time.
    pub nanos: Option<i64>,
}

impl PacketPlace {
    /// Nanoseconds from an earlier packet to this one; 0 where one of them has no time.
    pub fn since(&self, earlier: &Self) -> i64 {
        match (self.nanos, earlier.nanos) {
            (Some(now), Some(before)) => now.saturating_sub(before),
            _ => 0,
        }
    }
}

/// How the two ends spoke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Transport {
    /// A TCP connection.
    Tcp,
    /// Datagrams between the same two ports; for TFTP one transfer.
    Udp,
}

/// One connection, or one exchange of datagrams.
#[derive(Clone, Debug)]
pub struct Conversation {
    /// How they spoke.
    pub transport: Transport,
    /// Who began.
    pub client: SocketAddr,
    /// Who was asked.
    pub server: SocketAddr,
    /// The client's hardware address as the first packet has it: that of a router, where one lies between.
    pub client_hardware: Option<[u8; 6]>,
    /// VLAN identifiers of the first packet, the outer one first; 0 where there is none.
    pub vlans: [u16; 4],
    /// The first packet.
    pub first: PacketPlace,
    /// The last one.
    pub last: PacketPlace,
    /// What happened, in the order of the capture; bounded by [`MAX_STEPS`].
    pub steps: Vec<Step>,
    /// What the client sent.
    pub from_client: Sent,
    /// What the server sent.
    pub from_server: Sent,
    /// What they said once both were encrypted.
    pub sealed: Sealed,
}

/// What two ends say to one another when nothing but its time can be seen, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sealed {
    /// The client said something, and the server answered.
    pub rounds: u32,
    /// Of these, those before which both had been silent for a second.
    pub after_pause: u32,
    /// Of those, the ones whose answer is as long as the question, as an echo is, or the answer to a sign of life.
    pub echoes: u32,
}

/// Steps of one conversation that are kept.
pub const MAX_STEPS: usize = 256;

impl Conversation {
    /// What one end sent.
    pub fn sent(&self, side: Side) -> &Sent {
        match side {
            Side::Client => &self.from_client,
            Side::Server => &self.from_server,
        }
    }

    /// A connection was asked for, and nothing was ever sent over it.
    pub fn is_unanswered_tcp(&self) -> bool {
        let asked = self.steps.iter().any(|step| step.what == What::Syn);
        let accepted = self.steps.iter().any(|step| step.what == What::SynAck);
        asked && !accepted && self.from_client.bytes + self.from_server.bytes == 0
    }

    pub(super) fn sent_mut(&mut self, side: Side) -> &mut Sent {
        match side {
            Side::Client => &mut self.from_client,
            Side::Server => &mut self.from_server,
        }
    }

    pub(super) fn step(&mut self, at: PacketPlace, from: Speaker, what: What) {
        if self.steps.len() < MAX_STEPS || matches!(what, What::Reset | What::Fin) {
            self.steps.push(Step { at, from, what });
        }
    }

    /// TLS messages in their order, with the end that sent each.
    pub fn tls(&self) -> impl Iterator<Item = (&Step, Side, &Message)> {
        self.steps.iter().filter_map(|step| match (&step.what, step.from) {
            (What::Tls(message), Speaker::Client) => Some((step, Side::Client, message)),
            (What::Tls(message), Speaker::Server) => Some((step, Side::Server, message)),
            _ => None,
        })
    }
}

/// What one end sent, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Packets, retransmissions and all.
    pub packets: u64,
    /// Bytes of payload.
    pub bytes: u64,
    /// Payload bytes of the largest packet.
    pub largest: u32,
    /// Pieces that are missing in the capture, though later ones came.
    pub gaps: u32,
    /// Bytes lie before others that came, and were never acknowledged: the other end does not have them.
    pub hole: bool,
    /// Something that was sent has not been acknowledged to the end.
    pub unacknowledged: bool,
    /// The same bytes sent again after a while, as a sender does that hears no acknowledgement.
    pub repeats: u32,
    /// Payload bytes of the last packet that was repeated.
    pub repeated_size: u32,
    /// The last packet.
    pub last: PacketPlace,
    /// The last packet that carried something.
    pub last_data: PacketPlace,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The packet that showed it; the last one, where several were needed.
    pub at: PacketPlace,
    /// Who said it.
    pub from: Speaker,
    /// What it is.
    pub what: What,
}

/// Who said something in a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker {
    /// Who began it.
    Client,
    /// Who was asked.
    Server,
    /// A router or firewall on the way, or one of the ends' own systems, by ICMP.
    Network(IpAddr),
}

impl From<Side> for Speaker {
    fn from(side: Side) -> Self {
        match side {
            Side::Client => Self::Client,
            Side::Server => Self::Server,
        }
    }
}

/// What was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// TCP: asks for a connection. A repeat after a while is a step of its own.
    Syn,
    /// TCP: accepts it.
    SynAck,
    /// TCP: has nothing more to send.
    Fin,
    /// TCP: ends or refuses the connection at once.
    Reset,
    /// A TLS or DTLS message.
    Tls(Message),
    /// A name is asked for or answered.
    Dns(Dns),
    /// A file is asked for, comes or does not.
    Tftp(Tftp),
    /// HTTP in the clear.
    Http(Head),
    /// The body of an HTTP answer came as a whole.
    HttpBodyDone,
    /// SIP in the clear.
    Sip(Head),
    /// SCCP in the clear.
    Sccp(Sccp),
    /// ICMP says that a packet of this conversation was not delivered.
    Undelivered {
        /// Why.
        reason: Undelivered,
        /// Which end had sent it.
        sender: Side,
    },
}

/// Why a packet was not delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undelivered {
    /// Nobody listens on the port.
    Port,
    /// The host does not answer, or there is no way to it.
    Host,
    /// No route to the network.
    Network,
    /// A filter forbids it.
    Prohibited,
    /// It is larger than the next link takes, and must not be fragmented: that link's size in bytes, 0 where it is
    /// not said.
    TooBig(u32),
    /// Any other code of ICMP's type 3.
    Other(u8),
}
