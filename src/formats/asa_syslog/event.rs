//! One event of an ASA's log while it is read, whether or not the list of events has room for it.

use crate::documents::asa_syslog::{AsaEvent, AsaMessage};
use crate::source::At;
use crate::time::Stamp;

/// One event of the log.
pub(super) struct Event<'a> {
    pub id: u32,
    pub severity: u8,
    pub at: &'a At,
    pub stamp: Option<Stamp>,
    pub text: &'a str,
    pub message: &'a AsaMessage,
    /// It finds no room in the list of events.
    pub late: bool,
}

impl Event<'_> {
    /// It with all that it holds.
    pub fn owned(&self) -> AsaEvent {
        AsaEvent {
            at: self.at.clone(),
            stamp: self.stamp,
            severity: self.severity,
            id: self.id,
            wording: self.text.to_owned(),
            begins: 0,
            message: self.message.clone(),
        }
    }
}
