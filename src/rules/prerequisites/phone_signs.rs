//! Whether anything in a case shows that phones use this ASA, or that one is connected.

use crate::case::Case;
use crate::facts::whose::Message;
use crate::facts::{listed_sessions, webvpn};
use crate::finding::Evidence;
use crate::names::user::is_phone_user;
use crate::text::Text;

/// A line that shows a phone connected: then what would forbid it is past, or is another ASA's.
pub(super) fn connected_phone(case: &Case<'_>) -> Option<Evidence> {
    if let Some(session) = listed_sessions::first_of_phone(&case.documents) {
        return Some(Evidence::marked(&session.place(), session.user(), CONNECTED));
    }
    let of_phone =
        |message: &&Message<'_>| message.session().is_some_and(|session| is_phone_user(&session.user));
    case.addresses_given().find(of_phone).map(|message| Evidence::at(&message.place(), CONNECTED))
}

/// True where configurations are in the case, none of them has `webvpn`, and nothing is a phone's: the ASA serves
/// other purposes.
pub(super) fn serves_no_phones(case: &Case<'_>) -> bool {
    !case.documents.asa_configs.is_empty()
        && webvpn::of(&case.documents).next().is_none()
        && !shows_phones(case)
}

/// Something in the case is a phone's.
pub(super) fn shows_phones(case: &Case<'_>) -> bool {
    !case.phones.is_empty()
        || !case.documents.phone_logs.is_empty()
        || !case.documents.phone_statuses.is_empty()
        || !case.phone_groups.groups.is_empty()
        || !case.phone_groups.logins.is_empty()
        || !case.phone_groups.addresses.is_empty()
}

const CONNECTED: Text =
    Text::fixed("yet here a phone is connected over VPN", "Hier ist aber ein Telefon über VPN verbunden");
