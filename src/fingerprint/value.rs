//! One hash of a text, or why there is none.

use serde::{Deserialize, Serialize};

use super::kinds::{Algorithm, LooksLike, Notation, State};
use crate::text::Text;

/// One hash of a text, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value {
    /// The text as it was given, shortened.
    pub text: String,
    /// Whether it is a hash.
    pub state: State,
    /// By its length; `None` for an invalid value.
    pub algorithm: Option<Algorithm>,
    /// The hash; empty for an invalid value.
    pub bytes: Vec<u8>,
    /// How it was written; `None` for an invalid value.
    pub notation: Option<Notation>,
    /// What it probably is, where it is invalid or suspicious.
    pub looks_like: Option<LooksLike>,
    /// What a person should know about it.
    pub notes: Vec<Text>,
    /// The digits or characters of an invalid value without separators, for comparing it with a good one.
    pub digits: String,
    /// What was probably meant by an invalid value. A guess: it is shown, and never compared as a hash.
    pub meant: Option<Vec<u8>>,
}
