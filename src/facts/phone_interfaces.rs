//! Which interfaces with webvpn do phones connect to, and is a trust-point bound there?
//!
//! `webvpn` is often enabled on more interfaces than phones dial: inside for browsers, or a second line. Witnesses, the
//! strongest first: a phone's URL leads to the interface; it is called outside, and none has a trust-point of its own;
//! it is the only one, or all are alike; it is called outside; the phones' URLs lead somewhere.
//!
//! Quirks: `ssl trust-point NAME domain HOST` is for clients that name that host in their first message (SNI), and for no
//! others. No document says whether phones do; a host that is an address is never named. `ssl trust-point NAME INTERFACE
//! vpnlb-ip` is for the load-balancing cluster's address alone: whoever dials the interface's own is not shown it.
//!
//! Sources: Cisco 116162, "Certificates on the ASA"; ASA command reference, `ssl trust-point`.

use std::collections::BTreeSet;

use crate::documents::asa_config::AsaConfig;
use crate::facts::asa_devices::AsaDevice;
use crate::facts::gateway_address::GatewayInterface;
use crate::facts::gateway_urls::PhoneUrl;
use crate::facts::webvpn::{self, WebvpnBlock};
use crate::facts::{Documents, In, recordings};
use crate::source::{Searched, Stated};

/// An interface that phones connect to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneInterface {
    /// Its name, where webvpn is enabled on it.
    pub name: Stated<String>,
    /// Phones dial it, or there is no other.
    pub is_dialled: bool,
    /// `ssl trust-point … <interface>`, or one for all interfaces; one for a domain or a cluster is neither.
    pub has_trustpoint: bool,
    /// `ssl trust-point … <interface> vpnlb-ip`.
    pub of_cluster: Option<Stated<String>>,
    /// `ssl trust-point … domain <host>`: hosts for which this ASA has one, those that phones dial first; some of them
    /// where there are many.
    pub by_name: Vec<Stated<String>>,
    /// Phones dial one of these hosts, or it is not known what they dial.
    pub may_be_named: bool,
    /// The lines of its configuration.
    pub searched: Searched,
}

/// Every such interface of the configurations that show what is bound.
pub fn of(
    documents: &Documents<'_>,
    devices: &[AsaDevice<'_>],
    gateways: &[GatewayInterface],
    urls: &[PhoneUrl<'_>],
) -> Vec<PhoneInterface> {
    let mut all = Vec::new();
    let hosts = recordings::dialled_hosts(urls);
    for config in documents.asa_configs.iter().filter(|config| config.document.scope.covers("ssl")) {
        // Without webvpn this ASA serves no phones.
        let Some(block) = webvpn::of_config(config) else { continue };
        let own = |device: &AsaDevice<'_>| device.configs.iter().any(|known| known.input == config.input);
        let device = devices.iter().position(own);
        let dialled: Vec<&str> = gateways
            .iter()
            .filter(|gateway| Some(gateway.device) == device && gateway.dialled.is_some())
            .map(|gateway| gateway.name.as_str())
            .collect();
        all.extend(connected(*config, block, &dialled, &hosts));
    }
    all
}

fn connected(
    config: In<'_, AsaConfig>,
    block: WebvpnBlock<'_>,
    dialled: &[&str],
    hosts: &BTreeSet<String>,
) -> Vec<PhoneInterface> {
    let trust_points = &config.document.ssl.trust_points;
    let domains = trust_points.iter().filter_map(|bound| Some((bound, bound.domain.as_ref()?)));
    let mut by_name: Vec<Stated<String>> = domains
        .map(|(bound, domain)| Stated { value: domain.clone(), place: config.place(&bound.name.at) })
        .collect();
    let is_dialled = |host: &Stated<String>| hosts.contains(&host.value.to_ascii_lowercase());
    let may_be_named = !by_name.is_empty() && hosts.is_empty() || by_name.iter().any(is_dialled);
    by_name.sort_by_key(|host| !is_dialled(host));
    // Every interface has them.
    by_name.truncate(HOSTS);
    let mut all: Vec<PhoneInterface> = block
        .interfaces()
        .into_iter()
        .map(|name| {
            let has_trustpoint = trust_points.iter().any(|bound| bound.is_for(&name.value));
            let mut clusters = trust_points.iter().filter(|bound| bound.of_cluster);
            let of_cluster = clusters
                .find(|bound| bound.interface.as_ref() == Some(&name.value))
                .map(|bound| Stated { value: bound.name.value.clone(), place: config.place(&bound.name.at) });
            let (by_name, searched) = (by_name.clone(), config.searched());
            PhoneInterface {
                name,
                is_dialled: true,
                has_trustpoint,
                of_cluster,
                by_name,
                may_be_named,
                searched,
            }
        })
        .collect();
    if !dialled.is_empty() {
        all.retain(|interface| dialled.contains(&interface.name.value.as_str()));
        return all;
    }
    let bound = all.iter().filter(|interface| interface.has_trustpoint).count();
    let outside = all.iter().position(|interface| interface.name.value.eq_ignore_ascii_case(OUTSIDE));
    // Bound to outside and not enabled there: which of the two is amiss, the binding does not tell.
    let is_bound_outside = trust_points
        .iter()
        .any(|bound| bound.interface.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(OUTSIDE)));
    if outside.is_none() && is_bound_outside && bound == 0 {
        all.iter_mut().for_each(|interface| interface.is_dialled = false);
        return all;
    }
    if let Some(outside) = outside {
        if bound == 0 || all.len() > 1 && bound < all.len() {
            let interface = all.swap_remove(outside);
            return vec![PhoneInterface { is_dialled: bound == 0, ..interface }];
        }
        return all;
    }
    if all.len() > 1 && bound > 0 && bound < all.len() {
        // The person can only be asked for a URL with an address where there is no URL yet.
        all.iter_mut().for_each(|interface| interface.is_dialled = false);
        all.retain(|_| !hosts.is_empty());
    }
    all
}

/// Hosts that are named for one interface.
const HOSTS: usize = 8;

/// What the interface to the internet is most often called.
const OUTSIDE: &str = "outside";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Case, Said};
    use crate::testing::{now, readings};

    #[test]
    fn of_many_domains_each_interface_names_few_and_the_dialled_one_first() {
        let interfaces: String = (0..3).map(|number| format!(" enable if{number}\n")).collect();
        let domains: String =
            (0..20).map(|number| format!("ssl trust-point TP domain h{number}.example.com\n")).collect();
        let asa = format!("ASA Version 9.8(4)\nhostname asa\n{domains}webvpn\n{interfaces}: end\n");
        let phone = "<vpnGroup><addresses><url1>https://h17.example.com/P</url1></addresses></vpnGroup>";
        let (read, said) = (readings(&[("asa.cfg", &asa), ("phone.xml", phone)]), Said::new());
        let case = Case::of(&read, &said, now());
        let all = case.phone_interfaces();
        assert_eq!(all.len(), 3);
        for interface in all {
            assert_eq!((interface.by_name.len(), interface.may_be_named), (HOSTS, true));
            assert_eq!(interface.by_name[0].value, "h17.example.com");
        }
    }

    /// Name, dialled and trust-point of each interface.
    fn interfaces(lines: &str) -> Vec<(String, bool, bool)> {
        let text = format!("ASA Version 9.8(4)\nhostname asa\n{lines}: end\n");
        let read = readings(&[("asa.cfg", &text)]);
        let said = Said::new();
        let case = Case::of(&read, &said, now());
        let all = of(&case.documents, &case.asa_devices, &case.gateway_interfaces, &case.gateway_urls);
        all.into_iter().map(|it| (it.name.value, it.is_dialled, it.has_trustpoint)).collect()
    }

    #[test]
    fn the_interface_called_outside_counts_where_nothing_is_dialled() {
        let is = |name: &str, dialled, bound| (name.to_owned(), dialled, bound);
        let both = "webvpn\n enable outside\n enable inside\n";
        for (lines, wanted) in [
            (both.to_owned(), vec![is("outside", true, false)]),
            (format!("ssl trust-point A inside\n{both}"), vec![is("outside", false, false)]),
            (format!("ssl trust-point A\n{both}"), vec![is("outside", true, true), is("inside", true, true)]),
            ("webvpn\n enable dmz\n".to_owned(), vec![is("dmz", true, false)]),
            ("ssl trust-point A dmz\nwebvpn\n enable dmz\n enable inside\n".to_owned(), Vec::new()),
        ] {
            assert_eq!(interfaces(&lines), wanted, "{lines}");
        }
    }
}
