//! A plan as people and scripts read it: JSON, text, Markdown, and CSV that no spreadsheet takes for a formula.

use serde::{Deserialize, Serialize};

use super::outcome::Plan;
use crate::report::redact::without_secrets;
use crate::text::Lang;

pub mod csv;
mod json;
mod markdown;
pub(super) mod steps;
mod text;
mod words;

pub use json::PlanEntry;
pub use words::sign;

/// The forms of a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(clap::ValueEnum))]
pub enum Form {
    /// For a person at a terminal.
    #[default]
    Text,
    /// The contract, indented.
    Json,
    /// For a ticket.
    Markdown,
    /// For a spreadsheet.
    Csv,
}

/// The forms that the page hands out, which has neither a terminal nor programs that read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SheetForm {
    /// For a ticket.
    Markdown,
    /// For a spreadsheet.
    Csv,
}

/// Writes a plan for the page.
pub fn sheet(plan: &Plan, form: SheetForm, lang: Lang) -> String {
    let plan = without_secrets(plan);
    match form {
        SheetForm::Markdown => markdown::render(&plan, lang),
        SheetForm::Csv => csv::render(&plan, lang),
    }
}

/// Writes a plan in one language, without its secrets.
pub fn render(plan: &Plan, form: Form, lang: Lang) -> String {
    let plan = without_secrets(plan);
    match form {
        Form::Text => text::render(&plan, lang),
        Form::Json => json::render(&plan, lang),
        Form::Markdown => markdown::render(&plan, lang),
        Form::Csv => csv::render(&plan, lang),
    }
}
