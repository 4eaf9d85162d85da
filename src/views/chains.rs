//! The chains of the certificates that the ASA presents, from its own up to the root.
//!
//! Issuers are found by name, and in the same file before any other: no signature is checked here. A chain ends where an
//! issuer is in no file.

use crate::diagnosis::{CertificateRow, Diagnosis};

/// Steps of a chain; real ones have at most four.
const STEPS: usize = 8;

/// Places in [`Diagnosis::certificates`], the presented certificate first; those that are presented, then those that only
/// a weaker witness names.
pub fn of(diagnosis: &Diagnosis) -> Vec<Vec<usize>> {
    let rows = &diagnosis.certificates;
    let disputed = |row: &CertificateRow| row.shown_by.iter().all(|one| one.disputed);
    let mut leaves: Vec<usize> = Vec::new();
    for (index, row) in rows.iter().enumerate().filter(|(_, row)| !row.shown_by.is_empty()) {
        let known = leaves.iter().filter_map(|at| rows.get(*at)).any(|other| other.sha256 == row.sha256);
        if !known {
            leaves.push(index);
        }
    }
    leaves.sort_by_key(|at| rows.get(*at).is_some_and(disputed));
    leaves.into_iter().map(|leaf| chain(rows, leaf)).collect()
}

fn chain(rows: &[CertificateRow], leaf: usize) -> Vec<usize> {
    let mut chain = vec![leaf];
    while let Some(last) = chain.last().and_then(|at| rows.get(*at)) {
        if last.self_signed || chain.len() == STEPS {
            break;
        }
        let issuers = rows
            .iter()
            .enumerate()
            .filter(|(at, row)| !last.issuer.is_empty() && row.subject == last.issuer && !chain.contains(at));
        let next = issuers.min_by_key(|(_, row)| row.input != last.input).map(|(at, _)| at);
        let Some(next) = next else { break };
        chain.push(next);
    }
    chain
}
