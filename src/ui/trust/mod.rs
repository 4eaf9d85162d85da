//! What is promised about data, and how to check it.

#[cfg(target_arch = "wasm32")]
mod file;
#[cfg(target_arch = "wasm32")]
mod leak_test;
mod leaks;
#[cfg(target_arch = "wasm32")]
mod licences;
#[cfg(target_arch = "wasm32")]
mod policy;
#[cfg(target_arch = "wasm32")]
mod view;

#[cfg(target_arch = "wasm32")]
pub use view::Trust;
