//! The contract: field names here are public for ever.

use serde::Serialize;

use crate::plan::outcome::{Outcome, Plan, Row, Will};
use crate::report::{EvidenceEntry, FixEntry, evidence_entry, fix_entry};
use crate::stage::Stage;
use crate::text::Lang;

/// A plan, in one language.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PlanEntry {
    /// Always `vpn-phone-doctor/plan/1`.
    schema: String,
    /// The version that wrote it.
    tool: String,
    /// The language of its texts.
    language: Lang,
    /// Names are pseudonyms.
    redacted: bool,
    /// Names of the inputs that evidence cites, those of the changes last; an input's id is its place.
    inputs: Vec<String>,
    changes: Vec<ChangeEntry>,
    rows: Vec<RowEntry>,
    steps: Vec<FixEntry>,
}

/// One change.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeEntry {
    /// The KEY of `--change KEY=VALUE`.
    key: String,
    /// Null where nothing shows it.
    from: Option<String>,
    to: String,
}

/// One phone, or one family.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RowEntry {
    phone: Option<String>,
    model: Option<String>,
    load: Option<String>,
    today: OutcomeEntry,
    after: OutcomeEntry,
    because: Vec<EvidenceEntry>,
    assumed: Vec<String>,
}

/// How far a phone comes.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OutcomeEntry {
    outcome: Will,
    stage: Option<Stage>,
    rule: Option<String>,
}

/// Indented, ended by a line end.
pub(super) fn render(plan: &Plan, lang: Lang) -> String {
    serde_json::to_string_pretty(&entry(plan, lang)).unwrap_or_default() + "\n"
}

fn entry(plan: &Plan, lang: Lang) -> PlanEntry {
    PlanEntry {
        schema: "vpn-phone-doctor/plan/1".to_owned(),
        tool: env!("CARGO_PKG_VERSION").to_owned(),
        language: lang,
        redacted: plan.redacted,
        inputs: plan.inputs.iter().map(|input| input.name.clone()).collect(),
        changes: plan
            .changes
            .iter()
            .map(|change| ChangeEntry {
                key: change.change.clone(),
                from: Some(change.old.clone()).filter(|from| !from.is_empty()),
                to: change.new.clone(),
            })
            .collect(),
        rows: plan.rows.iter().map(|row| row_entry(row, lang)).collect(),
        steps: plan.steps.iter().map(|fix| fix_entry(fix, lang)).collect(),
    }
}

fn row_entry(row: &Row, lang: Lang) -> RowEntry {
    RowEntry {
        phone: row.phone.clone(),
        model: row.model.clone(),
        load: row.load.clone(),
        today: outcome_entry(&row.today),
        after: outcome_entry(&row.after),
        because: row.because.iter().map(|evidence| evidence_entry(evidence, lang)).collect(),
        assumed: row.assumed.iter().map(|text| text.get(lang).into_owned()).collect(),
    }
}

fn outcome_entry(outcome: &Outcome) -> OutcomeEntry {
    OutcomeEntry { outcome: outcome.outcome, stage: outcome.stage, rule: outcome.rule.clone() }
}
