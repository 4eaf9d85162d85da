//! Does a tunnel group let in only users of the ASA's own database, and which phones are in that?
//!
//! ```text
//! tunnel-group PHONES general-attributes
//!  authorization-server-group LOCAL
//!  authorization-required
//! username CP-7962G-SEP001122334455 nopassword
//! ```
//! Witness: the configuration.
//!
//! Sources: ASA command reference, `authorization-required` and `username`.

use crate::facts::asa_devices::AsaDevice;
use crate::facts::tunnel_groups;
use crate::names::user::is_phone_user;
use crate::source::{Place, Searched};

/// What a tunnel group requires of its users.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Requirement {
    /// Nothing; in what is shown of the group.
    Nothing,
    /// That another server knows them.
    OtherServer,
    /// That the ASA's own database knows them.
    Local {
        /// `authorization-required`.
        required: Place,
        /// `authorization-server-group LOCAL`.
        server: Place,
        /// The lines of that configuration.
        searched: Searched,
    },
}

/// What a tunnel group requires; `None` where the ASA has no such group.
pub fn requirement(device: &AsaDevice<'_>, group: &str) -> Option<Requirement> {
    let lines = || tunnel_groups::named(device, group);
    lines().next()?;
    let required = lines().find_map(|lines| Some((lines.requires_authorization()?, lines.searched())));
    let Some((required, searched)) = required else { return Some(Requirement::Nothing) };
    let servers = |lines: tunnel_groups::TunnelGroupLines<'_>| lines.authorization_servers();
    let local = lines().find_map(|lines| servers(lines).filter(|named| named.value.contains("LOCAL")));
    Some(match local {
        Some(local) => Requirement::Local { required, server: local.place, searched },
        None => Requirement::OtherServer,
    })
}

/// Users of the ASA's own database that are named like phones.
pub fn phones_of<'a>(device: &AsaDevice<'a>) -> Vec<&'a str> {
    device.users().map(|(_, user)| user.name.value.as_str()).filter(|name| is_phone_user(name)).collect()
}
