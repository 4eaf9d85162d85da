//! `aaa-server`: the servers that are asked who may log in.
//!
//! ```text
//! aaa-server RADIUS protocol radius
//! aaa-server RADIUS (inside) host 198.51.100.5
//!  key *****
//!  authentication-port 1812
//! ```
//! Keys and passwords are never kept; a host's place quotes the line up to the host.

use super::commands::Command;
use crate::documents::asa_config::{AaaHost, AaaServer};
use crate::source::Located;

/// Takes the line of a group or a host; the place of the group in the list, which may be new.
pub(super) fn head(command: &Command<'_>, words: &[&str], servers: &mut Vec<AaaServer>) -> Option<usize> {
    let [_, name, rest @ ..] = words else { return None };
    let (interface, rest) = match rest {
        [interface, rest @ ..] if interface.starts_with('(') => (interface.trim_matches(['(', ')']), rest),
        rest => ("", rest),
    };
    let [kind @ ("protocol" | "host"), value, ..] = rest else { return None };
    let mut at = command.at();
    let place = servers.iter().position(|known| known.name.value == *name).unwrap_or_else(|| {
        let name = Located::new((*name).to_owned(), at.clone());
        servers.push(AaaServer { name, ..AaaServer::default() });
        servers.len() - 1
    });
    let server = servers.get_mut(place)?;
    if *kind == "protocol" {
        server.protocol = Some(Located::new((*value).to_owned(), at));
    } else {
        let within = if interface.is_empty() { String::new() } else { format!("({interface}) ") };
        at.text = format!("aaa-server {name} {within}host {value}");
        if server.name.at.line == at.line {
            server.name.at = at.clone();
        }
        let host = Located::new((*value).to_owned(), at);
        server.hosts.push(AaaHost { host, interface: interface.to_owned(), settings: Vec::new() });
    }
    Some(place)
}

/// Takes a line of a block.
pub(super) fn take(command: &Command<'_>, words: &[&str], server: &mut AaaServer) {
    let ([name, _, ..], Some(host)) = (words, server.hosts.last_mut()) else { return };
    if !SECRETS.contains(name) {
        host.settings.push(((*name).to_owned(), Located::new(command.after(1).to_owned(), command.at())));
    }
}

/// Settings whose value is a secret.
const SECRETS: [&str; 3] = ["key", "ldap-login-password", "radius-common-pw"];
