//! Do the phone's packets arrive at the ASA?

use crate::rules::Rule;

/// The rules of this stage, in the order of the catalogue.
pub const RULES: &[&Rule] = &[];
