//! What one side says of one thing.

use crate::finding::Evidence;
use crate::source::Place;
use crate::stage::Stage;
use crate::text::Text;

use super::difference::Matters;

/// One value of one side. The same key on the other side is the same thing.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// `phone-load`, `ssl-cipher tlsv1`.
    pub key: String,
    /// What it is called.
    pub what: Text,
    /// Where a phone would feel it.
    pub stage: Stage,
    pub value: String,
    pub evidence: Option<Evidence>,
    /// What a difference means where no rule objects.
    pub matters: Matters,
    /// Rules that judge it.
    pub rules: &'static [&'static str],
    /// It is how something ended: what else differs explains it.
    pub ends: bool,
}

/// Items in the making.
#[derive(Default)]
pub(super) struct Items(pub Vec<Item>);

/// A thing that is compared, as each table of things lists it.
#[derive(Clone, Copy)]
pub(super) struct Thing {
    pub key: &'static str,
    pub stage: Stage,
    pub matters: Matters,
    pub rules: &'static [&'static str],
    pub ends: bool,
}

/// A thing that a phone may depend on.
pub(super) const fn thing(key: &'static str, stage: Stage, rules: &'static [&'static str]) -> Thing {
    Thing { key, stage, matters: Matters::Possible, rules, ends: false }
}

/// How something ended.
pub(super) const fn end(key: &'static str, stage: Stage, rules: &'static [&'static str]) -> Thing {
    Thing { ends: true, ..thing(key, stage, rules) }
}

/// A thing that no phone depends on.
pub(super) const fn idle(key: &'static str) -> Thing {
    Thing { key, stage: Stage::Prerequisites, matters: Matters::No, rules: &[], ends: false }
}

/// The key of a line of a configuration: the blocks that it stands in, and what it sets.
pub(super) fn line_key(path: &[String], setting: &str) -> String {
    format!("line {}", named_line(path, setting))
}

/// A line among those of a side.
pub(super) fn named_line(path: &[String], setting: &str) -> String {
    format!("{} › {setting}", path.join(" › "))
}

impl Items {
    /// A value and its line.
    pub fn add(&mut self, thing: Thing, what: Text, value: impl Into<String>, place: Option<Place>) {
        self.named(thing, "", what, value, place);
    }

    /// The same of a thing of which a side may have several, each by its name.
    pub fn named(
        &mut self,
        thing: Thing,
        name: &str,
        what: Text,
        value: impl Into<String>,
        place: Option<Place>,
    ) {
        let key = if name.is_empty() { thing.key.to_owned() } else { format!("{} {name}", thing.key) };
        let says = what.clone();
        self.0.push(Item {
            key,
            what,
            stage: thing.stage,
            value: value.into(),
            evidence: place.map(|place| Evidence::at(&place, says)),
            matters: thing.matters,
            rules: thing.rules,
            ends: thing.ends,
        });
    }
}
