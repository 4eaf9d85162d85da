//! Text for people: always an (English, German) pair, with what the case puts into it beside it.
//!
//! ```
//! # use vpn_phone_doctor::text::{Class, Lang, Text};
//! const BOUND: Text = Text::fixed("{group} is bound in line {line}.", "{group} ist in Zeile {line} gebunden.");
//! let text = BOUND.with("group", Class::Group, "PHONES").number("line", 3_u32);
//! assert_eq!(text.get(Lang::De), "PHONES ist in Zeile 3 gebunden.");
//! ```
//! A wording is known when the program is built, and so are its own words; whatever comes from a file or from the
//! person is an argument with its class ([`Class`]). So redaction replaces arguments and never has to guess a name
//! back out of a sentence. The two meet only at the edge, where a report or the page asks for one language.
//!
//! What a device printed is never a [`Text`] of two wordings: it is quoted as it was read, with [`Text::quoted`].

use std::borrow::Cow;
use std::cell::Cell;
use std::cmp::Ordering;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

mod class;

pub use class::{Class, Number};

/// The languages that the product speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema, clap::ValueEnum))]
#[serde(rename_all = "kebab-case")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// German.
    De,
}

/// One statement in both languages. Two are the same where they read the same.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Text {
    /// The English wording, with `{name}` where an argument stands.
    en: Cow<'static, str>,
    /// The German wording, likewise.
    de: Cow<'static, str>,
    /// What stands in both, by the name of its place.
    arguments: Vec<(Cow<'static, str>, Argument)>,
}

/// What stands in the place of a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Argument {
    /// Of a file or a person.
    Value(Class, String),
    /// A device's own words, between the language's quotation marks; redaction takes them apart.
    Quoted(String),
    /// Several of one class.
    List(Class, Vec<String>),
    /// A number, or a word of this program's own.
    Own(Cow<'static, str>),
    /// Another text.
    Text(#[serde(deserialize_with = "nested")] Box<Text>),
}

/// A text in a text, no deeper than this program puts them: bytes that say otherwise are a file of somebody's making.
fn nested<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<Text>, D::Error> {
    thread_local! {
        static DEPTH: Cell<u8> = const { Cell::new(0) };
    }
    let depth = DEPTH.get();
    if depth >= DEEPEST {
        return Err(D::Error::custom("texts are nested too deep"));
    }
    DEPTH.set(depth + 1);
    let text = Deserialize::deserialize(deserializer);
    DEPTH.set(depth);
    text
}

/// Texts around a text at most.
const DEEPEST: u8 = 64;

impl Argument {
    /// The argument as a person reads it.
    pub fn get(&self, lang: Lang) -> Cow<'_, str> {
        match self {
            Self::Value(_, value) => Cow::Borrowed(value),
            Self::Quoted(words) => {
                let [open, close] = match lang {
                    Lang::En => ["\"", "\""],
                    Lang::De => ["„", "“"],
                };
                Cow::Owned([open, words, close].concat())
            }
            Self::List(_, values) => Cow::Owned(values.join(", ")),
            Self::Own(word) => Cow::Borrowed(word),
            Self::Text(text) => text.get(lang),
        }
    }
}

impl Text {
    /// A wording that is known when the program is built.
    pub const fn fixed(en: &'static str, de: &'static str) -> Self {
        Self { en: Cow::Borrowed(en), de: Cow::Borrowed(de), arguments: Vec::new() }
    }

    /// A wording that was put together from texts of this program, such as a paragraph of a rule's prose. Nothing of
    /// a case may be in it: that is an argument.
    pub fn template(en: impl Into<Cow<'static, str>>, de: impl Into<Cow<'static, str>>) -> Self {
        Self { en: en.into(), de: de.into(), arguments: Vec::new() }
    }

    /// A device's own words, the same in every language.
    pub fn quoted(words: impl Into<String>) -> Self {
        let words = words.into();
        if words.is_empty() { Self::default() } else { ALONE.with("words", Class::Words, words) }
    }

    /// What a device or a file said, for the place `{name}`.
    #[must_use]
    pub fn with(self, name: &'static str, class: Class, value: impl AsRef<str>) -> Self {
        self.argument(name, Argument::Value(class, value.as_ref().to_owned()))
    }

    /// A device's own words, between quotation marks.
    #[must_use]
    pub fn quote(self, name: &'static str, words: impl Into<String>) -> Self {
        self.argument(name, Argument::Quoted(words.into()))
    }

    /// Several of one class, with a comma and a blank between them.
    #[must_use]
    pub fn list<I>(self, name: &'static str, class: Class, values: I) -> Self
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        self.argument(
            name,
            Argument::List(class, values.into_iter().map(|value| value.as_ref().to_owned()).collect()),
        )
    }

    /// A number that was counted or worked out here.
    #[must_use]
    pub fn number(self, name: &'static str, number: impl Number) -> Self {
        self.argument(name, Argument::Own(Cow::Owned(number.written())))
    }

    /// A word of this program's own, the same in every language: the name of an algorithm or of a version of TLS.
    #[must_use]
    pub fn word(self, name: &'static str, word: &'static str) -> Self {
        self.argument(name, Argument::Own(Cow::Borrowed(word)))
    }

    /// Another text.
    #[must_use]
    pub fn nested(self, name: &'static str, text: Text) -> Self {
        self.argument(name, Argument::Text(Box::new(text)))
    }

    /// Any argument. The first one of a name counts.
    #[must_use]
    pub fn argument(mut self, name: impl Into<Cow<'static, str>>, argument: Argument) -> Self {
        self.arguments.push((name.into(), argument));
        self
    }

    /// Texts one behind the other, with the same signs between them.
    pub fn joined(texts: impl IntoIterator<Item = Text>, between: &'static str) -> Self {
        let mut wording = String::new();
        let mut arguments = Vec::new();
        for (text, place) in texts.into_iter().zip(0_u32..) {
            if place > 0 {
                wording.push_str(between);
            }
            let name = place.to_string();
            wording.extend(["{", &name, "}"]);
            arguments.push((Cow::Owned(name), Argument::Text(Box::new(text))));
        }
        Self { en: Cow::Owned(wording.clone()), de: Cow::Owned(wording), arguments }
    }

    /// The text, then another one behind a blank.
    #[must_use]
    pub fn followed_by(self, next: Text) -> Self {
        Self::joined([self, next], " ")
    }

    /// A number and what it counts: `1 check`, `2 checks`; `one` and `several` have a `{count}`.
    pub fn counted(count: usize, one: Text, several: Text) -> Self {
        let wording = if count == 1 { one } else { several };
        wording.number("count", count)
    }

    /// The text as a person reads it.
    pub fn get(&self, lang: Lang) -> Cow<'_, str> {
        let wording = self.wording(lang);
        if self.arguments.is_empty() || !wording.contains('{') {
            return Cow::Borrowed(wording);
        }
        if let Some(argument) = whole(wording).and_then(|name| self.named(name)) {
            return argument.get(lang);
        }
        let mut out = String::with_capacity(wording.len() + 16 * self.arguments.len());
        let mut rest = wording;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let argument = after.split_once('}').and_then(|(name, tail)| Some((self.named(name)?, tail)));
            let Some((argument, tail)) = argument else {
                out.push('{');
                rest = after;
                continue;
            };
            out.push_str(&argument.get(lang));
            rest = tail;
        }
        out.push_str(rest);
        Cow::Owned(out)
    }

    /// The same, without a copy of what was known when the program was built.
    pub fn into_words(self, lang: Lang) -> Cow<'static, str> {
        if !self.arguments.is_empty() {
            return Cow::Owned(self.get(lang).into_owned());
        }
        match lang {
            Lang::En => self.en,
            Lang::De => self.de,
        }
    }

    /// The English text.
    pub fn en(&self) -> Cow<'_, str> {
        self.get(Lang::En)
    }

    /// The German text.
    pub fn de(&self) -> Cow<'_, str> {
        self.get(Lang::De)
    }

    /// The wording of one language, its arguments still open.
    pub fn wording(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::De => &self.de,
        }
    }

    /// The same statement, in `lang` worded as `other`.
    #[must_use]
    pub fn in_language(self, lang: Lang, other: Text) -> Self {
        let both = BOTH.nested("own", self).nested("other", other);
        match lang {
            Lang::En => Self { en: Cow::Borrowed("{other}"), ..both },
            Lang::De => Self { de: Cow::Borrowed("{other}"), ..both },
        }
    }

    /// What stands in the wordings.
    pub fn arguments_mut(&mut self) -> impl Iterator<Item = &mut Argument> {
        self.arguments.iter_mut().map(|(_, argument)| argument)
    }

    /// True where neither language says anything.
    pub fn is_empty(&self) -> bool {
        self.get(Lang::En).is_empty() && self.get(Lang::De).is_empty()
    }

    fn named(&self, name: &str) -> Option<&Argument> {
        self.arguments.iter().find(|(known, _)| known == name).map(|(_, argument)| argument)
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.en() == other.en() && self.de() == other.de()
    }
}

impl Eq for Text {}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        self.en().cmp(&other.en()).then_with(|| self.de().cmp(&other.de()))
    }
}

/// The name of the place that is all of a wording.
fn whole(wording: &str) -> Option<&str> {
    wording.strip_prefix('{')?.strip_suffix('}').filter(|name| !name.contains(['{', '}']))
}

const ALONE: Text = Text::fixed("{words}", "{words}");
const BOTH: Text = Text::fixed("{own}", "{own}");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_stand_in_both_languages() {
        let text = Text::fixed("Bind {trustpoint}.", "{trustpoint} binden.");
        let bound = text.with("trustpoint", Class::Trustpoint, "PHONES");
        assert_eq!((&*bound.en(), &*bound.de()), ("Bind PHONES.", "PHONES binden."));
        let quoted =
            Text::fixed("printed by {command}", "Ausgabe von {command}").quote("command", "show run");
        assert_eq!((&*quoted.en(), &*quoted.de()), ("printed by \"show run\"", "Ausgabe von „show run“"));
    }

    #[test]
    fn a_name_is_never_read_as_a_place() {
        let text = Text::fixed("{user} of {group}, {open}", "{user}");
        let text = text.with("user", Class::User, "{group}").with("group", Class::Group, "{user}");
        assert_eq!((&*text.en(), &*text.de()), ("{group} of {user}, {open}", "{group}"));
        assert_eq!(Text::quoted("a {b} {words}").en(), "a {b} {words}");
    }

    #[test]
    fn texts_stand_in_texts() {
        let stage = Text::fixed("trust", "Vertrauen");
        let many = Text::counted(
            2,
            Text::fixed("{count} check", "{count} Prüfung"),
            Text::fixed("{count} checks", "{count} Prüfungen"),
        );
        let text =
            Text::fixed("{stage}: {many}", "{stage}: {many}").nested("stage", stage).nested("many", many);
        assert_eq!((&*text.en(), &*text.de()), ("trust: 2 checks", "Vertrauen: 2 Prüfungen"));
        let joined = Text::joined([text, Text::fixed("a", "ä")], "; ").list("x", Class::Host, ["a"]);
        assert_eq!(joined.de(), "Vertrauen: 2 Prüfungen; ä");
        assert!(Text::joined([], ", ").is_empty() && Text::quoted("").is_empty());
    }

    #[test]
    fn bytes_that_nest_texts_deeper_than_this_program_does_are_no_text() {
        let around = |inner: Text| Text::fixed("({inner})", "({inner})").nested("inner", inner);
        let nested = |times: u8| (0..times).fold(Text::fixed("a", "a"), |inner, _| around(inner));
        let read = |text: &Text| postcard::from_bytes::<Text>(&postcard::to_allocvec(text).unwrap());
        let deepest = nested(DEEPEST);
        assert_eq!(read(&deepest), Ok(deepest));
        assert!(read(&nested(DEEPEST + 1)).is_err());
        assert!(read(&nested(1)).is_ok(), "what was refused leaves nothing behind");
    }
}
