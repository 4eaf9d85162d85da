//! `plan`: what a change will break.

use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;

use vpn_phone_doctor::case::Said;
use vpn_phone_doctor::diagnose::diagnose;
use vpn_phone_doctor::intake::Reading;
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::plan::render::render;
use vpn_phone_doctor::plan::{Change, Key, NotAChange, Plan, plan};
use vpn_phone_doctor::report::redact::{Addresses, redact_with};

use crate::arguments::Plan as Typed;
use crate::failed::Failed;
use crate::output::{self, Status};
use crate::progress;
use crate::reporter::{seed, system_clock};
use crate::{files, isolated};

pub fn run(options: &Typed) -> Status {
    let guarded = |typed: &String| {
        let stopped = || Err(Failed::usage(format!("{typed}: the program stopped while it read this")));
        isolated::guarded(|| change(typed)).unwrap_or_else(stopped)
    };
    let changes = match options.change.iter().map(guarded).collect::<Result<Vec<_>, _>>() {
        Ok(changes) => changes,
        Err(failed) => {
            output::complain(&failed.why);
            return failed.status;
        }
    };
    if files::there(&options.paths, options.written.redact).is_empty() {
        return Status::NoInput;
    }
    if options.written.quiet {
        progress::quiet();
    }
    let mut said = Said::new();
    for answer in &options.say {
        // Checked when the command line was read.
        let _ = said.say(&answer.key, &answer.value);
    }
    let now = options.written.now.unwrap_or_else(system_clock);
    let (mut readings, opened) = read(&options.paths);
    if !opened {
        output::complain("none of the inputs could be opened");
        return Status::NoInput;
    }
    let foretell = |readings: &[Reading]| plan(readings, &said, now, &changes, options.works_today);
    let (foretold, aside) = match isolated::worked(&mut readings, "plan", foretell) {
        Ok(worked) => worked,
        Err(status) => return status,
    };
    let status = match foretold.status() {
        0 => Status::Fine,
        1 => Status::Warnings,
        _ => Status::Blockers,
    };
    let status = status.max(aside);
    let foretold = if options.written.redact {
        let redact = || redacted(&readings, &said, now, foretold);
        let Some(redacted) = isolated::guarded(redact).flatten() else {
            output::complain("the plan could not be redacted; nothing was written");
            return Status::BadUsage;
        };
        redacted
    } else {
        foretold
    };
    if options.written.quiet {
        return status;
    }
    output::end(&render(&foretold, options.written.format, options.written.lang), status)
}

/// Every file of the case, each configuration with its lines.
pub fn read(paths: &[PathBuf]) -> (Vec<Reading>, bool) {
    let limits = Limits { keep_lines: true, ..Limits::default() };
    let (mut readings, mut opened) = (Vec::new(), false);
    files::read(&files::find(paths), &limits, |taken| {
        opened |= taken.opened;
        readings.push(taken.reading);
        ControlFlow::Continue(())
    });
    (readings, opened)
}

fn redacted(readings: &[Reading], said: &Said, now: i64, foretold: Plan) -> Option<Plan> {
    let mut diagnosis = diagnose(readings, said, now);
    diagnosis.inputs.clone_from(&foretold.inputs);
    let mut told = Plan { redacted: true, ..foretold };
    redact_with(&diagnosis, &mut told, Addresses::Opaque, seed()?);
    Some(told)
}

/// One `--change`, with its file read.
fn change(typed: &str) -> Result<Change, Failed> {
    let (word, value) =
        typed.split_once('=').ok_or_else(|| Failed::usage(format!("{typed}: not KEY=VALUE")))?;
    let told = |why: NotAChange| {
        Failed::usage(match why {
            NotAChange::UnknownKey => {
                let keys: Vec<&str> = Key::ALL.iter().map(|key| key.word()).collect();
                format!("there is no change {word}; there are {}", keys.join(", "))
            }
            NotAChange::Value(takes) => format!("{word} takes {}", takes.en()),
            NotAChange::File(holds) => format!("{word}: the file does not hold {}", holds.en()),
            NotAChange::TooLarge => format!("{word}: the file is too large"),
        })
    };
    let key = Change::key(word).map_err(told)?;
    if !key.takes_file(value) {
        return Change::of_value(key, value).map_err(told);
    }
    let size = fs::metadata(value).map(|metadata| metadata.len()).unwrap_or_default();
    if size > Limits::default().whole {
        return Err(Failed::usage(format!("{word}: the file is too large")));
    }
    let bytes = fs::read(value).map_err(|problem| Failed::input(&format!("{word}: {value}"), &problem))?;
    let name = std::path::Path::new(value).file_name().unwrap_or_default().to_string_lossy().into_owned();
    Change::of_file(key, &name, &bytes).map_err(told)
}
