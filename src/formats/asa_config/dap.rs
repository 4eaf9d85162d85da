//! `dynamic-access-policy-record`: what happens to a session that a record matches.
//!
//! ```text
//! dynamic-access-policy-record DfltAccessPolicy
//!  user-message "No access."
//!  action terminate
//!  priority 10
//! ```
//! Which sessions a record matches stands in `dap.xml` on the ASA's disk, not in the configuration.

use super::commands::Command;
use crate::documents::asa_config::DapRecord;
use crate::source::Located;

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
