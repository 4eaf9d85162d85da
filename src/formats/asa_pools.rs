//! `show ip local pool`: how many addresses are left.
//!
//! ```text
//! Begin           End             Mask            Free     Held     In use
//! 198.51.100.1    198.51.100.9    255.255.255.0       0        0        9
//! ```

use serde::{Deserialize, Serialize};

use crate::source::Seen;

/// The pools of one output.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsaPools {
    /// In order.
    pub pools: Vec<PoolUse>,
}

/// One pool.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolUse {
    /// The pool's name, from the command that printed it; may be empty.
    pub name: String,
    /// First address, and where the line stands.
    pub begin: Seen<String>,
    /// Last address.
    pub end: String,
    /// Addresses left.
    pub free: u32,
    /// Addresses in use.
    pub in_use: u32,
}
