//! A phone's console log, as it was read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::event::{Channel, Push, Sender};
use crate::source::{At, Located};
use crate::time::Stamp;

/// What a phone logged about its VPN.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneLog {
    /// Records read, of any process.
    pub records: u64,
    /// Records by grammar: `A` to `E`, as `record.rs` lists them, `-` for records without a prefix.
    pub grammars: BTreeMap<char, u64>,
    /// Records by level: `DEB`, `INF`, `NOT`, `WRN`, `ERR`, or empty.
    pub levels: BTreeMap<String, u64>,
    /// The phone's name, `SEP…`, where the log shows it.
    pub device: Option<Located<String>>,
    /// Typed events in order, at most as many as the limits allow.
    pub events: Vec<PhoneEvent>,
    /// Typed events that were only counted.
    pub events_dropped: u64,
    /// Login attempts in order.
    pub attempts: Vec<Attempt>,
    /// First and last line that hold a record.
    pub lines: (u32, u32),
    /// The first record that the phone numbered.
    pub first: Option<Located<Numbered>>,
    /// The last one.
    pub last: Option<Numbered>,
    /// Events before this one are past: a later part of the same log tells how it went on.
    pub past: u32,
}

/// A record in the phone's own count, which goes on from file to file until the phone starts anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbered {
    /// The number.
    pub sequence: u32,
    /// Its time.
    pub stamp: Option<Stamp>,
}

/// One record that says something about the VPN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneEvent {
    /// Where.
    pub at: At,
    /// When, on the phone's clock; days are counted up at midnight where the log has no date.
    pub stamp: Option<Stamp>,
    /// Midnights passed since the first record, where the log has no date.
    pub day: u32,
    /// Sequence number.
    pub sequence: Option<u32>,
    /// `ERR`, `NOT` …; empty without prefix. An `ERR` is not always an error.
    pub level: String,
    /// `VPNC`, `SECD`, `SECUREAPP` …
    pub process: String,
    /// What it says.
    pub message: PhoneMessage,
}

/// The messages that rules ask about. Numbers and names are the phone's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the record in each variant's documentation shows its fields")]
pub enum PhoneMessage {
    /// `ssl_state_cb: TLSv1: SSL_connect: <step>` and its DTLS twin.
    HandshakeStep { channel: Channel, step: String },
    /// `cert_vfy_cb: depth:1 of 1, subject: <…>`.
    PeerSubject { depth: u32, subject: String },
    /// `cert_vfy_cb: … pre_err: 18 (self signed certificate)`; alone no fault.
    VerifyCode { code: u32, text: String },
    /// `Leaf cert hash = <40 hex>`: SHA-1 of the certificate that the ASA presented.
    LeafHash { sha1: [u8; 20] },
    /// `secLoadFile: file not found </tmp/issuer.crt>` or `Unable to open file /tmp/issuer.crt`: the ASA sent no
    /// issuer; harmless if the leaf matches.
    IssuerFileMissing,
    /// `VPN cert chain verification failed, issuer certificate not found and leaf not trusted`.
    ChainNotTrusted,
    /// `alert_err: SSL write alert: code 48, unknown CA`, or `ssl_state_cb: …: write: alert: fatal:unknown CA`.
    Alert { channel: Channel, sender: Sender, code: Option<u8>, text: String },
    /// `SSL_connect: error:14090086:SSL routines:SSL3_GET_SERVER_CERTIFICATE:certificate verify failed`.
    SslError { channel: Channel, text: String },
    /// `create_ssl_connection: SSL setup failure`, `do_login: create_ssl_connection failed`.
    SslSetupFailed { channel: Channel },
    /// `DNS has wildcard, starting checks...`.
    WildcardCheck,
    /// `Generic third level wildcards are not allowed, stopping checks on host=(…) and dns=(…)`.
    WildcardRefused { host: String, name: String },
    /// `hostID not found in subjectAltNames`.
    HostNotInAlternativeNames,
    /// `hostID not found in subject name`.
    HostNotInSubject,
    /// `hostIDCheck failed!!`.
    HostIdCheckFailed,
    /// `do_login: got login response`.
    LoginResponse,
    /// `process_login: HTTP/1.0 302 Temporary moved` or `login code: 302 (redirected)`.
    HttpStatus { code: u16, text: String },
    /// `process_login: new 'Location': /+webvpn+/index.html`.
    Location { location: String },
    /// `set_redirect_url: new URL <…>`.
    RedirectUrl { url: String },
    /// `set_login_state: LOGIN: 1 (TRYING) --> 3 (FAILED)` and `VPNC : 1 (LoggingIn) --> 3 (LoginFailed)`.
    LoginState { from: String, to: String },
    /// `vpnc_send_notify: notify type: 1 [LoginFailed]`.
    NotifyType { code: u32, name: String },
    /// `vpnc_send_notify: notify code: 37 [SslAlertSrvrCert]`.
    NotifyCode { code: u32, name: String },
    /// `vpnc_send_notify: notify desc: [alert: Unknown CA (server cert)]`.
    NotifyDescription { text: String },
    /// `protocol_handler: login failed`.
    LoginFailed,
    /// `protocol_handler: SSL dpd 30 sec from SG (enabled)`: the tunnel's parameters arrived.
    DeadPeerDetection { seconds: u32 },
    /// `udp_connect: connecting to <ip>:443`, or its TCP twin.
    Connecting { channel: Channel, peer: String },
    /// A connection attempt that failed or timed out.
    ConnectFailed { channel: Channel, text: String },
    /// `create_dtls_connection: cipher list: AES256-SHA`.
    CipherList { channel: Channel, ciphers: String },
    /// `SSL3_GET_SERVER_HELLO: old session cipher not returned`.
    OldSessionCipher,
    /// `protocol_handler: connect : err: SSL success DTLS fail`.
    DtlsFailed,
    /// `vpn_stop: de-activating vpn`.
    Stopped,
    /// `vpn_set_active: activated -> de-activated` and the like.
    Active { from: String, to: String },
    /// A resolver error before the connection.
    NameNotResolved { text: String },
    /// `PXY_CERT_CIPHER: … cert [LSC], cipher [AES256-SHA:AES128-SHA]` or `cert len=785, type=LSC`.
    ClientCertificate { kind: String, ciphers: String },
    /// `Certificate subject name = …`.
    CertificateSubject { subject: String },
    /// `Certificate issuer name = …`.
    CertificateIssuer { issuer: String },
    /// `GETXXTP […][src=SEP001122334455.cnf.xml.sgn][dest=…][serv=…]`: a file is asked for.
    FileRequest { file: String, server: String },
    /// `XXTP complete - status = 100`: 100 is what a good download shows, other numbers are not published.
    FileStatus { status: u32 },
    /// `XXTP actualserver [192.0.2.51]`: the server that answered.
    FileServer { server: String },
    /// A download that failed, in the phone's words.
    FileFailed { text: String },
    /// `tftpsvr1:192.0.2.20`: what the DHCP server gave; empty where it gave none.
    DhcpTftpServer { number: u8, server: String },
    /// `TL file updated.`
    TrustListUpdated,
    /// A trust list that the phone did not take.
    TrustListRefused { text: String },
    /// `No match found in trust list against the item`; the phone asks the trust verification service next.
    NotInTrustList { text: String },
    /// `Authentication Response received, status : 0` of the trust verification service.
    TrustVerified { status: u32 },
    /// A connection to CAPF, TCP port 3804, that was refused, not answered, or failed in its TLS; in the phone's words.
    CapfFailed { text: String },
    /// CAPF gave the phone its certificate.
    CapfDone,
    /// `… ---> SIP_REG_STATE_REGISTERED`.
    Registered,
    /// `sip_tcp_create_connection: socket connect failed … ipaddr: …, port: …`.
    CallControlConnectFailed { server: String, port: Option<u16> },
    /// `***CUCM 192.0.2.10 Not connected***`.
    CallControlNotConnected { server: String },
    /// `Registration to all CUCMs failed`.
    RegistrationFailed,
    /// `setLastDeregistrationReason - new unreg-reason=10(LastTimeTCPtimeout)`: see
    /// `tables::deregistration_reasons`.
    Deregistered { code: u32, name: String },
    /// The alarm `LastOutOfServiceInformation` with its parameters, see [`alarm`](crate::alarm).
    OutOfService { parameters: Vec<(String, String)> },
    /// CUCM told the phone to take a change.
    Pushed { push: Push },
    /// Another record of VPNC, and of SECD where it concerns the VPN, as it was written.
    Other { text: String },
}

/// One try to log in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// Its first event in [`PhoneLog::events`].
    pub first: u32,
    /// Its last event.
    pub last: u32,
    /// How it ended.
    pub outcome: Outcome,
}

/// How a login attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// The log shows that it failed.
    Failed,
    /// The log shows that the tunnel came up.
    Connected,
    /// The log ends, or the next attempt begins, before it is told.
    Open,
}
