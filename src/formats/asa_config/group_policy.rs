//! The attributes of a group policy, in order.

use super::commands::Command;
use crate::documents::asa_config::GroupPolicy;
use crate::source::Located;

/// Takes the line that makes it: `internal [from OTHER]`, `external server-group S password P`.
pub(super) fn made(command: &Command<'_>, words: &[&str], policy: &mut GroupPolicy) {
    let mut at = command.at();
    // The servers' password is nobody's business.
    if let Some((before, _)) = at.text.split_once(" password ") {
        at.text = before.to_owned();
    }
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        match *word {
            "server-group" => {
                policy.server_group = rest.next().map(|name| Located::new((*name).to_owned(), at.clone()));
            }
            "from" => policy.from = rest.next().map(|name| Located::new((*name).to_owned(), at.clone())),
            _ => {}
        }
    }
    policy.internal = Some(Located::new(!words.first().is_some_and(|kind| kind.starts_with("ext")), at));
}

/// One attribute; `inside` is `webvpn ` for those of its `webvpn` part.
pub(super) fn attribute(
    command: &Command<'_>,
    words: &[&str],
    inside: &str,
) -> Option<(String, Located<String>)> {
    let (name, value) = match words {
        ["no", name, ..] => (format!("{inside}no {name}"), command.after(2)),
        [name, ..] => (format!("{inside}{name}"), command.after(1)),
        [] => return None,
    };
    Some((name, Located::new(value.to_owned(), command.at())))
}
