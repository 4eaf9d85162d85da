//! From what a person sees to a rule: the list of symptoms, and a wizard for each.

mod answers;
#[cfg(target_arch = "wasm32")]
mod list;
pub mod matching;
#[cfg(target_arch = "wasm32")]
mod paste;
#[cfg(target_arch = "wasm32")]
mod view;
#[cfg(target_arch = "wasm32")]
mod wizard;

pub use answers::WizardAnswers;
#[cfg(target_arch = "wasm32")]
pub use list::{Detail, Symptoms};
#[cfg(target_arch = "wasm32")]
pub use paste::{PasteField, Recognised};
#[cfg(target_arch = "wasm32")]
pub use view::Wizards;
#[cfg(target_arch = "wasm32")]
pub use wizard::Wizard;
