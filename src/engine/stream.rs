//! The engine's answers to jobs whose file comes in chunks.

use sha2::{Digest as _, Sha256};

use super::answer::{Answered, reading};
use super::job::{Answer, Failed, Job, encoded};
use super::opaque::Opaque;
use crate::fingerprint;
use crate::intake::lookup::Lookup;
use crate::intake::text_search::TextSearch;
use crate::intake::{Intake, Short};
use crate::limits::Limits;
use crate::plan::{Change, Key};

/// A file that comes in chunks of any size, and what it is wanted for.
pub struct Stream(For);

enum For {
    Reading(Box<Intake>),
    Lines(Box<Lookup>),
    Found(Box<TextSearch>),
    Digest(Box<Sha256>),
    Change {
        key: Key,
        name: String,
        bytes: Vec<u8>,
    },
    /// The bytes were no job, or none that comes with a stream.
    Nothing,
}

impl Stream {
    /// Begins the job of such bytes.
    pub fn begin(job: &[u8]) -> Self {
        Self(match postcard::from_bytes(job) {
            Ok(Job::Read { name, bytes, kind }) => {
                // A plan changes lines of a configuration.
                let limits = Limits { keep_lines: true, ..Limits::default() };
                let intake = Intake::new(&name, bytes, &limits);
                For::Reading(Box::new(match kind {
                    Some(kind) => intake.read_as(kind),
                    None => intake,
                }))
            }
            Ok(Job::LinesNear { name, bytes, route }) => {
                let route = route.into_owned();
                For::Lines(Box::new(Lookup::new(&name, bytes, route, &Limits::default())))
            }
            Ok(Job::Search { name, bytes, kind, sought }) => {
                let sought = sought.into_owned();
                For::Found(Box::new(TextSearch::new(&name, bytes, kind, sought, &Limits::default())))
            }
            Ok(Job::Digest) => For::Digest(Box::default()),
            Ok(Job::Change { key, name, .. }) => {
                For::Change { key, name: name.into_owned(), bytes: Vec::new() }
            }
            _ => For::Nothing,
        })
    }

    /// Takes the next chunk.
    pub fn push(&mut self, chunk: &[u8]) {
        match &mut self.0 {
            For::Reading(intake) => intake.push(chunk),
            For::Lines(lookup) => lookup.push(chunk),
            For::Found(search) => search.push(chunk),
            For::Digest(digest) => digest.update(chunk),
            For::Change { bytes, .. } => bytes.extend(chunk),
            For::Nothing => {}
        }
    }

    /// False where further chunks would change nothing.
    pub fn wants_more(&self) -> bool {
        match &self.0 {
            For::Reading(intake) => intake.wants_more(),
            For::Lines(lookup) => lookup.wants_more(),
            For::Found(search) => search.wants_more(),
            For::Digest(_) => true,
            // So much tells that it is too large.
            For::Change { bytes, .. } => bytes.len() as u64 <= Limits::default().whole,
            For::Nothing => false,
        }
    }

    /// All chunks were given: the bytes of the [`Answer`].
    pub fn finish(self) -> Answered {
        match self.0 {
            For::Reading(intake) => reading(intake.finish()),
            For::Lines(lookup) => Answer::Lines(lookup.finish()).into(),
            For::Found(search) => Answer::Found(search.finish()).into(),
            For::Digest(digest) => Answer::Digest(fingerprint::hex(&digest.finalize())).into(),
            For::Change { key, name, bytes } => {
                let change = Change::of_file(key, &name, &bytes);
                Answer::Change(change.map(|change| Opaque(encoded(&change).into()))).into()
            }
            For::Nothing => Answer::Failed(Failed::NotUnderstood).into(),
        }
    }

    /// Nothing more comes after so many bytes: the same, of what came.
    pub fn finish_short(self, taken: u64, why: Short) -> Answered {
        match self.0 {
            For::Reading(intake) => reading(intake.finish_short(taken, why)),
            // Lines that came are lines of the file, and the row behind them says that there are more.
            For::Lines(lookup) => Answer::Lines(lookup.finish()).into(),
            For::Found(search) => Answer::Found(search.finish_short()).into(),
            For::Digest(_) | For::Change { .. } => Answer::Failed(Failed::CutShort).into(),
            For::Nothing => Answer::Failed(Failed::NotUnderstood).into(),
        }
    }
}
