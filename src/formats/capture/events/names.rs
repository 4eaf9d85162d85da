//! Names that clients ask for, and whether they learn an address.
//!
//! Quirks: resolvers also ask for the name with the search domain behind it: `vpn.example.com.example.com` is no name
//! of its own. An answer without addresses to a question for IPv6 is the rule, and no failure.

use std::collections::BTreeMap;
use std::net::IpAddr;

use crate::capture::Traffic;
use crate::capture::conversation::{Conversation, PacketPlace, Transport, Undelivered, What};
use crate::documents::capture::CaptureEvent;
use crate::event::traffic::{Happening, NameTrouble};
use crate::formats::capture::context::{Context, MAX_NAMES};

#[derive(Default)]
struct Asked<'t> {
    conversation: Option<&'t Conversation>,
    first: PacketPlace,
    last: PacketPlace,
    addresses: Vec<String>,
    resolved: PacketPlace,
    trouble: Option<(NameTrouble, PacketPlace)>,
    truncated: bool,
}

pub(super) fn add(context: &Context<'_>, events: &mut Vec<CaptureEvent>) {
    let mut all: BTreeMap<(IpAddr, String), Asked<'_>> = BTreeMap::new();
    for conversation in &context.traffic.conversations {
        for step in &conversation.steps {
            let What::Dns(dns) = &step.what else { continue };
            let key = (conversation.client.ip(), dns.name.clone());
            let full = all.len() >= MAX_NAMES && !all.contains_key(&key);
            if dns.name.is_empty() || !matches!(dns.kind, 1 | 28) || full {
                continue;
            }
            let asked = all.entry(key).or_insert_with(|| Asked {
                conversation: Some(conversation),
                first: step.at,
                ..Asked::default()
            });
            if !dns.answer {
                asked.last = step.at;
                let undelivered = conversation
                    .steps
                    .iter()
                    .find(|other| matches!(other.what, What::Undelivered { reason: Undelivered::Port, .. }));
                if let Some(undelivered) = undelivered {
                    asked.trouble = Some((NameTrouble::NoServer, undelivered.at));
                }
                continue;
            }
            asked.truncated = dns.truncated || asked.truncated && conversation.transport == Transport::Udp;
            match dns.code {
                0 if !dns.addresses.is_empty() => {
                    asked.resolved = step.at;
                    asked.addresses = dns.addresses.iter().map(IpAddr::to_string).collect();
                }
                // No address of this family.
                0 if dns.kind == 28 => {}
                0 | 3 => asked.trouble = Some((NameTrouble::NoSuchName, step.at)),
                5 => asked.trouble = Some((NameTrouble::Refused, step.at)),
                _ => asked.trouble = Some((NameTrouble::ServerFailed, step.at)),
            }
        }
    }
    let keys: Vec<(IpAddr, String)> = all.keys().cloned().collect();
    for ((client, name), asked) in all {
        let Some(conversation) = asked.conversation else { continue };
        // A capture has thousands of names: what stands before each dot is looked up among them, which are sorted.
        let is_asked = |shorter: &str| {
            let own = |(other, name): &(IpAddr, String)| (*other, name.as_str()).cmp(&(client, shorter));
            keys.binary_search_by(own).is_ok()
        };
        if name.match_indices('.').any(|(dot, _)| name.get(..dot).is_some_and(is_asked)) {
            continue;
        }
        let too_long = asked.truncated && tcp_fails(context.traffic, client);
        let (at, what) = if !asked.addresses.is_empty() && !too_long {
            (asked.resolved, Happening::NameResolved { name: name.clone(), addresses: asked.addresses })
        } else {
            let silent = asked.last.since(&asked.first) > 0 || context.is_silent_since(&asked.last);
            let (reason, at) = match asked.trouble {
                _ if too_long => (NameTrouble::TooLong, asked.resolved),
                Some(trouble) => trouble,
                None if silent => (NameTrouble::Unanswered, asked.last),
                None => continue,
            };
            (at, Happening::NameUnresolved { name: name.clone(), reason })
        };
        events.push(context.event(conversation, &at, &format!("DNS {name}"), what));
    }
}

/// The client asks over TCP, and no connection comes about.
fn tcp_fails(traffic: &Traffic, client: IpAddr) -> bool {
    let mut asked = false;
    for conversation in &traffic.conversations {
        let dns = conversation.transport == Transport::Tcp && conversation.server.port() == 53;
        if dns && conversation.client.ip() == client {
            if conversation.from_server.packets > 0 {
                return false;
            }
            asked = true;
        }
    }
    asked
}
