//! One deflate stream after the other, unpacked into a window of its own.
//!
//! The work is `miniz_oxide`'s; here is what it needs to be fed in pieces. Source: RFC 1951.

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_HAS_MORE_INPUT;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use super::super::crc::{self, Crc};

/// Twice what the format looks back, and a power of two, as the crate wants it.
const WINDOW: usize = 64 << 10;

/// The state of one stream; of none before the first [`Stream::start`].
#[derive(Default)]
pub(super) struct Stream {
    state: Box<DecompressorOxide>,
    window: Vec<u8>,
    /// Where in the window the next byte goes.
    at: usize,
    /// The window was full: there may be more to come without any more input.
    pending: bool,
    crc: Crc,
    /// Of all that was unpacked.
    checksum: u32,
}

/// What one step gave.
pub struct Piece<'a> {
    /// Packed bytes that it took.
    pub taken: usize,
    /// What they unpack to.
    pub bytes: &'a [u8],
    /// They fill the window up.
    pub full: bool,
    /// The checksum of all that the stream gave so far.
    pub checksum: u32,
    /// How it goes on.
    pub then: Then,
}

/// How a stream goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// With more.
    On,
    /// With what stands behind it.
    Over,
    /// Not at all: it is damaged.
    Damaged,
}

impl Stream {
    /// Begins a stream. The window is emptied: a damaged stream must not show what an earlier one held.
    pub(super) fn start(&mut self) {
        self.state.init();
        self.window.clear();
        self.window.resize(WINDOW, 0);
        self.at = 0;
        self.pending = false;
        self.checksum = crc::EMPTY;
    }

    /// The next piece: at most up to the window's end. `None` where it waits for input.
    pub(super) fn step(&mut self, input: &[u8]) -> Option<Piece<'_>> {
        if input.is_empty() && !self.pending {
            return None;
        }
        let from = self.at;
        let (status, taken, given) =
            decompress(&mut self.state, input, &mut self.window, from, TINFL_FLAG_HAS_MORE_INPUT);
        let to = from + given;
        self.at = if to >= WINDOW { 0 } else { to };
        self.pending = status == TINFLStatus::HasMoreOutput;
        let then = match status {
            TINFLStatus::Done => Then::Over,
            TINFLStatus::NeedsMoreInput | TINFLStatus::HasMoreOutput => Then::On,
            _ => Then::Damaged,
        };
        if then == Then::On && taken == 0 && given == 0 && !self.pending {
            return None;
        }
        let bytes = self.window.get(from..to).unwrap_or_default();
        self.checksum = self.crc.update(self.checksum, bytes);
        Some(Piece { taken, bytes, full: to >= WINDOW, checksum: self.checksum, then })
    }
}
