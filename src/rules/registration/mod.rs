//! Does the phone get its files through the tunnel, and does it register?

use crate::rules::Rule;

/// The rules of this stage, in the order of the catalogue.
pub const RULES: &[&Rule] = &[];
