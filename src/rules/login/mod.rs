//! Does the phone reach its tunnel group, and is it let in?

use crate::rules::Rule;

pub mod aaa_rejected;
pub mod aaa_server_group_without_host;
pub mod aaa_server_unreachable;
pub mod aaa_sessions_exhausted;
pub mod authentication_method_mismatch;
pub mod capf_changed;
pub mod certificate_map_redirects;
pub mod client_certificate_expired;
pub mod client_certificate_issuer_untrusted;
pub mod client_certificate_revocation_unreachable;
pub mod client_certificate_too_weak;
pub mod group_url_mismatch;
pub mod interactive_challenge;
pub mod load_balancing_redirect;
pub mod login_failed;
pub mod mic_used_for_authentication;
pub mod phone_without_mic;
pub mod sha2_manufacturing_ca_missing;
pub mod username_not_in_certificate;

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
    &phone_without_mic::RULE,
    &mic_used_for_authentication::RULE,
    &client_certificate_revocation_unreachable::RULE,
    &username_not_in_certificate::RULE,
    &aaa_rejected::RULE,
    &aaa_server_group_without_host::RULE,
    &aaa_server_unreachable::RULE,
    &interactive_challenge::RULE,
    &certificate_map_redirects::RULE,
    &login_failed::RULE,
    &aaa_sessions_exhausted::RULE,
];
