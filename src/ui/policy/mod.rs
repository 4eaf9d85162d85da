//! What the group policies do to the phones.

#[cfg(target_arch = "wasm32")]
mod table;
#[cfg(target_arch = "wasm32")]
mod view;

#[cfg(target_arch = "wasm32")]
pub use table::PolicyTable;
#[cfg(target_arch = "wasm32")]
pub use view::Policy;
