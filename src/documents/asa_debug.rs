//! What `debug webvpn anyconnect` prints, as it was read.

use serde::{Deserialize, Serialize};

use crate::source::At;

/// The lines that were understood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsaDebug {
    /// In order, bounded.
    pub events: Vec<DebugEvent>,
    /// Further ones, only counted.
    pub events_dropped: u64,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DebugEvent {
    /// Where it stands.
    pub at: At,
    /// What it says.
    pub message: DebugMessage,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DebugMessage {
    /// `Tunnel Group: VPNPhone, Client Cert Auth Success.`
    CertificateAuthenticated {
        /// The tunnel group.
        tunnel_group: String,
    },
    /// The same with another word than `Success`.
    CertificateRefused {
        /// The tunnel group.
        tunnel_group: String,
        /// The word, for example `Failure`.
        outcome: String,
    },
    /// `WebVPN: CSD data not sent from client`
    SecureDesktopDataMissing,
    /// `http_remove_auth_handle(): handle 24 not found!`
    HandleNotFound,
    /// `User-Agent: Cisco SVC IPPhone Client v1.0 (1.0)`, from the client's request.
    Client {
        /// What follows the colon.
        name: String,
    },
    /// `CSTP state = HAVE_ADDRESS`
    TunnelState {
        /// The ASA's word.
        state: String,
    },
    /// `Processing CSTP header line: 'Host: vpn.example.com'`: a request that says nothing else of use.
    Request,
}

impl DebugMessage {
    /// True for a line that only this debug output has; the others are parts of it and show that it was on.
    pub(crate) const fn tells(&self) -> bool {
        !matches!(self, Self::Request | Self::HandleNotFound)
    }
}
