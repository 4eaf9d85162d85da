//! Which group-urls does an ASA have, and how does each differ from what a phone dials?
//!
//! ```text
//! tunnel-group PHONES webvpn-attributes
//!  group-url https://vpn.example.com/Phones enable
//! ```
//! Witness: the tunnel groups of a configuration. It tells that there is none only where it would have shown it.
//!
//! Sources: Cisco 115785, "group-url"; ASA command reference, `group-url`.

use crate::documents::asa_config::AsaConfig;
use crate::facts::{Documents, In};
use crate::source::{Located, Searched, Stated};
use crate::url::{GatewayUrl, Part};

/// A configuration that shows group-urls, or would have shown them.
#[derive(Clone, Copy, Debug)]
pub struct GroupUrlOffers<'a> {
    config: In<'a, AsaConfig>,
}

/// A group-url, and how it differs from the one that a phone dials.
#[derive(Clone, Debug)]
pub struct GroupUrl<'a> {
    /// The tunnel group that it leads to.
    pub group: &'a str,
    /// As written.
    pub url: Stated<String>,
    /// It is not switched off.
    pub enabled: bool,
    /// The parts that differ.
    pub differs: Vec<Part>,
}

/// Every such configuration.
pub fn of<'a>(documents: &Documents<'a>) -> Vec<GroupUrlOffers<'a>> {
    let all = documents.asa_configs.iter().map(|config| GroupUrlOffers { config: *config });
    all.filter(|offers| offers.is_whole() || offers.has_urls()).collect()
}

impl<'a> GroupUrlOffers<'a> {
    /// The input that holds the configuration.
    pub fn input(&self) -> u32 {
        self.config.input
    }

    /// True where a group-url that is not in it does not exist.
    pub fn is_whole(&self) -> bool {
        self.config.document.scope.covers("tunnel-group")
    }

    /// True for the configuration of an SSL VPN gateway.
    pub fn serves_vpn(&self) -> bool {
        self.config.document.webvpn.is_some() || self.has_urls()
    }

    /// Its lines.
    pub fn searched(&self) -> Searched {
        self.config.searched()
    }

    /// Its group-urls beside the one that a phone dials. What is no URL is left out.
    pub fn compared_with(&self, dialled: &GatewayUrl<'_>) -> Vec<GroupUrl<'a>> {
        let mut all = Vec::new();
        for (group, url, enabled) in self.urls() {
            if let Some(own) = GatewayUrl::parse(&url.value) {
                let differs = own.differences(dialled);
                all.push(GroupUrl { group, url: self.config.stated(url), enabled, differs });
            }
        }
        all
    }

    fn has_urls(&self) -> bool {
        self.urls().next().is_some()
    }

    fn urls(&self) -> impl Iterator<Item = (&'a str, &'a Located<String>, bool)> {
        let groups = self.config.document.tunnel_groups.iter();
        groups.flat_map(|group| {
            group.group_urls.iter().map(move |(url, enabled)| (group.name.value.as_str(), url, *enabled))
        })
    }
}
