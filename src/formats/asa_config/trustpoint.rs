//! The settings of a trust-point.

use super::commands::Command;
use crate::documents::asa_config::Trustpoint;
use crate::source::Located;

/// Takes one command. What `no` takes away was not set.
pub(super) fn take(command: &Command<'_>, words: &[&str], trustpoint: &mut Trustpoint) {
    let field = match words.first().copied() {
        Some("enrollment") => &mut trustpoint.enrollment,
        Some("subject-name") => &mut trustpoint.subject_name,
        Some("fqdn") => &mut trustpoint.fqdn,
        Some("keypair") => &mut trustpoint.keypair,
        Some("revocation-check") => &mut trustpoint.revocation_check,
        Some("validation-usage") => &mut trustpoint.validation_usage,
        _ => return,
    };
    *field = Some(Located::new(command.after(1).to_owned(), command.at()));
}
