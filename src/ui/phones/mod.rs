//! What the evidence shows of each phone.

mod model;
#[cfg(target_arch = "wasm32")]
mod table;
#[cfg(target_arch = "wasm32")]
mod view;

pub use model::{Count, at_stage};
#[cfg(target_arch = "wasm32")]
pub use table::PhonesTable;
#[cfg(target_arch = "wasm32")]
pub use view::Phones;
