//! A message of a log that is, or may be, a phone's.

use std::ops::Deref;

use super::Witness;
use crate::finding::Confidence;
use crate::observe::Observation;
use crate::source::Place;
use crate::time::Stamp;

/// A message that is, or may be, a phone's.
#[derive(Clone, Debug)]
pub struct Message<'a> {
    /// What it tells.
    pub observation: Observation<'a>,
    /// Its place among its log's observations.
    pub index: usize,
    /// What ties it to a phone.
    pub witness: Witness,
    /// The phone's user name; empty where it is not known.
    pub user: String,
    /// The address that it names, or that the line before it named.
    pub address: String,
    /// Where a failure was over; `None` where it counts, and for what is no failure.
    pub over: Option<Over>,
    /// It ends an attempt that had no tunnel yet, whatever reason it prints.
    pub ends_attempt: bool,
    /// It ends a session that had failed before: its reason only follows from that.
    pub ends_failed: bool,
}

/// Why a failure counts no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Over {
    /// The line that shows it.
    pub place: Place,
    /// When.
    pub stamp: Option<Stamp>,
    /// The phone got past it later; else its last attempt failed elsewhere.
    pub passed: bool,
}

impl<'a> Deref for Message<'a> {
    type Target = Observation<'a>;

    fn deref(&self) -> &Self::Target {
        &self.observation
    }
}

impl Message<'_> {
    /// The most that may be claimed of it.
    pub fn confidence(&self) -> Confidence {
        self.witness.confidence()
    }

    /// More than a possibility.
    pub fn is_phones(&self) -> bool {
        self.confidence() < Confidence::Possible
    }

    /// It counts for the verdict: the phone did not get past it later.
    pub fn is_current(&self) -> bool {
        self.over.is_none()
    }
}
