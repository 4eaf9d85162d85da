//! The attributes of a group policy, in order.

use super::GroupPolicy;
use super::commands::Command;
use crate::source::Seen;

/// Takes one command; `inside` is `webvpn ` for those of its `webvpn` part.
pub(super) fn take(command: &Command<'_>, words: &[&str], inside: &str, policy: &mut GroupPolicy) {
    let (name, value) = match words {
        ["no", name, ..] => (format!("{inside}no {name}"), command.after(2)),
        [name, ..] => (format!("{inside}{name}"), command.after(1)),
        [] => return,
    };
    policy.attributes.push((name, Seen::new(value.to_owned(), command.at())));
}
