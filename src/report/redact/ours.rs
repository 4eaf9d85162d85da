//! What of a diagnosis this program chose itself, and marks that lost their words.

use serde_json::{Map, Value};

/// What was marked of a line may have become another word of it.
pub(super) fn unmark(fields: &mut Map<String, Value>) {
    let line = fields.get("at").and_then(|at| at.get("text")).and_then(Value::as_str);
    let marked = fields.get("mark").and_then(Value::as_str);
    if let (Some(line), Some(marked)) = (line, marked)
        && !line.contains(marked)
    {
        fields.insert("mark".to_owned(), Value::String(String::new()));
    }
}

/// Keys whose values this program chose: ids of rules, stages, states, kinds and sources.
pub(super) const OURS: [&str; 22] = [
    "heard",
    "language",
    "rule",
    "rules",
    "caused_by",
    "stage",
    "state",
    "severity",
    "confidence",
    "kind",
    "role",
    "algorithm",
    "origin",
    "on",
    "needs",
    "sources",
    "furthest",
    "failed",
    "attribute_id",
    "change",
    "outcome",
    "matters",
];
