//! A fleet in one page: phones by finding, by gateway, by model and load, and what breaks at the next renewal.
//!
//! ```text
//! check DIR --each phone --format ndjson ─► a report a line ─► Tally ─► Summary ─► text | JSON | HTML
//! ```
//! Reports are taken one by one and forgotten; what is kept of them are counts and some names. A line that is no report
//! costs itself: it is named, and the others count.
//!
//! Empty: no report.
//! Quirks: reports may come from another version; what they have that is not known here is left out. A redacted report
//! has pseudonyms of its own, so names of several mean different things.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diagnosis::VerdictState;
use crate::finding::Severity;
use crate::source::shortened;

pub mod page;
pub mod text;
mod words;

/// What many reports say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Always `vpn-phone-doctor/summary/1`.
    pub schema: &'static str,
    /// How many there are.
    pub reports: u64,
    /// By what they say on top.
    pub by_verdict: Verdicts,
    /// By what was found, the gravest first, then what most have.
    pub by_rule: Vec<RuleCount>,
    /// By the phone's model, the most reports first; an empty name for those that show none.
    pub by_model: Vec<Group>,
    /// By the phone's firmware.
    pub by_load: Vec<Group>,
    /// By the host that the phone dials; a phone that dials several counts for each.
    pub by_gateway: Vec<Group>,
    /// What happens to the phones when each certificate is replaced, the one that ends first in front.
    pub at_renewal: Vec<RenewalGroup>,
    /// Lines that are no report, as far as they are named.
    pub damaged: Vec<Damaged>,
    /// How many of those there are.
    pub damaged_lines: u64,
}

/// How many reports have which verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the verdicts' own names")]
pub struct Verdicts {
    pub fault: u64,
    pub suspect: u64,
    pub unknown: u64,
    pub clear: u64,
}

impl Verdicts {
    /// In the order in which they are shown.
    pub const fn all(&self) -> [(VerdictState, u64); 4] {
        [
            (VerdictState::Fault, self.fault),
            (VerdictState::Suspect, self.suspect),
            (VerdictState::Unknown, self.unknown),
            (VerdictState::Clear, self.clear),
        ]
    }

    const fn add(&mut self, state: VerdictState) {
        let count = match state {
            VerdictState::Fault => &mut self.fault,
            VerdictState::Suspect => &mut self.suspect,
            VerdictState::Unknown => &mut self.unknown,
            VerdictState::Clear => &mut self.clear,
        };
        *count += 1;
    }
}

/// One finding and who has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleCount {
    /// The rule's id.
    pub rule: String,
    /// The gravest that it was found at.
    pub severity: Severity,
    /// How many reports have it.
    pub subjects: u64,
    /// The first of those by name.
    pub examples: Vec<String>,
}

/// Reports that have something in common.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Group {
    /// What it is.
    pub name: String,
    /// How many there are.
    pub reports: u64,
    /// By what they say on top.
    pub by_verdict: Verdicts,
}

/// Phones that are shown one certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RenewalGroup {
    /// Its SHA-1 in lower-case hexadecimal.
    pub certificate: String,
    /// Its end as RFC 3339.
    pub not_after: Option<String>,
    /// A certificate is kept ready to follow it.
    pub has_next: bool,
    /// Hosts that these phones dial.
    pub gateways: Vec<String>,
    /// Phones that trust what is kept ready to follow.
    pub ready: u64,
    /// Phones that trust the CA of the present one, where nothing is kept ready yet.
    pub ready_if_same_issuer: u64,
    /// Phones that work now and will not trust what follows.
    pub breaks: u64,
    /// Phones that do not even trust what is presented now.
    pub refuses_now: u64,
    /// The first of those that break, by name.
    pub breaking: Vec<String>,
}

/// A line that is no report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Damaged {
    /// The file's name.
    pub file: String,
    /// 1-based.
    pub line: u64,
    /// Why, as the parser says.
    pub why: String,
}

/// Counts reports as they come.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    reports: u64,
    verdicts: Verdicts,
    rules: BTreeMap<String, (Severity, Names)>,
    models: BTreeMap<String, Group>,
    loads: BTreeMap<String, Group>,
    gateways: BTreeMap<String, Group>,
    renewals: BTreeMap<String, (RenewalGroup, Names)>,
    damaged: Vec<Damaged>,
    damaged_lines: u64,
}

/// A count and the first names by their order, whatever order they come in.
#[derive(Clone, Debug, Default)]
struct Names {
    count: u64,
    first: Vec<String>,
}

impl Names {
    fn add(&mut self, name: &str) {
        self.count += 1;
        if let Err(place) = self.first.binary_search_by(|known| known.as_str().cmp(name))
            && place < EXAMPLES
        {
            self.first.insert(place, name.to_owned());
            self.first.truncate(EXAMPLES);
        }
    }
}

impl Tally {
    /// Takes the line of a file; blank ones are passed over.
    pub fn line(&mut self, file: &str, number: u64, text: &str) {
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            return;
        }
        if let Ok(Lost { subject, error }) = serde_json::from_str(text) {
            return self.damage(file, number, &format!("{subject}: {error}"));
        }
        match serde_json::from_str::<Report>(text) {
            Ok(report) if report.schema == SCHEMA => self.report(&report),
            Ok(report) => self.damage(file, number, &format!("the schema is `{}`", report.schema)),
            Err(problem) => self.damage(file, number, &problem.to_string()),
        }
    }

    /// Notes a line that cannot be taken.
    pub fn damage(&mut self, file: &str, line: u64, why: &str) {
        self.damaged_lines += 1;
        if self.damaged.len() < MOST_DAMAGED {
            self.damaged.push(Damaged { file: file.to_owned(), line, why: shortened(why, MOST_WORDS) });
        }
    }

    fn report(&mut self, report: &Report) {
        self.reports += 1;
        let state = report.verdict.state;
        self.verdicts.add(state);
        let name = match &report.subject {
            Some(subject) => subject.as_str(),
            None => report.inputs.first().map(|input| input.name.as_str()).unwrap_or_default(),
        };
        let name = shortened(name, MOST_WORDS);
        let mut counted: Vec<&str> = Vec::new();
        for finding in &report.findings {
            // A rule may have several findings; a phone has it once.
            let first = !counted.contains(&finding.rule.as_str());
            let Some((severity, names)) =
                room(&mut self.rules, &finding.rule, || (finding.severity, Names::default()))
            else {
                continue;
            };
            *severity = finding.severity.min(*severity);
            if first {
                names.add(&name);
                counted.push(&finding.rule);
            }
        }
        let fleet = report.fleet.clone().unwrap_or_default();
        count(&mut self.models, &fleet.model, state);
        count(&mut self.loads, &fleet.load, state);
        for host in &fleet.gateways {
            count(&mut self.gateways, host, state);
        }
        if fleet.gateways.is_empty() {
            count(&mut self.gateways, "", state);
        }
        if let Some(renewal) = &fleet.renewal {
            self.renewal(renewal, &fleet.gateways, &name);
        }
    }

    fn renewal(&mut self, renewal: &Renewal, gateways: &[String], name: &str) {
        let new = || {
            let group = RenewalGroup {
                certificate: renewal.certificate.clone(),
                not_after: renewal.not_after.clone(),
                ..RenewalGroup::default()
            };
            (group, Names::default())
        };
        let Some((group, names)) = room(&mut self.renewals, &renewal.certificate, new) else { return };
        group.has_next |= renewal.has_next;
        for host in gateways {
            if group.gateways.len() < EXAMPLES && !group.gateways.contains(host) {
                group.gateways.push(host.clone());
                group.gateways.sort_unstable();
            }
        }
        if renewal.trusts_next {
            group.ready += 1;
        } else if renewal.trusts_issuer && !renewal.has_next {
            group.ready_if_same_issuer += 1;
        } else if renewal.trusts_presented || renewal.trusts_issuer {
            group.breaks += 1;
            names.add(name);
        } else {
            group.refuses_now += 1;
        }
    }

    /// The summary of what came.
    pub fn summary(self) -> Summary {
        let mut by_rule: Vec<RuleCount> = self
            .rules
            .into_iter()
            .map(|(rule, (severity, names))| RuleCount {
                rule,
                severity,
                subjects: names.count,
                examples: names.first,
            })
            .collect();
        by_rule.sort_by_key(|row| (row.severity, std::cmp::Reverse(row.subjects)));
        let mut at_renewal: Vec<RenewalGroup> = self
            .renewals
            .into_values()
            .map(|(group, names)| RenewalGroup { breaking: names.first, ..group })
            .collect();
        at_renewal.sort_by(|one, other| {
            // What has no end stands last.
            (one.not_after.is_none(), &one.not_after).cmp(&(other.not_after.is_none(), &other.not_after))
        });
        Summary {
            schema: "vpn-phone-doctor/summary/1",
            reports: self.reports,
            by_verdict: self.verdicts,
            by_rule,
            by_model: listed(self.models),
            by_load: listed(self.loads),
            by_gateway: listed(self.gateways),
            at_renewal,
            damaged: self.damaged,
            damaged_lines: self.damaged_lines,
        }
    }
}

fn listed(groups: BTreeMap<String, Group>) -> Vec<Group> {
    let mut groups: Vec<Group> = groups.into_values().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.reports));
    groups
}

fn count(groups: &mut BTreeMap<String, Group>, name: &str, state: VerdictState) {
    let name = shortened(name, MOST_WORDS);
    if let Some(group) = room(groups, &name, || Group { name: name.clone(), ..Group::default() }) {
        group.reports += 1;
        group.by_verdict.add(state);
    }
}

/// The entry of a name; `None` where there is no room for another.
fn room<'m, T>(map: &'m mut BTreeMap<String, T>, name: &str, new: impl FnOnce() -> T) -> Option<&'m mut T> {
    if !map.contains_key(name) && map.len() >= MOST_ROWS {
        return None;
    }
    Some(map.entry(name.to_owned()).or_insert_with(new))
}

const SCHEMA: &str = "vpn-phone-doctor/report/1";
/// Names that are told of a finding.
const EXAMPLES: usize = 10;
/// Rows of one list: more than a fleet has models, loads, gateways or certificates.
const MOST_ROWS: usize = 10_000;
const MOST_DAMAGED: usize = 100;
/// Characters of a name.
const MOST_WORDS: usize = 200;

/// What an engine writes where no report came of a phone.
#[derive(Deserialize)]
struct Lost {
    subject: String,
    error: String,
}

#[derive(Deserialize)]
struct Report {
    #[serde(default)]
    schema: String,
    #[serde(default)]
    subject: Option<String>,
    #[serde(default)]
    fleet: Option<Fleet>,
    verdict: Verdict,
    #[serde(default)]
    inputs: Vec<Input>,
    #[serde(default)]
    findings: Vec<Finding>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Fleet {
    model: String,
    load: String,
    gateways: Vec<String>,
    renewal: Option<Renewal>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Renewal {
    certificate: String,
    not_after: Option<String>,
    has_next: bool,
    trusts_presented: bool,
    trusts_next: bool,
    trusts_issuer: bool,
}

#[derive(Deserialize)]
struct Verdict {
    state: VerdictState,
}

#[derive(Deserialize)]
struct Input {
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
struct Finding {
    rule: String,
    severity: Severity,
}

#[cfg(test)]
mod tests;
