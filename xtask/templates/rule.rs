//! TODO: what is wrong, in one sentence: the phone or the ASA as its subject.
//!
//! TODO: the lines that show it and in which files, what looks like it and is none, and the document with its section.

use crate::case::Case;
use crate::finding::{Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "{id}",
    stage: Stage::{stage},
    severity: Severity::Warning,
    needs: &[Need::PhoneConfig],
    echoes: &[],
    sources: &["TODO: a document that a reader can open, and its section"],
    prose: Text::fixed(include_str!("{file}.en.md"), include_str!("{file}.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    // TODO: ask the facts. `?` says what is missing; an empty list is an honest pass; a finding has its evidence.
    let _phones = case.phone_configs()?;
    Ok(Vec::new())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{fires, silent, waits};

    #[test]
    fn it_fires() {
        fires(&RULE, &[("SEP001122334455.cnf.xml", "TODO: the smallest file that shows it")]);
    }

    #[test]
    fn the_near_miss_is_none() {
        silent(&RULE, &[("SEP001122334455.cnf.xml", "TODO: the same file where it is right")]);
    }

    #[test]
    fn nothing_is_said_without_its_input() {
        waits(&RULE, &[]);
    }
}
