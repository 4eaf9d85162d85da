//! An attempt to connect: what a message means for it, and where one attempt ends and the next begins.
//!
//! ```text
//! passed Trust → passed Login → failed Posture      one attempt
//! passed Trust → …                                  the next: an earlier step after a later one
//! ```
//! It is over when it fails, connects, or the session ends; a step that comes before the one reached, or the same one
//! again, begins the next.
//!
//! Sources: Cisco document 116162; the order of the middle part is put together from several logs.

use std::borrow::Cow;

use crate::stage::Stage;

/// A step of an attempt. `order` grows along an attempt; a smaller one after a larger one begins the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// This stage is passed, and everything before it.
    Passed {
        /// The stage.
        stage: Stage,
        /// Its place in an attempt.
        order: u8,
    },
    /// The attempt fails here. The words are the device's own; empty where it gives no reason.
    Failed {
        /// The stage.
        stage: Stage,
        /// The reason as printed.
        words: Cow<'a, str>,
        /// Its place in an attempt.
        order: u8,
    },
    /// An address is assigned.
    Connected,
    /// A transport stands.
    Tunnel,
    /// A tunnel that stood is lost, not closed.
    Dropped(&'a str),
    /// The session is over, for a reason that may be a good one.
    Ended(&'a str),
    /// The login or its connection is closed: behind a tunnel that decides nothing, before one there was none.
    Closed(&'a str),
    /// It belongs to the session and decides nothing.
    Context,
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
                let again = self.phase == Phase::Failed && self.order <= order::LOGIN;
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
            Step::Connected => self.connect(order::CONNECTED, id),
            Step::Tunnel => self.connect(order::TUNNEL, id),
            Step::Dropped(_) => Effect { fails: self.phase == Phase::Connected, ..Effect::default() },
            Step::Ended(words) => {
                let lost = self.phase == Phase::Connected && is_loss(words);
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
        let address = order == order::CONNECTED;
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
            Phase::Running => order <= order::LOGIN && again,
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

/// True for the reason of an end that says that the path was lost.
pub fn is_loss(reason: &str) -> bool {
    let says = |lost: &&str| {
        reason.as_bytes().windows(lost.len()).any(|here| here.eq_ignore_ascii_case(lost.as_bytes()))
    };
    LOST.iter().any(says)
}

/// Orders of the steps of an attempt.
pub mod order {
    /// A name out of a certificate, or none.
    pub const CERTIFICATE: u8 = 1;
    /// The user is checked.
    pub const AAA: u8 = 2;
    /// The login as a whole.
    pub const LOGIN: u8 = 3;
    /// Posture is asked for.
    pub const POSTURE: u8 = 4;
    /// Access policies are applied.
    pub const ACCESS: u8 = 5;
    /// Limits and rights of the session.
    pub const LIMITS: u8 = 6;
    /// The session is there.
    pub const PARENT: u8 = 7;
    /// An address is asked for.
    pub const ADDRESS: u8 = 8;
    /// The order of [`Step::Connected`](super::Step::Connected).
    pub const CONNECTED: u8 = 9;
    /// The order of [`Step::Tunnel`](super::Step::Tunnel).
    pub const TUNNEL: u8 = 10;
}

/// "Lost service" is not shown by a public log.
const LOST: [&str; 2] = ["dpd failure", "lost service"];
