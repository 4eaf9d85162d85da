//! One event of an ASA's log while it is read, whether or not the list of events has room for it.

use super::phrase::Words;
use crate::documents::asa_syslog::AsaMessage;
use crate::source::At;
use crate::time::Stamp;

/// One event of the log.
pub(super) struct Event<'a> {
    pub id: u32,
    pub severity: u8,
    pub place: Place<'a>,
    pub stamp: Option<Stamp>,
    /// A part of the line of its place, where that is one line.
    pub text: &'a str,
    pub message: &'a AsaMessage<Words<'a>>,
    /// It finds no room in the list of events.
    pub late: bool,
}

/// Where an event stands. Of most nothing is kept, so their excerpts are not made before somebody asks.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    /// Lines that were put together.
    Known(&'a At),
    /// One line, as it stands in the log.
    Line { number: u32, offset: u64, text: &'a str },
}

impl Place<'_> {
    /// The place with its excerpt.
    pub fn at(self) -> At {
        match self {
            Self::Known(at) => at.clone(),
            Self::Line { number, offset, text } => {
                let mut at = At::line(number, offset, text);
                at.text.truncate(at.text.trim_end().len());
                at
            }
        }
    }
}

/// A message whose text is put together, whether or not it becomes an event.
pub(super) struct Pending {
    pub at: At,
    pub stamp: Option<Stamp>,
    pub severity: u8,
    pub id: u32,
    pub text: String,
}
