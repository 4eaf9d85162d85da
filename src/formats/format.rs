//! What every format is made of: how it recognises an input, how it takes the bytes, and what it hands back.
//!
//! Each format has a `FORMAT`; the list of all is `ALL` in this folder's `mod.rs`.

use std::ops::Range;

use crate::documents::{Content, Holder};
use crate::input::{InputState, Kind, Note};
use crate::limits::{Limits, Lists};
use crate::lines::{Decoded, Line};
use crate::source::{At, LineRun};
use crate::text::Text;

/// One format.
pub struct Format {
    /// Its name in messages to developers.
    pub name: &'static str,
    /// Whether an input is of this format, and why.
    pub recognise: fn(&Sample<'_>) -> Option<Claim>,
    /// The strength of its strongest claim.
    pub most: u8,
    /// How it is read.
    pub read: How,
}

/// How a format takes its bytes.
pub enum How {
    /// All at once.
    Whole(fn(&Sample<'_>, &Limits) -> Parsed),
    /// All at once, and inputs inside are handed out meanwhile.
    Holder(fn(&Sample<'_>, &Limits, &mut dyn Sink) -> Parsed),
    /// In chunks of any size.
    Streamed(fn(&Limits) -> Box<dyn Stream>),
    /// In chunks of any size, and inputs inside are handed out meanwhile. The sample is the head; it comes again in the
    /// chunks.
    Unpacked(fn(&Sample<'_>, &Limits) -> Box<dyn Unpack>),
}

/// A streamed reader. It keeps what it recognised, never the text.
pub trait Stream {
    /// Takes the next chunk.
    fn push(&mut self, chunk: &[u8]);
    /// Whole lines of the last chunk, in runs and in order, that are the format's own and hold nothing else: nobody has
    /// to look at them again.
    fn passed_over(&self) -> &[Range<usize>] {
        &[]
    }
    /// Takes the next line of a text from which something was taken off; chunks and lines are never mixed.
    fn line(&mut self, line: Line<'_>);
    /// All chunks were given.
    fn finish(self: Box<Self>) -> Parsed;
}

/// A reader that hands out what its input holds while the input comes.
pub trait Unpack {
    /// Takes the next chunk.
    fn push(&mut self, chunk: &[u8], sink: &mut dyn Sink);
    /// False where further chunks would change nothing.
    fn wants_more(&self) -> bool;
    /// All chunks were given, or no more are wanted.
    fn finish(self: Box<Self>, sink: &mut dyn Sink) -> Parsed;
}

/// Where inputs inside an input go. One is open at a time, and is read while its bytes come.
pub trait Sink {
    /// Opens the next one. False where nobody reads it: too many, too deep. Its bytes need not be given then.
    fn open(&mut self, member: Member) -> bool;
    /// Gives bytes of the open one; false where no more of it are wanted.
    fn push(&mut self, bytes: &[u8]) -> bool;
    /// The lines of the open one that come next, from `run.line` on, stood there in a file that they were taken out of;
    /// what is cited of them is cited as it stood there.
    fn place(&mut self, run: LineRun);
    /// Says something of the open one that only its holder knows: it is damaged, or nothing of it can be had.
    fn say(&mut self, note: Note, loss: Loss);
    /// All bytes of the open one were given.
    fn close(&mut self);
    /// Counts bytes that were unpacked, of whatever member; false where no more may be.
    fn unpacked(&mut self, bytes: u64) -> bool;
    /// False where nothing more is wanted of what the holder holds.
    fn wants_more(&self) -> bool;
}

/// What a holder's note means for an input inside: how much of it cannot be had.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// Nothing: it is a remark.
    #[default]
    Nothing,
    /// Some of it, or some of it may be wrong.
    Part,
    /// All of it.
    Everything,
}

/// Hands out an input whose bytes are all there.
pub fn hand_out(sink: &mut dyn Sink, member: Member, bytes: &[u8]) {
    if sink.open(Member { bytes: Some(bytes.len() as u64), ..member }) {
        sink.push(bytes);
        sink.close();
    }
}

/// What a format sees of an input. For recognition of a long stream this is only its head.
pub struct Sample<'a> {
    /// The input's name; a weak hint at most.
    pub name: &'a str,
    /// The command that printed it, where it was cut from a recorded session.
    pub command: Option<&'a str>,
    /// The bytes.
    pub bytes: &'a [u8],
    /// The same as text. Empty where the bytes are binary.
    pub text: &'a Decoded,
    /// The bytes are the whole input.
    pub complete: bool,
}

/// A format's claim to an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What it would be listed as.
    pub kind: Kind,
    /// 0-100. Guide: 100 magic bytes, 90 an unmistakable line, 60 several typical lines, 30 one typical word.
    pub strength: u8,
    /// Why, for people, with the line that tells: `"902: NOT … VPNC:" in line 1`.
    pub because: Text,
    /// Whether other formats may read the same input too: an e-mail can hold a log, a certificate and a fragment
    /// of XML.
    pub share: Share,
}

/// Whether an input belongs to one format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// Only the strongest claim reads.
    Alone,
    /// Everyone with a claim reads.
    Mixed,
}

/// What a reader understood.
#[derive(Debug, Default)]
pub struct Parsed {
    /// Documents of this input.
    pub documents: Vec<Content>,
    /// Certificates found in it, as DER bytes; they belong to the same input.
    pub certificates: Vec<Der>,
    /// What the reader has to say.
    pub notes: Vec<Note>,
    /// How far it was read.
    pub state: InputState,
    /// A better kind than the claim's, where only reading could tell.
    pub kind: Option<Kind>,
    /// Lines, where the format streams and so counts them itself.
    pub lines: Option<u32>,
}

impl Parsed {
    /// Read to the end, nothing to say.
    pub fn read(documents: Vec<Content>) -> Self {
        Self { documents, state: InputState::Read, ..Self::default() }
    }

    /// The same, and what was left out of its lists.
    #[must_use]
    pub fn within(mut self, lists: &Lists) -> Self {
        if let Some(text) = lists.note() {
            self.notes.push(Note::whole(text));
            self.state = InputState::PartlyRead;
        }
        self
    }

    /// Nothing can be had from it, and why.
    pub fn refused(note: Note) -> Self {
        Self { notes: vec![note], state: InputState::Refused, ..Self::default() }
    }
}

/// A certificate's bytes inside an input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Der {
    /// DER, maybe with bytes after it.
    pub bytes: Vec<u8>,
    /// Where it begins: the `-----BEGIN` line, the `certificate …` line of a chain, or a byte.
    pub at: At,
    /// What holds it.
    pub holder: Holder,
}

/// An input inside an input, as its holder knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Member {
    /// A member's name, or the command of a session.
    pub name: String,
    /// The command, where it is one.
    pub command: Option<String>,
    /// How many bytes it has, where that is known before they come.
    pub bytes: Option<u64>,
    /// It was a file of its own, and lies no deeper than that file would.
    pub stood_alone: bool,
    /// Its lines as lines of the holder; empty where they stand in no line of it.
    pub lines: Vec<LineRun>,
}
