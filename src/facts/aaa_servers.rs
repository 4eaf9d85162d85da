//! To which group does an AAA server belong, and which group has none?
//!
//! ```text
//! aaa-server RADIUS-HQ protocol radius
//! aaa-server RADIUS-HQ (inside) host 192.0.2.53
//! ```
//! Witness: the configuration. That a group has no server is shown only by one that would show its servers.
//!
//! Sources: ASA command reference, `aaa-server` and `aaa-server host`.

use crate::facts::asa_devices::AsaDevice;
use crate::facts::phone_groups::PhoneGroups;
use crate::facts::{Documents, tunnel_groups};
use crate::source::{Place, Searched};

/// A group of servers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerGroup {
    /// Its name.
    pub name: String,
    /// `radius`, `ldap` …, where it is shown.
    pub protocol: Option<String>,
}

/// The groups that have this server, in the order of the configurations.
pub fn of_host(documents: &Documents<'_>, host: &str) -> Vec<ServerGroup> {
    let groups = documents.asa_configs.iter().flat_map(|config| &config.document.aaa_servers);
    groups
        .filter(|group| group.hosts.iter().any(|known| known.host.value == host))
        .map(|group| ServerGroup {
            name: group.name.value.clone(),
            protocol: group.protocol.as_ref().map(|protocol| protocol.value.clone()),
        })
        .collect()
}

/// A group that is named and has no server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmptyGroup {
    /// The line that names it.
    pub place: Place,
    /// Where its servers would stand.
    pub searched: Searched,
}

/// The group of this name, where it has a protocol and no server and the ASA's configuration would show one.
pub fn without_host(device: &AsaDevice<'_>, name: &str) -> Option<EmptyGroup> {
    if !device.covers("aaa-server") || has_host(device, name) {
        return None;
    }
    device.configs.iter().find_map(|config| {
        let mut groups = config.document.aaa_servers.iter();
        let group = groups.find(|group| group.name.value == name && group.protocol.is_some())?;
        let protocol = group.protocol.as_ref()?;
        Some(EmptyGroup { place: config.place(&protocol.at), searched: config.searched() })
    })
}

/// True where a server of the group stands in a configuration of the ASA.
pub fn has_host(device: &AsaDevice<'_>, name: &str) -> bool {
    let mut groups = device.configs.iter().flat_map(|config| &config.document.aaa_servers);
    groups.any(|group| group.name.value == name && !group.hosts.is_empty())
}

/// The servers that are asked for phones' logins: those of the groups that a phones' tunnel group names.
pub fn of_phones(devices: &[AsaDevice<'_>], groups: &PhoneGroups) -> Vec<String> {
    let mut hosts = Vec::new();
    for lines in devices.iter().flat_map(tunnel_groups::of_device) {
        if !groups.group(lines.name()).is_some_and(|group| group.is_sure()) {
            continue;
        }
        for named in [lines.authentication_servers(), lines.authorization_servers()].into_iter().flatten() {
            let asked = lines
                .config()
                .aaa_servers
                .iter()
                .filter(|server| named.value.split_whitespace().any(|word| word == server.name.value));
            hosts.extend(asked.flat_map(|server| &server.hosts).map(|host| host.host.value.clone()));
        }
    }
    hosts
}
