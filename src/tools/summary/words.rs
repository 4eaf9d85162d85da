//! What a summary says in words, in both languages.

use crate::diagnosis::VerdictState;
use crate::rules;
use crate::text::{Lang, Text};

/// A rule's title; the id of one that is not known here.
pub(super) fn title(rule: &str, lang: Lang) -> String {
    match rules::by_id(rule) {
        Some(known) => rules::prose::title(&known.prose).get(lang).into_owned(),
        None => rule.to_owned(),
    }
}

/// A verdict in a word.
pub(super) const fn verdict(state: VerdictState) -> Text {
    match state {
        VerdictState::Fault => Text::fixed("blocked", "gestört"),
        VerdictState::Suspect => Text::fixed("at risk", "gefährdet"),
        VerdictState::Unknown => Text::fixed("not clear", "unklar"),
        VerdictState::Clear => Text::fixed("nothing found", "ohne Befund"),
    }
}

pub(super) const TITLE: Text =
    Text::fixed("Reports of the fleet: {reports}", "Berichte der Flotte: {reports}");
pub(super) const FINDINGS: Text = Text::fixed("What was found", "Was gefunden wurde");
pub(super) const NO_FINDINGS: Text =
    Text::fixed("No report has a finding.", "Kein Bericht enthält einen Befund.");
pub(super) const GATEWAYS: Text = Text::fixed("By gateway", "Nach Gateway");
pub(super) const MODELS: Text = Text::fixed("By model", "Nach Modell");
pub(super) const LOADS: Text = Text::fixed("By firmware", "Nach Firmware");
pub(super) const NOT_SHOWN: Text = Text::fixed("not shown", "nicht erkennbar");
pub(super) const RENEWAL: Text =
    Text::fixed("When the ASA's certificate is renewed", "Wenn das Zertifikat der ASA erneuert wird");
pub(super) const NO_RENEWAL: Text = Text::fixed(
    "No report shows a phone's configuration together with the certificate that its ASA presents: add both to see who is ready.",
    "Kein Bericht zeigt die Konfiguration eines Telefons zusammen mit dem Zertifikat, das seine ASA vorlegt: Ergänzen Sie beides, um zu sehen, wer bereit ist.",
);
pub(super) const CERTIFICATE: Text =
    Text::fixed("Certificate {sha1}, valid until {until}", "Zertifikat {sha1}, gültig bis {until}");
pub(super) const READY: Text = Text::fixed("ready: {count}", "bereit: {count}");
pub(super) const SAME_ISSUER: Text = Text::fixed(
    "ready if the same CA issues the new one: {count}",
    "bereit, wenn dieselbe CA das neue ausstellt: {count}",
);
pub(super) const BREAKS: Text = Text::fixed(
    "will not trust the new certificate: {count}",
    "werden dem neuen Zertifikat nicht vertrauen: {count}",
);
pub(super) const REFUSES: Text =
    Text::fixed("do not trust the present one: {count}", "vertrauen schon dem jetzigen nicht: {count}");
pub(super) const NO_NEXT: Text = Text::fixed(
    "No next certificate is at hand yet: give every phone its hash before the ASA presents it.",
    "Ein nächstes Zertifikat liegt noch nicht vor: Geben Sie jedem Telefon dessen Hash, bevor die ASA es vorlegt.",
);
pub(super) const AMONG: Text = Text::fixed("among them {names}", "darunter {names}");
pub(super) const DAMAGED: Text =
    Text::fixed("Lines that are no report: {count}", "Zeilen, die kein Bericht sind: {count}");
pub(super) const LINE: Text = Text::fixed("{file}, line {line}: {why}", "{file}, Zeile {line}: {why}");
