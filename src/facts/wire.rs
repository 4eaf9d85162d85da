//! What do captures show of phones, and what of it still counts?
//!
//! Whose a conversation is, the surest first: a host that names itself as a phone, or asks for what only phones ask
//! for; the dialled host of a phone's url; the only host of the capture, where none is known as a phone; a server's
//! name that hints at VPN. Where phones are known, other hosts are other people's.
//!
//! A failure counts until the same host gets past it: a name that is resolved later, a gateway that answers later, a
//! file that comes from another server, a registration. Of what is over only this is kept: a server of the own network
//! that gave no file, because a phone asks the same wrong server again at its next start.

use std::collections::BTreeSet;

use crate::facts::gateway_urls::PhoneUrl;
use crate::facts::{Documents, In};
use crate::formats::capture::{CaptureEvent, CaptureFile, Handshake};
pub use crate::formats::capture::{Happening, NameTrouble, Service};
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
    let mut all = Vec::new();
    for (index, event) in file.events.iter().enumerate() {
        let Some(tie) = tie(file, event, hosts, alone) else { continue };
        let later = file.events.get(index + 1..).unwrap_or_default();
        let over = is_over(file, event, later, hosts);
        if !is_failure(file, event, index) || over && !gives_no_file(file, event) {
            continue;
        }
        let phone = file.phones.iter().find(|phone| phone.address == event.client);
        all.push(OnTheWire {
            what: &event.what,
            service: event.service,
            client: &event.client,
            server: &event.server,
            same_network: event.same_network,
            servers_given: file.events.iter().any(|other| {
                other.client == event.client && matches!(other.what, Happening::TftpServersGiven { .. })
            }),
            phone: phone.map_or("", |phone| phone.name.as_str()),
            tie,
            over,
            place: capture.place(&event.at),
        });
    }
    all
}

/// One host of the capture asks for anything, and it is no browser.
pub(super) fn is_alone(file: &CaptureFile) -> bool {
    let clients: BTreeSet<&str> = file.events.iter().map(|event| event.client.as_str()).collect();
    clients.len() == 1 && clients.iter().all(|client| !file.browsers.iter().any(|one| one == client))
}

pub(super) fn tie(
    file: &CaptureFile,
    event: &CaptureEvent,
    hosts: &BTreeSet<String>,
    alone: bool,
) -> Option<Tie> {
    let name = match &event.what {
        Happening::NameUnresolved { name, .. } => name,
        _ => &event.name,
    };
    tie_of(file, (&event.client, &event.server, name), hosts, alone)
}

/// How a client is known to be a phone, by its address and by the address and name of whom it asks.
pub(super) fn tie_of(
    file: &CaptureFile,
    (client, server, name): (&str, &str, &str),
    hosts: &BTreeSet<String>,
    alone: bool,
) -> Option<Tie> {
    if file.phones.iter().any(|phone| phone.address == client) {
        Some(Tie::Phone)
    } else if hosts.contains(&name.to_ascii_lowercase()) || hosts.contains(server) {
        Some(Tie::Dials)
    } else if !file.phones.is_empty() {
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

fn is_failure(file: &CaptureFile, event: &CaptureEvent, index: usize) -> bool {
    use Happening as H;
    match &event.what {
        H::Alert { code, .. } => !HARMLESS.contains(code),
        // Servers close what is not used. Only a tunnel has a second way, by datagrams, beside its connection.
        H::ClosedByServer => file.events.iter().take(index).any(|other| {
            other.client == event.client
                && other.server == event.server
                && other.what == H::HandshakeDone { datagrams: true }
        }),
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
fn is_over(
    file: &CaptureFile,
    event: &CaptureEvent,
    later: &[CaptureEvent],
    hosts: &BTreeSet<String>,
) -> bool {
    use Happening as H;
    let own = |other: &&CaptureEvent| other.client == event.client;
    let after = |heals: &dyn Fn(&CaptureEvent) -> bool| later.iter().filter(own).any(heals);
    let gateway = |other: &CaptureEvent| other.service == Service::Gateway;
    let done = |datagrams: bool| {
        move |other: &CaptureEvent| {
            other.service == event.service && other.what == H::HandshakeDone { datagrams }
        }
    };
    let registers = |other: &CaptureEvent| {
        other.what == H::Registered
            || other.service == Service::CallControl && matches!(other.what, H::HandshakeDone { .. })
    };
    match &event.what {
        H::NameUnresolved { name, .. } => {
            let resolved = |other: &CaptureEvent| matches!(&other.what, H::NameResolved { name: resolved, .. } if resolved == name);
            // What phones dial is known, and it is not this; or the host reached a gateway: another name was meant.
            let other = !hosts.is_empty() && !hosts.contains(&name.to_ascii_lowercase());
            let mut all = file.events.iter().filter(own);
            other || after(&resolved) || all.any(|other| gateway(other) && other.what == H::Connected)
        }
        H::Refused
        | H::Unanswered { .. }
        | H::Unreachable { .. }
        | H::Prohibited { .. }
        | H::Rejected { .. } => match event.service {
            Service::CallControl => after(&registers),
            service => after(&|other| other.service == service && other.what == H::Connected),
        },
        H::HelloUnanswered
        | H::ClosedAfterHello { .. }
        | H::LargePacketsLost { .. }
        | H::EllipticCertificate { .. } => after(&done(false)),
        H::Alert { .. } if event.service == Service::CallControl => after(&registers),
        H::Alert { datagrams, .. } => after(&done(*datagrams)),
        H::ClosedByServer => after(&done(true)),
        H::LeftBehindAnswers { .. } => after(&done(false)),
        H::DatagramsUnanswered { .. } | H::DatagramsUnreachable { .. } => {
            let tunnel =
                |other: &CaptureEvent| gateway(other) && other.what == H::HandshakeDone { datagrams: false };
            let mut all = file.events.iter().filter(own);
            !all.any(tunnel) || after(&done(true))
        }
        H::NoTftpServerGiven => after(&|other| {
            matches!(other.what, H::TftpServersGiven { .. }) || other.service == Service::Files
        }),
        // Another server had the file, or at least answered.
        H::FileUnanswered { file } => after(&|other| match &other.what {
            H::FileArrived { file: other } | H::FileNotFound { file: other } => is_same_file(file, other),
            _ => false,
        }),
        H::FileNotFound { file } | H::FileRefused { file, .. } | H::FileBroken { file } => {
            after(&|other| matches!(&other.what, H::FileArrived { file: other } if is_same_file(file, other)))
        }
        H::RegistrationRefused { .. } | H::RegistrationUnanswered { .. } | H::KeepAliveUnanswered => {
            after(&registers)
        }
        _ => false,
    }
}

/// A server of the host's own network that gives no file at all. A trust list that is not there is no sign of a wrong
/// server.
fn gives_no_file(file: &CaptureFile, event: &CaptureEvent) -> bool {
    let gives = |other: &CaptureEvent| {
        other.server == event.server && matches!(other.what, Happening::FileArrived { .. })
    };
    let asked = match &event.what {
        Happening::FileUnanswered { .. } | Happening::FileBroken { .. } => true,
        Happening::FileNotFound { file } => is_configuration(file),
        _ => false,
    };
    asked && event.same_network && !file.events.iter().any(gives)
}

/// A phone's own configuration file: `SEP001122334455.cnf.xml`, signed or not.
pub fn is_configuration(file: &str) -> bool {
    file.starts_with("SEP") && file.contains(".cnf.xml")
}

/// The same file, signed or not.
fn is_same_file(one: &str, other: &str) -> bool {
    let bare = |name: &str| name.trim_end_matches(".sgn").trim_end_matches(".enc").to_ascii_lowercase();
    bare(one) == bare(other)
}
