//! How many findings a case has at most: a file of 100 kB can hold a thousand configurations with one fault each, and
//! nobody reads the same thing a thousand times.
//!
//! Of each rule the strongest are kept, in the rule's own order, and the rest is counted. No rule loses its strongest
//! finding, so neither the verdict nor a stage of the ladder becomes milder.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::Case;
use crate::finding::{Conclusion, Finding, Severity};
use crate::input::{Input, Note};
use crate::limits::LeftOut;
use crate::rules::Rule;
use crate::text::Text;
use crate::views::listed;

/// Findings of one rule.
const OF_ONE_RULE: usize = 100;
/// Findings of a case.
const OF_A_CASE: usize = 500;

/// What one rule found.
pub struct OfRule {
    /// The rule's place in the catalogue.
    pub order: usize,
    /// The rule.
    pub rule: &'static Rule,
    /// What is kept.
    pub findings: Vec<Finding>,
    /// How many more there were.
    pub more: usize,
}

impl OfRule {
    /// The strongest of what a rule found.
    pub fn new(order: usize, rule: &'static Rule, findings: Vec<Finding>) -> Self {
        let mut found = Self { order, rule, findings, more: 0 };
        found.keep(OF_ONE_RULE);
        found
    }

    fn keep(&mut self, most: usize) {
        if self.findings.len() <= most {
            return;
        }
        let strength = |finding: &Finding| -> (Severity, _) {
            (finding.severity.unwrap_or(self.rule.severity), finding.confidence)
        };
        let mut strongest: Vec<_> = self.findings.iter().map(strength).zip(0_usize..).collect();
        strongest.sort_unstable();
        let kept: BTreeSet<usize> = strongest.into_iter().take(most).map(|(_, at)| at).collect();
        self.more += self.findings.len() - kept.len();
        let mut at = 0..;
        self.findings.retain(|_| at.next().is_some_and(|at| kept.contains(&at)));
    }
}

/// Keeps the case within bounds: every rule gets as much as all can have.
pub fn keep(all: &mut [OfRule]) {
    let kept = |most: usize| all.iter().map(|found| found.findings.len().min(most)).sum::<usize>();
    let most = (1..=OF_ONE_RULE).rev().find(|most| kept(*most) <= OF_A_CASE).unwrap_or(1);
    all.iter_mut().for_each(|found| found.keep(most));
}

/// Says with the first finding of each rule how many more there were.
pub fn tell(more: &BTreeMap<&str, usize>, findings: &mut [Conclusion]) {
    for (rule, more) in more {
        if let Some(first) = findings.iter_mut().find(|found| found.rule == *rule) {
            first.more_of_kind = u32::try_from(*more).unwrap_or(u32::MAX);
        }
    }
}

/// What is not listed of the views, because there is too much of it.
pub fn left_out(case: &Case<'_>) -> LeftOut {
    let more = |all: usize| u32::try_from(all.saturating_sub(listed::MOST)).unwrap_or(u32::MAX);
    LeftOut { policies: more(case.effective_policies.len()), negotiations: more(case.negotiations.len()) }
}

/// Says so with the first file.
pub fn noted(mut inputs: Vec<Input>, left_out: LeftOut) -> Vec<Input> {
    let LeftOut { policies, negotiations } = left_out;
    if let Some(first) = inputs.first_mut().filter(|_| !left_out.is_nothing()) {
        let text = NOT_LISTED.number("policies", policies).number("negotiations", negotiations);
        first.notes.push(Note::whole(text));
    }
    inputs
}

const NOT_LISTED: Text = Text::fixed(
    "The case is too large to list everything: {policies} policies and {negotiations} negotiations were checked, and are left out of the report.",
    "Der Fall ist zu groß, um alles aufzuführen: {policies} Richtlinien und {negotiations} Aushandlungen wurden geprüft, fehlen aber im Bericht.",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Confidence, Evidence};
    use crate::rules;

    fn of_rule(rule: &str, findings: impl IntoIterator<Item = (Confidence, Option<Severity>)>) -> OfRule {
        let findings = findings.into_iter().map(|(confidence, severity)| {
            let mut finding = Finding::new(confidence, Evidence::answer(Text::default()));
            finding.severity = severity;
            finding
        });
        OfRule::new(0, rules::by_id(rule).unwrap(), findings.collect())
    }

    #[test]
    fn the_strongest_are_kept_in_their_order_and_the_rest_is_counted() {
        use Confidence::{Certain, Possible};
        let weak = (Possible, None);
        let many = std::iter::repeat_n(weak, 200);
        let strong = [(Certain, None), (Certain, Some(Severity::Notice))];
        let kept = of_rule("cert-hash-mismatch", many.clone().chain(strong).chain(many));
        assert_eq!((kept.findings.len(), kept.more), (OF_ONE_RULE, 302));
        let last = kept.findings.last().unwrap();
        assert_eq!(
            (last.confidence, last.severity),
            strong[0],
            "what is worth a notice is the weakest of all"
        );
    }

    #[test]
    fn no_rule_goes_empty_for_another() {
        let one = (Confidence::Certain, None);
        let mut all: Vec<OfRule> =
            (0..30).map(|_| of_rule("login-failed", std::iter::repeat_n(one, 90))).collect();
        all.push(of_rule("cert-hash-mismatch", [one]));
        keep(&mut all);
        let counts: Vec<usize> = all.iter().map(|found| found.findings.len()).collect();
        assert!(
            counts.iter().sum::<usize>() <= OF_A_CASE && counts.iter().all(|count| *count > 0),
            "{counts:?}"
        );
        assert_eq!(all.iter().map(|found| found.findings.len() + found.more).sum::<usize>(), 30 * 90 + 1);
    }

    #[test]
    fn little_is_left_as_it_is() {
        let mut all = vec![of_rule("login-failed", std::iter::repeat_n((Confidence::Likely, None), 100))];
        keep(&mut all);
        assert_eq!((all[0].findings.len(), all[0].more), (100, 0));
    }
}
