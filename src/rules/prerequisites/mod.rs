//! May this installation do it at all: licences, export version, model, firmware?

use crate::rules::Rule;

pub mod anyconnect_premium_missing;
pub mod cucm_export_unrestricted;
pub mod gateway_not_an_asa;
pub mod licence_time_based_expiring;
pub mod multiplatform_firmware;
pub mod phone_firmware_bug;
pub mod phone_model_without_vpn;
mod phone_signs;
pub mod vpn_phone_licence_disabled;
pub mod vpn_session_limit_reached;

use phone_signs::{connected_phone, serves_no_phones, shows_phones};

/// The rules of this stage, in the order of the catalogue.
pub const RULES: &[&Rule] = &[
    &vpn_phone_licence_disabled::RULE,
    &anyconnect_premium_missing::RULE,
    &vpn_session_limit_reached::RULE,
    &licence_time_based_expiring::RULE,
    &cucm_export_unrestricted::RULE,
    &phone_model_without_vpn::RULE,
    &phone_firmware_bug::RULE,
    &multiplatform_firmware::RULE,
    &gateway_not_an_asa::RULE,
];
