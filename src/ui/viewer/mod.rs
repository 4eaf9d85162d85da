//! A line in its file, and the way to the next piece of evidence.

#[cfg(target_arch = "wasm32")]
mod find;
mod model;
#[cfg(target_arch = "wasm32")]
mod view;

pub use model::proofs;
#[cfg(target_arch = "wasm32")]
pub use view::Viewer;
