//! What is worth bringing: neither what is there, nor what could change nothing.
//!
//! A rule that waits names every kind of evidence that would let it run. Of those, some are in the case already and
//! showed nothing to it; some only tell what is decided: that a phone failed for a reason which was found, or that it
//! came past a stage which the log shows to be passed.

use std::collections::BTreeSet;

use crate::case::Case;
use crate::diagnosis::WaitingRow;
use crate::finding::Conclusion;
use crate::formats::asa_config::Scope;
use crate::input::{InputState, Kind};
use crate::need::Need;
use crate::rules;

/// Takes out of the waiting rules' needs what is not worth bringing.
pub fn keep_useful(case: &Case<'_>, findings: &[Conclusion], waiting: &mut [WaitingRow]) {
    let decided = echoes_of(findings);
    let there: Vec<Need> = Need::ALL.into_iter().filter(|need| is_there(case, *need)).collect();
    let without_asa = case.is_without_asa();
    for row in waiting {
        if decided.contains(row.rule.as_str()) {
            row.needs.clear();
        }
        let passed = case.progress.passed.contains_key(&row.stage);
        row.needs.retain(|need| {
            !(there.contains(need) || passed && need.is_log() || without_asa && need.is_of_asa())
        });
    }
}

/// Rules that could only tell consequences of what was found, through any number of steps.
fn echoes_of(findings: &[Conclusion]) -> BTreeSet<&'static str> {
    let mut open: Vec<&str> = findings.iter().map(|found| found.rule.as_str()).collect();
    let mut echoes = BTreeSet::new();
    while let Some(rule) = open.pop() {
        for echo in rules::by_id(rule).map(|rule| rule.echoes).unwrap_or_default() {
            if echoes.insert(*echo) {
                open.push(echo);
            }
        }
    }
    echoes
}

/// True where the case holds the whole of it: another one of the kind would say the same. A log never is: the next
/// attempt may show more.
fn is_there(case: &Case<'_>, need: Need) -> bool {
    let documents = &case.documents;
    let read = |input: u32| documents.input(input).is_some_and(|input| input.state == InputState::Read);
    let whole = |all: bool| {
        documents.asa_configs.iter().any(|config| {
            read(config.input) && config.document.scope == Scope::Whole && (config.document.all || !all)
        })
    };
    match need {
        Need::AsaConfig => whole(false),
        Need::AsaConfigAll => whole(true),
        Need::AsaVersion => documents
            .asa_versions
            .iter()
            .any(|version| read(version.input) && !version.document.licences.is_empty()),
        Need::AsaSsl => documents.asa_ssls.iter().any(|ssl| read(ssl.input)),
        Need::AsaCertificates => documents.asa_certificates.iter().any(|list| read(list.input)),
        Need::PhoneConfig => documents.phone_configs.iter().any(|config| {
            let kind = documents.input(config.input).map(|input| input.kind);
            read(config.input) && config.document.device.is_some() && kind == Some(Kind::PhoneConfig)
        }),
        Need::TrustList => documents.trust_lists.iter().any(|list| read(list.input)),
        _ => false,
    }
}
