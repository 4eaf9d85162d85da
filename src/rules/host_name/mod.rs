//! Does the certificate name the host that the phone dials?

use crate::rules::Rule;

pub mod certificate_name_mismatch;
pub mod host_id_check_failed;

/// The rules of this stage, in the order of the catalogue.
pub const RULES: &[&Rule] = &[&host_id_check_failed::RULE, &certificate_name_mismatch::RULE];
