//! The question and the answer, as both sides of the worker border know them.
//!
//! They travel as [postcard](https://postcard.jamesmunns.com/wire-format.html): the number of the variant, then its
//! fields. Nothing is kept between versions: both sides are parts of one file.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::case_file::{CaseFile, NotOpened};
use super::opaque::Opaque;
use crate::case::Said;
use crate::compare::Comparison;
use crate::diagnosis::Diagnosis;
use crate::input::Kind;
use crate::intake::lookup::Route;
use crate::lines_near::LinesNear;
use crate::plan::render::SheetForm;
use crate::plan::{Key, NotAChange, Offer, Plan};
use crate::report::Form;
use crate::report::catalogue::Card;
use crate::report::redact::{Addresses, Entry, Redacted};
use crate::sought::{FoundLines, Sought};
use crate::text::{Lang, Text};

/// What the page asks of the engine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Job<'a> {
    /// Read a file, which comes in chunks: [`Answer::Reading`].
    Read {
        /// Its name, or its path below a dropped folder.
        name: Cow<'a, str>,
        /// Its size in bytes.
        bytes: u64,
        /// What the person says it is.
        kind: Option<Kind>,
    },
    /// The SHA-256 of a file, which comes in chunks: [`Answer::Digest`].
    Digest,
    /// The reading of a file that could not be read: [`Answer::Reading`].
    Unreadable {
        /// Its name.
        name: Cow<'a, str>,
        /// Its size in bytes.
        bytes: u64,
        /// Why.
        why: Cow<'a, Text>,
    },
    /// The lines near a place, with what of the file [`Job::needs`] names: [`Answer::Lines`].
    LinesNear {
        /// The name of the dropped file.
        name: Cow<'a, str>,
        /// Its size in bytes.
        bytes: u64,
        /// The way from the file to the place.
        route: Cow<'a, Route>,
    },
    /// Lines of a file, which comes in chunks, and of what is packed in it, that hold a text: [`Answer::Found`].
    Search {
        /// The name of the dropped file.
        name: Cow<'a, str>,
        /// Its size in bytes.
        bytes: u64,
        /// What the person said it is.
        kind: Option<Kind>,
        /// The text.
        sought: Cow<'a, Sought>,
    },
    /// What a line of a device's log means: [`Answer::Meaning`].
    Explain {
        /// The line.
        line: Cow<'a, str>,
    },
    /// All readings together: [`Answer::Diagnosis`].
    Diagnose {
        /// As [`Answer::Reading`] brought them.
        readings: Vec<Opaque<'a>>,
        /// What no file can show and the person stated.
        said: Cow<'a, Said>,
        /// The clock in seconds since 1970.
        now: i64,
        /// Among them, at this place, stands the reading that the worker made last and holds.
        held: Option<u32>,
    },
    /// What may be changed in the case, and into what: [`Answer::Offers`].
    Offers {
        /// As [`Answer::Reading`] brought them.
        readings: Vec<Opaque<'a>>,
        /// What the person stated.
        said: Cow<'a, Said>,
        /// The clock in seconds since 1970.
        now: i64,
    },
    /// Read the file of a change, which comes in chunks: [`Answer::Change`].
    Change {
        /// What is changed.
        key: Key,
        /// The file's name.
        name: Cow<'a, str>,
        /// Its size in bytes.
        bytes: u64,
    },
    /// What changes will do: [`Answer::Plan`], or [`Answer::Written`].
    Plan {
        /// As [`Answer::Reading`] brought them.
        readings: Vec<Opaque<'a>>,
        /// What the person stated.
        said: Cow<'a, Said>,
        /// The clock in seconds since 1970.
        now: i64,
        /// What is changed.
        wishes: Vec<Wish<'a>>,
        /// The person says that the phones connect today.
        works: bool,
        /// Write it to be kept or sent.
        sheet: Option<Sheet>,
    },
    /// What differs between two sides: [`Answer::Comparison`], or [`Answer::Written`].
    Compare {
        /// As [`Answer::Reading`] brought them, each once.
        readings: Vec<Opaque<'a>>,
        /// What the person stated.
        said: Cow<'a, Said>,
        /// The clock in seconds since 1970.
        now: i64,
        /// The two sides.
        sides: [Side<'a>; 2],
        /// Write it to be kept or sent.
        sheet: Option<Sheet>,
    },
    /// A case as a file that opens again: [`Answer::Written`].
    SaveCase {
        /// The case.
        case: CaseFile<'a>,
    },
    /// A saved case, which comes whole: [`Answer::Opened`].
    OpenCase,
    /// Every rule: [`Answer::Cards`].
    Catalogue,
    /// A report: [`Answer::Written`].
    Report {
        /// The case.
        diagnosis: Cow<'a, Diagnosis>,
        /// Its form.
        form: Form,
        /// Its language.
        lang: Lang,
    },
    /// One finding as text for a ticket or a chat: [`Answer::Written`].
    Finding {
        /// The case.
        diagnosis: Cow<'a, Diagnosis>,
        /// The finding's place in it.
        index: u32,
        /// Its language.
        lang: Lang,
    },
    /// The case with other names: [`Answer::Redacted`].
    Redact {
        /// The case.
        diagnosis: Cow<'a, Diagnosis>,
        /// What becomes of addresses.
        addresses: Addresses,
        /// Random bytes: the same make the same other addresses.
        seed: [u8; 32],
    },
    /// What stands for what in a redacted case, as a file: [`Answer::Written`].
    RedactionMap {
        /// The map.
        map: Cow<'a, [Entry]>,
        /// Its form.
        form: MapForm,
        /// Its language.
        lang: Lang,
    },
}

/// A change that the person wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish<'a> {
    /// What is changed.
    pub key: Key,
    /// What it will be, in one word; of no meaning where a file says it.
    pub value: Cow<'a, str>,
    /// What its file says, as [`Answer::Change`] brought it.
    pub file: Option<Opaque<'a>>,
}

/// One of two sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side<'a> {
    /// Its readings, by their places in the job.
    pub of: Vec<u32>,
    /// The one phone that it is; everything where `None`.
    pub phone: Option<Cow<'a, str>>,
}

/// A plan or a comparison to be kept or sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its form.
    pub form: SheetForm,
    /// Its language.
    pub lang: Lang,
    /// Pseudonyms instead of names: what becomes of addresses, and random bytes.
    pub redacted: Option<(Addresses, [u8; 32])>,
}

/// The forms of a redaction's map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MapForm {
    /// For programs.
    Json,
    /// For people.
    Text,
}

/// What the engine answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// The bytes of a [`Reading`](crate::intake::Reading), which the page keeps as they are.
    Reading(Opaque<'static>),
    /// A hash in hex.
    Digest(String),
    /// Lines of a file.
    Lines(LinesNear),
    /// Lines that hold a text.
    Found(FoundLines),
    /// What a line means, where that is known.
    Meaning(Option<Text>),
    /// The diagnosis.
    Diagnosis(Box<Diagnosis>),
    /// What may be changed.
    Offers(Vec<Offer>),
    /// The bytes of a [`Change`](crate::plan::Change), or why the file is none.
    Change(Result<Opaque<'static>, NotAChange>),
    /// What changes will do, or which of them is none.
    Plan(Result<Box<Plan>, (Key, NotAChange)>),
    /// What differs.
    Comparison(Box<Comparison>),
    /// Every rule, in the catalogue's order.
    Cards(Vec<Card>),
    /// A text to be kept or sent.
    Written(String),
    /// A saved case, or why it is not opened.
    Opened(Result<CaseFile<'static>, NotOpened>),
    /// The redacted case.
    Redacted(Box<Redacted>),
    /// There is none.
    Failed(Failed),
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failed {
    /// The bytes are no job, or not one that comes with what came with it.
    NotUnderstood,
    /// The file stopped coming, and a part of it is no answer.
    CutShort,
    /// What was asked for does not exist, or could not be made.
    NotDone,
}

/// What of a file a job needs besides itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// The bytes from `begin` to before `end`.
    Slice {
        /// The first byte.
        begin: u64,
        /// The byte behind the last one; the file may end before.
        end: u64,
    },
    /// All of it, in chunks.
    Stream,
}

impl Job<'_> {
    /// What of a file the job needs.
    pub fn needs(&self) -> Needs {
        match self {
            Self::Read { .. } | Self::Search { .. } | Self::Digest | Self::Change { .. } => Needs::Stream,
            // What is packed in a file is unpacked once more, as far as the place.
            Self::LinesNear { route, .. } if !route.members.is_empty() => Needs::Stream,
            Self::LinesNear { route, .. } => Needs::Slice {
                // UTF-16 has its characters at even places.
                begin: (route.wanted.offset - route.wanted.offset % 2).saturating_sub(NEAR),
                end: route.wanted.offset.saturating_add(NEAR),
            },
            Self::OpenCase => Needs::Slice { begin: 0, end: LARGEST_CASE },
            Self::Unreadable { .. }
            | Self::SaveCase { .. }
            | Self::Explain { .. }
            | Self::Diagnose { .. }
            | Self::Offers { .. }
            | Self::Plan { .. }
            | Self::Compare { .. }
            | Self::Catalogue
            | Self::Report { .. }
            | Self::Finding { .. }
            | Self::Redact { .. }
            | Self::RedactionMap { .. } => Needs::Nothing,
        }
    }

    /// The bytes that travel.
    pub fn encoded(&self) -> Vec<u8> {
        encoded(self)
    }
}

impl Answer {
    /// The bytes that travel.
    pub fn encoded(&self) -> Vec<u8> {
        encoded(self)
    }

    /// The bytes of an [`Answer::Reading`] of such bytes, which may be megabytes and are not copied.
    pub(super) fn of_reading(mut reading: Vec<u8>) -> Vec<u8> {
        let head = encoded(&(READING, reading.len()));
        reading.splice(..0, head);
        reading
    }

    /// The answer of such bytes; what is none is [`Failed::NotUnderstood`].
    pub fn decoded(mut bytes: Vec<u8>) -> Self {
        if let Some(begins) = Self::reading_begins(&bytes, bytes.len()) {
            bytes.drain(..begins);
            return Self::Reading(Opaque(bytes.into()));
        }
        postcard::from_bytes(&bytes).unwrap_or(Self::Failed(Failed::NotUnderstood))
    }

    /// Where the reading begins in an answer that is one, by the answer's head and the length of all of it in bytes.
    pub fn reading_begins(head: &[u8], all: usize) -> Option<usize> {
        let ((number, length), rest) = postcard::take_from_bytes::<(u32, usize)>(head).ok()?;
        let begins = head.len() - rest.len();
        (number == READING && begins.checked_add(length) == Some(all)).then_some(begins)
    }
}

/// The number of [`Answer::Reading`] among the answers.
const READING: u32 = 0;

/// Nothing of these types can fail to encode; no bytes are neither a job nor an answer.
pub(super) fn encoded(value: &impl Serialize) -> Vec<u8> {
    postcard::to_allocvec(value).unwrap_or_default()
}

/// Bytes of a saved case that are read; one that is longer is found to be cut.
const LARGEST_CASE: u64 = 256 << 20;
/// Bytes read on each side of a place.
const NEAR: u64 = 128 << 10;
