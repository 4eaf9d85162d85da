//! Which version, suite and certificate phones and ASA agree on.

#[cfg(target_arch = "wasm32")]
mod table;
#[cfg(target_arch = "wasm32")]
mod view;

#[cfg(target_arch = "wasm32")]
pub use table::NegotiationTable;
#[cfg(target_arch = "wasm32")]
pub use view::Negotiation;
