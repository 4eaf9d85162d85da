//! The TLS and DTLS handshakes of a capture: what was offered, what was chosen, and who ended it how.
//!
//! Only what was sent in the clear is here. Where a certificate is missing because TLS 1.3 encrypts it, because the
//! session is resumed, or because the capture cuts packets, the list is empty and nothing follows from that.

use std::collections::{BTreeMap, BTreeSet};

use sha1::{Digest, Sha1};

use super::{authorities, place};
use crate::capture::Traffic;
use crate::capture::conversation::{Conversation, PacketPlace, Transport};
use crate::capture::tls::{Message, Side};
use crate::documents::Holder;
use crate::documents::capture::{Browser, Phone};
use crate::event::tls_handshake::{Alert, Handshake};
use crate::formats::Der;
use crate::source::At;

/// Numbers of one list that are kept; clients offer fewer than a hundred.
const MAX_LISTED: usize = 256;

pub(super) fn of(traffic: &Traffic) -> Vec<Handshake> {
    traffic.conversations.iter().flat_map(of_conversation).collect()
}

/// The handshakes of a conversation: a client that begins anew on the same ports begins another.
fn of_conversation(conversation: &Conversation) -> Vec<Handshake> {
    let line = format!("{} > {}", conversation.client, conversation.server);
    let mut all: Vec<Handshake> = Vec::new();
    let mut session: Vec<u8> = Vec::new();
    let (mut changed_client, mut changed_server) = (false, false);
    for (step, side, message) in conversation.tls() {
        let at = |words: &str| place(&step.at, &format!("{line} {words}"));
        let repeated = matches!(message, Message::ClientHello(_))
            && all.last().is_some_and(|last| last.chosen_suite.is_some() && !last.certificates_hidden);
        if all.is_empty() || repeated {
            let datagrams = conversation.transport == Transport::Udp;
            let (client, server) = (conversation.client.to_string(), conversation.server.to_string());
            all.push(Handshake { client, server, datagrams, at: at("handshake"), ..Handshake::default() });
            (changed_client, changed_server) = (false, false);
        }
        let Some(handshake) = all.last_mut() else { continue };
        match message {
            Message::ClientHello(hello) => {
                handshake.client_version = hello.highest_version();
                handshake.offered_suites = first(&hello.suites);
                handshake.offered_groups = first(&hello.groups);
                handshake.offered_signatures = first(&hello.signatures);
                handshake.server_name.clone_from(&hello.server_name);
                handshake.at = at("client hello");
                session.clone_from(&hello.session);
            }
            Message::ServerHello(hello) => {
                handshake.server_version = hello.chosen_version;
                handshake.chosen_suite = Some(hello.suite);
                handshake.chosen_at = Some(at("server hello"));
                handshake.certificates_hidden = hello.chosen_version == 0x0304 || hello.retry;
                handshake.resumed = hello.pre_shared_key
                    || !handshake.certificates_hidden && !session.is_empty() && session == hello.session;
            }
            Message::Certificate(ders) if side == Side::Server => {
                handshake.server_certificates = ders.iter().map(|der| sha1(der)).collect();
                handshake.certificate_at = Some(at("certificate"));
                handshake.resumed = false;
            }
            Message::Certificate(ders) => {
                handshake.client_certificates = Some(ders.iter().map(|der| sha1(der)).collect());
            }
            Message::CertificateRequest(request) => {
                handshake.asks_for_certificate = true;
                handshake.asked_authorities = authorities::names(request);
            }
            Message::Alert { level, code } => {
                let words = format!("alert {level} {code}");
                let from_client = side == Side::Client;
                handshake.alerts.push(Alert { from_client, level: *level, code: *code, at: at(&words) });
            }
            Message::ChangeCipherSpec | Message::Hidden(_) => match side {
                Side::Client => changed_client = true,
                Side::Server => changed_server = true,
            },
            _ => {}
        }
        handshake.done = changed_client && changed_server;
    }
    all
}

fn first(numbers: &[u16]) -> Vec<u16> {
    numbers.iter().copied().take(MAX_LISTED).collect()
}

pub(super) fn sha1(der: &[u8]) -> [u8; 20] {
    Sha1::digest(der).into()
}

/// Certificates that a VPN gateway may have shown, and those that phones showed it, each once. Those of other servers,
/// of CUCM for one, are no gateway's and are left out.
pub(super) fn certificates(traffic: &Traffic, phones: &[Phone], most: usize) -> Vec<Der> {
    let mut hosts: Vec<_> = traffic.conversations.iter().map(|one| one.client.ip()).collect();
    hosts.sort_unstable();
    hosts.dedup();
    let addresses: BTreeSet<&str> = phones.iter().map(|phone| phone.address.as_str()).collect();
    let mut certificates: Vec<Der> = Vec::new();
    for conversation in &traffic.conversations {
        let phone = addresses.contains(conversation.client.ip().to_string().as_str());
        let gateway = matches!(conversation.server.port(), 443 | 8443)
            || !super::context::is_known_port(conversation.server.port());
        if !gateway || !phone && (!phones.is_empty() || hosts.len() > 1) {
            continue;
        }
        let named = conversation.tls().find_map(|(_, _, message)| match message {
            Message::ClientHello(hello) if !hello.server_name.is_empty() => Some(hello.server_name.clone()),
            _ => None,
        });
        let server = named.unwrap_or_else(|| conversation.server.ip().to_string());
        for (step, side, message) in conversation.tls() {
            let Message::Certificate(ders) = message else { continue };
            for (der, depth) in ders.iter().zip(0_u32..) {
                let holder = match side {
                    Side::Server => Holder::Handshake { server: server.clone(), depth },
                    Side::Client => Holder::File,
                };
                let known = certificates.iter().any(|known| known.bytes == *der && known.holder == holder);
                if !known && certificates.len() < most {
                    certificates.push(Der { bytes: der.clone(), at: packet(&step.at, conversation), holder });
                }
            }
        }
    }
    certificates
}

/// Hosts that are no phones, because they say hello as browsers do, each once, with its first such hello.
pub(super) fn browsers(traffic: &Traffic, phones: &[Phone]) -> Vec<Browser> {
    let mut hosts: BTreeMap<String, At> = BTreeMap::new();
    for conversation in &traffic.conversations {
        let hello = conversation.tls().find(
            |(_, _, message)| matches!(message, Message::ClientHello(hello) if hello.is_of_a_browser()),
        );
        if let Some((step, ..)) = hello {
            hosts.entry(conversation.client.ip().to_string()).or_insert_with(|| {
                place(&step.at, &format!("{} > {} client hello", conversation.client, conversation.server))
            });
        }
    }
    for phone in phones {
        hosts.remove(&phone.address);
    }
    hosts.into_iter().map(|(address, at)| Browser { address, at }).collect()
}

fn packet(at: &PacketPlace, conversation: &Conversation) -> At {
    place(at, &format!("{} > {} certificate", conversation.server, conversation.client))
}
