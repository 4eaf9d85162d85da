//! What an ASA's syslog tells: its messages in the field's words.
//!
//! ```text
//! 725006 Device failed SSL handshake with client outside:192.0.2.9/50091        handshake failed, about that far end
//! 722037 … SVC closing connection: DPD failure.                                 tunnel closed, about that session
//! ```
//! The numbers of messages, and what only a number tells apart, are known here and in the format alone.
//!
//! Quirks: several numbers say the same, and some say a little more than their kind: those are the lists at the bottom.
//!
//! Sources: Cisco Secure Firewall ASA Series Syslog Messages, each at its number; Cisco document 116162.

use super::{
    BalancingPart, By, CertificateMatter, ClientMessageLevel, Log, Observation, Refusal, What, Whom,
};
use crate::documents::asa_syslog::{AsaEvent, AsaMessage, AsaSyslog};
use crate::event::{AddressOutcome, Channel};
use crate::formats::asa_syslog::steps;

/// The log's events.
pub(super) fn log(log: &AsaSyslog, input: u32) -> Log<'_> {
    Log {
        lines: log.lines,
        times: (log.first, log.last),
        is_cut: log.events_dropped > 0,
        ..Log::new(By::AsaLog, input, log.events.iter().map(|event| observation(event, input)).collect())
    }
}

/// One message.
fn observation(event: &AsaEvent, input: u32) -> Observation<'_> {
    let text = event.text();
    Observation {
        stamp: event.stamp,
        about: about(&event.message),
        step: steps::step(event.id, &event.message, text),
        refusal: REFUSALS.iter().find(|(ids, _)| ids.contains(&event.id)).map(|(_, refusal)| *refusal),
        number: event.id,
        words: text,
        ..Observation::new(By::AsaLog, input, &event.at, what(event.id, &event.message, text))
    }
}

fn about(message: &AsaMessage) -> Whom<'_> {
    match message {
        AsaMessage::Certificate { subject, issuer, serial, trustpoint, .. } => {
            Whom::Certificate { subject, issuer, serial, trustpoint }
        }
        AsaMessage::ClientRejected { address, .. } => Whom::Address(address),
        AsaMessage::GroupLocked { attempted, .. } => Whom::TunnelGroup(attempted),
        AsaMessage::AddressRequest { tunnel_group, .. } => Whom::TunnelGroup(tunnel_group),
        _ => match (message.session(), message.peer()) {
            (Some(session), _) => Whom::Session(session),
            (None, Some(peer)) => Whom::Peer(peer),
            (None, None) => Whom::Nobody,
        },
    }
}

fn what<'a>(id: u32, message: &'a AsaMessage, text: &'a str) -> What<'a> {
    use AsaMessage as M;
    match message {
        M::HandshakeStarted { protocol, .. } => {
            What::HandshakeStarted { channel: channel_of(protocol), protocol }
        }
        M::HandshakeDone { protocol, .. } => What::HandshakeDone { protocol },
        M::CertificateRequested { .. } => What::ClientCertificateRequested,
        M::HandshakeFailed { .. } => What::HandshakeFailed { channel: Channel::Tls },
        M::SessionTerminated { .. } => What::TlsSessionEnded,
        M::ClientProposes { .. } => What::HelloOffered,
        M::DeviceSupports { .. } => What::SuitesAllowed,
        M::DeviceProposes { .. } => What::SuitesOfOwnClient,
        M::Cipher { name, .. } => What::ListedSuite { name },
        M::CipherChosen { name, .. } => What::SuiteChosen { name },
        M::LibraryError { function, reason } => {
            What::LibraryError { channel: Channel::Tls, function, reason }
        }
        M::TrustpointSelected { trustpoint, .. } => What::TrustpointChosen { trustpoint },
        M::NoClientCertificate { .. } => What::NoClientCertificate,
        M::Certificate { reason, .. } => What::Certificate { matter: matter(id, text), reason },
        M::Connection { from, to, .. } => What::ConnectionBuilt { from, to },
        M::ConnectionEnded { from, to, .. } => What::ConnectionClosed { from, to },
        M::ConnectionDenied { transport, from, to, .. } => What::PacketDenied {
            transport: *transport,
            from,
            to,
            of_asa: id / 1000 == TO_THE_BOX,
            stale: id == NO_CONNECTION,
        },
        M::TrafficDropped { from, to, by, reason } => What::TrafficDropped { from, to, by, reason: *reason },
        M::Shunned { address, interface } => What::Shunned { address, interface },
        M::Unshunned { address } => What::Unshunned { address },
        M::LoadBalancing => What::LoadBalancing {
            part: match id {
                BECOMES_DIRECTOR => Some(BalancingPart::Director),
                BECOMES_MEMBER => Some(BalancingPart::Member),
                _ => None,
            },
        },
        M::LicenceExpiring { days } => What::LicenceExpiring { days: *days },
        M::Other if id == NO_AAA_SESSION => What::AaaSessionsExhausted { limit: limit_in(text) },
        _ => login(id, message),
    }
}

/// What a session goes through.
fn login(id: u32, message: &AsaMessage) -> What<'_> {
    use AsaMessage as M;
    match message {
        M::AaaAccepted { server, .. } => What::UserAccepted { server },
        M::AaaRejected { server, reason, .. } => What::UserRefused { server, reason },
        M::AaaServerFailed { server, .. } => What::ServerFailed { server },
        M::AaaServerActive { server } => What::ServerActive { server },
        M::AaaChallenge { .. } => What::Challenged,
        M::UserLockedOut { .. } => What::UserLockedOut,
        M::PolicyChosen { policy, by, .. } => What::PolicyChosen { policy, by: *by },
        M::UserFromCertificate { .. } => What::UserFromCertificate,
        M::UserNotInCertificate { .. } => What::UserNotInCertificate,
        M::SessionLimit { limit, .. } => What::SessionLimit { limit: *limit },
        M::LicenceLimit { .. } => What::LicenceLimit { gave_way: id == GAVE_WAY },
        M::ClientNotEnabled { .. } => What::ClientNotEnabled,
        M::ClientNotAllowed { .. } => What::ClientNotAllowed,
        M::ParentSessionStarted { .. } => What::SessionStarted,
        M::GroupLocked { attempted, locked } => What::GroupLocked { attempted, locked },
        M::LoginAccepted { .. } => What::LoginAccepted,
        M::LoginRejected { .. } => What::LoginRejected,
        M::Posture { .. } => What::PostureRequired { ended: ENDED_FOR_POSTURE.contains(&id) },
        M::DapSelected { records, .. } => What::AccessPolicyApplied { records },
        M::DapTerminated { records, .. } => What::AccessPolicyTerminated { records },
        M::DapAttribute { name, value, .. } => What::AccessAttribute { name, value },
        M::NoAddress { tunnel_group, .. } => What::NoAddress { tunnel_group, at_all: id != NO_IPV6_ADDRESS },
        M::AddressRequest { tunnel_group, outcome, address, .. } => What::AddressRequested {
            tunnel_group,
            address,
            outcome: *outcome,
            exhausted: *outcome == AddressOutcome::Failed && NO_ADDRESS.contains(&id),
        },
        M::ClientRejected { .. } => What::ClientRefused,
        _ => tunnel(id, message),
    }
}

/// What a tunnel goes through.
fn tunnel(id: u32, message: &AsaMessage) -> What<'_> {
    use AsaMessage as M;
    match message {
        M::AddressAssigned { assigned, .. } => What::AddressAssigned { address: assigned },
        M::ClientType { client, .. } => What::ClientNamed { client },
        M::Transport { transport, step, .. } => What::TunnelTransport { transport: *transport, step: *step },
        M::DtlsDisabled { reason, .. } => What::DtlsDisabled { reason },
        M::LargePacket { threshold, .. } => What::LargePacket { threshold: *threshold },
        M::TunnelClosing { reason, .. } => {
            What::TunnelClosed { reason, of_connection: CONNECTION_CLOSED.contains(&id) }
        }
        M::ConnectRequestFailed { .. } => What::TunnelRequestFailed,
        M::ClientMessage { level, .. } => What::ClientMessage {
            level: if level == "ERROR" { ClientMessageLevel::Error } else { ClientMessageLevel::Other },
        },
        M::SessionEnded { reason, .. } => What::SessionEnded { reason },
        M::WebSessionEnded { .. } => What::LoginEnded,
        M::SessionLost { .. } => What::SessionLost { pending: id == PENDING },
        _ => What::Other,
    }
}

/// Which of its two connections a protocol's name speaks of: `DTLSv1`.
fn channel_of(protocol: &str) -> Channel {
    if protocol.starts_with('D') { Channel::Dtls } else { Channel::Tls }
}

fn matter(id: u32, text: &str) -> CertificateMatter<'_> {
    match id {
        717_025 => CertificateMatter::NextChain,
        717_009 | 717_021 | 717_027 => CertificateMatter::Refused,
        717_031 => CertificateMatter::IssuerUnknown,
        717_032 => CertificateMatter::RevocationUnknown,
        717_010 | 717_012 | 717_015 | 717_018 => CertificateMatter::RevocationListMissing,
        717_037 => CertificateMatter::NoGroup { refused: false },
        717_060 => CertificateMatter::NoGroup { refused: true },
        717_038 => CertificateMatter::GroupChosen { tunnel_group: group_in(text) },
        717_052 => CertificateMatter::Rechecked,
        717_055 => CertificateMatter::ExpiredInTrustpoint,
        _ => CertificateMatter::Named,
    }
}

/// `… Tunnel Group: PHONES, Peer certificate: serial number: …`.
fn group_in(text: &str) -> &str {
    let group = text.split_once("Tunnel Group: ").map(|(_, rest)| rest).unwrap_or_default();
    group.split_once(", Peer").map_or(group, |(group, _)| group).trim()
}

/// `Session limit [2048] reached`; nothing where no number stands there.
fn limit_in(text: &str) -> &str {
    let inner = text.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map(|(inner, _)| inner);
    inner
        .filter(|inner| inner.len() <= LONGEST_LIMIT && inner.bytes().all(|sign| sign.is_ascii_digit()))
        .unwrap_or_default()
}

/// Digits of a limit.
const LONGEST_LIMIT: usize = 10;
/// 113001: no further AAA session can be opened.
const NO_AAA_SESSION: u32 = 113_001;
/// The first digits of the messages about packets for the ASA itself.
const TO_THE_BOX: u32 = 710;
/// 106015, `Deny TCP (no connection)`.
const NO_CONNECTION: u32 = 106_015;
/// 716060: an inactive session gives way to a new one.
const GAVE_WAY: u32 = 716_060;
/// 716052: the session waited, and is dropped.
const PENDING: u32 = 716_052;
/// It answers at the cluster's address from now on: "Becoming master".
const BECOMES_DIRECTOR: u32 = 718_072;
/// It is one of the others: "Becoming slave".
const BECOMES_MEMBER: u32 = 718_073;
/// 722041: there is no IPv6 address; the session may still have one of the other family.
const NO_IPV6_ADDRESS: u32 = 722_041;
/// The session was ended because the client did not run it; 724003 and 724004 say that it goes on.
const ENDED_FOR_POSTURE: [u32; 2] = [724_001, 724_002];
/// The tunnel closes because its connection does.
const CONNECTION_CLOSED: [u32; 2] = [722_037, 722_038];
/// Failures of a pool, of DHCP, and of all sources together.
const NO_ADDRESS: [u32; 5] = [737_003, 737_004, 737_007, 737_012, 737_019];
/// Refusals for a reason that no other kind of message has.
const REFUSALS: &[(&[u32], Refusal)] = &[
    (&[113_030, 716_046], Refusal::UnknownAccessList),
    (&[113_033, 716_009], Refusal::UnreadableAccessList),
    (&[113_037, 716_040], Refusal::RestartPending),
    (&[113_038, 716_007, 722_046], Refusal::NotSetUp),
    (&[716_045], Refusal::UnknownValue),
    (&[717_052], Refusal::CertificateRechecked),
    (&[722_006], Refusal::UnusableAddress),
    (&[722_042], Refusal::UnknownRequestVersion),
    (&[722_054, 722_057], Refusal::UnboundTag),
];
