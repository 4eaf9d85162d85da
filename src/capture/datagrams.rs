//! UDP: which datagrams belong to a phone's start, its names and its tunnel.

use std::net::SocketAddr;

use super::conversation::{PacketPlace, What};
use super::dhcp::{self, Dhcp};
use super::flows::{Carried, Flows};
use super::tls::Message;
use super::{dns, dtls, message, tftp};

/// DHCP messages that are kept.
const MAX_DHCP: usize = 2000;

/// Takes one datagram.
pub fn datagram(carried: &Carried<'_>, flows: &mut Flows, dhcp: &mut Vec<(PacketPlace, Dhcp)>) {
    let (from, to) = (carried.from.port(), carried.to.port());
    let payload = carried.payload;
    match (from, to) {
        (67 | 68, 67 | 68) => {
            if let Some(message) = dhcp::message(payload)
                && dhcp.len() < MAX_DHCP
            {
                dhcp.push((carried.at, message));
            }
        }
        (53, _) | (_, 53) => {
            if let Some(message) = dns::message(payload) {
                let client = if message.answer { carried.to } else { carried.from };
                put(carried, client, flows, What::Dns(message));
            }
        }
        (_, 69) => {
            if let Some(packet) = tftp::packet(payload, carried.missing) {
                put(carried, carried.from, flows, What::Tftp(packet));
            }
        }
        (5060, _) | (_, 5060) if message::begins(payload) => {
            let client = if to == 5060 || from != 5060 { carried.from } else { carried.to };
            let begins = payload.starts_with(b"REGISTER ") || flows.has_datagrams(carried.from, carried.to);
            if begins && let Some(head) = message::head(payload) {
                put(carried, client, flows, What::Sip(head));
            }
        }
        _ if dtls::begins_record(payload) => handshake(carried, flows),
        _ if flows.has_datagrams(carried.from, carried.to) => {
            if let Some(packet) = tftp::packet(payload, carried.missing) {
                put(carried, carried.from, flows, What::Tftp(packet));
            }
        }
        _ => flows.others += 1,
    }
}

fn put(carried: &Carried<'_>, client: SocketAddr, flows: &mut Flows, what: What) {
    let Some((flow, side)) = flows.datagram(carried, client) else { return };
    // Of a transfer only what tells its course: the first block, the last, and what is asked again.
    let quiet = match &what {
        What::Tftp(tftp::Tftp::Data { block, size }) => {
            *block > 1 && *size >= flow.conversation.sent(side).largest.saturating_sub(4)
        }
        What::Tftp(tftp::Tftp::Acknowledged { .. }) => true,
        _ => false,
    };
    let repeated = flow.conversation.steps.last().is_some_and(|last| {
        last.from == side.into() && last.what == what && carried.at.since(&last.at) < 50_000_000
    });
    if !quiet && !repeated {
        flow.conversation.step(carried.at, side.into(), what);
    }
}

fn handshake(carried: &Carried<'_>, flows: &mut Flows) {
    let open = flows.has_datagrams(carried.from, carried.to);
    // Epoch 0 and the type of a handshake; what is encrypted from the first packet on tells nothing.
    let begins = matches!(carried.payload, [22, _, _, 0, 0, ..]);
    if !open && !begins {
        flows.others += 1;
        return;
    }
    let from_server = matches!(carried.payload.get(13), Some(2 | 3 | 11..=14))
        || carried.from.port() == 443 && carried.to.port() != 443;
    let client = if from_server { carried.to } else { carried.from };
    let Some((flow, side)) = flows.datagram(carried, client) else { return };
    let (at, from) = (carried.at, side.into());
    let conversation = &mut flow.conversation;
    let session = flow.dtls.get_or_insert_default();
    if session.is_hidden() && !matches!(carried.payload, [21 | 22, ..]) {
        return;
    }
    session.datagram(side, carried.payload, &mut |message: Message| {
        conversation.step(at, from, What::Tls(message));
    });
}
