//! The rules: one defect, one rule, one file with its two texts.
//!
//! A rule reads facts, never text, and never another rule. Its check has three answers: findings, an honest pass
//! (no findings), or what is missing to tell. Its prose stands beside it in two Markdown files of the same shape,
//! see [`prose`].
//!
//! For a new rule add `rules/<stage>/<rule>.rs`, `<rule>.en.md` and `<rule>.de.md`, and name it in the stage's
//! `mod.rs`. `tests/tidy.rs` checks the rest.

pub mod authorisation;
pub mod host_name;
mod logged;
pub mod login;
mod no_certificate;
pub mod policy;
pub mod posture;
pub mod prerequisites;
pub mod prose;
pub mod provisioning;
pub mod reach;
pub mod registration;
mod rule;
pub mod tls;
pub mod trust;
pub mod tunnel;
mod wire;
mod wire_fixes;

pub use rule::{Check, Rule};

/// Every rule, in the order of the catalogue: by stage, and inside a stage as its `mod.rs` lists them.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [
        prerequisites::RULES,
        provisioning::RULES,
        reach::RULES,
        tls::RULES,
        trust::RULES,
        host_name::RULES,
        login::RULES,
        posture::RULES,
        authorisation::RULES,
        policy::RULES,
        tunnel::RULES,
        registration::RULES,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// A rule by its id.
pub fn by_id(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}
