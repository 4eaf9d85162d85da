//! Files that their first bytes tell: pictures, office documents, programs, films, fonts, and evidence in forms that
//! are not read.
//!
//! Sources: PNG (ISO/IEC 15948), JFIF, GIF89a, TIFF 6.0, RFC 9649 (WebP), ECMA-376 part 2 (Open Packaging), MS-CFB 2.2,
//! OpenDocument 1.2 part 3, ISO 32000-1 7.5.2 (PDF), RTF 1.9.1, ELF, PE/COFF, Mach-O, WebAssembly 1.0, ISO/IEC 14496-12,
//! RFC 3533 (Ogg), WOFF 2.0, SQLite file format 1.3.

use super::{ForeignFile, Sign, Weight};
use crate::text::Text;

/// A program; one that unpacks itself ends as a zip.
pub const PROGRAM: &str = "program";

pub(super) const ROWS: &[ForeignFile] = &[
    nothing(
        "picture",
        Text::fixed("a picture", "ein Bild"),
        Text::fixed("pictures", "Bilder"),
        &[
            Sign::Bytes(0, b"\x89PNG\r\n\x1a\n"),
            Sign::Bytes(0, b"\xff\xd8\xff"),
            Sign::Bytes(0, b"GIF87a"),
            Sign::Bytes(0, b"GIF89a"),
            Sign::Bytes(0, b"II*\0"),
            Sign::Bytes(0, b"MM\0*"),
            Sign::Bytes(8, b"WEBP"),
            Sign::Bytes(4, b"ftypheic"),
            Sign::Bytes(4, b"ftypavif"),
            Sign::Bytes(0, b"\0\0\x01\0"),
            Sign::Bytes(6, b"\0\0\0\0\x36\0\0\0\x28\0\0\0"),
            Sign::Bytes(0, b"8BPS"),
        ],
    ),
    ForeignFile {
        id: "outlook-message",
        name: Text::fixed("an Outlook message", "eine Outlook-Nachricht"),
        several: Text::fixed("Outlook messages", "Outlook-Nachrichten"),
        instead: Text::fixed(
            "Save its attachments and its text as files of their own.",
            "Speichern Sie ihre Anhänge und ihren Text als eigene Dateien.",
        ),
        weight: Weight::Evidence,
        signs: &[Sign::Compound(OUTLOOK)],
    },
    nothing(
        "office-document",
        Text::fixed("an office document", "ein Office-Dokument"),
        Text::fixed("office documents", "Office-Dokumente"),
        &[Sign::Packed(OFFICE), Sign::Compound(&[]), Sign::Bytes(0, b"%PDF-"), Sign::Bytes(0, b"{\\rtf")],
    ),
    nothing(
        PROGRAM,
        Text::fixed("a program", "ein Programm"),
        Text::fixed("programs", "Programme"),
        &[
            Sign::Bytes(0, b"\x7fELF"),
            Sign::Bytes(0, b"MZ\x90\0"),
            Sign::Bytes(0, b"\xfe\xed\xfa\xce"),
            Sign::Bytes(0, b"\xfe\xed\xfa\xcf"),
            Sign::Bytes(0, b"\xce\xfa\xed\xfe"),
            Sign::Bytes(0, b"\xcf\xfa\xed\xfe"),
            Sign::Bytes(0, b"\xca\xfe\xba\xbe"),
            Sign::Bytes(0, b"\0asm"),
            Sign::Bytes(0, b"!<arch>\n"),
            Sign::Packed(JAVA),
        ],
    ),
    nothing(
        "film",
        Text::fixed("a film or a sound", "ein Film oder Ton"),
        Text::fixed("films and sounds", "Filme und Töne"),
        &[
            Sign::Bytes(4, b"ftyp"),
            Sign::Bytes(0, b"ID3\x03"),
            Sign::Bytes(0, b"ID3\x04"),
            Sign::Bytes(0, b"OggS\0"),
            Sign::Bytes(0, b"fLaC\0"),
            Sign::Bytes(8, b"WAVE"),
            Sign::Bytes(8, b"AVI "),
            Sign::Bytes(0, b"\x1a\x45\xdf\xa3"),
        ],
    ),
    nothing(
        "font",
        Text::fixed("a font", "eine Schriftart"),
        Text::fixed("fonts", "Schriftarten"),
        &[
            Sign::Bytes(0, b"wOFF"),
            Sign::Bytes(0, b"wOF2"),
            Sign::Bytes(0, b"OTTO\0"),
            Sign::Bytes(0, b"\0\x01\0\0\0"),
        ],
    ),
    nothing(
        "folder-settings",
        Text::fixed("a file manager's own file", "eine Datei der Dateiverwaltung"),
        Text::fixed("file managers' own files", "Dateien der Dateiverwaltung"),
        &[Sign::Bytes(0, b"\0\0\0\x01Bud1"), Sign::Starts("[.ShellClassInfo]")],
    ),
    ForeignFile {
        id: "windows-event-file",
        name: Text::fixed("an event log of Windows", "ein Ereignisprotokoll von Windows"),
        several: Text::fixed("event logs of Windows", "Ereignisprotokolle von Windows"),
        instead: Text::fixed(
            "It cannot show why a phone fails at the gateway; add the ASA's log.",
            "Warum ein Telefon am Gateway scheitert, zeigt es nicht; ergänzen Sie das Protokoll der ASA.",
        ),
        weight: Weight::Evidence,
        signs: &[Sign::Bytes(0, b"ElfFile\0")],
    },
    ForeignFile {
        id: "database",
        name: Text::fixed("a database", "eine Datenbank"),
        several: Text::fixed("databases", "Datenbanken"),
        instead: Text::fixed(
            "Export what matters of it as text.",
            "Exportieren Sie das Wichtige daraus als Text.",
        ),
        weight: Weight::Evidence,
        signs: &[Sign::Bytes(0, b"SQLite format 3\0")],
    },
];

/// First members of an Open Packaging file and of an OpenDocument file.
const OFFICE: &[&str] = &["[Content_Types].xml", "_rels/.rels", "docProps/", "mimetypeapplication/"];
/// First members of a Java archive.
const JAVA: &[&str] = &["META-INF/"];
/// `__substg1.0_`, with which the streams of a message are called, in UTF-16.
const OUTLOOK: &[u8] = b"_\0_\0s\0u\0b\0s\0t\0g\x001\0";

const fn nothing(id: &'static str, name: Text, several: Text, signs: &'static [Sign]) -> ForeignFile {
    ForeignFile { id, name, several, instead: Text::fixed("", ""), weight: Weight::Nothing, signs }
}
