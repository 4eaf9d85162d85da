//! What is foretold, as data: rows of *today* and *after*, with what says so.

use serde::{Deserialize, Serialize};

use crate::finding::{Evidence, Fix};
use crate::input::Input;
use crate::stage::Stage;
use crate::strings::{no_strings, strings};
use crate::text::Text;

/// What is foretold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Names are pseudonyms.
    pub redacted: bool,
    /// The inputs of the case, then those of the changes; an input's id is its place.
    pub inputs: Vec<Input>,
    /// What is changed.
    pub changes: Vec<Changed>,
    /// One row a phone; where no phone is in the case, one a family.
    pub rows: Vec<Row>,
    /// What to do, in order, and how to take it back.
    pub steps: Vec<Fix>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// The KEY of `--change KEY=VALUE`.
    pub change: String,
    /// What it is today; empty where nothing shows it.
    pub old: String,
    /// What it will be.
    pub new: String,
}

/// What comes of one phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// `SEP001122334455`; `None` where no file names one.
    pub phone: Option<String>,
    /// For example `7962`, or a family such as `88xx`.
    pub model: Option<String>,
    /// Its firmware.
    pub load: Option<String>,
    /// How it is.
    pub today: Outcome,
    /// How it will be.
    pub after: Outcome,
    /// What says so.
    pub because: Vec<Evidence>,
    /// What is taken for granted or not known, one sentence each.
    pub assumed: Vec<Text>,
}

impl Row {
    /// It breaks by the change.
    pub fn breaks_by_it(&self) -> bool {
        self.after.outcome == Will::Breaks && self.today.outcome != Will::Breaks
    }
}

/// How far a phone comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Whether it connects.
    pub outcome: Will,
    /// The stage that breaks, or of which it is not known.
    pub stage: Option<Stage>,
    /// The rule that says so.
    pub rule: Option<String>,
}

impl Outcome {
    /// It connects.
    pub const CONNECTS: Self = Self { outcome: Will::Connects, stage: None, rule: None };
    /// It cannot be known, and nothing tells where.
    pub const UNKNOWN: Self = Self { outcome: Will::Unknown, stage: None, rule: None };
}

/// Whether a phone connects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Will {
    /// It connects, and everything that this needs is shown.
    Connects,
    /// It does not.
    Breaks,
    /// It cannot be known.
    Unknown,
}

impl Will {
    /// The id in reports and the page's handles.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Connects => "connects",
            Self::Breaks => "breaks",
            Self::Unknown => "unknown",
        }
    }

    /// What a person calls it.
    pub const fn name(self) -> Text {
        match self {
            Self::Connects => Text::fixed("connects", "verbindet sich"),
            Self::Breaks => Text::fixed("breaks", "scheitert"),
            Self::Unknown => Text::fixed("cannot be known", "nicht vorherzusagen"),
        }
    }
}

impl Plan {
    /// The exit status: 2 something breaks by the change, 1 something cannot be known, 0 nothing of both.
    pub fn status(&self) -> u8 {
        if self.rows.iter().any(Row::breaks_by_it) {
            2
        } else if self.rows.is_empty() || self.rows.iter().any(|row| row.after.outcome == Will::Unknown) {
            1
        } else {
            0
        }
    }
}

no_strings! { Will }

strings! {
    Plan { redacted, inputs, changes, rows, steps }
    Changed { change: Own, old, new }
    Row { phone, model, load, today, after, because, assumed }
    Outcome { outcome, stage, rule: Own }
}
