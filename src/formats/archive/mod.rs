//! Archives: gzip, tar and zip. Their members are opened while the archive comes, and each is an input of its own.
//!
//! ```text
//! prt-SEP001122334455.tar.gz
//! └─ logs/messages, logs/messages.0, SEP001122334455.cnf.xml, …
//! ```
//! A gzip around a tar is one archive, as people see it; around anything else it holds one member, whose name is its
//! own without `.gz`. A zip is read by its directory, so it is held; one that is too large is walked by the headers in
//! front of its members.
//!
//! Empty: an archive without members is read, and holds nothing.
//! Quirks: an office document is a zip and is called what it is. A name leads to no path and is shown as it is
//! written. What cannot be unpacked is listed with the reason and the command that unpacks it. Folders, links and
//! devices hold nothing and are not listed.
//!
//! Sources: RFC 1952; POSIX.1-2017 `pax`; APPNOTE.TXT 6.3.10; see `src/archive/`.

use crate::archive::gzip::Gzip;
use crate::archive::tar::{self, Tar};
use crate::archive::{self, Archive, Event, Kind as What, Next, Reader, zip};
use crate::formats::{Claim, Format, How, Member, Parsed, Sample, Share, Sink, Unpack};
use crate::input::{InputState, Kind, Note};
use crate::limits::{ArchiveLimits, Limits};
use crate::tables::foreign_files;
use crate::tables::packings::Packing;
use crate::text::Text;

mod notes;

/// The format.
pub const FORMAT: Format = Format { name: "archive", recognise, read: How::Unpacked(start) };

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    // An office document or a program in a zip is called what it is, not an archive to be unpacked.
    if foreign_files::by_bytes(sample.bytes).is_some() {
        return None;
    }
    let (name, at) = match kind_of(sample)? {
        Archive::Gzip => ("gzip", 0),
        Archive::Tar => ("tar", TAR_MAGIC),
        Archive::Zip => ("zip", 0),
        Archive::Packed(packing) => (packing.name, 0),
    };
    let because = Text::made(
        format!("the bytes of {name} at byte {at}"),
        format!("die Kennung von {name} an Byte {at}"),
    );
    Some(Claim { kind: Kind::Archive, strength: 100, because, share: Share::Alone })
}

/// Where a tar says that it is one.
const TAR_MAGIC: usize = 257;

fn kind_of(sample: &Sample<'_>) -> Option<Archive> {
    match archive::recognise(sample.bytes)? {
        // Three letters begin a text, too; a block of bzip2 goes on with its size and a mark.
        Archive::Packed(packing) if packing.name == "bzip2" => {
            let mark = sample.bytes.get(4..10)?;
            [BLOCK, STREAM_END].contains(&mark).then_some(Archive::Packed(packing))
        }
        // A text may begin with the signs of others, but none has bytes of zero.
        Archive::Packed(_) if sample.text.line_count() > 0 && !sample.bytes.contains(&0) => None,
        archive => Some(archive),
    }
}

/// bzip2's marks of a block and of the end: digits of pi and of its root.
const BLOCK: &[u8] = b"1AY&SY";
const STREAM_END: &[u8] = b"\x17\x72\x45\x38\x50\x90";

fn start(sample: &Sample<'_>, limits: &Limits) -> Box<dyn Unpack> {
    let stage = match kind_of(sample) {
        Some(Archive::Gzip) => Stage::Gzip(Box::new(Gzip::new(&limits.archive)), Inside::Unknown(Vec::new())),
        Some(Archive::Tar) => Stage::Walked(Reader::Tar(Box::new(Tar::new(&limits.archive)))),
        Some(Archive::Zip) => Stage::Held(Vec::new()),
        Some(Archive::Packed(packing)) => Stage::Closed(Some(packing)),
        None => Stage::Closed(None),
    };
    let told = Told { archive: sample.name.to_owned(), state: InputState::Read, ..Told::default() };
    Box::new(Opened { stage, whole: limits.whole, limits: limits.archive.clone(), told })
}

/// An archive that is being read.
struct Opened {
    stage: Stage,
    /// Bytes that are held at most.
    whole: u64,
    limits: ArchiveLimits,
    told: Told,
}

enum Stage {
    Gzip(Box<Gzip>, Inside),
    /// A zip: what counts stands at its end.
    Held(Vec<u8>),
    Walked(Reader),
    /// Packed in a way that is not read here.
    Closed(Option<&'static Packing>),
}

/// What a gzip packs.
enum Inside {
    /// Too few bytes to tell came so far.
    Unknown(Vec<u8>),
    Tar(Box<Tar>),
    Other,
}

/// Bytes that tell a tar: one header.
const TELLING: usize = 512;

impl Unpack for Opened {
    fn push(&mut self, chunk: &[u8], sink: &mut dyn Sink) {
        let told = &mut self.told;
        match &mut self.stage {
            Stage::Gzip(reader, inside) => {
                let limits = &self.limits;
                reader.push(chunk, &mut |event| unzipped(inside, event, limits, told, sink));
            }
            Stage::Walked(reader) => reader.push(chunk, &mut |event| told.take(event, sink)),
            Stage::Held(bytes) => {
                bytes.extend_from_slice(chunk);
                if bytes.len() as u64 > self.whole {
                    let mut reader = zip::Zip::new(&self.limits);
                    reader.push(bytes, &mut |event| told.take(event, sink));
                    self.stage = Stage::Walked(Reader::Zip(Box::new(reader)));
                }
            }
            Stage::Closed(_) => {}
        }
    }

    fn wants_more(&self) -> bool {
        !self.told.stopped && !matches!(self.stage, Stage::Closed(_))
    }

    fn finish(self: Box<Self>, sink: &mut dyn Sink) -> Parsed {
        let Self { stage, limits, mut told, .. } = *self;
        match stage {
            Stage::Gzip(mut reader, mut inside) => {
                reader.finish(&mut |event| unzipped(&mut inside, event, &limits, &mut told, sink));
            }
            Stage::Walked(mut reader) => reader.finish(&mut |event| told.take(event, sink)),
            Stage::Held(bytes) => {
                zip::read(&bytes, &limits, &mut |event| told.take(event, sink));
            }
            Stage::Closed(packing) => {
                return Parsed::refused(Note::whole(notes::packed(packing, &told.archive)));
            }
        }
        sink.close();
        if told.stopped {
            // What comes behind was not looked at, whoever met the limit.
            told.notes.push(Note::whole(notes::STOPPED));
            told.state = InputState::PartlyRead;
        }
        told.notes.extend(told.links.then(|| Note::whole(notes::LINKS)));
        Parsed { notes: told.notes, state: told.state, ..Parsed::default() }
    }
}

/// Takes an event of a gzip: a tar in it is the archive, anything else is its one member.
fn unzipped(
    inside: &mut Inside,
    event: Event<'_>,
    limits: &ArchiveLimits,
    told: &mut Told,
    sink: &mut dyn Sink,
) -> Next {
    match event {
        Event::Begin(member) => {
            told.member = member.name.text.clone();
            Next::Go
        }
        Event::Data(bytes) => {
            if !told.unpacked(bytes, sink) {
                return Next::Stop;
            }
            if let Inside::Unknown(head) = inside {
                head.extend_from_slice(bytes);
                if head.len() < TELLING {
                    return Next::Go;
                }
                let head = std::mem::take(head);
                return decide(inside, &head, limits, told, sink);
            }
            match inside {
                Inside::Tar(tar) => {
                    tar.push(bytes, &mut |event| told.take(event, sink));
                    told.next(sink)
                }
                _ => told.give(bytes, sink),
            }
        }
        Event::End(end) => {
            if let Inside::Unknown(head) = inside {
                let head = std::mem::take(head);
                decide(inside, &head, limits, told, sink);
            }
            match inside {
                Inside::Tar(tar) => {
                    tar.finish(&mut |event| told.take(event, sink));
                    for trouble in &end.troubles {
                        told.notes.push(Note::whole(notes::of_member(trouble, &told.archive).0));
                        told.state = InputState::PartlyRead;
                    }
                }
                _ => told.end(&end.troubles, sink),
            }
            Next::Go
        }
        Event::Note(note) => told.note(note),
    }
}

/// The first bytes that a gzip packs are there.
fn decide(
    inside: &mut Inside,
    head: &[u8],
    limits: &ArchiveLimits,
    told: &mut Told,
    sink: &mut dyn Sink,
) -> Next {
    if tar::begins(head) {
        let mut tar = Box::new(Tar::new(limits));
        tar.push(head, &mut |event| told.take(event, sink));
        *inside = Inside::Tar(tar);
        return told.next(sink);
    }
    *inside = Inside::Other;
    let name = without_ending(&told.archive, &told.member);
    if sink.open(Member { name, ..Member::default() }) { told.give(head, sink) } else { Next::Skip }
}

/// The name of what a gzip packs: its own without the ending, or the one that it was packed by.
fn without_ending(archive: &str, packed: &str) -> String {
    for (ending, without) in [(".tgz", ".tar"), (".gz", ""), (".GZ", "")] {
        if let Some(name) = archive.strip_suffix(ending).filter(|name| !name.is_empty()) {
            return format!("{name}{without}");
        }
    }
    if packed.is_empty() { archive.to_owned() } else { packed.to_owned() }
}

/// What was told of an archive so far.
#[derive(Default)]
struct Told {
    /// Its name.
    archive: String,
    /// The name of what a gzip packs.
    member: String,
    notes: Vec<Note>,
    state: InputState,
    /// Links or devices came by.
    links: bool,
    /// Nothing more is unpacked.
    stopped: bool,
}

impl Told {
    /// Takes an event of an archive with members.
    fn take(&mut self, event: Event<'_>, sink: &mut dyn Sink) -> Next {
        match event {
            Event::Begin(member) => {
                let file = matches!(member.kind, What::File | What::Other(_));
                self.links |= !file && !matches!(member.kind, What::Folder | What::Remark(_));
                let name = member.name.text.clone();
                let bytes = member.size;
                if file && sink.open(Member { name, bytes, ..Member::default() }) {
                    Next::Go
                } else {
                    Next::Skip
                }
            }
            Event::Data(bytes) if !self.unpacked(bytes, sink) => Next::Stop,
            Event::Data(bytes) => self.give(bytes, sink),
            Event::End(end) => {
                self.end(&end.troubles, sink);
                self.next(sink)
            }
            Event::Note(note) => self.note(note),
        }
    }

    /// Counts bytes that were unpacked; false where no more may be.
    fn unpacked(&mut self, bytes: &[u8], sink: &mut dyn Sink) -> bool {
        if sink.unpacked(bytes.len() as u64) {
            return true;
        }
        self.stopped = true;
        sink.say(Note::whole(notes::STOPPED), false);
        sink.close();
        false
    }

    fn give(&mut self, bytes: &[u8], sink: &mut dyn Sink) -> Next {
        if sink.push(bytes) {
            return Next::Go;
        }
        self.stopped |= !sink.wants_more();
        if self.stopped { Next::Stop } else { Next::Skip }
    }

    fn end(&mut self, troubles: &[archive::Trouble], sink: &mut dyn Sink) {
        for trouble in troubles {
            let (text, unreadable) = notes::of_member(trouble, &self.archive);
            sink.say(Note::whole(text), unreadable);
        }
        sink.close();
    }

    fn note(&mut self, note: archive::Note) -> Next {
        let (note, partly) = notes::of_archive(note);
        self.notes.push(note);
        if partly {
            self.state = InputState::PartlyRead;
        }
        Next::Go
    }

    fn next(&mut self, sink: &mut dyn Sink) -> Next {
        self.stopped |= !sink.wants_more();
        if self.stopped { Next::Stop } else { Next::Go }
    }
}
