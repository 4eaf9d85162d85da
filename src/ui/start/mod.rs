//! Where a case begins, and the example that ships inside the page.

pub mod example;
#[cfg(target_arch = "wasm32")]
mod view;

#[cfg(target_arch = "wasm32")]
pub use view::Start;
