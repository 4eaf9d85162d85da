//! `compare`: what differs between two sides.

use std::path::PathBuf;

use clap::Args;
use vpn_phone_doctor::case::Said;
use vpn_phone_doctor::compare::render::render;
use vpn_phone_doctor::compare::{Comparison, compare};
use vpn_phone_doctor::diagnose::diagnose;
use vpn_phone_doctor::intake::Reading;
use vpn_phone_doctor::plan::render::Form;
use vpn_phone_doctor::report::redact::{Addresses, redact_part};
use vpn_phone_doctor::text::Lang;

use crate::arguments::moment;
use crate::reporter::{seed, system_clock};
use crate::output::{self, Status};
use crate::plan::read;

/// What can be typed behind `compare`.
#[derive(Args)]
pub struct Options {
    /// One side: a file or a folder
    #[arg(value_name = "A")]
    pub a: PathBuf,
    /// The other side
    #[arg(value_name = "B")]
    pub b: PathBuf,
    /// Form of the answer
    #[arg(long, value_enum, default_value = "text")]
    pub format: Form,
    /// Language of the texts
    #[arg(long, value_enum, default_value = "en")]
    pub lang: Lang,
    /// Replace names, addresses and hashes by pseudonyms
    #[arg(long)]
    pub redact: bool,
    /// The clock for certificate validity; default: the system's
    #[arg(long, value_name = "RFC3339", value_parser = moment)]
    pub now: Option<i64>,
}

pub fn run(options: &Options) -> Status {
    let now = options.now.unwrap_or_else(system_clock);
    let (a, opened_a) = read(std::slice::from_ref(&options.a));
    let (b, opened_b) = read(std::slice::from_ref(&options.b));
    if !opened_a || !opened_b {
        output::complain("one of the two sides could not be opened");
        return Status::NoInput;
    }
    let said = Said::new();
    let comparison = compare(&a, &b, &said, now);
    let status = if comparison.matters() { Status::Warnings } else { Status::Fine };
    let comparison = if options.redact {
        let Some(redacted) = redacted(&a, &b, &said, now, &comparison) else {
            output::complain("the comparison could not be redacted; nothing was written");
            return Status::BadUsage;
        };
        redacted
    } else {
        comparison
    };
    output::end(&render(&comparison, options.format, options.lang), status)
}

/// Both sides share their pseudonyms: what is the same on both is called the same.
fn redacted(
    a: &[Reading],
    b: &[Reading],
    said: &Said,
    now: i64,
    comparison: &Comparison,
) -> Option<Comparison> {
    let both = [a, b].concat();
    let diagnosis = diagnose(&both, said, now);
    let redacted = redact_part(&diagnosis, comparison, Addresses::Opaque, seed()?)?;
    Some(Comparison { redacted: true, ..redacted })
}
