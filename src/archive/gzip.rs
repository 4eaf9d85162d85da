//! gzip: one content in one or several members, as `gzip -d` gives it.
//!
//! ```text
//! 1f 8b 08 08 …  messages.0\0   deflated …   crc32 isize   1f 8b 08 …   00 00 00
//! └──── header ────────────┘    └─ body ─┘   └trailer─┘   └ the next ┘ └ filling ┘
//! ```
//!
//! Several members behind one another are one content (logs that were appended to, blocks of parallel packers), and
//! the name and time of the first one count. Zeros behind the last one are filling (tapes); other bytes there are
//! junk, and the content stays. Programs that say "is encrypted" mean reserved bits of the flags.
//!
//! Source: RFC 1952.

use super::feed::Feed;
use super::inflate::{Inflate, Then};
use super::outlet::Outlet;
use super::{Member, Name, Note, Sink, Trouble};
use crate::limits::ArchiveLimits;
use crate::time::Stamp;

/// A reader of gzip. It tells of one member, and of none where there were no bytes at all.
pub struct Gzip {
    feed: Feed,
    body: Body,
}

struct Body {
    outlet: Outlet,
    inflate: Inflate,
    state: State,
    /// The archive's byte that comes next.
    at: u64,
    member: Member,
    header: Header,
    /// Bytes of content of earlier members of the file.
    before: u64,
}

/// What is kept of a header while it is read.
#[derive(Default)]
struct Header {
    flags: u8,
    checksum: u32,
}

#[derive(Clone, Copy)]
enum State {
    /// The first ten bytes of the file.
    Fixed,
    ExtraLength,
    Extra(usize),
    Name,
    Comment,
    HeaderChecksum,
    Deflated,
    Trailer,
    /// Behind a member: another one, filling, or junk.
    Behind,
    /// Nothing more is read. Where it is junk, it begins at this byte.
    Rest(Option<u64>),
}

const CHECKSUM: u8 = 2;
const EXTRA: u8 = 4;
const NAME: u8 = 8;
const COMMENT: u8 = 16;
const RESERVED: u8 = 0xe0;

impl Gzip {
    /// A reader of one file.
    pub fn new(limits: &ArchiveLimits) -> Self {
        let body = Body {
            outlet: Outlet::new(limits),
            inflate: Inflate::default(),
            state: State::Fixed,
            at: 0,
            member: Member::default(),
            header: Header::default(),
            before: 0,
        };
        Self { feed: Feed::default(), body }
    }

    /// Reads on.
    pub fn push(&mut self, chunk: &[u8], sink: &mut Sink<'_>) {
        if !self.body.outlet.stopped() {
            self.feed.push(chunk, |bytes| self.body.step(bytes, sink));
        }
    }

    /// Tells the end.
    pub fn finish(&mut self, sink: &mut Sink<'_>) {
        self.body.finish(&std::mem::take(&mut self.feed).rest(), sink);
    }
}

impl Body {
    fn step(&mut self, bytes: &[u8], sink: &mut Sink<'_>) -> Option<usize> {
        let taken = match self.state {
            _ if self.outlet.stopped() => self.pass(bytes),
            State::Fixed => self.fixed(bytes, sink),
            State::ExtraLength => self.extra_length(bytes),
            State::Extra(left) => self.extra(left, bytes),
            State::Name => self.text(bytes, true),
            State::Comment => self.text(bytes, false),
            State::HeaderChecksum => self.header_checksum(bytes, sink),
            State::Deflated => self.deflated(bytes, sink),
            State::Trailer => self.trailer(bytes),
            State::Behind => self.behind(bytes, sink),
            State::Rest(_) => self.pass(bytes),
        }?;
        self.at += taken as u64;
        Some(taken)
    }

    fn fixed(&mut self, bytes: &[u8], sink: &mut Sink<'_>) -> Option<usize> {
        let [a, b, method, flags, t0, t1, t2, t3, _, _] = *bytes.first_chunk::<10>()?;
        if [a, b, method] != [0x1f, 0x8b, 8] || flags & RESERVED != 0 {
            self.begin(sink);
            self.outlet.trouble(Trouble::Header);
            self.give_up(sink);
            return Some(0);
        }
        self.header = Header { flags, checksum: 0 };
        let seconds = u32::from_le_bytes([t0, t1, t2, t3]);
        if !self.outlet.open() && seconds > 0 {
            let utc = Stamp::of_unix_micros(i64::from(seconds) * 1_000_000);
            self.member.modified = Some(Stamp { offset_minutes: Some(0), ..utc });
        }
        self.state = State::ExtraLength;
        self.part_of_header(bytes, 10)
    }

    fn extra_length(&mut self, bytes: &[u8]) -> Option<usize> {
        if self.header.flags & EXTRA == 0 {
            self.state = State::Name;
            return Some(0);
        }
        let length = *bytes.first_chunk::<2>()?;
        self.state = State::Extra(usize::from(u16::from_le_bytes(length)));
        self.part_of_header(bytes, 2)
    }

    fn extra(&mut self, left: usize, bytes: &[u8]) -> Option<usize> {
        if left == 0 {
            self.state = State::Name;
            return Some(0);
        }
        let taken = some(bytes.len().min(left))?;
        self.state = State::Extra(left - taken);
        self.part_of_header(bytes, taken)
    }

    /// The name or the comment: both end with a zero.
    fn text(&mut self, bytes: &[u8], name: bool) -> Option<usize> {
        let (flag, next) = if name { (NAME, State::Comment) } else { (COMMENT, State::HeaderChecksum) };
        if self.header.flags & flag == 0 {
            self.state = next;
            return Some(0);
        }
        let end = memchr::memchr(0, bytes);
        let text = bytes.get(..end.unwrap_or(bytes.len())).unwrap_or_default();
        if name && !self.outlet.open() {
            // One byte more than is kept, so that a name that is cut is known as one.
            let room = (self.outlet.limits.name + 1).saturating_sub(self.member.name.bytes.len());
            self.member.name.bytes.extend_from_slice(text.get(..room).unwrap_or(text));
        }
        if end.is_some() {
            self.state = next;
        }
        let taken = some(text.len() + usize::from(end.is_some()))?;
        self.part_of_header(bytes, taken)
    }

    fn header_checksum(&mut self, bytes: &[u8], sink: &mut Sink<'_>) -> Option<usize> {
        let mut taken = 0;
        let mut differs = false;
        if self.header.flags & CHECKSUM != 0 {
            let claimed = *bytes.first_chunk::<2>()?;
            differs = self.header.checksum.to_le_bytes().first_chunk() != Some(&claimed);
            taken = 2;
        }
        if !self.outlet.open() {
            self.begin(sink);
        }
        if differs {
            self.outlet.trouble(Trouble::HeaderChecksum);
        }
        self.inflate.start();
        self.before = self.outlet.length();
        self.state = State::Deflated;
        Some(taken)
    }

    fn deflated(&mut self, bytes: &[u8], sink: &mut Sink<'_>) -> Option<usize> {
        let piece = self.inflate.step(bytes)?;
        let goes_on = self.outlet.unpacked(&piece, sink);
        let (taken, then) = (piece.taken, piece.then);
        match then {
            // What is left is of no use to anyone.
            _ if !goes_on || !self.outlet.wanted() => self.give_up(sink),
            Then::On => {}
            Then::Over => self.state = State::Trailer,
            Then::Damaged => {
                self.outlet.trouble(Trouble::Damaged);
                self.give_up(sink);
            }
        }
        Some(taken)
    }

    fn trailer(&mut self, bytes: &[u8]) -> Option<usize> {
        let [a, b, c, d, e, f, g, h] = *bytes.first_chunk::<8>()?;
        let checksum = u32::from_le_bytes([a, b, c, d]);
        // The length counts modulo 2^32.
        let claimed = u64::from(u32::from_le_bytes([e, f, g, h]));
        if (self.outlet.length() - self.before) & 0xffff_ffff != claimed {
            self.outlet.trouble(Trouble::Length { claimed });
        }
        if self.outlet.checksum().is_some_and(|own| own != checksum) {
            self.outlet.trouble(Trouble::Checksum);
        }
        self.state = State::Behind;
        Some(8)
    }

    fn behind(&mut self, bytes: &[u8], sink: &mut Sink<'_>) -> Option<usize> {
        match *bytes {
            [] | [0x1f] | [0x1f, 0x8b] | [0x1f, 0x8b, 8] => return None,
            [0x1f, 0x8b, 8, flags, ..] if flags & RESERVED == 0 => {
                self.state = State::Fixed;
                return Some(0);
            }
            _ => {}
        }
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        if zeros == 0 {
            self.outlet.end(sink);
            self.state = State::Rest(Some(self.at));
        }
        Some(zeros)
    }

    /// Counts bytes that are part of nothing.
    fn pass(&mut self, bytes: &[u8]) -> Option<usize> {
        some(bytes.len())
    }

    fn part_of_header(&mut self, bytes: &[u8], taken: usize) -> Option<usize> {
        let part = bytes.get(..taken)?;
        self.header.checksum = self.outlet.other_checksum(self.header.checksum, part);
        Some(taken)
    }

    fn begin(&mut self, sink: &mut Sink<'_>) {
        // Older programs write the name as it is on their disk; RFC 1952 wants Latin-1, and UTF-8 is what is there.
        self.member.name = Name::plain(&self.member.name.bytes);
        self.outlet.begin(&mut self.member, sink);
    }

    /// The content ends here, and nothing more is read.
    fn give_up(&mut self, sink: &mut Sink<'_>) {
        self.outlet.end(sink);
        self.state = State::Rest(None);
    }

    fn finish(&mut self, left: &[u8], sink: &mut Sink<'_>) {
        self.at += left.len() as u64;
        if let State::Rest(from) = self.state {
            if let Some(from) = from {
                self.outlet.note(Note::Junk { at: from, bytes: self.at - from }, sink);
            }
            return;
        }
        if self.at == 0 {
            return;
        }
        if !self.outlet.open() {
            self.begin(sink);
        }
        let complete = matches!(self.state, State::Behind);
        if !complete {
            self.outlet.trouble(Trouble::Cut);
        }
        self.outlet.end(sink);
        if complete && !left.is_empty() {
            let bytes = left.len() as u64;
            self.outlet.note(Note::Junk { at: self.at - bytes, bytes }, sink);
        }
    }
}

/// A number of bytes; `None` for none, where a step waits.
const fn some(bytes: usize) -> Option<usize> {
    if bytes == 0 { None } else { Some(bytes) }
}
