//! Redaction: the same diagnosis without a name, an address or a hash of the case.
//!
//! ```text
//! %ASA-6-716038: Group <GP-01> User <CP-7962G-PHONE-01> IP <IP-02> Authentication: successful
//! ```
//! Of this program's own texts the wordings stay, and each argument is replaced by its class (`arguments.rs`). All
//! other strings are devices' words. Deny by default: each is taken apart, and a word stays only if it is of the
//! vocabulary (what devices say anyway), a small number, or a version. What is known to name something gets a
//! pseudonym, the same one in every place and notation; everything else becomes `⟨text n⟩`, and what follows a word
//! such as `password` becomes `⟨secret⟩`. Rules, states, lines and bytes are untouched, so that the
//! redacted case has the diagnosis of the case.
//!
//! Pseudonyms are numbered in the order of the sorted originals, so they do not depend on the order of the files.
//! The names of files and folders are texts like any other (`file_names.rs`).
//!
//! Two ways with addresses: opaque (`IP-02`), or with their topology kept (equal beginnings stay equal).

use std::net::IpAddr;

use serde::de::DeserializeOwned;
use serde::{Deserialize as _, Serialize};
use serde_json::Value;

use crate::diagnosis::Diagnosis;
use crate::rules;
use crate::text::Text;

mod addressed;
mod addresses;
mod always;
mod arguments;
mod class;
mod contexts;
mod dictionary;
mod entry;
mod file_names;
mod in_names;
mod listed_files;
pub mod map;
mod ours;
mod paths;
mod positions;
mod public_names;
mod scan;
mod secrets;
mod shapes;
mod vocabulary;

pub(super) use always::hide_secrets;
pub(crate) use always::without_secrets;
use class::Class;
use dictionary::Dictionary;
pub use entry::{Addresses, Entry, Redacted};
use ours::{OURS, unmark};

/// Redacts. `seed` makes the other addresses of [`Addresses::Topology`]: it should be random and thrown away.
pub fn redact(diagnosis: &Diagnosis, addresses: Addresses, seed: [u8; 32]) -> Option<Redacted> {
    redact_with(diagnosis, Value::Null, addresses, seed).map(|(redacted, _)| redacted)
}

/// The same, and with it a value beside the diagnosis that speaks of the same case: it gets the same pseudonyms.
pub fn redact_with(
    diagnosis: &Diagnosis,
    beside: Value,
    addresses: Addresses,
    seed: [u8; 32],
) -> Option<(Redacted, Value)> {
    let mut value = serde_json::to_value(with_own_titles(diagnosis)).ok()?;
    value.as_object_mut()?.insert(BESIDE.to_owned(), beside);
    let mut dictionary = Dictionary::of(diagnosis, addresses, seed);
    arguments::learn_files(&value, &mut dictionary);
    // Once to learn what there is, once to write: only then is it known who comes first.
    walk(&mut value.clone(), "", &mut dictionary);
    file_names::learn(&mut dictionary);
    dictionary.number();
    walk(&mut value, "", &mut dictionary);
    let beside = value.as_object_mut()?.remove(BESIDE)?;
    let diagnosis = Diagnosis { redacted: true, ..serde_json::from_value(value).ok()? };
    Some((Redacted { diagnosis, map: dictionary.entries(), secrets: dictionary.secrets() }, beside))
}

/// The field of the diagnosis in which what stands beside it goes the same way.
const BESIDE: &str = "beside";

/// Redacts what was worked out from a case and is no diagnosis: a plan, a comparison. `diagnosis` is that of the case, with
/// every input that `part` cites.
pub fn redact_part<T>(diagnosis: &Diagnosis, part: &T, addresses: Addresses, seed: [u8; 32]) -> Option<T>
where
    T: Serialize + DeserializeOwned,
{
    let (_, part) = redact_with(diagnosis, serde_json::to_value(part).ok()?, addresses, seed)?;
    serde_json::from_value(part).ok()
}

/// A title of an earlier report is a finished sentence, with names that have no class: its rule's own title stands in
/// its place.
fn with_own_titles(diagnosis: &Diagnosis) -> Diagnosis {
    let mut diagnosis = diagnosis.clone();
    let Some(since) = &mut diagnosis.since else { return diagnosis };
    let own = |rule: &str| rules::by_id(rule).map(|rule| rules::prose::title(&rule.prose));
    let lang = since.language.unwrap_or_default();
    for change in since.fixed.iter_mut().chain(&mut since.unchecked) {
        let Some(title) = own(&change.rule) else { continue };
        if *change.title.get(lang) == since.sentence {
            since.sentence = title.get(lang).into_owned();
        }
        change.title = title;
    }
    diagnosis
}

/// How many pseudonyms there are of each class, for the preview: `HOST`, 3. An address that stands for another one
/// counts as `IP`, like those that a number stands for.
pub fn counts(map: &[Entry]) -> Vec<(String, u32)> {
    let mut counts: Vec<(String, u32)> = Vec::new();
    for entry in map {
        let class =
            entry.pseudonym.rsplit_once(['-', ' ']).map_or(entry.pseudonym.as_str(), |(class, _)| class);
        let class = class.trim_start_matches('⟨');
        let class = if entry.pseudonym.parse::<IpAddr>().is_ok() { "IP" } else { class };
        match counts.iter_mut().find(|(known, _)| known == class) {
            Some((_, count)) => *count += 1,
            None => counts.push((class.to_owned(), 1)),
        }
    }
    counts
}

/// Every string of the value, by the key that holds it. A key that nobody thought of is scanned like device text.
fn walk(value: &mut Value, key: &str, dictionary: &mut Dictionary) {
    match value {
        Value::String(text) => *text = treat(key, text, dictionary),
        Value::Array(items) => items.iter_mut().for_each(|item| walk(item, key, dictionary)),
        Value::Object(fields) => {
            if ["en", "de", "arguments"].iter().all(|field| fields.contains_key(*field))
                && let Ok(mut text) = Text::deserialize(&*value)
            {
                arguments::text(&mut text, dictionary);
                *value = serde_json::to_value(text).unwrap_or_default();
                return;
            }
            let Value::Object(fields) = value else { return };
            for (field_key, field) in fields.iter_mut() {
                if let ("inputs" | "inputs_b", "name", Value::String(name)) =
                    (key, field_key.as_str(), &mut *field)
                {
                    *name = file_names::input(name, dictionary);
                    continue;
                }
                // An answer to choose is a user, a phone or an address, and may be a word of ours as well.
                if let ("choices", "value", Value::String(name)) = (key, field_key.as_str(), &mut *field) {
                    *name = arguments::named(Class::User, name, dictionary);
                    continue;
                }
                // Who speaks to whom names nobody.
                if field_key == "exchange" {
                    continue;
                }
                // The bytes of two hashes side by side have no pseudonym; the evidence below shows both.
                if field_key == "comparison" {
                    *field = Value::Null;
                }
                walk(field, field_key, dictionary);
            }
            unmark(fields);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn treat(key: &str, text: &str, dictionary: &mut Dictionary) -> String {
    match key {
        // An earlier report may name rules that are none of ours.
        "rule" if rules::by_id(text).is_none() => scan::text(text, dictionary),
        _ if OURS.contains(&key) => text.to_owned(),
        "file" => file_names::input(text, dictionary),
        "subject" | "issuer" => scan::distinguished_name(text, dictionary),
        "serial" => dictionary.serial(text),
        "tunnel_group" | "group_policy" | "from" if !text.contains(' ') => {
            arguments::named(Class::Group, text, dictionary)
        }
        "user" if !text.contains(' ') => arguments::named(Class::User, text, dictionary),
        "label" | "trustpoint" | "next_trustpoint" if !text.contains(' ') => {
            arguments::named(Class::Trustpoint, text, dictionary)
        }
        "md5" | "sha1" | "sha256" | "hex" | "sha1_base64" => dictionary.fingerprint(text),
        _ => scan::text(text, dictionary),
    }
}

#[cfg(test)]
mod tests;
