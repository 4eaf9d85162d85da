//! 106xxx, 302xxx, 401xxx, 710xxx, 733xxx: whether packets arrive at the ASA's own port 443; 106xxx, 110xxx, 305xxx:
//! whether those of a phone get on behind the tunnel.
//!
//! ```text
//! Built inbound TCP connection 7 for outside:192.0.2.9/50091 (192.0.2.9/50091) to identity:198.51.100.1/443 (198.51.100.1/443)
//! TCP access denied by ACL from 192.0.2.9/50091 to outside:198.51.100.1/443
//! Threat-detection adds host 192.0.2.9 to shun list
//! Deny udp src outside:198.51.100.7/50091 dst inside:198.51.100.69/69 by access-group "outside_in" [0x0, 0x0]
//! ```
//! Connections through the ASA are most of many logs: only those to the ASA itself (`identity`) and port 443 are
//! kept, and of packets that were dropped those to a port that phones use inside as well, see [`is_kept`].

use std::borrow::Cow;
use std::net::IpAddr;

use scan::Class;

use super::super::phrase::Words;
use super::words::{apart, between, first_word, is_address, split_word, unspaced};
use crate::documents::asa_syslog::AsaMessage;
use crate::event::{DropReason, Peer, Transport};
use crate::tables::{phone_ports, syslog_ids};

/// `Inbound TCP connection denied`.
const REFUSED: u32 = 106_001;
/// `Deny TCP (no connection)`.
const NO_CONNECTION: u32 = 106_015;

/// Whether a message of a connection is about the ASA's own port 443, or tells of a packet to a port of phones that was
/// dropped; true for every other message.
pub(crate) fn is_kept(id: u32, text: &[u8]) -> bool {
    match class_of_text(id) {
        Class::Connection => scan::is_connection_to_gateway(text),
        Class::Denial => scan::is_denial_at_gateway(text) || scan::is_denial_at_phone_port(text),
        Class::Lost => scan::is_denial_at_phone_port(text),
        _ => true,
    }
}

/// Who sent a packet that was dropped on its way to a port of phones; `None` for any other message.
pub(crate) fn sender_of_dropped(id: u32, text: &str) -> Option<IpAddr> {
    match class_of_text(id) {
        Class::Denial | Class::Lost => match denied(id, text) {
            AsaMessage::TrafficDropped { from, .. } => from.address.parse().ok(),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a message of this id is wanted whatever its text says.
fn class_of_text(id: u32) -> Class {
    match id {
        302_000..=302_999 => Class::Connection,
        106_000..=106_999 => Class::Denial,
        110_002..=110_003 | 305_005..=305_006 | 305_013 => Class::Lost,
        _ => Class::Wanted,
    }
}

/// Whether the text of a message of this id decides if it is kept.
pub(crate) fn is_by_text(id: u32) -> bool {
    class_of_text(id) != Class::Wanted
}

/// Whether who sent the packet that a message of this id speaks of decides as well.
pub(crate) fn is_by_sender(id: u32) -> bool {
    matches!(class_of_text(id), Class::Denial | Class::Lost)
}

/// What becomes of messages of an id.
pub(crate) fn class(id: u32) -> Class {
    match id {
        _ if !syslog_ids::is_event(id) => Class::Counted,
        _ => class_of_text(id),
    }
}

/// Reads one of them.
pub(super) fn read(id: u32, text: &str) -> AsaMessage<Words<'_>> {
    match id {
        302_013 | 302_015 => built(text),
        302_014 | 302_016 => ended(text),
        106_000..=106_999 | 110_002..=110_003 | 305_005..=305_013 | 710_003 | 710_005 => denied(id, text),
        // All of them at once.
        401_001 => AsaMessage::Unshunned { address: "".into() },
        401_002 => AsaMessage::Shunned {
            address: first_word(split_word(text, "added:").map(|(_, rest)| rest).unwrap_or_default()).into(),
            interface: "".into(),
        },
        401_003 => AsaMessage::Unshunned {
            address: first_word(split_word(text, "deleted:").map(|(_, rest)| rest).unwrap_or_default())
                .into(),
        },
        733_102 => AsaMessage::Shunned {
            address: between(text, "adds host ", " to shun").into(),
            interface: "".into(),
        },
        733_103 => AsaMessage::Unshunned { address: between(text, "removes host ", " from shun").into() },
        733_201 => AsaMessage::Shunned {
            address: between(text, "peer[", "]").into(),
            interface: first_word(
                split_word(text, "to interface ").map(|(_, rest)| rest).unwrap_or_default(),
            )
            .into(),
        },
        _ => AsaMessage::Other,
    }
}

fn built(text: &str) -> AsaMessage<Words<'_>> {
    let mut peers = endpoints(text).into_iter();
    let (from, to) = (peers.next().unwrap_or_default(), peers.next().unwrap_or_default());
    AsaMessage::Connection { transport: transport(text), number: number(text), from, to }
}

/// `Teardown TCP connection 7 for outside:192.0.2.9/50091 to identity:198.51.100.1/443 duration 0:00:30 bytes 0 SYN Timeout`
fn ended(text: &str) -> AsaMessage<Words<'_>> {
    let mut peers = endpoints(text).into_iter();
    let (from, to) = (peers.next().unwrap_or_default(), peers.next().unwrap_or_default());
    let (_, rest) = split_word(text, " duration ").unwrap_or((text, ""));
    let mut words = rest.split_ascii_whitespace();
    let duration = words.next().unwrap_or_default().into();
    let bytes = words.nth(1).and_then(|bytes| bytes.parse().ok());
    let reason = words
        .take_while(|word| *word != "from" && !word.starts_with('('))
        .collect::<Vec<_>>()
        .join(" ")
        .into();
    AsaMessage::ConnectionEnded {
        transport: transport(text),
        number: number(text),
        from,
        to,
        duration,
        bytes,
        reason,
    }
}

/// A packet that was dropped: to a port of phones inside, or on its way to the ASA itself.
fn denied(id: u32, text: &str) -> AsaMessage<Words<'_>> {
    let mut peers = endpoints(text).into_iter();
    let (from, to) = (peers.next().unwrap_or_default(), peers.next().unwrap_or_default());
    let (from, to) = if to.address.is_empty() { with_name(text, from) } else { (from, to) };
    // Refused at the first packet of a connection; any other packet is a late one.
    if id == REFUSED && split_word(text, " flags ").is_some_and(|(_, flags)| !is_first_packet(flags)) {
        return AsaMessage::Other;
    }
    let group = split_word(text, "access-group").or_else(|| split_word(text, "access-list"));
    let by = group.and_then(|(_, rest)| rest.split_ascii_whitespace().next()).unwrap_or_default();
    let by = by.trim_matches('"').into();
    let reason = match id {
        110_002..=110_003 => Some(DropReason::NoRoute),
        305_005..=305_013 => Some(DropReason::Translation),
        // What belongs to no connection is late.
        106_000..=106_999
            if id != NO_CONNECTION && to.port.is_some_and(phone_ports::is_of_files_or_calls) =>
        {
            Some(DropReason::AccessList)
        }
        _ => None,
    };
    match reason {
        Some(reason) => AsaMessage::TrafficDropped { from, to, by, reason },
        None => AsaMessage::ConnectionDenied { transport: transport(text), from, to, by },
    }
}

fn is_first_packet(flags: &str) -> bool {
    flags.split(" on interface").next().is_some_and(|flags| flags.trim() == "SYN")
}

/// Both ends where the ASA knows one by a name: `src outside:198.51.100.7/50091 dst inside:CUCM/5060`. One end has an
/// address.
fn with_name<'t>(text: &'t str, only: Peer<Words<'t>>) -> (Peer<Words<'t>>, Peer<Words<'t>>) {
    let halves = [" dst ", " -> "].iter().find_map(|mark| text.split_once(mark));
    let Some((_, behind)) = halves.or_else(|| text.rsplit_once(" to ")) else {
        return (only, Peer::default());
    };
    let word = first_word(behind);
    if endpoint(word).is_some() {
        return (Peer::default(), only);
    }
    let named = match word.split_once(':') {
        Some((interface, rest)) => rest.rsplit_once('/').map(|(name, port)| (interface, name, port)),
        None => word.split_once('/').and_then(|(interface, rest)| {
            let (name, port) = rest.split_once('(')?;
            Some((interface, name, port.split(')').next()?))
        }),
    };
    let named = named.map(|(interface, name, port)| Peer {
        interface: interface.into(),
        address: name.into(),
        port: port_of(port.split('(').next().unwrap_or_default()),
        is_server: false,
    });
    (only, named.unwrap_or_default())
}

fn transport(text: &str) -> Transport {
    for word in text.split_ascii_whitespace() {
        if word.eq_ignore_ascii_case("tcp") {
            return Transport::Tcp;
        }
        if word.eq_ignore_ascii_case("udp") {
            return Transport::Udp;
        }
    }
    Transport::Unknown
}

fn number(text: &str) -> Words<'_> {
    split_word(text, " connection ").map(|(_, rest)| first_word(rest)).unwrap_or_default().into()
}

/// The ends of a connection in order; mapped addresses in brackets are passed over.
fn endpoints(text: &str) -> Vec<Peer<Words<'_>>> {
    match unspaced(text) {
        Cow::Borrowed(text) => unspaced_endpoints(text).collect(),
        Cow::Owned(text) => unspaced_endpoints(&text).map(apart).collect(),
    }
}

fn unspaced_endpoints(text: &str) -> impl Iterator<Item = Peer<Words<'_>>> {
    text.split_ascii_whitespace().filter(|word| !word.starts_with('(')).filter_map(endpoint).take(2)
}

/// `outside:192.0.2.9/50091`, `192.0.2.9/50091`, or `outside/192.0.2.9(50091)` of an access list.
fn endpoint(word: &str) -> Option<Peer<Words<'_>>> {
    if !word.bytes().any(|byte| byte == b'/') {
        return None;
    }
    let word = word.trim_end_matches([',', '.']);
    if let Some((head, port)) =
        word.split_once('(').and_then(|(head, rest)| Some((head, rest.split_once(')')?.0)))
        && let Some((interface, address)) = head.split_once('/')
        && is_address(address)
    {
        return Some(Peer {
            interface: interface.into(),
            address: address.into(),
            port: port_of(port),
            is_server: false,
        });
    }
    let word = word.split('(').next().unwrap_or_default();
    let (before, port) = word.rsplit_once('/')?;
    let (interface, address) = match before.split_once(':') {
        Some((interface, address)) if !is_address(before) => (interface, address),
        _ => ("", before),
    };
    is_address(address).then(|| Peer {
        interface: interface.into(),
        address: address.into(),
        port: port_of(port),
        is_server: false,
    })
}

/// A port, or the word that the ASA prints for it.
fn port_of(word: &str) -> Option<u16> {
    phone_ports::number(word)
}

#[cfg(test)]
mod tests {
    use super::super::owned;
    use super::*;

    fn end(interface: &str, address: &str, port: u16) -> Peer {
        Peer { interface: interface.into(), address: address.into(), port: Some(port), is_server: false }
    }

    #[test]
    fn only_connections_to_the_gateway_are_kept() {
        for (id, text, kept) in [
            (
                302_013,
                "Built inbound TCP connection 7 for outside:192.0.2.9/50091 (192.0.2.9/50091) to identity:198.51.100.1/443 (198.51.100.1/443)",
                true,
            ),
            (
                302_013,
                "Built inbound TCP connection 7 for outside:192.0.2.9/50091 (192.0.2.9/50091) to dmz:198.51.100.1/443 (198.51.100.1/443)",
                false,
            ),
            (
                302_013,
                "Built inbound TCP connection 7 for outside:192.0.2.9/50091 (192.0.2.9/50091) to identity:198.51.100.1/22 (198.51.100.1/22)",
                false,
            ),
            (
                106_100,
                "access-list o permitted tcp outside/192.0.2.9(50091) -> dmz/198.51.100.1(443) hit-cnt 1",
                false,
            ),
            (
                106_100,
                "access-list o denied tcp outside/192.0.2.9(50091) -> dmz/198.51.100.1(443) hit-cnt 1",
                true,
            ),
            (
                106_023,
                "Deny udp src outside:192.0.2.9/123 dst inside:198.51.100.1/123 by access-group \"o\"",
                false,
            ),
            (710_003, "TCP access denied by ACL from 192.0.2.9/50091 to outside:198.51.100.1/22", true),
        ] {
            assert_eq!(is_kept(id, text.as_bytes()), kept, "{text}");
        }
    }

    #[test]
    fn the_ports_of_phones_are_those_of_the_table() {
        for port in 0..=u16::MAX {
            let text =
                format!("Deny udp src outside:192.0.2.9/1 dst inside:192.0.2.8/{port} by access-group");
            let looked_for = scan::is_denial_at_phone_port(text.as_bytes());
            assert_eq!(looked_for, phone_ports::is_of_files_or_calls(port), "{port}");
        }
    }

    #[test]
    fn packets_on_their_way_to_the_gateway_are_read() {
        let (phone, gateway) = (end("outside", "192.0.2.9", 50_091), end("identity", "198.51.100.1", 443));
        for (id, text, expected) in [
            (
                302_013,
                "Built inbound TCP connection 7 for outside:192.0.2.9/50091 (192.0.2.9/50091) to identity:198.51.100.1/443 (198.51.100.1/443)",
                AsaMessage::Connection {
                    transport: Transport::Tcp,
                    number: "7".into(),
                    from: phone.clone(),
                    to: gateway.clone(),
                },
            ),
            (
                302_014,
                "Teardown TCP connection 7 for outside:192.0.2.9/50091 to identity:198.51.100.1/443 duration 0:00:30 bytes 0 SYN Timeout",
                AsaMessage::ConnectionEnded {
                    transport: Transport::Tcp,
                    number: "7".into(),
                    from: phone.clone(),
                    to: gateway,
                    duration: "0:00:30".into(),
                    bytes: Some(0),
                    reason: "SYN Timeout".into(),
                },
            ),
            (
                710_003,
                "TCP access denied by ACL from 192.0.2.9/50091 to outside:198.51.100.1/443",
                AsaMessage::ConnectionDenied {
                    transport: Transport::Tcp,
                    from: end("", "192.0.2.9", 50_091),
                    to: end("outside", "198.51.100.1", 443),
                    by: String::new(),
                },
            ),
            (
                710_005,
                "TCP request discarded from 2001:db8::9/50091 to outside:2001:db8::1/https",
                AsaMessage::ConnectionDenied {
                    transport: Transport::Tcp,
                    from: end("", "2001:db8::9", 50_091),
                    to: end("outside", "2001:db8::1", 443),
                    by: String::new(),
                },
            ),
            (
                106_023,
                "Deny tcp src outside:192.0.2.9/50091 dst outside:198.51.100.1/443 by access-group \"outside_in\" [0x0, 0x0]",
                AsaMessage::ConnectionDenied {
                    transport: Transport::Tcp,
                    from: phone,
                    to: end("outside", "198.51.100.1", 443),
                    by: "outside_in".into(),
                },
            ),
            (
                733_102,
                "Threat-detection adds host 192.0.2.9 to shun list",
                AsaMessage::Shunned { address: "192.0.2.9".into(), interface: String::new() },
            ),
            (
                733_201,
                "Threat-detection: Service[remote-access-client-initiations] Peer[192.0.2.9]: failure threshold of 10 exceeded: adding shun to interface outside. SSL: RA excessive client initiation requests.",
                AsaMessage::Shunned { address: "192.0.2.9".into(), interface: "outside".into() },
            ),
        ] {
            assert_eq!(owned(read(id, text)), expected, "{text}");
        }
    }
}
