//! Does the phone's group policy let it work, and does it get an address?

use crate::rules::Rule;

/// The rules of this stage, in the order of the catalogue.
pub const RULES: &[&Rule] = &[];
