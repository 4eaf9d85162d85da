//! The settings of a trust-point.

use super::commands::Command;
use crate::documents::asa_config::Trustpoint;
use crate::source::Located;

/// Takes one command. What `no` takes away was not set, but for what the ASA has without being told.
pub(super) fn take(command: &Command<'_>, words: &[&str], trustpoint: &mut Trustpoint) {
    if let ["no", "validation-usage", ..] = words {
        trustpoint.validation_usage = Some(Located::new(String::new(), command.at()));
        return;
    }
    // Some write each use into a line of its own.
    if let (["validation-usage", uses @ ..], Some(usage)) = (words, &mut trustpoint.validation_usage) {
        for word in uses {
            if usage.value.len() < LONGEST_USAGE && !usage.value.split(' ').any(|known| known == *word) {
                usage.value = format!("{} {word}", usage.value).trim_start().to_owned();
            }
        }
        return;
    }
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

/// The ASA knows three uses; what is longer than all of them several times over names none of them any more.
const LONGEST_USAGE: usize = 200;
