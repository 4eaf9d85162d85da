//! What do recordings show that went wrong for phones, and what of it still counts?
//!
//! Whose a conversation is, [`recordings`] says.
//!
//! A failure counts until the same host gets past it: a name that is resolved later, a gateway that answers later, a
//! file that comes from another server, a registration. Of what is over only this is kept: a server of the own network
//! that gave no file, because a phone asks the same wrong server again at its next start.

use std::collections::{BTreeMap, BTreeSet};

use crate::event::tls_handshake::{Alert, Handshake};
use crate::event::traffic::{Happening, Service};
use crate::facts::Documents;
use crate::facts::gateway_urls::PhoneUrl;
use crate::facts::hello_lists::HelloLists;
use crate::facts::recordings::{self, Recording, Tie};
use crate::observe::{Flow, What};
use crate::source::Place;

/// Something that passed in a recording and is or may be a phone's.
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
    /// For an alert: SHA-1 of the certificates that the client showed before; empty where it was asked and showed none,
    /// `None` where nothing tells.
    pub client_shown: Option<&'a [[u8; 20]]>,
    /// For an alert: SHA-1 of the certificate that the server showed before.
    pub server_shown: Option<[u8; 20]>,
    /// When, in seconds since 1970 by the clock of the host that recorded.
    pub seconds: Option<i64>,
    /// The same host got past it: another server answered, or a later request.
    pub over: bool,
    /// The packet.
    pub place: Place,
}

impl OnTheWire<'_> {
    /// The client was asked for a certificate and showed none.
    pub fn shows_none(&self) -> bool {
        *self.what == Happening::ClosedWithoutCertificate || self.client_shown.is_some_and(<[_]>::is_empty)
    }
}

/// What went wrong for phones, in the order of the recordings and packets.
#[derive(Clone, Debug, Default)]
pub struct Failures<'a> {
    /// What counts.
    pub counting: Vec<OnTheWire<'a>>,
    /// What one gateway failed at before another one took the phone; of each gateway the first.
    pub left_for_another: Vec<LeftForAnother<'a>>,
}

/// A gateway that failed a phone, and the one that took it.
#[derive(Clone, Debug)]
pub struct LeftForAnother<'a> {
    /// What failed.
    pub failure: OnTheWire<'a>,
    /// The address of the gateway that failed, or its name where that was not resolved.
    pub gateway: &'a str,
    /// The address of the other one.
    pub taken_by: &'a str,
    /// The end of its handshake.
    pub taken: Place,
}

/// Reads all recordings.
pub fn of<'a>(documents: &Documents<'a>, urls: &[PhoneUrl<'_>]) -> Failures<'a> {
    let hosts = recordings::dialled_hosts(urls);
    let mut failures = Failures::default();
    for recording in recordings::of(documents) {
        of_recording(&recording, &hosts, &mut failures);
    }
    failures
}

/// What a recording shows of a certificate of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// When the recording ends, in seconds since 1970.
    pub at: Option<i64>,
    /// A client that is no browser took it and went on: both ends encrypted.
    pub accepted: bool,
    /// None but browsers were shown it; whether one is content, its person decides.
    pub to_browsers_alone: bool,
}

/// How a certificate fared in the recording that holds it; `None` where the input is none.
pub fn shown(documents: &Documents<'_>, input: u32, sha1: [u8; 20]) -> Option<Shown> {
    let recordings = recordings::of(documents);
    let recording = recordings.iter().find(|recording| recording.log.input == input)?;
    let mut shown = Vec::new();
    for observation in &recording.log.observations {
        if let (What::Handshake(handshake), Some(flow)) = (&observation.what, observation.flow())
            && handshake.server_certificates.first() == Some(&sha1)
        {
            shown.push((recording.browsers.contains(flow.client), handshake.done));
        }
    }
    Some(Shown {
        at: recording.log.times.1.and_then(|end| end.unix_seconds()),
        accepted: shown.contains(&(false, true)),
        to_browsers_alone: !shown.is_empty() && shown.iter().all(|(is_browser, _)| *is_browser),
    })
}

fn of_recording<'a>(recording: &Recording<'_, 'a>, hosts: &BTreeSet<String>, failures: &mut Failures<'a>) {
    let marks = Marks::of(recording, hosts);
    let alerted = alerted(recording);
    let mut left = BTreeSet::new();
    for (index, (observation, flow, what)) in recording.passed().enumerate() {
        let Some(tie) = recording.tie_of_event(flow, what, hosts) else { continue };
        let handshake = alerted.get(&(flow.client, observation.at.offset)).copied();
        if is_second_alert(what, observation.at.offset, handshake) {
            continue;
        }
        let over = is_over(&marks, flow, what, (index, observation.at.order), hosts);
        if !is_failure(&marks, flow, what, index) {
            continue;
        }
        let another = if over { marks.taken_elsewhere(flow, what, index, hosts) } else { None };
        let counts = !over || gives_no_file(&marks, flow, what);
        if !counts && another.is_none() {
            continue;
        }
        let failure = OnTheWire {
            what,
            service: flow.service,
            client: flow.client,
            server: flow.server,
            same_network: flow.same_network,
            servers_given: marks.ever(flow.client, Mark::ServersGiven),
            phone: recording.phones.get(flow.client).copied().unwrap_or_default(),
            tie,
            client_shown: handshake.and_then(|handshake| handshake.client_certificates.as_deref()),
            server_shown: handshake.and_then(|handshake| handshake.server_certificates.first().copied()),
            seconds: observation.stamp.and_then(|stamp| stamp.unix_seconds()),
            over,
            place: observation.place(),
        };
        if let Some((gateway, taken)) = another.filter(|(gateway, _)| left.insert((flow.client, *gateway))) {
            let (taken_by, taken) = (taken.server, taken.place.clone());
            let failure = failure.clone();
            failures.left_for_another.push(LeftForAnother { failure, gateway, taken_by, taken });
        }
        if counts {
            failures.counting.push(failure);
        }
    }
}

/// The handshakes that alerts ended, by client and by the byte of each alert.
fn alerted<'a>(recording: &Recording<'_, 'a>) -> BTreeMap<(&'a str, u64), &'a Handshake> {
    let mut all = BTreeMap::new();
    for observation in &recording.log.observations {
        if let (What::Handshake(handshake), Some(flow)) = (&observation.what, observation.flow()) {
            all.extend(handshake.alerts.iter().map(|alert| ((flow.client, alert.at.offset), *handshake)));
        }
    }
    all
}

/// Some libraries send a second alert for the same reason (GnuTLS 49 and 42, wolfSSL 48 and 42): the first one counts.
fn is_second_alert(what: &Happening, place: u64, handshake: Option<&Handshake>) -> bool {
    let (Happening::Alert { from_client, code, level: FATAL, .. }, Some(handshake)) = (what, handshake)
    else {
        return false;
    };
    let ends = |alert: &&Alert| alert.from_client == *from_client && alert.level == FATAL;
    let first = handshake.alerts.iter().find(ends);
    first.is_some_and(|first| (first.at.offset, first.code) != (place, *code))
}

/// The level of an alert that ends the session.
const FATAL: u8 = 2;

/// Warnings that only end a session in order: close_notify, user_canceled, no_renegotiation.
const HARMLESS: [u8; 3] = [0, 90, 100];

/// What mends something, or shows what a connection is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    /// A handshake was completed, with datagrams or without.
    Done(Service, bool),
    /// The same, with a server that phones dial.
    DoneDialled(bool),
    /// The same, with a server whose name is not known or hints at VPN.
    DoneUnlessOther(bool),
    /// The same, with this server.
    DoneWith(String, bool),
    Connected(Service),
    /// This server did not answer a hello with TLS.
    Wordless(String),
    /// Datagrams of this service do not arrive.
    NoDatagrams(Service),
    Resolved(String),
    ServersGiven,
    /// A server was asked for a file, or one was given.
    Files,
    /// By its bare name.
    Arrived(String),
    NotFound(String),
    Registers,
}

/// The number of what passed in its recording, and its rank there.
type Moment = (usize, u64);

/// Where each host comes by a mark first and last, as numbers of what passed in its recording.
struct Marks<'a> {
    all: BTreeMap<&'a str, BTreeMap<Mark, (usize, usize)>>,
    /// Servers that gave a file to anybody.
    giving: BTreeSet<&'a str>,
    lists: HelloLists<'a>,
    /// The gateway that took each host last.
    taken: BTreeMap<&'a str, Taken<'a>>,
    /// Hosts and servers that they got no connection to.
    cut_off: BTreeSet<(&'a str, &'a str)>,
}

/// A gateway took a host: their handshake was completed.
struct Taken<'a> {
    /// The number of what passed.
    index: usize,
    server: &'a str,
    /// As it was asked for; may be empty.
    name: &'a str,
    place: Place,
}

impl<'a> Marks<'a> {
    fn of(recording: &Recording<'_, 'a>, hosts: &BTreeSet<String>) -> Self {
        let mut marks = Self {
            all: BTreeMap::new(),
            giving: BTreeSet::new(),
            lists: HelloLists::of(recording),
            taken: BTreeMap::new(),
            cut_off: BTreeSet::new(),
        };
        for (index, (observation, flow, what)) in recording.passed().enumerate() {
            let own = marks.all.entry(flow.client).or_default();
            each_mark(flow, what, hosts, |mark| own.entry(mark).or_insert((index, index)).1 = index);
            if matches!(what, Happening::FileArrived { .. }) {
                marks.giving.insert(flow.server);
            }
            if what.is_no_connection() {
                marks.cut_off.insert((flow.client, flow.server));
            }
            if matches!(what, Happening::HandshakeDone { datagrams: false }) && is_gateway(flow, hosts) {
                let (server, name, place) = (flow.server, flow.name, observation.place());
                marks.taken.insert(flow.client, Taken { index, server, name, place });
            }
        }
        marks
    }

    fn find(&self, client: &str, mark: &Mark) -> Option<(usize, usize)> {
        self.all.get(client)?.get(mark).copied()
    }

    /// A gateway took the client's handshake later: the same one or another, as far as can be told. A phone speaks TLS
    /// with servers that are no gateways, too.
    fn done_later(
        &self,
        flow: Flow<'_>,
        datagrams: bool,
        (index, rank): Moment,
        hosts: &BTreeSet<String>,
    ) -> bool {
        let after = |mark: Mark| self.find(flow.client, &mark).is_some_and(|(_, last)| last > index);
        let another = match flow.service {
            Service::Gateway if is_dialled(flow, hosts) => Mark::DoneDialled(datagrams),
            Service::Gateway if recordings::hints_at_vpn(flow.name) => Mark::DoneUnlessOther(datagrams),
            service => Mark::Done(service, datagrams),
        };
        (after(another) || after(Mark::DoneWith(flow.server.to_owned(), datagrams)))
            && self.lists.may_be_taken_later(flow.client, flow.server, datagrams, rank)
    }

    /// The gateway that failed here, if another one took the client later and this one never did: its address, or its
    /// name where that was not resolved.
    fn taken_elsewhere<'f>(
        &self,
        flow: Flow<'f>,
        what: &'f Happening,
        index: usize,
        hosts: &BTreeSet<String>,
    ) -> Option<(&'f str, &Taken<'a>)> {
        let taken = self.taken.get(flow.client).filter(|taken| taken.index > index)?;
        // A host that got no connection to that one either was cut off, which blames no gateway.
        let was_cut_off = self.cut_off.contains(&(flow.client, taken.server));
        if was_cut_off && (what.is_no_connection() || matches!(what, Happening::NameUnresolved { .. })) {
            return None;
        }
        if let Happening::NameUnresolved { name, .. } = what {
            // A name of a recording is resolved or not.
            let is_other = !taken.name.eq_ignore_ascii_case(name);
            return (hosts.contains(&name.to_ascii_lowercase()) && is_other).then_some((name, taken));
        }
        let one_name = !flow.name.is_empty() && flow.name.eq_ignore_ascii_case(taken.name);
        let is_other = flow.server != taken.server && !one_name;
        let later = self.find(flow.client, &Mark::DoneWith(flow.server.to_owned(), false));
        let is_mended = later.is_some_and(|(_, last)| last > index);
        (is_gateway(flow, hosts) && what.ends_attempt() && is_other && !is_mended)
            .then_some((flow.server, taken))
    }

    fn ever(&self, client: &str, mark: Mark) -> bool {
        self.find(client, &mark).is_some()
    }
}

/// By what is dialled or by its name. A phone speaks TLS with servers that are no gateways, too.
fn is_gateway(flow: Flow<'_>, hosts: &BTreeSet<String>) -> bool {
    flow.service == Service::Gateway && (is_dialled(flow, hosts) || recordings::hints_at_vpn(flow.name))
}

fn is_dialled(flow: Flow<'_>, hosts: &BTreeSet<String>) -> bool {
    hosts.contains(flow.server) || hosts.contains(&flow.name.to_ascii_lowercase())
}

fn each_mark(flow: Flow<'_>, what: &Happening, hosts: &BTreeSet<String>, mut add: impl FnMut(Mark)) {
    use Happening as H;
    if flow.service == Service::Files || matches!(what, H::TftpServersGiven { .. }) {
        add(Mark::Files);
    }
    match what {
        H::HandshakeDone { datagrams } => {
            add(Mark::Done(flow.service, *datagrams));
            add(Mark::DoneWith(flow.server.to_owned(), *datagrams));
            if is_dialled(flow, hosts) {
                add(Mark::DoneDialled(*datagrams));
            }
            if flow.name.is_empty() || recordings::hints_at_vpn(flow.name) {
                add(Mark::DoneUnlessOther(*datagrams));
            }
            if flow.service == Service::CallControl {
                add(Mark::Registers);
            }
        }
        H::Connected => add(Mark::Connected(flow.service)),
        H::ClosedAfterHello { .. } | H::AnsweredInClear { .. } | H::HelloUnanswered => {
            add(Mark::Wordless(flow.server.to_owned()));
        }
        H::DatagramsUnanswered { .. } | H::DatagramsUnreachable { .. } => {
            add(Mark::NoDatagrams(flow.service))
        }
        H::NameResolved { name, .. } => add(Mark::Resolved(name.clone())),
        H::TftpServersGiven { .. } => add(Mark::ServersGiven),
        H::FileArrived { file } => add(Mark::Arrived(bare(file))),
        H::FileNotFound { file } => add(Mark::NotFound(bare(file))),
        H::Registered => add(Mark::Registers),
        _ => {}
    }
}

fn is_failure(marks: &Marks<'_>, flow: Flow<'_>, what: &Happening, index: usize) -> bool {
    use Happening as H;
    match what {
        H::Alert { code, .. } => !HARMLESS.contains(code),
        // Servers close what is not used. Only a tunnel has a second way, by datagrams, beside its connection.
        H::ClosedByServer => marks
            .find(flow.client, &Mark::DoneWith(flow.server.to_owned(), true))
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
fn is_over(
    marks: &Marks<'_>,
    flow: Flow<'_>,
    what: &Happening,
    moment: Moment,
    hosts: &BTreeSet<String>,
) -> bool {
    use Happening as H;
    let (client, index) = (flow.client, moment.0);
    let after = |mark: Mark| marks.find(client, &mark).is_some_and(|(_, last)| last > index);
    match what {
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
        | H::Rejected { .. } => match flow.service {
            Service::CallControl => after(Mark::Registers),
            service => after(Mark::Connected(service)),
        },
        H::HelloUnanswered
        | H::ClosedAfterHello { .. }
        | H::AnsweredInClear { .. }
        | H::LeftBehindCertificate
        | H::ClosedWithoutCertificate
        | H::LargePacketsLost { .. }
        | H::EllipticCertificate { .. }
        | H::IssuerNotAskedFor { .. }
        | H::LeftBehindAnswers { .. } => marks.done_later(flow, false, moment, hosts),
        H::Alert { .. } if flow.service == Service::CallControl => after(Mark::Registers),
        // A library that cannot send its datagrams says so to the other end, which does not hear it either.
        H::Alert { datagrams: true, from_client: true, after_hello: false, .. }
            if marks.ever(client, Mark::NoDatagrams(flow.service)) =>
        {
            true
        }
        // Before the server's hello there is nothing else to object to.
        H::Alert { from_client: true, after_hello: false, .. }
            if marks.ever(client, Mark::Wordless(flow.server.to_owned())) =>
        {
            true
        }
        H::Alert { datagrams, .. } => marks.done_later(flow, *datagrams, moment, hosts),
        H::ClosedByServer => after(Mark::Done(flow.service, true)),
        H::DatagramsUnanswered { .. } | H::DatagramsUnreachable { .. } => {
            // Without a tunnel there is nothing that datagrams could carry. One that began before the capture is not
            // in it, nor is its connection.
            let began = marks.ever(client, Mark::Connected(Service::Gateway));
            let stands = marks.ever(client, Mark::Done(Service::Gateway, false));
            began && !stands || after(Mark::Done(flow.service, true))
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
fn gives_no_file(marks: &Marks<'_>, flow: Flow<'_>, what: &Happening) -> bool {
    let asked = match what {
        Happening::FileUnanswered { .. } | Happening::FileBroken { .. } => true,
        Happening::FileNotFound { file } => is_configuration(file),
        _ => false,
    };
    asked && flow.same_network && !marks.giving.contains(flow.server)
}

/// A phone's own configuration file: `SEP001122334455.cnf.xml`, signed or not.
pub fn is_configuration(file: &str) -> bool {
    file.starts_with("SEP") && file.contains(".cnf.xml")
}

/// A file's name, signed or not.
fn bare(file: &str) -> String {
    file.trim_end_matches(".sgn").trim_end_matches(".enc").to_ascii_lowercase()
}
