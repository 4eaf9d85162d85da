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

use crate::event::{AddressOutcome, DropReason, Peer, PolicySource, Session, Transport, TransportStep};
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

/// The messages that rules ask about. Its texts are its own, or those of the line that was just read.
#[expect(missing_docs, reason = "each variant's message shows its fields")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AsaMessage<S = String> {
    /// 725001; `protocol` as printed (`TLSv1`, `TLSv1.2`, `DTLSv1`), may be empty.
    HandshakeStarted { peer: Peer<S>, protocol: S },
    /// 725002.
    HandshakeDone { peer: Peer<S>, protocol: S },
    /// 725003.
    ResumeRequested { peer: Peer<S> },
    /// 725004: the ASA asks for a client certificate.
    CertificateRequested { peer: Peer<S> },
    /// 725006.
    HandshakeFailed { peer: Peer<S> },
    /// 725007.
    SessionTerminated { peer: Peer<S> },
    /// 725008: what the far end offers; its 725011 lines follow, see [`AsaMessage::Cipher`].
    ClientProposes { peer: Peer<S>, count: u32 },
    /// 725010: what the ASA allows.
    DeviceSupports { count: u32 },
    /// 725009: what the ASA offers as a client.
    DeviceProposes { count: u32 },
    /// 725011: one line of the list opened before it.
    Cipher { order: u32, name: S },
    /// 725012.
    CipherChosen { peer: Peer<S>, name: S },
    /// 725014. It has no address: it belongs to a handshake by order.
    LibraryError { function: S, reason: S },
    /// 725016.
    TrustpointSelected { peer: Peer<S>, trustpoint: S },
    /// 725017.
    NoClientCertificate { peer: Peer<S> },
    /// 725021, 725022: what follows the id, as printed.
    CipherPreference { text: S },
    /// 717xxx: certificates and PKI. `subject`, `issuer`, `serial`, `trustpoint` and `reason` are empty where the
    /// message has none.
    Certificate { subject: S, issuer: S, serial: S, trustpoint: S, reason: S },

    /// 113004, 113008, 113012: the user was accepted; `server` is empty for the local database.
    AaaAccepted { session: Session<S>, server: S },
    /// 113005, 113015, 113016, 113017: the user was refused, with the reason as printed; `server` is empty for the
    /// local database.
    AaaRejected { session: Session<S>, server: S, reason: S },
    /// 109026, 113013, 113014, 113020, 113022: the server did not do its part.
    AaaServerFailed { session: Session<S>, server: S, reason: S },
    /// 113023.
    AaaServerActive { server: S },
    /// 113010: the server asks the user for something more.
    AaaChallenge { session: Session<S>, server: S },
    /// 113006.
    UserLockedOut { session: Session<S> },
    /// 113003, 113009, 113011.
    PolicyChosen { session: Session<S>, policy: S, by: PolicySource },
    /// 113024: the user name was taken from the certificate; names the tunnel group.
    UserFromCertificate { session: Session<S> },
    /// 113025, 113026, 113027: no user name could be taken from the certificate; the session has no user.
    UserNotInCertificate { session: Session<S>, reason: S },
    /// 113029, 716023: the limit of sessions is reached; 0 lets nobody in.
    SessionLimit { session: Session<S>, limit: Option<u32> },
    /// 716057, 716060: there is no licence left; `kind` as printed with 716057.
    LicenceLimit { session: Session<S>, kind: S },
    /// 113035, 722047, 722049: `anyconnect enable` or a valid image is missing.
    ClientNotEnabled { session: Session<S> },
    /// 722048, 722050: the user's group policy does not allow the client.
    ClientNotAllowed { session: Session<S> },
    /// 113039: the login is complete.
    ParentSessionStarted { session: Session<S> },
    /// 113040. It names no user.
    GroupLocked { attempted: S, locked: S },
    /// 113019; `kind` is the session type, `duration` as printed.
    SessionEnded { session: Session<S>, kind: S, duration: S, reason: S },

    /// 716001.
    WebSessionStarted { session: Session<S> },
    /// 716002.
    WebSessionEnded { session: Session<S>, reason: S },
    /// 716038: login accepted, dynamic access policies not yet applied.
    LoginAccepted { session: Session<S> },
    /// 716039.
    LoginRejected { session: Session<S> },
    /// 716052, 716058: the session waits or is dropped because its connection is lost.
    SessionLost { session: Session<S> },
    /// 716059.
    SessionResumed { session: Session<S> },
    /// 724001 to 724004: Cisco Secure Desktop or HostScan was asked for.
    Posture { session: Session<S> },
    /// 734001; `connection` is `AnyConnect`, `Clientless` …
    DapSelected { session: Session<S>, connection: S, records: Vec<S> },
    /// 734002.
    DapTerminated { session: Session<S>, records: Vec<S> },
    /// 734003, one attribute: `aaa.cisco.tunnelgroup`, `aaa.cisco.grouppolicy` …
    DapAttribute { session: Session<S>, name: S, value: S },
    /// 734004.
    DapError { text: S },

    /// 722007 to 722014: words of the client; `level` is `ERROR`, `NOTICE` or `INFO`.
    ClientMessage { session: Session<S>, level: S, text: S },
    /// 722020, 722041: no address for the session; the session's group is the group policy.
    NoAddress { session: Session<S>, tunnel_group: S },
    /// 722022, 722023, 722028, 722032, 722033, 722034: what became of one transport of a tunnel.
    Transport { session: Session<S>, transport: Transport, step: TransportStep },
    /// 722035, 722036: a packet larger than the tunnel carries.
    LargePacket { session: Session<S>, bytes: Option<u32>, threshold: Option<u32> },
    /// 722037, 722038, 722046, 722054, 722057: the tunnel is closed by the ASA.
    TunnelClosing { session: Session<S>, reason: S },
    /// 722043.
    DtlsDisabled { session: Session<S>, reason: S },
    /// 722051: the good end of a login.
    AddressAssigned { session: Session<S>, assigned: S },
    /// 722053, 722055: the client's own name, for example `Cisco SVC IPPhone Client v1.0 (1.0)`.
    ClientType { session: Session<S>, client: S },
    /// 722056.
    ClientRejected { address: S, client: S, reason: S },
    /// 722001 to 722003, 722042, 722045: the client's request to build a tunnel was no good.
    ConnectRequestFailed { session: Session<S>, reason: S },

    /// 737xxx; `session_id` is what newer releases print as `Session=0x…`, `reason` is the text of a failure.
    AddressRequest { outcome: AddressOutcome, tunnel_group: S, address: S, pool: S, session_id: S, reason: S },
    /// 746012: the address of a user was learnt.
    AddressMapped { user: S, address: S },
    /// 746013: the address of a user was forgotten.
    AddressUnmapped { user: S, address: S },

    /// 302013, 302015, to port 443 of the ASA itself.
    Connection { transport: Transport, number: S, from: Peer<S>, to: Peer<S> },
    /// 302014, 302016, likewise.
    ConnectionEnded {
        transport: Transport,
        number: S,
        from: Peer<S>,
        to: Peer<S>,
        duration: S,
        bytes: Option<u64>,
        reason: S,
    },
    /// 106001, 106006, 106015, 106023, 106100 to a port 443; 710003, 710005: a packet was dropped. The ASA does not
    /// say whether the address is its own.
    ConnectionDenied { transport: Transport, from: Peer<S>, to: Peer<S>, by: S },
    /// 106xxx, 110002, 110003, 305005, 305006, 305013: a packet to a port that phones use inside was dropped; `by`: the
    /// access list.
    TrafficDropped { from: Peer<S>, to: Peer<S>, by: S, reason: DropReason },
    /// 401002, 733102, 733201: an address is shunned; `interface` only with 733201.
    Shunned { address: S, interface: S },
    /// 401003, 733103; 401001: no address is any longer, and `address` is empty.
    Unshunned { address: S },
    /// 444005: days until a time-based key ends.
    LicenceExpiring { days: Option<u32> },
    /// 718xxx: VPN load balancing.
    LoadBalancing,
    /// 199005, 199006: the ASA started.
    Startup,
    /// Another message that names a session.
    Named { session: Session<S> },
    /// Another id that is kept for the timeline.
    Other,
}

impl<S> AsaMessage<S> {
    /// The session that it speaks of, where it names one.
    pub fn session(&self) -> Option<&Session<S>> {
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
    pub fn peer(&self) -> Option<&Peer<S>> {
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
