//! A report that was saved earlier, as it was read.

use serde::{Deserialize, Serialize};

use crate::input::Kind;
use crate::stage::Stage;
use crate::text::Lang;

/// What an earlier report said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierReport {
    /// The language of its texts, where it is one that is known here.
    pub language: Option<Lang>,
    /// Its names are pseudonyms.
    pub redacted: bool,
    /// The sentence of its verdict.
    pub sentence: String,
    /// Its inputs; evidence names them by their place.
    pub inputs: Vec<EarlierInput>,
    /// Its findings.
    pub findings: Vec<EarlierFinding>,
    /// Ids of the rules that had found nothing.
    pub passed: Vec<String>,
    /// Ids of the rules that had waited for evidence.
    pub waiting: Vec<String>,
}

/// One input of an earlier report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierInput {
    /// Its name.
    pub name: String,
    /// What it was recognised as, where that is known here.
    pub kind: Option<Kind>,
}

/// One finding of an earlier report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierFinding {
    /// The id of its rule; it may be one that is not known here.
    pub rule: String,
    /// The stage, where it is known here.
    pub stage: Option<Stage>,
    /// The title in the report's language.
    pub title: String,
    /// Its evidence.
    pub evidence: Vec<EarlierEvidence>,
}

/// One piece of evidence of an earlier report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierEvidence {
    /// The place of its input; `None` for an answer of the person.
    pub input: Option<u32>,
    /// The line's number.
    pub line: Option<u32>,
    /// The line.
    pub text: String,
}
