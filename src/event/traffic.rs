//! What passes between two hosts, in the field's words.
//!
//! ```text
//! 192.0.2.20 asks 198.51.100.53 for vpn.example.com                NameUnresolved { NoSuchName }
//! 192.0.2.20 connects to 198.51.100.10, port 443                   Unanswered { requests: 4 }
//! ```
//! Whoever records it says the same: a packet capture does today. Readers keep it as it is here, and observations hand
//! it on.
//!
//! Sources: RFC 1035, RFC 2131, RFC 1350, RFC 3261, RFC 9293; Cisco's TCP and UDP port usage guide for CUCM.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

/// What a port is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Service {
    /// SSL VPN, or any other TLS.
    Gateway,
    /// DNS.
    Names,
    /// DHCP.
    Addresses,
    /// TFTP, and HTTP on 6970 to 6972.
    Files,
    /// CAPF, 3804.
    Capf,
    /// The trust verification service, 2445.
    Trust,
    /// SIP and SCCP.
    CallControl,
    /// Mail, databases, directories, desktops: what no phone asks for. Nothing of it is told.
    Other,
}

impl Service {
    /// What a server's port is for (IANA's registry of service names; Cisco's list of CUCM's ports).
    pub fn of_port(port: u16) -> Self {
        match port {
            53 => Self::Names,
            67 | 68 => Self::Addresses,
            69 | 6970..=6972 => Self::Files,
            3804 => Self::Capf,
            2445 => Self::Trust,
            2000 | 2443 | 5060 | 5061 => Self::CallControl,
            // IANA's registry of service names: mail, LDAP, AMQP, MySQL, RDP, PostgreSQL, XMPP, IRC, MQTT.
            25 | 110 | 143 | 465 | 587 | 993 | 995 => Self::Other,
            389 | 636 | 853 | 3269 | 3306 | 3389 | 5222 | 5223 | 5269 | 5432 | 5671 | 6667 | 6697 | 8883 => {
                Self::Other
            }
            _ => Self::Gateway,
        }
    }

    /// By an address and port, as a `Handshake` names its server.
    pub fn of(server: &str) -> Self {
        server.parse::<SocketAddr>().map_or(Self::Other, |server| Self::of_port(server.port()))
    }
}

/// What happened in a conversation.
#[expect(missing_docs, reason = "each variant's documentation says what its fields are")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Happening {
    // Names.
    /// A name was resolved.
    NameResolved { name: String, addresses: Vec<String> },
    /// It was not.
    NameUnresolved { name: String, reason: NameTrouble },

    // Connections.
    /// A TCP connection stands.
    Connected,
    /// The server refused it.
    Refused,
    /// Nothing came back; so many requests.
    Unanswered { requests: u32 },
    /// Something came back at last, behind so many requests, so many seconds after the first.
    AnsweredLate { requests: u32, seconds: u32 },
    /// A router said that the host or network cannot be reached.
    Unreachable { by: String },
    /// A router or firewall said that it forbids it.
    Prohibited { by: String },
    /// The port was said to be closed, though TCP has a word of its own for that: a filter rejects it.
    Rejected { by: String },

    // TLS.
    /// The client said hello, and the server nothing, not even that it ends.
    HelloUnanswered,
    /// The server ended the connection behind the hello, whose highest version is `version`: 0x0301 for TLS 1.0.
    ClosedAfterHello { version: u16 },
    /// The server answered the client's hello in clear text, as a server of HTTP does that knows no TLS.
    AnsweredInClear { status: u16 },
    /// The client ended the connection behind the server's certificate and said nothing at all to it.
    LeftBehindCertificate,
    /// The server asked for a certificate, got none, and ended the connection without an alert.
    ClosedWithoutCertificate,
    /// An alert in the clear; `after_hello`: the server had said which version and suite it chose; `asked`: it had
    /// asked for the client's certificate.
    Alert { datagrams: bool, from_client: bool, level: u8, code: u8, after_hello: bool, asked: bool },
    /// The server chose a suite that signs on an elliptic curve, and the handshake was not completed.
    EllipticCertificate { suite: u16 },
    /// The server named the CAs of which it takes a client's certificate, and the client's is of another `issuer`. Both
    /// are distinguished names.
    IssuerNotAskedFor { issuer: String, authorities: Vec<String> },
    /// Both ends went on encrypted. What they say then cannot be seen.
    HandshakeDone { datagrams: bool },
    /// DTLS was asked for and got no answer.
    DatagramsUnanswered { requests: u32 },
    /// The port for DTLS was said to be closed.
    DatagramsUnreachable { by: String },
    /// An encrypted connection goes on as a tunnel does, with pauses between, and DTLS is not even asked for.
    DatagramsNotTried,
    /// Behind some encrypted questions and answers the client closes the connection, and makes no other.
    LeftBehindAnswers { answers: u32 },

    // What the way carries.
    /// Packets of this many bytes of payload were sent again and again, or are what is missing; smaller ones arrive.
    LargePacketsLost { size: u32 },
    /// A router said that packets are too large for the next link, which takes so many bytes.
    TooBig { next: u32, by: String },
    /// A connection that stood got no more answers; the same packet was sent so many times.
    Lost { repeats: u32 },
    /// A connection that was encrypted by both ends was closed by the server, though the client had said nothing before.
    ClosedByServer,

    // The login in the clear.
    /// An answer sends the client to another host.
    RedirectedElsewhere { location: String },
    /// A login was refused.
    LoginRefused { status: u16 },
    /// The server has no room or no time.
    ServiceUnavailable,

    // Files.
    /// DHCP gave the phone an address and no TFTP server, by option 150 or 66.
    NoTftpServerGiven,
    /// DHCP gave TFTP servers.
    TftpServersGiven { servers: Vec<String> },
    /// The server has no such file.
    FileNotFound { file: String },
    /// It refused the file, in its own words.
    FileRefused { file: String, text: String },
    /// It did not answer.
    FileUnanswered { file: String },
    /// The file began to come and did not end.
    FileBroken { file: String },
    /// It came.
    FileArrived { file: String },

    // Registration.
    /// The phone is registered.
    Registered,
    /// It was refused: SIP's status, 0 for SCCP, and the server's words.
    RegistrationRefused { status: u16, text: String },
    /// The request got no answer; `taken`: the server acknowledged that it has it.
    RegistrationUnanswered { taken: bool },
    /// The phone was registered, and the server does not answer any more.
    KeepAliveUnanswered,
    /// The server had the phone reset or restart.
    ResetByServer { restart: bool },
    /// The phone said why it was away, by its number of CUCM's list.
    Alarm { code: u32 },
}

impl Happening {
    /// The client got no connection.
    pub fn is_no_connection(&self) -> bool {
        matches!(
            self,
            Self::Refused
                | Self::Unanswered { .. }
                | Self::Unreachable { .. }
                | Self::Prohibited { .. }
                | Self::Rejected { .. }
        )
    }

    /// The client got no connection, or no handshake.
    pub fn ends_attempt(&self) -> bool {
        self.is_no_connection()
            || matches!(
                self,
                Self::HelloUnanswered
                    | Self::ClosedAfterHello { .. }
                    | Self::AnsweredInClear { .. }
                    | Self::LeftBehindCertificate
                    | Self::ClosedWithoutCertificate
                    | Self::Alert { datagrams: false, .. }
            )
    }
}

/// Why a name was not resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NameTrouble {
    /// There is no such name.
    NoSuchName,
    /// The server failed.
    ServerFailed,
    /// The server refused.
    Refused,
    /// Nothing came back.
    Unanswered,
    /// No DNS server runs there.
    NoServer,
    /// The answer was too long, and TCP did not get through.
    TooLong,
}
