//! `compare`: what differs between two sides.

use vpn_phone_doctor::case::Said;
use vpn_phone_doctor::compare::render::render;
use vpn_phone_doctor::compare::{Comparison, compare};
use vpn_phone_doctor::diagnose::diagnose;
use vpn_phone_doctor::intake::Reading;
use vpn_phone_doctor::report::redact::{Addresses, redact_with};

use crate::arguments::Compare;
use crate::output::{self, Status};
use crate::plan::read;
use crate::progress;
use crate::reporter::{seed, system_clock};
use crate::{files, isolated};

pub fn run(options: &Compare) -> Status {
    let now = options.written.now.unwrap_or_else(system_clock);
    let sides = [options.a.clone(), options.b.clone()];
    if files::there(&sides, options.written.redact).len() < sides.len() {
        return Status::NoInput;
    }
    if options.written.quiet {
        progress::quiet();
    }
    let (a, opened_a) = read(std::slice::from_ref(&options.a));
    let (b, opened_b) = read(std::slice::from_ref(&options.b));
    if !opened_a || !opened_b {
        output::complain("one of the two sides could not be opened");
        return Status::NoInput;
    }
    let said = Said::new();
    // One list, so that a file of either side can be set aside.
    let (first, mut both) = (a.len(), [a, b].concat());
    let sides = |both: &[Reading]| {
        let (a, b) = both.split_at(first.min(both.len()));
        compare(a, b, &said, now)
    };
    let (comparison, aside) = match isolated::worked(&mut both, "comparison", sides) {
        Ok(worked) => worked,
        Err(status) => return status,
    };
    let status = if comparison.matters() { Status::Warnings } else { aside };
    let comparison = if options.written.redact {
        let redact = || redacted(&both, &said, now, &comparison);
        let Some(redacted) = isolated::guarded(redact).flatten() else {
            output::complain("the comparison could not be redacted; nothing was written");
            return Status::BadUsage;
        };
        redacted
    } else {
        comparison
    };
    if options.written.quiet {
        return status;
    }
    output::end(&render(&comparison, options.written.format, options.written.lang), status)
}

/// Both sides share their pseudonyms: what is the same on both is called the same.
fn redacted(both: &[Reading], said: &Said, now: i64, comparison: &Comparison) -> Option<Comparison> {
    let diagnosis = diagnose(both, said, now);
    let mut redacted = Comparison { redacted: true, ..comparison.clone() };
    redact_with(&diagnosis, &mut redacted, Addresses::Opaque, seed()?);
    Some(redacted)
}
