//! The engine's answers to jobs whose file comes in chunks.

use sha2::{Digest as _, Sha256};

use super::answer::{Answered, reading};
use super::job::{Answer, Failed, Job};
use crate::fingerprint;
use crate::intake::Intake;
use crate::intake::lookup::Lookup;
use crate::limits::Limits;

/// A file that comes in chunks of any size, and what it is wanted for.
pub struct Stream(For);

enum For {
    Reading(Box<Intake>),
    Lines(Box<Lookup>),
    Digest(Box<Sha256>),
    /// The bytes were no job, or none that comes with a stream.
    Nothing,
}

impl Stream {
    /// Begins the job of such bytes.
    pub fn begin(job: &[u8]) -> Self {
        Self(match postcard::from_bytes(job) {
            Ok(Job::Read { name, bytes, kind }) => {
                let intake = Intake::new(&name, bytes, &Limits::default());
                For::Reading(Box::new(match kind {
                    Some(kind) => intake.read_as(kind),
                    None => intake,
                }))
            }
            Ok(Job::LinesNear { name, bytes, route }) => {
                let route = route.into_owned();
                For::Lines(Box::new(Lookup::new(&name, bytes, route, &Limits::default())))
            }
            Ok(Job::Digest) => For::Digest(Box::default()),
            _ => For::Nothing,
        })
    }

    /// Takes the next chunk.
    pub fn push(&mut self, chunk: &[u8]) {
        match &mut self.0 {
            For::Reading(intake) => intake.push(chunk),
            For::Lines(lookup) => lookup.push(chunk),
            For::Digest(digest) => digest.update(chunk),
            For::Nothing => {}
        }
    }

    /// False where further chunks would change nothing.
    pub fn wants_more(&self) -> bool {
        match &self.0 {
            For::Reading(intake) => intake.wants_more(),
            For::Lines(lookup) => lookup.wants_more(),
            For::Digest(_) => true,
            For::Nothing => false,
        }
    }

    /// All chunks were given: the bytes of the [`Answer`].
    pub fn finish(self) -> Answered {
        match self.0 {
            For::Reading(intake) => reading(intake.finish()),
            For::Lines(lookup) => Answer::Lines(lookup.finish()).into(),
            For::Digest(digest) => Answer::Digest(fingerprint::hex(&digest.finalize())).into(),
            For::Nothing => Answer::Failed(Failed::NotUnderstood).into(),
        }
    }

    /// The file stopped coming after so many bytes: the same, of what came.
    pub fn finish_short(self, taken: u64) -> Answered {
        match self.0 {
            For::Reading(intake) => reading(intake.finish_short(taken)),
            // Lines that came are lines of the file, and the row behind them says that there are more.
            For::Lines(lookup) => Answer::Lines(lookup.finish()).into(),
            For::Digest(_) => Answer::Failed(Failed::CutShort).into(),
            For::Nothing => Answer::Failed(Failed::NotUnderstood).into(),
        }
    }
}
