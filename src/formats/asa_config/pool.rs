//! `ip local pool`: addresses for VPN clients.
//!
//! ```text
//! ip local pool PHONES 198.51.100.1-198.51.100.50 mask 255.255.255.0
//! ```

use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use super::commands::Command;
use crate::source::Located;

/// A pool.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressPool {
    /// Its name, and where it stands.
    pub name: Located<String>,
    /// First address.
    pub first: String,
    /// Last address; the first one where the line names only one.
    pub last: String,
}

impl AddressPool {
    /// How many addresses it holds; `None` where they cannot be counted.
    pub fn size(&self) -> Option<u32> {
        let number = |text: &str| text.parse::<Ipv4Addr>().ok().map(u32::from);
        number(&self.last)?.checked_sub(number(&self.first)?)?.checked_add(1)
    }
}

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
