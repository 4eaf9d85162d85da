//! The wizards: what a person sees, and the questions that lead from there to a rule or to a request for evidence.
//!
//! A wizard is data: steps, answers, and where each answer leads. It knows nothing that no rule knows. A step answers
//! itself where the diagnosis shows a [`Sign`]; the person may say otherwise, and may always be unsure.
//!
//! For a new wizard add `symptoms/<symptom>.rs` and name it in [`ALL`]; the tests below walk every path of it.

use crate::diagnosis::Diagnosis;

mod can_it_work;
mod certificate_login;
mod change_while_connected;
mod collect_evidence;
mod drops;
mod ends_after_login;
pub mod example;
mod external_authentication;
mod failing;
mod hash_mismatch;
mod host_id;
mod new_phones_fail;
mod no_registration;
mod no_shared_cipher;
mod no_vpn_menu;
mod old_phones_fail;
mod password_login;
mod redirected;
mod renew_certificate;
mod symptom;
mod walk;

pub use symptom::{Answer, Group, Plan, Sign, Step, Symptom, Then};
pub use walk::{By, Given, Position, Taken, Walk, not_read};

/// Every wizard, in the order in which the start page lists them.
pub const ALL: &[&Symptom] = &[
    &no_vpn_menu::SYMPTOM,
    &can_it_work::SYMPTOM,
    &certificate_login::SYMPTOM,
    &password_login::SYMPTOM,
    &no_shared_cipher::SYMPTOM,
    &host_id::SYMPTOM,
    &redirected::SYMPTOM,
    &ends_after_login::SYMPTOM,
    &hash_mismatch::SYMPTOM,
    &new_phones_fail::SYMPTOM,
    &old_phones_fail::SYMPTOM,
    &no_registration::SYMPTOM,
    &drops::SYMPTOM,
    &change_while_connected::SYMPTOM,
    &renew_certificate::SYMPTOM,
    &external_authentication::SYMPTOM,
    &collect_evidence::SYMPTOM,
];

/// A wizard by its id.
pub fn by_id(id: &str) -> Option<&'static Symptom> {
    ALL.iter().copied().find(|symptom| symptom.id == id)
}

/// The wizards that lead to a rule: those that end in it with this evidence before those that only can, and of equals
/// the one that speaks of it most.
pub fn leading_to(rule: &str, diagnosis: &Diagnosis) -> Vec<&'static Symptom> {
    let shows = |symptom: &Symptom| match symptom.walk(Some(diagnosis), &[]).position {
        Position::Rule { rule: end, finding } => end == rule && finding.is_some(),
        _ => false,
    };
    let mut leading: Vec<_> = ALL.iter().copied().filter(|symptom| symptom.speaks_of(rule) > 0).collect();
    // The first of equals: the catalogue's order.
    leading.sort_by_cached_key(|symptom| std::cmp::Reverse((shows(symptom), symptom.speaks_of(rule))));
    leading
}

#[cfg(test)]
mod tests;
