//! What inputs hold, opened while they are read, and every limit on it.
//!
//! ```text
//! mail.eml ─► prt.tar.gz ─► logs/messages ─► …       each is open while its bytes come by
//! ```
//! Depth, number, unpacked bytes and how many times the dropped ones they are: all is counted here for everything that
//! one dropped file holds, whoever hands it out.

use crate::formats::{Loss, Member, Sink};
use crate::input::{Kind, Note};
use crate::intake::inside::{Aim, Depth, Inside};
use crate::intake::node::Node;
use crate::limits::Limits;
use crate::lines_near::Near;
use crate::sought::{Finder, FoundIn, FoundLines, Sought};
use crate::source::LineRun;
use crate::text::Text;

/// What all inputs of one dropped file share.
pub(super) struct Shared {
    /// Opens an input inside another one.
    open: fn(Inside) -> Box<dyn Opened>,
    pub(super) limits: Limits,
    /// Inputs opened so far, the dropped file included.
    inputs: usize,
    /// Bytes of the dropped file so far.
    pub(super) taken: u64,
    /// Bytes unpacked so far, at all depths.
    unpacked: u64,
    /// One input is looked for, and this gathers its lines; nothing else is opened.
    pub(super) near: Option<Near>,
    /// It came by.
    pub(super) met: bool,
    /// A text is looked for, and nothing is read.
    pub(super) search: Option<Search>,
}

/// A text that is looked for in all inputs of one dropped file.
pub(super) struct Search {
    pub(super) sought: Sought,
    /// Lines that may still be kept.
    most: usize,
    pub(super) found: FoundLines,
}

impl Search {
    /// Keeps at most so many lines.
    pub(super) fn new(sought: Sought, most: usize) -> Self {
        Self { sought, most, found: FoundLines::default() }
    }

    /// For the next input.
    pub(super) fn finder(&self) -> Finder {
        Finder::new(&self.sought, self.most)
    }

    /// An input at the end of a way was looked through.
    pub(super) fn looked(&mut self, members: &[u32], finder: Finder) {
        match finder.finish() {
            None => self.passed_by(),
            Some((found, long_lines)) => {
                self.long_lines(long_lines);
                self.most = self.most.saturating_sub(found.hits.len());
                if found.lines > 0 {
                    self.found.inputs.push(FoundIn { members: members.to_vec(), ..found });
                }
            }
        }
    }

    /// An input was not looked through.
    pub(super) fn passed_by(&mut self) {
        self.found.passed_by = self.found.passed_by.saturating_add(1);
    }

    /// Lines of which only the beginning was looked through.
    pub(super) fn long_lines(&mut self, count: u32) {
        self.found.long_lines = self.found.long_lines.saturating_add(count);
    }
}

impl Shared {
    pub(super) fn new(limits: &Limits, open: fn(Inside) -> Box<dyn Opened>) -> Self {
        let limits = limits.clone();
        Self { open, limits, inputs: 1, taken: 0, unpacked: 0, near: None, met: false, search: None }
    }
}

impl Shared {
    /// False once nothing more may be unpacked: there is too much of it, or more than anything real unpacks to.
    fn may_unpack(&self) -> bool {
        let limits = &self.limits.archive;
        let dense = self.unpacked >= limits.ratio_from && self.unpacked / self.taken.max(1) >= limits.ratio;
        self.unpacked < limits.unpacked && !dense
    }
}

/// An input that was opened and takes bytes.
pub(super) trait Opened {
    /// Takes the next bytes.
    fn push(&mut self, bytes: &[u8], shared: &mut Shared);
    /// Its next lines stood there in a file that they were taken out of.
    fn place(&mut self, run: LineRun, shared: &mut Shared);
    /// Keeps what its holder says of it.
    fn say(&mut self, note: Note, loss: Loss);
    /// False where further bytes would change nothing.
    fn wants_more(&self, shared: &Shared) -> bool;
    /// All bytes were given, or no more are wanted. Nothing where it is the one that was looked for.
    fn finish(self: Box<Self>, shared: &mut Shared) -> Option<Node>;
}

/// What an input holds, as far as it was handed out.
#[derive(Default)]
pub(super) struct Holding {
    pub(super) nodes: Vec<Node>,
    open: Option<Box<dyn Opened>>,
    /// How many were handed out, whether or not they were opened.
    members: u32,
    /// Not opened: too deep, and too many.
    deep: bool,
    over: usize,
}

impl Holding {
    /// Files what was held, and says what was not opened.
    pub(super) fn into_node(self, node: &mut Node) {
        node.children = self.nodes;
        if self.deep {
            node.partly(TOO_DEEP);
        }
        if self.over > 0 {
            node.partly(too_many(self.over));
        }
    }
}

/// The door through which an input hands out what it holds.
pub(super) struct Nested<'a> {
    pub(super) holding: &'a mut Holding,
    pub(super) shared: &'a mut Shared,
    /// Of the holder.
    pub(super) depth: Depth,
    /// What the holder is.
    pub(super) holder: Kind,
    pub(super) aim: &'a Aim,
}

impl Sink for Nested<'_> {
    fn open(&mut self, member: Member) -> bool {
        self.close();
        let index = self.holding.members;
        self.holding.members += 1;
        let Some(aim) = self.aim.of(index, &member) else { return false };
        // What was a file of its own is in no archive, wherever its lines come from.
        let depth = self.depth.inside(if member.stood_alone { Kind::Unknown } else { self.holder });
        let limits = &self.shared.limits;
        let deep = depth.texts > limits.depth || depth.archives > limits.packed;
        let over = self.shared.inputs >= limits.children;
        if deep || over {
            self.holding.deep |= deep;
            self.holding.over += usize::from(!deep);
            self.shared.search.iter_mut().for_each(Search::passed_by);
            return false;
        }
        self.shared.inputs += 1;
        let session = self.holder == Kind::Terminal;
        let inside = Inside { member, index, session, depth, aim };
        self.holding.open = Some((self.shared.open)(inside));
        true
    }

    fn push(&mut self, bytes: &[u8]) -> bool {
        let Some(open) = &mut self.holding.open else { return false };
        open.push(bytes, self.shared);
        open.wants_more(self.shared)
    }

    fn place(&mut self, run: LineRun) {
        if let Some(open) = &mut self.holding.open {
            open.place(run, self.shared);
        }
    }

    fn close(&mut self) {
        if let Some(open) = self.holding.open.take() {
            self.holding.nodes.extend(open.finish(self.shared));
        }
    }

    fn say(&mut self, note: Note, loss: Loss) {
        if let Some(open) = &mut self.holding.open {
            open.say(note, loss);
        }
    }

    fn unpacked(&mut self, bytes: u64) -> bool {
        self.shared.unpacked = self.shared.unpacked.saturating_add(bytes);
        self.shared.may_unpack()
    }

    fn wants_more(&self) -> bool {
        !self.shared.met && self.shared.may_unpack()
    }
}

/// A door behind which nothing is: for the head of a file that is not read.
pub(super) struct Closed;

impl Sink for Closed {
    fn open(&mut self, _member: Member) -> bool {
        false
    }

    fn push(&mut self, _bytes: &[u8]) -> bool {
        false
    }

    fn place(&mut self, _run: LineRun) {}

    fn say(&mut self, _note: Note, _loss: Loss) {}

    fn close(&mut self) {}

    fn unpacked(&mut self, _bytes: u64) -> bool {
        false
    }

    fn wants_more(&self) -> bool {
        false
    }
}

fn too_many(left: usize) -> Text {
    MORE_INPUTS.number("left", left)
}

const MORE_INPUTS: Text = Text::fixed(
    "{left} more inputs inside were not read: there are too many. Drop those that matter as files of their own.",
    "{left} weitere Dateien darin wurden nicht gelesen: Es sind zu viele. Legen Sie die wichtigen als eigene Dateien ab.",
);

const TOO_DEEP: Text = Text::fixed(
    "There are more inputs inside, nested too deep to be read. Drop them as files of their own.",
    "Darin liegen weitere Dateien, zu tief verschachtelt, um gelesen zu werden. Legen Sie sie als eigene Dateien ab.",
);
