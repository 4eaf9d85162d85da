//! Which phones is a finding about?
//!
//! Witnesses, for each piece of evidence: a phone's name in its line; the phone whose configuration or log it is from.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::Case;
use crate::facts::phones;
use crate::finding::{Concerned, Evidence, safe_name};
use crate::names::phone::PhoneName;
use crate::observe::By;

/// The phones of a case by the inputs that are theirs.
pub struct Phones<'c, 'a> {
    case: &'c Case<'a>,
    by_config: BTreeMap<u32, String>,
}

impl<'c, 'a> Phones<'c, 'a> {
    /// Of every configuration that names its phone.
    pub fn of(case: &'c Case<'a>) -> Self {
        let phones = case.phones.iter();
        let named =
            phones.filter_map(|phone| Some((phone.config.input, phone_in(&phone.name(&case.documents))?)));
        Self { case, by_config: named.collect() }
    }

    /// The phones that all of this is about, for a text to copy: of a large fleet the first ones by name, and how many more.
    /// A name that could do harm where it is pasted is only counted.
    pub fn concerned(&self, evidence: &[Evidence]) -> Concerned {
        let all = self.named_by(evidence);
        let count = all.len();
        let names: Vec<String> = all.into_iter().filter(|name| safe_name(name)).take(MOST_NAMES).collect();
        let more = u32::try_from(count.saturating_sub(names.len())).unwrap_or(u32::MAX);
        Concerned { names, more }
    }

    /// The phones that all of this is about.
    pub fn named_by(&self, evidence: &[Evidence]) -> BTreeSet<String> {
        let named = evidence.iter().filter_map(|piece| {
            let by_line = piece.at.as_ref().and_then(|at| phone_in(&at.text));
            by_line.or_else(|| self.of_input(piece.input?))
        });
        named.collect()
    }

    /// The phone whose configuration or log an input is.
    pub(super) fn of_input(&self, input: u32) -> Option<String> {
        let by_log = || {
            let log = self.case.documents.log_of(By::PhoneLog, input)?;
            Some(phones::of_log(log, &self.case.phones))
        };
        let name = self.by_config.get(&input).cloned().or_else(by_log)?;
        (!name.is_empty()).then(|| name.to_ascii_uppercase())
    }
}

fn phone_in(line: &str) -> Option<String> {
    PhoneName::first_in(line).map(|(_, name)| name.into())
}

/// Names that are kept of one finding.
const MOST_NAMES: usize = 1000;
