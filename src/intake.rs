//! From one dropped file to a [`Reading`]: recognise, read, and open what is inside.
//!
//! ```text
//! chunks ─► Nest: claims, then readers ─► Node ┐
//!              │ push, open, close             ├─► Reading: holders before what they hold
//!              └─► Nest of what is inside ─► … ┘
//! ```
//! A file is read alone. [`read`] takes all its bytes; [`Intake`] takes them in chunks, and holds a file whole
//! only where its format has to be held whole. Who reads is decided by claims before any reader starts, and what an
//! input holds is opened while it comes, within limits that all inputs of one dropped file share.

use inside::Aim;
use nest::Nest;
use node::Node;
use sink::Shared;

use crate::input::{InputState, Kind, Note};
use crate::limits::Limits;
use crate::text::Text;

mod claims;
mod held;
mod inside;
pub mod lookup;
mod nest;
mod node;
mod numbered;
mod reading;
mod sink;
pub mod text_search;
mod too_long;
mod unread_kinds;
mod unrecognised;

pub use reading::{Document, Reading};
pub use too_long::Short;
pub use unread_kinds::{Met, Search};

/// Reads one file whose bytes are all there.
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Reading {
    let mut intake = Intake::new(name, bytes.len() as u64, limits);
    intake.push(bytes);
    intake.finish()
}

/// A file that could not be opened or read to its end.
pub fn unreadable(name: &str, bytes: u64, reason: Text) -> Reading {
    node::flat(Node::refused(name, bytes, reason), &Limits::default())
}

/// Reads one file in chunks of any size.
pub struct Intake {
    root: Nest,
    shared: Shared,
}

impl Intake {
    /// A file of `size` bytes, as far as that is known; a stream of unknown size may say `u64::MAX`.
    pub fn new(name: &str, size: u64, limits: &Limits) -> Self {
        Self { root: Nest::dropped(name, size, Aim::Reading), shared: Shared::new(limits, Nest::open) }
    }

    /// The person says what the file is: only the format of that kind reads it. To be said before the first chunk.
    #[must_use]
    pub fn read_as(mut self, kind: Kind) -> Self {
        self.root.said = Some(kind);
        self
    }

    /// Takes the next chunk.
    pub fn push(&mut self, chunk: &[u8]) {
        self.shared.taken += chunk.len() as u64;
        self.root.push(chunk, &mut self.shared);
    }

    /// The same, of a chunk that was looked through for words of other kinds before: another thread may do that while
    /// this one reads the chunk before it. What is read is the same.
    pub fn push_searched(&mut self, chunk: &[u8], met: &Met) {
        self.shared.taken += chunk.len() as u64;
        self.root.push_searched(chunk, met, &mut self.shared);
    }

    /// True where little of the last chunk was looked through: to look through the next one beforehand would take longer.
    pub fn passes_most(&self) -> bool {
        self.root.passes_most()
    }

    /// False where further chunks would change nothing: no streamed format claims the head of a file that is too
    /// large to be held, or the file is larger than anything that is read. It can be finished at once.
    pub fn wants_more(&self) -> bool {
        self.root.wants_more(&self.shared)
    }

    /// All chunks were given, or no more are wanted.
    pub fn finish(mut self) -> Reading {
        let node = self.root.finish(&mut self.shared).unwrap_or_default();
        node::flat(node, &self.shared.limits)
    }

    /// No more comes after `taken` bytes: what came is read, and that there is more is said.
    pub fn finish_short(self, taken: u64, why: Short) -> Reading {
        let size = self.root.bytes();
        let mut reading = self.finish();
        if let Some(file) = reading.inputs.first_mut() {
            file.bytes = size;
            if file.state == InputState::Read {
                file.state = InputState::PartlyRead;
            }
            file.notes.push(Note::whole(too_long::cut_short(taken, size, why)));
        }
        reading
    }
}

#[cfg(test)]
mod tests;
