//! What happened, in the order of the clocks, and how the clocks stand to each other.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::diagnosis::{ClockRow, TimelineRow};
use crate::exchange::Exchange;
use crate::facts::clocks::{Clock, Clocks};
use crate::facts::timeline;

/// What happened.
pub fn events(case: &Case<'_>, clocks: &Clocks) -> Vec<TimelineRow> {
    let mut clients: BTreeMap<String, u32> = BTreeMap::new();
    timeline::of(&case.documents, &case.wire_steps)
        .into_iter()
        .map(|event| TimelineRow {
            aligned: clocks.aligned(&event),
            exchange: Exchange { client: number(&mut clients, &event.client), ..event.exchange },
            input: event.place.input,
            at: event.place.at,
            time: event.time,
            stage: event.stage,
            says: event.says,
        })
        .collect()
}

/// The number of a client: the same address has the same.
fn number(clients: &mut BTreeMap<String, u32>, address: &str) -> u32 {
    if address.is_empty() {
        return 0;
    }
    let next = u32::try_from(clients.len() + 1).unwrap_or(u32::MAX);
    *clients.entry(address.to_owned()).or_insert(next)
}

/// How the clocks stand to each other.
pub fn clocks(clocks: &Clocks) -> Vec<ClockRow> {
    let row = |clock: &Clock| ClockRow {
        input: clock.input,
        offset_millis: clock.offset_micros / 1000,
        within_millis: clock.within_micros / 1000,
        from: clock.from.clone(),
    };
    clocks.known.iter().map(row).collect()
}
