//! One finding for all phones that share one defect, and one answer for all phones.
//!
//! A fleet has thousands of phones and few mistakes: the same wrong url stands in every file and is put right in
//! one place. So a rule sorts phones by what is wrong, and each kind of wrong becomes one finding whose evidence
//! lists the phones. A pass needs every phone's file to be whole enough to tell by.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Confidence, Evidence, Finding};
use crate::need::{Missing, Need};
use crate::text::{Class, Text};

/// Names told in words; the others are counted.
const NAMED: usize = 3;

/// Phones by the defect that they have.
pub(super) struct Fleet<Defect> {
    groups: BTreeMap<Defect, Group>,
    untold: bool,
}

/// The phones that share one defect.
pub(super) struct Group {
    phones: BTreeSet<String>,
    confidence: Confidence,
    first: Evidence,
    more: Vec<Evidence>,
}

impl<Defect: Ord> Fleet<Defect> {
    /// No phone yet.
    pub fn new() -> Self {
        Self { groups: BTreeMap::new(), untold: false }
    }

    /// A phone has the defect. The finding is as sure as the weakest proof in it; a phone may bring several.
    pub fn add(&mut self, defect: Defect, phone: &str, confidence: Confidence, proof: Evidence) {
        match self.groups.get_mut(&defect) {
            Some(group) => {
                group.phones.insert(phone.to_owned());
                group.confidence = group.confidence.max(confidence);
                group.more.push(proof);
            }
            None => {
                let phones = BTreeSet::from([phone.to_owned()]);
                self.groups.insert(defect, Group { phones, confidence, first: proof, more: Vec::new() });
            }
        }
    }

    /// A phone's file is not whole enough to tell by.
    pub fn cannot_tell(&mut self) {
        self.untold = true;
    }

    /// One finding for each defect, in the order of the defects. Without any, a phone that could not be judged
    /// asks for its whole file.
    pub fn answer(self, tell: impl Fn(Defect, Group) -> Finding) -> Result<Vec<Finding>, Missing> {
        if self.groups.is_empty() && self.untold {
            return Err(Missing::need(Need::PhoneConfig));
        }
        Ok(self.groups.into_iter().map(|(defect, group)| tell(defect, group)).collect())
    }
}

impl Group {
    /// The finding: what is particular to the defect, then how many phones have it. `{phone}` is one of them.
    pub fn finding(self, particular: Option<Text>) -> Finding {
        let example = self.phones.first().cloned().unwrap_or_default();
        let because = particular.into_iter().chain(named(&self.phones));
        let finding = Finding::new(self.confidence, self.first).and(self.more).value("phone", example);
        because.fold(finding, Finding::because)
    }
}

/// The phones in words; nothing where there is only one, which the evidence names.
fn named(phones: &BTreeSet<String>) -> Option<Text> {
    let count = phones.len();
    // Four names are as short as three names and "1 more".
    let named = if count == NAMED + 1 { count } else { NAMED };
    let names: Vec<&str> = phones.iter().take(named).map(String::as_str).collect();
    let (names, rest) = (names.join(", "), count.saturating_sub(named));
    match (count, rest) {
        (0 | 1, _) => None,
        (_, 0) => Some(
            Text::fixed(
                "This concerns {count} phones: {names}.",
                "Betroffen sind {count} Telefone: {names}.",
            )
            .number("count", count)
            .with("names", Class::Phone, names),
        ),
        _ => Some(
            CONCERNED_PHONES.number("count", count).with("names", Class::Phone, names).number("rest", rest),
        ),
    }
}

const CONCERNED_PHONES: Text = Text::fixed(
    "This concerns {count} phones: {names} and {rest} more.",
    "Betroffen sind {count} Telefone: {names} und {rest} weitere.",
);

#[cfg(test)]
mod tests {
    use super::*;

    fn proof() -> Evidence {
        Evidence::answer(Text::fixed("seen", "gesehen"))
    }

    #[test]
    fn phones_with_one_defect_become_one_finding() {
        let mut fleet = Fleet::new();
        for phone in ["SEP3", "SEP1", "SEP2", "SEP1", "SEP5", "SEP4"] {
            let confidence = if phone == "SEP5" { Confidence::Likely } else { Confidence::Certain };
            fleet.add("a", phone, confidence, proof());
        }
        fleet.add("b", "SEP1", Confidence::Certain, proof());
        fleet.cannot_tell();
        let findings = fleet.answer(|_, group| group.finding(None)).unwrap();
        assert_eq!(findings.len(), 2);
        assert_eq!(findings[0].because[0].en(), "This concerns 5 phones: SEP1, SEP2, SEP3 and 2 more.");
        assert_eq!((findings[0].confidence, findings[0].evidence().len()), (Confidence::Likely, 6));
        assert_eq!(findings[0].values, [("phone", "SEP1".to_owned())]);
        assert!(findings[1].because.is_empty(), "one phone needs no counting");
    }

    #[test]
    fn a_pass_needs_every_phone_to_be_told() {
        let tell = |_, group: Group| group.finding(None);
        assert_eq!(Fleet::<&str>::new().answer(tell).unwrap().len(), 0);
        let mut fleet = Fleet::<&str>::new();
        fleet.cannot_tell();
        assert_eq!(fleet.answer(tell).unwrap_err(), Missing::need(Need::PhoneConfig));
    }
}
