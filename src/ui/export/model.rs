//! What the person wants a report to be like, and the redacted case that it is made from.
//!
//! The switch is the person's wish and stays until everything is forgotten; the redacted case belongs to one
//! diagnosis and goes with it. One seed serves a case for as long as its files and answers stay, so that what is saved
//! twice agrees.

use std::rc::Rc;

use vpn_phone_doctor::report::redact::{Addresses, Redacted};
use vpn_phone_doctor::text::{Lang, Text};

/// Random bytes that other addresses are made from.
pub type Seed = [u8; 32];

/// What of a case is copied as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excerpt {
    /// One finding in full, by its place in the case.
    Finding(u32),
    /// The case in the few lines of a ticket.
    Ticket,
}

/// Which names leave the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Names {
    /// Those of the case.
    Real,
    /// Pseudonyms, as long as nobody asks for anything else: a report is mostly saved to be sent.
    #[default]
    Redacted,
}

/// How far the redacted case is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Redaction {
    /// It was not made, or is being made.
    #[default]
    Open,
    /// Here it is.
    Ready(Rc<Redacted>),
    /// It could not be made, and why.
    Failed(Text),
}

/// What the person wants.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Saving {
    /// The language of the report; the page's where `None`.
    pub lang: Option<Lang>,
    /// Which names it has.
    pub names: Names,
    /// What becomes of addresses.
    pub addresses: Addresses,
    /// The dialog is open: the redacted case is wanted to be looked at.
    pub open: bool,
    /// The redacted case.
    pub redaction: Redaction,
    /// What this case's other addresses are made from, once some were made.
    pub seed: Option<Rc<Seed>>,
    /// Counts how often a redaction that failed was asked for again.
    pub attempts: u32,
}

/// What changed.
#[derive(Clone, Debug)]
pub enum Change {
    /// The report's language.
    Language(Lang),
    /// Which names it has.
    Names(Names),
    /// What becomes of addresses.
    Addresses(Addresses),
    /// The dialog opens or closes.
    Open(bool),
    /// The redacted case of a generation, with such addresses, came.
    Redacted(u32, Addresses, Rc<Redacted>, Rc<Seed>),
    /// It could not be made, and why.
    Failed(u32, Addresses, Text),
    /// It is asked for once more.
    Again,
}

impl Saving {
    /// The same after a change, in the case of a generation.
    #[must_use]
    pub fn after(&self, generation: u32, change: Change) -> Self {
        let mut next = self.clone();
        match change {
            Change::Language(lang) => next.lang = Some(lang),
            Change::Names(names) => next.names = names,
            Change::Open(open) => next.open = open,
            Change::Addresses(addresses) if addresses == self.addresses => {}
            Change::Addresses(addresses) => {
                next.addresses = addresses;
                next.redaction = Redaction::Open;
            }
            Change::Redacted(of, addresses, redacted, seed)
                if of == generation && addresses == self.addresses =>
            {
                next.redaction = Redaction::Ready(redacted);
                next.seed = Some(seed);
            }
            Change::Failed(of, addresses, why) if of == generation && addresses == self.addresses => {
                next.redaction = Redaction::Failed(why);
            }
            // News of another case, or of what is no longer wanted.
            Change::Redacted(..) | Change::Failed(..) => {}
            Change::Again => {
                next.redaction = Redaction::Open;
                next.attempts = next.attempts.wrapping_add(1);
            }
        }
        next
    }

    /// The same for a case whose files or answers have changed.
    #[must_use]
    pub fn for_another_case(&self) -> Self {
        Self { redaction: Redaction::Open, seed: None, ..self.clone() }
    }

    /// The same for another diagnosis of the case.
    #[must_use]
    pub fn for_another_diagnosis(&self) -> Self {
        Self { redaction: Redaction::Open, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use vpn_phone_doctor::diagnose::{Said, diagnose};

    use super::*;

    fn redacted() -> Rc<Redacted> {
        Rc::new(Redacted { diagnosis: diagnose(&[], &Said::new(), 0), map: Vec::new(), secrets: 0 })
    }

    #[test]
    fn only_news_of_this_case_and_of_what_is_wanted_counts() {
        let wanted = Saving::default();
        assert_eq!(wanted.names, Names::Redacted, "unless somebody asks for real names");
        let news =
            |generation, addresses| Change::Redacted(generation, addresses, redacted(), Rc::new([7; 32]));
        assert_eq!(wanted.after(3, news(2, Addresses::Opaque)), wanted, "an older case");
        assert_eq!(wanted.after(3, news(3, Addresses::Topology)), wanted, "no longer wanted");
        let ready = wanted.after(3, news(3, Addresses::Opaque));
        assert_eq!(ready.redaction, Redaction::Ready(redacted()));
        assert_eq!(ready.after(3, Change::Addresses(Addresses::Opaque)), ready, "nothing new is wanted");
        let other = ready.after(3, Change::Addresses(Addresses::Topology));
        assert_eq!((&other.redaction, &other.seed), (&Redaction::Open, &ready.seed), "the seed stays");
    }

    #[test]
    fn the_wish_outlives_the_case_and_the_redacted_case_does_not() {
        let news = Change::Redacted(1, Addresses::Opaque, redacted(), Rc::new([7; 32]));
        let ready = Saving::default().after(1, Change::Names(Names::Real)).after(1, news);
        let other = ready.for_another_case();
        assert_eq!((other.names, other.redaction, other.seed), (Names::Real, Redaction::Open, None));
        let again = ready.for_another_diagnosis();
        assert_eq!((again.names, again.redaction, again.seed), (Names::Real, Redaction::Open, ready.seed));
    }

    #[test]
    fn what_failed_can_be_asked_for_again() {
        let why = Text::fixed("it stopped", "es ist ausgefallen");
        let failed = Saving::default().after(0, Change::Failed(0, Addresses::Opaque, why.clone()));
        assert_eq!(failed.redaction, Redaction::Failed(why));
        let again = failed.after(0, Change::Again);
        assert_eq!((again.redaction, again.attempts), (Redaction::Open, failed.attempts + 1));
    }
}
