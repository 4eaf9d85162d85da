//! What stands in a text of this program, by its class: the wording is ours and stays, each argument is replaced.

use serde::Deserialize as _;
use serde_json::Value;

use super::dictionary::Dictionary;
use super::{class, contexts, file_names, scan, shapes};
use crate::text::{Argument, Class, Text};

/// Learns the names of files among the arguments of a diagnosis: a device's line that quotes one is told by it.
pub(super) fn learn_files(value: &Value, dictionary: &mut Dictionary) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| learn_files(item, dictionary)),
        Value::Object(fields) => {
            if fields.len() == 1
                && let Ok(Argument::Value(Class::File, name)) = Argument::deserialize(value)
            {
                file_names::input(&name, dictionary);
            }
            fields.values().for_each(|field| learn_files(field, dictionary));
        }
        _ => {}
    }
}

/// A text, redacted. Texts stand in texts only as deep as this program puts them.
pub(super) fn text(text: &mut Text, dictionary: &mut Dictionary) {
    for argument in text.arguments_mut() {
        match argument {
            Argument::Value(class, value) => *value = written(*class, value, dictionary),
            Argument::Quoted(words) => *words = scan::text(words, dictionary),
            Argument::List(class, values) => {
                for value in values {
                    *value = written(*class, value, dictionary);
                }
            }
            Argument::Text(nested) => self::text(nested, dictionary),
            Argument::Own(_) => {}
        }
    }
}

/// What is written for a value.
fn written(class: Class, value: &str, dictionary: &mut Dictionary) -> String {
    let whole = matches!(class, Class::Words | Class::Url | Class::Subject | Class::File);
    if !whole && value.contains(", ") {
        let several = value.split(", ").map(|name| written(class, name, dictionary));
        return several.collect::<Vec<_>>().join(", ");
    }
    match class {
        Class::Words | Class::Url => scan::text(value, dictionary),
        Class::Subject => scan::distinguished_name(value, dictionary),
        Class::File => file_names::input(value, dictionary),
        Class::Serial => dictionary.serial(value),
        Class::Hash => dictionary.fingerprint(value),
        Class::Phone => named(class::Class::Name, value, dictionary),
        Class::Host => named(class::Class::Host, value, dictionary),
        Class::User => named(class::Class::User, value, dictionary),
        Class::Group => named(class::Class::Group, value, dictionary),
        Class::Trustpoint => named(class::Class::Trustpoint, value, dictionary),
        Class::Interface => named(class::Class::Interface, value, dictionary),
    }
}

/// A name and nothing else; one that has a shape of its own is the same as in a device's lines.
pub(super) fn named(class: class::Class, name: &str, dictionary: &mut Dictionary) -> String {
    let shaped = shapes::mac(name).is_some() || name.contains(['\\', '@', '/']);
    if shaped || !contexts::is_name(name, class) {
        return scan::text(name, dictionary);
    }
    dictionary.name(class, name);
    dictionary.pseudonym(class, name, name)
}
