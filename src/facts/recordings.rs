//! Which hosts of a recording are phones, and which conversations are theirs?
//!
//! Whose a conversation is, the surest first: a host that names itself as a phone, or asks for what only phones ask
//! for; the dialled host of a phone's url; the only host of the recording, where none is known as a phone; a server's
//! name that hints at VPN. Where phones are known, other hosts are other people's.

use std::collections::{BTreeMap, BTreeSet};

use crate::event::tls_handshake::Handshake;
use crate::event::traffic::{Happening, Service};
use crate::facts::Documents;
use crate::facts::gateway_urls::PhoneUrl;
use crate::observe::{By, Flow, Log, Observation, What, Whom};

/// What somebody recorded of packets, with what tells whose they are.
pub struct Recording<'d, 'a> {
    /// What it shows.
    pub log: &'d Log<'a>,
    /// Names of the hosts that are phones, by their addresses; empty where only a phone's kind shows.
    pub phones: BTreeMap<&'a str, &'a str>,
    /// Addresses of hosts that are browsers.
    pub browsers: BTreeSet<&'a str>,
    /// One host asks for anything, and it is no browser.
    pub is_of_one_host: bool,
}

/// How sure it is that a host is a phone. In the order of strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// Only a name hints at VPN.
    Hint,
    /// It is the only host of the recording that asks for anything, and no browser.
    Alone,
    /// It dials the host of a phone's url.
    Dials,
    /// It says so, or asks for what only phones ask for.
    Phone,
}

/// Every recording of the case, in the order of the inputs.
pub fn of<'d, 'a>(documents: &'d Documents<'a>) -> Vec<Recording<'d, 'a>> {
    documents.logs_by(By::Wire).map(Recording::of).collect()
}

/// The hosts that phones dial, in lower case.
pub fn dialled_hosts(urls: &[PhoneUrl<'_>]) -> BTreeSet<String> {
    urls.iter().filter_map(|url| Some(url.url.as_ref()?.host.to_ascii_lowercase())).collect()
}

impl<'d, 'a> Recording<'d, 'a> {
    fn of(log: &'d Log<'a>) -> Self {
        let (mut phones, mut browsers, mut clients) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
        for observation in &log.observations {
            match (&observation.what, observation.about) {
                (What::HostIsPhone { name }, Whom::Address(address)) => {
                    phones.insert(address, *name);
                }
                (What::HostIsBrowser, Whom::Address(address)) => {
                    browsers.insert(address);
                }
                (What::Passed(_), Whom::Flow(flow)) => {
                    clients.insert(flow.client);
                }
                _ => {}
            }
        }
        let is_of_one_host = clients.len() == 1 && clients.is_disjoint(&browsers);
        Self { log, phones, browsers, is_of_one_host }
    }

    /// What passed, besides handshakes, in the order of the packets.
    pub fn passed(&self) -> impl Iterator<Item = (&'d Observation<'a>, Flow<'a>, &'a Happening)> {
        self.log.observations.iter().filter_map(|observation| match observation.what {
            What::Passed(what) => Some((observation, observation.flow()?, what)),
            _ => None,
        })
    }

    /// How the client of something that passed is known to be a phone; `None` where it is other people's. Who asks
    /// for a name is known by that name.
    pub fn tie_of_event(&self, flow: Flow<'_>, what: &Happening, hosts: &BTreeSet<String>) -> Option<Tie> {
        match what {
            Happening::NameUnresolved { name, .. } => self.tie(Flow { name, ..flow }, hosts),
            _ => self.tie(flow, hosts),
        }
    }

    /// All that passed and is or may be a phone's, with how that is known, in the order of the packets. A handshake of
    /// a browser is none.
    pub fn tied(&self, hosts: &BTreeSet<String>) -> Vec<(&'d Observation<'a>, Tie)> {
        // A hello of an old phone names nobody; what DNS told it is known to its events.
        let names: BTreeMap<(&str, &str), &str> = self
            .passed()
            .filter(|(_, flow, _)| !flow.name.is_empty())
            .map(|(_, flow, _)| ((flow.client, flow.server), flow.name))
            .collect();
        let tie = |observation: &Observation<'a>| {
            let flow = observation.flow()?;
            if let What::Passed(what) = observation.what {
                return self.tie_of_event(flow, what, hosts);
            }
            if self.browsers.contains(flow.client) || flow.service == Service::Other {
                return None;
            }
            let named = if flow.name.is_empty() { names.get(&(flow.client, flow.server)) } else { None };
            self.tie(Flow { name: named.copied().unwrap_or(flow.name), ..flow }, hosts)
        };
        let all = self.log.observations.iter();
        all.filter_map(|observation| Some((observation, tie(observation)?))).collect()
    }

    /// The handshakes among them, with the packets of their beginnings.
    pub fn handshakes(&self, hosts: &BTreeSet<String>) -> Vec<(&'d Observation<'a>, &'a Handshake, Tie)> {
        let handshake = |(observation, tie): (&'d Observation<'a>, Tie)| match observation.what {
            What::Handshake(handshake) => Some((observation, handshake, tie)),
            _ => None,
        };
        self.tied(hosts).into_iter().filter_map(handshake).collect()
    }

    fn tie(&self, flow: Flow<'_>, hosts: &BTreeSet<String>) -> Option<Tie> {
        let name = flow.name.to_ascii_lowercase();
        if self.phones.contains_key(flow.client) {
            Some(Tie::Phone)
        } else if hosts.contains(&name) || hosts.contains(flow.server) {
            Some(Tie::Dials)
        } else if !self.phones.is_empty() {
            None
        } else if self.is_of_one_host {
            Some(Tie::Alone)
        } else {
            hints_at_vpn(&name).then_some(Tie::Hint)
        }
    }
}

/// Whether a server's name is one that gateways have.
pub fn hints_at_vpn(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    HINTS.iter().any(|hint| name.contains(hint))
}

/// Parts of names that gateways have.
const HINTS: [&str; 6] = ["vpn", "asa", "anyconnect", "gateway", "remote", "phone"];
