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

use crate::diagnosis::Diagnosis;
use crate::rules;
use crate::strings::{Holds, Strings};
use crate::text;

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
mod paths;
mod positions;
mod public_names;
mod scan;
mod secrets;
mod shapes;
mod vocabulary;

pub(super) use always::hide_secrets;
pub(crate) use always::without_secrets;
use dictionary::Dictionary;
pub use entry::{Addresses, Entry, Redacted};

/// Redacts. `seed` makes the other addresses of [`Addresses::Topology`]: it should be random and thrown away.
pub fn redact(diagnosis: &Diagnosis, addresses: Addresses, seed: [u8; 32]) -> Redacted {
    redact_with(diagnosis, &mut (), addresses, seed)
}

/// The same, and in place what stands beside the diagnosis and speaks of the same case, such as a plan or a comparison:
/// it gets the same pseudonyms. Every input that it cites is one of the diagnosis.
pub fn redact_with(
    diagnosis: &Diagnosis,
    beside: &mut dyn Strings,
    addresses: Addresses,
    seed: [u8; 32],
) -> Redacted {
    let mut redacted = with_own_titles(diagnosis);
    redacted.redacted = true;
    // The bytes of two hashes side by side have no pseudonym; the evidence below shows both.
    redacted.findings.iter_mut().for_each(|found| found.comparison = None);
    let mut dictionary = Dictionary::of(diagnosis, addresses, seed);
    replace(&mut (&mut redacted, beside), &mut dictionary);
    Redacted { map: dictionary.entries(), secrets: dictionary.secrets(), diagnosis: redacted }
}

/// Goes through all strings once to learn what there is, and once to write: only then is it known who comes first.
fn replace(case: &mut dyn Strings, dictionary: &mut Dictionary) {
    // A device's line that quotes a file is told by its name.
    case.each_string(Holds::Own, &mut |string, holds| {
        if holds == Holds::Argument(text::Class::File) {
            file_names::input(string, dictionary);
        }
    });
    case.each_string(Holds::Own, &mut |string, holds| {
        arguments::written(string, holds, dictionary);
    });
    file_names::learn(dictionary);
    dictionary.number();
    case.each_string(Holds::Own, &mut |string, holds| {
        *string = arguments::written(string, holds, dictionary)
    });
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

#[cfg(test)]
mod tests;
