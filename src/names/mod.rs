//! Names that several documents write in several ways, one parser each.

pub mod phone;
pub mod user;
