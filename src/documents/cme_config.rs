//! What a CME configuration says of VPN phones, as it was read.

use serde::{Deserialize, Serialize};

use crate::source::Located;

/// What CME tells its phones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CmeConfig {
    /// `vpn-gateway N URL`.
    pub gateways: Vec<Located<String>>,
    /// `vpn-trustpoint N trustpoint NAME root|leaf`, the whole rest of the line.
    pub trustpoints: Vec<Located<String>>,
    /// Hashes that `show voice vpn` prints, as printed.
    pub hashes: Vec<Located<String>>,
    /// Settings of `vpn-profile`, as written: name and value. Those that `show voice vpn` prints have the names of
    /// the output (`host_id_check`).
    pub settings: Vec<(String, Located<String>)>,
    /// `version 15.1`: the release of IOS.
    pub release: Option<Located<String>>,
    /// `telephony-service`, or `voice register global`.
    pub service: Option<Located<String>>,
    /// Groups that `voice service voip` holds, by their numbers.
    pub groups: Vec<Located<String>>,
    /// Its phones.
    pub phones: Vec<CmePhone>,
    /// The configuration has its beginning and its end, so that what is not in it is not set.
    pub whole: bool,
    /// Lines of the text.
    pub lines: u32,
}

/// An `ephone`, or a `voice register pool` of a phone that speaks SIP.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CmePhone {
    /// `SEP001122334455` by its `mac-address`; else `ephone 1`.
    pub name: Located<String>,
    /// `type 7965`.
    pub model: Option<Located<String>>,
    /// `vpn-group 1`.
    pub vpn_group: Option<Located<String>>,
    /// `vpn-profile 1`.
    pub vpn_profile: Option<Located<String>>,
    /// `ephone-template 1`, which may hold more.
    pub template: Option<Located<String>>,
}
