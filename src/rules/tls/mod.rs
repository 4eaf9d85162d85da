//! Do phone and ASA agree on a version and a cipher?

use crate::rules::Rule;

pub(super) mod cipher_lists;
pub mod dtls_not_established;
pub mod dtls_session_cipher_mismatch;
pub mod dtls_version_unsupported;
pub mod ec_certificate_offered;
pub mod no_shared_cipher;
pub mod phone_ciphers_disabled;
mod rows;
pub mod ssl_settings_hardened_for_old_phones;
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
    &dtls_not_established::RULE,
    &dtls_version_unsupported::RULE,
    &phone_ciphers_disabled::RULE,
    &ssl_settings_hardened_for_old_phones::RULE,
    &tls_alert_from_phone::RULE,
];
