//! The events of a phone's log that still count: what a later attempt got past is left out.

use crate::event::Channel;
use crate::facts::phone_stages::{stage_failed, stage_reached};
use crate::observe::{Log, LoginAttempt, LoginOutcome, Observation, What};
use crate::stage::Stage;

/// The events of a phone's log that still matter: those after its last successful attempt, and of the failed ones after
/// it the last and those right before it that failed in the same way.
pub fn events_that_matter<'l, 'a>(log: &'l Log<'a>) -> &'l [Observation<'a>] {
    let past = log
        .attempts
        .iter()
        .filter(|attempt| attempt.outcome == LoginOutcome::Connected)
        .map(|attempt| attempt.last)
        .max();
    let from = past.map_or(0, |last| last + usize::from(!ends_without_datagrams(log, last))).max(log.past);
    let from = from.max(same_failures(log, from));
    log.observations.get(from..).unwrap_or_default()
}

/// The last word of an attempt is that DTLS failed: the phone is in, and has one way of two.
fn ends_without_datagrams(log: &Log<'_>, last: usize) -> bool {
    log.observations.get(last).is_some_and(|event| {
        matches!(
            event.what,
            What::Alert { channel: Channel::Dtls, .. } | What::LibraryError { channel: Channel::Dtls, .. }
        )
    })
}

/// Where the last failures of one kind begin, not before `from`.
fn same_failures(log: &Log<'_>, from: usize) -> usize {
    let kind = |attempt: &LoginAttempt| stage_of(log, attempt);
    let failures = log.attempts.iter().rev().filter(|attempt| attempt.outcome == LoginOutcome::Failed);
    let mut failures = failures.take_while(|attempt| attempt.first >= from);
    let Some(last) = failures.next() else { return from };
    let (wanted, mut begin) = (kind(last), last.first);
    let mut earlier = false;
    for attempt in failures {
        if kind(attempt) != wanted {
            earlier = true;
            break;
        }
        begin = attempt.first;
    }
    // What stands before the first attempt may tell why it fails.
    if earlier { begin } else { from }
}

/// The stage at which an attempt failed, or that it reached.
fn stage_of(log: &Log<'_>, attempt: &LoginAttempt) -> Option<Stage> {
    let events = log.observations.get(attempt.first..=attempt.last).unwrap_or_default();
    let failed = events.iter().filter_map(|event| stage_failed(&event.what)).min();
    failed.or_else(|| events.iter().filter_map(|event| stage_reached(&event.what)).max())
}

/// How many events of each part of one log are past, by what the parts after it tell: all that stands before a success,
/// and before the last failures of one kind. Parts stand in the order in which they were written.
pub fn past_by_later_parts(parts: &[&Log<'_>]) -> Vec<usize> {
    let mut past = vec![0; parts.len()];
    // The last failures are of this kind, as far as any were met.
    let mut wanted: Option<Option<Stage>> = None;
    let mut over = false;
    for (log, past) in parts.iter().zip(&mut past).rev() {
        if over {
            *past = log.observations.len();
            continue;
        }
        for attempt in log.attempts.iter().rev() {
            let same = match attempt.outcome {
                LoginOutcome::Open => continue,
                LoginOutcome::Connected => false,
                LoginOutcome::Failed => {
                    let stage = stage_of(log, attempt);
                    *wanted.get_or_insert(stage) == stage
                }
            };
            if !same {
                over = true;
                *past = attempt.last + 1;
                break;
            }
        }
    }
    past
}
