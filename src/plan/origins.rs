//! From a line of the changed case back to where it comes from: a file of the case, a file of the change, or the change
//! itself as it was typed.
//!
//! A changed configuration is read as a text of its own, so its lines are counted anew; [`Origins`] keeps where each
//! came from. A value that a change puts into a document without lines stands at [`planned`].

use std::collections::BTreeMap;

use super::merge::{Configuration, Origin};
use crate::finding::Evidence;
use crate::source::At;
use crate::text::{Class, Text};

/// Where the lines of changed inputs come from.
#[derive(Clone, Debug, Default)]
pub(super) struct Origins {
    /// By the input: its lines in order, and the input of the change.
    by_input: BTreeMap<u32, (Vec<Origin>, Option<u32>)>,
    /// What was typed for a change whose lines are of no file.
    typed: String,
}

/// The place of a value that a change puts in: `asa-release=9.16(4)`.
pub(super) fn planned(change: &str) -> At {
    At { offset: PLANNED, text: change.to_owned(), ..At::default() }
}

/// True for a place of [`planned`].
pub(super) fn is_planned(at: &At) -> bool {
    at.offset == PLANNED
}

/// No input has so many bytes.
const PLANNED: u64 = u64::MAX;

impl Origins {
    /// The lines of an input are now those of a configuration; what is new in it stands in the input `change`.
    pub fn set(&mut self, input: u32, configuration: &Configuration, change: Option<u32>, typed: &str) {
        let lines: Vec<Origin> = configuration.lines.iter().map(|line| line.origin).collect();
        // An earlier change of the same input: its lines are led back through that one.
        let before = self.by_input.remove(&input);
        let (lines, change) = match before {
            None => (lines, change),
            Some((before, earlier)) => {
                let back = |origin: Origin| match origin {
                    Origin::Old(number) => {
                        let at = usize::try_from(number).unwrap_or_default().checked_sub(1);
                        at.and_then(|at| before.get(at)).copied().unwrap_or(Origin::New(0))
                    }
                    // Of two files that change one input the later one's lines are shown without their place.
                    Origin::New(number) => {
                        if earlier.is_none() {
                            Origin::New(number)
                        } else {
                            Origin::New(0)
                        }
                    }
                };
                (lines.into_iter().map(back).collect(), earlier.or(change))
            }
        };
        if !typed.is_empty() {
            typed.clone_into(&mut self.typed);
        }
        self.by_input.insert(input, (lines, change));
    }

    /// The same evidence with the place that a person can look at.
    pub fn back(&self, evidence: &Evidence) -> Evidence {
        let Some(at) = &evidence.at else { return self.searched(evidence) };
        if is_planned(at) {
            return said(evidence, &at.text);
        }
        let Some((lines, change)) = evidence.input.and_then(|input| self.by_input.get(&input)) else {
            return evidence.clone();
        };
        let index = usize::try_from(at.line).unwrap_or_default().checked_sub(1);
        match (index.and_then(|index| lines.get(index)), change) {
            (Some(Origin::Old(number)), _) => {
                let at = At { line: *number, ..at.clone() };
                Evidence { at: Some(at), ..evidence.clone() }
            }
            (Some(Origin::New(number)), Some(change)) if *number > 0 => {
                let at = At { line: *number, ..at.clone() };
                Evidence { input: Some(*change), at: Some(at), ..evidence.clone() }
            }
            _ => said(evidence, at.text.trim()),
        }
    }

    /// What is not in a changed input was looked for in all of what it will be.
    fn searched(&self, evidence: &Evidence) -> Evidence {
        let changed = evidence.input.is_some_and(|input| self.by_input.contains_key(&input));
        if changed && evidence.looked_in.is_some() {
            let looked_in = Some(CHANGED_FILE.to_owned());
            return Evidence { looked_in, ..evidence.clone() };
        }
        evidence.clone()
    }
}

/// The change says it, and no line of a file.
fn said(evidence: &Evidence, planned: &str) -> Evidence {
    Evidence::answer(
        PLANNED_VALUE.with("change", Class::Words, planned).nested("says", evidence.says.clone()),
    )
}

const CHANGED_FILE: &str = "all lines, with the change";
const PLANNED_VALUE: Text = Text::fixed("Planned: {change}. {says}", "Geplant: {change}. {says}");
