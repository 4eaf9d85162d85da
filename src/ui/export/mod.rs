//! What leaves the page because a person asks for it: saved reports, copied findings, and the map of a redaction.

#[cfg(target_arch = "wasm32")]
mod copy_excerpt;
#[cfg(target_arch = "wasm32")]
mod dialog;
#[cfg(target_arch = "wasm32")]
mod map;
mod model;
#[cfg(target_arch = "wasm32")]
pub mod outgoing;
#[cfg(target_arch = "wasm32")]
mod preview;
mod replaced;
#[cfg(target_arch = "wasm32")]
mod sheets;

#[cfg(target_arch = "wasm32")]
pub use copy_excerpt::CopyExcerpt;
#[cfg(target_arch = "wasm32")]
pub use dialog::Save;
pub use model::{Change, Excerpt, Names, Saving};
#[cfg(target_arch = "wasm32")]
pub use outgoing::use_redaction;
#[cfg(target_arch = "wasm32")]
pub use sheets::Sheets;
