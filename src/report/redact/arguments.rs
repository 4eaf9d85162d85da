//! What is written for a string, by what it holds: names get a pseudonym of their class, a device's words are taken apart.

use super::class::Class;
use super::dictionary::Dictionary;
use super::{contexts, file_names, scan, shapes};
use crate::rules;
use crate::strings::Holds;
use crate::text;

/// What is written for a string.
pub(super) fn written(string: &str, holds: Holds, dictionary: &mut Dictionary) -> String {
    use text::Class::{Group, Trustpoint, User};
    match holds {
        Holds::Own => string.to_owned(),
        Holds::Rule if rules::by_id(string).is_some() => string.to_owned(),
        Holds::Rule => scan::text(string, dictionary),
        Holds::Answer => named(Class::User, string, dictionary),
        Holds::Field(Group | Trustpoint | User) if string.contains(' ') => scan::text(string, dictionary),
        Holds::Field(class) => of_class(class, string, dictionary),
        Holds::Argument(class) => {
            let whole = matches!(
                class,
                text::Class::Words | text::Class::Url | text::Class::Subject | text::Class::File
            );
            if whole || !string.contains(", ") {
                return of_class(class, string, dictionary);
            }
            let several = string.split(", ").map(|name| of_class(class, name, dictionary));
            several.collect::<Vec<_>>().join(", ")
        }
    }
}

fn of_class(class: text::Class, value: &str, dictionary: &mut Dictionary) -> String {
    match class {
        text::Class::Words | text::Class::Url => scan::text(value, dictionary),
        text::Class::Subject => scan::distinguished_name(value, dictionary),
        text::Class::File => file_names::input(value, dictionary),
        text::Class::Serial => dictionary.serial(value),
        text::Class::Hash => dictionary.fingerprint(value),
        text::Class::Phone => named(Class::Name, value, dictionary),
        text::Class::Host => named(Class::Host, value, dictionary),
        text::Class::User => named(Class::User, value, dictionary),
        text::Class::Group => named(Class::Group, value, dictionary),
        text::Class::Trustpoint => named(Class::Trustpoint, value, dictionary),
        text::Class::Interface => named(Class::Interface, value, dictionary),
    }
}

/// A name and nothing else; one that has a shape of its own is the same as in a device's lines.
fn named(class: Class, name: &str, dictionary: &mut Dictionary) -> String {
    let shaped = shapes::mac(name).is_some() || name.contains(['\\', '@', '/']);
    if shaped || !contexts::is_name(name, class) {
        return scan::text(name, dictionary);
    }
    dictionary.name(class, name);
    dictionary.pseudonym(class, name, name)
}
