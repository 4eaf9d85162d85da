//! What redaction gives: the diagnosis, and which pseudonym stands for what.

use serde::{Deserialize, Serialize};

use crate::diagnosis::Diagnosis;

/// What becomes of addresses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(clap::ValueEnum))]
#[serde(rename_all = "kebab-case")]
pub enum Addresses {
    /// `IP-07`: nothing of an address is left.
    #[default]
    Opaque,
    /// Another address; two that began alike still do. Whoever knows some pairs can undo more of it.
    Topology,
}

/// A redacted diagnosis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redacted {
    /// The diagnosis, to be rendered like any other.
    pub diagnosis: Diagnosis,
    /// What stands for what; it never leaves with the report.
    pub map: Vec<Entry>,
    /// How many different secrets were left out. They are in no map.
    pub secrets: u32,
}

/// One pseudonym.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What is written, for example `HOST-01`.
    pub pseudonym: String,
    /// What it stands for, in one of its notations.
    pub original: String,
}
