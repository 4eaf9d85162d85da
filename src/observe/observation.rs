//! One event, who tells it, and the document that holds it.
//!
//! ```text
//! Log { by: AsaLog, input: 0 }                                                 one document
//! └── Observation { about: Session(u, 192.0.2.9), what: LoginRejected }        one of its lines
//! ```
//! Empty: what a witness does not know is [`Whom::Nobody`], 0, or an empty text.
//!
//! Quirks: an observation borrows from its document.

use super::what::{Refusal, What};
use crate::event::attempt::Step;
use crate::event::traffic::Service;
use crate::event::{Peer, Session};
use crate::source::{At, Located, Place};
use crate::time::Stamp;

/// Who tells of an event, and in what kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// An ASA, in its syslog.
    AsaLog,
    /// An ASA, in the output of `debug webvpn anyconnect`.
    AsaDebug,
    /// A phone, in its console log.
    PhoneLog,
    /// A phone, in its status messages or in an alarm: what is told there may be over, and its order says nothing.
    PhoneStatus,
    /// Nobody: it was recorded on the wire.
    Wire,
}

/// The events of one document, in its order.
#[derive(Clone, Debug)]
pub struct Log<'a> {
    /// Who tells them.
    pub by: By,
    /// The input that holds the document.
    pub input: u32,
    /// The phone that it is of, `SEP001122334455`, where it says so.
    pub phone: Option<&'a Located<String>>,
    /// The events.
    pub observations: Vec<Observation<'a>>,
    /// A phone's attempts to log in, as places in [`Log::observations`].
    pub attempts: Vec<LoginAttempt>,
    /// So many of the first observations are past by what a later part of the same log tells.
    pub past: usize,
    /// First and last line that hold an event or could have held one; 0 where the document has no lines.
    pub lines: (u32, u32),
    /// Times of the first and the last event of any kind, also of those that are not observations.
    pub times: (Option<Stamp>, Option<Stamp>),
    /// Some events were only counted.
    pub is_cut: bool,
    /// What stands later happened later; of a page without times nobody knows.
    pub in_order: bool,
}

/// One attempt of a phone to log in, by its own log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoginAttempt {
    /// Its first event, as a place in [`Log::observations`].
    pub first: usize,
    /// Its last event.
    pub last: usize,
    /// How it ended.
    pub outcome: LoginOutcome,
}

/// How a phone's attempt to log in ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginOutcome {
    /// The log shows that it failed.
    Failed,
    /// The log shows that the tunnel came up.
    Connected,
    /// The log ends, or the next attempt begins, before it is told.
    Open,
}

/// One event.
#[derive(Clone, Debug)]
pub struct Observation<'a> {
    /// Who tells it.
    pub by: By,
    /// The input that holds it.
    pub input: u32,
    /// Where it stands in its input.
    pub at: &'a At,
    /// When, on the clock of its witness.
    pub stamp: Option<Stamp>,
    /// Midnights passed since the document began, where it has no date.
    pub day: u32,
    /// Whom it is about, as far as this witness knows.
    pub about: Whom<'a>,
    /// What happened.
    pub what: What<'a>,
    /// What it means for the attempt of the session that it names. TLS handshakes are put together by
    /// `facts::handshakes`, and are [`Step::Context`] here.
    pub step: Step<'a>,
    /// The ASA refuses or ends the session for a reason of its own.
    pub refusal: Option<Refusal>,
    /// The device's number of the message, 0 where it has none. To show to people, and to tell messages apart that say
    /// the same; nothing is concluded from it.
    pub number: u32,
    /// The device's own words, where they are to be quoted.
    pub words: &'a str,
}

/// Whom an event is about, as its witness knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom<'a> {
    /// Nobody is named, or the witness speaks of itself.
    Nobody,
    /// The far end of a connection.
    Peer(&'a Peer),
    /// A session; any of its fields may be empty.
    Session(&'a Session),
    /// A certificate, as printed: each part may be empty.
    Certificate {
        /// Its subject.
        subject: &'a str,
        /// Its issuer.
        issuer: &'a str,
        /// Its serial number.
        serial: &'a str,
        /// The trust-point that is to hold its issuer, or the certificate itself.
        trustpoint: &'a str,
    },
    /// An address alone; may be empty.
    Address(&'a str),
    /// A tunnel group alone; may be empty.
    TunnelGroup(&'a str),
    /// Two hosts of which one asks the other.
    Flow(Flow<'a>),
}

/// Between which hosts something passes, as whoever recorded it saw them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow<'a> {
    /// The address of who asks.
    pub client: &'a str,
    /// The address of who is asked.
    pub server: &'a str,
    /// The server's name, where the recording tells one; may be empty.
    pub name: &'a str,
    /// What is asked for.
    pub service: Service,
    /// Both lie in one network; false where that is not known.
    pub same_network: bool,
}

impl<'a> Whom<'a> {
    /// The session.
    pub fn session(self) -> Option<&'a Session> {
        match self {
            Self::Session(session) => Some(session),
            _ => None,
        }
    }

    /// The far end of the connection.
    pub fn peer(self) -> Option<&'a Peer> {
        match self {
            Self::Peer(peer) => Some(peer),
            _ => None,
        }
    }
}

impl<'a> Observation<'a> {
    /// The case-wide place.
    pub fn place(&self) -> Place {
        Place { input: self.input, at: self.at.clone() }
    }

    /// The session that it names.
    pub fn session(&self) -> Option<&'a Session> {
        self.about.session()
    }

    /// The far end of the connection that it names.
    pub fn peer(&self) -> Option<&'a Peer> {
        self.about.peer()
    }

    /// The two hosts between which it passes.
    pub fn flow(&self) -> Option<Flow<'a>> {
        match self.about {
            Whom::Flow(flow) => Some(flow),
            _ => None,
        }
    }

    /// An event of which nothing more is known than its place and what it is: adapters fill in the rest.
    pub(crate) fn new(by: By, input: u32, at: &'a At, what: What<'a>) -> Self {
        Self {
            by,
            input,
            at,
            stamp: None,
            day: 0,
            about: Whom::Nobody,
            what,
            step: Step::Context,
            refusal: None,
            number: 0,
            words: "",
        }
    }
}

impl<'a> Log<'a> {
    /// A log with these events, of which nothing more is known: adapters fill in the rest.
    pub(crate) fn new(by: By, input: u32, observations: Vec<Observation<'a>>) -> Self {
        Self {
            by,
            input,
            phone: None,
            observations,
            attempts: Vec::new(),
            past: 0,
            lines: (0, 0),
            times: (None, None),
            is_cut: false,
            in_order: by != By::PhoneStatus,
        }
    }

    /// The case-wide place of one of its events.
    pub fn place(&self, at: &At) -> Place {
        Place { input: self.input, at: at.clone() }
    }
}
