//! Attempts of one user, counted while the log streams by.
//!
//! An attempt goes through the steps of [`super::steps`] in their order. It is over when it fails, connects, or the
//! session ends; a step that comes before the one reached, or the same one again, begins the next.

use super::phones::Event;
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
    pub fn seen(&mut self, stamp: Option<Stamp>) {
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
        self.connected_at = event.at.offset;
    }

    /// Takes over what was seen at the address of this user before the user's name was known.
    pub fn merge(&mut self, address: Self) {
        self.attempts = self.attempts.saturating_add(address.attempts);
        self.furthest = self.furthest.max(address.furthest);
        self.last = later(self.last, address.last);
        let own = self.failure.as_ref().map_or(self.connected_at, |failure| failure.at.offset);
        if let Some(failure) = address.failure
            && (failure.at.offset > own || self.at == At::default() && self.failure.is_none())
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
    phase: Phase,
    /// Order of the last step of the attempt, and the id of the message that was it.
    order: u8,
    id: u32,
    /// The attempt has its address.
    addressed: bool,
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

impl Attempts {
    /// A login is under way.
    pub fn is_running(&self) -> bool {
        matches!(self.phase, Phase::Running | Phase::Connected)
    }

    /// Takes a message of the user.
    pub fn take(&mut self, event: &Event<'_>) {
        self.tally.seen(event.stamp);
        if self.tally.at == At::default() {
            self.tally.at = event.at.clone();
        }
        match steps::step(event.id, event.message, event.text) {
            Step::Passed { stage, order } => {
                self.go(order, event.id);
                self.tally.reach(stage);
            }
            Step::Failed { stage, words, order } => {
                self.go(order, event.id);
                // What comes behind the first failure only follows from it.
                if self.phase != Phase::Failed {
                    self.tally.fail(Failure::at(event, stage, &words));
                    if let Some(before) = before(stage) {
                        self.tally.reach(before);
                    }
                }
                self.phase = Phase::Failed;
            }
            Step::Connected => self.connected(steps::CONNECTED, Stage::Policy, event),
            Step::Tunnel => self.connected(steps::TUNNEL, Stage::Tunnel, event),
            Step::Dropped(words) if self.phase == Phase::Connected => {
                self.tally.fail(Failure::at(event, Stage::Tunnel, words));
            }
            Step::Ended(words) => {
                if self.phase == Phase::Connected && self.tally.failure.is_none() && steps::is_loss(words) {
                    self.tally.fail(Failure::at(event, Stage::Tunnel, words));
                }
                self.phase = Phase::None;
            }
            Step::Dropped(_) | Step::Context => {}
        }
    }

    fn connected(&mut self, order: u8, stage: Stage, event: &Event<'_>) {
        // A second transport, or the address behind the first, is of the same attempt.
        let address = order == steps::CONNECTED;
        if self.phase != Phase::Connected || (address && self.addressed) {
            self.go(order, event.id);
            self.phase = Phase::Connected;
            self.tally.connected = self.tally.connected.saturating_add(1);
            self.tally.connect(event);
        }
        self.addressed |= address;
        self.order = self.order.max(order);
        self.tally.reach(stage);
    }

    /// Goes to a step; begins the next attempt where it cannot belong to the last one.
    fn go(&mut self, order: u8, id: u32) {
        let again = order < self.order || (order == self.order && id == self.id);
        let same = match self.phase {
            Phase::None => false,
            Phase::Running => order > steps::LOGIN || !again,
            Phase::Failed => order > self.order,
            Phase::Connected => false,
        };
        if !same {
            self.tally.attempts = self.tally.attempts.saturating_add(1);
            self.phase = Phase::Running;
            self.order = order;
            self.addressed = false;
        }
        self.order = self.order.max(order);
        self.id = id;
    }
}

/// The stage before one: passed by an attempt that fails in it. Stages before the connection are not proved by it.
fn before(stage: Stage) -> Option<Stage> {
    let at = Stage::ALL.iter().position(|known| *known == stage)?;
    Stage::ALL.get(at.checked_sub(1)?).copied().filter(|stage| *stage >= Stage::Reach)
}

/// Characters kept of a reason.
const MOST_WORDS: usize = 200;
