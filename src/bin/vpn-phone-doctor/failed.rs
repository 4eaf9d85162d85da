//! Why there is no answer: in words for the person, and as the status by which the program ends.

use std::io;

use crate::files;
use crate::output::Status;

/// Why there is no answer.
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

    /// It was not asked in a way that is understood, or what was asked cannot be done.
    pub fn usage(why: impl Into<String>) -> Self {
        Self { why: why.into(), status: Status::BadUsage }
    }
}
