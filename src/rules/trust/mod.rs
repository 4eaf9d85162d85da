//! Does the phone accept the certificate that the ASA presents?

use crate::rules::Rule;

pub mod cert_hash_mismatch;
pub mod gateway_certificate_expired;
pub mod gateway_certificate_expiring;
pub mod hash_algorithm_undocumented;
pub mod no_trustpoint_on_interface;
pub mod phone_rejected_server_certificate;
pub mod wrong_trustpoint_on_interface;

/// The rules of this stage, in the order of the catalogue.
pub const RULES: &[&Rule] = &[
    &cert_hash_mismatch::RULE,
    &phone_rejected_server_certificate::RULE,
    &gateway_certificate_expired::RULE,
    &gateway_certificate_expiring::RULE,
    &no_trustpoint_on_interface::RULE,
    &wrong_trustpoint_on_interface::RULE,
    &hash_algorithm_undocumented::RULE,
];
