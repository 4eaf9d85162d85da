//! The files of a report: those that tell something one by one, the many others in one line by kind and number.

use std::collections::BTreeMap;

use crate::diagnosis::Diagnosis;
use crate::input::{Input, InputState};
use crate::report::visible;
use crate::tables::foreign_files;
use crate::text::{Class, Text};

/// How files are told that no format reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Files {
    /// Many of them in one line.
    #[default]
    Short,
    /// Every one.
    Every,
}

/// Inputs to list one by one, and what is said of all the others.
pub struct Listed<'d> {
    /// Each for itself.
    pub single: Vec<&'d Input>,
    /// The others by kind and number.
    pub others: Option<Text>,
}

/// What a report lists.
pub fn listed(diagnosis: &Diagnosis, files: Files) -> Listed<'_> {
    if files == Files::Every {
        Listed { single: diagnosis.inputs.iter().collect(), others: None }
    } else {
        short(diagnosis.inputs.iter())
    }
}

/// The same of some inputs, many that no format reads in one line.
pub fn short<'d>(inputs: impl Iterator<Item = &'d Input>) -> Listed<'d> {
    let is_foreign = |input: &&Input| input.state == InputState::Unrecognised;
    let all: Vec<&Input> = inputs.collect();
    let (foreign, single): (Vec<&Input>, Vec<&Input>) = all.iter().copied().partition(is_foreign);
    if foreign.len() <= SINGLE {
        return Listed { single: all, others: None };
    }
    Listed { single, others: Some(by_kind(&foreign)) }
}

/// `214 other files: 180 files of source code, 20 pictures, 14 not recognised (README.md, main.rs and 212 more)`.
fn by_kind(foreign: &[&Input]) -> Text {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for input in foreign {
        let id = input.foreign().map_or("", |row| row.id);
        *kinds.entry(id).or_insert(0) += 1;
    }
    let named = |(id, count): (&str, usize)| match foreign_files::by_id(id) {
        Some(row) if count == 1 => (count, row.name.clone()),
        Some(row) => (count, SEVERAL.number("count", count).nested("several", row.several.clone())),
        None => (count, NOT_RECOGNISED.number("count", count)),
    };
    let mut kinds: Vec<(usize, Text)> = kinds.into_iter().map(named).collect();
    kinds.sort_by(|one, other| (other.0, &one.1).cmp(&(one.0, &other.1)));
    let named = foreign.iter().take(NAMED).map(|input| visible(&input.name));
    OTHERS
        .nested("all", Text::counted(foreign.len(), OTHER_FILE, OTHER_FILES))
        .nested("kinds", Text::joined(kinds.into_iter().map(|(_, told)| told), ", "))
        .list("names", Class::File, named)
        .number("left", foreign.len().saturating_sub(NAMED))
}

const OTHERS: Text =
    Text::fixed("{all}: {kinds} ({names} and {left} more)", "{all}: {kinds} ({names} und {left} weitere)");
const OTHER_FILE: Text = Text::fixed("{count} other file", "{count} andere Datei");
const OTHER_FILES: Text = Text::fixed("{count} other files", "{count} andere Dateien");
const SEVERAL: Text = Text::fixed("{count} {several}", "{count} {several}");
const NOT_RECOGNISED: Text = Text::fixed("{count} not recognised", "{count} nicht erkannt");

/// So many are told one by one.
const SINGLE: usize = 5;
/// So many of more are named.
const NAMED: usize = 2;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::{Said, diagnose};
    use crate::report::{Form, render, render_with};
    use crate::testing::{now, readings};
    use crate::text::Lang;

    #[test]
    fn a_checkout_is_one_line_and_every_file_is_told_on_demand() {
        let names: Vec<String> = (0..200).map(|number| format!("part_{number}.rs")).collect();
        let mut files: Vec<(&str, &str)> =
            names.iter().map(|name| (name.as_str(), "//! A part.\nfn main() {}\n")).collect();
        files.push(("notes.txt", "Dear all,\nplease look at this.\n"));
        let diagnosis = diagnose(&readings(&files), &Said::new(), now());
        for (lang, telling) in [
            (Lang::En, "201 other files: 200 files of source code, 1 not recognised"),
            (Lang::De, "201 andere Dateien: 200 Dateien mit Quelltext, 1 nicht erkannt"),
        ] {
            for form in [Form::Text, Form::Markdown, Form::Html] {
                let short = render(&diagnosis, form, lang);
                let flat = short.split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(flat.contains(telling), "{form:?} {short}");
                assert!(short.len() < 20_000 && !short.contains("part_77.rs"), "{form:?}");
                assert!(render_with(&diagnosis, form, lang, Files::Every).contains("part_77.rs"), "{form:?}");
            }
        }
    }

    #[test]
    fn a_few_are_told_one_by_one() {
        let diagnosis = diagnose(&readings(&[("a.rs", "fn main() {}\n")]), &Said::new(), now());
        assert!(listed(&diagnosis, Files::Short).others.is_none());
        assert!(render(&diagnosis, Form::Text, Lang::En).contains("a.rs"));
    }
}
