//! An input as its holder hands it out: what it is called, and where it lies.

use crate::formats::Member;
use crate::input::Kind;

/// An input inside another one, before its bytes come.
pub(super) struct Inside {
    pub(super) member: Member,
    /// Its number among what its holder handed out.
    pub(super) index: u32,
    /// Its holder is a recorded session.
    pub(super) session: bool,
    pub(super) depth: Depth,
    /// One input is looked for, and this is the way from here; empty for the one itself.
    pub(super) way: Option<Vec<u32>>,
}

/// How deep an input lies.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Depth {
    /// Sessions, signed files and other texts around it.
    pub(super) texts: u32,
    /// Archives around it.
    pub(super) archives: u32,
}

impl Depth {
    /// That of what an input of this kind holds.
    pub(super) fn inside(self, holder: Kind) -> Self {
        if holder == Kind::Archive {
            Self { archives: self.archives + 1, ..self }
        } else {
            Self { texts: self.texts + 1, ..self }
        }
    }
}
