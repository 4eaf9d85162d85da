//! Public addresses from which phones logged in.

use std::collections::BTreeSet;

use crate::facts::Documents;
use crate::names::user::is_phone_user;
use crate::observe::{By, Observation};

/// Public addresses from which phones logged in, by their user names.
pub fn phone_addresses(documents: &Documents<'_>) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for session in documents.observed_by(By::AsaLog).filter_map(Observation::session) {
        // A log has many lines of few phones: an address is copied once.
        if !session.address.is_empty() && is_phone_user(&session.user) && !all.contains(&session.address) {
            all.insert(session.address.clone());
        }
    }
    all
}
