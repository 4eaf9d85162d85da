//! Which archives are a phone's problem report, and which of their files are of use to nobody here?
//!
//! ```text
//! prt-20261123-102000-001122334455.tar.gz
//! ├─ logs/messages, logs/messages.0, …      read
//! └─ top.txt, core.gz, netstat.out, …       counted
//! ```
//! A phone puts together what its makers may ask for: most of it says nothing of a VPN and is of no kind that is known
//! here. What a person puts together, a mail or a ticket's zip, was chosen; there, each file that nobody reads counts.
//!
//! Witnesses: the name is one that phones and their pages give, and what was understood inside is a phone's and nobody
//! else's. No list of the files in a problem report was ever published.
//!
//! Empty: an archive of which nothing was understood.
//! Quirks: what is damaged, encrypted or packed in a way that is not read is told like anywhere else.
//!
//! Sources: Cisco 200770 (`prt-YYYYMMDD-HHMMSS-<MAC>.tar.gz`), 217218 (`all_logs.tar`), 221614 (`prt-log.tar.gz`),
//! Collaboration Endpoint PRT upload (`probrep-YYYYMMDD-HHMMSS.tar.gz`).

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::Documents;
use crate::input::{Input, InputState, Kind};
use crate::text::Text;

/// One problem report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProblemReport {
    /// The archive.
    pub input: u32,
    /// Inputs in it that are of no kind that is known here.
    pub counted: Vec<u32>,
}

/// Every one.
pub fn of(documents: &Documents<'_>) -> Vec<ProblemReport> {
    let archives: BTreeSet<u32> = ids(documents, |input| input.kind == Kind::Archive).collect();
    let mut inside: BTreeMap<u32, Inside> = BTreeMap::new();
    for (input, id) in documents.inputs.iter().zip(0_u32..) {
        for archive in holders_of(documents, id).filter(|id| archives.contains(id)) {
            inside.entry(archive).or_default().add(input, documents.understood.contains(&id));
        }
    }
    let is_report = |id: &u32| {
        let held = inside.get(id).copied().unwrap_or_default();
        let named = documents.input(*id).is_some_and(|input| is_named_so(&input.name));
        named && held.phones > 0 && held.others == 0
    };
    let reports: BTreeSet<u32> = archives.into_iter().filter(is_report).collect();
    let mut counted: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for id in ids(documents, is_unknown) {
        if let Some(report) = holders_of(documents, id).find(|id| reports.contains(id)) {
            counted.entry(report).or_default().push(id);
        }
    }
    counted.into_iter().map(|(input, counted)| ProblemReport { input, counted }).collect()
}

/// The inputs of a case as they are listed: a problem report says how many of its files were only counted.
pub fn noted(documents: &mut Documents<'_>) -> Vec<Input> {
    for report in of(documents) {
        documents.note(report.input, only_counted(report.counted.len()));
    }
    std::mem::take(&mut documents.inputs)
}

fn only_counted(files: usize) -> Text {
    ONLY_COUNTED.number("files", files)
}

const ONLY_COUNTED: Text = Text::fixed(
    "Of the files in this problem report, {files} are of kinds that are not read here. They were only counted.",
    "Von den Dateien in diesem Problembericht sind {files} von einer Art, die hier nicht gelesen wird. Sie wurden nur gezählt.",
);

/// What was understood in an archive.
#[derive(Clone, Copy, Debug, Default)]
struct Inside {
    /// Of a phone.
    phones: usize,
    /// Of anything else.
    others: usize,
}

impl Inside {
    fn add(&mut self, input: &Input, understood: bool) {
        match input.kind {
            _ if !understood || input.kind == Kind::Unknown => {}
            Kind::PhoneLog
            | Kind::PhoneConfig
            | Kind::PhoneConfigEncrypted
            | Kind::PhoneStatus
            | Kind::TrustList => self.phones += 1,
            // A phone has its own certificates and those that it trusts.
            Kind::Certificate | Kind::Archive => {}
            _ => self.others += 1,
        }
    }
}

fn is_unknown(input: &Input) -> bool {
    let looked_at = matches!(input.state, InputState::Unrecognised | InputState::PartlyRead);
    input.kind == Kind::Unknown && looked_at
}

fn ids(documents: &Documents<'_>, is: impl Fn(&Input) -> bool) -> impl Iterator<Item = u32> {
    documents.inputs.iter().zip(0_u32..).filter(move |(input, _)| is(input)).map(|(_, id)| id)
}

/// What holds an input, and what holds that; a holder stands before what it holds.
fn holders_of(documents: &Documents<'_>, id: u32) -> impl Iterator<Item = u32> {
    let holder = |id: u32| documents.input(id).and_then(|input| input.inside).filter(|outer| *outer < id);
    std::iter::successors(holder(id), move |id| holder(*id))
}

/// `prt-20261123-102000-001122334455.tar.gz`, `probrep-….tar.gz`, `my_prt_file.tgz`, `all_logs.tar`.
fn is_named_so(name: &str) -> bool {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name).to_ascii_lowercase();
    let mut words = name.split(|sign: char| !sign.is_ascii_alphanumeric());
    words.any(|word| word == "prt" || word.starts_with("probrep") || word.starts_with("problemreport"))
        || name.starts_with("all_logs")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_and_their_pages_name_problem_reports_in_a_few_ways() {
        for name in [
            "prt-20160721-163034-001122334455.tar.gz",
            "probrep-20141021-162840.tar.gz",
            "prt-log.tar.gz",
            "all_logs.tar",
            "ticket/PRT_anna.tgz",
        ] {
            assert!(is_named_so(name), "{name}");
        }
        for name in ["logs.zip", "sprt.tar.gz", "report.tar.gz"] {
            assert!(!is_named_so(name), "{name}");
        }
    }
}
