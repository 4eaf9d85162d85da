//! Does the tunnel come up whole, and does it stay up?

use crate::rules::Rule;

pub mod dropped_by_config_change;
pub mod mtu_too_large;
mod phone_sessions;
pub mod tunnel_dropped;
pub mod tunnel_flapping;

use phone_sessions::sessions;

/// The rules of this stage, in the order of the catalogue.
pub const RULES: &[&Rule] =
    &[&tunnel_dropped::RULE, &tunnel_flapping::RULE, &mtu_too_large::RULE, &dropped_by_config_change::RULE];
