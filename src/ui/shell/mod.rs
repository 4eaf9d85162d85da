//! What stands around every view: head, foot, and the strip of the case.

#[cfg(target_arch = "wasm32")]
mod frame;
#[cfg(target_arch = "wasm32")]
mod strip;

#[cfg(target_arch = "wasm32")]
pub use frame::{Foot, Head};
#[cfg(target_arch = "wasm32")]
pub use strip::Strip;
