//! What pages are made of.

mod bytes;
mod comparison;
mod copy;
mod device;
mod evidence;
mod files;
mod finding;
mod fix;
mod keys;
mod ladder;
mod prose;
mod save;
mod shell;
mod states;
mod verdict;
mod waiting;

pub use bytes::{Aligned, Lane};
pub use copy::Copy;
pub use device::Device;
pub use files::Files;
pub use finding::{FindingView, Unfolded};
pub use keys::Keys;
pub use ladder::Ladder;
pub use prose::Prose;
pub use save::Save;
pub use shell::{Foot, Head};
pub use states::{Look, severity as severity_look};
pub use verdict::VerdictView;
pub use waiting::{Bring, HowTo};
