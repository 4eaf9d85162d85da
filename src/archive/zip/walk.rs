//! A zip that comes by: its members by the headers in front of them.
//!
//! A member whose header does not know its length ends where its packed data says so; a stored one where a record
//! stands that fits what came before it. What is encrypted or packed otherwise, of unknown length, is passed over up
//! to the next header.

use super::super::crc::Crc;
use super::super::feed::Feed;
use super::super::inflate::{Inflate, Then};
use super::super::outlet::Outlet;
use super::super::{Kind, Note, Sink, Trouble};
use super::entry::Entry;
use super::late::{LOOK_AHEAD, Measured};
use super::marks::{DEFLATED, END, END_64, LATE, LISTED, LOCAL, LOCATOR_64, STORED, u16_at, u64_at};
use crate::limits::ArchiveLimits;
use crate::tables::packings;

/// A reader of zip that needs no directory.
pub struct Zip {
    feed: Feed,
    body: Body,
}

struct Body {
    outlet: Outlet,
    inflate: Inflate,
    crc: Crc,
    state: State,
    /// The archive's byte that comes next.
    at: u64,
    /// The header of the open member, and bytes of its packed content so far.
    entry: Option<Entry>,
    packed: u64,
    /// Where bytes begin that are part of nothing.
    junk: Option<u64>,
    /// Entries of the directory that came by; and whether its end did.
    listed: u64,
    ended: bool,
    /// It begins with the mark of a split archive.
    split: bool,
    /// Nothing comes behind what is there.
    last: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// A header, or what is none.
    Header,
    Stored(u64),
    /// A stored member of unknown length: these many of the last bytes are held back, as they may be a record.
    StoredOpen,
    Deflated,
    /// The record behind a member.
    Late,
    /// Bytes of a member or the directory that nobody wants.
    Pass(u64),
    /// A member of unknown length that cannot be unpacked: to the next header.
    PassOpen,
}

/// A record without its mark, at its longest: what may turn out not to be content.
const HELD_BACK: usize = 20;

impl Zip {
    /// A reader of one archive.
    pub fn new(limits: &ArchiveLimits) -> Self {
        let body = Body {
            outlet: Outlet::new(limits),
            inflate: Inflate::default(),
            crc: Crc::new(),
            state: State::Header,
            at: 0,
            entry: None,
            packed: 0,
            junk: None,
            listed: 0,
            ended: false,
            split: false,
            last: false,
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
        self.body.last = true;
        let mut rest = std::mem::take(&mut self.feed).rest();
        while let Some(taken) = self.body.step(&rest, sink) {
            rest.drain(..taken.min(rest.len()));
        }
        self.body.finish(&rest, sink);
    }
}

impl Zip {
    /// The same for an archive that was whole and had no directory to go by.
    pub(super) fn finish_without_directory(&mut self, sink: &mut Sink<'_>) {
        self.finish(sink);
        if self.body.ended {
            self.body.outlet.note(Note::NoDirectory, sink);
        }
    }
}

impl Body {
    fn step(&mut self, bytes: &[u8], sink: &mut Sink<'_>) -> Option<usize> {
        let taken = match self.state {
            _ if self.outlet.stopped() => upto(bytes, u64::MAX),
            State::Header => self.header(bytes, sink),
            State::Stored(0) => {
                self.close(sink);
                Some(0)
            }
            State::Stored(left) => {
                let taken = upto(bytes, left)?;
                self.outlet.checked(bytes.get(..taken)?, sink);
                self.state = State::Stored(left - taken as u64);
                Some(taken)
            }
            State::StoredOpen => self.stored_open(bytes, sink),
            State::Deflated => self.deflated(bytes, sink),
            State::Late => self.late(bytes, sink),
            State::Pass(0) => {
                self.state = State::Header;
                Some(0)
            }
            State::Pass(left) => {
                let taken = upto(bytes, left)?;
                self.state = State::Pass(left - taken as u64);
                Some(taken)
            }
            State::PassOpen => self.pass_open(bytes),
        }?;
        self.at += taken as u64;
        Some(taken)
    }

    fn header(&mut self, bytes: &[u8], sink: &mut Sink<'_>) -> Option<usize> {
        let mark = bytes.get(..4).unwrap_or_default();
        match mark {
            LOCAL => {
                let entry = Entry::local(bytes)?;
                self.leave_junk(sink);
                let taken = entry.length;
                self.member(entry, sink);
                Some(taken)
            }
            LISTED => {
                let entry = Entry::listed(bytes)?;
                self.leave_junk(sink);
                self.listed += 1;
                Some(entry.length)
            }
            END => {
                let comment = u16_at(bytes, 20)?;
                self.leave_junk(sink);
                self.ended = true;
                self.state = State::Pass(u64::from(comment));
                Some(22)
            }
            END_64 => {
                // Its own size is at most the fixed fields and some data of its maker's.
                let size = u64_at(bytes, 4)?.min(64 << 10);
                self.leave_junk(sink);
                self.state = State::Pass(size);
                Some(12)
            }
            LOCATOR_64 => {
                bytes.get(..20)?;
                self.leave_junk(sink);
                Some(20)
            }
            // The mark of a split archive, or of one that was to be split and came out whole.
            LATE | b"PK00" if self.at == 0 => {
                self.split = mark == LATE;
                Some(4)
            }
            _ if bytes.len() < 4 => None,
            _ => {
                self.junk.get_or_insert(self.at);
                Some(next_mark(bytes))
            }
        }
    }

    /// Begins a member and settles how it is read.
    fn member(&mut self, entry: Entry, sink: &mut Sink<'_>) {
        let mut member = entry.member(self.at, &self.crc);
        self.outlet.begin(&mut member, sink);
        self.packed = 0;
        let unread = match entry.method {
            _ if entry.is_encrypted() => Some(Trouble::Encrypted),
            STORED | DEFLATED if self.outlet.full() => Some(Trouble::TooMuch),
            STORED | DEFLATED => None,
            method => {
                Some(packings::by_zip_method(method).map_or(Trouble::PackedUnknown(method), Trouble::Packed))
            }
        };
        let open = entry.is_open() && member.kind != Kind::Folder;
        self.state = match unread {
            Some(trouble) => {
                self.outlet.trouble(trouble);
                self.outlet.end(sink);
                if open { State::PassOpen } else { State::Pass(entry.packed) }
            }
            None if entry.method == DEFLATED => {
                self.inflate.start();
                State::Deflated
            }
            None if open => State::StoredOpen,
            None => State::Stored(entry.packed),
        };
        self.entry = Some(entry);
    }

    fn deflated(&mut self, bytes: &[u8], sink: &mut Sink<'_>) -> Option<usize> {
        let entry = self.entry.as_ref()?;
        let known = (!entry.is_open()).then_some(entry.packed);
        let left = known.map_or(u64::MAX, |packed| packed.saturating_sub(self.packed));
        let input = bytes.get(..usize::try_from(left).unwrap_or(usize::MAX)).unwrap_or(bytes);
        let Some(piece) = self.inflate.step(input) else {
            if left > 0 {
                return None;
            }
            // The content should go on and there is no more of it.
            self.outlet.trouble(Trouble::Damaged);
            self.close(sink);
            return Some(0);
        };
        let goes_on = self.outlet.unpacked(&piece, sink);
        let (taken, then) = (piece.taken, piece.then);
        self.packed += taken as u64;
        let left = left.saturating_sub(taken as u64);
        if then == Then::Damaged {
            self.outlet.trouble(Trouble::Damaged);
        }
        match then {
            Then::On if goes_on => {}
            // Packed bytes are left of which nothing comes.
            Then::Over if goes_on && known.is_some() && left > 0 => {
                self.outlet.trouble(Trouble::Damaged);
                self.give_up(left, sink);
            }
            Then::Over if goes_on => self.close(sink),
            _ if known.is_some() => self.give_up(left, sink),
            _ => {
                self.outlet.end(sink);
                self.state = State::PassOpen;
            }
        }
        Some(taken)
    }

    /// Ends a member early; so many of its bytes are left.
    fn give_up(&mut self, left: u64, sink: &mut Sink<'_>) {
        self.outlet.end(sink);
        self.state = State::Pass(left);
    }

    /// The content is over: it is compared with the header, or with the record that comes.
    fn close(&mut self, sink: &mut Sink<'_>) {
        let Some(entry) = &self.entry else { return };
        if entry.has_late_sizes() {
            self.state = State::Late;
            return;
        }
        self.outlet.compare(entry.checksum, entry.size);
        self.outlet.end(sink);
        self.state = State::Header;
    }

    fn late(&mut self, bytes: &[u8], sink: &mut Sink<'_>) -> Option<usize> {
        if bytes.len() < LOOK_AHEAD && !self.last {
            return None;
        }
        let entry = self.entry.take()?;
        let packed = if entry.method == DEFLATED { self.packed } else { self.outlet.length() };
        let size = Some(self.outlet.length());
        let measured = Measured { checksum: self.outlet.checksum(), packed, size };
        let taken = measured.record(bytes).unwrap_or_else(|| {
            let taken = Measured::misfit(bytes, entry.wide).min(bytes.len());
            // A folder may have the flag and no record.
            if taken > 0 || self.outlet.length() > 0 {
                self.outlet.trouble(if taken > 0 { Trouble::Checksum } else { Trouble::Cut });
            }
            taken
        });
        self.outlet.end(sink);
        self.state = State::Header;
        Some(taken)
    }

    /// Looks for the record that ends a stored member of unknown length. The bytes in front are its content, except
    /// that the last twenty may be a record without its mark.
    fn stored_open(&mut self, bytes: &[u8], sink: &mut Sink<'_>) -> Option<usize> {
        let mut from = 0;
        while let Some(place) = memchr::memmem::find(bytes.get(from..)?, b"PK") {
            let place = from + place;
            if bytes.len() < place + LOOK_AHEAD && !self.last {
                return self.hand_out(bytes, place.saturating_sub(HELD_BACK), sink);
            }
            let starts = match bytes.get(place + 2..place + 4) {
                Some([7, 8]) => [Some(place), None],
                Some([3, 4] | [1, 2]) => [12, HELD_BACK].map(|length| place.checked_sub(length)),
                _ => [None, None],
            };
            let fits = |start: &usize| self.length_fits(bytes, *start);
            match starts.into_iter().flatten().find(fits) {
                // The checksum of all that came is looked at once, with nothing in front of the record.
                Some(start) if start > 0 => return self.hand_out(bytes, start, sink),
                Some(_) => {
                    if let Some(length) = self.measured(0, self.outlet.checksum()).record(bytes) {
                        self.outlet.end(sink);
                        self.entry = None;
                        self.state = State::Header;
                        return Some(length);
                    }
                }
                None => {}
            }
            from = place + 2;
        }
        if self.last {
            self.outlet.checked(bytes, sink);
            self.outlet.trouble(Trouble::Cut);
            self.outlet.end(sink);
            self.entry = None;
            self.state = State::Header;
            return Some(bytes.len());
        }
        self.hand_out(bytes, bytes.len().saturating_sub(HELD_BACK + 1), sink)
    }

    /// True where a record begins whose lengths are those of the content up to it.
    fn length_fits(&self, bytes: &[u8], start: usize) -> bool {
        bytes.get(start..).is_some_and(|there| self.measured(start, None).record(there).is_some())
    }

    /// The stored content with so many more bytes.
    fn measured(&self, more: usize, checksum: Option<u32>) -> Measured {
        let length = self.outlet.length() + more as u64;
        Measured { checksum, packed: length, size: Some(length) }
    }

    fn hand_out(&mut self, bytes: &[u8], taken: usize, sink: &mut Sink<'_>) -> Option<usize> {
        if taken == 0 {
            return None;
        }
        self.outlet.checked(bytes.get(..taken)?, sink);
        Some(taken)
    }

    fn pass_open(&mut self, bytes: &[u8]) -> Option<usize> {
        let mark = bytes.get(..4);
        if mark.is_some_and(|mark| [LOCAL, LISTED, END].contains(&mark)) {
            self.state = State::Header;
            return Some(0);
        }
        mark?;
        Some(next_mark(bytes))
    }

    fn leave_junk(&mut self, sink: &mut Sink<'_>) {
        if let Some(at) = self.junk.take() {
            self.outlet.note(Note::Junk { at, bytes: self.at - at }, sink);
        }
    }

    fn finish(&mut self, left: &[u8], sink: &mut Sink<'_>) {
        if self.outlet.open() {
            self.outlet.trouble(if self.split { Trouble::Split } else { Trouble::Cut });
            self.outlet.end(sink);
        } else if self.state == State::Header && !left.is_empty() && self.junk.is_none() {
            let known = [LOCAL, LISTED, END, END_64, LOCATOR_64]
                .iter()
                .any(|mark| left.get(..4).map_or_else(|| mark.starts_with(left), |start| start == *mark));
            let (at, bytes) = (self.at, left.len() as u64);
            self.outlet.note(if known { Note::Cut { at } } else { Note::Junk { at, bytes } }, sink);
        }
        self.at += left.len() as u64;
        self.leave_junk(sink);
        if !self.ended && self.at > 0 {
            self.outlet.note(Note::NoEnd, sink);
        } else if self.listed != self.outlet.members() {
            let (listed, walked) = (self.listed, self.outlet.members());
            self.outlet.note(Note::DirectoryDiffers { listed, walked }, sink);
        }
        self.outlet.finish(sink);
    }
}

/// Bytes to the next place where a header may begin: behind the first one, before what may be its start.
fn next_mark(bytes: &[u8]) -> usize {
    let behind = bytes.get(1..).unwrap_or_default();
    memchr::memmem::find(behind, b"PK").map_or_else(
        || if behind.last() == Some(&b'P') { behind.len() } else { bytes.len() },
        |place| place + 1,
    )
}

/// How many of the bytes there are belong to the next `left`; `None` where there are none.
fn upto(bytes: &[u8], left: u64) -> Option<usize> {
    let taken = bytes.len().min(usize::try_from(left).unwrap_or(usize::MAX));
    (taken > 0).then_some(taken)
}
