//! May this installation do it at all: licences, export version, model, firmware?

use crate::rules::Rule;

/// The rules of this stage, in the order of the catalogue.
pub const RULES: &[&Rule] = &[];
