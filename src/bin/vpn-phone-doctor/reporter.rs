//! Makes reports, as the command line asks for them: diagnosed, compared with an earlier run, redacted, rendered.

use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use vpn_phone_doctor::case::Said;
use vpn_phone_doctor::diagnose::diagnose;
use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::finding::Severity;
use vpn_phone_doctor::intake::Reading;
use vpn_phone_doctor::report::redact::redact_with;
use vpn_phone_doctor::report::{Files, Form, Subject, render_of, render_to_read, render_with};

use crate::arguments::{Check, Each};
use crate::before::Before;
use crate::failed::Failed;
use crate::isolated;
use crate::map;
use crate::output::Status;
use crate::terminal;

/// One finished report.
pub struct Report {
    /// As it is written.
    pub text: String,
    /// How bad it is.
    pub status: Status,
}

/// Makes reports, as the command line asks for them.
pub struct Reporter<'o> {
    pub options: &'o Check,
    /// What the person said.
    pub said: Said,
    now: i64,
    /// What an earlier run said.
    before: Option<Mutex<Before>>,
}

impl<'o> Reporter<'o> {
    /// What is wrong with the options, if anything is.
    pub fn new(options: &'o Check) -> Result<Self, Failed> {
        if options.map.is_some() && options.format == Form::Ndjson {
            return Err(Failed::usage(ONE_MAP));
        }
        if options.each.is_some() && options.format != Form::Ndjson {
            return Err(Failed::usage(EACH_IS_A_LINE));
        }
        let mut said = Said::new();
        for answer in &options.say {
            // Checked when the command line was read.
            let _ = said.say(&answer.key, &answer.value);
        }
        if options.each == Some(Each::Phone) && said.answer("phone").is_some() {
            return Err(Failed::usage(
                "with --each phone every report is of one phone; leave out --say phone",
            ));
        }
        if !options.shared.is_empty() && options.each != Some(Each::Phone) {
            return Err(Failed::usage("--shared is evidence of every phone: it goes with --each phone"));
        }
        let before = match &options.before {
            Some(path) => Some(Mutex::new(Before::read(path, options)?)),
            None => None,
        };
        let now = options.now.unwrap_or_else(system_clock);
        Ok(Self { options, said, now, before })
    }

    /// The report of these readings, of which a file that stops the diagnosis is set aside; why there is none, for the
    /// person.
    pub fn report(
        &self,
        readings: &mut [Reading],
        said: &Said,
        subject: Option<Subject>,
    ) -> Result<Report, Failed> {
        let made = isolated::diagnosed(readings, |readings| diagnose(readings, said, self.now));
        let mut diagnosis = made.ok_or(Failed { why: STOPPED.to_owned(), status: Status::Fault })?;
        if let Some(before) = &self.before {
            let mut before = before.lock().unwrap_or_else(PoisonError::into_inner);
            before.compare(&mut diagnosis, said.answer("phone"));
        }
        let status = status(diagnosis.findings.iter().map(|found| found.severity));
        let subject = subject.map(|subject| subject.with_phone(readings, &diagnosis));
        let (diagnosis, subject) =
            if self.options.redact { self.redacted(&diagnosis, subject)? } else { (diagnosis, subject) };
        if self.options.quiet {
            return Ok(Report { text: String::new(), status });
        }
        let lang = self.options.lang;
        let files = if self.options.verbose { Files::Every } else { Files::Short };
        let text = match subject {
            Some(subject) => render_of(&diagnosis, &subject, lang),
            None if self.options.format == Form::Text => {
                render_to_read(&diagnosis, lang, files, terminal::look())
            }
            None => render_with(&diagnosis, self.options.format, lang, files),
        };
        Ok(Report { text, status })
    }

    fn redacted(
        &self,
        diagnosis: &Diagnosis,
        mut subject: Option<Subject>,
    ) -> Result<(Diagnosis, Option<Subject>), Failed> {
        let seed =
            seed().ok_or_else(|| Failed::usage("the report could not be redacted; nothing was written"))?;
        let redacted = redact_with(diagnosis, &mut subject, self.options.addresses, seed);
        // Before the report: a report whose map is lost cannot be read back.
        if let Some(path) = &self.options.map
            && let Err(problem) = map::write(path, &redacted.map)
        {
            return Err(Failed::usage(format!("the file of --map: {problem}; nothing was written")));
        }
        Ok((redacted.diagnosis, subject))
    }

    /// What was not compared must not look like what did not change.
    pub fn finish(&self) {
        if let Some(before) = &self.before {
            before.lock().unwrap_or_else(PoisonError::into_inner).finish();
        }
    }
}

const STOPPED: &str = "the diagnosis stopped, and not by one file; no report was written";
const ONE_MAP: &str =
    "every line of ndjson has pseudonyms of its own, so one map cannot tell them; use --format json";
const EACH_IS_A_LINE: &str = "--each writes one report a line, as soon as it is done: add --format ndjson (`summary` makes text of the lines)";

/// A case is as bad as its worst finding; a notice is no reason for a script to stop.
fn status(severities: impl Iterator<Item = Severity>) -> Status {
    match severities.min() {
        Some(Severity::Blocker) => Status::Blockers,
        Some(Severity::Warning) => Status::Warnings,
        Some(Severity::Notice) | None => Status::Fine,
    }
}

/// Random bytes of the operating system, thrown away after use; `None` where it has none.
pub fn seed() -> Option<[u8; 32]> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).ok()?;
    Some(seed)
}

pub fn system_clock() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_finding_decides() {
        use Severity::{Blocker, Notice, Warning};
        for (severities, expected) in [
            (vec![], Status::Fine),
            (vec![Notice], Status::Fine),
            (vec![Notice, Warning], Status::Warnings),
            (vec![Warning, Blocker, Notice], Status::Blockers),
        ] {
            assert_eq!(status(severities.into_iter()), expected);
        }
    }
}
