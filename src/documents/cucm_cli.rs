//! What the command line of CUCM prints, as it was read.

use serde::{Deserialize, Serialize};

use crate::source::Located;

/// What was understood of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CucmCli {
    /// The version, for example `12.5.1.11900-146`.
    pub version: Option<Located<String>>,
    /// What says whether it is export restricted: the value is `true` for unrestricted.
    pub unrestricted: Option<Located<bool>>,
    /// Certificates listed: store (`Phone-VPN-trust`) and entry, as printed.
    pub certificates: Vec<(String, Located<String>)>,
    /// Settings of VPN gateways, groups and profiles, as exported: the name that AXL gives them
    /// (`vpnGateway/url`, `vpnProfile/mtu`), and the value.
    pub vpn_settings: Vec<(String, Located<String>)>,
}
