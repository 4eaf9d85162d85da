//! Numbers and vectors out of a protocol's bytes.
//!
//! ```text
//! 0004 002f 0035      a vector of two bytes' length, as TLS writes its lists
//! ```
//!
//! Every step answers `None` where the bytes end, so that a reader stops where its input does.

/// What is left of a message.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    /// The whole of some bytes.
    pub fn new(rest: &'a [u8]) -> Self {
        Self { rest }
    }

    /// What was not taken yet.
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Nothing is left.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next bytes.
    pub fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    fn number(&mut self, length: usize) -> Option<u32> {
        Some(self.take(length)?.iter().fold(0, |number, byte| number << 8 | u32::from(*byte)))
    }

    /// One byte.
    pub fn u8(&mut self) -> Option<u8> {
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*byte)
    }

    /// Two bytes, the high one first.
    pub fn u16(&mut self) -> Option<u16> {
        let (bytes, rest) = self.rest.split_first_chunk::<2>()?;
        self.rest = rest;
        Some(u16::from_be_bytes(*bytes))
    }

    /// Three bytes, the highest first.
    pub fn u24(&mut self) -> Option<u32> {
        self.number(3)
    }

    /// Four bytes, the highest first.
    pub fn u32(&mut self) -> Option<u32> {
        self.number(4)
    }

    /// A vector whose length stands before it in so many bytes.
    pub fn vector(&mut self, length_bytes: usize) -> Option<Cursor<'a>> {
        let length = self.number(length_bytes)?;
        Some(Cursor::new(self.take(length as usize)?))
    }

    /// The rest as numbers of two bytes; an odd byte at the end is left out.
    pub fn u16s(&self) -> Vec<u16> {
        self.rest.chunks_exact(2).filter_map(|pair| Some(u16::from_be_bytes(pair.try_into().ok()?))).collect()
    }
}
