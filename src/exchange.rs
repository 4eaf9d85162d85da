//! An exchange: between whom an event of the timeline passes, and by what several witnesses know that it is the same.
//!
//! ```text
//! phone   SSL write alert: code 48, unknown CA              ┐
//! wire    alert 2 48 by the client                          ├─► Phone to Asa, Ends, Alert(48)
//! ASA     725014 … Reason: tlsv1 alert unknown ca           ┘
//! ```
//! Empty: what one end does for itself goes from that end to the same end.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

/// Who speaks or is spoken to, from left to right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum End {
    /// The phone.
    #[default]
    Phone,
    /// What lies between: DNS, DHCP, routers.
    Network,
    /// The ASA, or what stands in its place.
    Asa,
    /// CUCM, with its files, CAPF and its trust verification.
    Cucm,
}

/// What becomes of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// It arrives.
    #[default]
    Arrives,
    /// Nothing comes of it: no answer, or none that helps.
    Lost,
    /// It ends the attempt.
    Ends,
}

/// What is known by several witnesses alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Moment {
    /// A name is asked for.
    Name,
    /// A connection is asked for.
    Connection,
    /// An alert of the client, by its number.
    Alert(u8),
    /// A login is refused.
    LoginRefused,
    /// A login is accepted.
    LoginAccepted,
    /// An address is given.
    Tunnel,
    /// A TLS handshake is given up.
    HandshakeFailed,
    /// A TLS handshake is complete.
    HandshakeDone,
    /// A DTLS handshake begins.
    DtlsBegins,
    /// A TLS handshake begins.
    TlsBegins,
    /// Version and suite are chosen.
    SuiteChosen,
    /// The server's certificate comes.
    Certificate,
    /// The phone is registered.
    Registered,
    /// A handshake begins from this address and port: for clocks alone, no event that is shown has it.
    Client(SocketAddr),
}

/// Between whom something passes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// From whom.
    pub from: End,
    /// To whom.
    pub to: End,
    /// What becomes of it.
    pub fate: Fate,
    /// What other witnesses may know it by.
    pub moment: Option<Moment>,
    /// A number for the far end that the witness names, the same for the same address in a case; 0 where it names none.
    pub client: u32,
}

impl Exchange {
    /// Between two ends, with the moment that others may know it by.
    pub const fn of(from: End, to: End, fate: Fate, moment: Option<Moment>) -> Self {
        Self { from, to, fate, moment, client: 0 }
    }

    /// What one end does for itself.
    pub const fn at(end: End) -> Self {
        Self::of(end, end, Fate::Arrives, None)
    }
}
