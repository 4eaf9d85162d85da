//! Words of an event that several witnesses share: the far end, the session, the way over the network.
//!
//! ```text
//! outside:192.0.2.9/50091                          the far end of a connection
//! Group <PHONES> User <CP-…> IP <192.0.2.9>        a session
//! ```
//! Formats put into them what they read, and observations hand them on. Fields that a device does not print are
//! empty.
//!
//! Sources: Cisco Secure Firewall ASA Series Syslog Messages; Cisco document 116162 for the phone's words.

use serde::{Deserialize, Serialize};

pub mod attempt;
pub mod pending_reasons;
pub mod tls_handshake;
pub mod traffic;

/// The far end of a connection to the ASA: `outside:192.0.2.9/50091`. Key of a handshake. Its texts are its own, or those
/// of a message that was just read.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Peer<S = String> {
    /// The ASA's interface.
    pub interface: S,
    /// IPv4 or IPv6 as printed.
    pub address: S,
    /// TCP or UDP port.
    pub port: Option<u16>,
    /// The ASA asks it, as it asks a directory over TLS: it is no client.
    pub is_server: bool,
}

/// Group, user and address as many messages print them; with and without `< >`. Its texts are those of [`Peer`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session<S = String> {
    /// Group policy or tunnel group, depending on the message; may be empty.
    pub group: S,
    /// May be empty, `*****`, or `LOCAL\name`.
    pub user: S,
    /// The public address; may be empty.
    pub address: S,
}

/// Which of the two connections of a VPN phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Channel {
    /// TLS over TCP.
    Tls,
    /// DTLS over UDP.
    Dtls,
}

/// Who sent an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sender {
    /// `write`: the phone.
    Phone,
    /// `read`: the ASA.
    Gateway,
}

/// A tunnel's way over the network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Transport {
    /// TLS.
    Tcp,
    /// DTLS.
    Udp,
    /// The message does not say; older releases print no word for it.
    #[default]
    Unknown,
}

/// Why an ASA dropped a packet that goes through it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DropReason {
    /// An access list denies it.
    AccessList,
    /// There is no route to where it goes.
    NoRoute,
    /// Address translation: none was found, or that of the way back is another one.
    Translation,
}

/// What became of a transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TransportStep {
    /// 722033: the first of its session.
    First,
    /// 722034: another one beside none.
    New,
    /// 722032: it takes the place of an older one.
    Replaced,
    /// 722022.
    Established,
    /// 722028: an older one that was still open is closed.
    Stale,
    /// 722023.
    Terminated,
}

/// What became of a request for an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AddressOutcome {
    /// There is one, or its source will give one.
    Succeeded,
    /// There is none, or its source has none; another source may still have one, see 737012 for the end of all.
    Failed,
    /// It was given back.
    Freed,
    /// None of these.
    Other,
}

/// Who decided on a group policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PolicySource {
    /// 113009: the default group policy of the tunnel group.
    TunnelGroup,
    /// 113003, 113011: an attribute of the user.
    User,
}

/// How CUCM makes a phone take a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Push {
    /// Apply Config.
    ApplyConfig,
    /// Reset: the phone starts anew.
    Reset,
    /// Restart: the phone registers anew.
    Restart,
}
