//! What views are made of: each shows one kind of thing, and knows no view.

#[cfg(target_arch = "wasm32")]
mod bytes;
#[cfg(target_arch = "wasm32")]
mod cited;
#[cfg(target_arch = "wasm32")]
mod copy;
#[cfg(target_arch = "wasm32")]
mod device;
#[cfg(target_arch = "wasm32")]
mod drop_zone;
#[cfg(target_arch = "wasm32")]
pub mod fix;
#[cfg(target_arch = "wasm32")]
mod how_to;
#[cfg(target_arch = "wasm32")]
pub mod icons;
#[cfg(target_arch = "wasm32")]
mod instructions;
#[cfg(target_arch = "wasm32")]
mod line;
mod pace;
#[cfg(target_arch = "wasm32")]
mod progress;
#[cfg(target_arch = "wasm32")]
mod prose;
#[cfg(target_arch = "wasm32")]
mod sample;
#[cfg(target_arch = "wasm32")]
mod script;
#[cfg(target_arch = "wasm32")]
pub mod states;
#[cfg(target_arch = "wasm32")]
mod terms;
mod visible;
pub mod words;

#[cfg(target_arch = "wasm32")]
pub use bytes::{Aligned, Lane};
#[cfg(target_arch = "wasm32")]
pub use cited::cited;
#[cfg(target_arch = "wasm32")]
pub use copy::Copy;
#[cfg(target_arch = "wasm32")]
pub use device::Device;
#[cfg(target_arch = "wasm32")]
pub use drop_zone::DropZone;
#[cfg(target_arch = "wasm32")]
pub use fix::{Commands, Fixes};
#[cfg(target_arch = "wasm32")]
pub use how_to::{Gather, HowTo};
#[cfg(target_arch = "wasm32")]
pub use icons::{Icon, icon};
#[cfg(target_arch = "wasm32")]
pub use line::{Line, explained};
#[cfg(target_arch = "wasm32")]
pub use progress::running;
#[cfg(target_arch = "wasm32")]
pub use prose::Prose;
#[cfg(target_arch = "wasm32")]
pub use sample::sample;
#[cfg(target_arch = "wasm32")]
pub use script::Scripts;
#[cfg(target_arch = "wasm32")]
pub use states::Look;
#[cfg(target_arch = "wasm32")]
pub use terms::Terms;
pub use words::{counted, sentence_case};
