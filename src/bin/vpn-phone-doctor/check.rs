//! `check`: the diagnosis.

use std::ops::ControlFlow;

use vpn_phone_doctor::intake::Reading;
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::report::Form;

use crate::arguments::Check;
use crate::each;
use crate::files;
use crate::output::{self, Status};
use crate::progress;
use crate::reporter::{Report, Reporter};

pub fn run(options: &Check) -> Status {
    let reporter = match Reporter::new(options) {
        Ok(reporter) => reporter,
        Err(failed) => {
            output::complain(&failed.why);
            return failed.status;
        }
    };
    if options.quiet {
        progress::quiet();
    }
    // With `--each` every path has a row of its own, which says so.
    if options.each.is_none() && files::there(&options.paths, options.redact).is_empty() {
        return Status::NoInput;
    }
    let status = match options.each {
        Some(each) => each::run(&reporter, each),
        None => by_path(&reporter),
    };
    reporter.finish();
    status
}

/// One report of everything, or with ndjson one for each PATH.
fn by_path(reporter: &Reporter<'_>) -> Status {
    let options = reporter.options;
    let mut work = Work { reporter, readings: Vec::new(), worst: Status::Fine, opened: false };
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
            work.readings.clear();
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
    // The program is over, and to take a large case apart takes a tenth of what its diagnosis took.
    std::mem::forget(work.readings);
    if let Some(Some(status)) = failed {
        return status;
    }
    if work.opened { work.worst } else { Status::NoInput }
}

struct Work<'r> {
    reporter: &'r Reporter<'r>,
    /// Readings of one report.
    readings: Vec<Reading>,
    worst: Status,
    opened: bool,
}

impl Work<'_> {
    /// Writes their report.
    fn report(&mut self) -> ControlFlow<Option<Status>> {
        match self.reporter.report(&mut self.readings, &self.reporter.said, None) {
            Ok(Report { text, status }) => {
                self.worst = self.worst.max(status);
                output::write(&text)
            }
            Err(failed) => {
                output::complain(&failed.why);
                ControlFlow::Break(Some(failed.status))
            }
        }
    }
}
