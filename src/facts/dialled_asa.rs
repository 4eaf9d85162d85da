//! Which of the case's ASAs does a phone's URL lead to?
//!
//! A VPN group of CUCM has up to three gateways, often at several sites, and a case may hold the configuration of one
//! of them alone. A URL that leads to another gateway says nothing of this one.
//!
//! Witnesses, the strongest first: the host of a `group-url`, whatever its path; the address of an interface or of the
//! cluster of `vpn load-balancing`; the address of an IOS router's gateway; and, for
//! an ASA that neither of them settles, a name in the certificate of one of its trust-points, or that it has no
//! group-url at all: then it may or may not be meant.
//!
//! Quirks: a name can be resolved by nobody here, and an address may be translated on the way. So a host that an ASA
//! does not know may still lead to it where nothing says otherwise: see [`Lead::Unknown`].
//!
//! Sources: CUCM feature configuration guide, VPN gateway and VPN group; ASA command reference, `group-url`.

use std::collections::BTreeSet;
use std::net::IpAddr;

use crate::documents::Holder;
use crate::facts::Documents;
use crate::facts::asa_devices::AsaDevice;
use crate::facts::certificates::CaseCertificate;
use crate::facts::gateway_urls::PhoneUrl;
use crate::url::GatewayUrl;

/// Where a URL leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lead {
    /// To these ASAs, by their places in the list of devices.
    Here(Vec<usize>),
    /// To a router, whose address it is.
    Router,
    /// To none of them: each knows other hosts, and not this one.
    Elsewhere,
    /// Nothing tells: an ASA is there that knows no hosts, or one whose certificate has this name.
    Unknown,
}

impl Lead {
    /// True where the URL leads to this ASA.
    pub fn is_to(&self, device: usize) -> bool {
        matches!(self, Self::Here(devices) if devices.contains(&device))
    }

    /// The ASAs that it leads to.
    pub fn here(&self) -> &[usize] {
        match self {
            Self::Here(devices) => devices,
            Self::Elsewhere | Self::Router | Self::Unknown => &[],
        }
    }

    /// True where it surely leads to another gateway than this ASA.
    pub fn passes_by(&self, device: usize) -> bool {
        match self {
            Self::Here(devices) => !devices.contains(&device),
            Self::Elsewhere | Self::Router => true,
            Self::Unknown => false,
        }
    }
}

/// The answer for each URL, in their order.
pub fn of(
    documents: &Documents<'_>,
    devices: &[AsaDevice<'_>],
    certificates: &[CaseCertificate<'_>],
    urls: &[PhoneUrl<'_>],
) -> Vec<Lead> {
    let known: Vec<Hosts<'_>> = devices.iter().map(|device| Hosts::of(device, certificates)).collect();
    let gateways = documents.ios_configs.iter().flat_map(|config| &config.document.gateways);
    // `192.0.2.1 port 443`
    let addresses = gateways.filter_map(|gateway| gateway.address.as_ref()?.value.split(' ').next());
    let routers: BTreeSet<IpAddr> = addresses.filter_map(|address| address.parse().ok()).collect();
    let is_router = |url: &GatewayUrl<'_>| url.host.parse().is_ok_and(|address| routers.contains(&address));
    let leads = urls.iter().map(|url| match &url.url {
        None => Lead::Unknown,
        Some(url) => match lead(&known, url) {
            Lead::Elsewhere | Lead::Unknown if is_router(url) => Lead::Router,
            lead => lead,
        },
    });
    leads.collect()
}

fn lead(known: &[Hosts<'_>], url: &GatewayUrl<'_>) -> Lead {
    let here: Vec<usize> =
        known.iter().enumerate().filter(|(_, hosts)| hosts.answers(url)).map(|(index, _)| index).collect();
    if !here.is_empty() {
        return Lead::Here(here);
    }
    let elsewhere = !known.is_empty() && known.iter().all(|hosts| hosts.excludes(url));
    if elsewhere { Lead::Elsewhere } else { Lead::Unknown }
}

/// What one ASA is called from outside.
struct Hosts<'a> {
    group_urls: Vec<&'a str>,
    addresses: Vec<IpAddr>,
    certified: Vec<&'a str>,
}

impl<'a> Hosts<'a> {
    fn of(device: &AsaDevice<'a>, certificates: &[CaseCertificate<'a>]) -> Self {
        let urls = device.tunnel_groups().flat_map(|(_, group)| &group.group_urls);
        let interfaces = device.configs.iter().flat_map(|config| &config.document.interfaces);
        let own = |known: &&CaseCertificate<'a>| {
            matches!(known.certificate.document.holder, Holder::Trustpoint { ca: false, .. })
                && device.configs.iter().any(|config| config.input == known.certificate.input)
        };
        let cluster = device
            .configs
            .iter()
            .filter_map(|config| config.document.load_balancing.as_ref()?.cluster_address.as_ref());
        let fields = certificates.iter().filter(own).filter_map(|known| {
            let document: &'a crate::documents::certificate::Certificate = known.certificate.document;
            document.fields.as_ref()
        });
        Self {
            group_urls: urls
                .filter_map(|(url, _)| GatewayUrl::parse(&url.value).map(|url| url.host))
                .collect(),
            addresses: interfaces
                .filter_map(|interface| interface.address.as_ref())
                .chain(cluster)
                .filter_map(|address| address.value.parse().ok())
                .collect(),
            certified: fields
                .flat_map(|fields| {
                    fields.common_names.iter().chain(&fields.dns_names).chain(&fields.addresses)
                })
                .map(String::as_str)
                .collect(),
        }
    }

    fn answers(&self, url: &GatewayUrl<'_>) -> bool {
        let address = url.host.parse::<IpAddr>().ok();
        self.group_urls.iter().any(|host| host.eq_ignore_ascii_case(url.host))
            || address.is_some_and(|address| self.addresses.contains(&address))
    }

    /// True where it has names of its own, and none of them is this one.
    fn excludes(&self, url: &GatewayUrl<'_>) -> bool {
        !self.group_urls.is_empty() && !self.certified.iter().any(|name| name.eq_ignore_ascii_case(url.host))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Case, Said};
    use crate::testing::{now, readings};

    fn asa(host: &str, address: &str) -> String {
        let url = if host.is_empty() {
            String::new()
        } else {
            format!("tunnel-group DESK webvpn-attributes\n group-url https://{host}/Desk enable\n")
        };
        format!(
            "ASA Version 9.1(1)\nhostname gw{}\ninterface GigabitEthernet0/0\n nameif outside\n ip address {address} \
             255.255.255.0\nwebvpn\n enable outside\ntunnel-group DESK type remote-access\n{url}: end\n",
            address.replace('.', "-")
        )
    }

    fn leads(asas: &[String], hosts: &[&str]) -> Vec<Lead> {
        let urls: String =
            (1..).zip(hosts).map(|(n, host)| format!("<url{n}>https://{host}/x</url{n}>")).collect();
        let phone = format!("<vpnGroup><addresses>{urls}</addresses></vpnGroup>");
        let files = asas.iter().map(|text| ("asa.cfg", text.as_str())).chain([("a.cnf.xml", phone.as_str())]);
        let (readings, said) = (readings(&files.collect::<Vec<_>>()), Said::new());
        Case::of(&readings, &said, now()).dialled_asas
    }

    #[test]
    fn a_host_leads_to_the_asa_that_knows_it() {
        let north = asa("north.example.com", "192.0.2.1");
        let south = asa("south.example.com", "198.51.100.1");
        let hosts = ["NORTH.example.com", "198.51.100.1", "west.example.com"];
        let two = [north.clone(), south];
        assert_eq!(leads(&two, &hosts), [Lead::Here(vec![0]), Lead::Here(vec![1]), Lead::Elsewhere]);
        assert_eq!(leads(&[north], &hosts), [Lead::Here(vec![0]), Lead::Elsewhere, Lead::Elsewhere]);
    }

    #[test]
    fn an_asa_that_knows_no_hosts_may_be_meant() {
        let nameless = asa("", "192.0.2.1");
        assert_eq!(
            leads(&[nameless], &["vpn.example.com", "192.0.2.1"]),
            [Lead::Unknown, Lead::Here(vec![0])]
        );
        assert_eq!(leads(&[], &["vpn.example.com"]), [Lead::Unknown]);
    }
}
