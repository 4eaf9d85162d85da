//! The map of a redacted report: a file of its own that only its owner may read, and never an old one overwritten.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use vpn_phone_doctor::report::redact::{Entry, map};

/// Writes what stands for what. Fails where there is a file of that name.
pub fn write(path: &Path, entries: &[Entry]) -> io::Result<()> {
    let mut file = create(path)?;
    file.write_all(map::json(entries).as_bytes())?;
    file.flush()
}

#[cfg(unix)]
fn create(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}
