//! How it is today: what logs and lists of sessions show of a phone, and what the rules find in the case as it is.

use super::outcome::{Outcome, Will};
use super::rows::Subject;
use crate::case::Case;
use crate::diagnose::weighed::{Weighed, by_session};
use crate::diagnosis::{Diagnosis, PhoneRow};
use crate::finding::{Conclusion, Evidence, Severity};
use crate::stage::Stage;
use crate::text::Text;

/// The case as it is, with its logs.
pub(super) struct Now<'n, 'c> {
    pub case: &'n Case<'c>,
    pub diagnosis: &'n Diagnosis,
    /// The person says that the phones connect.
    pub works: bool,
}

/// How it is, and what says so.
pub(super) struct Today {
    pub outcome: Outcome,
    pub because: Vec<Evidence>,
    pub assumed: Option<Text>,
}

/// The blocker that comes first; an echo is none.
pub(super) fn blocker(diagnosis: &Diagnosis) -> Option<&Conclusion> {
    diagnosis.findings.iter().find(|found| is_blocker(found))
}

/// It stands in a phone's way by itself.
pub(super) fn is_blocker(found: &Conclusion) -> bool {
    found.severity == Severity::Blocker && found.caused_by.is_none()
}

/// That a rule breaks it.
pub(super) fn broken(found: &Conclusion) -> Outcome {
    Outcome { outcome: Will::Breaks, stage: Some(found.stage), rule: Some(found.rule.clone()) }
}

/// How one phone is. `own` is the diagnosis of its files alone.
pub(super) fn of(now: &Now<'_, '_>, subject: &Subject, own: &Diagnosis) -> Today {
    let row = subject
        .name
        .as_ref()
        .and_then(|name| now.diagnosis.phones.iter().find(|row| row.name.eq_ignore_ascii_case(name)));
    let shown = row.filter(|row| row.connected > 0 && row.failed.is_none());
    let failed = row.and_then(|row| Some((row, row.failed?)));
    if let Some((row, stage)) = failed {
        return failing(now, subject, row, stage);
    }
    let session = |row: &PhoneRow| row.place.iter().map(|place| Evidence::at(place, CONNECTED)).collect();
    // A session that a log shows is stronger than what settings let expect.
    let weighed = |found: &Conclusion| match shown {
        Some(_) => by_session(now.case, found),
        None => Weighed::Stands,
    };
    let mut blockers = own.findings.iter().filter(|found| is_blocker(found));
    let stands = blockers.clone().find(|found| weighed(found) != Weighed::Doubted);
    if let Some((found, row)) = stands.zip(shown).filter(|(found, _)| weighed(found) == Weighed::Disputed) {
        let because: Vec<Evidence> = session(row);
        let outcome = Outcome { outcome: Will::Unknown, ..broken(found) };
        let because = because.into_iter().chain(found.evidence.iter().cloned()).collect();
        return Today { outcome, because, assumed: Some(DISPUTED.nested("title", found.title.clone())) };
    }
    if let Some(found) = stands {
        return Today { outcome: broken(found), because: found.evidence.clone(), assumed: None };
    }
    if let Some(row) = shown {
        let doubted = blockers.next().map(|found| DOUBTED.nested("title", found.title.clone()));
        return Today { outcome: Outcome::CONNECTS, because: session(row), assumed: doubted };
    }
    // What names nobody may be anybody's; what names another phone is that one's.
    let concerns = |found: &&Conclusion| {
        let names = &found.concerned.names;
        let own = |name: &String| subject.name.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(name));
        is_blocker(found) && (names.is_empty() || names.iter().any(own))
    };
    if let Some(found) = now.diagnosis.findings.iter().find(concerns) {
        return Today { outcome: broken(found), because: found.evidence.clone(), assumed: None };
    }
    if now.works {
        return Today { outcome: Outcome::CONNECTS, because: vec![Evidence::answer(SAID)], assumed: None };
    }
    Today { outcome: Outcome::UNKNOWN, because: Vec::new(), assumed: Some(NOT_SEEN) }
}

/// Its last attempt failed: at that stage, by the rule that says why, where one does.
fn failing(now: &Now<'_, '_>, subject: &Subject, row: &PhoneRow, stage: Stage) -> Today {
    let concerns = |found: &&Conclusion| {
        let names = &found.concerned.names;
        let own = |name: &String| subject.name.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(name));
        is_blocker(found) && found.stage <= stage && (names.is_empty() || names.iter().any(own))
    };
    let found = now.diagnosis.findings.iter().find(concerns);
    let outcome = found.map_or(Outcome { outcome: Will::Breaks, stage: Some(stage), rule: None }, broken);
    let line = row.place.iter().map(|place| Evidence::at(place, FAILED));
    let because = found.map(|found| found.evidence.clone()).unwrap_or_else(|| line.collect());
    Today { outcome, because, assumed: None }
}

const CONNECTED: Text = Text::fixed("the phone connects today", "Das Telefon verbindet sich heute");
const DOUBTED: Text = Text::fixed(
    "A log shows a session of this phone, so this does not stop it today: {title}",
    "Ein Protokoll zeigt eine Sitzung dieses Telefons; das hier hält es also heute nicht auf: {title}",
);
const DISPUTED: Text = Text::fixed(
    "A log shows a session of this phone, and the files say the contrary: {title}. Add files and a log of the same day.",
    "Ein Protokoll zeigt eine Sitzung dieses Telefons, und die Dateien sagen das Gegenteil: {title}. Ergänzen Sie Dateien und ein Protokoll vom selben Tag.",
);
const FAILED: Text = Text::fixed("the phone fails today", "Das Telefon scheitert heute");
const SAID: Text = Text::fixed(
    "You said that the phones connect today.",
    "Sie haben angegeben, dass sich die Telefone heute verbinden.",
);
const NOT_SEEN: Text = Text::fixed(
    "No log and no list of sessions shows that this phone connects today: add `show vpn-sessiondb detail anyconnect`, or say that the phones connect today.",
    "Kein Protokoll und keine Sitzungsliste zeigt, dass sich dieses Telefon heute verbindet: Ergänzen Sie `show vpn-sessiondb detail anyconnect`, oder geben Sie an, dass sich die Telefone heute verbinden.",
);
