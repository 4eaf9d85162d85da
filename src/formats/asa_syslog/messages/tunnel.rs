//! 722xxx: the SSL VPN tunnel and its client.
//!
//! ```text
//! Group <g> User <u> IP <192.0.2.9> UDP SVC connection established without compression
//! Group <g> User <u> IP <192.0.2.9> Client Type: Cisco SVC IPPhone Client v1.0 (1.0)
//! TunnelGroup <t> GroupPolicy <p> User <u> IP <192.0.2.9> No address available for SVC connection
//! ```

use std::net::IpAddr;

use super::super::phrase::Words;
use super::super::session::{named, session};
use super::super::{Transport, TransportStep};
use super::words::{between, number_after, split_word, trimmed};
use crate::documents::asa_syslog::AsaMessage;
use crate::event::Session;

/// Reads one of them.
pub(super) fn read(id: u32, text: &str) -> AsaMessage<Words<'_>> {
    let told = session(text);
    let known = told.is_some();
    let (session, rest) = told.unwrap_or_default();
    match id {
        722_001..=722_003 | 722_042 | 722_045 => connect_request(known, session, rest, text),
        722_007..=722_014 => client_message(session, rest),
        722_020 | 722_041 => no_address(session, text),
        722_022 | 722_023 | 722_028 | 722_032..=722_034 => {
            let step = match id {
                722_022 => TransportStep::Established,
                722_023 => TransportStep::Terminated,
                722_028 => TransportStep::Stale,
                722_032 => TransportStep::Replaced,
                722_033 => TransportStep::First,
                _ => TransportStep::New,
            };
            AsaMessage::Transport { session, transport: transport(rest), step }
        }
        722_035 | 722_036 => AsaMessage::LargePacket {
            session,
            bytes: number_after(rest, "large packet length").or_else(|| number_after(rest, "large packet")),
            threshold: number_after(rest, "threshold"),
        },
        722_037 | 722_038 | 722_046 | 722_054 | 722_057 => {
            let reason = split_word(rest, ":").map_or(rest, |(_, reason)| reason);
            AsaMessage::TunnelClosing { session, reason: trimmed(reason).into() }
        }
        722_043 => {
            let reason = split_word(rest, "disabled:").map_or(rest, |(_, reason)| reason);
            AsaMessage::DtlsDisabled { session, reason: trimmed(reason).into() }
        }
        722_047 | 722_049 => AsaMessage::ClientNotEnabled { session },
        722_048 | 722_050 => AsaMessage::ClientNotAllowed { session },
        722_051 => AsaMessage::AddressAssigned { session, assigned: assigned(rest).into() },
        722_053 => AsaMessage::ClientType { session, client: "".into() },
        722_055 => {
            let client = split_word(rest, "client type:").map(|(_, client)| client).unwrap_or_default();
            AsaMessage::ClientType { session, client: client.trim().into() }
        }
        722_056 => AsaMessage::ClientRejected {
            address: between(text, "rejected from", ". client info:").into(),
            client: between(text, "client info:", ". reason:").into(),
            reason: text.rsplit_once("Reason:").map(|(_, reason)| trimmed(reason)).unwrap_or_default().into(),
        },
        _ if known => AsaMessage::Named { session },
        _ => AsaMessage::Other,
    }
}

/// `UDP SVC connection …`, `First TCP SVC connection …`; older releases have no word for it.
fn transport(rest: &str) -> Transport {
    let word = rest.split_ascii_whitespace().find(|word| ["TCP", "UDP"].contains(word));
    match word {
        Some("TCP") => Transport::Tcp,
        Some(_) => Transport::Udp,
        None => Transport::Unknown,
    }
}

/// `IP <192.0.2.9> Error parsing SVC connect request.`
fn connect_request<'a>(
    known: bool,
    session: Session<Words<'a>>,
    rest: &'a str,
    text: &'a str,
) -> AsaMessage<Words<'a>> {
    if known {
        return AsaMessage::ConnectRequestFailed { session, reason: trimmed(rest).into() };
    }
    let (address, reason) = match text.trim_start().strip_prefix("IP ").and_then(|rest| rest.split_once(' '))
    {
        Some((address, reason)) => (address, reason),
        None => ("", text),
    };
    AsaMessage::ConnectRequestFailed { session: named("", "", address), reason: trimmed(reason).into() }
}

/// `SVC Message: 16/NOTICE: Client PC is going into suspend mode.`
fn client_message<'a>(session: Session<Words<'a>>, rest: &'a str) -> AsaMessage<Words<'a>> {
    let words = split_word(rest, "message:").map_or(rest, |(_, words)| words).trim();
    let (head, text) = words.split_once(':').unwrap_or(("", words));
    let level = head.rsplit('/').next().unwrap_or_default().trim().into();
    AsaMessage::ClientMessage { session, level, text: trimmed(text).into() }
}

fn no_address<'a>(session: Session<Words<'a>>, text: &'a str) -> AsaMessage<Words<'a>> {
    let tunnel_group = text
        .trim_start()
        .strip_prefix("TunnelGroup ")
        .and_then(|rest| rest.split_once(" GroupPolicy ").map(|(group, _)| named(group, "", "").group));
    AsaMessage::NoAddress { session, tunnel_group: tunnel_group.unwrap_or_default() }
}

/// `Group <VPNPhone> User <u> IP <192.0.2.9> IPv4 Address <198.51.100.7> IPv6 address <::> assigned to session`
fn assigned(rest: &str) -> &str {
    let mut assigned = "";
    let mut words = rest.split_ascii_whitespace().map(|word| word.trim_matches(['<', '>', ',', '.']));
    while let Some(word) = words.next() {
        if !word.eq_ignore_ascii_case("address") {
            continue;
        }
        let Some(address) = words.next() else { break };
        let known = address.parse::<IpAddr>().is_ok_and(|address| !address.is_unspecified());
        if known && assigned.is_empty() {
            assigned = address;
        }
    }
    assigned
}

#[cfg(test)]
mod tests {
    use super::super::owned;
    use super::*;

    fn who() -> Session {
        Session { group: "g".into(), user: "u".into(), address: "192.0.2.9".into() }
    }

    #[test]
    fn what_becomes_of_a_tunnel_is_read() {
        for (id, rest, expected) in [
            (
                722_051,
                "Address <198.51.100.7> assigned to session",
                AsaMessage::AddressAssigned { session: who(), assigned: "198.51.100.7".into() },
            ),
            (
                722_051,
                "IPv4 Address <0.0.0.0> IPv6 address <2001:db8::7> assigned to session",
                AsaMessage::AddressAssigned { session: who(), assigned: "2001:db8::7".into() },
            ),
            (
                722_022,
                "UDP SVC connection established without compression",
                AsaMessage::Transport {
                    session: who(),
                    transport: Transport::Udp,
                    step: TransportStep::Established,
                },
            ),
            (
                722_033,
                "First TCP SVC connection established for SVC session.",
                AsaMessage::Transport {
                    session: who(),
                    transport: Transport::Tcp,
                    step: TransportStep::First,
                },
            ),
            (
                722_032,
                "New SVC connection replacing old connection.",
                AsaMessage::Transport {
                    session: who(),
                    transport: Transport::Unknown,
                    step: TransportStep::Replaced,
                },
            ),
            (
                722_036,
                "Transmitting large packet 1466 (threshold 1366).",
                AsaMessage::LargePacket { session: who(), bytes: Some(1466), threshold: Some(1366) },
            ),
            (
                722_037,
                "SVC closing connection: DPD failure.",
                AsaMessage::TunnelClosing { session: who(), reason: "DPD failure".into() },
            ),
            (
                722_012,
                "SVC Message: 16/NOTICE: Client PC is going into suspend mode.",
                AsaMessage::ClientMessage {
                    session: who(),
                    level: "NOTICE".into(),
                    text: "Client PC is going into suspend mode".into(),
                },
            ),
            (
                722_043,
                "DTLS disabled: unable to negotiate cipher.",
                AsaMessage::DtlsDisabled { session: who(), reason: "unable to negotiate cipher".into() },
            ),
            (
                722_055,
                "Client Type: Cisco SVC IPPhone Client v1.0 (1.0)",
                AsaMessage::ClientType {
                    session: who(),
                    client: "Cisco SVC IPPhone Client v1.0 (1.0)".into(),
                },
            ),
            (
                722_048,
                "Tunnel terminated: SVC not enabled for the user.",
                AsaMessage::ClientNotAllowed { session: who() },
            ),
            (
                722_049,
                "Session terminated: SVC not enabled or invalid image on the ASA.",
                AsaMessage::ClientNotEnabled { session: who() },
            ),
        ] {
            let text = format!("Group <g> User <u> IP <192.0.2.9> {rest}");
            assert_eq!(owned(read(id, &text)), expected, "{text}");
        }
    }

    #[test]
    fn messages_of_other_shapes_are_read() {
        let session = Session { group: "p".into(), user: "u".into(), address: "192.0.2.9".into() };
        assert_eq!(
            owned(read(
                722_020,
                "TunnelGroup <t> GroupPolicy <p> User <u> IP <192.0.2.9> No address available for SVC connection"
            )),
            AsaMessage::NoAddress { session, tunnel_group: "t".into() }
        );
        assert_eq!(
            owned(read(722_001, "IP <192.0.2.9> Error parsing SVC connect request.")),
            AsaMessage::ConnectRequestFailed {
                session: Session { address: "192.0.2.9".into(), ..Session::default() },
                reason: "Error parsing SVC connect request".into()
            }
        );
        assert_eq!(
            owned(read(
                722_056,
                "Unsupported AnyConnect client connection rejected from 192.0.2.9. Client info: x y. Reason: too old"
            )),
            AsaMessage::ClientRejected {
                address: "192.0.2.9".into(),
                client: "x y".into(),
                reason: "too old".into()
            }
        );
    }
}
