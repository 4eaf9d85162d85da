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
mod event;
mod feed;
pub mod gzip;
mod inflate;
mod outlet;
pub mod tar;
pub mod zip;

pub use event::{Decoded, End, Event, Kind, Member, Name, Next, Note, Sink, Trouble};

use crate::limits::ArchiveLimits;
use crate::tables::packings::{self, Packing};

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
