//! A hash as it was read from a text, or what came closest to one.

use super::{Algorithm, Notation};

/// A hash, or what came closest to one.
#[derive(Clone, Debug, Default)]
pub(super) struct Candidate {
    /// The bytes, where it is a hash.
    pub bytes: Option<Vec<u8>>,
    /// How it was written.
    pub notation: Option<Notation>,
    /// The algorithm that its label names.
    pub label: Option<Algorithm>,
    /// The words before it.
    pub before: String,
    /// Digits or characters without separators.
    pub digits: String,
}

/// Fewer digits are a time of day or a line number, not a damaged hash.
pub(super) const SHORTEST: usize = 12;
