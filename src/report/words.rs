//! Words that every written form of a report shares.

use crate::diagnosis::{Diagnosis, Origin, VerdictState};
use crate::finding::{Confidence, Evidence, Severity};
use crate::input::InputState;
use crate::report::visible;
use crate::source::{At, Spot};
use crate::stage::StageState;
use crate::text::{Class, Lang, Text};

/// Where a piece of evidence is: `phone.log:908`, `prt.tar.gz › logs/messages:12`, `SEP….cnf.xml, lines 1-80`, or "your
/// answer".
pub fn place(diagnosis: &Diagnosis, evidence: &Evidence, lang: Lang) -> String {
    let Some(input) = evidence.input else { return ANSWER.get(lang).into_owned() };
    match &evidence.at {
        Some(at) => spot(diagnosis, input, at, lang),
        None => {
            let looked_in = evidence.looked_in.as_deref().unwrap_or_default();
            format!("{}, {}", name(diagnosis, input), searched(looked_in).get(lang))
        }
    }
}

/// Where something was looked for: `lines 1-80` and `3 records` are what findings write.
pub fn searched(looked_in: &str) -> Text {
    if let Some(lines) = looked_in.strip_prefix("lines ") {
        let lines = lines.replace('-', "–");
        return Text::fixed("lines {lines}", "Zeilen {lines}").with("lines", Class::Words, lines);
    }
    match looked_in.strip_suffix(" records") {
        Some(count) => Text::fixed("{count} records", "{count} Einträge").with("count", Class::Words, count),
        None => Text::quoted(looked_in),
    }
}

/// Where something is in an input: `phone.log:908`, `vpn.pcap, packet 12` or `ITLFile.tlv, byte 120`.
pub fn spot(diagnosis: &Diagnosis, input: u32, at: &At, lang: Lang) -> String {
    let name = name(diagnosis, input);
    match at.spot() {
        Spot::Line { number, .. } => format!("{name}:{number}"),
        Spot::Packet { packet, .. } => format!("{name}, {}", packet.name().get(lang)),
        Spot::Byte { at } => format!("{name}, byte {at}"),
    }
}

/// The name of an input, with the archives that it lies in.
pub fn name(diagnosis: &Diagnosis, input: u32) -> String {
    visible(&diagnosis.full_name(input))
}

/// A stage's state.
pub const fn stage(state: StageState) -> Text {
    match state {
        StageState::Failed => Text::fixed("failed", "gescheitert"),
        StageState::Warned => Text::fixed("warning", "Warnung"),
        StageState::Passed => Text::fixed("passed", "bestanden"),
        StageState::Unknown => Text::fixed("not known", "unbekannt"),
        StageState::NotReached => Text::fixed("not reached", "nicht erreicht"),
    }
}

/// A sign for it, which tells without colour.
pub const fn stage_sign(state: StageState) -> char {
    match state {
        StageState::Failed => '✖',
        StageState::Warned => '▲',
        StageState::Passed => '✔',
        StageState::Unknown => '?',
        StageState::NotReached => '○',
    }
}

/// A sign for the state of a case.
pub const fn verdict_sign(state: VerdictState) -> char {
    match state {
        VerdictState::Fault => '✖',
        VerdictState::Suspect => '▲',
        VerdictState::Clear => '✔',
        VerdictState::Unknown => '○',
    }
}

/// A sign for a severity and what it means.
pub const fn severity(severity: Severity) -> (char, Text) {
    match severity {
        Severity::Blocker => ('✖', Text::fixed("blocks now", "blockiert jetzt")),
        Severity::Warning => ('▲', Text::fixed("will fail later", "wird später scheitern")),
        Severity::Notice => ('·', Text::fixed("worth knowing", "gut zu wissen")),
    }
}

/// How sure a finding is.
pub const fn confidence(confidence: Confidence) -> Text {
    match confidence {
        Confidence::Certain => Text::fixed("certain", "sicher"),
        Confidence::Likely => Text::fixed("likely", "wahrscheinlich"),
        Confidence::Possible => Text::fixed("possible", "möglich"),
    }
}

/// How far an input was read.
pub const fn input(state: InputState) -> Text {
    match state {
        InputState::Read => Text::fixed("read", "gelesen"),
        InputState::PartlyRead => Text::fixed("partly read", "teilweise gelesen"),
        InputState::Unrecognised => Text::fixed("not recognised", "nicht erkannt"),
        InputState::Refused => Text::fixed("not read", "nicht gelesen"),
    }
}

/// Where a setting comes from.
pub const fn origin(origin: Origin) -> Text {
    match origin {
        Origin::Own => Text::fixed("set in", "gesetzt in"),
        Origin::Inherited => Text::fixed("inherited from", "geerbt von"),
        Origin::User => Text::fixed("set for the user", "für den Benutzer gesetzt"),
        Origin::TunnelGroup => {
            Text::fixed("set in tunnel group", "gesetzt in der Tunnelgruppe (tunnel-group)")
        }
        Origin::Default => Text::fixed(
            "set nowhere; the ASA release's own default applies",
            "nirgends gesetzt; es gilt die Vorgabe der ASA-Version",
        ),
        Origin::Unknown => Text::fixed("not shown here", "hier nicht zu sehen"),
    }
}

/// How much of a list was left out.
pub fn more(left: usize) -> Text {
    Text::fixed("… and {left} more", "… und {left} weitere").number("left", left)
}

/// How many findings of one rule were left out.
pub fn more_of_kind(left: u32) -> Text {
    Text::fixed(
        "… and {left} more of this kind were found",
        "… und {left} weitere dieser Art wurden gefunden",
    )
    .number("left", left)
}

/// What stands at the head of a redacted report.
pub const REDACTED: Text = Text::fixed(
    "Redacted: names such as HOST-01, PHONE-02 or ⟨text 3⟩ are pseudonyms, the same one for the same thing throughout this report.",
    "Geschwärzt: Namen wie HOST-01, PHONE-02 oder ⟨text 3⟩ sind Pseudonyme; dasselbe heißt im ganzen Bericht gleich.",
);

pub const ANSWER: Text = Text::fixed("your answer", "Ihre Antwort");
pub const BRING: Text = Text::fixed("Still needed for more checks", "Das fehlt noch für weitere Prüfungen");
pub const CAUSED_BY: Text = Text::fixed("a consequence of", "eine Folge von");
pub const FILES: Text = Text::fixed("Files", "Dateien");
pub const FIX: Text = Text::fixed("Fix:", "Behebung:");
pub const UNDO: Text = Text::fixed("Undo:", "Zurücknehmen:");
pub const VERIFY: Text = Text::fixed("Verify:", "Prüfen:");
pub const STAGE: Text = Text::fixed("Stage", "Stufe");
pub const STATE: Text = Text::fixed("State", "Zustand");
/// What stands where a device said nothing.
pub const NOTHING: &str = "–";
/// What the sources of a finding are called.
pub const SOURCES: Text = Text::fixed("Sources:", "Quellen:");
