//! `ip local pool`: addresses for VPN clients.
//!
//! ```text
//! ip local pool PHONES 198.51.100.1-198.51.100.50 mask 255.255.255.0
//! ```

use std::net::Ipv4Addr;

use super::commands::Command;
use crate::documents::asa_config::AddressPool;
use crate::source::Located;

/// Reads what follows `ip local pool`.
pub(super) fn pool(command: &Command<'_>, words: &[&str]) -> Option<AddressPool> {
    let [name, range, ..] = words else { return None };
    let (first, last) = range.split_once('-').unwrap_or((range, range));
    first.parse::<Ipv4Addr>().ok()?;
    Some(AddressPool {
        name: Located::new((*name).to_owned(), command.at()),
        first: first.to_owned(),
        last: last.to_owned(),
    })
}
