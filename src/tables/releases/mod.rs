//! What a release changed that a phone's VPN may depend on, a row each: ASA, phone loads, CUCM.
//!
//! ```text
//! ASA 9.16(1): certificates signed with SHA-1 and RSA keys below 2048 bits are refused    login    by the certificate
//! ```
//! A row says in which stage it is felt and by what it is weighed: most of them by the facts that every diagnosis uses
//! (versions, ciphers, curves), some by one line of a configuration. What a row cannot weigh is [`Weighs::Unknown`], and
//! then nothing may be foretold as harmless. What no source tells has no row: see each table's newest release.
//!
//! Sources stand in each row. "(read so)" in one means that the effect on phones is concluded and not said there.

use crate::stage::Stage;
use crate::tables::asa_defaults::Certainty;
use crate::text::Text;

pub mod asa;
pub mod cucm;
pub mod phones;

/// A release as four numbers: major, minor, maintenance, and interim or service release.
pub type Release = [u32; 4];

/// One change.
#[derive(Debug)]
pub struct Change {
    /// The first release with it.
    pub from: Release,
    /// That release as people write it.
    pub release: &'static str,
    /// What changed.
    pub what: Text,
    /// Where a phone would feel it.
    pub stage: Stage,
    /// What tells whether one does.
    pub weighs: Weighs,
    /// How well it is known.
    pub certainty: Certainty,
    /// Where it stands.
    pub source: &'static str,
}

/// What tells whether a change is felt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weighs {
    /// What phone and ASA agree on: versions, ciphers, curves, the certificate that is presented.
    Negotiation,
    /// The certificate that a phone logs in with.
    ClientCertificate,
    /// A line of the configuration that begins so.
    Line(&'static str),
    /// A cipher that begins so, where it is the one that is agreed on.
    Suite(&'static str),
    /// Nothing: no phone depends on it.
    Nothing,
    /// Nothing tells it.
    Unknown,
}

/// The changes between two releases, whichever is the newer: what lies above the lower, up to the higher.
pub fn between(
    table: &'static [Change],
    one: Release,
    other: Release,
) -> impl Iterator<Item = &'static Change> {
    let (low, high) = (one.min(other), one.max(other));
    table.iter().filter(move |change| low < change.from && change.from <= high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_runs_upwards_and_names_its_sources() {
        for table in
            [asa::CHANGES, cucm::CHANGES].into_iter().chain(phones::ALL.iter().map(|row| row.changes))
        {
            for pair in table.windows(2) {
                assert!(
                    pair[0].from <= pair[1].from,
                    "{} stands behind {}",
                    pair[1].release,
                    pair[0].release
                );
            }
            for row in table {
                assert!(!row.source.is_empty() && !row.what.is_empty(), "{}", row.release);
            }
        }
    }

    #[test]
    fn what_lies_between_is_the_same_in_both_directions() {
        let of = |one, other| between(asa::CHANGES, one, other).map(|row| row.release).collect::<Vec<_>>();
        assert_eq!(of([9, 14, 4, 0], [9, 16, 4, 0]), ["9.16(1)"]);
        assert_eq!(of([9, 16, 4, 0], [9, 14, 4, 0]), ["9.16(1)"]);
        assert_eq!(of([9, 3, 1, 0], [9, 4, 1, 0]), ["9.3(2)", "9.4(1)"]);
        assert!(of([9, 14, 1, 0], [9, 14, 4, 28]).is_empty());
    }
}
