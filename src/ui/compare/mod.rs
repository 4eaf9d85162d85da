//! What differs between a phone that works and one that fails, or between two of anything.

#[cfg(target_arch = "wasm32")]
mod choice;
mod model;
#[cfg(target_arch = "wasm32")]
mod table;
#[cfg(target_arch = "wasm32")]
mod view;
#[cfg(target_arch = "wasm32")]
mod work;

pub use model::{Compared, Comparing, works_and_fails};
#[cfg(target_arch = "wasm32")]
pub use view::CompareView;
#[cfg(target_arch = "wasm32")]
pub use work::{bring, use_comparing};
