//! Attempts of one user, counted while the log streams by.
//!
//! An attempt goes through the steps of [`super::steps`] in their order. It is over when it fails, connects, or the
//! session ends; a step that comes before the one reached, or the same one again, begins the next.

use super::event::Event;
use super::steps::{self, Step};
use crate::source::At;
use crate::stage::Stage;
use crate::time::Stamp;

/// Counts and the last failure.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub attempts: u32,
    pub connected: u32,
    pub furthest: Option<Stage>,
    pub failure: Option<Failure>,
    pub last: Option<Stamp>,
    /// The last connection, or the first line.
    pub at: At,
    /// Byte of the last connection.
    connected_at: u64,
}

/// Where and why an attempt failed.
#[derive(Clone, Debug, Default)]
pub(super) struct Failure {
    pub stage: Option<Stage>,
    pub id: u32,
    pub words: String,
    pub at: At,
}

impl Failure {
    fn at(event: &Event<'_>, stage: Stage, words: &str) -> Self {
        let words = words.chars().take(MOST_WORDS).collect();
        Self { stage: Some(stage), id: event.id, words, at: event.at.clone() }
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
        self.failure = Some(failure);
    }

    fn connect(&mut self, event: &Event<'_>) {
        self.failure = None;
        self.at = event.at.clone();
        self.connected_at = event.at.order;
    }

    /// Takes over what was seen at the address of this user before the user's name was known.
    pub fn merge(&mut self, address: Self) {
        self.attempts = self.attempts.saturating_add(address.attempts);
        self.furthest = self.furthest.max(address.furthest);
        self.last = later(self.last, address.last);
        let own = self.failure.as_ref().map_or(self.connected_at, |failure| failure.at.order);
        if let Some(failure) = address.failure
            && (failure.at.order > own || self.at == At::default() && self.failure.is_none())
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
        matches!(self.attempt.phase, Phase::Running | Phase::Connected)
    }

    /// Takes a message of the user; true where it tells why an attempt fails.
    pub fn take(&mut self, event: &Event<'_>) -> bool {
        let tally = &mut self.tally;
        tally.heard_at(event.stamp);
        if tally.at == At::default() {
            tally.at = event.at.clone();
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
                tally.fail(Failure::at(event, stage, &words));
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
                tally.fail(Failure::at(event, Stage::Tunnel, words));
                return true;
            }
            _ => {}
        }
        false
    }
}

/// Tells where one attempt of a user ends and the next begins.
#[derive(Clone, Copy, Debug, Default)]
pub struct Attempt {
    phase: Phase,
    /// Order of the last step of the attempt, and the id of the message that was it.
    order: u8,
    id: u32,
    /// The attempt has its address.
    addressed: bool,
}

/// What a step does to an attempt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// It begins the next attempt.
    pub begins: bool,
    /// The attempt fails by it, or loses its tunnel.
    pub fails: bool,
    /// The attempt connects by it.
    pub connects: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    /// There is no attempt, or its session has ended.
    #[default]
    None,
    /// It is under way.
    Running,
    /// It failed; more may be said about it.
    Failed,
    /// It has an address or a tunnel.
    Connected,
}

impl Attempt {
    /// Takes the next step of the user.
    pub fn take(&mut self, step: &Step<'_>, id: u32) -> Effect {
        match step {
            Step::Passed { order, .. } => {
                // Who was refused and is let in tried again, even if the step before it is not logged twice.
                let again = self.phase == Phase::Failed && self.order <= steps::LOGIN;
                if again {
                    *self = Self { id: 0, order: *order, ..Self::default() };
                    self.phase = Phase::None;
                }
                Effect { begins: self.go(*order, id), ..Effect::default() }
            }
            Step::Failed { order, .. } => {
                let begins = self.go(*order, id);
                // What comes behind the first failure only follows from it.
                let fails = self.phase != Phase::Failed;
                self.phase = Phase::Failed;
                Effect { begins, fails, connects: false }
            }
            Step::Connected => self.connect(steps::CONNECTED, id),
            Step::Tunnel => self.connect(steps::TUNNEL, id),
            Step::Dropped(_) => Effect { fails: self.phase == Phase::Connected, ..Effect::default() },
            Step::Ended(words) => {
                let lost = self.phase == Phase::Connected && steps::is_loss(words);
                let fails = lost || self.phase == Phase::Running;
                self.phase = Phase::None;
                Effect { fails, ..Effect::default() }
            }
            Step::Closed(_) => {
                let fails = self.phase == Phase::Running;
                if fails {
                    self.phase = Phase::None;
                }
                Effect { fails, ..Effect::default() }
            }
            Step::Context => Effect::default(),
        }
    }

    /// A handshake of its user is done: what comes next is of an attempt that is under way. True where it begins one.
    pub fn shake_hands(&mut self) -> bool {
        let begins = self.phase == Phase::None;
        if begins {
            *self = Self { phase: Phase::Running, ..Self::default() };
        }
        begins
    }

    /// It has an address or a tunnel.
    pub fn is_connected(&self) -> bool {
        self.phase == Phase::Connected
    }

    /// It failed.
    pub fn has_failed(&self) -> bool {
        self.phase == Phase::Failed
    }

    /// It is under way, and has no tunnel.
    pub fn is_running(&self) -> bool {
        self.phase == Phase::Running
    }

    fn connect(&mut self, order: u8, id: u32) -> Effect {
        // A second transport, or the address behind the first, is of the same attempt.
        let address = order == steps::CONNECTED;
        let connects = self.phase != Phase::Connected || (address && self.addressed);
        let begins = connects && self.go(order, id);
        self.phase = Phase::Connected;
        self.addressed |= address;
        self.order = self.order.max(order);
        Effect { begins, fails: false, connects }
    }

    /// Goes to a step; true where it begins the next attempt because it cannot belong to the last one.
    fn go(&mut self, order: u8, id: u32) -> bool {
        let again = order < self.order || (order == self.order && id == self.id);
        let begins = match self.phase {
            Phase::None | Phase::Connected => true,
            Phase::Running => order <= steps::LOGIN && again,
            Phase::Failed => order <= self.order,
        };
        if begins {
            *self = Self { phase: Phase::Running, order, ..Self::default() };
        }
        self.order = self.order.max(order);
        self.id = id;
        begins
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
    use super::super::messages;
    use super::*;

    /// Attempts, connections, and the last failure's stage of a user whose messages are these.
    fn tally(messages: &[(u32, &str)]) -> (u32, u32, Option<Stage>) {
        let mut attempts = Attempts::default();
        for ((id, rest), line) in messages.iter().zip(1..) {
            let text = format!("Group <g> User <u> IP <192.0.2.9> {rest}");
            let message = messages::read(*id, &text);
            let at = At { line, offset: u64::from(line), ..At::default() };
            let message = &message;
            let (text, at) = (&text, &at);
            attempts.take(&Event { id: *id, severity: 6, at, stamp: None, text, message, late: false });
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
