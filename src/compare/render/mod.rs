//! A comparison as people and scripts read it: JSON, text, Markdown, CSV.

use super::difference::Comparison;
use crate::plan::render::{Form, SheetForm};
use crate::report::redact::without_secrets;
use crate::text::Lang;

mod json;
mod text;

pub use json::CompareEntry;

/// Writes a comparison for the page.
pub fn sheet(comparison: &Comparison, form: SheetForm, lang: Lang) -> String {
    let comparison = without_secrets(comparison);
    match form {
        SheetForm::Markdown => text::markdown(&comparison, lang),
        SheetForm::Csv => text::csv(&comparison, lang),
    }
}

/// Writes a comparison in one language, without its secrets.
pub fn render(comparison: &Comparison, form: Form, lang: Lang) -> String {
    let comparison = without_secrets(comparison);
    match form {
        Form::Text => text::render(&comparison, lang),
        Form::Json => json::render(&comparison, lang),
        Form::Markdown => text::markdown(&comparison, lang),
        Form::Csv => text::csv(&comparison, lang),
    }
}
