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
//! Quirks: an office document is a zip and is called what it is; a program that ends as a zip does unpacks itself, and
//! is opened. A name leads to no path and is shown as it is written. What cannot be unpacked is listed with the reason
//! and the command that unpacks it. Folders, links and devices hold nothing and are no inputs.
//!
//! Sources: RFC 1952; POSIX.1-2017 `pax`; APPNOTE.TXT 6.3.10; see `src/archive/`.

use account::Account;
use unzipped::Unzipped;

use crate::archive::gzip::Gzip;
use crate::archive::tar::Tar;
use crate::archive::{self, Archive, Reader, zip};
use crate::formats::{Claim, Format, How, Parsed, Sample, Share, Sink, Unpack};
use crate::input::{Kind, Note};
use crate::limits::{ArchiveLimits, Limits};
use crate::tables::foreign_files;
use crate::tables::packings::Packing;
use crate::text::Text;

mod account;
mod listing;
mod notes;
mod unzipped;

/// The format.
pub const FORMAT: Format = Format { name: "archive", recognise, most: 100, read: How::Unpacked(start) };

fn recognise(sample: &Sample<'_>) -> Option<Claim> {
    let (name, at) = match kind_of(sample)? {
        Archive::Gzip => ("gzip", 0),
        Archive::Tar => ("tar", TAR_MAGIC),
        Archive::Zip if zip::begins(sample.bytes) => ("zip", 0),
        Archive::Zip => return Some(claim(ZIP_END)),
        Archive::Packed(packing) => (packing.name, 0),
    };
    Some(claim(MAGIC_BYTES.word("name", name).number("at", at)))
}

fn claim(because: Text) -> Claim {
    Claim { kind: Kind::Archive, strength: 100, because, share: Share::Alone }
}

/// Where a tar says that it is one.
const TAR_MAGIC: usize = 257;
const MAGIC_BYTES: Text =
    Text::fixed("the bytes of {name} at byte {at}", "die Kennung von {name} an Byte {at}");
const ZIP_END: Text = Text::fixed("the directory of a zip at its end", "dem Verzeichnis eines zip am Ende");

fn kind_of(sample: &Sample<'_>) -> Option<Archive> {
    let foreign = foreign_files::by_bytes(sample.bytes);
    // An office document in a zip is called what it is, not an archive to be unpacked.
    if foreign.is_none() {
        match archive::recognise(sample.bytes) {
            // Three letters begin a text, too; a block of bzip2 goes on with its size and a mark.
            Some(Archive::Packed(packing)) if packing.name == "bzip2" => {
                let mark = sample.bytes.get(4..10)?;
                return [BLOCK, STREAM_END].contains(&mark).then_some(Archive::Packed(packing));
            }
            // A text may begin with the signs of others, but none has bytes of zero.
            Some(Archive::Packed(_)) if sample.text.line_count() > 0 && !sample.bytes.contains(&0) => {}
            Some(archive) => return Some(archive),
            None => {}
        }
    }
    // A text, a script or a program may stand in front of a zip. One for Java is a zip itself.
    let may = foreign.is_none_or(|row| row.id == foreign_files::PROGRAM) && !zip::begins(sample.bytes);
    (may && sample.complete && zip::has_end(sample.bytes)).then_some(Archive::Zip)
}

/// bzip2's marks of a block and of the end: digits of pi and of its root.
const BLOCK: &[u8] = b"1AY&SY";
const STREAM_END: &[u8] = b"\x17\x72\x45\x38\x50\x90";

fn start(sample: &Sample<'_>, limits: &Limits) -> Box<dyn Unpack> {
    let stage = match kind_of(sample) {
        Some(Archive::Gzip) => {
            Stage::Gzip(Box::new(Gzip::new(&limits.archive)), Unzipped::new(&limits.archive))
        }
        Some(Archive::Tar) => Stage::Walked(Reader::Tar(Box::new(Tar::new(&limits.archive)))),
        Some(Archive::Zip) => Stage::Held(Vec::new()),
        Some(Archive::Packed(packing)) => Stage::Closed(Some(packing)),
        None => Stage::Closed(None),
    };
    let account = Account::new(sample.name, limits.archive.digests);
    Box::new(Opened { stage, whole: limits.whole, limits: limits.archive.clone(), account })
}

/// An archive that is being read.
struct Opened {
    stage: Stage,
    /// Bytes that are held at most.
    whole: u64,
    limits: ArchiveLimits,
    account: Account,
}

enum Stage {
    Gzip(Box<Gzip>, Unzipped),
    /// A zip: what counts stands at its end.
    Held(Vec<u8>),
    Walked(Reader),
    /// Packed in a way that is not read here.
    Closed(Option<&'static Packing>),
}

impl Unpack for Opened {
    fn push(&mut self, chunk: &[u8], sink: &mut dyn Sink) {
        let account = &mut self.account;
        match &mut self.stage {
            Stage::Gzip(reader, unzipped) => {
                reader.push(chunk, &mut |event| unzipped.take(event, account, sink));
            }
            Stage::Walked(reader) => reader.push(chunk, &mut |event| account.take(event, sink)),
            Stage::Held(bytes) => {
                bytes.extend_from_slice(chunk);
                if bytes.len() as u64 > self.whole {
                    let mut reader = zip::Zip::new(&self.limits);
                    reader.push(bytes, &mut |event| account.take(event, sink));
                    self.stage = Stage::Walked(Reader::Zip(Box::new(reader)));
                }
            }
            Stage::Closed(_) => {}
        }
    }

    fn wants_more(&self) -> bool {
        !self.account.is_stopped() && !matches!(self.stage, Stage::Closed(_))
    }

    fn finish(self: Box<Self>, sink: &mut dyn Sink) -> Parsed {
        let Self { stage, limits, mut account, .. } = *self;
        match stage {
            Stage::Gzip(mut reader, mut unzipped) => {
                reader.finish(&mut |event| unzipped.take(event, &mut account, sink));
            }
            Stage::Walked(mut reader) => reader.finish(&mut |event| account.take(event, sink)),
            Stage::Held(bytes) => {
                zip::read(&bytes, &limits, &mut |event| account.take(event, sink));
            }
            Stage::Closed(packing) => {
                return Parsed::refused(Note::whole(notes::packed(packing, account.archive())));
            }
        }
        sink.close();
        account.finish()
    }
}
