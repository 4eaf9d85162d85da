//! Archives: bytes in, members out, in whatever pieces the bytes come.
//!
//! ```text
//! prt-20261128.tar.gz ─► Gzip ─► Tar ─► begins  logs/messages, 270177 bytes, a file
//!                                       data    909: NOT 20:59:50.051721 VPNC: do_login: …
//!                                       ends    whole
//! ```
//!
//! A reader is fed chunks of any size and hands [`Event`]s to a [`Sink`]; what it answers decides how it goes on. The
//! same bytes give the same events in any chunks, only data may be cut elsewhere. Memory is bounded: headers, one
//! window of 64 KiB, and for a zip read by its directory one entry a member. Nothing is opened in here that is inside:
//! an archive in an archive is a member like any other, and who wants it open starts another reader.
//!
//! Nothing fails: what is damaged, cut, encrypted or packed in a way that is not read ends its member with a
//! [`Trouble`], and what belongs to no member is a [`Note`]. Names are bytes; they lead to no path and are no path.
//!
//! What to read with what is [`recognise`]d from the first bytes; a zip that begins with something else is found by
//! its end, with [`zip::has_end`].

mod crc;
mod feed;
pub mod gzip;
mod inflate;
mod outlet;
pub mod tar;
pub mod zip;

use crate::limits::ArchiveLimits;
use crate::tables::packings::{self, Packing};
use crate::time::Stamp;

/// What a reader says, in the order of the archive.
#[derive(Debug)]
pub enum Event<'a> {
    /// A member begins. Each begun member ends before the next one begins.
    Begin(&'a Member),
    /// The next bytes of its content.
    Data(&'a [u8]),
    /// It ends.
    End(&'a End),
    /// Something that belongs to no member.
    Note(Note),
}

/// What the receiver of an event wants next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// More.
    Go,
    /// Nothing more of this member's content; its end is still told.
    Skip,
    /// Nothing more at all: no further event comes, not even the end of this member.
    Stop,
}

/// Who gets the events.
pub type Sink<'a> = dyn FnMut(Event<'_>) -> Next + 'a;

/// A member, as it is before its content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Member {
    /// The archive's byte at which its header begins.
    pub at: u64,
    /// Its name; empty where the archive has none.
    pub name: Name,
    /// What it is.
    pub kind: Kind,
    /// The bytes of its content as the archive claims them; `None` where it says so only behind the content.
    pub size: Option<u64>,
    /// When it was changed last. In UTC where `offset_minutes` is there, otherwise by the clock of whoever packed it.
    pub modified: Option<Stamp>,
}

/// A name from an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// As it stands there, at most [`ArchiveLimits::name`] bytes.
    pub bytes: Vec<u8>,
    /// As text. Not made harmless: `../../etc/passwd` and control characters are still in it.
    pub text: String,
    /// How the text was made of the bytes.
    pub decoded: Decoded,
}

/// How a name's bytes were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Decoded {
    /// They are valid UTF-8.
    #[default]
    Utf8,
    /// The text stands in a field of its own beside them (zip's Unicode path).
    UnicodeField,
    /// By code page 437, as the zip format wants it where nothing else is said. A guess: many programs wrote another.
    Cp437,
    /// They are text in no known encoding: what is not UTF-8 stands as `\x80`.
    Escaped,
}

/// What a member is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    #[default]
    File,
    /// A folder; it has no content.
    Folder,
    /// A symbolic link. A zip has its target as the content.
    SymbolicLink(Option<Name>),
    /// The same file as an earlier member; it has no content of its own.
    HardLink(Name),
    /// A device or a pipe; it has no content.
    Device,
    /// What a tar says of itself, by its type: `D` a folder's listing, `V` a label. It has no content.
    Remark(u8),
    /// A type of tar's that is not known here. Its content is handed out like a file's, as POSIX wants it.
    Other(u8),
}

/// How a member ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct End {
    /// Bytes of content that it had, whether or not they were wanted.
    pub length: u64,
    /// What was wrong, each at most once; empty where it is whole.
    pub troubles: Vec<Trouble>,
}

/// What is wrong with one member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The archive ends before the content does.
    Cut,
    /// The packed content cannot be unpacked further. What came before is right as far as it goes.
    Damaged,
    /// The content was unpacked, and its checksum is another.
    Checksum,
    /// The content was unpacked, and it has another length.
    Length {
        /// What the archive says.
        claimed: u64,
    },
    /// Its header is damaged or of a version that is not known.
    Header,
    /// Its header is readable, and its checksum is another.
    HeaderChecksum,
    /// What a zip's directory and the header in front of the content say differs. The directory was believed.
    Differs,
    /// Its content lies partly in that of another member: no honest program writes this.
    Overlaps,
    /// Packed in a way that is not read here. The row has the command that unpacks it.
    Packed(&'static Packing),
    /// Packed by a zip method that is not known here.
    PackedUnknown(u16),
    /// Its content is encrypted.
    Encrypted,
    /// It has holes that are written down instead of stored; its content is not put together here.
    Sparse,
    /// It lies in another file of a split archive, or goes on there.
    Split,
    /// Its name was longer than is kept.
    NameCut,
    /// It unpacks to many times its packed size (`ratio_noted`). It was read.
    Dense,
    /// It unpacks to more times its packed size than anything real; unpacking was stopped.
    TooDense,
    /// All members together unpack to more than is allowed; unpacking was stopped.
    TooMuch,
}

/// What belongs to no member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// Bytes that are part of nothing: before, between or behind the members.
    Junk {
        /// The archive's byte at which they begin.
        at: u64,
        /// How many.
        bytes: u64,
    },
    /// The archive ends in the middle of a header.
    Cut {
        /// The archive's byte at which the header begins.
        at: u64,
    },
    /// The mark at its end is missing: it may have been cut between two members.
    NoEnd,
    /// A name or record about the next member that is longer than allowed (`extension`); it was passed over.
    ExtensionTooLong {
        /// The archive's byte at which it begins.
        at: u64,
    },
    /// Members beyond the limit; they were only counted.
    MembersLeftOut(u64),
    /// A zip's directory could not be read; its members were found by the headers in front of them.
    NoDirectory,
    /// A zip's directory lists another number of members than were walked by.
    DirectoryDiffers {
        /// How many it lists.
        listed: u64,
        /// How many came by.
        walked: u64,
    },
}

/// What to read something with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Archive {
    /// [`gzip::Gzip`]
    Gzip,
    /// [`tar::Tar`]
    Tar,
    /// [`zip::Zip`], or [`zip::read`] where the whole is at hand.
    Zip,
    /// Nothing in here.
    Packed(&'static Packing),
}

/// What an input is by its first bytes; 512 of them are enough. `None` for what is no archive.
pub fn recognise(head: &[u8]) -> Option<Archive> {
    if head.starts_with(b"\x1f\x8b") {
        return Some(Archive::Gzip);
    }
    if zip::begins(head) {
        return Some(Archive::Zip);
    }
    if tar::begins(head) {
        return Some(Archive::Tar);
    }
    packings::by_bytes(head).map(Archive::Packed)
}

/// A reader of one archive, whichever it is.
pub enum Reader {
    /// Of gzip.
    Gzip(Box<gzip::Gzip>),
    /// Of tar.
    Tar(Box<tar::Tar>),
    /// Of zip, by the headers in front of the members.
    Zip(Box<zip::Zip>),
}

impl Reader {
    /// A reader; `None` where this kind is not read here.
    pub fn new(archive: Archive, limits: &ArchiveLimits) -> Option<Self> {
        match archive {
            Archive::Gzip => Some(Self::Gzip(Box::new(gzip::Gzip::new(limits)))),
            Archive::Tar => Some(Self::Tar(Box::new(tar::Tar::new(limits)))),
            Archive::Zip => Some(Self::Zip(Box::new(zip::Zip::new(limits)))),
            Archive::Packed(_) => None,
        }
    }

    /// Reads on.
    pub fn push(&mut self, chunk: &[u8], sink: &mut Sink<'_>) {
        match self {
            Self::Gzip(reader) => reader.push(chunk, sink),
            Self::Tar(reader) => reader.push(chunk, sink),
            Self::Zip(reader) => reader.push(chunk, sink),
        }
    }

    /// Tells what is left to tell after the last byte.
    pub fn finish(&mut self, sink: &mut Sink<'_>) {
        match self {
            Self::Gzip(reader) => reader.finish(sink),
            Self::Tar(reader) => reader.finish(sink),
            Self::Zip(reader) => reader.finish(sink),
        }
    }
}

impl Name {
    /// Cuts it to so many bytes.
    fn cut(&mut self, bytes: usize) {
        self.bytes.truncate(bytes);
        if self.text.len() > bytes {
            self.text.truncate(self.text.floor_char_boundary(bytes));
        }
    }

    /// A name that is UTF-8 or nothing that is known.
    fn plain(bytes: &[u8]) -> Self {
        match str::from_utf8(bytes) {
            Ok(text) => Self { bytes: bytes.to_vec(), text: text.to_owned(), decoded: Decoded::Utf8 },
            Err(_) => Self { bytes: bytes.to_vec(), text: escaped(bytes), decoded: Decoded::Escaped },
        }
    }
}

/// Text with `\x80` for each byte that is not UTF-8, so that two names that differ never look alike.
fn escaped(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + 8);
    for part in bytes.utf8_chunks() {
        text.push_str(part.valid());
        for byte in part.invalid() {
            text.push_str(&format!("\\x{byte:02x}"));
        }
    }
    text
}
