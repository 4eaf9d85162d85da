//! Which phones fail, as the list of phones shows it: by their age, where the models of all of them are known.
//!
//! ```text
//! CP-7962G-SEP001122334455   connected
//! CP-8851-SEPAABBCCDDEEFF    failed at trust     the newer ones fail
//! ```
//! Older is a model that never speaks more than TLS 1.0, newer any other; a firmware of its makes no model older.
//!
//! `None`: no phone fails, the phones seen do not tell the ages apart, or a model is not known.

use crate::diagnosis::{Diagnosis, PhoneRow};
use crate::source::Place;
use crate::tables::phone_families;
use crate::tables::tls_versions::Protocol;

/// Which phones fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failing {
    /// Newer models alone, beside older ones that connect.
    Newer,
    /// Older models alone, beside newer ones that connect.
    Older,
    /// Both older and newer models, and none connects.
    All,
    /// Of one age some fail and some connect.
    Some,
}

/// Which phones of a case fail, and the line that tells most of the first of them.
pub fn failing(diagnosis: &Diagnosis) -> Option<(Failing, Option<&Place>)> {
    let seen = || diagnosis.phones.iter().filter(|row| row.failed.is_some() || row.connected > 0);
    // One whose model is not known could be of either age.
    let ages: Vec<(bool, bool)> =
        seen().map(|row| Some((row.failed.is_some(), is_newer(row)?))).collect::<Option<_>>()?;
    let has = |failed: bool, newer: bool| ages.contains(&(failed, newer));
    let which = match ((has(true, false), has(true, true)), (has(false, false), has(false, true))) {
        ((false, true), (true, false)) => Failing::Newer,
        ((true, false), (false, true)) => Failing::Older,
        ((true, true), (false, false)) => Failing::All,
        ((true, _), (true, _)) | ((_, true), (_, true)) => Failing::Some,
        _ => return None,
    };
    Some((which, seen().find(|row| row.failed.is_some()).and_then(|row| row.place.as_ref())))
}

fn is_newer(row: &PhoneRow) -> Option<bool> {
    let family = phone_families::of_model(&row.model)?;
    Some(family.only_ability().is_none_or(|ability| ability.highest != Protocol::Tls10))
}

#[cfg(test)]
mod tests {
    use super::super::{By, Position, by_id};
    use super::*;
    use crate::diagnose::{Said, diagnose};
    use crate::testing::{now, readings};

    fn diagnosed(rows: &[(&str, bool)]) -> Diagnosis {
        let mut log = String::new();
        for (at, (user, works)) in rows.iter().enumerate() {
            let end = if *works {
                format!(
                    "%ASA-4-722051: Group <P> User <{user}> IP <203.0.113.{at}> Address <198.51.100.{at}> assigned to session"
                )
            } else {
                format!(
                    "%ASA-6-716039: Group <P> User <{user}> IP <203.0.113.{at}> Authentication: rejected, Session Type: WebVPN."
                )
            };
            log.push_str(&format!("Nov 24 2026 08:00:0{at} asa : {end}\n"));
        }
        diagnose(&readings(&[("asa.log", log.as_str())]), &Said::new(), now())
    }

    const OLD: &str = "CP-7962G-SEP001122334401";
    const NEW: &str = "CP-8851-SEP001122334402";

    #[test]
    fn ages_are_told_apart_only_where_all_are_known() {
        for (rows, expected) in [
            (vec![(OLD, true), (NEW, false)], Some(Failing::Newer)),
            (vec![(OLD, false), (NEW, true)], Some(Failing::Older)),
            (vec![(OLD, false), (NEW, false)], Some(Failing::All)),
            (vec![(OLD, true), ("CP-7945G-SEP001122334403", false)], Some(Failing::Some)),
            (vec![(OLD, true), (NEW, false), ("CP-8841-SEP001122334404", true)], Some(Failing::Some)),
            (vec![(OLD, true), (NEW, true)], None),
            (vec![(NEW, false)], None),
            (vec![(NEW, false), ("CP-8841-SEP001122334404", false)], None),
            (vec![(OLD, true), (NEW, false), ("SEP001122334405", true)], None),
        ] {
            let diagnosis = diagnosed(&rows);
            assert_eq!(diagnosis.phones.len(), rows.len(), "{rows:?}");
            assert_eq!(failing(&diagnosis).map(|(which, _)| which), expected, "{rows:?}");
        }
    }

    #[test]
    fn the_case_answers_which_phones_fail_with_a_line() {
        for (symptom, rows, answer) in [
            ("new-phones-fail", [(OLD, true), (NEW, false)], "newer"),
            ("old-phones-fail", [(OLD, false), (NEW, true)], "older"),
            ("new-phones-fail", [(OLD, false), (NEW, false)], "all"),
            ("old-phones-fail", [(OLD, false), (NEW, false)], "all"),
            ("new-phones-fail", [(OLD, true), ("CP-7945G-SEP001122334403", false)], "some"),
        ] {
            let diagnosis = diagnosed(&rows);
            let walk = by_id(symptom).unwrap().walk(Some(&diagnosis), &[]);
            assert!(walk.answered("which", answer), "{symptom}: {:?}", walk.taken);
            let by = &walk.taken.first().unwrap().by;
            assert!(matches!(by, By::Evidence(Some(line)) if line.at.is_some()), "{symptom}: {by:?}");
        }
        // One phone tells nothing, and that the others fail proves no reason: the person says whether that is the case.
        for rows in [&[(NEW, false)][..], &[(OLD, false), (NEW, true)]] {
            let walk = by_id("new-phones-fail").unwrap().walk(Some(&diagnosed(rows)), &[]);
            assert!(matches!(walk.position, Position::At(step) if step.id == "which"), "{rows:?}");
        }
    }
}
