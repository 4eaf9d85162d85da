//! Does Cisco Secure Desktop or HostScan let the phone pass?

use crate::rules::Rule;

pub mod csd_enabled;
pub mod csd_ended_session;

/// The rules of this stage, in the order of the catalogue.
pub const RULES: &[&Rule] = &[&csd_enabled::RULE, &csd_ended_session::RULE];
