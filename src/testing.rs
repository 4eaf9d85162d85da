//! What rule tests need: from bytes to findings, through the same two steps as everyone else.

use crate::case::{Case, Said};
use crate::finding::Finding;
use crate::intake::{self, Reading};
use crate::limits::Limits;
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::time::parse_rfc3339;

/// The clock of rule tests, in seconds since 1970.
pub fn now() -> i64 {
    parse_rfc3339("2026-11-24T12:00:00Z").unwrap()
}

/// Reads files given as name and text.
pub fn readings(files: &[(&str, &str)]) -> Vec<Reading> {
    files.iter().map(|(name, text)| intake::read(name, text.as_bytes(), &Limits::default())).collect()
}

/// Checks one rule against files, with answers of the person.
pub fn check(rule: &Rule, files: &[(&str, &str)], answers: &[(&str, &str)]) -> Result<Vec<Finding>, Missing> {
    let mut said = Said::new();
    for (key, value) in answers {
        said.say(key, value).unwrap();
    }
    let readings = readings(files);
    (rule.check)(&Case::of(&readings, &said, now()))
}

/// The rule fires; returns its findings.
#[track_caller]
pub fn fires(rule: &Rule, files: &[(&str, &str)]) -> Vec<Finding> {
    match check(rule, files, &[]) {
        Ok(findings) if !findings.is_empty() => findings,
        other => panic!("{} should fire, but: {other:?}", rule.id),
    }
}

/// The rule was checked and found nothing.
#[track_caller]
pub fn silent(rule: &Rule, files: &[(&str, &str)]) {
    match check(rule, files, &[]) {
        Ok(findings) if findings.is_empty() => {}
        other => panic!("{} should pass, but: {other:?}", rule.id),
    }
}

/// The rule cannot be checked; returns what is missing.
#[track_caller]
pub fn waits(rule: &Rule, files: &[(&str, &str)]) -> Vec<Need> {
    match check(rule, files, &[]) {
        Err(Missing(needs)) => needs,
        other => panic!("{} should wait, but: {other:?}", rule.id),
    }
}
