//! What a reader says of an archive: its members, their content, and what is wrong with either.

use crate::tables::packings::Packing;
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
    /// As it stands there, at most [`name`](crate::limits::ArchiveLimits::name) bytes.
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
    /// Bytes of a tar where a header should be and none can be read, or behind its end: a member may be lost there.
    Lost {
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

impl Name {
    /// Cuts it to so many bytes.
    pub(super) fn cut(&mut self, bytes: usize) {
        self.bytes.truncate(bytes);
        if self.text.len() > bytes {
            self.text.truncate(self.text.floor_char_boundary(bytes));
        }
    }

    /// A name that is UTF-8 or nothing that is known.
    pub(super) fn plain(bytes: &[u8]) -> Self {
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
