//! Public addresses from which phones logged in.

use std::collections::BTreeSet;

use crate::facts::Documents;
use crate::names::user::is_phone_user;
use crate::observe::{By, Observation};

/// Public addresses from which phones logged in, by their user names.
pub fn phone_addresses(documents: &Documents<'_>) -> BTreeSet<String> {
    documents
        .observed_by(By::AsaLog)
        .filter_map(Observation::session)
        .filter(|session| is_phone_user(&session.user) && !session.address.is_empty())
        .map(|session| session.address.clone())
        .collect()
}
