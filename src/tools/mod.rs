//! Tools: pure functions behind the page's tool pages and the command line.

pub mod collection;
pub mod collection_script;
pub mod explain;
pub mod hash;
pub mod renewal;
pub mod sift;
pub mod summary;
