//! The keyboard: what each key does where, and the list of keys.

mod model;
#[cfg(target_arch = "wasm32")]
mod view;

pub use model::{Does, Here};
#[cfg(target_arch = "wasm32")]
pub use view::Keys;
