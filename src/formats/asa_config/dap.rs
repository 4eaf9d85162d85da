//! `dynamic-access-policy-record`: what happens to a session that a record matches.
//!
//! ```text
//! dynamic-access-policy-record DfltAccessPolicy
//!  user-message "No access."
//!  action terminate
//!  priority 10
//! ```
//! Which sessions a record matches stands in `dap.xml` on the ASA's disk, not in the configuration.

use serde::{Deserialize, Serialize};

use super::commands::Command;
use crate::source::Located;

/// A dynamic access policy record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DapRecord {
    /// Its name.
    pub name: Located<String>,
    /// `continue`, `terminate` or `quarantine`; `None` means continue.
    pub action: Option<Located<String>>,
    /// `priority`.
    pub priority: Option<Located<String>>,
    /// `user-message`.
    pub user_message: Option<Located<String>>,
    /// `description`.
    pub description: Option<Located<String>>,
    /// `network-acl`, one name each.
    pub network_lists: Vec<Located<String>>,
}

/// Takes one command of a record.
pub(super) fn take(command: &Command<'_>, words: &[&str], record: &mut DapRecord) {
    let value = || Some(Located::new(command.after(1).to_owned(), command.at()));
    match words {
        ["action", ..] => record.action = value(),
        ["no", "action", ..] => record.action = None,
        ["priority", ..] => record.priority = value(),
        ["user-message", ..] => record.user_message = value(),
        ["description", ..] => record.description = value(),
        ["network-acl", name, ..] => {
            record.network_lists.push(Located::new((*name).to_owned(), command.at()));
        }
        _ => {}
    }
}
