//! `username`: who is in the ASA's own user database, and what holds for that user alone.
//!
//! ```text
//! username CP-7962G-SEP001122334455 password 0123 encrypted
//! username CP-7962G-SEP001122334455 attributes
//!  vpn-group-policy Phones
//!  service-type remote-access
//! ```
//! A user's attributes win over those of any group policy (Cisco's sample for phones, CUCM 15 feature guide). The
//! password is never kept: a user's places quote the line up to the name.

use super::commands::Command;
use crate::documents::asa_config::User;
use crate::source::Located;

/// The place of a user in the list, which is lengthened where the user is new.
pub(super) fn named(command: &Command<'_>, name: &str, users: &mut Vec<User>) -> usize {
    // Users stand in order, so the last one is nearly always meant.
    users.iter().rposition(|known| known.name.value == name).unwrap_or_else(|| {
        let mut at = command.at();
        at.text = format!("username {name}");
        users.push(User { name: Located::new(name.to_owned(), at), attributes: Vec::new() });
        users.len() - 1
    })
}
