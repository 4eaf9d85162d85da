//! Do dynamic access policies let the phone pass?

use crate::rules::Rule;

pub mod authorization_required_without_user;
pub mod dap_default_terminates;
pub mod dap_terminated;

/// The rules of this stage, in the order of the catalogue.
pub const RULES: &[&Rule] =
    &[&dap_terminated::RULE, &dap_default_terminates::RULE, &authorization_required_without_user::RULE];
