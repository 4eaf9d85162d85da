//! Group, user and address: who a message is about.
//!
//! Many messages name them, in several wordings: `Group <g> User <u> IP <192.0.2.9>`, the same without brackets,
//! `group = g user = u`, `DAP: User u, Addr 192.0.2.9`. Any of them may be missing. A user's name may hold blanks,
//! semicolons, a domain, or what looks like the end of the name: so the address is searched from behind.

use std::net::IpAddr;

use super::phrase::{Words, rsplit_phrase, split_phrase};
use crate::event::Session;

/// Group, user and address, and what follows them. See the tests for the wordings.
pub(super) fn session(text: &str) -> Option<(Session<Words<'_>>, &str)> {
    bracketed(text)
        .or_else(|| policy_and_group(text))
        .or_else(|| plain(text))
        .or_else(|| access_policy(text))
        .or_else(|| equals(text))
}

/// `Group <g> User <u> IP <192.0.2.9> …`
fn bracketed(text: &str) -> Option<(Session<Words<'_>>, &str)> {
    let rest = text.trim_start().strip_prefix("Group <")?;
    let (group, rest) = split_phrase(rest, "> User <")?;
    let Some((user, rest)) = rsplit_phrase(rest, "> IP <") else {
        let (user, rest) = split_phrase(rest, ">")?;
        return Some((named(group, user, ""), rest));
    };
    let (address, rest) = split_phrase(rest, ">")?;
    Some((named(group, user, address), rest))
}

/// `TunnelGroup <t> GroupPolicy <p> User <u> IP <192.0.2.9> …`: the group policy is taken.
fn policy_and_group(text: &str) -> Option<(Session<Words<'_>>, &str)> {
    let rest = text.trim_start().strip_prefix("TunnelGroup ")?;
    let (_, rest) = split_phrase(rest, " GroupPolicy ")?;
    let (policy, rest) = split_phrase(rest, " User ")?;
    let (user, rest) = rsplit_phrase(rest, " IP ")?;
    let (address, rest) = split_phrase(rest, " ").unwrap_or((rest, ""));
    Some((named(policy, user, address), rest))
}

/// `Group g User u IP 192.0.2.9 …`, and the same with commas.
fn plain(text: &str) -> Option<(Session<Words<'_>>, &str)> {
    let rest = text.trim_start().strip_prefix("Group ").filter(|rest| !rest.starts_with("= "))?;
    let (group, rest) = rest.split_once(" User ").or_else(|| rest.split_once(" User, "))?;
    let mut end = rest.len();
    while let Some(at) = rest.get(..end).and_then(|head| head.rfind(" IP ")) {
        let after = rest.get(at + 4..).unwrap_or_default().trim_start();
        let (address, left) = after.split_once(' ').unwrap_or((after, ""));
        if address.trim_matches(['<', '>', ',']).parse::<IpAddr>().is_ok() {
            return Some((named(group, rest.get(..at)?, address), left));
        }
        end = at;
    }
    // The oldest wordings have no address, and then nothing that ends the user's name.
    let (user, left) = rest.split_once(' ').unwrap_or((rest, ""));
    Some((named(group, user, ""), left))
}

/// `DAP: User u, Addr 192.0.2.9: …`
pub(super) fn access_policy(text: &str) -> Option<(Session<Words<'_>>, &str)> {
    let rest = text.trim_start().strip_prefix("DAP: User ")?;
    let find = |phrase| split_phrase(rest, phrase).map(|(before, _)| before.len());
    let head = find(": Session Attribute").or_else(|| find(": Connection terminated"));
    let head = head.or_else(|| find(", Connection ")).unwrap_or(rest.len());
    let (user, _) = rsplit_phrase(rest.get(..head)?, ", Addr ")?;
    let after = rest.get(user.len()..)?.strip_prefix(", Addr ")?;
    let (address, left) = after.split_at_checked(head.checked_sub(user.len() + 7)?)?;
    Some((named("", user, address), left.trim_start_matches([':', ',', ' '])))
}

/// `Authentication: rejected, group = g user = u , Session Type: WebVPN`, and `Group = g, Username = u, IP = a, …`.
fn equals(text: &str) -> Option<(Session<Words<'_>>, &str)> {
    if let Some((_, rest)) = split_phrase(text, ", group = ")
        && let Some((group, rest)) = rest.split_once(" user = ")
    {
        let (user, left) = rest.rsplit_once(", Session Type").unwrap_or((rest, ""));
        return Some((named(group, user, ""), left));
    }
    let rest = text.trim_start().strip_prefix("Group = ")?;
    let (group, rest) = split_phrase(rest, ", Username = ")?;
    let (user, rest) = rsplit_phrase(rest, ", IP = ")?;
    let (address, left) = split_phrase(rest, ",").unwrap_or((rest, ""));
    Some((named(group, user, address), left))
}

/// A session of these words, without brackets and punctuation around them.
pub(super) fn named<'a>(group: &'a str, user: &'a str, address: &'a str) -> Session<Words<'a>> {
    Session { group: bare(group).into(), user: bare(user).into(), address: bare(address).into() }
}

fn bare(text: &str) -> &str {
    // Around most names stands nothing.
    if let [first, .., last] = text.as_bytes()
        && first.is_ascii_alphanumeric()
        && last.is_ascii_alphanumeric()
    {
        return text;
    }
    let text = text.trim().trim_end_matches([',', ':']).trim();
    text.strip_prefix('<').and_then(|text| text.strip_suffix('>')).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_of_every_wording_are_read() {
        for (text, group, user, address) in [
            (
                "Group <VPN Phone> User <a b> IP <192.0.2.9> Authentication: successful",
                "VPN Phone",
                "a b",
                "192.0.2.9",
            ),
            (
                "Group <g> User <x> IP <198.51.100.1> IP <192.0.2.9> Authentication: rejected",
                "g",
                "x> IP <198.51.100.1",
                "192.0.2.9",
            ),
            ("Group g h User DOM\\a;b IP 2001:db8::9 Session could not", "g h", "DOM\\a;b", "2001:db8::9"),
            ("Group <g> User <*****> IP <192.0.2.9> x", "g", "*****", "192.0.2.9"),
            ("Authentication: rejected, group = g user = u , Session Type: WebVPN", "g", "u", ""),
            (
                "Group = g, Username = u, IP = 192.0.2.9, Session disconnected. Reason: User Requested",
                "g",
                "u",
                "192.0.2.9",
            ),
            (
                "DAP: User CP-7962G-SEP001122334455, Addr 192.0.2.9: Session Attribute a = b",
                "",
                "CP-7962G-SEP001122334455",
                "192.0.2.9",
            ),
            ("DAP: User u, Addr 192.0.2.9, Connection AnyConnect: The following", "", "u", "192.0.2.9"),
            (
                "TunnelGroup <t> GroupPolicy <p> User <u> IP <192.0.2.9> No address available",
                "p",
                "u",
                "192.0.2.9",
            ),
        ] {
            let (session, _) = session(text).unwrap_or_default();
            assert_eq!(
                session,
                Session { group: group.into(), user: user.into(), address: address.into() },
                "{text}"
            );
        }
    }
}
