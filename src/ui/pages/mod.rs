//! What an address shows.

mod case;
mod certificates;
mod hash;
mod rules;
mod start;
mod timeline;
mod trust;

pub use case::Case;
pub use certificates::Certificates;
pub use hash::Hash;
pub use rules::Rules;
pub use start::Start;
pub use timeline::Timeline;
pub use trust::Trust;
