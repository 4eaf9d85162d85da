//! What can be observed, in the field's words.
//!
//! One vocabulary for all witnesses: an ASA's log, its debug output, a phone's log and status pages, and the wire tell
//! of the same events, each in words and with numbers of its own. Texts are as the device printed them, and empty where
//! it printed none. What no fact asks about is [`What::Other`].
//!
//! Quirks: what two witnesses see from two sides stays apart where it is not the same event. A login that the ASA
//! rejects ([`What::LoginRejected`]) is what the phone calls a failed login ([`What::LoginFailed`]), but the phone says so,
//! too, where it broke off itself.
//!
//! Sources: RFC 5246 and RFC 8446 for TLS; Cisco Secure Firewall ASA Series Syslog Messages; Cisco document 116162.

use crate::event::tls_handshake::Handshake;
use crate::event::traffic::Happening;
use crate::event::{
    AddressOutcome, Channel, DropReason, Peer, PolicySource, Push, Sender, Transport, TransportStep,
};

/// What happened.
#[expect(missing_docs, reason = "each variant's documentation says what its fields are")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What<'a> {
    // The connection.
    /// The phone connects to `peer`, an address with its port.
    Connecting { channel: Channel, peer: &'a str },
    /// It got no connection.
    ConnectFailed { text: &'a str, channel: Channel },
    /// A name was not resolved, in the words of the VPN client.
    NameNotResolved { text: &'a str },
    /// A connection to the ASA's port of SSL VPN was built.
    ConnectionBuilt { from: &'a Peer, to: &'a Peer },
    /// It was closed.
    ConnectionClosed { from: &'a Peer, to: &'a Peer },
    /// A packet was dropped. `of_asa`: the witness says that it was for the ASA itself; `stale`: it belonged to no
    /// connection, as late packets of a closed one do.
    PacketDenied { transport: Transport, from: &'a Peer, to: &'a Peer, of_asa: bool, stale: bool },
    /// A packet that goes through the ASA, to a port that phones use inside, was dropped; `by`: the access list, which may
    /// be empty.
    TrafficDropped { from: &'a Peer, to: &'a Peer, by: &'a str, reason: DropReason },
    /// An address is shunned on an interface, which may be empty.
    Shunned { address: &'a str, interface: &'a str },
    /// No more; where it is empty, no address is.
    Unshunned { address: &'a str },

    // The TLS handshake. A witness that has a whole hello gives `HelloOffered` and then a `ListedSuite` for each.
    /// It is about to begin; `protocol` as printed (`TLSv1.2`, `DTLSv1`), may be empty.
    HandshakeStarted { channel: Channel, protocol: &'a str },
    /// The client's hello offers suites: one [`What::ListedSuite`] for each follows.
    HelloOffered,
    /// What the ASA allows: one [`What::ListedSuite`] for each follows.
    SuitesAllowed,
    /// What the ASA offers as a client itself: one [`What::ListedSuite`] for each follows.
    SuitesOfOwnClient,
    /// One suite of the list that was opened last.
    ListedSuite { name: &'a str },
    /// All suites of the phone's hello in one text.
    SuitesOffered { channel: Channel, suites: &'a str },
    /// The server's hello has come.
    HelloAnswered { channel: Channel },
    /// Another step of it.
    HandshakeGoesOn,
    /// The suite that the server chose.
    SuiteChosen { name: &'a str },
    /// The server answers with another suite than that of the session to resume.
    OtherSessionSuite,
    /// The server's certificate is that of a trust-point.
    TrustpointChosen { trustpoint: &'a str },
    /// A certificate that the server presents: 0 is its own, and above that an issuer.
    ServerCertificate { depth: u32, subject: &'a str },
    /// The SHA-1 of the server's own certificate.
    ServerCertificateHash { sha1: &'a [u8; 20] },
    /// A code of the client's check of it; alone no fault.
    VerifyCode { code: u32 },
    /// The server sent no issuer along.
    IssuerNotSent,
    /// The client trusts neither the certificate nor an issuer.
    ChainNotTrusted,
    /// The client looks at a wildcard.
    WildcardChecked,
    /// It does not take a wildcard `name` for the `host` of its url.
    WildcardRefused { host: &'a str, name: &'a str },
    /// The host is in no alternative name.
    HostNotInAlternativeNames,
    /// The host is not in the subject.
    HostNotInSubject,
    /// The certificate is not one of the host.
    HostNameRefused,
    /// The server asks for a client's certificate.
    ClientCertificateRequested,
    /// The client sent none.
    NoClientCertificate,
    /// What the phone brings as its own: `LSC` or `MIC`.
    ClientCertificateChosen { kind: &'a str },
    /// The subject of a certificate of the phone.
    ClientCertificateSubject { subject: &'a str },
    /// Its issuer.
    ClientCertificateIssuer { issuer: &'a str },
    /// An alert; `text` as printed.
    Alert { channel: Channel, sender: Sender, code: Option<u8>, text: &'a str },
    /// An error of the witness's own TLS library: its function, where it is named apart, and its reason as printed.
    LibraryError { channel: Channel, function: &'a str, reason: &'a str },
    /// The handshake failed.
    HandshakeFailed { channel: Channel },
    /// It was completed; `protocol` as printed, may be empty.
    HandshakeDone { protocol: &'a str },
    /// The TLS session is over.
    TlsSessionEnded,
    /// The login succeeded and the DTLS channel failed.
    DtlsFailed,
    /// The ASA has given DTLS up for a session.
    DtlsDisabled { reason: &'a str },

    // The login.
    /// What the ASA does with a certificate of a client, or with one of its own; see [`super::Whom::Certificate`].
    Certificate { matter: CertificateMatter<'a>, reason: &'a str },
    /// The debug output says that a client's certificate was accepted for a tunnel group.
    ClientCertificateAccepted { tunnel_group: &'a str },
    /// The user's name was taken from the certificate; the session names the tunnel group.
    UserFromCertificate,
    /// None could be taken from it.
    UserNotInCertificate,
    /// A server, or the ASA's own database where `server` is empty, accepted the user.
    UserAccepted { server: &'a str },
    /// It refused the user.
    UserRefused { server: &'a str, reason: &'a str },
    /// It did not do its part.
    ServerFailed { server: &'a str },
    /// It answers again.
    ServerActive { server: &'a str },
    /// It asks the user for something more.
    Challenged,
    /// The user is locked out.
    UserLockedOut,
    /// The ASA can ask no server: all its AAA sessions are in use; `limit` as printed, digits or empty.
    AaaSessionsExhausted { limit: &'a str },
    /// The login is accepted.
    LoginAccepted,
    /// It is rejected.
    LoginRejected,
    /// The ASA answered the phone's login.
    LoginAnswered,
    /// It answered with an HTTP status.
    HttpStatus { code: u16 },
    /// It sends the phone to another path.
    Location,
    /// It sends the phone to another url.
    Redirected { url: &'a str },
    /// The phone's login goes from one state to another.
    LoginStateChanged { from: &'a str, to: &'a str, now: LoginState },
    /// The phone's own word for a failed login.
    LoginFailed,
    /// The phone reports an end, without its reason.
    EndReported,
    /// The reason that the phone reports.
    ReasonReported { code: u32, name: &'a str, reason: ReportedReason },
    /// VPN load balancing of the ASA says something: of which part this ASA takes in it, where it says that.
    LoadBalancing { part: Option<BalancingPart> },

    // Posture and access policies.
    /// Cisco Secure Desktop or HostScan was asked for; `ended`: the session was ended for want of it.
    PostureRequired { ended: bool },
    /// The client sent no posture data.
    PostureDataMissing,
    /// These records of dynamic access policies hold for the session.
    AccessPolicyApplied { records: &'a [String] },
    /// These records ended it.
    AccessPolicyTerminated { records: &'a [String] },
    /// What access policies judge the session by: `aaa.cisco.tunnelgroup` and its value.
    AccessAttribute { name: &'a str, value: &'a str },

    // Policy and limits.
    /// The group policy of the session.
    PolicyChosen { policy: &'a str, by: PolicySource },
    /// The user may have no more sessions; 0 lets nobody in.
    SessionLimit { limit: Option<u32> },
    /// The ASA has no licence left; `gave_way`: an inactive session was ended for a new one.
    LicenceLimit { gave_way: bool },
    /// A licence of the ASA ends in so many days.
    LicenceExpiring { days: Option<u32> },
    /// The client service is off, or has no image.
    ClientNotEnabled,
    /// The group policy does not let the client in.
    ClientNotAllowed,
    /// The client's version is refused.
    ClientRefused,
    /// The policy holds the session in another tunnel group than the one that was tried.
    GroupLocked { attempted: &'a str, locked: &'a str },
    /// There is no address for the session; `at_all`: of neither family.
    NoAddress { tunnel_group: &'a str, at_all: bool },
    /// A source of addresses was asked, or got `address` back; `exhausted`: it, or all sources together, have none.
    AddressRequested { tunnel_group: &'a str, address: &'a str, outcome: AddressOutcome, exhausted: bool },
    /// The session has its address.
    AddressAssigned { address: &'a str },

    // The tunnel.
    /// The session is there.
    SessionStarted,
    /// What the client calls itself.
    ClientNamed { client: &'a str },
    /// What became of one transport of a tunnel.
    TunnelTransport { transport: Transport, step: TransportStep },
    /// The tunnel's parameters arrived at the phone, with the seconds of dead peer detection.
    TunnelParameters { seconds: u32 },
    /// The phone's page says that it is connected over VPN.
    TunnelShown,
    /// A packet larger than the tunnel carries.
    LargePacket { threshold: Option<u32> },
    /// The ASA closes the tunnel; `of_connection`: because its connection is closed, else because it refuses it.
    TunnelClosed { reason: &'a str, of_connection: bool },
    /// The client's request to build a tunnel was no good.
    TunnelRequestFailed,
    /// Words of the client that reach the ASA's log.
    ClientMessage { level: ClientMessageLevel },
    /// The session is over.
    SessionEnded { reason: &'a str },
    /// The login behind it is over.
    LoginEnded,
    /// Its connection is lost; `pending`: before it was a whole session.
    SessionLost { pending: bool },
    /// The phone's VPN client stops.
    ClientStopped,
    /// It was active and is no more, or the other way round.
    ClientActive { active: bool },

    // Files, trust lists and registration.
    /// The phone asks for a file; the server may be empty.
    FileRequested { file: &'a str },
    /// It arrived.
    FileArrived,
    /// The server that it came from.
    FileServer { server: &'a str },
    /// It did not; `text` as printed.
    FileFailed { trouble: FileTrouble, file: &'a str, text: &'a str },
    /// The TFTP server that DHCP gave, by its number from 1; empty where it gave none.
    TftpServerGiven { number: u8, server: &'a str },
    /// A trust list was taken.
    TrustListTaken,
    /// It was not; `text` as printed.
    TrustListRefused { text: &'a str },
    /// A certificate or signer is not in it.
    NotInTrustList,
    /// What the trust verification service says: 0 is good.
    TrustVerified { status: u32 },
    /// A connection to CAPF failed.
    CapfFailed,
    /// CAPF gave the phone its certificate.
    CapfDone,
    /// The phone is registered.
    Registered,
    /// A call manager took no connection.
    CallControlUnreachable { server: &'a str },
    /// Registration failed with every call manager.
    RegistrationFailed,
    /// The phone cannot register because of a certificate's key.
    KeyRefused,
    /// Why the phone is out of service, by the number of CUCM's list and its name.
    OutOfService { code: u32, name: &'a str },
    /// An alarm about the last time out of service: what it says that is bad news or a reason.
    Alarm { troubles: Vec<Trouble> },
    /// CUCM pushed a change.
    Pushed { push: Push },
    /// The phone has no DNS server.
    NoDnsServer,
    /// A name was not resolved, by a status message: nothing says which.
    SomeNameNotResolved,

    // On the wire: who recorded packets saw it, and no device tells it. The two hosts are its [`super::Whom::Flow`].
    /// A host shows that it is a phone; its `name` may be empty.
    HostIsPhone { name: &'a str },
    /// A host shows that it is none: it says hello as a browser does.
    HostIsBrowser,
    /// Something passed between the two.
    Passed(&'a Happening),
    /// A handshake begins, by the client's hello, or where the recording begins in its midst.
    Handshake(&'a Handshake),
    /// The server chose version and suite.
    ServerHello(&'a Handshake),
    /// The server presented its certificate.
    CertificatePresented(&'a Handshake),

    /// Anything else.
    Other,
}

impl What<'_> {
    /// A TLS handshake over TCP is about to begin: nothing was sent yet.
    pub fn begins_handshake(&self) -> bool {
        matches!(self, Self::HandshakeStarted { channel: Channel::Tls, .. })
    }
}

/// What the ASA does with a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CertificateMatter<'a> {
    /// The next chain of a client is looked at: what was said before is of another.
    NextChain,
    /// A client's certificate, or its chain, is not taken.
    Refused,
    /// The ASA has no trust-point for its issuer. It names the issuer and nobody's subject.
    IssuerUnknown,
    /// Nobody says whether it was revoked, and so it is not taken.
    RevocationUnknown,
    /// A list of revoked certificates could not be had. No login fails by the line itself.
    RevocationListMissing,
    /// It is checked again and no longer taken.
    Rechecked,
    /// The rules about certificates choose this tunnel group.
    GroupChosen {
        /// The tunnel group; may be empty.
        tunnel_group: &'a str,
    },
    /// None of them matches.
    NoGroup {
        /// The login fails by it.
        refused: bool,
    },
    /// One that a trust-point holds has ended.
    ExpiredInTrustpoint,
    /// It is only named.
    Named,
}

/// The ASA refuses or ends a session for a reason of its own. In the order in which they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// The server names an access list that the ASA does not have.
    UnknownAccessList,
    /// It sends one that cannot be read.
    UnreadableAccessList,
    /// The ASA is about to restart.
    RestartPending,
    /// The session could not be set up, and no reason is given.
    NotSetUp,
    /// The server sends a value that is not taken.
    UnknownValue,
    /// The certificate is checked again and no longer taken.
    CertificateRechecked,
    /// The address cannot be used.
    UnusableAddress,
    /// The client asks in a version that is not known.
    UnknownRequestVersion,
    /// A tag or a redirect could not be bound.
    UnboundTag,
}

/// The state that a phone's login is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginState {
    /// It failed.
    Failed,
    /// The phone is logged in.
    LoggedIn,
    /// Another.
    Other,
}

/// What the reason that a phone reports is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportedReason {
    /// The certificate that the ASA presents.
    ServerCertificate,
    /// Another, or one that is not known.
    Other,
}

/// How loud the client's words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientMessageLevel {
    /// `ERROR`.
    Error,
    /// `NOTICE`, `INFO`.
    Other,
}

/// Why a file did not arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileTrouble {
    /// The server has no such file.
    NotFound,
    /// There was no answer.
    TimedOut,
    /// Another error.
    Error,
}

/// What an alarm says of the last time out of service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// A file's transfer got no answer.
    FileTimedOut,
    /// There was no TFTP server.
    NoTftpServer,
    /// A call manager's name was not resolved.
    CallControlUnresolved {
        /// Its number from 1.
        number: u32,
        /// The status as printed.
        status: String,
    },
    /// The reason, by the number of CUCM's list.
    OutOfService(u32),
}

/// The part of an ASA in VPN load balancing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BalancingPart {
    /// It answers at the cluster's address and sends clients on to the others.
    Director,
    /// It takes the clients that come to its own address.
    Member,
}
