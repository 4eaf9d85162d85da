//! The blocks of a tunnel group: which policy, which login, which URL leads here.

use super::blocks::{Attributes, is};
use super::commands::Command;
use crate::documents::asa_config::TunnelGroup;
use crate::source::Located;

/// Takes one command of a block of this kind.
pub(super) fn take(command: &Command<'_>, words: &[&str], attributes: Attributes, group: &mut TunnelGroup) {
    let seen = |text: &str| Located::new(text.to_owned(), command.at());
    let enabled = |words: &[&str]| words.last() != Some(&"disable");
    match (attributes, words) {
        (Attributes::Webvpn, [word, url, rest @ ..]) if is(word, "group-url", 7) => {
            group.group_urls.push((seen(url), enabled(rest)));
        }
        (Attributes::Webvpn, ["no", word, url, ..]) if is(word, "group-url", 7) => {
            group.group_urls.retain(|(known, _)| known.value != *url);
        }
        (Attributes::Webvpn, [word, alias, rest @ ..]) if is(word, "group-alias", 7) => {
            group.group_aliases.push((seen(alias), enabled(rest)));
        }
        (Attributes::Webvpn, ["authentication", _, ..]) => {
            group.authentication = Some(seen(command.after(1)));
        }
        (Attributes::Webvpn, [word, ..]) if is(word, "without-csd", 7) => {
            group.without_csd = Some(Located::new(true, command.at()));
        }
        (Attributes::Webvpn, ["no", "without-csd", ..]) => {
            group.without_csd = Some(Located::new(false, command.at()));
        }
        (Attributes::General, [word, _, ..]) if is(word, "default-group-policy", 9) => {
            group.default_group_policy = Some(seen(command.after(1)));
        }
        (Attributes::General, ["authentication-server-group", _, ..]) => {
            group.authentication_server_group = Some(seen(command.after(1)));
        }
        (Attributes::General, ["authorization-server-group", _, ..]) => {
            group.authorization_server_group = Some(seen(command.after(1)));
        }
        (Attributes::General, ["authorization-required"]) => {
            group.authorization_required = Some(Located::new(true, command.at()));
        }
        (Attributes::General, ["no", "authorization-required"]) => {
            group.authorization_required = Some(Located::new(false, command.at()));
        }
        (Attributes::General, ["username-from-certificate", _, ..]) => {
            group.username_from_certificate = Some(seen(command.after(1)));
        }
        (Attributes::General, ["secondary-authentication-server-group", _, ..]) => {
            group.secondary_authentication_server_group = Some(seen(command.after(1)));
        }
        (_, ["pre-fill-username", ..]) => {
            group.pre_fill_username = Some(seen(command.after(1)));
        }
        (Attributes::General, [word, servers @ ..]) if is(word, "dhcp-server", 9) => {
            // `subnet-selection` and `link-selection` say how a server is asked.
            for server in servers.iter().filter(|server| !server.ends_with("-selection")) {
                group.dhcp_servers.push(seen(server));
            }
        }
        (Attributes::General, [word, pools @ ..]) if is(word, "address-pool", 9) => {
            // An interface may stand before the pools: `address-pool (outside) PHONES`.
            for pool in pools.iter().filter(|pool| !pool.starts_with('(')) {
                group.address_pools.push(seen(pool));
            }
        }
        _ => group.other.push(seen(command.text)),
    }
}
