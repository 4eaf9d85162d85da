//! What a format hands out, listed; it must open and close in turn.

use vpn_phone_doctor::formats::{Loss, Member, Sink};
use vpn_phone_doctor::input::Note;
use vpn_phone_doctor::source::LineRun;

/// Every input that was handed out.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Listing {
    members: Vec<Held>,
    open: bool,
    unpacked: u64,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Held {
    member: Member,
    bytes: Vec<u8>,
    notes: Vec<(Note, Loss)>,
}

/// As many as any case has.
const MEMBERS: usize = 1000;
/// Bytes of all of them: an archive unpacks to a thousand times its size.
const BYTES: u64 = 8 << 20;

impl Listing {
    /// Every opened input was closed.
    pub(super) fn check(&self) {
        assert!(!self.open, "{:?} was not closed", self.members.last());
    }
}

impl Sink for Listing {
    fn open(&mut self, member: Member) -> bool {
        assert!(!self.open, "{member:?} opens in another one");
        if self.members.len() >= MEMBERS {
            return false;
        }
        self.open = true;
        self.members.push(Held { member, ..Held::default() });
        true
    }

    fn push(&mut self, bytes: &[u8]) -> bool {
        assert!(self.open, "bytes of nothing");
        if let Some(held) = self.members.last_mut() {
            held.bytes.extend_from_slice(bytes);
        }
        self.wants_more()
    }

    fn place(&mut self, run: LineRun) {
        assert!(self.open, "{run:?} of nothing");
    }

    fn say(&mut self, note: Note, loss: Loss) {
        if let Some(held) = self.members.last_mut().filter(|_| self.open) {
            held.notes.push((note, loss));
        }
    }

    // An archive closes what was before, whether or not anything is open.
    fn close(&mut self) {
        self.open = false;
    }

    fn unpacked(&mut self, bytes: u64) -> bool {
        self.unpacked += bytes;
        self.wants_more()
    }

    fn wants_more(&self) -> bool {
        self.unpacked <= BYTES
    }
}
