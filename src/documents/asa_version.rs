//! What `show version` of an ASA prints, as it was read.

use serde::{Deserialize, Serialize};

use crate::source::{At, Located};
use crate::tables::licence_features;
use crate::tables::licence_features::Feature;

/// What `show version` prints.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsaVersion {
    /// The release as printed, for example `9.12(4)67`.
    pub version: Option<Located<String>>,
    /// The hardware, for example `ASA5516` or `ASAv`.
    pub hardware: Option<Located<String>>,
    /// How it is licensed, where licences come from an account and their lines have no duration: `Smart Licensing`.
    pub smart: Option<Located<String>>,
    /// `Unlicensed` or `Licensed`, where the platform says so.
    pub licence_state: Option<Located<String>>,
    /// `This platform has a Base license.`
    pub licence_sentence: Option<Located<String>>,
    /// Every licence line in order.
    pub licences: Vec<Licence>,
    /// Where the block of the failover cluster begins; its lines are then the ones in effect.
    pub failover_cluster: Option<At>,
}

/// One licence line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licence {
    /// The feature's name as printed, and where.
    pub name: Located<String>,
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

impl AsaVersion {
    /// The licence line that is in effect. `None` where it is not printed, as in an output that is cut.
    pub fn licence(&self, feature: Feature) -> Option<&Licence> {
        let block =
            if self.failover_cluster.is_some() { LicenceBlock::FailoverCluster } else { LicenceBlock::Own };
        self.licences.iter().find(|licence| licence.block == block && licence.feature() == Some(feature))
    }
}

impl Licence {
    /// Which of the licences that phones depend on it is.
    pub fn feature(&self) -> Option<Feature> {
        licence_features::feature(&self.name.value)
    }

    /// The number of sessions, where the value is one.
    pub fn number(&self) -> Option<u32> {
        self.value.parse().ok()
    }

    /// True for `Enabled`, false for `Disabled`, nothing for any other value.
    pub fn enabled(&self) -> Option<bool> {
        match self.value.to_ascii_lowercase().as_str() {
            "enabled" => Some(true),
            "disabled" => Some(false),
            _ => None,
        }
    }
}
