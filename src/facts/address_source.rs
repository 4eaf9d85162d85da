//! What gives the phones of a policy their addresses?
//!
//! Witnesses, of which any one is enough: `vpn-framed-ip-address` of the user; `dhcp-server` and `address-pool` of the
//! tunnel group; `address-pools` of the group policy, each with its `ip local pool`.
//!
//! Pools are used unless `no vpn-addr-assign local` stands in the configuration.
//!
//! Sources: Cisco 115785, "Address Pool"; ASA command reference, `address-pool`, `address-pools`, `dhcp-server` and
//! `vpn-addr-assign`.

use crate::diagnosis::Origin;
use crate::facts::asa_devices::AsaDevice;
use crate::facts::effective_policy::EffectivePolicy;
use crate::facts::tunnel_groups::{self, TunnelGroupLines};
use crate::source::{Place, Searched, Stated};
use crate::tables::policy_attributes::ADDRESS_POOLS;

/// What gives the addresses.
#[derive(Clone, Debug)]
pub enum AddressSource<'a> {
    /// Something does.
    Given,
    /// The configuration does not show whether anything does.
    NotShown,
    /// Nothing of this tunnel group does.
    Nothing(TunnelGroupLines<'a>),
    /// A pool that is there, and this line keeps the ASA from using it.
    Off(Place),
    /// A pool that is named and defined nowhere.
    Undefined {
        /// Its name, where it is named.
        pool: Stated<String>,
        /// The lines without a definition.
        searched: Searched,
    },
}

/// What gives the addresses of a policy's phones.
pub fn of_policy<'a>(device: &AsaDevice<'a>, policy: &EffectivePolicy<'a>) -> AddressSource<'a> {
    let Some(group) = policy.group else { return AddressSource::NotShown };
    let lines = || tunnel_groups::named(device, group.name());
    let framed = policy
        .user
        .is_some_and(|user| user.attributes.iter().any(|(name, _)| name.starts_with("vpn-framed-ip")));
    if framed || lines().any(|lines| lines.has_dhcp_server()) {
        return AddressSource::Given;
    }
    let of_policy = policy.setting(ADDRESS_POOLS);
    let mut pools: Vec<Stated<String>> =
        lines().flat_map(|lines| lines.address_pools().collect::<Vec<_>>()).collect();
    if let Some((setting, place)) = of_policy.and_then(|setting| Some((setting, setting.place.clone()?))) {
        let named = setting.named().unwrap_or_default().split_ascii_whitespace();
        pools.extend(named.map(|pool| Stated { value: pool.to_owned(), place: place.clone() }));
    }
    let defined =
        |pool: &Stated<String>| device.address_pools().any(|(_, known)| known.name.value == pool.value);
    match pools.iter().find(|pool| defined(pool)).or(pools.first()) {
        Some(pool) if !defined(pool) && device.covers("ip local pool") => {
            AddressSource::Undefined { pool: pool.clone(), searched: device.searched() }
        }
        Some(_) => {
            let mut off = device
                .configs
                .iter()
                .filter_map(|config| Some(config.place(&config.document.local_addresses_off.as_ref()?.at)));
            off.next().map_or(AddressSource::Given, AddressSource::Off)
        }
        None => {
            let shown =
                of_policy.is_some_and(|setting| setting.origin != Origin::Unknown || setting.value == "none");
            if shown && device.covers("tunnel-group") {
                AddressSource::Nothing(group)
            } else {
                AddressSource::NotShown
            }
        }
    }
}
