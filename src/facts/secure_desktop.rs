//! Does an ASA ask every client to run Cisco Secure Desktop or HostScan, and does it leave a tunnel group out?
//!
//! ```text
//! webvpn
//!  csd enable                              `hostscan enable` from 9.5 on
//! tunnel-group PHONES webvpn-attributes
//!  without-csd                             works for connections by a group-url alone
//! ```
//! Witness: the configuration.
//!
//! Sources: Cisco 116162, "Cisco Secure Desktop (CSD)"; ASA command reference, `without-csd`.

use crate::facts::asa_devices::AsaDevice;
use crate::facts::{tunnel_groups, webvpn};
use crate::source::{Place, Searched};

/// What a tunnel group's lines say of leaving it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exemption {
    /// The group leaves it out.
    Works,
    /// `without-csd` stands there and does nothing, as no URL leads to the group.
    WithoutUrl(Place),
    /// The group does not leave it out.
    Missing(Searched),
    /// Not all of the group's lines are shown, and those that are do not leave it out.
    NotShown(Place),
}

/// The line that asks every client for it.
pub fn enabled(device: &AsaDevice<'_>) -> Option<Place> {
    let mut blocks = webvpn::of_device(device);
    blocks.find_map(|block| block.secure_desktop().filter(|switch| switch.value)).map(|switch| switch.place)
}

/// Whether a tunnel group leaves it out; `None` where the ASA has no such group.
pub fn exemption(device: &AsaDevice<'_>, group: &str) -> Option<Exemption> {
    let lines = || tunnel_groups::named(device, group);
    let first = lines().next()?;
    let covered = device.covers("tunnel-group");
    Some(match lines().find_map(|lines| lines.without_csd()) {
        Some(_) if !covered || lines().any(|lines| lines.has_enabled_url()) => Exemption::Works,
        Some(place) => Exemption::WithoutUrl(place),
        None if covered => Exemption::Missing(first.searched()),
        None => Exemption::NotShown(first.place()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Documents, asa_devices};
    use crate::testing::readings;

    #[test]
    fn a_group_is_left_out_by_its_line_and_its_url_together() {
        let url = " group-url https://vpn.example.com/Phones enable\n";
        for (lines, whole, wanted) in [
            (format!("{url} without-csd\n"), true, "works"),
            (" without-csd\n".to_owned(), true, "without url"),
            (" without-csd\n".to_owned(), false, "works"),
            (url.to_owned(), true, "missing"),
            (url.to_owned(), false, "not shown"),
        ] {
            let group = format!("tunnel-group PHONES webvpn-attributes\n{lines}");
            let text =
                if whole { format!("ASA Version 9.8(4)\nhostname asa\n{group}: end\n") } else { group };
            let read = readings(&[("asa.cfg", &text)]);
            let devices = asa_devices::of(&Documents::of(&read));
            let said = match exemption(&devices[0], "PHONES").unwrap() {
                Exemption::Works => "works",
                Exemption::WithoutUrl(_) => "without url",
                Exemption::Missing(_) => "missing",
                Exemption::NotShown(_) => "not shown",
            };
            assert_eq!(said, wanted, "{text}");
            assert_eq!(exemption(&devices[0], "OTHER"), None);
        }
    }
}
