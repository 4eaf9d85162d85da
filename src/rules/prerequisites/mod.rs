//! May this installation do it at all: licences, export version, model, firmware?

use crate::case::Case;
use crate::facts::handshakes::phone_addresses;
use crate::facts::whose::Message;
use crate::facts::{listed_sessions, webvpn};
use crate::finding::Evidence;
use crate::names::user::is_phone_user;
use crate::rules::Rule;
use crate::text::Text;

pub mod anyconnect_premium_missing;
pub mod cucm_export_unrestricted;
pub mod gateway_not_an_asa;
pub mod licence_time_based_expiring;
pub mod multiplatform_firmware;
pub mod phone_firmware_bug;
pub mod phone_model_without_vpn;
pub mod vpn_phone_licence_disabled;
pub mod vpn_session_limit_reached;

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

/// A line that shows a phone connected: then what would forbid it is past, or is another ASA's.
fn connected_phone(case: &Case<'_>) -> Option<Evidence> {
    if let Some(session) = listed_sessions::first_of_phone(&case.documents) {
        return Some(Evidence::marked(&session.place(), session.user(), CONNECTED));
    }
    let of_phone =
        |message: &&Message<'_>| message.session().is_some_and(|session| is_phone_user(&session.user));
    case.addresses_given().find(of_phone).map(|message| Evidence::at(&message.place(), CONNECTED))
}

/// True where configurations are in the case, none of them has `webvpn`, and nothing is a phone's: the ASA serves
/// other purposes.
fn serves_no_phones(case: &Case<'_>) -> bool {
    !case.documents.asa_configs.is_empty()
        && webvpn::of(&case.documents).next().is_none()
        && !shows_phones(case)
}

/// Something in the case is a phone's.
fn shows_phones(case: &Case<'_>) -> bool {
    !case.phones.is_empty()
        || !case.documents.phone_logs.is_empty()
        || !case.documents.phone_statuses.is_empty()
        || !case.phone_groups.groups.is_empty()
        || !case.phone_groups.logins.is_empty()
        || !phone_addresses(&case.documents).is_empty()
}

const CONNECTED: Text =
    Text::fixed("yet here a phone is connected over VPN", "Hier ist aber ein Telefon über VPN verbunden");
