//! Archives as tools and tapes leave them: each made byte by byte here, read in chunks of many sizes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod damage;
mod gzip;
mod made;
mod stopping;
mod tar;
#[path = "../truth/unpacked.rs"]
mod unpacked;
mod zip;
