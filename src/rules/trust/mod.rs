//! Does the phone accept the certificate that the ASA presents?

use crate::rules::Rule;

pub mod cert_hash_mismatch;
pub mod phone_rejected_server_certificate;

/// The rules of this stage, in the order of the catalogue.
pub const RULES: &[&Rule] = &[&cert_hash_mismatch::RULE, &phone_rejected_server_certificate::RULE];
