//! What the output of `debug webvpn anyconnect` tells.
//!
//! ```text
//! Tunnel Group: VPNPhone, Client Cert Auth Success.        a client's certificate was accepted for that group
//! WebVPN: CSD data not sent from client                    no posture data came
//! ```
//! Quirks: it has neither times nor users: a line belongs to the login whose certificate was accepted before it.
//!
//! Sources: Cisco document 116162, Cisco Secure Desktop.

use super::{By, Log, Observation, What};
use crate::documents::asa_debug::{AsaDebug, DebugMessage};

/// The output's events.
pub(super) fn log(debug: &AsaDebug, input: u32) -> Log<'_> {
    let events = debug.events.iter().map(|event| {
        let what = match &event.message {
            DebugMessage::CertificateAuthenticated { tunnel_group } => {
                What::ClientCertificateAccepted { tunnel_group }
            }
            DebugMessage::SecureDesktopDataMissing => What::PostureDataMissing,
            DebugMessage::Client { name } => What::ClientNamed { client: name },
            _ => What::Other,
        };
        Observation::new(By::AsaDebug, input, &event.at, what)
    });
    Log { is_cut: debug.events_dropped > 0, ..Log::new(By::AsaDebug, input, events.collect()) }
}
