//! The lines that the viewer leads through, one after the other.

use std::collections::BTreeSet;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::source::Place;

/// Every piece of evidence that has a place, in the order of the findings, each line once.
pub fn proofs(diagnosis: &Diagnosis) -> Vec<Place> {
    let (mut proofs, mut seen) = (Vec::new(), BTreeSet::new());
    for evidence in diagnosis.findings.iter().flat_map(|found| &found.evidence) {
        if let (Some(input), Some(at)) = (evidence.input, &evidence.at) {
            let place = Place { input, at: at.clone() };
            if seen.insert(place.clone()) {
                proofs.push(place);
            }
        }
    }
    proofs
}
