//! The licences of an ASA that phones depend on, by the names that `show version` has for them.
//!
//! Sources: Cisco 116162, "Licenses"; recorded outputs of ASA 8.0 (`AnyConnect for Linksys phone`, `WebVPN Peers`), 8.2
//! (`SSL VPN Peers`) and 8.3 and later.

/// A licence that phones depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    /// VPN phones may connect at all.
    VpnPhone,
    /// Sessions of the kind that phones take.
    Premium,
    /// The cheaper kind of session, which phones cannot use.
    Essentials,
}

/// Which licence a printed name is, in any case and with any blanks.
pub fn feature(name: &str) -> Option<Feature> {
    let name = name.split_ascii_whitespace().collect::<Vec<_>>().join(" ").to_ascii_lowercase();
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, feature)| *feature)
}

const NAMES: &[(&str, Feature)] = &[
    ("anyconnect for cisco vpn phone", Feature::VpnPhone),
    ("anyconnect for linksys phone", Feature::VpnPhone),
    ("anyconnect premium peers", Feature::Premium),
    ("ssl vpn peers", Feature::Premium),
    ("webvpn peers", Feature::Premium),
    ("anyconnect essentials", Feature::Essentials),
];
