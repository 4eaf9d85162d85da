//! The names of a case's files, so that a text which quotes one is known to.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diagnosis::Diagnosis;
use crate::input::Kind;

/// The names of a case's files, so that a text which quotes one is known to.
#[derive(Default)]
pub(super) struct Files {
    /// Names are only gathered yet.
    pub(super) learning: bool,
    /// Each as it is listed: a path below a folder, a member of an archive.
    pub(super) listed: BTreeSet<String>,
    /// Commands of a recorded session: they are listed like files, and are what a device was told.
    pub(super) commands: BTreeSet<String>,
    /// By the letters and digits that they begin with: how long they are, and the names.
    by_start: BTreeMap<String, (BTreeSet<usize>, BTreeSet<String>)>,
}

impl Files {
    /// Those of a diagnosis.
    pub fn of(diagnosis: &Diagnosis) -> Self {
        let mut files = Self { learning: true, ..Self::default() };
        for input in &diagnosis.inputs {
            let holder = input.inside.and_then(|id| diagnosis.inputs.get(usize::try_from(id).ok()?));
            let part = holder.is_some_and(|holder| numbered(&input.name).0 == holder.name);
            if holder.is_some_and(|holder| holder.kind == Kind::Terminal) && !part {
                files.commands.insert(input.name.clone());
            } else {
                files.add(&input.name);
            }
        }
        let since = diagnosis.since.iter().flat_map(|since| since.lists());
        for change in since.flat_map(|(_, changes)| changes) {
            files.add(&change.file);
        }
        files
    }

    pub(super) fn add(&mut self, name: &str) {
        self.listed.insert(name.to_owned());
        let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
        for quoted in [name, base] {
            // A name without an ending is none that could be told from a word.
            if !quoted.contains('.') {
                continue;
            }
            let (lengths, names) = self.by_start.entry(start(quoted).to_owned()).or_default();
            lengths.insert(quoted.len());
            names.insert(quoted.to_owned());
        }
    }

    /// Where a text quotes one of them. A device's line quotes none that could be a word of it.
    pub fn quoted(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut letter = false;
        for (at, sign) in text.char_indices() {
            let within = letter && sign.is_alphanumeric();
            letter = sign.is_alphanumeric();
            let rest = text.get(at..).unwrap_or_default();
            let Some((lengths, names)) = (!within).then(|| self.by_start.get(start(rest))).flatten() else {
                continue;
            };
            let quoted = lengths.iter().rev().filter_map(|length| rest.get(..*length)).find(|name| {
                let ends = rest.get(name.len()..).and_then(|after| after.chars().next());
                names.contains(*name) && !ends.is_some_and(char::is_alphanumeric)
            });
            found.extend(quoted.map(|name| at..at + name.len()));
        }
        found
    }
}

/// The letters and digits at the beginning; one sign where there are none.
fn start(text: &str) -> &str {
    let end = text.find(|sign: char| !sign.is_alphanumeric()).unwrap_or(text.len());
    let first = text.chars().next().map_or(0, char::len_utf8);
    text.get(..end.max(first)).unwrap_or_default()
}

/// `session.txt:12`: what of a session no command printed, and from which line on.
pub(super) fn numbered(name: &str) -> (&str, &str) {
    let stem = name.trim_end_matches(|sign: char| sign.is_ascii_digit());
    match stem.strip_suffix(':') {
        Some(file) if stem.len() < name.len() => name.split_at_checked(file.len()).unwrap_or((name, "")),
        _ => (name, ""),
    }
}
