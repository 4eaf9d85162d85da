//! The engine's answers to what a change will do, and to what differs: to be shown, or written to be kept or sent.
//!
//! What is written is worked out once more from the same readings, so that the page need not keep what a redaction
//! looks up: names in what it shows are those of the case.

use super::job::{Answer, Failed, Sheet, Side, Wish};
use super::opaque::Opaque;
use crate::case::Said;
use crate::compare::render::sheet as compare_sheet;
use crate::compare::{Comparison, compare, of_phone};
use crate::diagnose::diagnose;
use crate::input::Input;
use crate::intake::Reading;
use crate::plan::render::sheet as plan_sheet;
use crate::plan::{Change, Plan, plan};
use crate::report::redact::redact_with;
use crate::strings::Strings;

/// What is known.
pub(super) struct Case<'c> {
    pub readings: &'c [Reading],
    pub said: &'c Said,
    pub now: i64,
}

/// What changes will do.
pub(super) fn planned(
    case: &Case<'_>,
    wishes: &[Wish<'_>],
    works: bool,
    sheet: Option<Sheet>,
) -> Result<Answer, Failed> {
    let mut changes = Vec::with_capacity(wishes.len());
    for wish in wishes {
        match &wish.file {
            Some(Opaque(bytes)) => {
                changes.push(postcard::from_bytes::<Change>(bytes).map_err(|_| Failed::NotUnderstood)?);
            }
            None => match Change::of_value(wish.key, &wish.value) {
                Ok(change) => changes.push(change),
                Err(why) => return Ok(Answer::Plan(Err((wish.key, why)))),
            },
        }
    }
    let foretold = plan(case.readings, case.said, case.now, &changes, works);
    let Some(sheet) = sheet else { return Ok(Answer::Plan(Ok(Box::new(foretold)))) };
    let inputs = foretold.inputs.clone();
    let mut foretold = Plan { redacted: sheet.redacted.is_some(), ..foretold };
    redact(case, &mut foretold, &inputs, sheet);
    Ok(Answer::Written(plan_sheet(&foretold, sheet.form, sheet.lang)))
}

/// What differs between two sides.
pub(super) fn compared(
    case: &Case<'_>,
    sides: &[Side<'_>; 2],
    sheet: Option<Sheet>,
) -> Result<Answer, Failed> {
    let of = |side: &Side<'_>| {
        let at = |index: &u32| case.readings.get(usize::try_from(*index).ok()?).cloned();
        let own: Option<Vec<Reading>> = side.of.iter().map(at).collect();
        let own = own.ok_or(Failed::NotUnderstood)?;
        match &side.phone {
            Some(name) => of_phone(&own, case.said, case.now, name).ok_or(Failed::NotDone),
            None => Ok(own),
        }
    };
    let [a, b] = sides;
    // Each side has its own one phone.
    let mut said = case.said.clone();
    said.unsay("phone");
    let told = compare(&of(a)?, &of(b)?, &said, case.now);
    let Some(sheet) = sheet else { return Ok(Answer::Comparison(Box::new(told))) };
    let mut told = Comparison { redacted: sheet.redacted.is_some(), ..told };
    redact(case, &mut told, &[], sheet);
    Ok(Answer::Written(compare_sheet(&told, sheet.form, sheet.lang)))
}

/// Puts pseudonyms into it, where they are wanted. `inputs`: those that it cites, where the case alone has fewer.
fn redact(case: &Case<'_>, part: &mut dyn Strings, inputs: &[Input], sheet: Sheet) {
    let Some((addresses, seed)) = sheet.redacted else { return };
    let mut diagnosis = diagnose(case.readings, case.said, case.now);
    if !inputs.is_empty() {
        diagnosis.inputs = inputs.to_vec();
    }
    redact_with(&diagnosis, part, addresses, seed);
}
