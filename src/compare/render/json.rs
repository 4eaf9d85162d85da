//! The contract: field names here are public for ever.

use serde::Serialize;

use crate::compare::difference::{Comparison, Difference, Matters, Side};
use crate::report::{EvidenceEntry, evidence_entry};
use crate::stage::Stage;
use crate::text::Lang;

/// A comparison, in one language.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CompareEntry {
    /// Always `vpn-phone-doctor/compare/1`.
    schema: String,
    /// The version that wrote it.
    tool: String,
    /// The language of its texts.
    language: Lang,
    /// Names are pseudonyms.
    redacted: bool,
    /// Names of the inputs of each side; evidence of a side counts in its own list.
    inputs: InputsEntry,
    /// The most telling first.
    differences: Vec<DifferenceEntry>,
    /// How many values are the same on both sides.
    same: u32,
}

/// Names of inputs.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct InputsEntry {
    a: Vec<String>,
    b: Vec<String>,
}

/// One difference.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DifferenceEntry {
    what: String,
    stage: Stage,
    a: SideEntry,
    b: SideEntry,
    matters: Matters,
    rule: Option<String>,
}

/// One side.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SideEntry {
    /// Null where nothing shows it.
    value: Option<String>,
    evidence: Vec<EvidenceEntry>,
}

/// Indented, ended by a line end.
pub(super) fn render(comparison: &Comparison, lang: Lang) -> String {
    let names = |inputs: &[crate::input::Input]| inputs.iter().map(|input| input.name.clone()).collect();
    let entry = CompareEntry {
        schema: "vpn-phone-doctor/compare/1".to_owned(),
        tool: env!("CARGO_PKG_VERSION").to_owned(),
        language: lang,
        redacted: comparison.redacted,
        inputs: InputsEntry { a: names(&comparison.inputs), b: names(&comparison.inputs_b) },
        differences: comparison.differences.iter().map(|one| difference(one, lang)).collect(),
        same: comparison.same,
    };
    serde_json::to_string_pretty(&entry).unwrap_or_default() + "\n"
}

fn difference(one: &Difference, lang: Lang) -> DifferenceEntry {
    DifferenceEntry {
        what: one.what.get(lang).into_owned(),
        stage: one.stage,
        a: side(&one.a, lang),
        b: side(&one.b, lang),
        matters: one.matters,
        rule: one.rule.clone(),
    }
}

fn side(side: &Side, lang: Lang) -> SideEntry {
    SideEntry {
        value: Some(side.value.clone()).filter(|value| !value.is_empty()),
        evidence: side.evidence.iter().map(|evidence| evidence_entry(evidence, lang)).collect(),
    }
}
