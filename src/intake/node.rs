//! One input with all that was understood of it, and the inputs that it holds.
//!
//! A dropped file is a tree while it is read: a mail holds an archive, which holds a log. [`flat`] lists it with
//! holders before what they hold.

use std::collections::VecDeque;

use crate::documents::Content;
use crate::formats::{self, Claim, Der, Parsed};
use crate::input::{Input, InputState, Note};
use crate::intake::{Document, Reading};
use crate::limits::Limits;
use crate::text::Text;

/// An input and what it holds.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) input: Input,
    pub(super) documents: Vec<Content>,
    pub(super) children: Vec<Node>,
}

impl Node {
    /// An input of which only the claim is known.
    pub(super) fn of(name: &str, bytes: u64, claim: &Claim) -> Self {
        let input = Input {
            name: name.to_owned(),
            bytes,
            kind: claim.kind,
            because: claim.because.clone(),
            ..Input::default()
        };
        Self { input, ..Self::default() }
    }

    /// An input of which nothing can be had.
    pub(super) fn unread(name: &str, bytes: u64) -> Self {
        let input = Input { name: name.to_owned(), bytes, state: InputState::Refused, ..Input::default() };
        Self { input, ..Self::default() }
    }

    /// The same, and why.
    pub(super) fn refused(name: &str, bytes: u64, reason: Text) -> Self {
        let mut node = Self::unread(name, bytes);
        node.input.notes.push(Note::whole(reason));
        node
    }

    /// Files what one reader understood of the input.
    pub(super) fn take(&mut self, parsed: Parsed, limits: &Limits) {
        let mut notes = parsed.notes;
        self.documents.extend(parsed.documents);
        for der in parsed.certificates {
            self.take_certificate(&der, &mut notes, limits);
        }
        let input = &mut self.input;
        input.notes.append(&mut notes);
        if let Some(kind) = parsed.kind {
            input.kind = kind;
        }
        if let Some(lines) = parsed.lines {
            input.lines = Some(lines);
        }
        input.state = best_state(input.state, parsed.state);
    }

    /// Adds what has to be said of an input that was read in part only.
    pub(super) fn partly(&mut self, note: Text) {
        self.input.notes.push(Note::whole(note));
        self.input.state = InputState::PartlyRead;
    }

    fn take_certificate(&mut self, der: &Der, notes: &mut Vec<Note>, limits: &Limits) {
        let held = self.documents.iter().filter(|content| matches!(content, Content::Certificate(_))).count();
        if held == limits.certificates {
            notes.push(Note::whole(TOO_MANY_CERTIFICATES.number("held", held)));
        }
        if held < limits.certificates {
            let certificate = formats::x509::decode(der, limits);
            self.documents.push(Content::Certificate(Box::new(certificate)));
        }
    }
}

/// The tree as a list: all that one input holds stands together, behind its holder.
pub(super) fn flat(root: Node, limits: &Limits) -> Reading {
    let mut reading = Reading::default();
    let mut queue = VecDeque::from([(root, None)]);
    while let Some((node, inside)) = queue.pop_front() {
        let id = u32::try_from(reading.inputs.len()).unwrap_or(u32::MAX);
        let mut input = Input { inside, ..node.input };
        let over = input.notes.len().saturating_sub(limits.notes);
        input.notes.truncate(limits.notes);
        if over > 0 {
            input.notes.push(Note::whole(MORE_NOTES.number("over", over)));
        }
        reading.inputs.push(input);
        reading.documents.extend(node.documents.into_iter().map(|content| Document { input: id, content }));
        queue.extend(node.children.into_iter().map(|child| (child, Some(id))));
    }
    reading
}

/// Several readers share an input: it is read if one of them could read it, and partly read if one met damage.
fn best_state(before: InputState, now: InputState) -> InputState {
    use InputState::{PartlyRead, Read, Refused, Unrecognised};
    match (before, now) {
        (PartlyRead, _) | (_, PartlyRead) => PartlyRead,
        (Read, _) | (_, Read) => Read,
        (Refused, _) | (_, Refused) => Refused,
        (Unrecognised, Unrecognised) => Unrecognised,
    }
}

const TOO_MANY_CERTIFICATES: Text = Text::fixed(
    "Only the first {held} certificates were read. Drop the others as files of their own.",
    "Nur die ersten {held} Zertifikate wurden gelesen. Legen Sie die anderen als eigene Dateien ab.",
);
const MORE_NOTES: Text =
    Text::fixed("{over} more notes are not shown.", "{over} weitere Hinweise werden nicht gezeigt.");
