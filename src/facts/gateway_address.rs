//! Which interface of an ASA do the phones dial?
//!
//! Witnesses, the strongest first: an address in a phone's url, or one that a phone's log connects to, that is an
//! interface's own in the configuration; and where no address is known, the interface that is called `outside`,
//! which is a guess: a name in a url can be resolved by nobody here, and an address may be translated on the way.

use std::net::IpAddr;

use crate::documents::asa_config::Interface;
use crate::facts::asa_devices::AsaDevice;
use crate::facts::gateway_urls::PhoneUrl;
use crate::facts::{Documents, In};
use crate::observe::{By, What};
use crate::source::Place;

/// An interface that phones dial.
#[derive(Clone, Debug)]
pub struct GatewayInterface {
    /// The ASA's place in the list of devices.
    pub device: usize,
    /// Its `nameif`.
    pub name: String,
    /// Where its address, or its name where that alone is known, stands.
    pub place: Place,
    /// Its address.
    pub address: Option<IpAddr>,
    /// Where a phone dials this address; `None` where the interface is only guessed by its name.
    pub dialled: Option<Place>,
    /// Where it is shut down.
    pub shutdown: Option<Place>,
}

/// Every interface that phones dial; one that is guessed only where an ASA has none that is known.
pub fn of(
    documents: &Documents<'_>,
    devices: &[AsaDevice<'_>],
    urls: &[PhoneUrl<'_>],
) -> Vec<GatewayInterface> {
    let dialled = dialled(documents, urls);
    let mut all = Vec::new();
    for (device, asa) in devices.iter().enumerate() {
        let interfaces = asa
            .configs
            .iter()
            .flat_map(|config| config.document.interfaces.iter().map(move |interface| (*config, interface)));
        let known: Vec<_> = interfaces
            .clone()
            .filter_map(|(config, interface)| {
                let found = made(device, config, interface, None);
                let (_, place) = dialled.iter().find(|(address, _)| Some(*address) == found.address)?;
                Some(GatewayInterface { dialled: Some(place.clone()), ..found })
            })
            .collect();
        if known.is_empty() {
            let outside = interfaces.filter(|(_, it)| it.name.value.eq_ignore_ascii_case("outside"));
            all.extend(outside.take(1).map(|(config, it)| made(device, config, it, None)));
        } else {
            all.extend(known);
        }
    }
    all
}

/// Addresses that phones dial, each with the first place that shows it.
pub fn dialled(documents: &Documents<'_>, urls: &[PhoneUrl<'_>]) -> Vec<(IpAddr, Place)> {
    let mut all: Vec<(IpAddr, Place)> = Vec::new();
    let mut add = |address: IpAddr, place: Place| {
        if all.iter().all(|(known, _)| *known != address) {
            all.push((address, place));
        }
    };
    for url in urls {
        if let Some(address) = url.url.as_ref().and_then(|parts| parts.host.parse().ok()) {
            add(address, url.place.clone());
        }
    }
    for event in documents.observed_by(By::PhoneLog) {
        let What::Connecting { peer, .. } = event.what else { continue };
        if let Ok(address) = host_of(peer).parse() {
            add(address, event.place());
        }
    }
    all
}

/// A far end as a phone prints it, without its port: `192.0.2.1` of `192.0.2.1:443`.
pub fn host_of(peer: &str) -> &str {
    peer.rsplit_once(':').map_or(peer, |(host, _)| host).trim_matches(['[', ']'])
}

fn made(
    device: usize,
    config: In<'_, crate::documents::asa_config::AsaConfig>,
    interface: &Interface,
    dialled: Option<Place>,
) -> GatewayInterface {
    let seen = interface.address.as_ref().unwrap_or(&interface.name);
    GatewayInterface {
        device,
        name: interface.name.value.clone(),
        place: config.place(&seen.at),
        address: interface.address.as_ref().and_then(|address| address.value.parse().ok()),
        dialled,
        shutdown: interface.shutdown.as_ref().map(|shutdown| config.place(&shutdown.at)),
    }
}

#[cfg(test)]
mod tests {
    use crate::case::{Case, Said};
    use crate::testing::{now, readings};

    const ASA: &str = "ASA Version 9.1(1)\nhostname asa\ninterface GigabitEthernet0/0\n nameif outside\n ip address 192.0.2.1 255.255.255.0\n\
        interface GigabitEthernet0/1\n nameif isp2\n ip address 203.0.113.1 255.255.255.0\nwebvpn\n enable outside\n: end\n";

    fn interfaces_of(phone: &str) -> Vec<(String, bool)> {
        let (readings, said) = (readings(&[("asa.cfg", ASA), ("x", phone)]), Said::new());
        let case = Case::of(&readings, &said, now());
        case.gateway_interfaces.iter().map(|it| (it.name.clone(), it.dialled.is_some())).collect()
    }

    #[test]
    fn an_address_names_its_interface_and_a_name_leaves_a_guess() {
        let url =
            |host: &str| format!("<vpnGroup><addresses><url1>https://{host}/P</url1></addresses></vpnGroup>");
        assert_eq!(interfaces_of(&url("203.0.113.1")), [("isp2".to_owned(), true)]);
        assert_eq!(interfaces_of(&url("vpn.example.com")), [("outside".to_owned(), false)]);
        let log = "902: NOT 10:19:27.155936 VPNC: udp_connect: connecting to 203.0.113.1:443\n";
        assert_eq!(interfaces_of(log), [("isp2".to_owned(), true)]);
    }
}
