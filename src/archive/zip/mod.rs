//! zip: members with a header in front of each, and a directory of all of them at the end.
//!
//! ```text
//! PK\3\4 messages …  content  [PK\7\8 checksum sizes]   PK\1\2 messages … at 0   PK\5\6 1 member, directory at 812
//! └ local header ┘            └ sizes that came late ┘  └─── directory ───────┘  └──────────── end ─────────────┘
//! ```
//!
//! The directory decides what is in the archive: what was deleted or replaced still has its local header. [`read`] goes
//! by it where all bytes are at hand; where it is missing or damaged, and for a file that only comes by ([`Zip`]), the
//! local headers are walked. Two members of one name are two.
//!
//! Stored and deflated members are read. What else there is is named with the command that unpacks it; a member's
//! encryption is looked at before anything is unpacked.
//!
//! Source: APPNOTE.TXT 6.3.10 (PKWARE).

mod directory;
mod entry;
mod late;
mod marks;
mod walk;

pub use directory::read;
use marks::{END, LATE, LOCAL};
pub use walk::Zip;

/// True for what an archive begins with: a member, the end of an empty one, or the mark of a split one.
pub fn begins(head: &[u8]) -> bool {
    [LOCAL, END, LATE, b"PK00PK\x03\x04"].iter().any(|start| head.starts_with(start))
}

/// True where bytes that begin with something else, a program or a mail's head, are an archive by their end.
pub fn has_end(whole: &[u8]) -> bool {
    directory::find(whole).is_some_and(|directory| !directory.is_empty())
}
