//! Which messages of the ASAs' logs speak of phones' sessions?
//!
//! Those that more than a possibility ties to a phone, see [`crate::facts::whose`]; what may be a phone's is told by the
//! rules that ask for it. Everything else is somebody else's: nothing is reported of it.

use crate::event::Session;
use crate::facts::phone_groups::SessionTie;
use crate::facts::whose::{Message, Over, Witness};
use crate::finding::Confidence;
use crate::observe::Observation;
use crate::source::Place;

/// One message about a phone's session.
#[derive(Clone, Copy, Debug)]
pub struct PhoneLogin<'a, 'm> {
    /// What it tells.
    pub observation: &'m Observation<'a>,
    /// What it names; empty where it names nobody.
    pub session: &'a Session,
    /// What ties it to a phone.
    pub tie: SessionTie,
    /// The most that may be claimed of it.
    pub confidence: Confidence,
    /// What ties it, in full.
    pub witness: Witness,
    /// It ends an attempt that had no tunnel yet.
    pub ends_attempt: bool,
    /// It ends a session that had failed before.
    pub ends_failed: bool,
    /// Where a failure was over.
    pub over: Option<&'m Over>,
}

impl PhoneLogin<'_, '_> {
    /// The line.
    pub fn place(&self) -> Place {
        self.observation.place()
    }
}

/// Every such message, in order of the logs.
pub fn of<'a, 'm>(messages: &'m [Message<'a>]) -> Vec<PhoneLogin<'a, 'm>> {
    let phones = messages.iter().filter(|message| message.is_phones());
    phones
        .map(|message| PhoneLogin {
            observation: &message.observation,
            session: message.session().unwrap_or(&NOBODY),
            tie: match message.witness {
                Witness::Answer | Witness::UserName | Witness::Certificate => SessionTie::User,
                Witness::Address => SessionTie::Address,
                _ => SessionTie::Group,
            },
            confidence: message.confidence(),
            witness: message.witness,
            ends_attempt: message.ends_attempt,
            ends_failed: message.ends_failed,
            over: message.over.as_ref(),
        })
        .collect()
}

static NOBODY: Session = Session { group: String::new(), user: String::new(), address: String::new() };
