//! The engine's answers to jobs that come alone or with a part of a file.

use std::any::Any;

use super::case_file;
use super::job::{Answer, Failed, Job, MapForm, Needs, encoded};
use super::opaque::Opaque;
use super::sheets;
use crate::case::Said;
use crate::diagnose::diagnose;
use crate::intake::{Reading, unreadable};
use crate::lines_near::{Wanted, lines_near};
use crate::plan::offers;
use crate::report::{self, catalogue, redact};
use crate::tools::explain::explain;

/// An answer as it travels.
pub struct Answered {
    /// The bytes of an [`Answer`].
    pub bytes: Vec<u8>,
    /// What it was made of, to be dropped once the bytes are on their way: to take a reading of megabytes apart takes
    /// a tenth of the time that it took to read it.
    pub used: Option<Box<dyn Any>>,
    /// A reading, which the worker holds for a diagnosis of it: there it need not be decoded.
    pub reading: Option<Reading>,
}

impl From<Answer> for Answered {
    fn from(answer: Answer) -> Self {
        Self { bytes: answer.encoded(), used: Some(Box::new(answer)), reading: None }
    }
}

/// The bytes of the [`Answer`] to the bytes of a [`Job`], with the part of a file that it needs, if any, and the reading
/// that the worker holds.
pub fn answer(job: &[u8], part: &[u8], held: Option<Reading>) -> Answered {
    let job = postcard::from_bytes(job).map_err(|_| Failed::NotUnderstood);
    let answer = job.and_then(|job| done(job, part, held));
    answer.unwrap_or_else(|failed| Answer::Failed(failed).into())
}

fn done(job: Job<'_>, part: &[u8], held: Option<Reading>) -> Result<Answered, Failed> {
    let needs = job.needs();
    let answer = match job {
        // They come with a stream.
        Job::Read { .. } | Job::Search { .. } | Job::Digest | Job::Change { .. } => {
            return Err(Failed::NotUnderstood);
        }
        Job::Unreadable { name, bytes, why } => {
            return Ok(reading(unreadable(&name, bytes, why.into_owned())));
        }
        Job::LinesNear { route, .. } => {
            let Needs::Slice { begin: begins, .. } = needs else { return Err(Failed::NotUnderstood) };
            Answer::Lines(lines_near(part, Wanted { begins, ..route.into_owned().wanted }))
        }
        Job::Explain { line } => Answer::Meaning(explain(&line)),
        Job::Diagnose { readings, said, now, held: place } => {
            let held = place.map(|place| held.map(|held| (place, held)).ok_or(Failed::NotUnderstood));
            return diagnosed(&readings, held.transpose()?, &said, now);
        }
        Job::Offers { readings, said, now } => Answer::Offers(offers(&decoded(&readings)?, &said, now)),
        Job::Plan { readings, said, now, wishes, works, sheet } => {
            let case = sheets::Case { readings: &decoded(&readings)?, said: &said, now };
            sheets::planned(&case, &wishes, works, sheet)?
        }
        Job::Compare { readings, said, now, sides, sheet } => {
            let case = sheets::Case { readings: &decoded(&readings)?, said: &said, now };
            sheets::compared(&case, &sides, sheet)?
        }
        Job::SaveCase { case } => Answer::Written(case_file::write(&case)),
        Job::OpenCase => Answer::Opened(case_file::open(part)),
        Job::Catalogue => Answer::Cards(catalogue::cards()),
        Job::Report { diagnosis, form, lang } => Answer::Written(report::render(&diagnosis, form, lang)),
        Job::Finding { diagnosis, index, lang } => {
            let finding = usize::try_from(index).ok().and_then(|index| diagnosis.findings.get(index));
            let finding = finding.ok_or(Failed::NotDone)?;
            Answer::Written(report::one_finding(&diagnosis, finding, lang))
        }
        Job::Redact { diagnosis, addresses, seed } => {
            Answer::Redacted(Box::new(redact::redact(&diagnosis, addresses, seed)))
        }
        Job::RedactionMap { map, form, lang } => Answer::Written(match form {
            MapForm::Json => redact::map::json(&map),
            MapForm::Text => redact::map::text(&map, lang),
        }),
    };
    Ok(answer.into())
}

/// A reading, as the page keeps it.
pub(super) fn reading(reading: Reading) -> Answered {
    Answered { bytes: Answer::of_reading(encoded(&reading)), used: None, reading: Some(reading) }
}

/// `held` stands at its place among all readings.
fn diagnosed(
    readings: &[Opaque<'_>],
    held: Option<(u32, Reading)>,
    said: &Said,
    now: i64,
) -> Result<Answered, Failed> {
    let mut readings = decoded(readings)?;
    let place = match held {
        Some((place, reading)) => {
            let place = usize::try_from(place).ok().filter(|place| *place <= readings.len());
            let place = place.ok_or(Failed::NotUnderstood)?;
            readings.insert(place, reading);
            Some(place)
        }
        None => None,
    };
    let answer = Answer::Diagnosis(Box::new(diagnose(&readings, said, now)));
    let reading = place.map(|place| readings.remove(place));
    Ok(Answered { bytes: answer.encoded(), used: Some(Box::new((readings, answer))), reading })
}

fn decoded(readings: &[Opaque<'_>]) -> Result<Vec<Reading>, Failed> {
    let readings = readings.iter().map(|reading| postcard::from_bytes(&reading.0));
    readings.collect::<Result<_, _>>().map_err(|_| Failed::NotUnderstood)
}
