//! Are the VPN settings in the phone's configuration, and are they usable?

use crate::rules::Rule;

pub mod vpn_group_missing;

/// The rules of this stage, in the order of the catalogue.
pub const RULES: &[&Rule] = &[&vpn_group_missing::RULE];
