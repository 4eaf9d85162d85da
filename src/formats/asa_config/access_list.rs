//! `access-list`: what a filter, a split tunnel or the control plane lets through.
//!
//! ```text
//! access-list NO-TRAFFIC extended deny ip any any
//! ```
//! A firewall has thousands of these lines. Only lists that a VPN filter, a split tunnel, an access policy record or the
//! control plane (`access-group NAME in interface outside control-plane`) names are kept, and of each its first lines:
//! a list decides by its first line that matches.

use std::collections::BTreeMap;

use super::commands::Command;
use crate::documents::asa_config::{AccessList, AsaConfig, ControlPlaneList};
use crate::source::Located;

/// Every list while a configuration is read: which of them are named is known only at its end.
#[derive(Default)]
pub(super) struct Lists(BTreeMap<String, AccessList>);

impl Lists {
    /// Takes a line that begins with `access-list`.
    pub fn take(&mut self, command: &Command<'_>, words: &[&str]) {
        let [_, name, kind, ..] = words else { return };
        if *kind == "remark" {
            return;
        }
        if !self.0.contains_key(*name) {
            if self.0.len() >= MOST_LISTS {
                return;
            }
            let list = AccessList { name: (*name).to_owned(), ..AccessList::default() };
            self.0.insert((*name).to_owned(), list);
        }
        let Some(list) = self.0.get_mut(*name) else { return };
        if list.lines.len() < MOST_LINES {
            list.lines.push(Located::new(command.after(2).to_owned(), command.at()));
        } else {
            list.more = list.more.saturating_add(1);
        }
    }

    /// Those that the configuration names.
    pub fn named(mut self, config: &AsaConfig) -> Vec<AccessList> {
        let policies = config.group_policies.iter().map(|policy| &policy.attributes);
        let attributes = policies.chain(config.users.iter().map(|user| &user.attributes)).flatten();
        let by_policies = attributes
            .filter(|(name, _)| NAMING.contains(&name.as_str()))
            .filter_map(|(_, value)| value.value.strip_prefix("value "));
        let by_records = config.dap_records.iter().flat_map(|record| &record.network_lists);
        let bound = config.control_plane_lists.iter().map(|bound| &bound.list);
        let by_records = by_records.chain(bound).map(|seen| seen.value.as_str());
        let names: Vec<&str> = by_policies.map(str::trim).chain(by_records).collect();
        names.into_iter().filter_map(|name| self.0.remove(name)).collect()
    }
}

/// Takes a line that binds a list to an interface. What passes through the ASA is no matter of phones that connect to it.
pub(super) fn bind(command: &Command<'_>, words: &[&str], config: &mut AsaConfig) {
    let (binds, words) = match words {
        ["no", rest @ ..] => (false, rest),
        words => (true, words),
    };
    let ["access-group", name, "in", "interface", interface, options @ ..] = words else { return };
    if !options.contains(&"control-plane") {
        return;
    }
    // An interface has one such list.
    config.control_plane_lists.retain(|known| known.interface != *interface);
    if binds {
        let list = Located::new((*name).to_owned(), command.at());
        config.control_plane_lists.push(ControlPlaneList { list, interface: (*interface).to_owned() });
    }
}

/// Attributes that name a list.
const NAMING: [&str; 3] = ["vpn-filter", "ipv6-vpn-filter", "split-tunnel-network-list"];
/// Lists that are looked at in one configuration.
const MOST_LISTS: usize = 4096;
/// Lines kept of a list.
const MOST_LINES: usize = 32;
