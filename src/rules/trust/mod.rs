//! Does the phone accept the certificate that the ASA presents?

use crate::rules::Rule;

pub mod cert_hash_mismatch;
pub mod certificate_not_exported_for_every_gateway;
pub mod gateway_certificate_expired;
pub mod gateway_certificate_expiring;
pub mod hash_algorithm_undocumented;
pub mod incomplete_certificate_chain;
pub mod no_trustpoint_on_interface;
pub mod phone_clock_wrong;
pub mod phone_rejected_server_certificate;
pub mod same_subject_overwrote_certificate;
pub mod trust_list_signer_unknown;
pub mod wrong_trustpoint_on_interface;

/// The rules of this stage, in the order of the catalogue.
pub const RULES: &[&Rule] = &[
    &cert_hash_mismatch::RULE,
    &phone_rejected_server_certificate::RULE,
    &incomplete_certificate_chain::RULE,
    &certificate_not_exported_for_every_gateway::RULE,
    &same_subject_overwrote_certificate::RULE,
    &gateway_certificate_expired::RULE,
    &gateway_certificate_expiring::RULE,
    &no_trustpoint_on_interface::RULE,
    &wrong_trustpoint_on_interface::RULE,
    &hash_algorithm_undocumented::RULE,
    &trust_list_signer_unknown::RULE,
    &phone_clock_wrong::RULE,
];
