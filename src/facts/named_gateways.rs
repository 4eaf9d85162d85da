//! Is a certificate that lies loose among the files that of the gateway which a phone dials?
//!
//! ```text
//! north.pem    CN=north.example.com      url1 https://north.example.com/Phones      likely
//!                                        url1 https://south.example.com/Phones      no, where another phone dials north
//! ```
//! Nothing but its names tells whose such a file is. Witnesses, the strongest first: it names a host that the phone
//! dials; it names a host that another phone dials; it names some host, and none that is dialled.
//!
//! Empty: a phone that dials an address may dial any name, and a certificate without a host's name (`CN=ciscoasa`) may be
//! any gateway's.
//!
//! Sources: RFC 6125, section 6.4 (names and wildcards); Cisco 116162, certificate on the ASA.

use std::collections::BTreeSet;
use std::net::IpAddr;

use crate::facts::certificates::CaseCertificate;
use crate::facts::gateway_urls::PhoneUrl;

/// How a certificate's names fit what a phone dials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It names a host that the phone dials, or its names tell nothing.
    MayBe,
    /// It names other hosts, and may be of that gateway all the same.
    Doubtful,
    /// It names a gateway that another phone dials, and none of this one's.
    Another,
}

/// Hosts that are dialled.
#[derive(Debug, Default)]
pub struct Dialled {
    hosts: BTreeSet<String>,
    /// What follows the first word of each: what a wildcard names.
    domains: BTreeSet<String>,
}

/// The hosts of some urls.
pub fn of(urls: &[PhoneUrl<'_>]) -> Dialled {
    let hosts = urls.iter().filter_map(|url| Some(url.url.as_ref()?.host.to_ascii_lowercase()));
    let hosts: BTreeSet<String> = hosts.collect();
    let domains = hosts.iter().filter_map(|host| Some(host.split_once('.')?.1.to_owned())).collect();
    Dialled { hosts, domains }
}

/// Every name of a certificate, in small letters.
pub fn names_of(known: &CaseCertificate<'_>) -> Vec<String> {
    known.host_names().unwrap_or_default().iter().map(|name| name.to_ascii_lowercase()).collect()
}

impl Dialled {
    /// True where one of the names is one of these hosts.
    pub fn meets(&self, names: &[String]) -> bool {
        names.iter().any(|name| match name.strip_prefix("*.") {
            Some(domain) => self.domains.contains(domain),
            None => self.hosts.contains(name),
        })
    }

    /// How names fit the hosts of one phone; `is_dialled` where some phone of the case dials one of them.
    pub fn fit(&self, names: &[String], is_dialled: bool) -> Fit {
        let is_host = |name: &String| name.contains('.') && !name.contains([' ', '@']);
        if self.hosts.is_empty() || self.meets(names) || !names.iter().any(is_host) {
            return Fit::MayBe;
        }
        let by_address = self.hosts.iter().any(|host| host.parse::<IpAddr>().is_ok());
        match (by_address, is_dialled) {
            (false, true) => Fit::Another,
            (true, false) => Fit::MayBe,
            _ => Fit::Doubtful,
        }
    }
}
