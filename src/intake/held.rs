//! One input whose bytes are all there: what stands around its text is taken off, and whoever may reads it.

use crate::documents::Content;
use crate::formats::{How, Member, Parsed, Sample, Share, Sink as _, hand_out};
use crate::input::{InputState, Kind};
use crate::intake::claims::{self, Claimed, HOLDER, MAIL, PERSON_SAID, decode, said_or_claimed};
use crate::intake::inside::{Aim, Depth};
use crate::intake::node::Node;
use crate::intake::numbered::Places;
use crate::intake::sink::{Holding, Nested, Search, Shared};
use crate::intake::unrecognised;
use crate::limits::Limits;
use crate::lines::Decoded;
use crate::unwrap::{self, Unwrapped, Wrapped};

/// What is known of an input besides its bytes.
pub(super) struct Held {
    pub(super) member: Member,
    pub(super) said: Option<Kind>,
    pub(super) session: bool,
    pub(super) depth: Depth,
    pub(super) aim: Aim,
    /// Where its lines stood, if they were taken out of another file.
    pub(super) places: Places,
}

/// Reads an input that is held whole.
pub(super) fn read(held: Held, bytes: &[u8], shared: &mut Shared) -> Node {
    let Held { member, said, session, depth, aim, places } = held;
    let limits = &shared.limits.clone();
    let dropped = decode(bytes, limits);
    let long = dropped.long_lines() > 0;
    let dropped = places.clone().number(dropped);
    let sample = Sample {
        name: &member.name,
        command: member.command.as_deref(),
        bytes,
        text: &dropped,
        complete: true,
    };
    let claims = said_or_claimed(said, &sample);
    let unwrapped = unwrapped(&sample, &claims, long.then_some(&places), limits);
    let is_unwrapped = unwrapped.is_some();
    let Unwrapped { text, inside, notes, mail } = unwrapped.unwrap_or_default();
    let inside: Vec<_> = inside.into_iter().filter(|one| !one.field || is_known(one, limits)).collect();
    let taken_off = Sample { bytes: text.text().as_bytes(), text: &text, ..sample };
    let (sample, claims) = if is_unwrapped {
        let claims = said_or_claimed(said, &taken_off);
        (taken_off, claims)
    } else {
        (sample, claims)
    };
    let best = claims.first().map(|(claim, _)| claim.clone());
    // What a mail says in words of its own is no evidence that was not understood.
    let holder = if mail { Some(MAIL) } else { (!inside.is_empty()).then_some(HOLDER) };
    let mut node = match best.or(holder) {
        Some(best) => Node::of(&member.name, bytes.len() as u64, &best),
        None => unknown(&sample, session, bytes.len()),
    };
    let by_line = is_unwrapped || !places.is_empty();
    if let (Aim::Lines(way), Some(search)) = (&aim, &mut shared.search) {
        let bare = is_unwrapped.then_some(&text);
        look_through(search, way, (&dropped, bare), &claims);
    }
    let mut reader = Reader { holding: Holding::default(), depth, aim, shared, limits, by_line };
    if mail || !inside.is_empty() {
        reader.hand_out(inside, mail, &mut node);
    }
    if is_unwrapped {
        let state = if notes.is_empty() { InputState::Unrecognised } else { InputState::PartlyRead };
        node.take(Parsed { notes, state, ..Parsed::default() }, limits);
    }
    // Who looks for a text wants what an input holds, and not what it says.
    let searches = matches!(reader.aim, Aim::Lines(_));
    for (_, format) in claims::readers_of(&claims) {
        if searches && !matches!(format.read, How::Holder(_) | How::Unpacked(_)) {
            continue;
        }
        reader.read_with(&format.read, &sample, &mut node);
    }
    reader.holding.into_node(&mut node);
    // The lines of the dropped file, where no reader counted them.
    let lines = dropped.line_count();
    if (by_line || node.input.lines.is_none()) && lines > 0 {
        node.input.lines = Some(lines);
    }
    node
}

/// Looks through the lines of an input, and through the same without what stands around them.
fn look_through(
    search: &mut Search,
    way: &[u32],
    (dropped, bare): (&Decoded, Option<&Decoded>),
    claims: &[Claimed],
) {
    // What a signed file or an archive holds is looked through as an input of its own.
    let holds = claims.first().is_some_and(|(claim, format)| {
        claim.share == Share::Alone
            && claim.kind != Kind::Terminal
            && matches!(format.read, How::Holder(_) | How::Unpacked(_))
    });
    if holds {
        return;
    }
    if dropped.line_count() == 0 {
        return search.passed_by();
    }
    let mut finder = search.finder();
    dropped.lines().for_each(|line| finder.line(&line));
    bare.into_iter().flat_map(Decoded::lines).for_each(|line| finder.bare_line(&line));
    search.long_lines(dropped.long_lines());
    search.looked(way, finder);
}

struct Reader<'a> {
    holding: Holding,
    depth: Depth,
    aim: Aim,
    shared: &'a mut Shared,
    limits: &'a Limits,
    /// Something was taken off the text, or its lines are counted as they stood elsewhere: bytes would not tell that.
    by_line: bool,
}

impl Reader<'_> {
    fn sink(&mut self, holder: Kind) -> Nested<'_> {
        Nested { holding: &mut self.holding, shared: self.shared, depth: self.depth, holder, aim: &self.aim }
    }

    /// Files and outputs that lay in the text.
    fn hand_out(&mut self, inside: Vec<unwrap::Inside>, mail: bool, node: &mut Node) {
        let mut sink = self.sink(if mail { Kind::Archive } else { node.input.kind });
        for one in inside {
            let member = Member { name: one.name, command: one.command, ..Member::default() };
            hand_out(&mut sink, member, &one.bytes);
        }
        node.take(Parsed::read(Vec::new()), self.limits);
    }

    fn read_with(&mut self, how: &How, sample: &Sample<'_>, node: &mut Node) {
        let parsed = match how {
            How::Whole(read) => read(sample, self.limits),
            How::Holder(read) => read(sample, self.limits, &mut self.sink(node.input.kind)),
            How::Streamed(start) => {
                let mut reader = start(self.limits);
                if self.by_line {
                    sample.text.lines().for_each(|line| reader.line(line));
                } else {
                    reader.push(sample.bytes);
                }
                reader.finish()
            }
            How::Unpacked(start) => {
                let mut reader = start(sample, self.limits);
                let mut sink = self.sink(node.input.kind);
                reader.push(sample.bytes, &mut sink);
                let parsed = reader.finish(&mut sink);
                sink.close();
                parsed
            }
        };
        node.take(parsed, self.limits);
    }
}

/// The text without what stands around it. `cut` where lines of it are longer than is read: they are decoded anew, at
/// their places. `None` for binary data, for a plain text, and for a document that a format
/// wants as it is.
fn unwrapped(
    sample: &Sample<'_>,
    claims: &[Claimed],
    cut: Option<&Places>,
    limits: &Limits,
) -> Option<Unwrapped> {
    let alone = claims.first().is_some_and(|(claim, _)| {
        claim.share == Share::Alone && claim.kind != Kind::Terminal && claim.because != PERSON_SAID
    });
    if alone || sample.text.line_count() == 0 {
        return None;
    }
    let markup = claims.iter().any(|(claim, _)| matches!(claim.kind, Kind::PhoneStatus));
    let whole = |places: &Places| places.clone().number(Decoded::new(sample.bytes, sample.bytes.len() + 8));
    let long = cut.map(whole);
    let text = long.as_ref().unwrap_or(sample.text);
    unwrap::unwrap(&Wrapped { name: sample.name, text, markup }, limits)
}

/// A field of a record may hold anything; it is an input only where something of it is known.
fn is_known(one: &unwrap::Inside, limits: &Limits) -> bool {
    let text = decode(&one.bytes, limits);
    let sample = Sample {
        name: &one.name,
        command: one.command.as_deref(),
        bytes: &one.bytes,
        text: &text,
        complete: true,
    };
    let long = text.long_lines() > 0;
    let claims = claims::claims(&sample);
    !claims.is_empty() || unwrapped(&sample, &claims, long.then_some(&Places::default()), limits).is_some()
}

fn unknown(sample: &Sample<'_>, session: bool, size: usize) -> Node {
    let (input, seems) = unrecognised::listed(sample, session, size);
    Node { input, documents: seems.map(Content::Foreign).into_iter().collect(), ..Node::default() }
}
