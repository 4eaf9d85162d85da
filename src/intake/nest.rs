//! One input while its bytes come: held whole, read in chunks by those that claimed its head, or passed by.
//!
//! A file that can be held is, because its end may hold what its head does not show. An archive is not: its members
//! are opened while it comes.

use crate::formats::{Claim, Format, How, Loss, Member, Sample, Share, Stream, Unpack};
use crate::input::{InputState, Kind, Note};
use crate::intake::claims::{self, Unclaimed};
use crate::intake::inside::{Aim, Depth, Inside};
use crate::intake::node::Node;
use crate::intake::numbered::{Numbered, Places};
use crate::intake::sink::{Holding, Nested, Opened, Search, Shared};
use crate::intake::unread_kinds::{self, Met, UnreadKinds};
use crate::intake::{held, too_long};
use crate::limits::Limits;
use crate::sought::Finder;
use crate::source::LineRun;

/// An input of which bytes are still to come.
pub(super) struct Nest {
    pub(super) member: Member,
    pub(super) said: Option<Kind>,
    /// Its number among what its holder handed out.
    index: u32,
    /// Bytes as far as that is known; `u64::MAX` where a stream does not tell.
    pub(super) size: u64,
    pub(super) taken: u64,
    /// Its holder is a recorded session.
    session: bool,
    depth: Depth,
    aim: Aim,
    phase: Phase,
    holding: Holding,
    /// Where its lines stood, if they were taken out of another file.
    places: Places,
    /// What its holder says of it, and what of it cannot be had.
    said_of_it: Vec<Note>,
    loss: Loss,
}

enum Phase {
    Held {
        bytes: Vec<u8>,
        /// The head was looked at for an archive.
        looked: bool,
        /// The head was looked at for readers of streams, and there is none.
        unclaimed: Option<Unclaimed>,
    },
    Streamed(Streams),
    Unpacked(Claim, Box<dyn Unpack>),
    /// Too large to be held, and only looked through; its lines may be counted as they stood elsewhere.
    LookedThrough(Box<Finder>, Option<Box<Numbered>>),
}

/// The streamed readers of an input that is too large to be held.
struct Streams {
    claim: Claim,
    /// Only those that claimed the input: no chunk goes to another.
    readers: Vec<Box<dyn Stream>>,
    /// Its lines are counted as they stood elsewhere.
    numbered: Option<Box<Numbered>>,
    /// What stands around its lines stays there.
    wrapped: bool,
    /// Kinds that the head holds as well, and whose formats need the whole input.
    left: Vec<Kind>,
    /// Kinds that come behind the head, and whose readers did not claim it.
    unread: UnreadKinds,
    /// Most of the last chunk was passed over by a reader.
    passes_most: bool,
}

impl Nest {
    /// A dropped file.
    pub(super) fn dropped(name: &str, size: u64, aim: Aim) -> Self {
        let member = Member { name: name.to_owned(), ..Member::default() };
        let inside = Inside { member, index: 0, session: false, depth: Depth::default(), aim };
        Self { size, ..Self::inside(inside) }
    }

    /// What another input hands out.
    pub(super) fn open(inside: Inside) -> Box<dyn Opened> {
        Box::new(Self::inside(inside))
    }

    fn inside(Inside { member, index, session, depth, aim }: Inside) -> Self {
        Self {
            size: member.bytes.unwrap_or_default(),
            member,
            said: None,
            index,
            taken: 0,
            session,
            depth,
            aim,
            phase: Phase::Held { bytes: Vec::new(), looked: false, unclaimed: None },
            holding: Holding::default(),
            places: Places::default(),
            said_of_it: Vec::new(),
            loss: Loss::Nothing,
        }
    }

    /// It is the one input that is looked for.
    fn is_met(&self) -> bool {
        matches!(&self.aim, Aim::Place(way) if way.is_empty())
    }

    pub(super) fn push(&mut self, chunk: &[u8], shared: &mut Shared) {
        self.taken += chunk.len() as u64;
        if self.is_met() {
            shared.near.iter_mut().for_each(|near| near.push(chunk));
        } else if self.taken <= shared.limits.streamed {
            self.take(chunk, shared);
        }
    }

    /// The same of a chunk that was looked through for words of other kinds.
    pub(super) fn push_searched(&mut self, chunk: &[u8], met: &Met, shared: &mut Shared) {
        match &mut self.phase {
            Phase::Streamed(streams) if !chunk.is_empty() => {
                self.taken += chunk.len() as u64;
                if self.taken <= shared.limits.streamed {
                    streams.push(chunk, Some(met));
                }
            }
            _ => self.push(chunk, shared),
        }
    }

    fn take(&mut self, chunk: &[u8], shared: &mut Shared) {
        match &mut self.phase {
            Phase::Streamed(streams) => streams.push(chunk, None),
            Phase::LookedThrough(finder, None) => finder.push(chunk),
            Phase::LookedThrough(finder, Some(numbered)) => numbered.push(chunk, |line| finder.line(&line)),
            Phase::Unpacked(claim, reader) => {
                let mut sink = Nested {
                    holding: &mut self.holding,
                    shared,
                    depth: self.depth,
                    holder: claim.kind,
                    aim: &self.aim,
                };
                reader.push(chunk, &mut sink);
            }
            Phase::Held { bytes, looked, .. } => {
                let head = to_usize(shared.limits.head);
                let first = if *looked { 0 } else { head.saturating_sub(bytes.len()).min(chunk.len()) };
                let (first, rest) = chunk.split_at(first);
                bytes.extend_from_slice(first);
                if !*looked && bytes.len() >= head {
                    *looked = true;
                    self.look_for_archive(shared);
                }
                if !matches!(self.phase, Phase::Held { .. }) {
                    return self.take(rest, shared);
                }
                self.hold(rest, shared);
            }
        }
    }

    /// The head is there: an archive is opened while it comes.
    fn look_for_archive(&mut self, shared: &mut Shared) {
        if self.said.is_some() || self.member.command.is_some() {
            return;
        }
        let Phase::Held { bytes, .. } = &mut self.phase else { return };
        let text = claims::decode(bytes, &shared.limits);
        let sample = Sample { name: &self.member.name, command: None, bytes, text: &text, complete: false };
        let Some((claim, format)) = claims::unpacker(&sample) else { return };
        let How::Unpacked(start) = format.read else { return };
        let reader = start(&sample, &shared.limits);
        let head = std::mem::take(bytes);
        self.phase = Phase::Unpacked(claim, reader);
        self.take(&head, shared);
    }

    fn hold(&mut self, chunk: &[u8], shared: &Shared) {
        let limits = &shared.limits;
        let Phase::Held { bytes, unclaimed, .. } = &mut self.phase else { return };
        if bytes.len() as u64 <= limits.whole {
            bytes.extend_from_slice(chunk);
        }
        // A file that could still be held is: its end may hold what its head does not show.
        let over = bytes.len() as u64 > limits.whole;
        let long = self.size > limits.whole && bytes.len() as u64 >= limits.head;
        if (over || long) && unclaimed.is_none() {
            match &shared.search {
                Some(search) => self.look_through(search.finder(), limits),
                None => self.start_streams(limits),
            }
        }
    }

    /// Looks through what came and what is to come, and holds nothing of it.
    fn look_through(&mut self, finder: Finder, limits: &Limits) {
        let Phase::Held { bytes, .. } = &mut self.phase else { return };
        let bytes = std::mem::take(bytes);
        let numbered = self.numbered(limits);
        self.phase = Phase::LookedThrough(Box::new(finder), numbered);
        match &mut self.phase {
            Phase::LookedThrough(finder, None) => finder.push(&bytes),
            Phase::LookedThrough(finder, Some(numbered)) => numbered.push(&bytes, |line| finder.line(&line)),
            _ => {}
        }
    }

    /// Counts its lines as they stood elsewhere, where they did.
    fn numbered(&mut self, limits: &Limits) -> Option<Box<Numbered>> {
        let places = std::mem::take(&mut self.places);
        (!places.is_empty()).then(|| Box::new(Numbered::new(limits.line, places)))
    }

    fn start_streams(&mut self, limits: &Limits) {
        let Phase::Held { bytes, unclaimed, .. } = &mut self.phase else { return };
        let head = bytes.get(..bytes.len().min(to_usize(limits.head))).unwrap_or_default();
        let text = claims::decode(head, limits);
        let sample = Sample {
            name: &self.member.name,
            command: self.member.command.as_deref(),
            bytes: head,
            text: &text,
            complete: false,
        };
        let claimed = claims::said_or_claimed(self.said, &sample);
        let (streamed, whole): (Vec<_>, Vec<_>) = claims::readers_of_stream(&claimed)
            .into_iter()
            .partition(|(_, format)| matches!(format.read, How::Streamed(_)));
        let Some((claim, _)) = streamed.first() else {
            *unclaimed = Some(Unclaimed::of(&sample, &claimed, limits));
            return;
        };
        let start = |format: &Format| match format.read {
            How::Streamed(start) => Some(start(limits)),
            _ => None,
        };
        let readers: Vec<Box<dyn Stream>> = streamed.iter().filter_map(|(_, format)| start(format)).collect();
        let wrapped = too_long::is_wrapped(&self.member.name, head, limits);
        let left = whole.iter().map(|(claim, _)| claim.kind).collect();
        let read: Vec<Kind> = streamed.iter().map(|(claim, _)| claim.kind).collect();
        // Whoever says what a file is gets it read as that alone, and what a packet carries is no other part of the file.
        let alone = self.said.is_some() || claim.share == Share::Alone;
        let unread = if alone { UnreadKinds::none() } else { UnreadKinds::beside(&read) };
        let (claim, head) = (claim.clone(), std::mem::take(bytes));
        let numbered = self.numbered(limits);
        let mut streams = Streams { claim, readers, numbered, wrapped, left, unread, passes_most: false };
        streams.push(&head, None);
        self.phase = Phase::Streamed(streams);
    }

    /// False where further chunks would change nothing.
    pub(super) fn wants_more(&self, shared: &Shared) -> bool {
        if self.is_met() {
            return shared.near.as_ref().is_some_and(|near| near.wants_more());
        }
        let unpacks = match &self.phase {
            Phase::Unpacked(_, reader) => reader.wants_more(),
            _ => true,
        };
        unpacks
            && !shared.met
            && !self.cannot_be_held(&shared.limits)
            && self.bytes() <= shared.limits.streamed
    }

    /// True where a reader passed over most of the last chunk: little is left in which words of other kinds may stand.
    pub(super) fn passes_most(&self) -> bool {
        matches!(&self.phase, Phase::Streamed(streams) if streams.passes_most)
    }

    /// Nobody reads it by its head, and it is too large to be held whole.
    fn cannot_be_held(&self, limits: &Limits) -> bool {
        matches!(&self.phase, Phase::Held { unclaimed: Some(_), .. }) && self.bytes() > limits.whole
    }

    /// Its bytes: as many as came, or as many as it was said to have. A stream of unknown size says nothing.
    pub(super) fn bytes(&self) -> u64 {
        if self.size == u64::MAX { self.taken } else { self.taken.max(self.size) }
    }

    /// All chunks were given, or no more are wanted. Nothing where it is the one that was looked for.
    pub(super) fn finish(mut self, shared: &mut Shared) -> Option<Node> {
        if self.is_met() {
            shared.met = true;
            return None;
        }
        let (index, lines) = (self.index, self.member.lines.clone());
        let notes = std::mem::take(&mut self.said_of_it);
        let loss = self.loss;
        let mut node = if loss == Loss::Everything && self.taken == 0 {
            shared.search.iter_mut().for_each(Search::passed_by);
            Node::unread(&self.member.name, self.size)
        } else {
            self.understood(shared)
        };
        // Who does not know what an input is does not know what its missing part would have told.
        if loss > Loss::Nothing && node.input.state != InputState::Refused {
            node.input.state = InputState::PartlyRead;
        }
        node.input.notes.extend(notes);
        node.input.member = index;
        node.input.lines_inside = lines;
        Some(node)
    }

    fn understood(self, shared: &mut Shared) -> Node {
        let over = self.bytes() > shared.limits.streamed;
        let bytes = if self.wants_more(shared) { self.taken } else { self.bytes() };
        let limits = shared.limits.clone();
        let Self { member, said, session, depth, aim, phase, mut holding, places, .. } = self;
        if let Some(search) = shared.search.as_mut().filter(|_| over) {
            search.passed_by();
        }
        match phase {
            _ if over => {
                let claim = match phase {
                    Phase::Streamed(Streams { claim, .. }) | Phase::Unpacked(claim, _) => Some(claim),
                    Phase::Held { unclaimed, .. } => unclaimed.and_then(|head| head.claim),
                    Phase::LookedThrough(..) => None,
                };
                let head = claim.map(|claim| Unclaimed { claim: Some(claim), refusal: Vec::new() });
                refused(&member.name, bytes, head, limits.streamed)
            }
            Phase::Streamed(streams) => streams.finish(&member.name, bytes, &limits),
            Phase::LookedThrough(mut finder, numbered) => {
                if let Some(numbered) = numbered {
                    numbered.finish(|line| finder.line(&line));
                }
                if let (Aim::Lines(way), Some(search)) = (&aim, &mut shared.search) {
                    search.looked(way, *finder);
                }
                Node::default()
            }
            Phase::Unpacked(claim, reader) => {
                let mut node = Node::of(&member.name, bytes, &claim);
                let mut sink = Nested { holding: &mut holding, shared, depth, holder: claim.kind, aim: &aim };
                let parsed = reader.finish(&mut sink);
                node.take(parsed, &limits);
                holding.into_node(&mut node);
                node
            }
            Phase::Held { bytes: held, unclaimed, .. }
                if held.len() as u64 > limits.whole || unclaimed.is_some() && bytes > limits.whole =>
            {
                refused(&member.name, bytes, unclaimed, limits.whole)
            }
            Phase::Held { bytes: held, .. } => {
                held::read(held::Held { member, said, session, depth, aim, places }, &held, shared)
            }
        }
    }
}

impl Opened for Nest {
    fn push(&mut self, bytes: &[u8], shared: &mut Shared) {
        Self::push(self, bytes, shared);
    }

    fn place(&mut self, run: LineRun, shared: &mut Shared) {
        if self.is_met() {
            shared.near.iter_mut().for_each(|near| near.stood_at(run.holder_byte));
            return;
        }
        match &mut self.phase {
            Phase::Streamed(streams) => streams.numbered.iter_mut().for_each(|numbered| numbered.add(run)),
            Phase::LookedThrough(_, numbered) => numbered.iter_mut().for_each(|numbered| numbered.add(run)),
            _ => self.places.add(run),
        }
    }

    fn say(&mut self, note: Note, loss: Loss) {
        self.said_of_it.push(note);
        self.loss = self.loss.max(loss);
    }

    fn wants_more(&self, shared: &Shared) -> bool {
        Self::wants_more(self, shared)
    }

    fn finish(self: Box<Self>, shared: &mut Shared) -> Option<Node> {
        Self::finish(*self, shared)
    }
}

impl Streams {
    fn push(&mut self, chunk: &[u8], met: Option<&Met>) {
        let Self { readers, numbered, unread, passes_most, .. } = self;
        match numbered {
            Some(numbered) => {
                numbered.push(chunk, |line| readers.iter_mut().for_each(|reader| reader.line(line)));
            }
            None => readers.iter_mut().for_each(|reader| reader.push(chunk)),
        }
        let passed = readers.iter().map(|reader| reader.passed_over()).find(|runs| !runs.is_empty());
        let passed = passed.unwrap_or_default();
        *passes_most = passed.iter().map(ExactSizeIterator::len).sum::<usize>() > chunk.len() / 2;
        unread.push(chunk, passed, met);
    }

    fn finish(mut self, name: &str, bytes: u64, limits: &Limits) -> Node {
        let mut node = Node::of(name, bytes, &self.claim);
        let readers = &mut self.readers;
        let lines = self
            .numbered
            .map(|numbered| numbered.finish(|line| readers.iter_mut().for_each(|reader| reader.line(line))));
        let mut backwards = false;
        for reader in self.readers {
            let parsed = reader.finish();
            backwards |= too_long::runs_backwards(&parsed);
            node.take(parsed, limits);
        }
        node.input.lines = lines.or(node.input.lines);
        let limit = limits.whole;
        let notes = self.wrapped.then(|| too_long::wrapped(limit)).into_iter();
        let notes = notes.chain(backwards.then(|| too_long::backwards(limit)));
        let notes = notes.chain(self.left.into_iter().map(|kind| too_long::left(kind, limit)));
        let unread = self.unread.met().into_iter().map(|kind| unread_kinds::unread(kind, limit));
        notes.chain(unread).for_each(|note| node.partly(note));
        node
    }
}

/// An input that is refused for its size, or for what it is.
fn refused(name: &str, bytes: u64, head: Option<Unclaimed>, limit: u64) -> Node {
    let mut node = Node::refused(name, bytes, too_long::over_limit(bytes, limit));
    let Some(Unclaimed { claim: Some(claim), refusal }) = head else { return node };
    node.input.kind = claim.kind;
    node.input.because = claim.because;
    if !refusal.is_empty() {
        node.input.notes = refusal;
    }
    node
}

fn to_usize(size: u64) -> usize {
    usize::try_from(size).unwrap_or(usize::MAX)
}
