//! `show version` of an ASA: release, hardware and licences.
//!
//! ```text
//! Cisco Adaptive Security Appliance Software Version 9.1(1)
//! Hardware:   ASA5510, 1024 MB RAM, CPU Pentium 4 Celeron 1600 MHz
//! AnyConnect Premium Peers          : 2              perpetual
//! AnyConnect for Cisco VPN Phone    : Disabled       perpetual
//! ```

use serde::{Deserialize, Serialize};

use crate::source::Seen;

/// What `show version` prints.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsaVersion {
    /// The release as printed, for example `9.12(4)67`.
    pub version: Option<Seen<String>>,
    /// The hardware, for example `ASA5516` or `ASAv`.
    pub hardware: Option<Seen<String>>,
    /// Its licences are smart ones: their lines have no duration.
    pub smart: Option<Seen<String>>,
    /// `This platform has a Base license.`
    pub licence_sentence: Option<Seen<String>>,
    /// Every licence line in order.
    pub licences: Vec<Licence>,
}

/// One licence line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licence {
    /// The feature's name as printed, and where.
    pub name: Seen<String>,
    /// `Enabled`, `Disabled` or a number, as printed.
    pub value: String,
    /// Days left, where the line is time-based.
    pub days_left: Option<u32>,
    /// The block that holds the line.
    pub block: LicenceBlock,
}

/// The block of licence lines; a failover pair prints its own limits and, after them, those in effect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LicenceBlock {
    /// `Licensed features for this platform:` or `… for this user context:`, or no title at all.
    #[default]
    Own,
    /// `Failover cluster licensed features for this platform:`: in effect where it is printed.
    FailoverCluster,
}
