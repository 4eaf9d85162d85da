//! Which finding comes first: causes by weight, each followed by what it explains.

use crate::finding::{Conclusion, Confidence, Severity};
use crate::rules::{self, Rule};
use crate::stage::Stage;

/// Causes by weight, each followed by what it explains.
pub fn in_order(findings: Vec<(usize, Conclusion)>, first_failed: Option<Stage>) -> Vec<Conclusion> {
    let mut causes: Vec<Option<&'static str>> = Vec::new();
    for (_, echo) in &findings {
        let explains = |rule: &&Rule| {
            rule.echoes.contains(&echo.rule.as_str())
                && findings.iter().any(|(_, cause)| cause.rule == rule.id && explains(cause, echo))
        };
        causes.push(rules::all().find(explains).map(|rule| rule.id));
    }
    let mut roots: Vec<(usize, Conclusion)> = Vec::new();
    let mut echoes: Vec<(usize, Conclusion)> = Vec::new();
    for ((order, mut found), cause) in findings.into_iter().zip(causes) {
        found.caused_by = cause.map(str::to_owned);
        if found.caused_by.is_some() { echoes.push((order, found)) } else { roots.push((order, found)) }
    }
    roots.sort_by_key(|(order, found)| {
        (found.severity, first_failed != Some(found.stage), found.confidence, found.stage, *order)
    });
    let mut ordered: Vec<Conclusion> = roots.into_iter().map(|(_, root)| root).collect();
    place_echoes(&mut ordered, echoes);
    ordered
}

/// A guess does not explain away what the evidence says outright, nor does what is merely worth knowing explain what
/// stops the phone.
fn explains(cause: &Conclusion, echo: &Conclusion) -> bool {
    let a_guess = cause.confidence == Confidence::Possible && echo.confidence < Confidence::Possible;
    let a_trifle = cause.severity == Severity::Notice && echo.severity < Severity::Notice;
    !a_guess && !a_trifle
}

/// Puts each echo behind the last finding of its cause. A cause may be an echo itself; `tests/tidy.rs` shows that
/// there are no cycles, and every round places at least one echo or ends.
fn place_echoes(ordered: &mut Vec<Conclusion>, mut echoes: Vec<(usize, Conclusion)>) {
    echoes.sort_by_key(|(order, _)| *order);
    loop {
        let mut left = Vec::new();
        let before = ordered.len();
        for (order, echo) in echoes {
            let cause = ordered.iter().rposition(|found| {
                Some(&found.rule) == echo.caused_by.as_ref()
                    || (found.caused_by == echo.caused_by && found.caused_by.is_some())
            });
            match cause {
                Some(at) => ordered.insert(at + 1, echo),
                None => left.push((order, echo)),
            }
        }
        if left.is_empty() {
            return;
        }
        if ordered.len() == before {
            ordered.extend(left.into_iter().map(|(_, echo)| echo));
            return;
        }
        echoes = left;
    }
}
