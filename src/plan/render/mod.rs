//! A plan as people and scripts read it: JSON, text, Markdown, and CSV that no spreadsheet takes for a formula.

use std::fmt::Write;

use crate::report::redact::without_secrets;
use crate::text::{Lang, Text};
use crate::visible::visible;

use super::{Outcome, Plan, Row, Will};

mod csv;
mod json;
mod steps;
mod text;

pub use json::PlanEntry;
pub(super) use steps::{change_steps, without_hash};

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

/// Writes a plan in one language, without its secrets.
pub fn render(plan: &Plan, form: Form, lang: Lang) -> String {
    let Some(plan) = without_secrets(plan) else { return String::new() };
    match form {
        Form::Text => text::render(&plan, lang),
        Form::Json => json::render(&plan, lang),
        Form::Markdown => markdown(&plan, lang),
        Form::Csv => csv::render(&plan, lang),
    }
}

/// A sign for an outcome, which tells without colour.
pub const fn sign(will: Will) -> char {
    match will {
        Will::Connects => '✔',
        Will::Breaks => '✖',
        Will::Unknown => '?',
    }
}

/// `✖ breaks: TLS (no-shared-cipher)`
fn outcome(outcome: &Outcome, lang: Lang) -> String {
    let mut text = format!("{} {}", sign(outcome.outcome), outcome.outcome.name().get(lang));
    if let Some(stage) = outcome.stage {
        let _ = write!(text, ": {}", stage.name().get(lang));
    }
    if let Some(rule) = &outcome.rule {
        let _ = write!(text, " ({rule})");
    }
    text
}

/// Who it is: name, model, load.
fn who(row: &Row, lang: Lang) -> [String; 3] {
    let or = |value: &Option<String>, text: &Text| {
        value.as_deref().map_or_else(|| text.get(lang).into_owned(), visible)
    };
    let nobody = if row.load.is_some() { NO_NAME } else { ANY_PHONE };
    [or(&row.phone, &nobody), or(&row.model, &UNKNOWN), or(&row.load, &UNKNOWN)]
}

/// One sentence over the whole.
fn summary(plan: &Plan) -> Text {
    let count = |wanted: fn(&Row) -> bool| plan.rows.iter().filter(|row| wanted(row)).count();
    let breaks = count(Row::breaks_by_it);
    let unknown = count(|row| row.after.outcome == Will::Unknown);
    SUMMARY.number("all", plan.rows.len()).number("breaks", breaks).number("unknown", unknown)
}

fn markdown(plan: &Plan, lang: Lang) -> String {
    let cell = |text: &str| {
        visible(text).replace('\\', "\\\\").replace('|', "\\|").replace('`', "'").replace(['<', '>'], "·")
    };
    let mut out = format!("# {}\n\n{}\n\n", TITLE.get(lang), summary(plan).get(lang));
    for change in &plan.changes {
        let _ =
            writeln!(out, "- {}: {} → {}", change.change, cell(dash(&change.old)), cell(dash(&change.new)));
    }
    let heads = HEADS.map(|head| head.get(lang).into_owned());
    let _ = writeln!(out, "\n| {} |\n|{}", heads.join(" | "), "---|".repeat(heads.len()));
    for row in &plan.rows {
        let [phone, model, load] = who(row, lang);
        let cells = [phone, model, load, outcome(&row.today, lang), outcome(&row.after, lang)];
        let _ = writeln!(out, "| {} |", cells.map(|text| cell(&text)).join(" | "));
    }
    for row in plan.rows.iter().filter(|row| !(row.because.is_empty() && row.assumed.is_empty())) {
        let _ = writeln!(out, "\n## {}\n", cell(&who(row, lang).join(", ")));
        for evidence in &row.because {
            let line = evidence.at.as_ref().map(|at| at.text.trim()).filter(|text| !text.is_empty());
            let _ = writeln!(
                out,
                "- {}: {}{}",
                cell(&text::place(plan, evidence, lang)),
                cell(&evidence.says.get(lang)),
                line.map(|line| format!(" `{}`", cell(line))).unwrap_or_default(),
            );
        }
        for assumed in &row.assumed {
            let _ = writeln!(out, "- {} {}", ASSUMED.get(lang), cell(&assumed.get(lang)));
        }
    }
    if !plan.steps.is_empty() {
        let _ = writeln!(out, "\n## {}\n", STEPS.get(lang));
    }
    for (number, fix) in (1..).zip(&plan.steps) {
        let _ = writeln!(out, "{number}. {}", fix.on.name().get(lang));
        for step in &fix.steps {
            let _ = writeln!(out, "   - {}", cell(&step.get(lang)));
        }
        if !fix.commands.is_empty() {
            let commands: Vec<String> =
                fix.commands.iter().map(|line| visible(line).replace("```", "'''")).collect();
            let _ = writeln!(out, "\n   ```\n   {}\n   ```\n", commands.join("\n   "));
        }
        for (list, name) in [(&fix.undo, &UNDO), (&fix.verify, &VERIFY)] {
            for item in list {
                let _ = writeln!(out, "   - {} {}", name.get(lang), cell(&item.get(lang)));
            }
        }
    }
    out
}

fn dash(text: &str) -> &str {
    if text.is_empty() { "–" } else { text }
}

const TITLE: Text = Text::fixed("What the change does", "Was die Änderung bewirkt");
const SUMMARY: Text = Text::fixed(
    "{all} rows: {breaks} break by the change, {unknown} cannot be known.",
    "{all} Zeilen: {breaks} scheitern durch die Änderung, {unknown} sind nicht vorherzusagen.",
);
const HEADS: [Text; 5] = [
    Text::fixed("phone", "Telefon"),
    Text::fixed("model", "Modell"),
    Text::fixed("firmware", "Firmware"),
    Text::fixed("today", "heute"),
    Text::fixed("after the change", "nach der Änderung"),
];
const BECAUSE: Text = Text::fixed("because", "weil");
const ASSUMED_HEAD: Text = Text::fixed("assumed or missing", "angenommen oder fehlend");
const ASSUMED: Text = Text::fixed("Assumed or missing:", "Angenommen oder fehlend:");
const STEPS: Text = Text::fixed("What to do, in this order", "Was zu tun ist, in dieser Reihenfolge");
const UNDO: Text = Text::fixed("Back:", "Zurück:");
const VERIFY: Text = Text::fixed("Then:", "Danach:");
const NO_NAME: Text = Text::fixed("no name", "ohne Namen");
const ANY_PHONE: Text = Text::fixed("any phone", "jedes Telefon");
const UNKNOWN: Text = Text::fixed("–", "–");
