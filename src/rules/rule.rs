//! What a rule is.

use super::wire;
use crate::case::Case;
use crate::finding::{Finding, Severity};
use crate::need::{Missing, Need};
use crate::stage::Stage;
use crate::text::Text;

/// One rule.
pub struct Rule {
    /// Its id, which is its file's name with dashes. Public for ever.
    pub id: &'static str,
    /// The stage that breaks.
    pub stage: Stage,
    /// How bad it is, unless a finding says otherwise.
    pub severity: Severity,
    /// The evidence that it can be seen in.
    pub needs: &'static [Need],
    /// Rules whose findings are only consequences of this one.
    pub echoes: &'static [&'static str],
    /// Where its facts come from.
    pub sources: &'static [&'static str],
    /// Title, explanation and fixes, in Markdown.
    pub prose: Text,
    /// The check.
    pub check: Check,
}

impl Rule {
    /// The rule's answer, with what captures show of its defect.
    pub fn answer(&self, case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
        wire::add(self.id, case, (self.check)(case))
    }
}

/// Findings, an honest pass, or what is missing.
pub type Check = fn(&Case<'_>) -> Result<Vec<Finding>, Missing>;
