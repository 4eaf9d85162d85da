//! Packet captures: pcap and pcapng, from the phone's PC port, the ASA or anywhere between.
//!
//! ```text
//! d4 c3 b2 a1 02 00 04 00 …     pcap
//! 0a 0d 0d 0a …                 pcapng
//! ```
//!
//! [`crate::capture`] reads the bytes; here what two ends said becomes events in the field's words, each with its
//! packet. Only what answers a question about a phone is kept, and nothing that was carried.
//!
//! Quirks: a capture names nobody; who of its hosts is a phone shows by what it asks for ([`Phone`]). What stands
//! behind a ChangeCipherSpec cannot be seen, and nothing follows from it.
//!
//! Sources: see [`crate::capture`]; Cisco 116162, "Capture", for where captures come from.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};

use serde::{Deserialize, Serialize};

use crate::capture::container::{Fault, FileType};
use crate::capture::conversation::PacketPlace;
use crate::capture::{Capture, Traffic};
use crate::formats::{Claim, Content, Format, How, Parsed, Sample, Share, Stream};
use crate::input::{InputState, Kind, Note};
use crate::limits::Limits;
use crate::lines::Line;
use crate::source::{At, Packet};
use crate::text::{Argument, Text};
use crate::time::Stamp;

mod events;
mod handshakes;
mod phones;
mod registration;

pub use handshakes::{Alert, Handshake};

/// The format.
pub const FORMAT: Format =
    Format { name: "capture", recognise, read: How::Streamed(|limits| Box::new(Reader::new(limits))) };

/// What a capture shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptureFile {
    /// `pcap`, `pcap (nanoseconds)`, `pcap (modified)` or `pcapng`.
    pub file_type: String,
    /// Packets.
    pub packets: u64,
    /// Link types of its interfaces, as numbered at tcpdump.org/linktypes.
    pub link_types: Vec<u16>,
    /// The earliest packet.
    pub begins: Option<Stamp>,
    /// The latest packet.
    pub ends: Option<Stamp>,
    /// Hosts that are phones, by what they ask for.
    pub phones: Vec<Phone>,
    /// Addresses of hosts that say hello as browsers do, and no phone does.
    pub browsers: Vec<String>,
    /// TLS and DTLS handshakes, in the order of their first packets.
    pub handshakes: Vec<Handshake>,
    /// What happened, in the order of the packets that show it.
    pub events: Vec<CaptureEvent>,
    /// Conversations and events that were not kept because there were too many.
    pub left_out: u64,
}

/// A host that is a phone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    /// Its address, as it is in the capture.
    pub address: String,
    /// `SEP001122334455`; empty where only its kind shows.
    pub name: String,
    /// What shows it.
    pub at: At,
}

/// One event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptureEvent {
    /// The packet that shows it, with a line of the kind that capture programs print.
    pub at: At,
    /// Its time; the clock is that of the host that captured, in UTC.
    pub stamp: Option<Stamp>,
    /// The address of who asked.
    pub client: String,
    /// The address of who was asked.
    pub server: String,
    /// The port that was asked.
    pub port: u16,
    /// What is asked for there.
    pub service: Service,
    /// The server's name, where the capture tells one; may be empty.
    pub name: String,
    /// The hosts lie in one network of 256 addresses, or in the one that DHCP gave.
    pub same_network: bool,
    /// What happened.
    pub what: Happening,
}

/// What a port is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Service {
    /// SSL VPN, or any other TLS.
    Gateway,
    /// DNS.
    Names,
    /// DHCP.
    Addresses,
    /// TFTP, and HTTP on 6970 to 6972.
    Files,
    /// CAPF, 3804.
    Capf,
    /// The trust verification service, 2445.
    Trust,
    /// SIP and SCCP.
    CallControl,
    /// Mail, databases, directories, desktops: what no phone asks for. Nothing of it is told.
    Other,
}

impl Service {
    /// By an address and port, as a [`Handshake`] names its server.
    pub fn of(server: &str) -> Self {
        server.parse::<SocketAddr>().map_or(Self::Other, |server| events::service(server.port()))
    }
}

/// What happened in a conversation.
#[expect(missing_docs, reason = "each variant's documentation says what its fields are")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Happening {
    // Names.
    /// A name was resolved.
    NameResolved { name: String, addresses: Vec<String> },
    /// It was not.
    NameUnresolved { name: String, reason: NameTrouble },

    // Connections.
    /// A TCP connection stands.
    Connected,
    /// The server refused it.
    Refused,
    /// Nothing came back; so many requests.
    Unanswered { requests: u32 },
    /// Something came back at last, behind so many requests, so many seconds after the first.
    AnsweredLate { requests: u32, seconds: u32 },
    /// A router said that the host or network cannot be reached.
    Unreachable { by: String },
    /// A router or firewall said that it forbids it.
    Prohibited { by: String },
    /// The port was said to be closed, though TCP has a word of its own for that: a filter rejects it.
    Rejected { by: String },

    // TLS.
    /// The client said hello, and the server nothing, not even that it ends.
    HelloUnanswered,
    /// The server ended the connection behind the hello, whose highest version is `version`: 0x0301 for TLS 1.0.
    ClosedAfterHello { version: u16 },
    /// An alert in the clear; `after_hello`: the server had said which version and suite it chose; `asked`: it had
    /// asked for the client's certificate.
    Alert { datagrams: bool, from_client: bool, level: u8, code: u8, after_hello: bool, asked: bool },
    /// The server chose a suite that signs on an elliptic curve, and the handshake was not completed.
    EllipticCertificate { suite: u16 },
    /// Both ends went on encrypted. What they say then cannot be seen.
    HandshakeDone { datagrams: bool },
    /// DTLS was asked for and got no answer.
    DatagramsUnanswered { requests: u32 },
    /// The port for DTLS was said to be closed.
    DatagramsUnreachable { by: String },
    /// An encrypted connection goes on as a tunnel does, with pauses between, and DTLS is not even asked for.
    DatagramsNotTried,
    /// Behind some encrypted questions and answers the client closes the connection, and makes no other.
    LeftBehindAnswers { answers: u32 },

    // What the way carries.
    /// Packets of this many bytes of payload were sent again and again, or are what is missing; smaller ones arrive.
    LargePacketsLost { size: u32 },
    /// A router said that packets are too large for the next link, which takes so many bytes.
    TooBig { next: u32, by: String },
    /// A connection that stood got no more answers; the same packet was sent so many times.
    Lost { repeats: u32 },
    /// A connection that was encrypted by both ends was closed by the server, though the client had said nothing before.
    ClosedByServer,

    // The login in the clear.
    /// An answer sends the client to another host.
    RedirectedElsewhere { location: String },
    /// A login was refused.
    LoginRefused { status: u16 },
    /// The server has no room or no time.
    ServiceUnavailable,

    // Files.
    /// DHCP gave the phone an address and no TFTP server, by option 150 or 66.
    NoTftpServerGiven,
    /// DHCP gave TFTP servers.
    TftpServersGiven { servers: Vec<String> },
    /// The server has no such file.
    FileNotFound { file: String },
    /// It refused the file, in its own words.
    FileRefused { file: String, text: String },
    /// It did not answer.
    FileUnanswered { file: String },
    /// The file began to come and did not end.
    FileBroken { file: String },
    /// It came.
    FileArrived { file: String },

    // Registration.
    /// The phone is registered.
    Registered,
    /// It was refused: SIP's status, 0 for SCCP, and the server's words.
    RegistrationRefused { status: u16, text: String },
    /// The request got no answer; `taken`: the server acknowledged that it has it.
    RegistrationUnanswered { taken: bool },
    /// The phone was registered, and the server does not answer any more.
    KeepAliveUnanswered,
    /// The server had the phone reset or restart.
    ResetByServer { restart: bool },
    /// The phone said why it was away, by its number of CUCM's list.
    Alarm { code: u32 },
}

/// Why a name was not resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NameTrouble {
    /// There is no such name.
    NoSuchName,
    /// The server failed.
    ServerFailed,
    /// The server refused.
    Refused,
    /// Nothing came back.
    Unanswered,
    /// No DNS server runs there.
    NoServer,
    /// The answer was too long, and TCP did not get through.
    TooLong,
}

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    let name = type_name(FileType::of(sample.bytes)?);
    let because = Text::fixed("the bytes of {name} at byte 0", "die Kennung von {name} an Byte 0");
    let because = because.word("name", name);
    Some(Claim { kind: Kind::Capture, strength: 100, because, share: Share::Alone })
}

fn type_name(file_type: FileType) -> &'static str {
    match file_type {
        FileType::Pcap => "pcap",
        FileType::NanosecondPcap => "pcap (nanoseconds)",
        FileType::ModifiedPcap => "pcap (modified)",
        FileType::Pcapng => "pcapng",
    }
}

struct Reader {
    capture: Capture,
    events: usize,
    certificates: usize,
}

impl Reader {
    fn new(limits: &Limits) -> Self {
        Self { capture: Capture::default(), events: limits.events, certificates: limits.certificates }
    }
}

impl Stream for Reader {
    fn push(&mut self, chunk: &[u8]) {
        self.capture.push(chunk);
    }

    // A capture is no text; nobody gives it lines.
    fn line(&mut self, _line: Line<'_>) {}

    fn finish(self: Box<Self>) -> Parsed {
        let traffic = self.capture.finish();
        let (file, certificates) = understood(&traffic, self.events, self.certificates);
        let notes = notes(&traffic, file.left_out);
        let damaged = !traffic.counts.damage.is_empty();
        let state = if damaged { InputState::PartlyRead } else { InputState::Read };
        let documents = vec![Content::Capture(Box::new(file))];
        Parsed { certificates, notes, state, ..Parsed::read(documents) }
    }
}

fn understood(
    traffic: &Traffic,
    max_events: usize,
    max_certificates: usize,
) -> (CaptureFile, Vec<crate::formats::Der>) {
    let phones = phones::of(traffic);
    let mut events = events::of(traffic);
    registration::add(traffic, &mut events);
    events.sort_by_key(|event| event.at.order);
    let over = events.len().saturating_sub(max_events);
    events.truncate(max_events);
    let handshakes = handshakes::of(traffic);
    let certificates = handshakes::certificates(traffic, &phones, max_certificates);
    let file = CaptureFile {
        file_type: traffic.file_type.map(type_name).unwrap_or_default().to_owned(),
        packets: traffic.counts.packets,
        link_types: traffic.counts.links.clone(),
        begins: traffic.earliest.map(stamp_of),
        ends: traffic.latest.map(stamp_of),
        browsers: handshakes::browsers(traffic, &phones),
        phones,
        handshakes,
        events,
        left_out: traffic.left_out + over as u64,
    };
    (file, certificates)
}

/// A moment of a capture, which is in UTC.
fn stamp_of(nanos: i64) -> Stamp {
    Stamp { offset_minutes: Some(0), ..Stamp::of_unix_micros(nanos.div_euclid(1000)) }
}

/// `2023-11-14T22:13:23.155Z`: to the millisecond, which redaction knows as a time and leaves.
fn printed(nanos: i64) -> String {
    let time = stamp_of(nanos.div_euclid(1_000_000) * 1_000_000).to_string();
    match time.strip_suffix("000Z") {
        Some(millis) if time.contains('.') => format!("{millis}Z"),
        _ => time,
    }
}

/// A packet's place, with a line such as capture programs print.
fn place(packet: &PacketPlace, words: &str) -> At {
    let time = packet.nanos.map(|nanos| format!(" {}", printed(nanos))).unwrap_or_default();
    let text = format!("packet {}{time} {words}", packet.number);
    let number = u32::try_from(packet.number).unwrap_or(u32::MAX);
    let time = packet.nanos.map(|nanos| nanos.div_euclid(1000));
    At::packet(Packet { number, time }, packet.offset, &text)
}

/// Both hosts lie in one network of 256 addresses: all that a capture tells where it has no netmask.
fn one_network(one: IpAddr, two: IpAddr) -> bool {
    match (one, two) {
        (IpAddr::V4(one), IpAddr::V4(two)) => one.octets().get(..3) == two.octets().get(..3),
        (IpAddr::V6(one), IpAddr::V6(two)) => one.segments().get(..4) == two.segments().get(..4),
        _ => false,
    }
}

fn notes(traffic: &Traffic, left_out: u64) -> Vec<Note> {
    let mut notes: Vec<Note> =
        traffic.counts.damage.iter().map(|damage| Note::byte(damage.offset, fault(damage.what))).collect();
    let unread: BTreeSet<u16> =
        traffic.counts.links.iter().copied().filter(|link| !READ_LINKS.contains(link)).collect();
    if !unread.is_empty() {
        let list = unread.iter().map(u16::to_string).collect::<Vec<_>>().join(", ");
        notes.push(Note::whole(LINKS.argument("list", Argument::Own(list.into()))));
    }
    if traffic.cut > 0 {
        notes.push(Note::whole(BEGINNINGS.number("cut", traffic.cut)));
    }
    if left_out > 0 {
        notes.push(Note::whole(LEFT_OUT.number("count", left_out)));
    }
    notes
}

const LINKS: Text = Text::fixed(
    "Packets of link type {list} are only counted. Capture on an Ethernet interface, or with `tcpdump -i any`.",
    "Pakete des Verbindungstyps {list} werden nur gezählt. Schneiden Sie an einer Ethernet-Schnittstelle mit, oder mit `tcpdump -i any`.",
);
const BEGINNINGS: Text = Text::fixed(
    "Of {cut} packets only the beginning was captured: certificates in them cannot be seen. Capture whole packets, with `tcpdump -s 0`.",
    "Von {cut} Paketen wurde nur der Anfang mitgeschnitten: Zertifikate darin sind nicht zu sehen. Schneiden Sie ganze Pakete mit, mit `tcpdump -s 0`.",
);
const LEFT_OUT: Text = Text::fixed(
    "{count} more conversations were only counted. Cut out the time of one connection attempt and drop that.",
    "{count} weitere Verbindungen wurden nur gezählt. Schneiden Sie die Zeit eines Verbindungsversuchs heraus und legen Sie diesen Teil ab.",
);
/// Link types whose packets are read.
const READ_LINKS: [u16; 10] = [0, 1, 12, 14, 101, 108, 113, 228, 229, 276];

fn fault(what: Fault) -> Text {
    match what {
        Fault::CutOff => Text::fixed(
            "The file ends in the middle of a packet. What stands before it was read.",
            "Die Datei endet mitten in einem Paket. Was davor steht, wurde gelesen.",
        ),
        Fault::TooLong => Text::fixed(
            "A packet here states a length that none has. It was skipped.",
            "Ein Paket nennt hier eine unmögliche Länge. Es wurde übersprungen.",
        ),
        Fault::NotInBlock => Text::fixed(
            "A packet here is longer than the block that holds it. It was skipped.",
            "Ein Paket ist hier länger als der Block, in dem es steht. Es wurde übersprungen.",
        ),
        Fault::UnknownInterface => Text::fixed(
            "A packet here belongs to an interface that the file does not describe. It was only counted.",
            "Ein Paket gehört hier zu einer Schnittstelle, die die Datei nicht beschreibt. Es wurde nur gezählt.",
        ),
        Fault::ZeroBytes => Text::fixed(
            "Zero bytes follow the last packet. They were skipped.",
            "Hinter dem letzten Paket stehen Nullbytes. Sie wurden übersprungen.",
        ),
        Fault::BlockLength => Text::fixed(
            "A block here states a length that none has. What follows was not read.",
            "Ein Block nennt hier eine unmögliche Länge. Was folgt, wurde nicht gelesen.",
        ),
        Fault::Head => Text::fixed(
            "No capture goes on here. What follows was not read.",
            "Hier geht kein Mitschnitt weiter. Was folgt, wurde nicht gelesen.",
        ),
    }
}

#[cfg(test)]
mod tests;
