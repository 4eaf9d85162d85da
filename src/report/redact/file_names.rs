//! What the names of files and folders tell: `203.0.113.5.log`, `00-26-CB-00-01-26.txt`, `fw-hh-18.conf`.
//!
//! ```text
//! berlin/asa_192_0_2_9.log   folder-1/asa_IP-01.log
//! SEP001122334455.cnf.xml    PHONE-01.cnf.xml
//! crane-7.conf               HOST-01.conf, where the ASA's host name is crane-7; else file-1.conf
//! ```
//! Logs are often named by the address, the phone or the customer that they are of. What of a name is known by its
//! look or from the contents gets the pseudonym that it has there; what devices and this program say anyway stays; if
//! anything else is left, the whole name becomes `file-1`. Its ending stays, for it tells what the file is.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::dictionary::{Class, Dictionary};
use super::{in_names, scan, secrets, shapes};
use crate::diagnosis::Diagnosis;
use crate::input::Kind;

/// The names of a case's files, so that a text which quotes one is known to.
#[derive(Default)]
pub(super) struct Files {
    /// Names are only gathered yet.
    learning: bool,
    /// Each as it is listed: a path below a folder, a member of an archive.
    listed: BTreeSet<String>,
    /// Commands of a recorded session: they are listed like files, and are what a device was told.
    commands: BTreeSet<String>,
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

    fn add(&mut self, name: &str) {
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

/// All names of the contents are known: now those of the files can be told.
pub(super) fn learn(dictionary: &mut Dictionary) {
    dictionary.files.learning = false;
    for name in dictionary.files.listed.clone() {
        path(&name, dictionary);
    }
}

/// What is written for the name of an input as it is listed, or of a file that a device asked for.
pub(super) fn input(name: &str, dictionary: &mut Dictionary) -> String {
    if dictionary.files.commands.contains(name) {
        return scan::text(name, dictionary);
    }
    if dictionary.files.learning {
        dictionary.files.add(name);
    }
    path(name, dictionary)
}

/// What is written for a path.
pub(super) fn path(path: &str, dictionary: &mut Dictionary) -> String {
    if dictionary.files.learning {
        return String::new();
    }
    let (path, part) = numbered(path);
    let mut out = String::new();
    for piece in path.split_inclusive(['/', '\\']) {
        let name = piece.trim_end_matches(['/', '\\']);
        let folder = name.len() < piece.len();
        let (stem, endings) = if folder { (name, "") } else { endings(name) };
        out.push_str(&stem_written(stem, if folder { Class::Folder } else { Class::File }, dictionary));
        out.push_str(endings);
        out.push_str(piece.get(name.len()..).unwrap_or_default());
    }
    out + part
}

/// `session.txt:12`: what of a session no command printed, and from which line on.
fn numbered(name: &str) -> (&str, &str) {
    let stem = name.trim_end_matches(|sign: char| sign.is_ascii_digit());
    match stem.strip_suffix(':') {
        Some(file) if stem.len() < name.len() => name.split_at_checked(file.len()).unwrap_or((name, "")),
        _ => (name, ""),
    }
}

/// A name without its endings, and those: `SEP001122334455` and `.cnf.xml.sgn`, `asa` and `.log.1`.
fn endings(name: &str) -> (&str, &str) {
    let mut stem = name;
    while let Some((before, ending)) = stem.rsplit_once('.') {
        let turned = ending.len() <= 2 && ending.bytes().all(|byte| byte.is_ascii_digit());
        let turned = turned && before.rsplit_once('.').is_some_and(|(_, ending)| is_ending(ending));
        if before.is_empty() || !(is_ending(ending) || turned) {
            break;
        }
        stem = before;
    }
    name.split_at_checked(stem.len()).unwrap_or((name, ""))
}

fn is_ending(ending: &str) -> bool {
    ENDINGS.contains(&ending.to_ascii_lowercase().as_str())
}

/// What is written for a name without its endings.
fn stem_written(stem: &str, class: Class, dictionary: &mut Dictionary) -> String {
    if stem.is_empty() || shapes::written(stem) {
        return stem.to_owned();
    }
    if let Some(name) = dictionary.in_file_name(stem, true) {
        return name;
    }
    if !secrets::spans(stem).is_empty() {
        return scan::text(stem, dictionary);
    }
    let (written, known) = in_names::written(stem, dictionary);
    written.unwrap_or_else(|| {
        let file = dictionary.pseudonym(class, &stem.to_lowercase(), stem);
        known.iter().fold(file, |file, name| format!("{file}-{name}"))
    })
}

/// Endings of files that may be dropped, or be quoted by what is.
const ENDINGS: [&str; 72] = [
    "xml", "sgn", "enc", "cnf", "log", "txt", "pem", "crt", "cer", "der", "p7b", "p7c", "p12", "pfx", "tlv",
    "html", "htm", "json", "jsonl", "ndjson", "csv", "tsv", "cfg", "conf", "config", "md", "pkg", "gz",
    "bz2", "xz", "zst", "tgz", "tar", "zip", "7z", "rar", "pcap", "pcapng", "cap", "csr", "crl", "key",
    "jks", "ppk", "eml", "msg", "mbox", "asc", "yaml", "yml", "ini", "out", "bak", "old", "orig", "bin",
    "loads", "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "rtf", "png", "jpg", "jpeg",
    "gif", "exe",
];
