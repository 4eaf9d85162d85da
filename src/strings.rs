//! Every string of what is told, and what it holds: redaction and the hiding of secrets go through them, typed.
//!
//! ```text
//! strings! { RenewalPhone { name, place, trusts_presented, … } }         name: a device's words
//! strings! { Change { rule: Rule, title, file: File, … } }               file: the name of a file
//! ```
//! A type names each of its fields, so that one which nobody thought of does not compile; a string of which nothing is
//! said holds words of a device, and those are taken apart. Neither a wording of this program is among the strings nor
//! what it chose itself ([`Holds::Own`] goes past who asks for the others).

use crate::text::{Argument, Class, Text};

/// What a string holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// What this program chose: the id of a rule or of a role.
    Own,
    /// The id of a rule; of an earlier report it may be none of ours.
    Rule,
    /// One of the answers that a person may choose: a user, a phone or an address.
    Answer,
    /// A field of this class; one that names somebody may be a sentence instead, which has blanks.
    Field(Class),
    /// The argument of a text.
    Argument(Class),
}

/// What is done with each string.
pub type EachString<'a> = dyn FnMut(&mut String, Holds) + 'a;

/// Has strings.
pub trait Strings {
    /// Hands out every string in it; `holds` is what is said of the field that it stands in.
    fn each_string(&mut self, holds: Holds, each: &mut EachString<'_>);
}

/// The fields of each type, with what a string in them holds where it is no device's words.
macro_rules! strings {
    ($($type:ident { $($field:ident $(: $holds:ident)?),* $(,)? })*) => { $(
        impl $crate::strings::Strings for $type {
            fn each_string(&mut self, _: $crate::strings::Holds, each: &mut $crate::strings::EachString<'_>) {
                let Self { $($field),* } = self;
                $($crate::strings::Strings::each_string($field, $crate::strings::strings!(@ $($holds)?), each);)*
            }
        }
    )* };
    (@) => { $crate::strings::Holds::Field($crate::text::Class::Words) };
    (@ Own) => { $crate::strings::Holds::Own };
    (@ Rule) => { $crate::strings::Holds::Rule };
    (@ Answer) => { $crate::strings::Holds::Answer };
    (@ $class:ident) => { $crate::strings::Holds::Field($crate::text::Class::$class) };
}
pub(crate) use strings;

/// Types without any string.
macro_rules! no_strings {
    ($($type:ty)*) => { $(
        impl $crate::strings::Strings for $type {
            fn each_string(&mut self, _: $crate::strings::Holds, _: &mut $crate::strings::EachString<'_>) {}
        }
    )* };
}
pub(crate) use no_strings;

no_strings! { () bool u8 u32 u64 i64 }

impl Strings for String {
    fn each_string(&mut self, holds: Holds, each: &mut EachString<'_>) {
        each(self, holds);
    }
}

impl<T: Strings + ?Sized> Strings for &mut T {
    fn each_string(&mut self, holds: Holds, each: &mut EachString<'_>) {
        (**self).each_string(holds, each);
    }
}

impl<T: Strings> Strings for Option<T> {
    fn each_string(&mut self, holds: Holds, each: &mut EachString<'_>) {
        self.iter_mut().for_each(|inner| inner.each_string(holds, each));
    }
}

impl<T: Strings> Strings for Vec<T> {
    fn each_string(&mut self, holds: Holds, each: &mut EachString<'_>) {
        self.iter_mut().for_each(|inner| inner.each_string(holds, each));
    }
}

impl<A: Strings, B: Strings> Strings for (A, B) {
    fn each_string(&mut self, holds: Holds, each: &mut EachString<'_>) {
        self.0.each_string(holds, each);
        self.1.each_string(holds, each);
    }
}

/// The wording is ours and stays. Texts stand in texts only as deep as this program puts them.
impl Strings for Text {
    fn each_string(&mut self, _: Holds, each: &mut EachString<'_>) {
        for argument in self.arguments_mut() {
            match argument {
                Argument::Value(class, value) => each(value, Holds::Argument(*class)),
                Argument::Quoted(words) => each(words, Holds::Argument(Class::Words)),
                Argument::List(class, values) => values.each_string(Holds::Argument(*class), each),
                Argument::Text(nested) => nested.each_string(Holds::Own, each),
                Argument::Own(_) => {}
            }
        }
    }
}

impl Strings for serde_json::Value {
    fn each_string(&mut self, holds: Holds, each: &mut EachString<'_>) {
        match self {
            Self::String(words) => each(words, holds),
            Self::Array(items) => items.iter_mut().for_each(|item| item.each_string(holds, each)),
            Self::Object(fields) => fields.values_mut().for_each(|field| field.each_string(holds, each)),
            Self::Null | Self::Bool(_) | Self::Number(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Row {
        name: String,
        rule: Option<String>,
        file: Vec<String>,
        says: Vec<(Text, String)>,
        works: bool,
    }

    strings! { Row { name, rule: Rule, file: File, says, works } }

    #[test]
    fn every_string_is_handed_out_with_what_it_holds_and_no_wording_is() {
        let nested = Text::fixed("in {group}", "in {group}").with("group", Class::Group, "PHONES");
        let says = Text::fixed("{a} {b} {c} {n}", "{a} {b} {c} {n}")
            .quote("a", "a line")
            .list("b", Class::Host, ["vpn.example.com", "asa.example.com"])
            .nested("c", nested)
            .number("n", 7_u32);
        let mut row = Row {
            name: "phone".to_owned(),
            rule: Some("cert-hash-mismatch".to_owned()),
            file: vec!["a.txt".to_owned(), "b.txt".to_owned()],
            says: vec![(says, "value".to_owned())],
            works: true,
        };
        let mut told = Vec::new();
        row.each_string(Holds::Own, &mut |string, holds| told.push((std::mem::take(string), holds)));
        let words = Holds::Field(Class::Words);
        let wanted = [
            ("phone", words),
            ("cert-hash-mismatch", Holds::Rule),
            ("a.txt", Holds::Field(Class::File)),
            ("b.txt", Holds::Field(Class::File)),
            ("a line", Holds::Argument(Class::Words)),
            ("vpn.example.com", Holds::Argument(Class::Host)),
            ("asa.example.com", Holds::Argument(Class::Host)),
            ("PHONES", Holds::Argument(Class::Group)),
            ("value", words),
        ];
        assert_eq!(told, wanted.map(|(string, holds)| (string.to_owned(), holds)));
        assert!(row.works && row.name.is_empty());
    }
}
