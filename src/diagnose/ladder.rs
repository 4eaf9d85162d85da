//! What is known of each of the twelve stages.

use crate::case::Case;
use crate::diagnosis::{RuleRow, StageRow, WaitingRow};
use crate::finding::{Conclusion, Severity};
use crate::rules;
use crate::source::{Place, Spot};
use crate::stage::{Stage, StageState};
use crate::text::{Class, Text};

/// The ladder. An echo does not count: it tells of a stage that never ran for a reason of its own.
pub fn stages(
    case: &Case<'_>,
    findings: &[Conclusion],
    passed: &[RuleRow],
    waiting: &[WaitingRow],
) -> Vec<StageRow> {
    let stopped = case.progress.first_failed();
    Stage::ALL
        .into_iter()
        .map(|stage| {
            let own: Vec<&Conclusion> =
                findings.iter().filter(|found| found.stage == stage && found.caused_by.is_none()).collect();
            let worst = own.iter().map(|found| found.severity).min();
            let failed = case.progress.failed.get(&stage);
            let (state, because) = if worst == Some(Severity::Blocker) {
                (StageState::Failed, told_by(&own, Severity::Blocker))
            } else if let Some(place) = failed {
                (StageState::Failed, seen_at(case, place))
            } else if worst == Some(Severity::Warning) {
                (StageState::Warned, told_by(&own, Severity::Warning))
            } else if let Some(place) = case.progress.passed.get(&stage) {
                (StageState::Passed, seen_at(case, place))
            } else if stopped.is_some_and(|stopped| stopped < stage) {
                (StageState::NotReached, NOT_REACHED)
            } else {
                by_rules(stage, passed, waiting)
            };
            StageRow { stage, state, because }
        })
        .collect()
}

fn told_by(findings: &[&Conclusion], severity: Severity) -> Text {
    let found = findings.iter().find(|found| found.severity == severity);
    found.map(|found| found.title.clone()).unwrap_or_default()
}

fn seen_at(case: &Case<'_>, place: &Place) -> Text {
    let name = case.documents.input(place.input).map(|input| input.name.as_str()).unwrap_or_default();
    match place.at.spot() {
        Spot::Packet { packet, .. } => Text::fixed("{name}, packet {number}", "{name}, Paket {number}")
            .with("name", Class::File, name)
            .number("number", packet.number),
        Spot::Byte { .. } => Text::fixed("{name}", "{name}").with("name", Class::File, name),
        Spot::Line { number: line, .. } => Text::fixed("{name}, line {line}", "{name}, Zeile {line}")
            .with("name", Class::File, name)
            .number("line", line),
    }
}

/// A stage passes by its rules alone where those that could show it broken were all checked. A stage without such a
/// rule is passed only by a log that shows it.
fn by_rules(stage: Stage, passed: &[RuleRow], waiting: &[WaitingRow]) -> (StageState, Text) {
    let is_blocker = |id: &str| rules::by_id(id).is_some_and(|rule| rule.severity == Severity::Blocker);
    let checked = passed.iter().filter(|row| row.stage == stage);
    let open = waiting.iter().filter(|row| row.stage == stage);
    let covered = checked.clone().any(|row| is_blocker(&row.rule));
    let blockers_open = open.clone().any(|row| is_blocker(&row.rule));
    let (checked, open) = (checked.count(), open.count());
    let because = Text::counted(checked, CHECKED, ALL_CHECKED).number("open", open);
    let state = if covered && !blockers_open { StageState::Passed } else { StageState::Unknown };
    (state, because)
}

const CHECKED: Text = Text::fixed(
    "{count} check passed, {open} could not be checked",
    "{count} Prüfung bestanden, {open} nicht prüfbar",
);
const ALL_CHECKED: Text = Text::fixed(
    "{count} checks passed, {open} could not be checked",
    "{count} Prüfungen bestanden, {open} nicht prüfbar",
);
const NOT_REACHED: Text =
    Text::fixed("an earlier stage failed in the log", "eine frühere Stufe ist laut Protokoll gescheitert");
