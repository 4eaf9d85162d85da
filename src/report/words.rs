//! Words that every written form of a report shares.

use crate::diagnosis::Diagnosis;
use crate::finding::Evidence;
use crate::report::visible;
use crate::text::{Lang, Text};

/// Where a piece of evidence is: `phone.log:908`, `SEP….cnf.xml, lines 1-80`, or "your answer".
pub fn place(diagnosis: &Diagnosis, evidence: &Evidence, lang: Lang) -> String {
    let Some(input) = evidence.input else { return ANSWER.get(lang).to_owned() };
    let name = diagnosis.inputs.get(input as usize).map(|input| visible(&input.name)).unwrap_or_default();
    match &evidence.at {
        Some(at) if at.line > 0 => format!("{name}:{}", at.line),
        Some(at) => format!("{name}, byte {}", at.offset),
        None => format!("{name}, {}", evidence.looked_in.as_deref().unwrap_or_default()),
    }
}

pub const ANSWER: Text = Text::fixed("your answer", "Ihre Antwort");
pub const BRING: Text =
    Text::fixed("Bring this, and more checks run", "Das fehlt noch; damit laufen weitere Prüfungen");
pub const CAUSED_BY: Text = Text::fixed("a consequence of", "eine Folge von");
pub const FILES: Text = Text::fixed("Files", "Dateien");
pub const FIX: Text = Text::fixed("Fix:", "Lösung:");
pub const UNDO: Text = Text::fixed("Undo:", "Zurücknehmen:");
pub const VERIFY: Text = Text::fixed("Verify:", "Prüfen:");
