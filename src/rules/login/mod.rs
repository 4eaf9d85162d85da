//! Does the phone reach its tunnel group, and is it let in?

use crate::rules::Rule;

pub mod aaa_rejected;
pub mod authentication_method_mismatch;
pub mod capf_changed;
pub mod client_certificate_expired;
pub mod client_certificate_issuer_untrusted;
pub mod client_certificate_too_weak;
pub mod group_url_mismatch;
pub mod load_balancing_redirect;
pub mod login_failed;
pub mod sha2_manufacturing_ca_missing;

/// The rules of this stage, in the order of the catalogue.
pub const RULES: &[&Rule] = &[
    &group_url_mismatch::RULE,
    &load_balancing_redirect::RULE,
    &authentication_method_mismatch::RULE,
    &client_certificate_issuer_untrusted::RULE,
    &sha2_manufacturing_ca_missing::RULE,
    &capf_changed::RULE,
    &client_certificate_expired::RULE,
    &client_certificate_too_weak::RULE,
    &aaa_rejected::RULE,
    &login_failed::RULE,
];
