//! What stands behind a member whose header did not know its sizes.
//!
//! ```text
//! [PK\7\8] crc32 4   packed 4 or 8   size 4 or 8
//! ```
//!
//! The mark in front is optional and the width is not written down, so each form is tried against what was read.

use super::marks::{LATE, LISTED, LOCAL, u32_at, u64_at};

/// The longest form, and the mark of what comes behind it.
pub(super) const LOOK_AHEAD: usize = 24 + 4;

/// What was read of a member: to be found in the record.
#[derive(Clone, Copy)]
pub(super) struct Measured {
    /// `None` where it was not taken; then the sizes alone have to fit.
    pub(super) checksum: Option<u32>,
    pub(super) packed: u64,
    /// `None` where the content was not unpacked.
    pub(super) size: Option<u64>,
}

impl Measured {
    /// The length of the record at the front of these bytes; `None` where it is none that fits.
    pub(super) fn record(&self, bytes: &[u8]) -> Option<usize> {
        let mark = if bytes.starts_with(LATE) { 4 } else { 0 };
        let fits = |at: usize| {
            let narrow = (u32_at(bytes, at + 4).map(u64::from), u32_at(bytes, at + 8).map(u64::from));
            let wide = (u64_at(bytes, at + 4), u64_at(bytes, at + 12));
            let checksum = u32_at(bytes, at)?;
            if self.checksum.is_some_and(|own| own != checksum) {
                return None;
            }
            [(narrow, 12), (wide, 20)].into_iter().find_map(|((packed, size), length)| {
                let right = packed == Some(self.packed) && self.size.is_none_or(|own| size == Some(own));
                right.then_some(at + length)
            })
        };
        // A checksum may look like the mark.
        fits(mark).or_else(|| fits(0))
    }

    /// The same where nothing fits: the length of the form that another header stands behind, or of the usual one.
    pub(super) fn misfit(bytes: &[u8], wide: bool) -> usize {
        let mark = if bytes.starts_with(LATE) { 4 } else { 0 };
        let followed = |length: &usize| {
            let next = bytes.get(*length..).unwrap_or_default();
            next.starts_with(LOCAL) || next.starts_with(LISTED)
        };
        let usual = if wide { [20, 12] } else { [12, 20] }.map(|length| mark + length);
        // Without the mark and without a header behind it there may be no record at all.
        usual.into_iter().find(followed).unwrap_or(if mark > 0 { usual[0] } else { 0 })
    }
}
