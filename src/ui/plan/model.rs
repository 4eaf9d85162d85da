//! What the person wants to change, and what was foretold of it. A pure function of what happened.
//!
//! What was foretold belongs to one case and to the wishes that it was asked with: another word in a field takes it
//! away, another file in the case has it foretold anew.

use std::rc::Rc;

use vpn_phone_doctor::plan::{Key, Offer, Plan, Row};
use vpn_phone_doctor::text::Text;

/// The file of a change, as a worker read it.
#[derive(Clone, Debug, PartialEq)]
pub struct TakenFile {
    /// Its name.
    pub name: String,
    /// What it says: opaque here.
    pub change: Rc<Vec<u8>>,
}

/// What one key is wanted to be.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// What is changed.
    pub key: Key,
    /// As it was typed or chosen; lines for `ssl` and configurations.
    pub text: String,
    /// The file that says it.
    pub file: Option<TakenFile>,
    /// Why it is no change.
    pub trouble: Option<Text>,
}

impl Wish {
    /// True where nothing is wanted.
    fn is_idle(&self) -> bool {
        self.text.trim().is_empty() && self.file.is_none()
    }
}

/// What was foretold: all changes together, and each alone where there are several.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// All together.
    pub all: Plan,
    /// Each alone; empty where there is only one.
    pub alone: Vec<(Key, Plan)>,
}

/// How far it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Foretold {
    /// It was not asked for, or is being worked out.
    #[default]
    Open,
    /// Here it is.
    Ready(Rc<Columns>),
    /// It could not be worked out, and why.
    Failed(Text),
}

/// What the person plans.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Planning {
    /// What may be changed in this case; `None` before it was asked for.
    pub offers: Option<Rc<Vec<Offer>>>,
    /// What is wanted, in the order of the keys.
    pub wishes: Vec<Wish>,
    /// The person says that the phones connect today.
    pub works: bool,
    /// It was asked what comes of it.
    pub asked: bool,
    /// Counts what was wanted, so that an answer to something else is none.
    pub version: u32,
    /// What comes of it.
    pub foretold: Foretold,
}

/// What changed.
#[derive(Clone, Debug)]
pub enum Planned {
    /// Words or lines of a key; none take it back.
    Says(Key, String),
    /// A file of a key, or why it is none.
    Takes(Key, Result<TakenFile, Text>),
    /// The person says that the phones connect, or no longer.
    Works(bool),
    /// The person asks what comes of it.
    Asked,
    /// What may be changed in the case of a generation.
    Offered(u32, Rc<Vec<Offer>>),
    /// What comes of the wishes of a version, in the case of a generation.
    Foretold(u32, u32, Foretold),
    /// One of them is no change, and why.
    Refused(u32, u32, Key, Text),
}

impl Planning {
    /// The same after something happened, in the case of a generation.
    #[must_use]
    pub fn after(&self, generation: u32, what: Planned) -> Self {
        let mut next = self.clone();
        match what {
            Planned::Says(key, text) => next.wish(key, |wish| {
                wish.text = text;
                wish.file = None;
            }),
            Planned::Takes(key, Ok(file)) => next.wish(key, |wish| {
                wish.text = String::new();
                wish.file = Some(file);
            }),
            Planned::Takes(key, Err(why)) => next.wish(key, |wish| {
                wish.file = None;
                wish.trouble = Some(why);
            }),
            Planned::Works(works) => {
                next.works = works;
                next.renew();
            }
            Planned::Asked => {
                next.renew();
                let wanted = next.changes().next().is_some();
                next.asked = wanted;
            }
            Planned::Offered(of, offers) if of == generation => next.offers = Some(offers),
            Planned::Foretold(of, version, foretold) if of == generation && version == self.version => {
                next.foretold = foretold;
            }
            Planned::Refused(of, version, key, why) if of == generation && version == self.version => {
                next.asked = false;
                if let Some(wish) = next.wishes.iter_mut().find(|wish| wish.key == key) {
                    wish.trouble = Some(why);
                }
            }
            // News of another case, or of what is no longer wanted.
            Planned::Offered(..) | Planned::Foretold(..) | Planned::Refused(..) => {}
        }
        next
    }

    /// The same for a case whose files or answers have changed: what was asked is asked anew.
    #[must_use]
    pub fn for_another_case(&self) -> Self {
        let mut next = Self { offers: None, ..self.clone() };
        next.renew();
        next
    }

    /// What is wanted of a key.
    pub fn of(&self, key: Key) -> Option<&Wish> {
        self.wishes.iter().find(|wish| wish.key == key)
    }

    /// Everything that is wanted.
    pub fn changes(&self) -> impl Iterator<Item = &Wish> {
        self.wishes.iter().filter(|wish| !wish.is_idle())
    }

    /// It was asked for and is not there yet.
    pub fn is_open(&self) -> bool {
        self.asked && self.foretold == Foretold::Open
    }

    fn wish(&mut self, key: Key, change: impl FnOnce(&mut Wish)) {
        let at = self.wishes.partition_point(|wish| wish.key < key);
        if self.of(key).is_none() {
            self.wishes.insert(at, Wish { key, text: String::new(), file: None, trouble: None });
        }
        if let Some(wish) = self.wishes.get_mut(at) {
            wish.trouble = None;
            change(wish);
        }
        // What is wanted now was not asked for.
        self.asked = false;
        self.renew();
    }

    fn renew(&mut self) {
        self.version = self.version.wrapping_add(1);
        self.foretold = Foretold::Open;
    }
}

/// Phones of which the same is foretold: the places of their rows, the first one speaks for all.
pub fn groups(columns: &Columns) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let same = |one: usize, other: usize| {
        let alike = |plan: &Plan| match (plan.rows.get(one), plan.rows.get(other)) {
            (Some(one), Some(other)) => are_alike(one, other),
            _ => false,
        };
        alike(&columns.all) && columns.alone.iter().all(|(_, plan)| alike(plan))
    };
    for row in 0..columns.all.rows.len() {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| same(*first, row))) {
            Some(group) => group.push(row),
            None => groups.push(vec![row]),
        }
    }
    groups
}

/// The same is foretold of both. Where it is read may differ: each phone has files of its own.
fn are_alike(one: &Row, other: &Row) -> bool {
    (&one.model, &one.load, &one.today, &one.after, &one.assumed)
        == (&other.model, &other.load, &other.today, &other.after, &other.assumed)
}

#[cfg(test)]
mod tests {
    use vpn_phone_doctor::plan::Outcome;

    use super::*;

    const WHY: Text = Text::fixed("a release such as 9.16(4)", "eine Version wie 9.16(4)");

    fn row(phone: &str, load: &str, after: Outcome) -> Row {
        Row {
            phone: Some(phone.to_owned()),
            model: None,
            load: Some(load.to_owned()),
            today: Outcome::CONNECTS,
            after,
            because: Vec::new(),
            assumed: Vec::new(),
        }
    }

    fn plan(rows: Vec<Row>) -> Plan {
        Plan { redacted: false, inputs: Vec::new(), changes: Vec::new(), rows, steps: Vec::new() }
    }

    fn ready() -> Foretold {
        Foretold::Ready(Rc::new(Columns { all: plan(Vec::new()), alone: Vec::new() }))
    }

    fn says(key: Key, text: &str) -> Planned {
        Planned::Says(key, text.to_owned())
    }

    #[test]
    fn wishes_stand_in_the_order_of_the_keys_and_an_empty_one_is_none() {
        let wanted = Planning::default()
            .after(0, says(Key::PhoneLoad, "14.0(1)"))
            .after(0, says(Key::AsaRelease, "9.16(4)"))
            .after(0, says(Key::Ssl, "  "));
        let keys: Vec<Key> = wanted.changes().map(|wish| wish.key).collect();
        assert_eq!(keys, [Key::AsaRelease, Key::PhoneLoad]);
        let less = wanted.after(0, says(Key::AsaRelease, ""));
        assert_eq!(less.changes().count(), 1);
        assert!(!Planning::default().after(0, Planned::Asked).asked, "nothing is wanted");
    }

    #[test]
    fn only_an_answer_to_what_is_wanted_now_in_this_case_counts() {
        let asked = Planning::default().after(3, says(Key::AsaRelease, "9.16(4)")).after(3, Planned::Asked);
        assert!(asked.is_open());
        let version = asked.version;
        assert_eq!(asked.after(3, Planned::Foretold(2, version, ready())), asked, "another case");
        assert_eq!(asked.after(3, Planned::Foretold(3, version - 1, ready())), asked, "other wishes");
        let told = asked.after(3, Planned::Foretold(3, version, ready()));
        assert!(!told.is_open() && told.foretold == ready());
        let other = told.after(3, says(Key::AsaRelease, "9.18(1)"));
        assert_eq!((other.asked, &other.foretold), (false, &Foretold::Open), "nobody asked for that yet");
        let another = told.for_another_case();
        assert!(another.is_open() && another.offers.is_none() && another.version != version);
    }

    #[test]
    fn what_is_no_change_says_so_at_its_field_until_it_is_another() {
        let asked = Planning::default().after(0, says(Key::AsaRelease, "newest")).after(0, Planned::Asked);
        let refused = asked.after(0, Planned::Refused(0, asked.version, Key::AsaRelease, WHY));
        assert_eq!(refused.of(Key::AsaRelease).and_then(|wish| wish.trouble.clone()), Some(WHY));
        assert!(!refused.is_open());
        let mended = refused.after(0, says(Key::AsaRelease, "9.16(4)"));
        assert_eq!(mended.of(Key::AsaRelease).and_then(|wish| wish.trouble.clone()), None);
    }

    #[test]
    fn a_file_takes_the_place_of_words_and_words_that_of_a_file() {
        let file = TakenFile { name: "new.pem".to_owned(), change: Rc::default() };
        let taken = Planning::default()
            .after(0, says(Key::Certificate, "renewed"))
            .after(0, Planned::Takes(Key::Certificate, Ok(file)));
        let wish = taken.of(Key::Certificate).unwrap();
        assert_eq!((wish.text.as_str(), wish.file.is_some()), ("", true));
        let said = taken.after(0, says(Key::Certificate, "renewed"));
        assert!(said.of(Key::Certificate).unwrap().file.is_none());
        let none = taken.after(0, Planned::Takes(Key::Certificate, Err(WHY)));
        assert_eq!(none.changes().count(), 0);
    }

    #[test]
    fn phones_of_which_the_same_is_foretold_are_one_row() {
        let breaks = Outcome { outcome: vpn_phone_doctor::plan::Will::Breaks, ..Outcome::UNKNOWN };
        let rows = |last: Outcome| {
            vec![row("A", "x", Outcome::CONNECTS), row("B", "y", Outcome::CONNECTS), row("C", "x", last)]
        };
        let columns = Columns { all: plan(rows(Outcome::CONNECTS)), alone: Vec::new() };
        assert_eq!(groups(&columns), [vec![0, 2], vec![1]]);
        let columns = Columns { alone: vec![(Key::Ssl, plan(rows(breaks)))], ..columns };
        assert_eq!(groups(&columns).len(), 3, "one change alone makes them differ");
    }
}
