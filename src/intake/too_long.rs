//! What is not done for a log that is too large to be held whole: nothing is taken off, no order is changed.
//!
//! ```text
//! {"log":"%ASA-6-725006: …"}          a collector's export of 200 MiB: its lines are read as they are
//! ```
//! Such a log is read line by line, so a note says what may be missing, and the log counts as read in part.
//!
//! Empty: a plain log in order.
//! Quirks: forms are looked for in the head alone, the order in the first and the last time of the whole.

use crate::documents::Content;
use crate::formats::Parsed;
use crate::input::Kind;
use crate::intake::claims::decode;
use crate::limits::Limits;
use crate::text::Text;
use crate::time::Stamp;
use crate::unwrap::{self, Wrapped};

/// Something stands around the lines of the head, or they run backwards.
pub(super) fn is_wrapped(name: &str, head: &[u8], limits: &Limits) -> bool {
    // Its last line may be cut.
    let end = memchr::memrchr(b'\n', head).map_or(head.len(), |end| end + 1);
    let text = decode(head.get(..end).unwrap_or_default(), limits);
    // Lines that only changed their places are told of by their times.
    unwrap::unwrap(&Wrapped { name, text: &text, markup: false }, limits)
        .is_some_and(|unwrapped| unwrapped.text.text().len() != text.text().len())
}

/// The last message is older than the first one.
pub(super) fn runs_backwards(parsed: &Parsed) -> bool {
    parsed.documents.iter().any(|content| {
        let Content::AsaSyslog(log) = content else { return false };
        let key = |stamp: Stamp| (stamp.year, stamp.month_day, stamp.micros_of_day);
        // Without a year, January follows December.
        let month =
            |stamp: Stamp| stamp.year.is_none().then_some(stamp.month_day).flatten().map(|(month, _)| month);
        log.first.zip(log.last).is_some_and(|(first, last)| {
            let new_year = month(first) == Some(12) && month(last) == Some(1);
            // Two clocks without a day say nothing.
            first.month_day.is_some() && key(last) < key(first) && !new_year
        })
    })
}

pub(super) fn wrapped(limit: u64) -> Text {
    let limit = limit >> 20;
    WRAPPED_LINES.number("limit", limit)
}

pub(super) fn backwards(limit: u64) -> Text {
    let limit = limit >> 20;
    NEWEST_FIRST.number("limit", limit)
}

/// The head holds something else as well, which is read only where the whole file can be held.
pub(super) fn left(kind: Kind, limit: u64) -> Text {
    HEAD_HOLDS.nested("kind", kind.name()).number("limit", limit >> 20)
}

/// The file has more bytes than are read of its kind.
pub(super) fn over_limit(bytes: u64, limit: u64) -> Text {
    TOO_LARGE.number("bytes", bytes).number("limit", limit)
}

/// Why a file is not read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Short {
    /// It stopped coming.
    Stalled,
    /// The person stopped the reading.
    Stopped,
}

/// `taken` bytes of `size` are read.
pub(super) fn cut_short(taken: u64, size: u64, why: Short) -> Text {
    let text = match why {
        Short::Stalled => CUT_SHORT,
        Short::Stopped => STOPPED,
    };
    text.number("taken", taken).number("size", size)
}

const CUT_SHORT: Text = Text::fixed(
    "Only the first {taken} of {size} bytes were read: after that the file gave nothing for a long time. Copy it to this computer and drop the copy, or only the part that shows the attempt.",
    "Nur die ersten {taken} von {size} Bytes wurden gelesen: Danach kam aus der Datei lange nichts mehr. Kopieren Sie sie auf diesen Rechner und legen Sie die Kopie ab, oder nur den Teil, der den Versuch zeigt.",
);
const STOPPED: Text = Text::fixed(
    "Only the first {taken} of {size} bytes were read: then you stopped reading. Drop the file again to read all of it.",
    "Nur die ersten {taken} von {size} Bytes wurden gelesen: Dann haben Sie das Lesen abgebrochen. Legen Sie die Datei noch einmal ab, um sie ganz zu lesen.",
);

const WRAPPED_LINES: Text = Text::fixed(
    "The lines of this log are written inside another form (an export, a table, a recording). In files over {limit} MiB that form is not taken off, so messages may be missing or cut. Cut out the time of one connection attempt and drop that part.",
    "Die Zeilen dieses Protokolls stehen in einer anderen Form (Export, Tabelle, Mitschnitt). In Dateien über {limit} MiB wird sie nicht abgenommen, deshalb können Meldungen fehlen oder abgeschnitten sein. Schneiden Sie die Zeit eines Verbindungsversuchs heraus und legen Sie diesen Teil ab.",
);
const NEWEST_FIRST: Text = Text::fixed(
    "The newest line of this log stands first. Files over {limit} MiB are not put in order, so what followed on what may be told wrong. Sort the log by time, or cut out the time of one connection attempt and drop that part.",
    "In diesem Protokoll steht die neueste Zeile oben. Dateien über {limit} MiB werden nicht geordnet, deshalb kann die Reihenfolge der Ereignisse falsch wiedergegeben sein. Sortieren Sie das Protokoll nach der Zeit, oder schneiden Sie die Zeit eines Verbindungsversuchs heraus und legen Sie diesen Teil ab.",
);
const HEAD_HOLDS: Text = Text::fixed(
    "The beginning of the file holds something else as well ({kind}), which is read only in files of up to {limit} MiB. Cut that part out and drop it as a file of its own.",
    "Am Anfang der Datei steht noch etwas anderes ({kind}), das nur in Dateien bis {limit} MiB gelesen wird. Schneiden Sie diesen Teil heraus und legen Sie ihn als eigene Datei ab.",
);

const TOO_LARGE: Text = Text::fixed(
    "The file has {bytes} bytes; at most {limit} bytes of this kind are read. Cut out the time of one connection attempt and drop that.",
    "Die Datei hat {bytes} Bytes; von dieser Art werden höchstens {limit} Bytes gelesen. Schneiden Sie die Zeit eines Verbindungsversuchs heraus und legen Sie diesen Teil ab.",
);
