//! Between a reader and who gets its events: limits, checksums, and what was answered.

use super::crc::{self, Crc};
use super::inflate::Piece;
use super::{End, Event, Member, Next, Note, Sink, Trouble};
use crate::limits::ArchiveLimits;

/// Where a reader's events go.
pub(super) struct Outlet {
    pub(super) limits: ArchiveLimits,
    crc: Crc,
    /// Members so far, and those beyond the limit.
    members: u64,
    left_out: u64,
    /// Bytes unpacked so far, of all members.
    unpacked: u64,
    /// Bytes of the member's content, and those of its packed form.
    length: u64,
    packed: u64,
    checksum: u32,
    troubles: Vec<Trouble>,
    /// A member has begun and its end is not told.
    open: bool,
    /// The member's events are told at all, and its content is wanted.
    shown: bool,
    wanted: bool,
    stopped: bool,
}

impl Outlet {
    pub(super) fn new(limits: &ArchiveLimits) -> Self {
        Self {
            limits: limits.clone(),
            crc: Crc::new(),
            members: 0,
            left_out: 0,
            unpacked: 0,
            length: 0,
            packed: 0,
            checksum: crc::EMPTY,
            troubles: Vec::new(),
            open: false,
            shown: false,
            wanted: false,
            stopped: false,
        }
    }

    /// True once nothing more is wanted.
    pub(super) const fn stopped(&self) -> bool {
        self.stopped
    }

    /// True between a member's beginning and its end.
    pub(super) const fn open(&self) -> bool {
        self.open
    }

    /// True where the member's content is wanted.
    pub(super) const fn wanted(&self) -> bool {
        self.wanted && !self.stopped
    }

    /// True once no member may be unpacked any further.
    pub(super) const fn full(&self) -> bool {
        self.unpacked >= self.limits.unpacked
    }

    /// Members so far, those beyond the limit included.
    pub(super) const fn members(&self) -> u64 {
        self.members
    }

    /// Bytes of the open member so far.
    pub(super) const fn length(&self) -> u64 {
        self.length
    }

    /// A member begins.
    pub(super) fn begin(&mut self, member: &mut Member, sink: &mut Sink<'_>) {
        self.troubles.clear();
        if member.name.bytes.len() > self.limits.name {
            member.name.cut(self.limits.name);
            self.troubles.push(Trouble::NameCut);
        }
        (self.length, self.packed, self.checksum) = (0, 0, crc::EMPTY);
        (self.open, self.shown, self.wanted) = (true, true, true);
        self.members += 1;
        if self.members > self.limits.members {
            self.left_out += 1;
            (self.shown, self.wanted) = (false, false);
            return;
        }
        self.tell(Event::Begin(member), sink);
    }

    /// The next bytes of its content, as they stand in the archive.
    pub(super) fn copied(&mut self, bytes: &[u8], sink: &mut Sink<'_>) {
        self.length += bytes.len() as u64;
        if self.wanted && !bytes.is_empty() {
            self.tell(Event::Data(bytes), sink);
        }
    }

    /// The same, with its checksum.
    pub(super) fn checked(&mut self, bytes: &[u8], sink: &mut Sink<'_>) {
        if self.wanted {
            self.checksum = self.crc.update(self.checksum, bytes);
        }
        self.copied(bytes, sink);
    }

    /// Content that was just unpacked; false where it must not go on.
    #[must_use]
    pub(super) fn unpacked(&mut self, piece: &Piece<'_>, sink: &mut Sink<'_>) -> bool {
        let bytes = piece.bytes;
        self.packed += piece.taken as u64;
        let left = self.limits.unpacked.saturating_sub(self.unpacked);
        let allowed = bytes.get(..usize::try_from(left).unwrap_or(usize::MAX)).unwrap_or(bytes);
        self.unpacked += allowed.len() as u64;
        self.copied(allowed, sink);
        self.checksum = piece.checksum;
        if allowed.len() < bytes.len() {
            self.trouble(Trouble::TooMuch);
            return false;
        }
        // Looked at only where the window is full: there the numbers are the same in whatever chunks the input came.
        if piece.full && self.length >= self.limits.ratio_from {
            let packed = self.packed.max(1);
            if self.length / packed >= self.limits.ratio {
                self.trouble(Trouble::TooDense);
                return false;
            }
            if self.length / packed >= self.limits.ratio_noted {
                self.trouble(Trouble::Dense);
            }
        }
        true
    }

    /// A checksum of other bytes than content.
    pub(super) fn other_checksum(&self, checksum: u32, bytes: &[u8]) -> u32 {
        self.crc.update(checksum, bytes)
    }

    /// Compares its content with what the archive says of it.
    pub(super) fn compare(&mut self, checksum: u32, length: u64) {
        if self.length != length {
            self.trouble(Trouble::Length { claimed: length });
        } else if self.wanted && self.checksum != checksum {
            self.trouble(Trouble::Checksum);
        }
    }

    /// The checksum so far; `None` where it was not taken.
    pub(super) fn checksum(&self) -> Option<u32> {
        self.wanted.then_some(self.checksum)
    }

    /// Something is wrong with the member.
    pub(super) fn trouble(&mut self, trouble: Trouble) {
        let again = |one: &Trouble| std::mem::discriminant(one) == std::mem::discriminant(&trouble);
        if !self.troubles.iter().any(again) {
            self.troubles.push(trouble);
        }
    }

    /// The member ends.
    pub(super) fn end(&mut self, sink: &mut Sink<'_>) {
        if !std::mem::take(&mut self.open) {
            return;
        }
        let end = End { length: self.length, troubles: std::mem::take(&mut self.troubles) };
        if self.shown {
            self.tell(Event::End(&end), sink);
        }
    }

    /// Something that belongs to no member.
    pub(super) fn note(&mut self, note: Note, sink: &mut Sink<'_>) {
        self.tell(Event::Note(note), sink);
    }

    /// Tells of members beyond the limit.
    pub(super) fn finish(&mut self, sink: &mut Sink<'_>) {
        if self.left_out > 0 {
            self.note(Note::MembersLeftOut(self.left_out), sink);
        }
    }

    fn tell(&mut self, event: Event<'_>, sink: &mut Sink<'_>) {
        if self.stopped {
            return;
        }
        match sink(event) {
            Next::Go => {}
            Next::Skip => self.wanted = false,
            Next::Stop => self.stopped = true,
        }
    }
}
