//! From which public addresses do phones come?
//!
//! Witnesses: the user names of logins in an ASA's log or list of sessions, and handshakes that are a phone's.
//!
//! Source: Cisco 116162, the log of a login.

use std::collections::BTreeSet;

use crate::facts::handshake::Handshake;
use crate::facts::phone_groups::PhoneGroups;

/// Every such address, as printed.
pub fn of(handshakes: &[Handshake], groups: &PhoneGroups) -> BTreeSet<String> {
    let tied = handshakes.iter().filter(|handshake| handshake.is_phones());
    let mut all: BTreeSet<String> = tied.map(|handshake| handshake.peer.address.clone()).collect();
    all.extend(groups.addresses.iter().cloned());
    all.remove("");
    all
}
