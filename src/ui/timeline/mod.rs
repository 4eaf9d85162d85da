//! What happened, in order.

mod model;
#[cfg(target_arch = "wasm32")]
mod sequence;
#[cfg(target_arch = "wasm32")]
mod view;

#[cfg(target_arch = "wasm32")]
pub use view::Timeline;
