//! `check`: the diagnosis.

use std::ops::ControlFlow;
use std::time::{SystemTime, UNIX_EPOCH};

use vpn_phone_doctor::case::Said;
use vpn_phone_doctor::diagnose::diagnose;
use vpn_phone_doctor::finding::Severity;
use vpn_phone_doctor::intake::Reading;
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::report::redact::redact;
use vpn_phone_doctor::report::{Files, Form, render_with};

use crate::arguments::Check;
use crate::before::Before;
use crate::files;
use crate::isolated;
use crate::map;
use crate::output::{self, Status};

pub fn run(options: &Check) -> Status {
    if options.map.is_some() && options.format == Form::Ndjson {
        output::complain(
            "every line of ndjson has pseudonyms of its own, so one map cannot tell them; use --format json",
        );
        return Status::BadUsage;
    }
    let before = match options.before.as_ref().map(|path| Before::read(path, options)) {
        Some(Ok(before)) => Some(before),
        Some(Err(why)) => {
            output::complain(&why);
            return Status::BadUsage;
        }
        None => None,
    };
    let mut said = Said::new();
    for answer in &options.say {
        // Checked when the command line was read.
        let _ = said.say(&answer.key, &answer.value);
    }
    if !files::any_is_there(&options.paths, options.redact) {
        return Status::NoInput;
    }
    let now = options.now.unwrap_or_else(system_clock);
    let mut work =
        Work { options, said, now, readings: Vec::new(), worst: Status::Fine, opened: false, before };
    let found = files::find(&options.paths);
    let mut failed = None;
    let mut last_path = 0;
    files::read(&found, &Limits::default(), |taken| {
        if options.format == Form::Ndjson && taken.path != last_path {
            last_path = taken.path;
            if let ControlFlow::Break(status) = work.report() {
                failed = Some(status);
                return ControlFlow::Break(());
            }
        }
        work.opened |= taken.opened;
        work.readings.push(taken.reading);
        ControlFlow::Continue(())
    });
    if failed.is_none()
        && let ControlFlow::Break(status) = work.report()
    {
        failed = Some(status);
    }
    if let Some(before) = &work.before {
        before.finish();
    }
    if let Some(Some(status)) = failed {
        return status;
    }
    if work.opened { work.worst } else { Status::NoInput }
}

struct Work<'o> {
    options: &'o Check,
    said: Said,
    now: i64,
    /// Readings of which no report was written yet.
    readings: Vec<Reading>,
    worst: Status,
    opened: bool,
    /// What an earlier run said.
    before: Option<Before>,
}

impl Work<'_> {
    /// Writes the report of what was read since the last one.
    fn report(&mut self) -> ControlFlow<Option<Status>> {
        let mut readings = std::mem::take(&mut self.readings);
        let made = isolated::diagnosed(&mut readings, |readings| diagnose(readings, &self.said, self.now));
        let Some(mut diagnosis) = made else { return ControlFlow::Break(Some(Status::Fault)) };
        if let Some(before) = &mut self.before {
            before.compare(&mut diagnosis, self.said.answer("phone"));
        }
        let severities = diagnosis.findings.iter().map(|found| found.severity);
        self.worst = self.worst.max(status(severities));
        let diagnosis = if self.options.redact {
            let redacted = seed().and_then(|seed| redact(&diagnosis, self.options.addresses, seed));
            let Some(redacted) = redacted else {
                output::complain("the report could not be redacted; nothing was written");
                return ControlFlow::Break(Some(Status::BadUsage));
            };
            // Before the report: a report whose map is lost cannot be read back.
            if let Some(path) = &self.options.map
                && let Err(problem) = map::write(path, &redacted.map)
            {
                output::complain(&format!("the file of --map: {problem}; nothing was written"));
                return ControlFlow::Break(Some(Status::BadUsage));
            }
            redacted.diagnosis
        } else {
            diagnosis
        };
        if self.options.quiet {
            return ControlFlow::Continue(());
        }
        let files = if self.options.verbose { Files::Every } else { Files::Short };
        let report = render_with(&diagnosis, self.options.format, self.options.lang, files);
        output::write(&report)
    }
}

/// A case is as bad as its worst finding; a notice is no reason for a script to stop.
fn status(severities: impl Iterator<Item = Severity>) -> Status {
    match severities.min() {
        Some(Severity::Blocker) => Status::Blockers,
        Some(Severity::Warning) => Status::Warnings,
        Some(Severity::Notice) | None => Status::Fine,
    }
}

/// Random bytes of the operating system, thrown away after use; `None` where it has none.
fn seed() -> Option<[u8; 32]> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).ok()?;
    Some(seed)
}

fn system_clock() -> i64 {
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
