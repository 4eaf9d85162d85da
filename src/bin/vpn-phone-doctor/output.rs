//! Writing an answer, and ending with a status.

use std::io::{ErrorKind, Write};
use std::ops::ControlFlow;
use std::process::ExitCode;

use vpn_phone_doctor::visible::visible;

use crate::progress;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Nothing to complain about.
    Fine = 0,
    /// Warnings, or hashes that differ.
    Warnings = 1,
    /// Blockers.
    Blockers = 2,
    /// It was not asked in a way that is understood.
    BadUsage = 64,
    /// A value is not a hash.
    NotAHash = 65,
    /// No input could be opened.
    NoInput = 66,
    /// A fault of the program itself.
    Fault = 70,
    /// The answer could not be written.
    NotWritten = 74,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

/// Writes to standard output at once. `Break` says that nobody reads on: with nothing in it where the reader has
/// simply seen enough (`| head`), with a status where writing failed.
pub fn write(text: &str) -> ControlFlow<Option<Status>> {
    progress::clear();
    // Colours alone begin with this: what a file says is made visible. Old consoles of Windows need them translated.
    let written = if text.contains('\u{1b}') {
        let mut out = anstream::stdout().lock();
        out.write_all(text.as_bytes()).and_then(|()| out.flush())
    } else {
        let mut out = std::io::stdout().lock();
        out.write_all(text.as_bytes()).and_then(|()| out.flush())
    };
    match written {
        Ok(()) => ControlFlow::Continue(()),
        Err(problem) if problem.kind() == ErrorKind::BrokenPipe => ControlFlow::Break(None),
        Err(problem) => {
            complain(&format!("the answer could not be written: {problem}"));
            ControlFlow::Break(Some(Status::NotWritten))
        }
    }
}

/// Writes the whole answer and ends with `status`, unless writing failed.
pub fn end(text: &str, status: Status) -> Status {
    match write(text) {
        ControlFlow::Break(Some(failed)) => failed,
        ControlFlow::Break(None) | ControlFlow::Continue(()) => status,
    }
}

/// A message to the person, in one line, and whatever a path in it could do to a terminal made visible; if even that
/// cannot be written there is nobody to tell.
pub fn complain(message: &str) {
    progress::clear();
    let _ = writeln!(std::io::stderr(), "vpn-phone-doctor: {}", visible(message));
}

/// Help and version are answers; everything else that clap says is bad usage.
pub fn usage(problem: &clap::Error) -> ExitCode {
    let status = if problem.use_stderr() { Status::BadUsage } else { Status::Fine };
    let _ = problem.print();
    status.into()
}
