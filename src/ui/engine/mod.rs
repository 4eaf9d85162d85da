//! The page's side of the workers: typed jobs out, typed answers in.
//!
//! `jobs` asks, in the types of the library's `engine`; `workers` carries the bytes, and knows nothing of what they say.

mod failure;
mod jobs;
mod source;
mod workers;

pub use failure::{Failure, at_place};
pub use jobs::{Pending, engine};
pub use source::Source;
pub use workers::{Program, Ticket, workers};
