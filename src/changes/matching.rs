//! What a finding is known by, then and now: the lines and the files that show it, and the phone that they name.
//!
//! A line's number and the clock in it say nothing: logs go on, lines move. Names of files change from day to day
//! (`console-2.log`), so a file counts as seen again by its name, by the phone that its name tells
//! (`SEP001122334455.cnf.xml`), or else, weaker, by its kind.

use std::collections::BTreeSet;

use crate::diagnosis::Diagnosis;
use crate::documents::earlier_report::{EarlierFinding, EarlierReport};
use crate::finding::Conclusion;
use crate::input::{InputState, Kind};
use crate::names::phone::PhoneName;

/// What one finding is known by.
pub struct Traits {
    /// Each line with the phone of its file; where a line is missing, the kind of the file where it is missed.
    lines: BTreeSet<(String, String)>,
    /// The files, the most telling first: name and kind.
    files: Vec<(String, Option<Kind>)>,
    /// Phones that the names of the files tell.
    phones: BTreeSet<PhoneName>,
    /// The most telling line is of a log, where the next attempt has another one, or a report cut a secret out of it.
    pub is_fleeting: bool,
}

/// How alike two findings of one rule are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// Every line is the same.
    SameLines,
    /// At least one line is, and no other phone is named.
    SharedLines,
    /// No other phone is named.
    SamePhone,
    /// They are of one rule, which is all that can be known.
    Rule,
}

impl Likeness {
    /// Whether it holds between two findings of one rule.
    pub fn holds(self, one: &Traits, other: &Traits) -> bool {
        let apart =
            !one.phones.is_empty() && !other.phones.is_empty() && one.phones.is_disjoint(&other.phones);
        match self {
            Self::SameLines => one.lines == other.lines,
            Self::SharedLines => !one.lines.is_disjoint(&other.lines) && !apart,
            Self::SamePhone => !apart,
            Self::Rule => true,
        }
    }
}

impl Traits {
    /// Of a finding of today.
    pub fn of_now(now: &Conclusion, today: &Diagnosis) -> Self {
        Self::of(now.evidence.iter().filter_map(|evidence| {
            let file = today.inputs.get(usize::try_from(evidence.input?).ok()?)?;
            let text = evidence.at.as_ref().map(|at| at.text.as_str()).unwrap_or_default();
            Some((file.name.as_str(), Some(file.kind), text))
        }))
    }

    /// Of a finding of an earlier report.
    pub fn of_then(then: &EarlierFinding, earlier: &EarlierReport) -> Self {
        Self::of(then.evidence.iter().filter_map(|line| {
            let file = earlier.inputs.get(usize::try_from(line.input?).ok()?)?;
            Some((file.name.as_str(), file.kind, line.text.as_str()))
        }))
    }

    fn of<'e>(evidence: impl Iterator<Item = (&'e str, Option<Kind>, &'e str)>) -> Self {
        let mut traits =
            Self { lines: BTreeSet::new(), files: Vec::new(), phones: BTreeSet::new(), is_fleeting: false };
        for (name, kind, text) in evidence {
            let phone = phone(name);
            if traits.files.is_empty() {
                traits.is_fleeting = kind.is_some_and(|kind| LOGS.contains(&kind)) || text.contains('⟨');
            }
            let text =
                if text.is_empty() { kind.map_or("", Kind::id).to_owned() } else { without_times(text) };
            traits.lines.insert((phone.clone().map(String::from).unwrap_or_default(), text));
            traits.phones.extend(phone);
            let file = (base(name).to_owned(), kind);
            if !traits.files.contains(&file) {
                traits.files.push(file);
            }
        }
        traits
    }

    /// The files name phones, and this is none of them.
    pub fn are_of_others(&self, chosen: &str) -> bool {
        !self.phones.is_empty()
            && !self.phones.iter().any(|phone| phone.as_str().eq_ignore_ascii_case(chosen))
    }
}

/// The files of a case or of a report.
pub struct Files {
    names: BTreeSet<String>,
    phones: BTreeSet<PhoneName>,
    kinds: BTreeSet<Kind>,
}

/// Whether the files that show a finding are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// At least one is, by its name or its phone, and none is another of its kind.
    Yes,
    /// At least one of their kind.
    OfItsKind,
    /// None is, or the one of a phone is not.
    No,
}

impl Files {
    /// Those of today that could be read.
    pub fn of(today: &Diagnosis) -> Self {
        let read = |state| matches!(state, InputState::Read | InputState::PartlyRead);
        let inputs = today.inputs.iter().filter(|input| read(input.state));
        let inputs = inputs.filter(|input| input.kind != Kind::EarlierReport);
        Self::from(inputs.map(|input| (input.name.as_str(), Some(input.kind))))
    }

    /// Those of an earlier report.
    pub fn of_earlier(earlier: &EarlierReport) -> Self {
        let inputs = earlier.inputs.iter().filter(|input| input.kind != Some(Kind::EarlierReport));
        Self::from(inputs.map(|input| (input.name.as_str(), input.kind)))
    }

    fn from<'f>(files: impl Iterator<Item = (&'f str, Option<Kind>)>) -> Self {
        let mut found = Self { names: BTreeSet::new(), phones: BTreeSet::new(), kinds: BTreeSet::new() };
        for (name, kind) in files {
            found.names.insert(base(name).to_owned());
            found.phones.extend(phone(name));
            found.kinds.extend(kind);
        }
        found
    }

    /// How many names of a report's files are here.
    pub fn shared(&self, earlier: &EarlierReport) -> usize {
        let there = Self::of_earlier(earlier);
        self.names.intersection(&there.names).count() + self.phones.intersection(&there.phones).count()
    }

    /// Whether the files that show a finding are here; pseudonyms have no names.
    pub fn hold(&self, traits: &Traits, redacted: bool) -> Again {
        let (mut named, mut of_its_kind, mut logged) = (false, false, false);
        for (name, kind) in &traits.files {
            let phone = phone(name).filter(|_| !redacted);
            let by_name = !redacted && self.names.contains(name);
            if by_name || phone.as_ref().is_some_and(|phone| self.phones.contains(phone)) {
                named = true;
            } else if phone.is_some() {
                return Again::No;
            } else if let Some(kind) = kind.filter(|kind| self.kinds.contains(kind)) {
                // A log has another name every day; where another file is known again, that is no cause for doubt.
                if LOGS.contains(&kind) { logged = true } else { of_its_kind = true }
            }
        }
        match (named || traits.files.is_empty(), of_its_kind || logged) {
            (true, _) if !of_its_kind => Again::Yes,
            (false, false) => Again::No,
            _ => Again::OfItsKind,
        }
    }
}

/// The last part of a path: the same file may be given alone, or in a folder.
fn base(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// The phone that the name of a file holds.
fn phone(name: &str) -> Option<PhoneName> {
    PhoneName::first_in(base(name)).map(|(_, phone)| phone)
}

/// The same line of two logs differs in its clock: digits of `10:19:27.155936` and what counts lines in front of it.
fn without_times(text: &str) -> String {
    let words = text.split_whitespace().filter(|word| {
        let clock = word.matches(':').count() >= 2 || word.ends_with(':');
        let digits = word.chars().all(|sign| sign.is_ascii_digit() || ":.".contains(sign));
        !(clock && digits)
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Kinds whose lines tell of one attempt.
const LOGS: [Kind; 5] =
    [Kind::PhoneLog, Kind::PhoneStatus, Kind::AsaSyslog, Kind::AsaDebug, Kind::AsaSessions];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_is_told_by_the_name_of_its_file() {
        for (name, expected) in [
            ("SEP001122334455.cnf.xml", Some("SEP001122334455")),
            ("phones/sep0011223344aa.cnf (1).xml", Some("SEP0011223344AA")),
            ("SEPARATE-SEP001122334455.log", Some("SEP001122334455")),
            ("SEP00112233445", None),
            ("SEP00112233445ü", None),
            ("console.log", None),
        ] {
            assert_eq!(phone(name).as_ref().map(PhoneName::as_str), expected, "{name}");
        }
    }

    #[test]
    fn a_line_is_the_same_whenever_it_was_printed() {
        for (one, other, same) in [
            ("902: NOT 10:19:27.155936 VPNC: login failed", "1104: NOT 11:00:00.1 VPNC: login failed", true),
            (" ssl trust-point PHONES outside", "ssl trust-point  PHONES outside", true),
            ("ssl trust-point PHONES outside", "ssl trust-point PORTAL outside", false),
        ] {
            assert_eq!(without_times(one) == without_times(other), same, "{one}");
        }
    }
}
