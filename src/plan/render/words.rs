//! Words that every written form of a plan shares.

use std::fmt::Write;

use crate::finding::Evidence;
use crate::plan::outcome::{Outcome, Plan, Row, Will};
use crate::source::Spot;
use crate::text::{Lang, Text};
use crate::visible::visible;

/// A sign for an outcome, which tells without colour.
pub const fn sign(will: Will) -> char {
    match will {
        Will::Connects => '✔',
        Will::Breaks => '✖',
        Will::Unknown => '?',
    }
}

/// `✖ breaks: TLS (no-shared-cipher)`
pub(super) fn outcome(outcome: &Outcome, lang: Lang) -> String {
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
pub(super) fn who(row: &Row, lang: Lang) -> [String; 3] {
    let or = |value: &Option<String>, text: &Text| {
        value.as_deref().map_or_else(|| text.get(lang).into_owned(), visible)
    };
    let nobody = if row.load.is_some() { NO_NAME } else { ANY_PHONE };
    [or(&row.phone, &nobody), or(&row.model, &UNKNOWN), or(&row.load, &UNKNOWN)]
}

/// One sentence over the whole.
pub(super) fn summary(plan: &Plan) -> Text {
    let count = |wanted: fn(&Row) -> bool| plan.rows.iter().filter(|row| wanted(row)).count();
    let breaks = count(Row::breaks_by_it);
    let unknown = count(|row| row.after.outcome == Will::Unknown);
    SUMMARY.number("all", plan.rows.len()).number("breaks", breaks).number("unknown", unknown)
}

/// `asa.cfg:12`, or that the change says it.
pub(super) fn place(plan: &Plan, evidence: &Evidence, lang: Lang) -> String {
    let input = evidence.input.and_then(|input| plan.inputs.get(usize::try_from(input).ok()?));
    let Some(input) = input else { return PLANNED.get(lang).into_owned() };
    let name = visible(&input.name);
    match evidence.at.as_ref().map(crate::source::At::spot) {
        Some(Spot::Line { number, .. }) => format!("{name}:{number}"),
        Some(Spot::Packet { packet, .. }) => format!("{name}, {}", packet.name().get(lang)),
        Some(Spot::Byte { .. }) | None => name,
    }
}

const PLANNED: Text = Text::fixed("planned or said", "geplant oder angegeben");

/// A dash for nothing.
pub(super) fn dash(text: &str) -> &str {
    if text.is_empty() { "–" } else { text }
}

pub(super) const TITLE: Text = Text::fixed("What the change does", "Was die Änderung bewirkt");
pub(super) const SUMMARY: Text = Text::fixed(
    "Rows: {all}. Break by the change: {breaks}. Cannot be known: {unknown}.",
    "Zeilen: {all}. Scheitern durch die Änderung: {breaks}. Nicht vorherzusagen: {unknown}.",
);
pub(super) const HEADS: [Text; 5] = [
    Text::fixed("phone", "Telefon"),
    Text::fixed("model", "Modell"),
    Text::fixed("firmware", "Firmware"),
    Text::fixed("today", "heute"),
    Text::fixed("after the change", "nach der Änderung"),
];
pub(super) const STAGE: Text = Text::fixed("stage", "Stufe");
pub(super) const RULE: Text = Text::fixed("rule", "Regel");
pub(super) const BECAUSE: Text = Text::fixed("because", "weil");
pub(super) const ASSUMED_HEAD: Text = Text::fixed("assumed or missing", "angenommen oder fehlend");
pub(super) const ASSUMED: Text = Text::fixed("Assumed or missing:", "Angenommen oder fehlend:");
pub(super) const STEPS: Text =
    Text::fixed("What to do, in this order", "Was zu tun ist, in dieser Reihenfolge");
pub(super) const UNDO: Text = Text::fixed("Back:", "Zurück:");
pub(super) const VERIFY: Text = Text::fixed("Then:", "Danach:");
pub(super) const NO_NAME: Text = Text::fixed("no name", "ohne Namen");
pub(super) const ANY_PHONE: Text = Text::fixed("any phone", "jedes Telefon");
pub(super) const UNKNOWN: Text = Text::fixed("–", "–");
