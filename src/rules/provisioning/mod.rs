//! Are the VPN settings in the phone's configuration, and are they usable?

use crate::rules::Rule;

pub mod auto_network_detect_believes_inside;
pub mod capf_not_reached;
pub mod cert_hash_malformed;
pub mod cert_hash_missing;
pub mod default_phone_config;
mod fleet;
pub mod gateway_url_port;
pub mod ipv6_only_phone;
pub mod phone_config_encrypted;
pub mod phone_config_older_than_certificate;
pub mod phone_web_access_disabled;
pub mod too_many_gateways_or_certificates;
mod vpn_group_lists;
pub mod vpn_group_missing;
pub mod vpn_setting_out_of_range;
pub mod vpn_url_missing;
pub mod vpn_url_not_https;

use vpn_group_lists::{all_told, nothing_in, quotable, setting};

/// The rules of this stage, in the order of the catalogue.
pub const RULES: &[&Rule] = &[
    &vpn_group_missing::RULE,
    &default_phone_config::RULE,
    &vpn_url_missing::RULE,
    &vpn_url_not_https::RULE,
    &cert_hash_missing::RULE,
    &cert_hash_malformed::RULE,
    &vpn_setting_out_of_range::RULE,
    &phone_config_encrypted::RULE,
    &phone_config_older_than_certificate::RULE,
    &ipv6_only_phone::RULE,
    &phone_web_access_disabled::RULE,
    &auto_network_detect_believes_inside::RULE,
    &gateway_url_port::RULE,
    &too_many_gateways_or_certificates::RULE,
    &capf_not_reached::RULE,
];
