//! Do phone and ASA agree on a version and a cipher?

use crate::rules::Rule;

pub mod dtls_session_cipher_mismatch;
pub mod ec_certificate_offered;
pub mod no_shared_cipher;
mod rows;
pub mod tls_alert_from_phone;
pub mod tls_version_too_new_for_phone;
pub mod tls_version_too_old_for_phone;

/// The rules of this stage, in the order of the catalogue.
pub const RULES: &[&Rule] = &[
    &no_shared_cipher::RULE,
    &tls_version_too_new_for_phone::RULE,
    &tls_version_too_old_for_phone::RULE,
    &ec_certificate_offered::RULE,
    &dtls_session_cipher_mismatch::RULE,
    &tls_alert_from_phone::RULE,
];
