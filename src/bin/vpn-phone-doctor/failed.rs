//! Why there is no report, and how the program ends by it.

use std::io;

use crate::files;
use crate::output::Status;

/// Why there is no report.
pub struct Failed {
    /// For the person.
    pub why: String,
    /// How the program ends by it.
    pub status: Status,
}

impl Failed {
    /// A file that was named beside the inputs could not be read.
    pub fn input(name: &str, problem: &io::Error) -> Self {
        let why = match problem.kind() {
            io::ErrorKind::NotFound => files::NOT_THERE.to_owned(),
            _ => problem.to_string(),
        };
        Self { why: format!("{name}: {why}"), status: Status::NoInput }
    }

    pub fn usage(why: impl Into<String>) -> Self {
        Self { why: why.into(), status: Status::BadUsage }
    }
}
