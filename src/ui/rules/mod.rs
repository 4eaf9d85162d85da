//! The catalogue of rules.

#[cfg(target_arch = "wasm32")]
mod card;
#[cfg(target_arch = "wasm32")]
mod view;

#[cfg(target_arch = "wasm32")]
pub use card::{RuleRow, catalogue, general, rule_body};
#[cfg(target_arch = "wasm32")]
pub use view::Rules;
