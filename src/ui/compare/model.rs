//! Which two sides are compared, and what differs. A pure function of what happened.
//!
//! A side that nobody chose is the telling one: of a phone that works and one that fails, each is a side; else of two
//! phones, else of two files of one kind.

use std::rc::Rc;

use vpn_phone_doctor::compare::Comparison;
use vpn_phone_doctor::diagnosis::{Diagnosis, PhoneRow};
use vpn_phone_doctor::input::Kind;
use vpn_phone_doctor::text::Text;

use crate::ui::reading::{FileId, Reading};

/// What a side is.
#[derive(Clone, Debug, PartialEq)]
pub enum Chosen {
    /// All files of the case.
    Case,
    /// One phone of the case, by its name.
    Phone(String),
    /// One file of the case.
    File(FileId),
    /// Files that are none of the case's.
    Others,
}

/// Files of a side alone.
pub type Others = Vec<(String, Reading)>;

/// How far it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Work {
    /// It is being worked out, or there are not two sides.
    #[default]
    Open,
    /// Here it is.
    Ready(Rc<Comparison>),
    /// It could not be worked out, and why.
    Failed(Text),
}

/// What is compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparing {
    /// What the person chose.
    pub chosen: [Option<Chosen>; 2],
    /// Files of each side alone.
    pub others: [Others; 2],
    /// Counts what was chosen, so that an answer to something else is none.
    pub version: u32,
    /// What differs.
    pub told: Work,
}

/// What changed.
#[derive(Clone, Debug)]
pub enum Compared {
    /// A side was chosen: the first one where `false`.
    Chose(bool, Chosen),
    /// Files were read for a side alone.
    Brought(bool, Others),
    /// The sides were exchanged.
    Swapped([Chosen; 2]),
    /// What differs between the sides of a version, in the case of a generation.
    Work(u32, u32, Work),
}

impl Comparing {
    /// The same after something happened, in the case of a generation.
    #[must_use]
    pub fn after(&self, generation: u32, what: Compared) -> Self {
        let mut next = self.clone();
        match what {
            Compared::Work(of, version, told) if of == generation && version == self.version => {
                next.told = told;
                return next;
            }
            // News of another case, or of what is no longer chosen.
            Compared::Work(..) => return next,
            Compared::Chose(second, chosen) => {
                let [a, b] = &mut next.chosen;
                *(if second { b } else { a }) = Some(chosen);
            }
            Compared::Brought(second, files) => {
                let [a, b] = &mut next.others;
                *(if second { b } else { a }) = files;
            }
            Compared::Swapped([a, b]) => {
                next.chosen = [Some(b), Some(a)];
                next.others.reverse();
            }
        }
        next.renew();
        next
    }

    /// The same for a case whose files or answers have changed. A side that is gone is nobody's choice any more.
    #[must_use]
    pub fn for_another_case(&self, files: &[FileId]) -> Self {
        let mut next = self.clone();
        for chosen in &mut next.chosen {
            chosen.take_if(|chosen| matches!(chosen, Chosen::File(id) if !files.contains(id)));
        }
        next.renew();
        next
    }

    /// The two sides: what was chosen, and where nobody chose, what tells most.
    pub fn sides(&self, case: Option<&Diagnosis>, files: &[FileId]) -> [Option<Chosen>; 2] {
        let [one, other] = case.map_or([Some(Chosen::Others), Some(Chosen::Others)], |case| {
            pair(case, files).map_or([Some(Chosen::Case), Some(Chosen::Others)], |pair| pair.map(Some))
        });
        let [a, b] = &self.chosen;
        // Where one side was chosen, the other must not be the same by itself.
        let free = |proposed: Option<Chosen>, second: Option<Chosen>, taken: &Option<Chosen>| {
            if proposed == *taken { second } else { proposed }
        };
        match (a, b) {
            (Some(_), None) => [a.clone(), free(other.clone(), one, a)],
            (None, Some(_)) => [free(one, other, b), b.clone()],
            (None, None) => [one, other],
            (Some(_), Some(_)) => [a.clone(), b.clone()],
        }
    }

    fn renew(&mut self) {
        self.version = self.version.wrapping_add(1);
        self.told = Work::Open;
    }
}

/// A phone that works and one that fails, of one model where there are such.
pub fn works_and_fails(phones: &[PhoneRow]) -> Option<(&PhoneRow, &PhoneRow)> {
    let named = || phones.iter().filter(|phone| !phone.name.is_empty());
    let fails = || named().filter(|phone| phone.failed.is_some());
    let works = || named().filter(|phone| phone.failed.is_none() && phone.connected > 0);
    let alike =
        |fails: &&PhoneRow| !fails.model.is_empty() && works().any(|works| works.model == fails.model);
    let failing = fails().find(alike).or_else(|| fails().next())?;
    let working = works().find(|works| works.model == failing.model).or_else(|| works().next())?;
    Some((working, failing))
}

fn pair(case: &Diagnosis, files: &[FileId]) -> Option<[Chosen; 2]> {
    let phone = |phone: &PhoneRow| Chosen::Phone(phone.name.clone());
    if let Some((works, fails)) = works_and_fails(&case.phones) {
        return Some([phone(works), phone(fails)]);
    }
    let mut named = case.phones.iter().filter(|phone| !phone.name.is_empty());
    if let (Some(one), Some(other)) = (named.next(), named.next()) {
        return Some([phone(one), phone(other)]);
    }
    // A dropped file is an input that lies in no other one.
    let kinds = case.inputs.iter().filter(|input| input.inside.is_none()).map(|input| input.kind);
    let told: Vec<(Kind, FileId)> = kinds.zip(files.iter().copied()).collect();
    let comparable = |kind: Kind| matches!(kind, Kind::AsaConfig | Kind::PhoneConfig | Kind::Capture);
    let twin = |(at, (kind, _)): &(usize, &(Kind, FileId))| {
        comparable(*kind) && told.iter().skip(at + 1).any(|(other, _)| other == kind)
    };
    let (at, (kind, first)) = told.iter().enumerate().find(twin)?;
    let (_, second) = told.iter().skip(at + 1).find(|(other, _)| other == kind)?;
    Some([Chosen::File(*first), Chosen::File(*second)])
}

#[cfg(test)]
mod tests {
    use vpn_phone_doctor::diagnose::{Said, diagnose};
    use vpn_phone_doctor::intake;
    use vpn_phone_doctor::limits::Limits;
    use vpn_phone_doctor::stage::Stage;

    use super::*;

    fn phone(name: &str, model: &str, connected: u32, failed: Option<Stage>) -> PhoneRow {
        PhoneRow { name: name.to_owned(), model: model.to_owned(), connected, failed, ..PhoneRow::default() }
    }

    fn case(phones: Vec<PhoneRow>, files: &[(&str, &str)]) -> Diagnosis {
        let read = |(name, text): &(&str, &str)| intake::read(name, text.as_bytes(), &Limits::default());
        let readings: Vec<_> = files.iter().map(read).collect();
        Diagnosis { phones, ..diagnose(&readings, &Said::new(), 0) }
    }

    fn named(name: &str) -> Option<Chosen> {
        Some(Chosen::Phone(name.to_owned()))
    }

    #[test]
    fn a_phone_that_works_and_one_that_fails_are_the_sides_of_themselves() {
        let phones = vec![
            phone("A", "7962", 1, None),
            phone("B", "8851", 2, None),
            phone("C", "7965", 0, Some(Stage::Tls)),
            phone("D", "8851", 3, Some(Stage::Login)),
            phone("", "8851", 1, None),
        ];
        let nobody = Comparing::default();
        assert_eq!(
            nobody.sides(Some(&case(phones.clone(), &[])), &[]),
            [named("B"), named("D")],
            "of one model"
        );
        let failing = case(phones[2..4].to_vec(), &[]);
        assert_eq!(nobody.sides(Some(&failing), &[]), [named("C"), named("D")], "two of them are two");
        let one = case(phones[..1].to_vec(), &[]);
        assert_eq!(nobody.sides(Some(&one), &[]), [Some(Chosen::Case), Some(Chosen::Others)]);
        assert_eq!(nobody.sides(None, &[]), [Some(Chosen::Others), Some(Chosen::Others)]);
        let chosen = nobody.after(0, Compared::Chose(false, Chosen::Phone("D".to_owned())));
        assert_eq!(
            chosen.sides(Some(&case(phones, &[])), &[]),
            [named("D"), named("B")],
            "not twice the same"
        );
    }

    #[test]
    fn two_files_of_one_kind_are_sides_where_no_two_phones_are() {
        let config = "ASA Version 9.8(2)\nhostname a\nwebvpn\n enable outside\n: end\n";
        let files = [("a.cfg", config), ("notes.txt", "nothing\n"), ("b.cfg", config)];
        let sides = Comparing::default().sides(Some(&case(Vec::new(), &files)), &[7, 8, 9]);
        assert_eq!(sides, [Some(Chosen::File(7)), Some(Chosen::File(9))]);
    }

    #[test]
    fn only_an_answer_to_what_is_chosen_in_this_case_counts() {
        let ready = || Work::Ready(Rc::new(Comparison::default()));
        let chosen = Comparing::default().after(4, Compared::Chose(true, Chosen::File(2)));
        assert_eq!(chosen.after(4, Compared::Work(3, chosen.version, ready())), chosen);
        assert_eq!(chosen.after(4, Compared::Work(4, chosen.version - 1, ready())), chosen);
        let told = chosen.after(4, Compared::Work(4, chosen.version, ready()));
        assert_eq!(told.told, ready());
        let another = told.for_another_case(&[1]);
        assert_eq!((another.chosen, another.told), ([None, None], Work::Open), "the file is gone");
        let kept = told.for_another_case(&[1, 2]);
        assert_eq!(kept.chosen, [None, Some(Chosen::File(2))]);
        let both = [Chosen::Case, Chosen::Others];
        let swapped = Comparing::default().after(0, Compared::Swapped(both));
        assert_eq!(swapped.chosen, [Some(Chosen::Others), Some(Chosen::Case)]);
    }
}
