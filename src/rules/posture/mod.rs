//! Does Cisco Secure Desktop or HostScan let the phone pass?

use crate::rules::Rule;

/// The rules of this stage, in the order of the catalogue.
pub const RULES: &[&Rule] = &[];
