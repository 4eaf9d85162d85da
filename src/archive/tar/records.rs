//! pax records: what a header has no room for.
//!
//! ```text
//! 38 path=logs/a-name-that-is-longer.log\n19 mtime=1764.0\n…
//! ```
//!
//! A record whose length does not fit ends the reading; those before it count. Of two with one name the later one
//! counts, and an empty value takes an earlier one away; an empty path leaves the member without a name.

use super::header::utc;
use crate::time::Stamp;

/// What records say of a member, as far as it is used.
#[derive(Default)]
pub(super) struct Records {
    pub(super) path: Option<Vec<u8>>,
    pub(super) link: Option<Vec<u8>>,
    /// Bytes stored. Of the records for all members it does not count: it would be wrong for all but one.
    pub(super) size: Option<u64>,
    pub(super) modified: Option<Stamp>,
    /// A sparse member in one of the three pax ways; its own name and its size with the holes.
    pub(super) sparse: bool,
    pub(super) sparse_name: Option<Vec<u8>>,
    pub(super) real_size: Option<u64>,
}

impl Records {
    /// Adds what these bytes say.
    pub(super) fn read(&mut self, mut bytes: &[u8]) {
        while let Some((key, value, rest)) = record(bytes) {
            bytes = rest;
            match key {
                b"path" => self.path = Some(value.to_vec()),
                b"linkpath" => self.link = Some(value.to_vec()),
                b"size" => self.size = decimal(value).and_then(|size| u64::try_from(size).ok()),
                b"mtime" => self.modified = decimal(value).and_then(utc),
                b"GNU.sparse.name" => self.sparse_name = Some(value.to_vec()),
                b"GNU.sparse.size" | b"GNU.sparse.realsize" => {
                    self.real_size = decimal(value).and_then(|size| u64::try_from(size).ok());
                }
                _ => {}
            }
            self.sparse |= key.starts_with(b"GNU.sparse.");
        }
    }
}

/// The first record: its key, its value, and what comes behind.
fn record(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let space = bytes.iter().take(20).position(|byte| *byte == b' ')?;
    let length = usize::try_from(decimal(bytes.get(..space)?)?).ok()?;
    let (whole, rest) = bytes.split_at_checked(length)?;
    // The last byte is the end of the line, or what somebody wrote in its place.
    let text = whole.get(space + 1..)?.split_last()?.1;
    let equals = text.iter().position(|byte| *byte == b'=')?;
    Some((text.get(..equals)?, text.get(equals + 1..)?, rest))
}

/// A decimal number without its fraction.
fn decimal(text: &[u8]) -> Option<i64> {
    let text = str::from_utf8(text).ok()?;
    text.split_once('.').map_or(text, |(whole, _)| whole).parse().ok()
}
