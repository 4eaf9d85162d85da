//! CME: the VPN part of a router's configuration, and `show voice vpn`.
//!
//! ```text
//! voice service voip
//!  vpn-group 1
//!   vpn-gateway 1 https://vpn.example.com/Phones
//!   vpn-trustpoint 1 trustpoint cme_cert root
//!  vpn-profile 1
//!   host-id-check disable
//! ```

use serde::{Deserialize, Serialize};

use crate::source::Seen;

/// What CME tells its phones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CmeConfig {
    /// `vpn-gateway N URL`.
    pub gateways: Vec<Seen<String>>,
    /// `vpn-trustpoint N trustpoint NAME root|leaf`, the whole rest of the line.
    pub trustpoints: Vec<Seen<String>>,
    /// Hashes that `show voice vpn` prints, as printed.
    pub hashes: Vec<Seen<String>>,
    /// Settings of `vpn-profile`, as written: name and value.
    pub settings: Vec<(String, Seen<String>)>,
}
