//! Does the phone's group policy let it work, and does it get an address?

use crate::rules::Rule;

pub mod group_lock_elsewhere;
mod judged;
pub mod simultaneous_logins_zero;
pub mod tunnel_protocol_without_ssl_client;
pub mod vpn_filter_inherited;

/// The rules of this stage, in the order of the catalogue.
pub const RULES: &[&Rule] = &[
    &simultaneous_logins_zero::RULE,
    &tunnel_protocol_without_ssl_client::RULE,
    &group_lock_elsewhere::RULE,
    &vpn_filter_inherited::RULE,
];
