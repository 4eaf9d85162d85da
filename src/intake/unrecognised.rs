//! How an input is listed that no format claims: what it seems to be, and what to drop instead.

use crate::documents::foreign::Foreign;
use crate::formats::foreign::{self, From};
use crate::formats::{Sample, asa_show};
use crate::input::Input;
use crate::text::Text;

/// The input without its holder, and what it seems to be. `session` is true inside a recorded session; `size` is that
/// of the dropped bytes.
pub(super) fn listed(sample: &Sample<'_>, session: bool, size: usize) -> (Input, Option<Foreign>) {
    let from = match sample.command {
        Some(command) if asa_show::is_read_elsewhere(command) => From::ReadCommand,
        _ if session => From::Session,
        _ => From::File,
    };
    let found = foreign::guess(sample, from);
    let lines = sample.text.line_count();
    let because = match found.as_ref().and_then(Foreign::row) {
        Some(row) => foreign::because(row),
        None if size == 0 => EMPTY,
        None if lines == 0 => BINARY,
        None => UNKNOWN_TEXT,
    };
    let input = Input {
        name: sample.name.to_owned(),
        bytes: size as u64,
        lines: (lines > 0).then_some(lines),
        because,
        seems: found.as_ref().map(|found| found.id.clone()).unwrap_or_default(),
        ..Input::default()
    };
    (input, found)
}

const EMPTY: Text = Text::fixed(
    "The file is empty. Save or download it again.",
    "Die Datei ist leer. Speichern Sie sie noch einmal oder laden Sie sie erneut herunter.",
);
const BINARY: Text = Text::fixed(
    "Binary data of a kind that is not known here. Drop what it was made from: the log, the configuration or the certificate.",
    "Binärdaten einer Art, die hier nicht bekannt ist. Legen Sie ab, woraus sie entstanden sind: das Protokoll, die Konfiguration oder das Zertifikat.",
);
const UNKNOWN_TEXT: Text = Text::fixed(
    "Text in which nothing of a phone, an ASA or a certificate was recognised. Drop the device's output unchanged, with the command above it.",
    "Text, in dem nichts von einem Telefon, einer ASA oder einem Zertifikat erkannt wurde. Legen Sie die Ausgabe des Geräts unverändert ab, mit dem Befehl darüber.",
);
