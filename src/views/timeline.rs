//! What happened, in the order of the clocks, and how the clocks stand to each other.

use crate::case::Case;
use crate::diagnosis::{ClockRow, TimelineRow};
use crate::facts::clocks::{Clock, Clocks};
use crate::facts::timeline;

/// What happened.
pub fn events(case: &Case<'_>, clocks: &Clocks) -> Vec<TimelineRow> {
    timeline::of(&case.documents)
        .into_iter()
        .map(|event| TimelineRow {
            aligned: clocks.aligned(&event),
            input: event.place.input,
            at: event.place.at,
            time: event.time,
            stage: event.stage,
            says: event.says,
        })
        .collect()
}

/// How the clocks stand to each other.
pub fn clocks(clocks: &Clocks) -> Vec<ClockRow> {
    let row = |clock: &Clock| ClockRow {
        input: clock.input,
        offset_millis: clock.offset_micros / 1000,
        from: clock.from.clone(),
    };
    clocks.phones.iter().map(row).collect()
}
