//! All that speaks to the browser itself, except the workers: storage, address, clipboard, drops, its "back".

#[cfg(target_arch = "wasm32")]
pub mod back;
#[cfg(target_arch = "wasm32")]
pub mod drops;
#[cfg(target_arch = "wasm32")]
pub mod effects;
#[cfg(target_arch = "wasm32")]
pub mod held;
#[cfg(target_arch = "wasm32")]
pub mod panic;

#[cfg(target_arch = "wasm32")]
pub use drops::Taken;
