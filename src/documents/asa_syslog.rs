//! The messages of an ASA that say something of phones, as they were read.
//!
//! ```text
//! %ASA-6-113015: AAA user authentication Rejected : reason = Invalid password : local database : user = u
//! %ASA-6-722022: Group <g> User <u> IP <192.0.2.9> UDP SVC connection established without compression
//! ```
//! One kind of [`AsaMessage`] may stand for several ids that say the same; [`AsaEvent::id`] tells them apart. A field is
//! empty where the message does not print it.
//!
//! Sources: the Cisco Secure Firewall ASA syslog guide; Cisco document 116162.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::event::{AddressOutcome, Peer, PolicySource, Session, Transport, TransportStep};
use crate::source::{At, Located};
use crate::stage::Stage;
use crate::time::Stamp;

/// What an ASA logged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsaSyslog {
    /// Messages of any id.
    pub messages: u64,
    /// Messages by their six-digit id.
    pub by_id: BTreeMap<u32, u64>,
    /// Time of the first message that has one.
    pub first: Option<Stamp>,
    /// Time of the last message that has one.
    pub last: Option<Stamp>,
    /// First and last line that hold a message.
    pub lines: (u32, u32),
    /// Typed events in order, the first ones as many as the limits allow. Behind them stands the last failure of each
    /// phone that came later.
    pub events: Vec<AsaEvent>,
    /// Typed events that were only counted.
    pub events_dropped: u64,
    /// What all of the log shows of each phone, further than [`AsaSyslog::events`] reach.
    pub phones: PhonesSeen,
    /// `Buffer logging: level debugging` of the header that `show logging` prints: the level's word.
    pub buffer_level: Option<Located<String>>,
}

/// One message of an id that rules ask about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsaEvent {
    /// Where its first line stands.
    pub at: At,
    /// When, on the ASA's clock.
    pub stamp: Option<Stamp>,
    /// 0-7; configurable, so never an identity.
    pub severity: u8,
    /// The six-digit id.
    pub id: u32,
    /// The text after the id, where the excerpt does not end with it; see [`AsaEvent::text`].
    pub(crate) wording: String,
    /// The byte of the excerpt at which the text after the id begins. A log has as many texts as lines, so none is
    /// kept twice.
    pub(crate) begins: u32,
    /// What it says.
    pub message: AsaMessage,
}

impl AsaEvent {
    /// The text after the id, wrapped lines joined.
    pub fn text(&self) -> &str {
        if self.wording.is_empty() {
            self.at.text.get(self.begins as usize..).unwrap_or_default()
        } else {
            &self.wording
        }
    }
}

/// The messages that rules ask about.
#[expect(missing_docs, reason = "each variant's message shows its fields")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AsaMessage {
    /// 725001; `protocol` as printed (`TLSv1`, `TLSv1.2`, `DTLSv1`), may be empty.
    HandshakeStarted { peer: Peer, protocol: String },
    /// 725002.
    HandshakeDone { peer: Peer, protocol: String },
    /// 725003.
    ResumeRequested { peer: Peer },
    /// 725004: the ASA asks for a client certificate.
    CertificateRequested { peer: Peer },
    /// 725006.
    HandshakeFailed { peer: Peer },
    /// 725007.
    SessionTerminated { peer: Peer },
    /// 725008: what the far end offers; its 725011 lines follow, see [`AsaMessage::Cipher`].
    ClientProposes { peer: Peer, count: u32 },
    /// 725010: what the ASA allows.
    DeviceSupports { count: u32 },
    /// 725009: what the ASA offers as a client.
    DeviceProposes { count: u32 },
    /// 725011: one line of the list opened before it.
    Cipher { order: u32, name: String },
    /// 725012.
    CipherChosen { peer: Peer, name: String },
    /// 725014. It has no address: it belongs to a handshake by order.
    LibraryError { function: String, reason: String },
    /// 725016.
    TrustpointSelected { peer: Peer, trustpoint: String },
    /// 725017.
    NoClientCertificate { peer: Peer },
    /// 725021, 725022: what follows the id, as printed.
    CipherPreference { text: String },
    /// 717xxx: certificates and PKI. `subject`, `issuer`, `serial`, `trustpoint` and `reason` are empty where the
    /// message has none.
    Certificate { subject: String, issuer: String, serial: String, trustpoint: String, reason: String },

    /// 113004, 113008, 113012: the user was accepted; `server` is empty for the local database.
    AaaAccepted { session: Session, server: String },
    /// 113005, 113015, 113016, 113017: the user was refused, with the reason as printed; `server` is empty for the
    /// local database.
    AaaRejected { session: Session, server: String, reason: String },
    /// 109026, 113013, 113014, 113020, 113022: the server did not do its part.
    AaaServerFailed { session: Session, server: String, reason: String },
    /// 113023.
    AaaServerActive { server: String },
    /// 113010: the server asks the user for something more.
    AaaChallenge { session: Session, server: String },
    /// 113006.
    UserLockedOut { session: Session },
    /// 113003, 113009, 113011.
    PolicyChosen { session: Session, policy: String, by: PolicySource },
    /// 113024: the user name was taken from the certificate; names the tunnel group.
    UserFromCertificate { session: Session },
    /// 113025, 113026, 113027: no user name could be taken from the certificate; the session has no user.
    UserNotInCertificate { session: Session, reason: String },
    /// 113029, 716023: the limit of sessions is reached; 0 lets nobody in.
    SessionLimit { session: Session, limit: Option<u32> },
    /// 716057, 716060: there is no licence left; `kind` as printed with 716057.
    LicenceLimit { session: Session, kind: String },
    /// 113035, 722047, 722049: `anyconnect enable` or a valid image is missing.
    ClientNotEnabled { session: Session },
    /// 722048, 722050: the user's group policy does not allow the client.
    ClientNotAllowed { session: Session },
    /// 113039: the login is complete.
    ParentSessionStarted { session: Session },
    /// 113040. It names no user.
    GroupLocked { attempted: String, locked: String },
    /// 113019; `kind` is the session type, `duration` as printed.
    SessionEnded { session: Session, kind: String, duration: String, reason: String },

    /// 716001.
    WebSessionStarted { session: Session },
    /// 716002.
    WebSessionEnded { session: Session, reason: String },
    /// 716038: login accepted, dynamic access policies not yet applied.
    LoginAccepted { session: Session },
    /// 716039.
    LoginRejected { session: Session },
    /// 716052, 716058: the session waits or is dropped because its connection is lost.
    SessionLost { session: Session },
    /// 716059.
    SessionResumed { session: Session },
    /// 724001 to 724004: Cisco Secure Desktop or HostScan was asked for.
    Posture { session: Session },
    /// 734001; `connection` is `AnyConnect`, `Clientless` …
    DapSelected { session: Session, connection: String, records: Vec<String> },
    /// 734002.
    DapTerminated { session: Session, records: Vec<String> },
    /// 734003, one attribute: `aaa.cisco.tunnelgroup`, `aaa.cisco.grouppolicy` …
    DapAttribute { session: Session, name: String, value: String },
    /// 734004.
    DapError { text: String },

    /// 722007 to 722014: words of the client; `level` is `ERROR`, `NOTICE` or `INFO`.
    ClientMessage { session: Session, level: String, text: String },
    /// 722020, 722041: no address for the session; the session's group is the group policy.
    NoAddress { session: Session, tunnel_group: String },
    /// 722022, 722023, 722028, 722032, 722033, 722034: what became of one transport of a tunnel.
    Transport { session: Session, transport: Transport, step: TransportStep },
    /// 722035, 722036: a packet larger than the tunnel carries.
    LargePacket { session: Session, bytes: Option<u32>, threshold: Option<u32> },
    /// 722037, 722038, 722046, 722054, 722057: the tunnel is closed by the ASA.
    TunnelClosing { session: Session, reason: String },
    /// 722043.
    DtlsDisabled { session: Session, reason: String },
    /// 722051: the good end of a login.
    AddressAssigned { session: Session, assigned: String },
    /// 722053, 722055: the client's own name, for example `Cisco SVC IPPhone Client v1.0 (1.0)`.
    ClientType { session: Session, client: String },
    /// 722056.
    ClientRejected { address: String, client: String, reason: String },
    /// 722001 to 722003, 722042, 722045: the client's request to build a tunnel was no good.
    ConnectRequestFailed { session: Session, reason: String },

    /// 737xxx; `session_id` is what newer releases print as `Session=0x…`, `reason` is the text of a failure.
    AddressRequest {
        outcome: AddressOutcome,
        tunnel_group: String,
        address: String,
        pool: String,
        session_id: String,
        reason: String,
    },
    /// 746012: the address of a user was learnt.
    AddressMapped { user: String, address: String },
    /// 746013: the address of a user was forgotten.
    AddressUnmapped { user: String, address: String },

    /// 302013, 302015, to port 443 of the ASA itself.
    Connection { transport: Transport, number: String, from: Peer, to: Peer },
    /// 302014, 302016, likewise.
    ConnectionEnded {
        transport: Transport,
        number: String,
        from: Peer,
        to: Peer,
        duration: String,
        bytes: Option<u64>,
        reason: String,
    },
    /// 106001, 106006, 106015, 106023, 106100 to a port 443; 710003, 710005: a packet was dropped. The ASA does not
    /// say whether the address is its own.
    ConnectionDenied { transport: Transport, from: Peer, to: Peer, by: String },
    /// 733102, 733201: an address is shunned; `interface` only with 733201.
    Shunned { address: String, interface: String },
    /// 733103.
    Unshunned { address: String },
    /// 444005: days until a time-based key ends.
    LicenceExpiring { days: Option<u32> },
    /// 718xxx: VPN load balancing.
    LoadBalancing,
    /// 199005, 199006: the ASA started.
    Startup,
    /// Another message that names a session.
    Named { session: Session },
    /// Another id that is kept for the timeline.
    Other,
}

impl AsaMessage {
    /// The session that it speaks of, where it names one.
    pub fn session(&self) -> Option<&Session> {
        match self {
            Self::AaaAccepted { session, .. }
            | Self::AaaRejected { session, .. }
            | Self::AaaServerFailed { session, .. }
            | Self::AaaChallenge { session, .. }
            | Self::UserLockedOut { session }
            | Self::PolicyChosen { session, .. }
            | Self::UserFromCertificate { session }
            | Self::UserNotInCertificate { session, .. }
            | Self::SessionLimit { session, .. }
            | Self::LicenceLimit { session, .. }
            | Self::ClientNotEnabled { session }
            | Self::ClientNotAllowed { session }
            | Self::ParentSessionStarted { session }
            | Self::SessionEnded { session, .. }
            | Self::WebSessionStarted { session }
            | Self::WebSessionEnded { session, .. }
            | Self::LoginAccepted { session }
            | Self::LoginRejected { session }
            | Self::SessionLost { session }
            | Self::SessionResumed { session }
            | Self::Posture { session }
            | Self::DapSelected { session, .. }
            | Self::DapTerminated { session, .. }
            | Self::DapAttribute { session, .. }
            | Self::ClientMessage { session, .. }
            | Self::NoAddress { session, .. }
            | Self::Transport { session, .. }
            | Self::LargePacket { session, .. }
            | Self::TunnelClosing { session, .. }
            | Self::DtlsDisabled { session, .. }
            | Self::AddressAssigned { session, .. }
            | Self::ClientType { session, .. }
            | Self::ConnectRequestFailed { session, .. }
            | Self::Named { session } => Some(session),
            _ => None,
        }
    }

    /// The far end of a TLS handshake or session.
    pub fn peer(&self) -> Option<&Peer> {
        match self {
            Self::HandshakeStarted { peer, .. }
            | Self::HandshakeDone { peer, .. }
            | Self::ResumeRequested { peer }
            | Self::CertificateRequested { peer }
            | Self::HandshakeFailed { peer }
            | Self::SessionTerminated { peer }
            | Self::ClientProposes { peer, .. }
            | Self::CipherChosen { peer, .. }
            | Self::TrustpointSelected { peer, .. }
            | Self::NoClientCertificate { peer } => Some(peer),
            _ => None,
        }
    }
}

/// What a log shows of one phone, or of one address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneSeen {
    /// The user name as printed, without a domain; empty where only an address is known.
    pub user: String,
    /// Public addresses that it came from, at most three.
    pub addresses: Vec<String>,
    /// Attempts to connect.
    pub attempts: u32,
    /// Attempts that got an address or a tunnel.
    pub connected: u32,
    /// The last stage that an attempt passed.
    pub furthest: Option<Stage>,
    /// The stage where the last attempt failed; `None` where a later one connected.
    pub failed: Option<Stage>,
    /// The id of the message that says so.
    pub id: u32,
    /// The reason as printed; may be empty.
    pub reason: String,
    /// When it was last seen.
    pub last: Option<Stamp>,
    /// The line that tells most: the last failure, else the last connection, else the last line.
    pub at: At,
}

/// What the rows of a log are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhonesSeen {
    /// Phones, by user name.
    pub phones: Vec<PhoneSeen>,
    /// Failures at addresses that a phone shares with others.
    pub shared: Vec<PhoneSeen>,
    /// Failures at addresses where no phone logged in: scanners, PCs, and phones that never came that far.
    pub strangers: Vec<PhoneSeen>,
    /// Users that are no phones.
    pub other_users: u32,
    /// Further phones or addresses found no room.
    pub full: bool,
}
