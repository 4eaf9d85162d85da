//! The SSL VPN of an IOS router, as it was read.

use serde::{Deserialize, Serialize};

use crate::source::Located;

/// A router's SSL VPN.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IosConfig {
    /// `version 15.3`.
    pub version: Option<Located<String>>,
    /// `hostname`.
    pub hostname: Option<Located<String>>,
    /// `webvpn gateway` or `crypto ssl policy`.
    pub gateways: Vec<IosGateway>,
    /// Names of `webvpn context` or `crypto ssl profile`.
    pub contexts: Vec<Located<String>>,
}

/// One `webvpn gateway` or `crypto ssl policy`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IosGateway {
    /// Its name, and where the block begins.
    pub name: Located<String>,
    /// `ip address`, with the port where one is named.
    pub address: Option<Located<String>>,
    /// `ssl trustpoint` or `pki trustpoint … sign`.
    pub trustpoint: Option<Located<String>>,
    /// `inservice` or `no shut`.
    pub in_service: bool,
}
