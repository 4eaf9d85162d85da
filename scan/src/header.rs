//! What stands before the tag of one line and, but for the clock, of the next ones: `Nov 23 2026 10:19:27 vpn : `.

use std::ops::Range;

/// The header of the line before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prefix {
    text: Vec<u8>,
    clock: Range<usize>,
    ascii: bool,
}

impl Prefix {
    /// Takes another header, and where its clock stands.
    pub fn set(&mut self, text: &str, clock: Range<usize>) {
        self.text.clear();
        self.text.extend_from_slice(text.as_bytes());
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
    pub fn fits(&self, head: &[u8]) -> bool {
        let own = self.text.as_slice();
        are_same(own, head) || self.fits_at_another_time(head)
    }

    fn fits_at_another_time(&self, head: &[u8]) -> bool {
        let own = self.text.as_slice();
        let Range { start, end } = self.clock;
        let (Some(clock), Some(its)) = (own.get(start..end), head.get(start..end)) else { return false };
        own.len() == head.len()
            && own.get(..start) == head.get(..start)
            && own.get(end..) == head.get(end..)
            && clock
                .iter()
                .zip(its)
                .all(|(one, other)| one == other || one.is_ascii_digit() && other.is_ascii_digit())
    }

    /// Takes the clock of a header that fits.
    pub fn set_clock(&mut self, head: &[u8]) {
        if head.len() == self.text.len() {
            self.text.copy_from_slice(head);
        }
    }
}

/// Whether bytes are the same, eight at a time: in WebAssembly `==` of slices compares one byte after the other.
fn are_same(one: &[u8], other: &[u8]) -> bool {
    let ((words, rest), (other_words, other_rest)) = (one.as_chunks::<8>(), other.as_chunks::<8>());
    let word = |bytes: &[u8; 8]| u64::from_ne_bytes(*bytes);
    one.len() == other.len()
        && words.iter().map(word).eq(other_words.iter().map(word))
        && rest.iter().eq(other_rest)
}
