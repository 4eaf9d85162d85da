//! From one dropped file to a [`Reading`]: recognise, read, and queue what is inside.
//!
//! A file is read alone. [`read`] takes all its bytes; [`Intake`] takes them in chunks, and holds a file whole
//! only where its format has to be held whole.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use self::unread_kinds::UnreadKinds;
use crate::formats::{self, Child, Claim, Content, Der, Format, How, Parsed, Sample, Share, Stream};
use crate::input::{Input, InputState, Kind, Note};
use crate::limits::Limits;
use crate::lines::{Decoded, Encoding};
use crate::text::Text;
use crate::unwrap::{self, Unwrapped, Wrapped};

mod too_long;
mod unread_kinds;
mod unrecognised;

/// Everything understood of one dropped file. The first input is the file itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The file and what was found inside it.
    pub inputs: Vec<Input>,
    /// What they hold.
    pub documents: Vec<Document>,
}

/// One document of an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The input's place in [`Reading::inputs`].
    pub input: u32,
    /// What it holds.
    pub content: Content,
}

/// Reads one file whose bytes are all there.
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Reading {
    let mut intake = Intake::new(name, bytes.len() as u64, limits);
    intake.push(bytes);
    intake.finish()
}

/// A file that could not be opened or read to its end.
pub fn unreadable(name: &str, bytes: u64, reason: Text) -> Reading {
    let input = Input {
        name: name.to_owned(),
        bytes,
        state: InputState::Refused,
        notes: vec![Note::whole(reason)],
        ..Input::default()
    };
    Reading { inputs: vec![input], documents: Vec::new() }
}

/// Reads one file in chunks of any size.
pub struct Intake {
    name: String,
    said: Option<Kind>,
    size: u64,
    taken: u64,
    limits: Limits,
    held: Vec<u8>,
    streams: Option<Streams>,
    /// The head was looked at, and no streamed format reads it.
    unclaimed: Option<Unclaimed>,
}

/// The streamed readers of a file that is too large to be held.
struct Streams {
    claim: Claim,
    /// Only those that claimed the file: no chunk goes to another.
    readers: Vec<Box<dyn Stream>>,
    /// What stands around its lines stays there.
    wrapped: bool,
    /// Kinds that the head holds as well, and whose formats need the whole file.
    left: Vec<Kind>,
    /// Kinds that come behind the head, and whose readers did not claim it.
    unread: UnreadKinds,
}

/// A file that cannot be streamed, as its head shows it.
struct Unclaimed {
    claim: Option<Claim>,
    /// Why it is not read at any size, where that is so.
    refusal: Vec<Note>,
}

impl Intake {
    /// A file of `size` bytes, as far as that is known; a stream of unknown size may say `u64::MAX`.
    pub fn new(name: &str, size: u64, limits: &Limits) -> Self {
        Self {
            name: name.to_owned(),
            said: None,
            size,
            taken: 0,
            limits: limits.clone(),
            held: Vec::new(),
            streams: None,
            unclaimed: None,
        }
    }

    /// The person says what the file is: only the format of that kind reads it. To be said before the first chunk.
    #[must_use]
    pub fn read_as(self, kind: Kind) -> Self {
        Self { said: Some(kind), ..self }
    }

    /// Takes the next chunk.
    pub fn push(&mut self, chunk: &[u8]) {
        self.taken += chunk.len() as u64;
        if self.taken > self.limits.streamed {
            return;
        }
        if let Some(streams) = &mut self.streams {
            for reader in &mut streams.readers {
                reader.push(chunk);
            }
            streams.unread.push(chunk);
            return;
        }
        if self.held.len() as u64 <= self.limits.whole {
            self.held.extend_from_slice(chunk);
        }
        // A file that could still be held is: its end may hold what its head does not show.
        let over = self.held.len() as u64 > self.limits.whole;
        let long = self.size > self.limits.whole && self.held.len() as u64 >= self.limits.head;
        if (over || long) && self.unclaimed.is_none() {
            self.start_streams();
        }
    }

    fn start_streams(&mut self) {
        let head = self.held.get(..self.held.len().min(to_usize(self.limits.head))).unwrap_or_default();
        let text = decode(head, &self.limits);
        let sample = Sample { name: &self.name, command: None, bytes: head, text: &text, complete: false };
        let claims = said_or_claimed(self.said, &sample);
        let (streamed, whole): (Vec<_>, Vec<_>) = readers_of_stream(&claims)
            .into_iter()
            .partition(|(_, format)| matches!(format.read, How::Streamed(_)));
        let Some((claim, _)) = streamed.first() else {
            self.unclaimed = Some(unclaimed(&sample, &claims, &self.limits));
            return;
        };
        let start = |format: &Format| match format.read {
            How::Streamed(start) => Some(start(&self.limits)),
            How::Whole(_) => None,
        };
        let mut readers: Vec<Box<dyn Stream>> =
            streamed.iter().filter_map(|(_, format)| start(format)).collect();
        readers.iter_mut().for_each(|reader| reader.push(&self.held));
        let wrapped = too_long::is_wrapped(&self.name, head, &self.limits);
        let left = whole.iter().map(|(claim, _)| claim.kind).collect();
        let read: Vec<Kind> = streamed.iter().map(|(claim, _)| claim.kind).collect();
        // Whoever says what a file is gets it read as that alone.
        let mut unread = if self.said.is_some() { UnreadKinds::none() } else { UnreadKinds::beside(&read) };
        unread.push(&self.held);
        self.streams = Some(Streams { claim: claim.clone(), readers, wrapped, left, unread });
        self.held = Vec::new();
    }

    /// False where further chunks would change nothing: no streamed format claims the head of a file that is too
    /// large to be held, or the file is larger than anything that is read. It can be finished at once.
    pub fn wants_more(&self) -> bool {
        !self.cannot_be_held() && self.bytes() <= self.limits.streamed
    }

    /// Nobody claims the head, and the file is too large to be held whole.
    fn cannot_be_held(&self) -> bool {
        self.unclaimed.is_some() && self.bytes() > self.limits.whole
    }

    /// Bytes of the file: as many as came, or as many as it was said to have. A stream of unknown size says nothing.
    fn bytes(&self) -> u64 {
        if self.size == u64::MAX { self.taken } else { self.taken.max(self.size) }
    }

    /// All chunks were given, or no more are wanted.
    pub fn finish(self) -> Reading {
        let bytes = if self.wants_more() { self.taken } else { self.bytes() };
        let mut work = Work { limits: &self.limits, reading: Reading::default(), queue: VecDeque::new() };
        if bytes > self.limits.streamed {
            return unreadable(&self.name, bytes, over_limit(bytes, self.limits.streamed));
        }
        match self.streams {
            Some(streams) => {
                let input = work.add(&self.name, None, bytes, &streams.claim);
                let mut backwards = false;
                for reader in streams.readers {
                    let parsed = reader.finish();
                    backwards |= too_long::runs_backwards(&parsed);
                    work.take(input, 0, parsed);
                }
                let limit = self.limits.whole;
                let notes = streams.wrapped.then(|| too_long::wrapped(limit)).into_iter();
                let notes = notes.chain(backwards.then(|| too_long::backwards(limit)));
                let notes = notes.chain(streams.left.into_iter().map(|kind| too_long::left(kind, limit)));
                let unread = streams.unread.met().into_iter().map(|kind| unread_kinds::unread(kind, limit));
                for note in notes.chain(unread) {
                    let state = InputState::PartlyRead;
                    work.take(
                        input,
                        0,
                        Parsed { notes: vec![Note::whole(note)], state, ..Parsed::default() },
                    );
                }
            }
            None if self.cannot_be_held() || self.held.len() as u64 > self.limits.whole => {
                let limit = self.limits.whole;
                return refused(&self.name, bytes, self.unclaimed, over_limit(bytes, limit));
            }
            None => work.queue.push_back(Job {
                child: Child { name: self.name, command: None, bytes: self.held },
                said: self.said,
                inside: None,
                depth: 0,
            }),
        }
        work.run();
        work.reading
    }

    /// Whoever hands out the file stopped after `taken` bytes: what came is read, and that there is more is said.
    pub fn finish_short(self, taken: u64) -> Reading {
        let size = self.bytes();
        let mut reading = self.finish();
        if let Some(file) = reading.inputs.first_mut() {
            file.bytes = size;
            if file.state == InputState::Read {
                file.state = InputState::PartlyRead;
            }
            file.notes.push(Note::whole(too_long::cut_short(taken, size)));
        }
        reading
    }
}

fn over_limit(bytes: u64, limit: u64) -> Text {
    Text::made(
        format!(
            "The file has {bytes} bytes; at most {limit} bytes of this kind are read. Cut out the time of one connection attempt and drop that."
        ),
        format!(
            "Die Datei hat {bytes} Bytes; von dieser Art werden höchstens {limit} Bytes gelesen. Schneiden Sie die Zeit eines Verbindungsversuchs heraus und legen Sie diesen Teil ab."
        ),
    )
}

fn to_usize(size: u64) -> usize {
    usize::try_from(size).unwrap_or(usize::MAX)
}

/// One input that waits to be read.
struct Job {
    child: Child,
    said: Option<Kind>,
    inside: Option<u32>,
    depth: u32,
}

struct Work<'l> {
    limits: &'l Limits,
    reading: Reading,
    queue: VecDeque<Job>,
}

impl Work<'_> {
    fn run(&mut self) {
        while let Some(job) = self.queue.pop_front() {
            self.read_one(job);
        }
        for input in &mut self.reading.inputs {
            let over = input.notes.len().saturating_sub(self.limits.notes);
            input.notes.truncate(self.limits.notes);
            if over > 0 {
                input.notes.push(Note::whole(Text::made(
                    format!("{over} more notes are not shown."),
                    format!("{over} weitere Hinweise werden nicht gezeigt."),
                )));
            }
        }
    }

    fn add(&mut self, name: &str, inside: Option<u32>, bytes: u64, claim: &Claim) -> u32 {
        let id = u32::try_from(self.reading.inputs.len()).unwrap_or(u32::MAX);
        self.reading.inputs.push(Input {
            name: name.to_owned(),
            inside,
            bytes,
            kind: claim.kind,
            because: claim.because.clone(),
            ..Input::default()
        });
        id
    }

    fn read_one(&mut self, job: Job) {
        let Child { name, command, bytes } = job.child;
        let dropped = decode(&bytes, self.limits);
        let sample = Sample {
            name: &name,
            command: command.as_deref(),
            bytes: &bytes,
            text: &dropped,
            complete: true,
        };
        let claims = said_or_claimed(job.said, &sample);
        let unwrapped = self.unwrapped(&sample, &claims);
        let Some(Unwrapped { text, mut inside, notes }) = unwrapped else {
            match claims.first().cloned() {
                Some((best, _)) => {
                    let input = self.add(&name, job.inside, bytes.len() as u64, &best);
                    self.read_with(input, job.depth, &sample, &claims, false);
                    self.count_lines(input, dropped.line_count(), false);
                }
                None => {
                    self.add_unknown(&sample, job.inside, bytes.len());
                }
            }
            return;
        };
        inside.retain(|one| !one.field || self.is_known(one));
        let sample = Sample { bytes: text.text().as_bytes(), text: &text, ..sample };
        let claims = said_or_claimed(job.said, &sample);
        let best = claims.first().map(|(claim, _)| claim.clone());
        let input = match best.or_else(|| (!inside.is_empty()).then_some(HOLDER)) {
            Some(best) => self.add(&name, job.inside, bytes.len() as u64, &best),
            None => self.add_unknown(&sample, job.inside, bytes.len()),
        };
        if !inside.is_empty() {
            let child =
                |one: unwrap::Inside| Child { name: one.name, command: one.command, bytes: one.bytes };
            let children = inside.into_iter().map(child).collect();
            self.take(input, job.depth, Parsed { children, ..Parsed::read(Vec::new()) });
        }
        let state = if notes.is_empty() { InputState::Unrecognised } else { InputState::PartlyRead };
        self.take(input, job.depth, Parsed { notes, state, ..Parsed::default() });
        self.read_with(input, job.depth, &sample, &claims, true);
        self.count_lines(input, dropped.line_count(), true);
    }

    /// The text without what stands around it; `None` for binary data, for a plain text, and for a document that a
    /// format wants as it is.
    fn unwrapped(&self, sample: &Sample<'_>, claims: &[(Claim, &'static Format)]) -> Option<Unwrapped> {
        let alone = claims.first().is_some_and(|(claim, _)| {
            claim.share == Share::Alone && claim.kind != Kind::Terminal && claim.because != PERSON_SAID
        });
        if alone || sample.text.line_count() == 0 {
            return None;
        }
        let markup = claims.iter().any(|(claim, _)| matches!(claim.kind, Kind::PhoneStatus));
        let long = (sample.text.long_lines() > 0).then(|| Decoded::new(sample.bytes, sample.bytes.len() + 8));
        let text = long.as_ref().unwrap_or(sample.text);
        unwrap::unwrap(&Wrapped { name: sample.name, text, markup }, self.limits)
    }

    /// A field of a record may hold anything; it is an input only where something of it is known.
    fn is_known(&self, one: &unwrap::Inside) -> bool {
        let text = decode(&one.bytes, self.limits);
        let sample = Sample {
            name: &one.name,
            command: one.command.as_deref(),
            bytes: &one.bytes,
            text: &text,
            complete: true,
        };
        let claims = claims(&sample);
        !claims.is_empty() || self.unwrapped(&sample, &claims).is_some()
    }

    /// Whoever may reads.
    fn read_with(
        &mut self,
        input: u32,
        depth: u32,
        sample: &Sample<'_>,
        claims: &[(Claim, &'static Format)],
        unwrapped: bool,
    ) {
        for (_, format) in readers_of(claims) {
            let parsed = match format.read {
                How::Whole(read) => read(sample, self.limits),
                How::Streamed(start) => {
                    let mut reader = start(self.limits);
                    if unwrapped {
                        sample.text.lines().for_each(|line| reader.line(line));
                    } else {
                        reader.push(sample.bytes);
                    }
                    reader.finish()
                }
            };
            self.take(input, depth, parsed);
        }
    }

    /// The lines of the dropped file, where no reader counted them.
    fn count_lines(&mut self, input: u32, lines: u32, unwrapped: bool) {
        if let Some(input) = self.input(input)
            && (unwrapped || input.lines.is_none())
            && lines > 0
        {
            input.lines = Some(lines);
        }
    }

    fn add_unknown(&mut self, sample: &Sample<'_>, inside: Option<u32>, size: usize) -> u32 {
        let session = inside.and_then(|id| self.input(id)).is_some_and(|input| input.kind == Kind::Terminal);
        let (listed, found) = unrecognised::listed(sample, session, size);
        let id = u32::try_from(self.reading.inputs.len()).unwrap_or(u32::MAX);
        self.reading.inputs.push(Input { inside, ..listed });
        let content = found.map(Content::Foreign);
        self.reading.documents.extend(content.map(|content| Document { input: id, content }));
        id
    }

    fn input(&mut self, id: u32) -> Option<&mut Input> {
        self.reading.inputs.get_mut(id as usize)
    }

    /// Files what one reader understood of an input.
    fn take(&mut self, id: u32, depth: u32, parsed: Parsed) {
        let mut parsed = parsed;
        for content in parsed.documents {
            self.reading.documents.push(Document { input: id, content });
        }
        for der in parsed.certificates {
            self.take_certificate(id, &der, &mut parsed.notes);
        }
        let room = self.limits.children.saturating_sub(self.reading.inputs.len() + self.queue.len());
        if depth >= self.limits.depth && !parsed.children.is_empty() {
            parsed.notes.push(Note::whole(Text::fixed(
                "There are more inputs inside, nested too deep to be read. Drop them as files of their own.",
                "Darin liegen weitere Dateien, zu tief verschachtelt, um gelesen zu werden. Legen Sie sie als eigene Dateien ab.",
            )));
            parsed.children.clear();
            parsed.state = InputState::PartlyRead;
        } else if parsed.children.len() > room {
            let left = parsed.children.len() - room;
            parsed.notes.push(Note::whole(Text::made(
                format!("{left} more inputs inside were not read: there are too many. Drop those that matter as files of their own."),
                format!("{left} weitere Dateien darin wurden nicht gelesen: Es sind zu viele. Legen Sie die wichtigen als eigene Dateien ab."),
            )));
            parsed.children.truncate(room);
            parsed.state = InputState::PartlyRead;
        }
        for child in parsed.children {
            self.queue.push_back(Job { child, said: None, inside: Some(id), depth: depth + 1 });
        }
        if let Some(input) = self.input(id) {
            input.notes.append(&mut parsed.notes);
            if let Some(kind) = parsed.kind {
                input.kind = kind;
            }
            if let Some(lines) = parsed.lines {
                input.lines = Some(lines);
            }
            input.state = best_state(input.state, parsed.state);
        }
    }

    fn take_certificate(&mut self, id: u32, der: &Der, notes: &mut Vec<Note>) {
        let held = self
            .reading
            .documents
            .iter()
            .filter(|document| document.input == id && matches!(document.content, Content::Certificate(_)))
            .count();
        if held == self.limits.certificates {
            notes.push(Note::whole(Text::made(
                format!("Only the first {held} certificates were read. Drop the others as files of their own."),
                format!("Nur die ersten {held} Zertifikate wurden gelesen. Legen Sie die anderen als eigene Dateien ab."),
            )));
        }
        if held >= self.limits.certificates {
            return;
        }
        let certificate = formats::x509::decode(der, self.limits);
        let content = Content::Certificate(Box::new(certificate));
        self.reading.documents.push(Document { input: id, content });
    }
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

/// The one format of a kind that the person named, or every claim. A kind that no format is of says nothing.
fn said_or_claimed(said: Option<Kind>, sample: &Sample<'_>) -> Vec<(Claim, &'static Format)> {
    let Some((kind, format)) = said.and_then(|kind| Some((kind, formats::of_kind(kind)?))) else {
        return claims(sample);
    };
    vec![(Claim { kind, strength: 100, because: PERSON_SAID, share: Share::Alone }, format)]
}

/// Every claim to an input, the strongest first; equals in the order of the formats.
fn claims(sample: &Sample<'_>) -> Vec<(Claim, &'static Format)> {
    let mut claims: Vec<(Claim, &'static Format)> = formats::ALL
        .iter()
        .filter_map(|format| (format.recognise)(sample).map(|claim| (claim, format)))
        .filter(|(claim, _)| claim.kind != Kind::Unknown)
        .collect();
    claims.sort_by_key(|(claim, _)| std::cmp::Reverse(claim.strength));
    claims
}

/// Those of the claims, the strongest first, that read: one alone, or everyone who shares.
fn readers_of(claims: &[(Claim, &'static Format)]) -> Vec<(Claim, &'static Format)> {
    let alone = claims.first().is_some_and(|(best, _)| best.share == Share::Alone);
    let reads = |(place, (claim, _)): &(usize, &(Claim, &'static Format))| {
        if alone { *place == 0 } else { claim.share == Share::Mixed }
    };
    claims.iter().enumerate().filter(reads).map(|(_, claim)| claim.clone()).collect()
}

/// The same for a file that is too large to be held. A recorded session of that size cannot be cut into its commands;
/// the logs that it shows are read where they stand.
fn readers_of_stream(claims: &[(Claim, &'static Format)]) -> Vec<(Claim, &'static Format)> {
    match claims {
        [(best, format), rest @ ..] if best.kind == Kind::Terminal && best.because != PERSON_SAID => {
            let mut readers: Vec<_> = readers_of(rest);
            readers.push((best.clone(), format));
            readers
        }
        _ => readers_of(claims),
    }
}

/// What the head tells of a file that cannot be streamed. Some are not read at any size, and say so by their heads.
fn unclaimed(sample: &Sample<'_>, claims: &[(Claim, &'static Format)], limits: &Limits) -> Unclaimed {
    let Some((claim, format)) = claims.first() else { return Unclaimed { claim: None, refusal: Vec::new() } };
    let refusal = match format.read {
        How::Whole(read) if claim.share == Share::Alone => {
            Some(read(sample, limits)).filter(|parsed| parsed.state == InputState::Refused)
        }
        _ => None,
    };
    let refusal = refusal.map(|parsed| parsed.notes).unwrap_or_default();
    Unclaimed { claim: Some(claim.clone()), refusal }
}

/// A file that is refused for its size, or for what it is.
fn refused(name: &str, bytes: u64, head: Option<Unclaimed>, size: Text) -> Reading {
    let mut reading = unreadable(name, bytes, size);
    let Some(Unclaimed { claim: Some(claim), refusal }) = head else { return reading };
    if let Some(input) = reading.inputs.first_mut() {
        input.kind = claim.kind;
        input.because = claim.because;
        if !refusal.is_empty() {
            input.notes = refusal;
        }
    }
    reading
}

/// The text of an input, or no lines at all where it is binary.
fn decode(bytes: &[u8], limits: &Limits) -> Decoded {
    let sample = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let binary = Encoding::of(sample) == Encoding::Bytes
        && sample.iter().filter(|byte| **byte < BACK_SPACE || (14..27).contains(*byte)).count() * 50
            > sample.len();
    if binary { Decoded::default() } else { Decoded::new(bytes, limits.line) }
}

/// A pager is wiped from the screen with many of them: they make no text binary.
const BACK_SPACE: u8 = 8;

/// The claim to a text whose evidence lies in it as files and outputs of their own.
const HOLDER: Claim = Claim {
    kind: Kind::Terminal,
    strength: 50,
    because: Text::fixed("files or outputs inside", "Dateien oder Ausgaben darin"),
    share: Share::Mixed,
};

const PERSON_SAID: Text = Text::fixed("your choice", "Ihrer Angabe");

#[cfg(test)]
mod tests;
