//! Which phone differs? Two phones, cases, configurations or captures side by side: what differs, and what of it matters.
//!
//! ```text
//! readings a ─► items: what, value, line ┐
//! readings b ─► items: what, value, line ┴─► differences, the most telling first
//! ```
//! Each side is diagnosed like any other case. What a rule found on one side alone, in the very line that differs, is
//! likely why one of them works; what rules and documents say a phone depends on is possible; the rest cannot matter.
//! Where a side has several phones, a value stands for all of them.

mod asa;
mod difference;
mod items;
mod join;
mod phones;
pub mod render;
mod sides;
mod wire;

pub use difference::{Comparison, Difference, Matters, Side};
pub use join::compare;
pub use sides::of_phone;
