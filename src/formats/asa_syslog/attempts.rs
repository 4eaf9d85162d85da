//! Attempts of one user, counted while the log streams by.
//!
//! An attempt goes through the steps of [`super::steps`] in their order. It is over when it fails, connects, or the
//! session ends; a step that comes before the one reached, or the same one again, begins the next.

use super::event::Event;
use super::remembered::RememberedPlace;
use super::steps;
use crate::event::attempt::{Attempt, Step};
use crate::stage::Stage;
use crate::time::Stamp;

/// Counts and the last failure. Most messages change a count and nothing else, of any of thousands of users; so what
/// stands beside the counts is small, and the rest is elsewhere.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub attempts: u32,
    pub connected: u32,
    pub furthest: Option<Stage>,
    pub failure: Option<Box<Failure>>,
    pub last: Option<Stamp>,
    /// The last connection, or the first line; `None` where none was seen.
    pub at: Option<Box<RememberedPlace>>,
    /// Byte of the last connection.
    connected_at: u64,
}

/// Where and why an attempt failed.
#[derive(Debug, Default)]
pub(super) struct Failure {
    pub stage: Option<Stage>,
    pub id: u32,
    pub words: String,
    pub at: RememberedPlace,
}

impl Failure {
    /// This one comes instead.
    fn replace(&mut self, event: &Event<'_>, stage: Stage, words: &str) {
        let end = words.char_indices().nth(MOST_WORDS).map_or(words.len(), |(end, _)| end);
        words.get(..end).unwrap_or_default().clone_into(&mut self.words);
        (self.stage, self.id) = (Some(stage), event.id);
        self.at.replace(event.place);
    }
}

impl Tally {
    /// Something of it was seen at this time.
    pub fn heard_at(&mut self, stamp: Option<Stamp>) {
        self.last = stamp.or(self.last);
    }

    /// A stage was passed.
    pub fn reach(&mut self, stage: Stage) {
        self.furthest = self.furthest.max(Some(stage));
    }

    /// The last attempt failed.
    pub fn fail(&mut self, failure: Failure) {
        self.failure = Some(Box::new(failure));
    }

    fn fail_at(&mut self, event: &Event<'_>, stage: Stage, words: &str) {
        self.failure.get_or_insert_default().replace(event, stage, words);
    }

    fn connect(&mut self, event: &Event<'_>) {
        self.failure = None;
        let at = self.at.get_or_insert_default();
        at.replace(event.place);
        self.connected_at = at.order();
    }

    /// Takes over what was seen at the address of this user before the user's name was known.
    pub fn merge(&mut self, address: Self) {
        self.attempts = self.attempts.saturating_add(address.attempts);
        self.furthest = self.furthest.max(address.furthest);
        self.last = later(self.last, address.last);
        let own = self.failure.as_ref().map_or(self.connected_at, |failure| failure.at.order());
        if let Some(failure) = address.failure
            && (failure.at.order() > own || self.at.is_none() && self.failure.is_none())
        {
            self.failure = Some(failure);
        }
    }
}

fn later(one: Option<Stamp>, other: Option<Stamp>) -> Option<Stamp> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.max(other)),
        (one, other) => one.or(other),
    }
}

/// The attempts of one user.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    pub tally: Tally,
    attempt: Attempt,
}

impl Attempts {
    /// A login is under way, or its tunnel stands.
    pub fn is_running(&self) -> bool {
        self.attempt.is_running() || self.attempt.is_connected()
    }

    /// Takes a message of the user; true where it tells why an attempt fails.
    pub fn take(&mut self, event: &Event<'_>) -> bool {
        let tally = &mut self.tally;
        tally.heard_at(event.stamp);
        if tally.at.is_none() {
            tally.at = Some(Box::new(RememberedPlace::of(event.place)));
        }
        let step = steps::step(event.id, event.message, event.text);
        let effect = self.attempt.take(&step, event.id);
        tally.attempts = tally.attempts.saturating_add(u32::from(effect.begins));
        if effect.connects {
            tally.connected = tally.connected.saturating_add(1);
            tally.connect(event);
        }
        match step {
            Step::Passed { stage, .. } => tally.reach(stage),
            Step::Failed { stage, words, .. } if effect.fails => {
                tally.fail_at(event, stage, &words);
                if let Some(before) = before(stage) {
                    tally.reach(before);
                }
                return true;
            }
            Step::Connected => tally.reach(Stage::Policy),
            Step::Tunnel => tally.reach(Stage::Tunnel),
            Step::Dropped(words) | Step::Ended(words) | Step::Closed(words)
                if effect.fails && tally.failure.is_none() =>
            {
                tally.fail_at(event, Stage::Tunnel, words);
                return true;
            }
            _ => {}
        }
        false
    }
}

/// The stage before one: passed by an attempt that fails in it. Stages before the connection are not proved by it.
fn before(stage: Stage) -> Option<Stage> {
    let at = Stage::ALL.iter().position(|known| *known == stage)?;
    Stage::ALL.get(at.checked_sub(1)?).copied().filter(|stage| *stage >= Stage::Reach)
}

/// Characters kept of a reason.
const MOST_WORDS: usize = 200;

#[cfg(test)]
mod tests {
    use super::super::event::Place;
    use super::super::messages;
    use super::*;
    use crate::source::At;

    /// Attempts, connections, and the last failure's stage of a user whose messages are these.
    fn tally(messages: &[(u32, &str)]) -> (u32, u32, Option<Stage>) {
        let mut attempts = Attempts::default();
        for ((id, rest), line) in messages.iter().zip(1..) {
            let text = format!("Group <g> User <u> IP <192.0.2.9> {rest}");
            let message = messages::read(*id, &text);
            let at = At { line, offset: u64::from(line), ..At::default() };
            let message = &message;
            let (text, place) = (&text, Place::Known(&at));
            attempts.take(&Event { id: *id, severity: 6, place, stamp: None, text, message, late: false });
        }
        let tally = attempts.tally;
        (tally.attempts, tally.connected, tally.failure.and_then(|failure| failure.stage))
    }

    const ACCEPTED: (u32, &str) = (716_038, "Authentication: successful");
    const REJECTED: (u32, &str) = (716_039, "Authentication: rejected");
    const POSTURE: (u32, &str) = (724_002, "WebVPN session not terminated.");
    const ADDRESS: (u32, &str) = (722_051, "Address <198.51.100.7> assigned to session");
    const FIRST: (u32, &str) = (722_033, "First TCP SVC connection established for SVC session.");
    const SECOND: (u32, &str) = (722_033, "First UDP SVC connection established for SVC session.");
    const DROPPED: (u32, &str) = (722_037, "SVC closing connection: DPD failure.");
    const CLOSING: (u32, &str) = (722_037, "SVC closing connection: Transport closing.");
    const PENDING: (u32, &str) = (716_052, "Pending session terminated.");
    const ENDED: (u32, &str) = (716_002, "WebVPN session terminated: User Requested.");

    #[test]
    fn attempts_are_told_apart_by_the_order_of_their_steps() {
        type Row<'r> = (&'r [(u32, &'r str)], (u32, u32, Option<Stage>));
        let rows: &[Row<'_>] = &[
            (&[REJECTED, REJECTED, REJECTED], (3, 0, Some(Stage::Login))),
            (&[ACCEPTED, POSTURE, ACCEPTED, POSTURE], (2, 0, Some(Stage::Posture))),
            (&[REJECTED, ACCEPTED, ADDRESS, FIRST, SECOND], (2, 1, None)),
            (&[ACCEPTED, FIRST, ADDRESS, SECOND], (1, 1, None)),
            (&[ADDRESS, ADDRESS], (2, 2, None)),
            (&[ACCEPTED, ADDRESS, FIRST, DROPPED], (1, 1, Some(Stage::Tunnel))),
            (&[ACCEPTED, ACCEPTED], (2, 0, None)),
            (&[DROPPED], (0, 0, None)),
            (&[ACCEPTED, PENDING], (1, 0, Some(Stage::Tunnel))),
            (&[ACCEPTED, CLOSING, ENDED], (1, 0, Some(Stage::Tunnel))),
            (&[ACCEPTED, ENDED], (1, 0, Some(Stage::Tunnel))),
            (&[ACCEPTED, ADDRESS, FIRST, CLOSING, ENDED], (1, 1, None)),
            (&[ACCEPTED, POSTURE, ENDED], (1, 0, Some(Stage::Posture))),
        ];
        for (messages, expected) in rows {
            assert_eq!(tally(messages), *expected, "{messages:?}");
        }
    }
}
