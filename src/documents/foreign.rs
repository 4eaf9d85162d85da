//! What an input seems to be that no format reads.

use serde::{Deserialize, Serialize};

use crate::source::At;
use crate::tables::foreign_files;
use crate::tables::foreign_files::ForeignFile;

/// An input of another kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foreign {
    /// The id of its row in [`crate::tables::foreign_files`].
    pub id: String,
    /// The line or byte that tells it.
    pub at: At,
}

impl Foreign {
    /// Its row.
    pub fn row(&self) -> Option<&'static ForeignFile> {
        foreign_files::by_id(&self.id)
    }
}
