//! What differs, as data.

use serde::{Deserialize, Serialize};

use crate::finding::Evidence;
use crate::input::Input;
use crate::stage::Stage;
use crate::strings::{no_strings, strings};
use crate::text::Text;

/// Two sides, compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// Names are pseudonyms.
    pub redacted: bool,
    /// The inputs of the first side; its evidence counts in this list.
    pub inputs: Vec<Input>,
    /// The inputs of the second side, likewise.
    pub inputs_b: Vec<Input>,
    /// What differs, the most telling first.
    pub differences: Vec<Difference>,
    /// How many values are the same on both sides.
    pub same: u32,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What differs.
    pub what: Text,
    /// Where a phone would feel it.
    pub stage: Stage,
    /// The first side.
    pub a: Side,
    /// The second side.
    pub b: Side,
    /// Whether it explains that one of them works.
    pub matters: Matters,
    /// The rule that objects to one of the sides.
    pub rule: Option<String>,
}

/// One side's value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// As it was read; empty where nothing shows it.
    pub value: String,
    /// The lines.
    pub evidence: Vec<Evidence>,
}

/// Whether a difference explains that one of two works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Matters {
    /// A rule objects to one side alone.
    Likely,
    /// A phone depends on it.
    Possible,
    /// It does not.
    No,
}

impl Matters {
    /// The id in reports and the page's handles.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Likely => "likely",
            Self::Possible => "possible",
            Self::No => "no",
        }
    }

    /// What a person calls it.
    pub const fn name(self) -> Text {
        match self {
            Self::Likely => Text::fixed("likely the reason", "wahrscheinlich der Grund"),
            Self::Possible => Text::fixed("may be the reason", "möglicherweise der Grund"),
            Self::No => Text::fixed("cannot be the reason", "kann der Grund nicht sein"),
        }
    }
}

impl Comparison {
    /// True where something differs that may matter.
    pub fn matters(&self) -> bool {
        self.differences.iter().any(|one| one.matters != Matters::No)
    }
}

no_strings! { Matters }

strings! {
    Comparison { redacted, inputs, inputs_b, differences, same }
    Difference { what, stage, a, b, matters, rule: Own }
    Side { value, evidence }
}
