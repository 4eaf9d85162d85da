//! Which configurations are of one and the same ASA?
//!
//! `show running-config tunnel-group` and `show running-config group-policy` are two documents and speak of one
//! device. Witnesses, the strongest first: the session that both were printed in; the `hostname`; that no second ASA
//! is in the case. Two whole configurations are two devices, or two moments of one, and are never put together.

use crate::documents::asa_config::{AddressPool, AsaConfig, GroupPolicy, Scope, TunnelGroup, User};
use crate::facts::{Documents, In};
use crate::source::Searched;

/// One ASA, by all that is shown of its configuration.
#[derive(Clone, Debug, Default)]
pub struct AsaDevice<'a> {
    /// Its configurations, a whole one first.
    pub configs: Vec<In<'a, AsaConfig>>,
}

impl<'a> AsaDevice<'a> {
    /// The input that its first configuration is.
    pub fn input(&self) -> u32 {
        self.configs.first().map_or(0, |config| config.input)
    }

    /// The lines of its first configuration.
    pub fn searched(&self) -> Searched {
        self.configs.first().map_or_else(|| Searched::lines(0, 0), In::searched)
    }

    /// True where a line that begins with `words` would have been seen if it existed.
    pub fn covers(&self, words: &str) -> bool {
        self.configs.iter().any(|config| config.document.scope.covers(words))
    }

    /// Likewise, with the defaults that nobody set.
    pub fn covers_all(&self, words: &str) -> bool {
        self.configs.iter().any(|config| config.document.all && config.document.scope.covers(words))
    }

    /// Every tunnel group; one that two documents show comes twice.
    pub fn tunnel_groups(&self) -> impl Iterator<Item = (In<'a, AsaConfig>, &'a TunnelGroup)> {
        self.configs
            .iter()
            .flat_map(|config| config.document.tunnel_groups.iter().map(move |group| (*config, group)))
    }

    /// Every group policy; one that two documents show comes twice.
    pub fn group_policies(&self) -> impl Iterator<Item = (In<'a, AsaConfig>, &'a GroupPolicy)> {
        self.configs
            .iter()
            .flat_map(|config| config.document.group_policies.iter().map(move |policy| (*config, policy)))
    }

    /// Every user of its own database.
    pub fn users(&self) -> impl Iterator<Item = (In<'a, AsaConfig>, &'a User)> {
        self.configs.iter().flat_map(|config| config.document.users.iter().map(move |user| (*config, user)))
    }

    /// Every address pool.
    pub fn address_pools(&self) -> impl Iterator<Item = (In<'a, AsaConfig>, &'a AddressPool)> {
        self.configs
            .iter()
            .flat_map(|config| config.document.address_pools.iter().map(move |pool| (*config, pool)))
    }

    /// Its `hostname`, where a configuration of it has one.
    pub fn hostname(&self) -> Option<&str> {
        self.configs
            .iter()
            .find_map(|config| config.document.hostname.as_ref())
            .map(|seen| seen.value.as_str())
    }
}

/// Every ASA whose configuration is in the case, in the order of the inputs.
pub fn of<'a>(documents: &Documents<'a>) -> Vec<AsaDevice<'a>> {
    let inside = |input: u32| documents.session(input);
    let whole = |config: &In<'_, AsaConfig>| config.document.scope == Scope::Whole;
    let mut devices: Vec<AsaDevice<'a>> = Vec::new();
    let parts = documents.asa_configs.iter().filter(|config| !whole(config));
    for config in documents.asa_configs.iter().filter(|config| whole(config)).chain(parts) {
        let hostname = config.document.hostname.as_ref().map(|seen| seen.value.as_str());
        let session = inside(config.input);
        let same_session = |device: &AsaDevice<'_>| {
            session.is_some() && device.configs.iter().any(|known| inside(known.input) == session)
        };
        let same_name = |device: &AsaDevice<'_>| hostname.is_some() && device.hostname() == hostname;
        let other_name = |device: &AsaDevice<'_>| {
            hostname.is_some_and(|hostname| device.hostname().is_some_and(|known| known != hostname))
        };
        let found = if whole(config) {
            None
        } else {
            let alone = devices.len() == 1;
            devices
                .iter()
                .position(same_session)
                .or_else(|| devices.iter().position(same_name))
                .or_else(|| devices.iter().position(|device| alone && !other_name(device)))
        };
        match found.and_then(|at| devices.get_mut(at)) {
            Some(device) => device.configs.push(*config),
            None => devices.push(AsaDevice { configs: vec![*config] }),
        }
    }
    devices.sort_by_key(AsaDevice::input);
    devices
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::readings;

    fn sizes(files: &[(&str, &str)]) -> Vec<usize> {
        let readings = readings(files);
        let documents = Documents::of(&readings);
        of(&documents).iter().map(|device| device.configs.len()).collect()
    }

    #[test]
    fn parts_of_one_asa_are_put_together() {
        let groups =
            "tunnel-group A type remote-access\ntunnel-group A general-attributes\n default-group-policy P\n";
        let policies = "group-policy P internal\ngroup-policy P attributes\n vpn-filter none\n";
        let whole =
            |name: &str| format!("ASA Version 9.1(1)\nhostname {name}\nwebvpn\n enable outside\n: end\n");
        assert_eq!(sizes(&[("a", groups), ("b", policies)]), [2]);
        assert_eq!(sizes(&[("a", &whole("a")), ("b", policies)]), [2]);
        assert_eq!(sizes(&[("a", &whole("a")), ("b", &whole("b"))]), [1, 1]);
        assert_eq!(sizes(&[("a", &whole("a")), ("b", &whole("b")), ("c", policies)]), [1, 1, 1]);
        let named = format!("hostname b\n{policies}");
        assert_eq!(sizes(&[("a", &whole("a")), ("b", &whole("b")), ("c", &named)]), [1, 2]);
        assert_eq!(sizes(&[("a", &whole("a")), ("c", &named)]), [1, 1]);
    }
}
