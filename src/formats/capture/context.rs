//! What a capture tells besides one conversation, and what its ports are for.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use super::{one_network, place};
use crate::capture::Traffic;
use crate::capture::conversation::{Conversation, PacketPlace, Transport, What};
use crate::capture::tls::Message;
use crate::documents::capture::CaptureEvent;
use crate::event::traffic::{Happening, Service};

/// What the capture tells besides its conversations.
pub(super) struct Context<'t> {
    pub(super) traffic: &'t Traffic,
    /// The name by which a client knows a server.
    names: BTreeMap<(IpAddr, IpAddr), String>,
    /// Netmasks that DHCP gave, by whom it gave them to.
    masks: BTreeMap<IpAddr, u32>,
    /// What a client has to do with a server.
    pub(super) pairs: BTreeMap<(IpAddr, IpAddr), Pair>,
    /// Every conversation asks the same server and port.
    pub(super) only_server: bool,
}

/// What a client has to do with a server in all their conversations.
#[derive(Default)]
pub(super) struct Pair {
    /// The last packet.
    pub(super) last: PacketPlace,
    /// Ports of the server that datagrams were sent to.
    pub(super) datagrams: BTreeSet<u16>,
}

/// A port of a phone's services that is not the VPN's.
pub(super) fn is_known_port(port: u16) -> bool {
    Service::of_port(port) != Service::Gateway
}

impl Context<'_> {
    pub(super) fn new(traffic: &Traffic) -> Context<'_> {
        let mut pairs: BTreeMap<(IpAddr, IpAddr), Pair> = BTreeMap::new();
        for conversation in &traffic.conversations {
            let pair = pairs.entry((conversation.client.ip(), conversation.server.ip())).or_default();
            pair.last = pair.last.max(conversation.last);
            if conversation.transport == Transport::Udp {
                pair.datagrams.insert(conversation.server.port());
            }
        }
        let given =
            traffic.dhcp.iter().filter(|(_, given)| given.message == 5 && !given.mask.is_unspecified());
        let masks = given.map(|(_, given)| (IpAddr::V4(given.address), u32::from(given.mask))).collect();
        let mut servers = traffic.conversations.iter().map(|conversation| conversation.server);
        let first = servers.next();
        let only_server = servers.all(|server| Some(server) == first);
        Context { traffic, names: addresses(traffic), masks, pairs, only_server }
    }

    /// Nothing came back for long enough: from a packet to the end of the capture.
    pub(super) fn is_silent_since(&self, since: &PacketPlace) -> bool {
        match (self.traffic.latest, since.nanos) {
            (Some(latest), Some(then)) => latest.saturating_sub(then) >= SILENCE,
            _ => false,
        }
    }

    pub(super) fn event(
        &self,
        conversation: &Conversation,
        at: &PacketPlace,
        words: &str,
        what: Happening,
    ) -> CaptureEvent {
        let (client, server) = (conversation.client, conversation.server);
        let hello = conversation.tls().find_map(|(_, _, message)| match message {
            Message::ClientHello(hello) if !hello.server_name.is_empty() => Some(hello.server_name.clone()),
            _ => None,
        });
        let name = hello.or_else(|| self.names.get(&(client.ip(), server.ip())).cloned());
        CaptureEvent {
            at: place(at, &format!("{client} > {server} {words}")),
            stamp: at.nanos.map(super::stamp_of),
            client: client.ip().to_string(),
            server: server.ip().to_string(),
            port: server.port(),
            service: Service::of_port(server.port()),
            name: name.unwrap_or_default(),
            same_network: self.same_network(client.ip(), server.ip()),
            what,
        }
    }

    /// Two hosts lie in one network, by the netmask that DHCP gave where it is in the capture.
    pub(super) fn same_network(&self, client: IpAddr, server: IpAddr) -> bool {
        let mask = self.masks.get(&client).copied();
        match (client, server, mask) {
            (IpAddr::V4(client), IpAddr::V4(server), Some(mask)) => {
                u32::from(client) & mask == u32::from(server) & mask
            }
            _ => one_network(client, server),
        }
    }
}

/// By which name each client learned each address.
pub(super) fn addresses(traffic: &Traffic) -> BTreeMap<(IpAddr, IpAddr), String> {
    let mut names = BTreeMap::new();
    for conversation in &traffic.conversations {
        for step in &conversation.steps {
            if let What::Dns(dns) = &step.what
                && names.len() < MAX_NAMES * 4
            {
                for address in &dns.addresses {
                    names.entry((conversation.client.ip(), *address)).or_insert_with(|| dns.name.clone());
                }
            }
        }
    }
    names
}

/// So long nobody answered, in nanoseconds: longer than a round trip over a satellite, and than a second attempt.
pub(super) const SILENCE: i64 = 2_500_000_000;
/// Names of one capture that are looked at; a PC asks for some hundred an hour.
pub(super) const MAX_NAMES: usize = 5000;
