//! TODO: what it is, who writes it, and when it is handed over.
//!
//! ```text
//! TODO: a few lines of it, with names and addresses of one's own
//! ```
//! TODO: what empty means, its quirks, its sources with their sections.

use crate::formats::{Claim, Format, How, Parsed, Sample, Share};
use crate::input::Kind;
use crate::limits::Limits;
use crate::lines::quoted;

/// The format.
pub const FORMAT: Format = Format { name: "{file}", recognise, most: 100, read: How::Whole(read) };

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    let line = sample.text.unlogged_lines().find(|line| line.text.starts_with(SIGN))?;
    // TODO: a kind of its own in `src/input.rs`, with its name in both languages.
    let kind = Kind::Unknown;
    Some(Claim { kind, strength: 90, because: quoted(SIGN, line.number), share: Share::Mixed })
}

fn read(_sample: &Sample<'_>, _limits: &Limits) -> Parsed {
    // TODO: what it says, each value with its place, as a type in `src/documents/` and a variant of `Content`.
    Parsed::read(Vec::new())
}

/// TODO: what an unmistakable line of it begins with.
const SIGN: &str = "TODO";
