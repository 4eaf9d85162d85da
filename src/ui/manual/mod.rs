//! The manual in the page: the same text as `docs/manual.en.md` and `docs/manual.de.md`, read when somebody opens it.

mod markup;
mod model;
#[cfg(target_arch = "wasm32")]
mod view;

#[cfg(target_arch = "wasm32")]
pub use view::Manual;
