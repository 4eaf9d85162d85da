//! From readings to a [`Diagnosis`]: run every rule, put causes first and fold their echoes under them.

use std::collections::BTreeMap;

use crate::case::Case;
pub use crate::case::{NotAnAnswer, QUESTIONS, Said};
use crate::diagnosis::{Diagnosis, RuleRow, WaitingRow};
use crate::facts::{clocks, log_parts, one_phone, problem_reports, renewal};
use crate::finding::{Conclusion, Finding};
use crate::intake::Reading;
use crate::need::Need;
use crate::rules::{self, Rule, prose};
use crate::{changes, views};

mod bounded;
pub mod culprit;
mod doubtful_asa;
mod first_wanted;
mod gaps;
mod ladder;
mod order;
pub mod phones;
mod still_needed;
mod verdict;
pub mod weighed;
mod without_asa;

use bounded::OfRule;
use gaps::Gap;
use verdict::Outcome;

/// Pieces of evidence kept of one finding; a fleet may have thousands.
const EVIDENCE: usize = 24;

/// Looks at all readings together. `now` is in seconds since 1970. Same readings, same answers and same clock,
/// same diagnosis.
pub fn diagnose(readings: &[Reading], said: &Said, now: i64) -> Diagnosis {
    let joined = log_parts::joined(readings);
    let readings = joined.as_deref().unwrap_or(readings);
    let whole = Case::of(readings, said, now);
    // What was not understood concerns the case, whichever phone is asked about.
    let gaps = gaps::of(&whole.documents);
    let Some(name) = said.answer("phone") else { return by_rules(whole, &gaps) };
    let phones = views::phones::all(&whole);
    match one_phone::narrowed(readings, &phones, name) {
        Some(narrowed) => Diagnosis { phones, ..by_rules(Case::of(&narrowed, said, now), &gaps) },
        None => by_rules(whole, &gaps),
    }
}

/// Runs every rule over a case.
fn by_rules(mut case: Case<'_>, gaps: &[Gap]) -> Diagnosis {
    let mut all: Vec<OfRule> = Vec::new();
    let (mut passed, mut waiting) = (Vec::new(), Vec::new());
    let mut asked: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (order, rule) in rules::all().enumerate() {
        case.said.take_open();
        let (id, title) = (rule.id.to_owned(), prose::title(&rule.prose));
        match rule.answer(&case) {
            Ok(found) if found.is_empty() => passed.push(RuleRow { rule: id, stage: rule.stage, title }),
            Ok(found) => {
                let found = found.into_iter().filter_map(|finding| doubtful_asa::limited(&case, finding));
                all.push(OfRule::new(order, rule, found.collect()));
            }
            Err(missing) => {
                if missing.0.contains(&Need::Answer) {
                    for key in case.said.take_open() {
                        asked.entry(key).or_default().push(id.clone());
                    }
                }
                waiting.push(WaitingRow { rule: id, stage: rule.stage, title, needs: missing.0 });
            }
        }
    }
    bounded::keep(&mut all);
    let more: BTreeMap<&str, usize> =
        all.iter().filter(|found| found.more > 0).map(|found| (found.rule.id, found.more)).collect();
    let of_phones = phones::Phones::of(&case);
    let findings = all.iter().flat_map(|found| {
        found.findings.iter().map(|finding| (found.order, conclude(&of_phones, found.rule, finding)))
    });
    let phones = views::phones::all(&case);
    let findings = weighed::all(&case, &of_phones, &phones, findings.collect());
    let phones_of = |finding: &Conclusion| of_phones.named_by(&finding.evidence);
    let mut findings = order::in_order(findings, case.progress.first_failed(), phones_of);
    bounded::tell(&more, &mut findings);
    if case.is_without_asa() {
        without_asa::without_commands(&mut findings);
    }
    still_needed::keep_useful(&case, &findings, &mut waiting);
    let stages = ladder::stages(&case, &findings, &passed, &waiting);
    let policies = views::policies::all(&case, &findings);
    let clocks = clocks::of(&case.documents, &case.wire_steps);
    let verdict = verdict::verdict(
        &case,
        &Outcome { findings: &findings, passed: &passed, waiting: &waiting, stages: &stages, gaps },
    );
    let left_out = bounded::left_out(&case);
    let diagnosis = Diagnosis {
        verdict,
        certificates: views::certificates::all(&case),
        hashes: views::certificates::hashes(&case),
        stages,
        findings,
        passed,
        waiting,
        redacted: false,
        questions: views::questions::all(&case, asked),
        timeline: views::timeline::events(&case, &clocks),
        clocks: views::timeline::clocks(&clocks),
        policies,
        negotiations: views::negotiation::all(&case),
        path: views::path::of(&case, &phones),
        phones,
        renewal: renewal::of(
            &case.documents,
            &case.phones,
            &case.trusted_hashes,
            &case.gateway_certificates,
            &case.certificates,
        ),
        since: None,
        left_out,
        inputs: bounded::noted(problem_reports::noted(&mut case.documents), left_out),
    };
    let since = changes::since(&case.documents.earlier_reports, &diagnosis, case.said.answer("phone"));
    Diagnosis { since, ..diagnosis }
}

fn conclude(of_phones: &phones::Phones<'_, '_>, rule: &Rule, finding: &Finding) -> Conclusion {
    let prose = prose::parse(&rule.prose);
    let all = finding.evidence();
    let evidence: Vec<_> = all.iter().take(EVIDENCE).cloned().collect();
    Conclusion {
        rule: rule.id.to_owned(),
        stage: rule.stage,
        severity: finding.severity.unwrap_or(rule.severity),
        confidence: finding.confidence,
        title: prose.title_for(finding),
        explanation: prose.explanation_for(finding),
        more_evidence: u32::try_from(all.len() - evidence.len()).unwrap_or(u32::MAX),
        more_of_kind: 0,
        concerned: of_phones.concerned(all),
        evidence,
        fix: prose.fixes_for(finding),
        caused_by: None,
        sources: rule.sources.iter().map(|source| (*source).to_owned()).collect(),
        comparison: finding.comparison.clone(),
    }
}
