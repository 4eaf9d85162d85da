//! The one sentence on top.

use crate::diagnosis::{RuleRow, Verdict, VerdictState, WaitingRow};
use crate::finding::{Conclusion, Severity};
use crate::text::{Text, counted};

/// The verdict of a case.
pub fn verdict(findings: &[Conclusion], passed: &[RuleRow], waiting: &[WaitingRow]) -> Verdict {
    let first = findings.iter().find(|found| found.severity != Severity::Notice);
    if let Some(found) = first {
        let state =
            if found.severity == Severity::Blocker { VerdictState::Fault } else { VerdictState::Suspect };
        let own = found.explanation.first().cloned().unwrap_or_default();
        return Verdict {
            state,
            rule: Some(found.rule.clone()),
            stage: Some(found.stage),
            sentence: found.title.clone(),
            detail: own,
        };
    }
    let (checked, open) = (passed.len(), waiting.len());
    if checked == 0 {
        return Verdict {
            state: VerdictState::Unknown,
            rule: None,
            stage: None,
            sentence: NOTHING_CHECKED,
            detail: BRING_SOMETHING,
        };
    }
    let detail = if open == 0 {
        Text::default()
    } else {
        Text::made(
            format!("{open} more could not be checked yet: see what to bring."),
            format!("{open} weitere konnten noch nicht geprüft werden: Siehe „Das fehlt noch“."),
        )
    };
    Verdict {
        state: VerdictState::Clear,
        rule: None,
        stage: None,
        sentence: Text::made(
            format!("Nothing wrong in what could be checked: {}.", counted(checked, "check", "checks")),
            format!(
                "In dem, was geprüft werden konnte, ist kein Fehler: {}.",
                counted(checked, "Prüfung", "Prüfungen")
            ),
        ),
        detail,
    }
}

const NOTHING_CHECKED: Text =
    Text::fixed("Nothing could be checked yet.", "Noch konnte nichts geprüft werden.");
const BRING_SOMETHING: Text = Text::fixed(
    "Drop the phone's configuration, its console logs, the ASA's configuration, its log or a certificate.",
    "Legen Sie die Konfiguration des Telefons, seine Konsolenprotokolle, die Konfiguration oder das Protokoll der ASA oder ein Zertifikat ab.",
);
