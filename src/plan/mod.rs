//! A planned change, foretold: what breaks, for which phone, at which stage, and what to do first.
//!
//! ```text
//! readings ─► without events ─► changed ─► diagnose ─┐
//!     └────► diagnose (today, logs included) ────────┴─► today → after, a row a phone
//! ```
//! The changed case is diagnosed by the same rules as any other. What they find is why something *breaks*. That a phone
//! still *connects* is never concluded from their silence: it takes a log or a list of sessions that shows that it
//! connects today, and for each stage that the change touches a proof that it does so afterwards (`proof.rs`).
//! Everything else is *unknown*, and says what is missing.
//!
//! Logs, captures and lists of sessions tell of the past: they say how it is today, and are left out of the changed case.

mod apply;
mod certificates;
pub mod change;
mod configuration;
mod events;
mod first;
mod foretell;
pub mod merge;
mod migrate;
mod offers;
mod origins;
mod outcome;
mod phone_files;
mod proof;
pub mod render;
mod rows;
mod today;
mod typed;
mod values;
mod weigh;

pub use change::{Change, Key, NotAChange};
pub use foretell::plan;
pub use offers::{Offer, offers};
pub use outcome::{Changed, Outcome, Plan, Row, Will};
