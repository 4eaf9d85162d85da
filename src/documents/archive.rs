//! The members of an archive, as they were listed.

use serde::{Deserialize, Serialize};

use crate::input::InputState;

/// What an archive holds, where [`digests`](crate::limits::ArchiveLimits::digests) were asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// Every member in the order of the archive, folders and links included.
    pub members: Vec<Listed>,
}

/// One member.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Its name as it stands there; it is no path.
    pub name: String,
    /// Bytes of content that could be unpacked.
    pub bytes: u64,
    /// Their SHA-256 in hex, where anything could be unpacked.
    pub sha256: Option<String>,
    /// How much of it that is.
    pub state: InputState,
}
