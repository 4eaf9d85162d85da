//! Which messages of the ASAs' logs speak of phones' sessions?
//!
//! A message is a phone's by its user, by a group that only phones use, or by a phone's address where it names nobody
//! else. Everything else is somebody else's: it is counted, so that a person sees that it was looked at, and nothing
//! is reported of it.

use crate::facts::phone_groups::{PhoneGroups, SessionTie};
use crate::facts::{Documents, In};
use crate::formats::asa_syslog::{AsaEvent, AsaSyslog, Session};
use crate::source::Place;

/// One message about a phone's session.
#[derive(Clone, Copy, Debug)]
pub struct PhoneLogin<'a> {
    /// The log.
    pub log: In<'a, AsaSyslog>,
    /// The message.
    pub event: &'a AsaEvent,
    /// What it names.
    pub session: &'a Session,
    /// What ties it to a phone.
    pub tie: SessionTie,
}

impl PhoneLogin<'_> {
    /// The line.
    pub fn place(&self) -> Place {
        self.log.place(&self.event.at)
    }
}

/// Every such message, in order of the logs.
pub fn of<'a>(documents: &Documents<'a>, groups: &PhoneGroups) -> Vec<PhoneLogin<'a>> {
    let events = documents.asa_syslogs.iter().flat_map(|log| {
        let log = *log;
        log.document.events.iter().map(move |event| (log, event))
    });
    events
        .filter_map(|(log, event)| {
            let session = event.message.session()?;
            Some(PhoneLogin { log, event, session, tie: groups.tie(session)? })
        })
        .collect()
}
