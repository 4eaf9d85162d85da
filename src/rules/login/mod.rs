//! Does the phone reach its tunnel group, and is it let in?

use crate::rules::Rule;

pub mod aaa_rejected;
pub mod authentication_method_mismatch;
pub mod client_certificate_issuer_untrusted;
pub mod group_url_mismatch;
pub mod load_balancing_redirect;
pub mod login_failed;

/// The rules of this stage, in the order of the catalogue.
pub const RULES: &[&Rule] = &[
    &group_url_mismatch::RULE,
    &load_balancing_redirect::RULE,
    &authentication_method_mismatch::RULE,
    &client_certificate_issuer_untrusted::RULE,
    &aaa_rejected::RULE,
    &login_failed::RULE,
];
