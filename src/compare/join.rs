//! Two sides put together: what differs, how likely it explains that one works, and in which order it is told.

use std::collections::{BTreeMap, BTreeSet};

use super::difference::{Comparison, Difference, Matters, Side};
use super::items::{Item, Items, line_key};
use super::{asa, phones, wire};
use crate::case::{Case, Said};
use crate::diagnose::diagnose;
use crate::diagnosis::Diagnosis;
use crate::facts::log_parts;
use crate::finding::{Conclusion, Evidence, Severity};
use crate::intake::Reading;
use crate::plan::merge::settings;
use crate::text::Text;

/// Pieces of evidence of one side.
const EVIDENCE: usize = 6;
/// Values that are written out; a fleet may have thousands.
const VALUES: usize = 12;
/// Differences that are told.
const DIFFERENCES: usize = 2_000;

/// Compares two sides.
pub fn compare(a: &[Reading], b: &[Reading], said: &Said, now: i64) -> Comparison {
    let (one, other) = (Examined::of(a, said, now), Examined::of(b, said, now));
    let (left, right) = (grouped(&one.items), grouped(&other.items));
    let keys: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
    // What only one side could show at all is no difference: a file is missing there.
    let shows = |told: &BTreeMap<String, Vec<&Item>>, family: &str| {
        told.keys()
            .any(|key| key == family || key.strip_prefix(family).is_some_and(|rest| rest.starts_with(' ')))
    };
    let (mut differences, mut ends) = (Vec::new(), Vec::new());
    let mut same = 0_u32;
    for key in keys {
        let family = key.split(' ').next().unwrap_or(key);
        let (mine, theirs) = (left.get(key), right.get(key));
        if (mine.is_none() && !shows(&left, family)) || (theirs.is_none() && !shows(&right, family)) {
            continue;
        }
        let (mine, theirs) =
            (mine.map(Vec::as_slice).unwrap_or_default(), theirs.map(Vec::as_slice).unwrap_or_default());
        if values(mine) == values(theirs) {
            same = same.saturating_add(1);
            continue;
        }
        let Some(item) = mine.first().or_else(|| theirs.first()) else { continue };
        let objection = objection(item, mine, theirs, &one.diagnosis, &other.diagnosis);
        ends.extend(item.ends.then(|| item.what.clone()));
        differences.push(Difference {
            what: item.what.clone(),
            stage: item.stage,
            a: side(mine),
            b: side(theirs),
            matters: match objection {
                Some(_) if item.matters != Matters::No => Matters::Likely,
                _ => item.matters,
            },
            rule: objection.filter(|_| item.matters != Matters::No).map(|found| found.rule.clone()),
        });
    }
    differences.extend(left_over(&differences, &one.diagnosis, &other.diagnosis));
    let rank = |difference: &Difference| {
        let all = one.diagnosis.findings.iter().chain(&other.diagnosis.findings);
        let mut own = all.filter(|found| Some(&found.rule) == difference.rule.as_ref());
        own.next().map_or(u8::MAX, |found| found.severity as u8)
    };
    // Of what the same rule objects to, the cause stands before how it ended.
    differences.sort_by_key(|difference| {
        (difference.matters, rank(difference), ends.contains(&difference.what), difference.stage)
    });
    differences.truncate(DIFFERENCES);
    Comparison {
        redacted: false,
        inputs: one.diagnosis.inputs,
        inputs_b: other.diagnosis.inputs,
        differences,
        same,
    }
}

/// One side.
struct Examined {
    diagnosis: Diagnosis,
    items: Vec<Item>,
}

impl Examined {
    fn of(readings: &[Reading], said: &Said, now: i64) -> Self {
        let diagnosis = diagnose(readings, said, now);
        let joined = log_parts::joined(readings);
        let case = Case::of(joined.as_deref().unwrap_or(readings), said, now);
        let mut items = Items::default();
        phones::items(&case, &diagnosis, &mut items);
        asa::items(&case, &diagnosis, &mut items);
        wire::items(&case, &mut items);
        Self { diagnosis, items: items.0 }
    }
}

fn grouped(items: &[Item]) -> BTreeMap<String, Vec<&Item>> {
    let mut all: BTreeMap<String, Vec<&Item>> = BTreeMap::new();
    for item in items {
        all.entry(item.key.clone()).or_default().push(item);
    }
    all
}

fn values<'i>(items: &[&'i Item]) -> BTreeSet<&'i str> {
    items.iter().map(|item| item.value.trim()).collect()
}

fn side(items: &[&Item]) -> Side {
    let all = values(items);
    let mut value = all.iter().take(VALUES).copied().collect::<Vec<_>>().join("; ");
    if all.len() > VALUES {
        value.push_str("; …");
    }
    let evidence = items.iter().filter_map(|item| item.evidence.clone()).take(EVIDENCE).collect();
    Side { value, evidence }
}

/// What a rule says of one side alone, in a line that differs or of a thing that it judges.
fn objection<'d>(
    item: &Item,
    a: &[&Item],
    b: &[&Item],
    one: &'d Diagnosis,
    other: &'d Diagnosis,
) -> Option<&'d Conclusion> {
    let cites = |found: &Conclusion, items: &[&Item]| {
        let places = items.iter().filter_map(|item| item.evidence.as_ref());
        places.into_iter().any(|place| found.evidence.iter().any(|piece| same_place(piece, place)))
    };
    let mut found: Vec<(bool, &Conclusion)> = alone(one, other)
        .map(|found| (cites(found, a), found))
        .chain(alone(other, one).map(|found| (cites(found, b), found)))
        .filter(|(cited, found)| {
            let judged = item.rules.contains(&found.rule.as_str())
                && (*cited || found.evidence.is_empty() || is_sole(item, found));
            judged || (a.is_empty() || b.is_empty()) && is_set_by(item, found)
        })
        .collect();
    found.sort_by_key(|(cited, found)| (found.severity, !cited));
    found.first().map(|(_, found)| *found)
}

/// A rule that judges nothing but this thing, whichever line it cites.
fn is_sole(item: &Item, found: &Conclusion) -> bool {
    item.key.split(' ').next() != Some("line")
        && item.rules.contains(&found.rule.as_str())
        && item.stage == found.stage
}

/// What a rule misses is the line that its fix sets.
fn is_set_by(item: &Item, found: &Conclusion) -> bool {
    found
        .fix
        .iter()
        .any(|fix| settings(&fix.commands).any(|(path, setting)| line_key(&path, &setting) == item.key))
}

fn same_place(one: &Evidence, other: &Evidence) -> bool {
    let line = |evidence: &Evidence| evidence.at.as_ref().map(|at| (at.line, at.packet));
    one.input == other.input && line(one).is_some() && line(one) == line(other)
}

/// What is found here and not there; notices and echoes are no reason.
fn alone<'d>(here: &'d Diagnosis, there: &'d Diagnosis) -> impl Iterator<Item = &'d Conclusion> {
    here.findings.iter().filter(|found| {
        found.severity != Severity::Notice
            && found.caused_by.is_none()
            && !there.findings.iter().any(|other| other.rule == found.rule)
    })
}

/// What a rule found on one side alone, and no difference names.
fn left_over(differences: &[Difference], one: &Diagnosis, other: &Diagnosis) -> Vec<Difference> {
    let named: BTreeSet<&str> = differences.iter().filter_map(|one| one.rule.as_deref()).collect();
    let mut further = Vec::new();
    for (found, first) in
        alone(one, other).map(|found| (found, true)).chain(alone(other, one).map(|found| (found, false)))
    {
        if named.contains(found.rule.as_str()) {
            continue;
        }
        let evidence = found.evidence.iter().take(EVIDENCE).cloned().collect();
        let here = Side { value: "✖".to_owned(), evidence };
        let there = if first { other } else { one };
        // A rule that could not look there says nothing of that side.
        let checked = there.passed.iter().any(|row| row.rule == found.rule);
        let away = Side { value: if checked { "✔" } else { "" }.to_owned(), evidence: Vec::new() };
        let (a, b) = if first { (here, away) } else { (away, here) };
        further.push(Difference {
            what: FINDING.nested("title", found.title.clone()),
            stage: found.stage,
            a,
            b,
            matters: if checked { Matters::Likely } else { Matters::Possible },
            rule: Some(found.rule.clone()),
        });
    }
    further
}

const FINDING: Text = Text::fixed("{title}", "{title}");
