//! Does the phone reach its tunnel group, and is it let in?

use crate::rules::Rule;

pub mod group_url_mismatch;
pub mod load_balancing_redirect;
pub mod login_failed;

/// The rules of this stage, in the order of the catalogue.
pub const RULES: &[&Rule] = &[&group_url_mismatch::RULE, &load_balancing_redirect::RULE, &login_failed::RULE];
