//! A part of a file that stays when the file is sifted.

/// A part that stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'b> {
    /// The 1-based line that begins with it; `None` for the rest of a long line, and where there are no lines.
    pub line: Option<u32>,
    /// The 0-based byte at which it stands.
    pub byte: u64,
    /// With its line end.
    pub bytes: &'b [u8],
}
