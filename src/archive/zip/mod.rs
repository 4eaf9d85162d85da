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
mod walk;

pub use directory::read;
pub use walk::Zip;

const LOCAL: &[u8] = b"PK\x03\x04";
const LISTED: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
const END_64: &[u8] = b"PK\x06\x06";
const LOCATOR_64: &[u8] = b"PK\x06\x07";
const LATE: &[u8] = b"PK\x07\x08";

/// What deflated and stored members have as their method.
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// True for what an archive begins with: a member, the end of an empty one, or the mark of a split one.
pub fn begins(head: &[u8]) -> bool {
    [LOCAL, END, LATE, b"PK00PK\x03\x04"].iter().any(|start| head.starts_with(start))
}

/// True where bytes that begin with something else, a program or a mail's head, are an archive by their end.
pub fn has_end(whole: &[u8]) -> bool {
    directory::find(whole).is_some_and(|directory| !directory.is_empty())
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|bytes| u16::from_le_bytes(*bytes))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|bytes| u64::from_le_bytes(*bytes))
}
