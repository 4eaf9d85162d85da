//! tar: headers of 512 bytes, each followed by its content, filled up to 512.
//!
//! ```text
//! logs/messages ⋯ 0000644 ⋯ 00001017541 14736 … ustar   content   filling   next header   two blocks of zeros
//! ```
//!
//! What GNU tar shows is what counts, and where readers differ this is like it: signed checksums and sizes with spaces,
//! without an end or in base 256 are read; of two records about the next member the later one wins; pax records for
//! all members count as well; after a block that is no header the next one is looked for; the first block of zeros
//! where a header should be is the end. Types 1 to 6 have no content, whatever size they claim. Sparse members, of all
//! four kinds, are named and not put together: what is stored of them is not what was in the file.
//!
//! Sources: POSIX.1-2017 `pax` ("ustar Interchange Format", "pax Header Block"), tar(5) of libarchive, GNU tar 1.34
//! manual appendices D and E ("Tar Internals", "Storing Sparse Files").

mod header;
mod records;

use header::{BLOCK, Header, until_zero};
use records::Records;

use super::feed::Feed;
use super::outlet::Outlet;
use super::{Kind, Member, Name, Note, Sink, Trouble};
use crate::limits::ArchiveLimits;

/// A reader of tar.
pub struct Tar {
    feed: Feed,
    body: Body,
}

struct Body {
    outlet: Outlet,
    state: State,
    /// The archive's byte that comes next.
    at: u64,
    /// Where the first block lies that is no header, while the next header is looked for.
    lost: Option<u64>,
    /// What was said of the next member, and of all.
    next: Records,
    global: Records,
    /// Such a record came, and no member yet.
    dangling: bool,
    ended: bool,
}

#[derive(Clone, Copy)]
enum State {
    Header,
    /// A record about a member, by its type, and its size.
    Record(u8, u64),
    /// The list of holes goes on in the next block; behind it lies the content.
    Holes(u64),
    /// Content, and the filling behind it.
    Content(u64, u64),
    /// Bytes that nobody wants.
    Pass(u64),
    /// Behind the end; `Some` once there was something else than zeros, from this byte on.
    Behind(Option<u64>),
}

/// True for the first block of an archive, also for one of which only the mark can be read.
pub fn begins(head: &[u8]) -> bool {
    head.first_chunk::<BLOCK>().is_some_and(|block| header::is_marked(block) || Header::read(block).is_some())
}

impl Tar {
    /// A reader of one archive.
    pub fn new(limits: &ArchiveLimits) -> Self {
        let body = Body {
            outlet: Outlet::new(limits),
            state: State::Header,
            at: 0,
            lost: None,
            next: Records::default(),
            global: Records::default(),
            dangling: false,
            ended: false,
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
            _ if self.outlet.stopped() => pass(bytes, u64::MAX),
            State::Header => self.header(bytes.first_chunk()?, sink),
            State::Record(kind, size) => self.record(kind, size, bytes, sink),
            State::Holes(size) => {
                let more = bytes.first_chunk::<BLOCK>()?.get(504) != Some(&0);
                self.state = if more { State::Holes(size) } else { self.unread_content(size, sink) };
                Some(BLOCK)
            }
            State::Content(0, filling) => {
                self.outlet.end(sink);
                self.state = State::Pass(filling);
                Some(0)
            }
            State::Content(left, filling) => {
                let taken = pass(bytes, left)?;
                self.outlet.copied(bytes.get(..taken)?, sink);
                self.state = State::Content(left - taken as u64, filling);
                Some(taken)
            }
            State::Pass(0) => {
                self.state = State::Header;
                Some(0)
            }
            State::Pass(left) => {
                let taken = pass(bytes, left)?;
                self.state = State::Pass(left - taken as u64);
                Some(taken)
            }
            State::Behind(junk) => {
                let first = || bytes.iter().position(|byte| *byte != 0).map(|place| self.at + place as u64);
                self.state = State::Behind(junk.or_else(first));
                pass(bytes, u64::MAX)
            }
        }?;
        self.at += taken as u64;
        Some(taken)
    }

    fn header(&mut self, block: &[u8; BLOCK], sink: &mut Sink<'_>) -> Option<usize> {
        // Zeros among blocks that are no headers are content of something that was lost.
        if self.lost.is_none() && block.iter().all(|byte| *byte == 0) {
            self.ended = true;
            self.state = State::Behind(None);
            return Some(BLOCK);
        }
        let Some(header) = Header::read(block) else {
            self.lost.get_or_insert(self.at);
            return Some(BLOCK);
        };
        self.leave_lost(self.at, sink);
        match header.kind {
            b'L' | b'K' | b'x' | b'X' | b'g' => {
                self.dangling = true;
                self.state = State::Record(header.kind, header.size);
            }
            _ => self.state = self.member(&header, sink),
        }
        Some(BLOCK)
    }

    fn record(&mut self, kind: u8, size: u64, bytes: &[u8], sink: &mut Sink<'_>) -> Option<usize> {
        if size > self.outlet.limits.extension {
            self.outlet.note(Note::ExtensionTooLong { at: self.at }, sink);
            self.state = State::Pass(size.saturating_add(filling(size)));
            return Some(0);
        }
        let record = bytes.get(..usize::try_from(size).ok()?)?;
        match kind {
            b'L' => self.next.path = Some(until_zero(record).to_vec()),
            b'K' => self.next.link = Some(until_zero(record).to_vec()),
            b'g' => self.global.read(record),
            _ => self.next.read(record),
        }
        self.state = State::Pass(filling(size));
        Some(record.len())
    }

    /// Begins a member; what comes next.
    fn member(&mut self, header: &Header, sink: &mut Sink<'_>) -> State {
        self.dangling = false;
        let next = std::mem::take(&mut self.next);
        let name = next.sparse_name.or(next.path).or_else(|| self.global.path.clone());
        let name = Name::plain(&name.unwrap_or_else(|| header.name.clone()));
        let link = next.link.or_else(|| self.global.link.clone());
        let link = || Name::plain(&link.unwrap_or_else(|| header.link.clone()));
        let kind = match header.kind {
            b'1' => Kind::HardLink(link()),
            b'2' => Kind::SymbolicLink(Some(link())),
            b'3' | b'4' | b'6' => Kind::Device,
            b'5' => Kind::Folder,
            // Before there were types, a folder was known by its name.
            0 if name.bytes.ends_with(b"/") => Kind::Folder,
            0 | b'0' | b'7' | b'S' => Kind::File,
            other @ (b'D' | b'V' | b'N') => Kind::Remark(other),
            other => Kind::Other(other),
        };
        let stored = match kind {
            Kind::HardLink(_) | Kind::SymbolicLink(_) | Kind::Device | Kind::Folder => 0,
            _ => next.size.unwrap_or(header.size),
        };
        let sparse = next.sparse || header.kind == b'S';
        let bare = sparse || matches!(kind, Kind::Remark(_));
        let size = if sparse { next.real_size.or(header.real_size) } else { Some(stored) };
        let modified = next.modified.or(self.global.modified).or(header.modified);
        let mut member = Member { at: self.at, name, kind, size, modified };
        self.outlet.begin(&mut member, sink);
        if sparse {
            self.outlet.trouble(Trouble::Sparse);
        }
        if header.kind == b'M' {
            self.outlet.trouble(Trouble::Split);
        }
        match (bare, header.more_holes) {
            (true, true) => State::Holes(stored),
            (true, false) => self.unread_content(stored, sink),
            (false, _) => State::Content(stored, filling(stored)),
        }
    }

    /// Ends a member whose content is not read.
    fn unread_content(&mut self, size: u64, sink: &mut Sink<'_>) -> State {
        self.outlet.end(sink);
        State::Pass(size.saturating_add(filling(size)))
    }

    fn leave_lost(&mut self, until: u64, sink: &mut Sink<'_>) {
        if let Some(at) = self.lost.take() {
            self.outlet.note(Note::Lost { at, bytes: until - at }, sink);
        }
    }

    fn finish(&mut self, left: &[u8], sink: &mut Sink<'_>) {
        let end = self.at + left.len() as u64;
        match self.state {
            State::Behind(Some(at)) => self.outlet.note(Note::Lost { at, bytes: end - at }, sink),
            State::Header if !left.is_empty() => {
                self.lost.get_or_insert(self.at);
            }
            State::Record(..) => self.outlet.note(Note::Cut { at: self.at }, sink),
            State::Holes(_) | State::Content(..) => {
                self.outlet.trouble(Trouble::Cut);
                self.outlet.end(sink);
            }
            _ => {}
        }
        self.leave_lost(end, sink);
        if self.dangling && matches!(self.state, State::Header | State::Pass(_)) {
            self.outlet.note(Note::Cut { at: end }, sink);
        } else if !self.ended && self.at > 0 && matches!(self.state, State::Header | State::Pass(_)) {
            self.outlet.note(Note::NoEnd, sink);
        }
        self.outlet.finish(sink);
    }
}

/// What is left of the last block behind so many bytes.
const fn filling(size: u64) -> u64 {
    (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64
}

/// How many of the bytes there are belong to the next `left`; `None` where there are none.
fn pass(bytes: &[u8], left: u64) -> Option<usize> {
    let taken = bytes.len().min(usize::try_from(left).unwrap_or(usize::MAX));
    (taken > 0).then_some(taken)
}
