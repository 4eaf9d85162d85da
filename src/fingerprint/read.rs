//! Every hash of a person's text.

use super::value::Value;
use super::{clean, notation, suspect};
use crate::source::excerpt;

/// Reads every hash of a person's text; never empty.
pub fn read(text: &str) -> Vec<Value> {
    let clean = clean::clean(text);
    let found = notation::find(&clean);
    let given = excerpt(text.trim());
    found.into_iter().map(|found| suspect::value(&given, &clean, found)).collect()
}
