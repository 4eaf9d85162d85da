//! What `show ip local pool` prints, as it was read.

use serde::{Deserialize, Serialize};

use crate::source::Located;

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
    pub begin: Located<String>,
    /// Last address.
    pub end: String,
    /// Addresses left.
    pub free: u32,
    /// Addresses that were just given back and are not given out yet.
    pub held: u32,
    /// Addresses in use.
    pub in_use: u32,
}
