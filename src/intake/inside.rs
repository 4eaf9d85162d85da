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
    pub(super) aim: Aim,
}

/// What an input is read for.
#[derive(Clone, Debug)]
pub(super) enum Aim {
    /// All that it says.
    Reading,
    /// The lines near a place of one input, and this is the way from here; empty for the one itself.
    Place(Vec<u32>),
    /// Lines that hold a text, and this is the way that led here.
    Lines(Vec<u32>),
}

impl Aim {
    /// The aim of what an input hands out; `None` where nothing is wanted of it.
    pub(super) fn of(&self, index: u32, member: &Member) -> Option<Self> {
        match self {
            Self::Reading => Some(Self::Reading),
            Self::Place(way) => match way.as_slice() {
                [first, rest @ ..] if *first == index => Some(Self::Place(rest.to_vec())),
                _ => None,
            },
            // Lines of the holder were looked through there.
            Self::Lines(_) if !member.lines.is_empty() => None,
            Self::Lines(way) => Some(Self::Lines(way.iter().copied().chain([index]).collect())),
        }
    }
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
