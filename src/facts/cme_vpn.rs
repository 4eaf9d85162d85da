//! Does a CME give its phones a VPN group?
//!
//! ```text
//! voice service voip
//!  vpn-group 1
//!   vpn-gateway 1 https://vpn.example.com/Phones
//! ephone 7
//!  vpn-group 1
//! ```
//! Witness: the whole configuration of a router whose call control is on. A number that no group has is as good as none.
//! CME 8.5 is the first that can, with IOS 15.1.
//!
//! Sources: Cisco Unified CME administrator guide, "SSL VPN Client for SCCP IP Phones".

use crate::documents::cme_config::CmeConfig;
use crate::facts::{Documents, In};
use crate::source::{Located, Place, Searched, Stated};

/// What a CME gives its phones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CmeVpn {
    /// The line that makes the router a CME.
    pub service: Place,
    /// The lines of its configuration.
    pub searched: Searched,
    /// There is a group with a gateway.
    pub has_group: bool,
    /// Phones that get no group.
    pub without: Vec<PhoneWithoutGroup>,
    /// Some phone gets a group, or there is no phone at all.
    pub some_get_it: bool,
    /// The release, where it is older than the first that can.
    pub too_old: Option<Stated<String>>,
}

/// An `ephone` that gets no group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneWithoutGroup {
    /// Its name and first line.
    pub name: Stated<String>,
    /// The group that it names, which is not there.
    pub unknown_group: Option<Place>,
}

/// Every CME whose whole configuration is in the case.
pub fn of(documents: &Documents<'_>) -> Vec<CmeVpn> {
    documents.cme_configs.iter().filter_map(of_config).collect()
}

fn of_config(cme: &In<'_, CmeConfig>) -> Option<CmeVpn> {
    let document = cme.document;
    let service = document.service.as_ref().filter(|_| document.whole)?;
    let exists = |named: &Located<String>| document.groups.iter().any(|group| group.value == named.value);
    let without: Vec<_> = document
        .phones
        .iter()
        .filter(|phone| !phone.vpn_group.as_ref().is_some_and(exists) && phone.template.is_none())
        .map(|phone| PhoneWithoutGroup {
            name: cme.stated(&phone.name),
            unknown_group: phone.vpn_group.as_ref().map(|named| cme.place(&named.at)),
        })
        .collect();
    Some(CmeVpn {
        service: cme.place(&service.at),
        searched: Searched::lines(cme.input, document.lines),
        has_group: !document.groups.is_empty() && !document.gateways.is_empty(),
        some_get_it: without.len() < document.phones.len() || document.phones.is_empty(),
        without,
        too_old: document
            .release
            .as_ref()
            .filter(|release| is_too_old(&release.value))
            .map(|release| cme.stated(release)),
    })
}

/// `12.4`, `15.0`: before the first release whose CME gives phones a VPN group.
fn is_too_old(release: &str) -> bool {
    let mut numbers = release.split(|sign: char| !sign.is_ascii_digit()).map(|part| part.parse::<u32>().ok());
    match (numbers.next().flatten(), numbers.next().flatten()) {
        (Some(major), Some(minor)) => (major, minor) < (15, 1),
        _ => false,
    }
}
