//! Which finding comes first: causes by weight, each followed by what it explains.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Conclusion, Confidence, Severity};
use crate::rules::{self, Rule};
use crate::stage::Stage;

/// Causes by weight, each followed by what it explains. `phones` tells which phones a finding is about, where that is
/// known.
pub fn in_order(
    findings: Vec<(usize, Conclusion)>,
    first_failed: Option<Stage>,
    phones: impl Fn(&Conclusion) -> BTreeSet<String>,
) -> Vec<Conclusion> {
    let about: Vec<BTreeSet<String>> = findings.iter().map(|(_, found)| phones(found)).collect();
    let mut causes: Vec<Option<&'static str>> = Vec::new();
    for ((_, echo), of_echo) in findings.iter().zip(&about) {
        let is_cause = |rule: &&Rule| {
            rule.echoes.contains(&echo.rule.as_str())
                && findings.iter().zip(&about).any(|((_, cause), of_cause)| {
                    cause.rule == rule.id && explains(cause, echo) && may_be_of_one(of_cause, of_echo)
                })
        };
        causes.push(rules::all().find(is_cause).map(|rule| rule.id));
    }
    let mut roots: Vec<(usize, Conclusion)> = Vec::new();
    let mut echoes: Vec<(usize, Conclusion)> = Vec::new();
    for ((order, mut found), cause) in findings.into_iter().zip(causes) {
        found.caused_by = cause.map(str::to_owned);
        if found.caused_by.is_some() { echoes.push((order, found)) } else { roots.push((order, found)) }
    }
    let weights = weights(&echoes);
    roots.sort_by_cached_key(|(order, found)| {
        let echoed = weights.get(&found.rule).copied().unwrap_or(found.severity);
        let weight =
            if found.severity == Severity::Notice { found.severity } else { echoed.min(found.severity) };
        (weight, first_failed != Some(found.stage), found.severity, found.confidence, found.stage, *order)
    });
    let mut ordered: Vec<Conclusion> = roots.into_iter().map(|(_, root)| root).collect();
    place_echoes(&mut ordered, echoes);
    ordered
}

/// The gravest echo of each rule, through any number of steps: a cause weighs what it leads to.
fn weights(echoes: &[(usize, Conclusion)]) -> BTreeMap<String, Severity> {
    let mut weights: BTreeMap<String, Severity> = BTreeMap::new();
    // A chain of echoes has no more steps than there are echoes.
    for _ in 0..echoes.len() {
        let before = weights.clone();
        for (_, echo) in echoes {
            let Some(cause) = &echo.caused_by else { continue };
            let own = weights.get(&echo.rule).copied().unwrap_or(echo.severity).min(echo.severity);
            let weight = weights.entry(cause.clone()).or_insert(own);
            *weight = own.min(*weight);
        }
        if weights == before {
            break;
        }
    }
    weights
}

/// What is wrong with one phone explains nothing of another.
fn may_be_of_one(cause: &BTreeSet<String>, echo: &BTreeSet<String>) -> bool {
    cause.is_empty() || echo.is_empty() || !cause.is_disjoint(echo)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::conclusion;
    use crate::text::Text;

    fn conclusion_of(rule: &str, severity: Severity, confidence: Confidence, phone: &str) -> Conclusion {
        let stage = rules::by_id(rule).unwrap().stage;
        Conclusion { title: Text::quoted(phone), ..conclusion(rule, stage, severity, confidence) }
    }

    /// Rules in order, each with its cause; a finding's title stands for the phone that it is about.
    fn ordered(findings: Vec<Conclusion>) -> Vec<(String, Option<String>)> {
        let of_phone = |found: &Conclusion| {
            let name = found.title.en().to_string();
            if name.is_empty() { BTreeSet::new() } else { BTreeSet::from([name]) }
        };
        let ordered = in_order(findings.into_iter().enumerate().collect(), None, of_phone);
        ordered.into_iter().map(|found| (found.rule, found.caused_by)).collect()
    }

    const HASH: &str = "cert-hash-mismatch";
    const REFUSED: &str = "phone-rejected-server-certificate";
    const PORT: &str = "gateway-url-port";

    #[test]
    fn what_is_wrong_with_one_phone_explains_nothing_of_another() {
        use Confidence::Certain;
        use Severity::Blocker;
        let both = |one: &str, other: &str| {
            ordered(vec![
                conclusion_of(HASH, Blocker, Certain, one),
                conclusion_of(REFUSED, Blocker, Certain, other),
            ])
        };
        let caused = vec![(HASH.to_owned(), None), (REFUSED.to_owned(), Some(HASH.to_owned()))];
        for (one, other) in [("SEP0011", "SEP0011"), ("", "SEP0011"), ("SEP0011", ""), ("", "")] {
            assert_eq!(both(one, other), caused, "{one} {other}");
        }
        assert_eq!(both("SEP0011", "SEP0022"), [(HASH.to_owned(), None), (REFUSED.to_owned(), None)]);
    }

    #[test]
    fn a_cause_weighs_what_it_leads_to() {
        use Confidence::Certain;
        use Severity::{Blocker, Warning};
        let rules = |findings| ordered(findings).into_iter().map(|(rule, _)| rule).collect::<Vec<_>>();
        let findings = vec![
            conclusion_of(PORT, Warning, Certain, ""),
            conclusion_of(HASH, Warning, Certain, ""),
            conclusion_of(REFUSED, Blocker, Certain, ""),
        ];
        assert_eq!(rules(findings), [HASH, REFUSED, PORT]);
    }
}
