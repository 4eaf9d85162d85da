//! The blocks of a phone's configuration that may hold one setting, and the pages of CUCM that they come from.
//!
//! Sources: usecallmanager.nz, SEPMAC.cnf.xml, `vendorConfig`, `commonConfig` and `enterpriseConfig`; CUCM system
//! configuration guide, "Configure the Common Phone Profile" and "Enterprise Phone Configuration".

use serde::{Deserialize, Serialize};

/// The three blocks that may hold one setting; the first that has it wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Block {
    /// `vendorConfig`: the device's own.
    Device,
    /// `commonConfig`: the common phone profile's.
    Common,
    /// `enterpriseConfig`.
    Enterprise,
}
