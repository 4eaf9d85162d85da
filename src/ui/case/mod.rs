//! The case: verdict, ladder, findings with their evidence and fixes, files, and what is still needed.

mod banner;
#[cfg(target_arch = "wasm32")]
mod changes;
#[cfg(target_arch = "wasm32")]
mod comparison;
#[cfg(target_arch = "wasm32")]
mod evidence;
#[cfg(target_arch = "wasm32")]
mod files;
#[cfg(target_arch = "wasm32")]
mod finding;
#[cfg(target_arch = "wasm32")]
mod ladder;
#[cfg(target_arch = "wasm32")]
mod needed;
#[cfg(target_arch = "wasm32")]
mod path;
#[cfg(target_arch = "wasm32")]
mod questions;
#[cfg(target_arch = "wasm32")]
mod read_as;
#[cfg(target_arch = "wasm32")]
mod verdict;
#[cfg(target_arch = "wasm32")]
mod verdict_look;
#[cfg(target_arch = "wasm32")]
mod view;

#[cfg(target_arch = "wasm32")]
pub use finding::{FindingView, Shown, Unfolded};
#[cfg(target_arch = "wasm32")]
pub use verdict_look::verdict_look;
#[cfg(target_arch = "wasm32")]
pub use view::Case;
