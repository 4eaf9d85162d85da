//! CUCM's command line and exported settings.
//!
//! ```text
//! admin:show version active
//! Active Master Version: 12.5.1.11900-146
//! admin:show cert list trust
//! Phone-VPN-trust/asa.pem: Certificate Signed by …
//! ```

use serde::{Deserialize, Serialize};

use crate::source::Seen;

/// What was understood of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CucmCli {
    /// The version, for example `12.5.1.11900-146`.
    pub version: Option<Seen<String>>,
    /// What says whether it is export restricted: the value is `true` for unrestricted.
    pub unrestricted: Option<Seen<bool>>,
    /// Certificates listed: store (`Phone-VPN-trust`) and entry, as printed.
    pub certificates: Vec<(String, Seen<String>)>,
    /// Settings of VPN gateways, groups and profiles, as exported: name and value.
    pub vpn_settings: Vec<(String, Seen<String>)>,
}
