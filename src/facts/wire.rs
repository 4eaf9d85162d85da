//! What do captures show of phones, and what of it still counts?
//!
//! Whose a conversation is, the surest first: a host that names itself as a phone, or asks for what only phones ask
//! for; the dialled host of a phone's url; the only host of the capture, where none is known as a phone; a server's
//! name that hints at VPN. Where phones are known, other hosts are other people's.
//!
//! A failure counts until the same host gets past it: a name that is resolved later, a gateway that answers later, a
//! file that comes from another server, a registration. Of what is over only this is kept: a server of the own network
//! that gave no file, because a phone asks the same wrong server again at its next start.

use std::collections::{BTreeMap, BTreeSet};

use crate::documents::capture::{CaptureEvent, CaptureFile, Handshake};
pub use crate::documents::capture::{Happening, NameTrouble, Service};
use crate::facts::gateway_urls::PhoneUrl;
use crate::facts::{Documents, In};
use crate::source::Place;

/// One event of a capture that is or may be a phone's.
#[derive(Clone, Debug)]
pub struct OnTheWire<'a> {
    /// What happened.
    pub what: &'a Happening,
    /// What was asked for.
    pub service: Service,
    /// The phone's address in the capture.
    pub client: &'a str,
    /// The server's address.
    pub server: &'a str,
    /// Both lie in one network.
    pub same_network: bool,
    /// DHCP in the capture gives this client its TFTP servers.
    pub servers_given: bool,
    /// The phone's name; may be empty.
    pub phone: &'a str,
    /// How it is known to be a phone's.
    pub tie: Tie,
    /// The same host got past it: another server answered, or a later request.
    pub over: bool,
    /// The packet.
    pub place: Place,
}

/// How sure it is that a host is a phone. In the order of strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// Only a name hints at VPN.
    Hint,
    /// It is the only host of the capture that asks for anything, and no browser.
    Alone,
    /// It dials the host of a phone's url.
    Dials,
    /// It says so, or asks for what only phones ask for.
    Phone,
}

/// Failures that count, in the order of their captures and packets.
pub fn of<'a>(documents: &Documents<'a>, urls: &[PhoneUrl<'_>]) -> Vec<OnTheWire<'a>> {
    let hosts = hosts(urls);
    documents.captures.iter().flat_map(|capture| of_capture(*capture, &hosts)).collect()
}

/// The hosts that phones dial, in lower case.
pub(super) fn hosts(urls: &[PhoneUrl<'_>]) -> BTreeSet<String> {
    urls.iter().filter_map(|url| Some(url.url.as_ref()?.host.to_ascii_lowercase())).collect()
}

/// What a capture shows of a certificate of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// When the capture ends, in seconds since 1970.
    pub at: Option<i64>,
    /// A client that is no browser took it and went on: both ends encrypted.
    pub accepted: bool,
    /// None but browsers were shown it; whether one is content, its person decides.
    pub to_browsers_alone: bool,
}

/// How a certificate fared in the capture that holds it; `None` where the input is none.
pub fn shown(documents: &Documents<'_>, input: u32, sha1: [u8; 20]) -> Option<Shown> {
    let file = documents.captures.iter().find(|capture| capture.input == input)?.document;
    let handshakes =
        || file.handshakes.iter().filter(|handshake| handshake.server_certificates.first() == Some(&sha1));
    let is_browser =
        |handshake: &Handshake| file.browsers.iter().any(|browser| browser == address(&handshake.client));
    Some(Shown {
        at: file.ends.and_then(|end| end.unix_seconds()),
        accepted: handshakes().any(|handshake| handshake.done && !is_browser(handshake)),
        to_browsers_alone: handshakes().next().is_some() && handshakes().all(is_browser),
    })
}

/// The address of `198.51.100.20:50091` or `[2001:db8::1]:50091`.
pub(super) fn address(end: &str) -> &str {
    end.rsplit_once(':').map_or("", |(address, _)| address.trim_matches(['[', ']']))
}

fn of_capture<'a>(capture: In<'a, CaptureFile>, hosts: &BTreeSet<String>) -> Vec<OnTheWire<'a>> {
    let file = capture.document;
    let alone = is_alone(file);
    let phones = phones(file);
    let marks = Marks::of(file);
    let mut all = Vec::new();
    for (index, event) in file.events.iter().enumerate() {
        let Some(tie) = tie(&phones, event, hosts, alone) else { continue };
        let over = is_over(&marks, event, index, hosts);
        if !is_failure(&marks, event, index) || over && !gives_no_file(&marks, event) {
            continue;
        }
        all.push(OnTheWire {
            what: &event.what,
            service: event.service,
            client: &event.client,
            server: &event.server,
            same_network: event.same_network,
            servers_given: marks.ever(&event.client, Mark::ServersGiven),
            phone: phones.get(event.client.as_str()).copied().unwrap_or_default(),
            tie,
            over,
            place: capture.place(&event.at),
        });
    }
    all
}

/// Names of the hosts that are phones, by their addresses; empty where only a phone's kind shows.
pub(in crate::facts) fn phones(file: &CaptureFile) -> BTreeMap<&str, &str> {
    file.phones.iter().map(|phone| (phone.address.as_str(), phone.name.as_str())).collect()
}

/// One host of the capture asks for anything, and it is no browser.
pub(super) fn is_alone(file: &CaptureFile) -> bool {
    let clients: BTreeSet<&str> = file.events.iter().map(|event| event.client.as_str()).collect();
    clients.len() == 1 && clients.iter().all(|client| !file.browsers.iter().any(|one| one == client))
}

pub(super) fn tie(
    phones: &BTreeMap<&str, &str>,
    event: &CaptureEvent,
    hosts: &BTreeSet<String>,
    alone: bool,
) -> Option<Tie> {
    let name = match &event.what {
        Happening::NameUnresolved { name, .. } => name,
        _ => &event.name,
    };
    tie_of(phones, (&event.client, &event.server, name), hosts, alone)
}

/// How a client is known to be a phone, by its address and by the address and name of whom it asks.
pub(super) fn tie_of(
    phones: &BTreeMap<&str, &str>,
    (client, server, name): (&str, &str, &str),
    hosts: &BTreeSet<String>,
    alone: bool,
) -> Option<Tie> {
    if phones.contains_key(client) {
        Some(Tie::Phone)
    } else if hosts.contains(&name.to_ascii_lowercase()) || hosts.contains(server) {
        Some(Tie::Dials)
    } else if !phones.is_empty() {
        None
    } else if alone {
        Some(Tie::Alone)
    } else {
        HINTS.iter().any(|hint| name.to_ascii_lowercase().contains(hint)).then_some(Tie::Hint)
    }
}

/// Parts of names that gateways have.
const HINTS: [&str; 6] = ["vpn", "asa", "anyconnect", "gateway", "remote", "phone"];

/// Warnings that only end a session in order: close_notify, user_canceled, no_renegotiation.
const HARMLESS: [u8; 3] = [0, 90, 100];

/// What mends something, or shows what a connection is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    /// A handshake was completed, with datagrams or without.
    Done(Service, bool),
    /// The same, with this server.
    DoneWith(String, bool),
    Connected(Service),
    Resolved(String),
    ServersGiven,
    /// A server was asked for a file, or one was given.
    Files,
    /// By its bare name.
    Arrived(String),
    NotFound(String),
    Registers,
}

/// Where each host comes by a mark first and last, as numbers of its capture's events.
struct Marks<'a> {
    all: BTreeMap<&'a str, BTreeMap<Mark, (usize, usize)>>,
    /// Servers that gave a file to anybody.
    giving: BTreeSet<&'a str>,
}

impl<'a> Marks<'a> {
    fn of(file: &'a CaptureFile) -> Self {
        let mut marks = Self { all: BTreeMap::new(), giving: BTreeSet::new() };
        for (index, event) in file.events.iter().enumerate() {
            let own = marks.all.entry(&event.client).or_default();
            each_mark(event, |mark| own.entry(mark).or_insert((index, index)).1 = index);
            if matches!(event.what, Happening::FileArrived { .. }) {
                marks.giving.insert(&event.server);
            }
        }
        marks
    }

    fn find(&self, client: &str, mark: &Mark) -> Option<(usize, usize)> {
        self.all.get(client)?.get(mark).copied()
    }

    fn ever(&self, client: &str, mark: Mark) -> bool {
        self.find(client, &mark).is_some()
    }
}

fn each_mark(event: &CaptureEvent, mut add: impl FnMut(Mark)) {
    use Happening as H;
    if event.service == Service::Files || matches!(event.what, H::TftpServersGiven { .. }) {
        add(Mark::Files);
    }
    match &event.what {
        H::HandshakeDone { datagrams } => {
            add(Mark::Done(event.service, *datagrams));
            add(Mark::DoneWith(event.server.clone(), *datagrams));
            if event.service == Service::CallControl {
                add(Mark::Registers);
            }
        }
        H::Connected => add(Mark::Connected(event.service)),
        H::NameResolved { name, .. } => add(Mark::Resolved(name.clone())),
        H::TftpServersGiven { .. } => add(Mark::ServersGiven),
        H::FileArrived { file } => add(Mark::Arrived(bare(file))),
        H::FileNotFound { file } => add(Mark::NotFound(bare(file))),
        H::Registered => add(Mark::Registers),
        _ => {}
    }
}

fn is_failure(marks: &Marks<'_>, event: &CaptureEvent, index: usize) -> bool {
    use Happening as H;
    match &event.what {
        H::Alert { code, .. } => !HARMLESS.contains(code),
        // Servers close what is not used. Only a tunnel has a second way, by datagrams, beside its connection.
        H::ClosedByServer => marks
            .find(&event.client, &Mark::DoneWith(event.server.clone(), true))
            .is_some_and(|(first, _)| first < index),
        H::NameResolved { .. }
        | H::Connected
        | H::HandshakeDone { .. }
        | H::TftpServersGiven { .. }
        | H::FileArrived { .. }
        | H::Registered => false,
        _ => true,
    }
}

/// The same host got past it.
fn is_over(marks: &Marks<'_>, event: &CaptureEvent, index: usize, hosts: &BTreeSet<String>) -> bool {
    use Happening as H;
    let client = event.client.as_str();
    let after = |mark: Mark| marks.find(client, &mark).is_some_and(|(_, last)| last > index);
    match &event.what {
        H::NameUnresolved { name, .. } => {
            // What phones dial is known, and it is not this; or the host reached a gateway: another name was meant.
            let other = !hosts.is_empty() && !hosts.contains(&name.to_ascii_lowercase());
            other
                || after(Mark::Resolved(name.clone()))
                || marks.ever(client, Mark::Connected(Service::Gateway))
        }
        H::Refused
        | H::Unanswered { .. }
        | H::Unreachable { .. }
        | H::Prohibited { .. }
        | H::Rejected { .. } => match event.service {
            Service::CallControl => after(Mark::Registers),
            service => after(Mark::Connected(service)),
        },
        H::HelloUnanswered
        | H::ClosedAfterHello { .. }
        | H::LargePacketsLost { .. }
        | H::EllipticCertificate { .. }
        | H::LeftBehindAnswers { .. } => after(Mark::Done(event.service, false)),
        H::Alert { .. } if event.service == Service::CallControl => after(Mark::Registers),
        H::Alert { datagrams, .. } => after(Mark::Done(event.service, *datagrams)),
        H::ClosedByServer => after(Mark::Done(event.service, true)),
        H::DatagramsUnanswered { .. } | H::DatagramsUnreachable { .. } => {
            let tunnel = Mark::Done(Service::Gateway, false);
            !marks.ever(client, tunnel) || after(Mark::Done(event.service, true))
        }
        H::NoTftpServerGiven => after(Mark::Files),
        // Another server had the file, or at least answered.
        H::FileUnanswered { file } => after(Mark::Arrived(bare(file))) || after(Mark::NotFound(bare(file))),
        H::FileNotFound { file } | H::FileRefused { file, .. } | H::FileBroken { file } => {
            after(Mark::Arrived(bare(file)))
        }
        H::RegistrationRefused { .. } | H::RegistrationUnanswered { .. } | H::KeepAliveUnanswered => {
            after(Mark::Registers)
        }
        _ => false,
    }
}

/// A server of the host's own network that gives no file at all. A trust list that is not there is no sign of a wrong
/// server.
fn gives_no_file(marks: &Marks<'_>, event: &CaptureEvent) -> bool {
    let asked = match &event.what {
        Happening::FileUnanswered { .. } | Happening::FileBroken { .. } => true,
        Happening::FileNotFound { file } => is_configuration(file),
        _ => false,
    };
    asked && event.same_network && !marks.giving.contains(event.server.as_str())
}

/// A phone's own configuration file: `SEP001122334455.cnf.xml`, signed or not.
pub fn is_configuration(file: &str) -> bool {
    file.starts_with("SEP") && file.contains(".cnf.xml")
}

/// A file's name, signed or not.
fn bare(file: &str) -> String {
    file.trim_end_matches(".sgn").trim_end_matches(".enc").to_ascii_lowercase()
}
