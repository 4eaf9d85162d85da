//! The search over a case.

#[cfg(target_arch = "wasm32")]
mod in_files;
mod model;
#[cfg(target_arch = "wasm32")]
mod view;

#[cfg(target_arch = "wasm32")]
pub use view::Search;
