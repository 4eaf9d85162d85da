//! Which phones is a finding about?
//!
//! Witnesses, for each piece of evidence: a phone's name in its line; the phone whose configuration or log it is from.

use std::collections::BTreeSet;

use crate::case::Case;
use crate::facts::phones;
use crate::finding::Conclusion;
use crate::names::phone::PhoneName;
use crate::observe::By;

/// Which phones a finding is about, as far as its evidence names them.
pub fn of_finding(case: &Case<'_>, finding: &Conclusion) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for piece in &finding.evidence {
        let by_file = piece.input.and_then(|input| of_input(case, input));
        let by_line = piece.at.as_ref().and_then(|at| phone_in(&at.text));
        names.extend(by_line.or(by_file));
    }
    names
}

/// The phone whose configuration or log an input is.
pub(super) fn of_input(case: &Case<'_>, input: u32) -> Option<String> {
    let config = case.phones.iter().find(|phone| phone.config.input == input);
    let log = case.documents.log_of(By::PhoneLog, input);
    let by_config = config.and_then(|phone| phone_in(&phone.name(&case.documents)));
    let name = by_config.or_else(|| Some(phones::of_log(log?, &case.phones)))?;
    (!name.is_empty()).then(|| name.to_ascii_uppercase())
}

fn phone_in(line: &str) -> Option<String> {
    PhoneName::first_in(line).map(|(_, name)| name.into())
}
