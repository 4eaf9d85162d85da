//! Does the phone get its files through the tunnel, and does it register?

use crate::rules::Rule;

pub mod call_control_unreachable;
pub mod ctl_file_not_found;
pub mod no_tftp_server_given;
pub mod phone_config_not_found;
pub mod registration_rejected;
pub mod signature_algorithm_unsupported;
pub mod tftp_server_from_local_dhcp;
pub mod tftp_server_unreachable;
pub mod trust_list_too_large;
pub mod trust_list_update_failed;
mod tunnel_state;
pub mod tunnel_traffic_dropped;

use tunnel_state::{Tunnel, finding, passed};

/// The rules of this stage, in the order of the catalogue.
pub const RULES: &[&Rule] = &[
    &tunnel_traffic_dropped::RULE,
    &tftp_server_unreachable::RULE,
    &tftp_server_from_local_dhcp::RULE,
    &phone_config_not_found::RULE,
    &ctl_file_not_found::RULE,
    &trust_list_update_failed::RULE,
    &signature_algorithm_unsupported::RULE,
    &trust_list_too_large::RULE,
    &call_control_unreachable::RULE,
    &registration_rejected::RULE,
    &no_tftp_server_given::RULE,
];
