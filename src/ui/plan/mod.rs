//! What a change will do, before it is made: what is wanted, a matrix of phones and changes, what to do in which order.

#[cfg(target_arch = "wasm32")]
mod field;
#[cfg(target_arch = "wasm32")]
mod form;
#[cfg(target_arch = "wasm32")]
mod matrix;
mod model;
#[cfg(target_arch = "wasm32")]
mod view;
#[cfg(target_arch = "wasm32")]
mod work;

pub use model::{Planned, Planning};
#[cfg(target_arch = "wasm32")]
pub use view::PlanView;
#[cfg(target_arch = "wasm32")]
pub use work::{take, use_foretelling};
