//! Does the phone's group policy let it work, and does it get an address?

use crate::rules::Rule;

pub mod address_pool_exhausted;
pub mod address_pool_missing;
pub mod anyconnect_ask_or_banner;
pub mod dap_list_drops_phones;
pub mod group_lock_elsewhere;
pub mod inherited_setting_at_risk;
pub mod session_refused_by_asa;
mod settings;
pub mod simultaneous_logins_zero;
pub mod split_tunnel_for_phones;
pub mod tunnel_protocol_without_ssl_client;
pub mod vpn_access_hours_set;
pub mod vpn_filter_inherited;

/// The rules of this stage, in the order of the catalogue.
pub const RULES: &[&Rule] = &[
    &simultaneous_logins_zero::RULE,
    &tunnel_protocol_without_ssl_client::RULE,
    &group_lock_elsewhere::RULE,
    &vpn_filter_inherited::RULE,
    &dap_list_drops_phones::RULE,
    &vpn_access_hours_set::RULE,
    &address_pool_missing::RULE,
    &address_pool_exhausted::RULE,
    &split_tunnel_for_phones::RULE,
    &inherited_setting_at_risk::RULE,
    &anyconnect_ask_or_banner::RULE,
    &session_refused_by_asa::RULE,
];
