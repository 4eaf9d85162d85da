//! What stands before the tag of one line and, but for the clock, of the next ones: `Nov 23 2026 10:19:27 vpn : `.

use std::ops::Range;

use crate::digits::above_nine;

/// The header of the line before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prefix {
    text: Vec<u8>,
    clock: Range<usize>,
    /// For each byte of the header: the bits of it that another digit may have otherwise.
    digits: Vec<u8>,
    ascii: bool,
}

impl Prefix {
    /// Takes another header, and where its clock stands.
    pub fn set(&mut self, text: &str, clock: Range<usize>) {
        self.text.clear();
        self.text.extend_from_slice(text.as_bytes());
        let digits = (0..)
            .zip(text.bytes())
            .map(|(at, byte)| if clock.contains(&at) && byte.is_ascii_digit() { 0x0f } else { 0 });
        self.digits.clear();
        self.digits.extend(digits);
        self.clock = clock;
        self.ascii = text.is_ascii();
    }

    /// All of it is ASCII.
    pub fn is_ascii(&self) -> bool {
        self.ascii
    }

    /// Bytes of the header.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Nothing stands before the tag.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The header as a text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.text).unwrap_or_default()
    }

    /// Where the clock stands in the header; empty where there is none.
    pub fn clock(&self) -> Range<usize> {
        self.clock.clone()
    }

    /// True where `head` is the same header, maybe at another time of the day: digits of the clock may be others.
    #[inline]
    pub fn fits(&self, head: &[u8]) -> bool {
        let (own, digits) = (self.text.as_slice(), self.digits.as_slice());
        let words = own.as_chunks::<8>().0.iter().zip(head.as_chunks::<8>().0).zip(digits.as_chunks::<8>().0);
        // Nothing leaves the middle of it: a header is a few words.
        let wrong = words.fold(0, |wrong, ((own, other), digits)| wrong | differ(own, other, digits));
        let ends = own.last_chunk().zip(head.last_chunk()).zip(digits.last_chunk());
        own.len() == head.len()
            && wrong == 0
            && match ends {
                // The end overlaps the last word.
                Some(((own, other), digits)) => differ(own, other, digits) == 0,
                None => self.fits_short(head),
            }
    }

    /// A header of less than a word.
    fn fits_short(&self, head: &[u8]) -> bool {
        let bytes = self.text.iter().zip(head).zip(&self.digits);
        bytes.fold(true, |fits, ((own, other), digits)| {
            fits && (own == other || *digits != 0 && other.is_ascii_digit())
        })
    }

    /// Takes the clock of a header that fits.
    pub fn set_clock(&mut self, head: &[u8]) {
        if head.len() == self.text.len() {
            self.text.copy_from_slice(head);
        }
    }
}

/// Nothing where bytes are the same, or are digits where digits are.
fn differ(own: &[u8; 8], other: &[u8; 8], digits: &[u8; 8]) -> u64 {
    let (own, other) = (u64::from_le_bytes(*own), u64::from_le_bytes(*other));
    let digits = u64::from_le_bytes(*digits);
    // Of a digit only the lower half may be another one, and none above nine.
    (own ^ other) & !digits | above_nine(other & digits)
}
