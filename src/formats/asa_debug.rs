//! `debug webvpn anyconnect`: what the ASA says of a login while it happens.
//!
//! ```text
//! Tunnel Group: VPNPhone, Client Cert Auth Success.
//! WebVPN: CSD data not sent from client
//! http_remove_auth_handle(): handle 24 not found!
//! ```

use serde::{Deserialize, Serialize};

use crate::source::At;

/// The lines that were understood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsaDebug {
    /// In order, bounded.
    pub events: Vec<DebugEvent>,
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
    /// `WebVPN: CSD data not sent from client`
    SecureDesktopDataMissing,
    /// `http_remove_auth_handle(): handle 24 not found!`
    HandleNotFound,
}
