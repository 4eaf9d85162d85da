//! What a change makes of phones' configurations: firmware, model, and the VPN profile.
//!
//! A load belongs to a family: `sip88xx.14-3-1SR3-2` is for phones of the 88xx series alone. A release without its
//! family is for every phone that can have it; the 79xx, 89xx and 99xx series end with 9.4(2).

use super::change::firmware;
use super::origins::planned;
use crate::documents::Content;
use crate::documents::phone_config::PhoneConfig;
use crate::intake::Reading;
use crate::source::Located;
use crate::tables::phone_families::{self, Family, Firmware};

/// Changes every phone's configuration; says how many were.
fn each(readings: &mut [Reading], mut change: impl FnMut(&mut PhoneConfig) -> bool) -> usize {
    let documents = readings.iter_mut().flat_map(|reading| &mut reading.documents);
    documents
        .filter_map(|document| match &mut document.content {
            Content::PhoneConfig(config) => Some(change(config)),
            _ => None,
        })
        .filter(|changed| *changed)
        .count()
}

/// Host ID check, as CUCM writes it.
pub(super) fn host_id_check(readings: &mut [Reading], on: bool, typed: &str) -> usize {
    let value = if on { "1" } else { "0" };
    each(readings, |config| {
        let Some(group) = &mut config.vpn_group else { return false };
        group.host_id_check = Some(Located::new(value.to_owned(), planned(typed)));
        true
    })
}

/// The method of login, as CUCM writes it: 0 user and password, 2 certificate. A phone that is to use both is told to
/// ask for a password; the ASA asks for the certificate.
pub(super) fn authentication(readings: &mut [Reading], method: &str, typed: &str) -> usize {
    let value = if method == "certificate" { "2" } else { "0" };
    each(readings, |config| {
        let Some(group) = &mut config.vpn_group else { return false };
        group.auth_method = Some(Located::new(value.to_owned(), planned(typed)));
        true
    })
}

/// The firmware of those phones that can have it.
pub(super) fn load(readings: &mut [Reading], load: &str, typed: &str) -> usize {
    each(readings, |config| {
        // A phone of which another model is planned has no load any more: what is planned names its family.
        let family = match &config.load {
            Some(now) => phone_families::of_load(&now.value),
            None => phone_families::of_load(load),
        };
        let Some(load) = family.and_then(|family| load_of(family, load)) else { return false };
        config.load = Some(Located::new(load, planned(typed)));
        true
    })
}

/// The load that a family gets by a change; `None` where the change is not for it.
pub(super) fn load_of(family: &'static Family, load: &str) -> Option<String> {
    match phone_families::of_load(load) {
        Some(named) => (named == family).then(|| load.to_owned()),
        None => {
            let firmware = firmware(load)?;
            (ends_with(family).is_none_or(|last| firmware <= last)).then(|| spelt(family, firmware))
        }
    }
}

/// The last firmware of a family that gets no more.
fn ends_with(family: &Family) -> Option<Firmware> {
    let last = crate::tables::releases::phones::of(family.name)?.newest;
    (last < [10, 0, 0, 0]).then_some(last)
}

/// `sip88xx.14-3-1SR3`
fn spelt(family: &Family, [major, minor, maintenance, service]: Firmware) -> String {
    let start = family.loads.first().copied().unwrap_or_default().trim_end_matches('.');
    let service = if service > 0 { format!("SR{service}") } else { String::new() };
    format!("sip{start}.{major}-{minor}-{maintenance}{service}")
}

/// Another model: nothing is known of its firmware, unless that is planned as well.
pub(super) fn model(readings: &mut [Reading]) -> usize {
    each(readings, |config| {
        config.load = None;
        true
    })
}
