//! What is said of an archive and its members that could not be unpacked whole, and what to do about it.

use crate::archive::{self, Trouble};
use crate::finding::safe_name;
use crate::formats::Loss;
use crate::input::Note;
use crate::tables::packings::Packing;
use crate::text::{Class, Text};

/// What is said of a member, and how much of it cannot be had.
pub(super) fn of_member(trouble: &Trouble, archive: &str) -> (Text, Loss) {
    use Loss::{Everything, Nothing, Part};
    match trouble {
        Trouble::Cut => (CUT, Part),
        Trouble::Damaged => (DAMAGED, Part),
        Trouble::Checksum => (CHECKSUM, Part),
        Trouble::Length { claimed } => (length(*claimed), Part),
        Trouble::Header | Trouble::HeaderChecksum => (HEADER, Part),
        Trouble::Differs => (DIFFERS, Part),
        Trouble::Overlaps => (OVERLAPS, Everything),
        Trouble::Packed(packing) => (packed(Some(packing), archive), Everything),
        Trouble::PackedUnknown(method) => (packed_unknown(*method), Everything),
        Trouble::Encrypted => (encrypted(archive), Everything),
        Trouble::Sparse => (SPARSE, Everything),
        Trouble::Split => (SPLIT, Everything),
        Trouble::NameCut => (NAME_CUT, Nothing),
        Trouble::Dense => (DENSE, Nothing),
        Trouble::TooDense | Trouble::TooMuch => (STOPPED, Part),
    }
}

/// What is said of the archive, and whether something of it was not read.
pub(super) fn of_archive(note: archive::Note) -> (Note, bool) {
    match note {
        archive::Note::Junk { at, bytes } => (Note::byte(at, junk(bytes)), false),
        archive::Note::Lost { at, bytes } => (Note::byte(at, LOST.number("bytes", bytes)), true),
        archive::Note::Cut { at } => (Note::byte(at, ARCHIVE_CUT), true),
        archive::Note::NoEnd => (Note::whole(NO_END), true),
        archive::Note::ExtensionTooLong { at } => (Note::byte(at, EXTENSION), true),
        archive::Note::MembersLeftOut(count) => (Note::whole(left_out(count)), true),
        archive::Note::NoDirectory => (Note::whole(NO_DIRECTORY), true),
        archive::Note::DirectoryDiffers { listed, walked } => (Note::whole(differs(listed, walked)), true),
    }
}

/// Packed in a way that is not read here.
pub(super) fn packed(packing: Option<&Packing>, archive: &str) -> Text {
    let Some(packing) = packing else { return packed_unknown(0) };
    PACKED.word("name", packing.name).nested("command", command(packing.command, archive))
}

/// A name is put into a command only where nothing in it means something to a shell.
fn command(pattern: &'static str, archive: &str) -> Text {
    match pattern.split_once("<file>") {
        Some((before, after)) if safe_name(archive) => {
            COMMAND.word("before", before).with("archive", Class::File, archive).word("after", after)
        }
        _ => PATTERN.word("pattern", pattern),
    }
}

fn packed_unknown(method: u16) -> Text {
    UNKNOWN_METHOD.number("method", method)
}

fn encrypted(archive: &str) -> Text {
    ENCRYPTED.nested("command", command("7z x <file>", archive))
}

fn length(claimed: u64) -> Text {
    LENGTH.number("claimed", claimed)
}

fn junk(bytes: u64) -> Text {
    JUNK.number("bytes", bytes)
}

fn left_out(count: u64) -> Text {
    LEFT_OUT.number("count", count)
}

fn differs(listed: u64, walked: u64) -> Text {
    NUMBERS_DIFFER.number("listed", listed).number("walked", walked)
}

const PACKED: Text = Text::fixed(
    "It is packed with {name}, which is not opened here. Unpack it with `{command}` and drop what comes out.",
    "Gepackt mit {name}, das hier nicht geöffnet wird. Entpacken Sie es mit `{command}` und legen Sie das Ergebnis ab.",
);
const UNKNOWN_METHOD: Text = Text::fixed(
    "It is packed in a way that is not known here (method {method}). Unpack the archive with `7z x <file>` and drop what comes out.",
    "Auf eine Art gepackt, die hier nicht bekannt ist (Methode {method}). Entpacken Sie das Archiv mit `7z x <file>` und legen Sie das Ergebnis ab.",
);
const ENCRYPTED: Text = Text::fixed(
    "It is encrypted. Unpack the archive yourself with `{command}` and drop what comes out.",
    "Verschlüsselt. Entpacken Sie das Archiv selbst mit `{command}` und legen Sie das Ergebnis ab.",
);
const LENGTH: Text = Text::fixed(
    "The archive says that it has {claimed} bytes, but another number came out. A part may be missing; copy or download the archive again.",
    "Das Archiv nennt {claimed} Bytes, heraus kam eine andere Zahl. Ein Teil kann fehlen; kopieren Sie das Archiv noch einmal oder laden Sie es erneut herunter.",
);
const JUNK: Text = Text::fixed(
    "{bytes} bytes here belong to no member. The members were read.",
    "{bytes} Bytes an dieser Stelle gehören zu keiner Datei des Archivs. Die Dateien wurden gelesen.",
);
const LEFT_OUT: Text = Text::fixed(
    "{count} more members were only counted: there are too many. Unpack the archive and drop those that matter.",
    "{count} weitere Dateien wurden nur gezählt: Es sind zu viele. Entpacken Sie das Archiv und legen Sie die wichtigen ab.",
);
const NUMBERS_DIFFER: Text = Text::fixed(
    "The directory of the archive lists {listed} members, but {walked} came by. It may be damaged; copy or download it again.",
    "Das Verzeichnis des Archivs nennt {listed} Dateien, gelesen wurden {walked}. Es kann beschädigt sein; kopieren Sie es noch einmal oder laden Sie es erneut herunter.",
);
const LOST: Text = Text::fixed(
    "A header in the archive is damaged: {bytes} bytes from here on belong to no file, and a file may be missing. Copy or download the archive again.",
    "Ein Kopf im Archiv ist beschädigt: {bytes} Bytes ab hier gehören zu keiner Datei, und eine Datei kann fehlen. Kopieren Sie das Archiv noch einmal oder laden Sie es erneut herunter.",
);
const COMMAND: Text = Text::fixed("{before}{archive}{after}", "{before}{archive}{after}");
const PATTERN: Text = Text::fixed("{pattern}", "{pattern}");
const CUT: Text = Text::fixed(
    "The archive ends before this file does: only its beginning was read. Copy or download the archive again.",
    "Das Archiv endet vor dem Ende dieser Datei: Nur ihr Anfang wurde gelesen. Kopieren Sie das Archiv noch einmal oder laden Sie es erneut herunter.",
);
const DAMAGED: Text = Text::fixed(
    "The archive is damaged in this file: only what stands before the damage was read. Copy or download the archive again.",
    "Das Archiv ist in dieser Datei beschädigt: Nur was vor dem Schaden steht, wurde gelesen. Kopieren Sie das Archiv noch einmal oder laden Sie es erneut herunter.",
);
const CHECKSUM: Text = Text::fixed(
    "Its checksum does not fit, so some of it may be wrong. Copy or download the archive again.",
    "Die Prüfsumme stimmt nicht, deshalb kann etwas darin falsch sein. Kopieren Sie das Archiv noch einmal oder laden Sie es erneut herunter.",
);
const HEADER: Text = Text::fixed(
    "Its header in the archive is damaged or of a kind that is not known, so a part may be missing. Copy or download the archive again.",
    "Der Kopf im Archiv ist beschädigt oder von unbekannter Art, deshalb kann ein Teil fehlen. Kopieren Sie das Archiv noch einmal oder laden Sie es erneut herunter.",
);
const DIFFERS: Text = Text::fixed(
    "The directory of the archive and the header in front of this file differ. The directory was believed.",
    "Das Verzeichnis des Archivs und der Kopf vor dieser Datei sagen Verschiedenes. Es gilt das Verzeichnis.",
);
const OVERLAPS: Text = Text::fixed(
    "It lies in the bytes of another file, as no honest archive has it. It was not read.",
    "Die Datei liegt in den Bytes einer anderen, was in keinem ehrlichen Archiv vorkommt. Sie wurde nicht gelesen.",
);
const SPARSE: Text = Text::fixed(
    "The archive holds this file without its gaps (sparse), and it is not put together here. Unpack the archive with `tar xf <file>` and drop what comes out.",
    "Das Archiv enthält diese Datei ohne ihre Lücken (sparse); hier wird sie nicht zusammengesetzt. Entpacken Sie das Archiv mit `tar xf <file>` und legen Sie das Ergebnis ab.",
);
const SPLIT: Text = Text::fixed(
    "It lies in another part of a split archive. Unpack all parts together with `7z x <file>` and drop what comes out.",
    "Die Datei liegt in einem anderen Teil eines geteilten Archivs. Entpacken Sie alle Teile zusammen mit `7z x <file>` und legen Sie das Ergebnis ab.",
);
const NAME_CUT: Text =
    Text::fixed("Its name is longer than is shown here.", "Der Name ist länger, als er hier gezeigt wird.");
const DENSE: Text = Text::fixed(
    "It unpacks to more than 200 times its packed size.",
    "Entpackt ist die Datei mehr als 200-mal so groß wie gepackt.",
);
const ARCHIVE_CUT: Text = Text::fixed(
    "The archive ends here in the middle of a header. Copy or download it again.",
    "Das Archiv endet hier mitten in einem Kopf. Kopieren Sie es noch einmal oder laden Sie es erneut herunter.",
);
const NO_END: Text = Text::fixed(
    "The mark at the end of the archive is missing, so it may have been cut between two files. Copy or download it again.",
    "Die Marke am Ende des Archivs fehlt; es kann zwischen zwei Dateien abgeschnitten sein. Kopieren Sie es noch einmal oder laden Sie es erneut herunter.",
);
const EXTENSION: Text = Text::fixed(
    "What the archive says here about the next file is longer than is read, and was passed over.",
    "Was das Archiv hier über die nächste Datei sagt, ist länger, als gelesen wird, und wurde übergangen.",
);
const NO_DIRECTORY: Text = Text::fixed(
    "The directory of the archive is missing or damaged; its files were found by the headers in front of them. Some may be missing: copy or download it again.",
    "Das Verzeichnis des Archivs fehlt oder ist beschädigt; die Dateien wurden an den Köpfen davor erkannt. Einige können fehlen: Kopieren Sie es noch einmal oder laden Sie es erneut herunter.",
);
/// Said of the archive as well as of the member in which it was stopped.
pub(super) const STOPPED: Text = Text::fixed(
    "It unpacks to more than is read, or to many times more than anything real does. Unpacking was stopped; what came before was read. Unpack it yourself and drop what matters.",
    "Entpackt ist es mehr, als gelesen wird, oder ein Vielfaches dessen, was bei echten Dateien vorkommt. Das Entpacken wurde abgebrochen; was davor kam, wurde gelesen. Entpacken Sie es selbst und legen Sie ab, was wichtig ist.",
);
pub(super) const LINKS: Text = Text::fixed(
    "Links and devices in the archive lead to nothing here and were passed over.",
    "Verweise und Geräte im Archiv führen hier zu nichts und wurden übergangen.",
);
