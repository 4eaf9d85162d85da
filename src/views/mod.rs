//! Rows for people: what facts say, put into the lists of a [`Diagnosis`](crate::diagnosis::Diagnosis). One list a file.

pub mod certificates;
pub mod chains;
pub mod in_order;
pub mod listed;
pub mod negotiation;
pub mod path;
pub mod phones;
pub mod policies;
pub mod questions;
pub mod sequence;
pub mod timeline;
pub mod way;
