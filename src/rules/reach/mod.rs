//! Do the phone's packets arrive at the ASA?

use crate::rules::Rule;

pub mod anyconnect_not_enabled;
pub mod connection_denied_by_acl;
pub mod control_plane_list_denies_phones;
pub mod earlier_gateway_failed;
pub mod gateway_name_unresolved;
pub mod gateway_not_reached;
pub mod webvpn_interface_disabled;
pub mod webvpn_port_changed;

/// The rules of this stage, in the order of the catalogue.
pub const RULES: &[&Rule] = &[
    &gateway_name_unresolved::RULE,
    &gateway_not_reached::RULE,
    &webvpn_interface_disabled::RULE,
    &anyconnect_not_enabled::RULE,
    &webvpn_port_changed::RULE,
    &control_plane_list_denies_phones::RULE,
    &connection_denied_by_acl::RULE,
    &earlier_gateway_failed::RULE,
];
