//! The last event of its kind, until the log is over and it is known whether anybody asks for it.
//!
//! A phone's row tells its last failure and its last connection, and most of them are soon replaced by the next one. So
//! nothing but the line is kept of each, in the room of the one before it; what it says is read at the end.

use std::ops::Range;

use super::event::{Event, Place};
use super::header::place_in;
use super::messages;
use crate::documents::asa_syslog::AsaEvent;
use crate::source::At;
use crate::time::Stamp;

/// Where an event stood.
#[derive(Debug, Default)]
pub(super) struct RememberedPlace {
    number: u32,
    offset: u64,
    line: String,
    /// Lines that were put together, instead of the one line.
    joined: Option<Box<At>>,
}

impl RememberedPlace {
    pub fn of(place: Place<'_>) -> Self {
        let mut remembered = Self::default();
        remembered.replace(place);
        remembered
    }

    /// Remembers this one instead.
    pub fn replace(&mut self, place: Place<'_>) {
        self.joined = None;
        match place {
            Place::Known(at) => self.joined = Some(Box::new(at.clone())),
            Place::Line { number, offset, text } => {
                (self.number, self.offset) = (number, offset);
                text.clone_into(&mut self.line);
            }
        }
    }

    /// Its rank among the lines of the log.
    pub fn order(&self) -> u64 {
        self.joined.as_ref().map_or(u64::from(self.number), |at| at.order)
    }

    pub fn into_at(self) -> At {
        let Self { number, offset, line, joined } = self;
        joined.map_or_else(|| Place::Line { number, offset, text: &line }.at(), |at| *at)
    }
}

/// An event that found no room in the list of events.
#[derive(Debug)]
pub(super) struct RememberedEvent {
    place: RememberedPlace,
    stamp: Option<Stamp>,
    severity: u8,
    id: u32,
    /// Where its text stands in its line.
    within: Range<usize>,
    /// Its text, where it stands in none.
    text: String,
}

impl RememberedEvent {
    pub fn of(event: &Event<'_>) -> Self {
        let Event { id, severity, stamp, .. } = *event;
        let place = RememberedPlace::of(event.place);
        let mut remembered = Self { place, stamp, severity, id, within: 0..0, text: String::new() };
        remembered.remember_text(event);
        remembered
    }

    /// Remembers this one instead, or for the first time.
    pub fn put(room: &mut Option<Box<Self>>, event: &Event<'_>) {
        match room {
            Some(known) => {
                known.place.replace(event.place);
                known.remember_text(event);
                (known.stamp, known.severity, known.id) = (event.stamp, event.severity, event.id);
            }
            None => *room = Some(Box::new(Self::of(event))),
        }
    }

    /// The text, or where it stands in the line that is remembered already.
    fn remember_text(&mut self, event: &Event<'_>) {
        self.text.clear();
        self.within = match event.place {
            Place::Line { text: line, .. } => place_in(line, event.text),
            Place::Known(_) => 0..0,
        };
        if self.within.is_empty() {
            self.text.push_str(event.text);
        }
    }

    /// It with all that it says.
    pub fn into_event(self) -> AsaEvent {
        let Self { place, stamp, severity, id, within, mut text } = self;
        text.push_str(place.line.get(within).unwrap_or_default());
        let message = messages::owned(messages::read(id, &text));
        AsaEvent { at: place.into_at(), stamp, severity, id, wording: text, begins: 0, message }
    }
}
