//! The one sentence on top.
//!
//! A case is clear where nothing was found, every input that could be evidence was understood, no log tells of a phone
//! that failed, and some stage is shown to be passed. Where one of these is missing it is not known, and the sentence
//! says which.

use super::first_wanted::first_wanted;
use super::gaps::{self, Gap};
use crate::case::Case;
use crate::diagnosis::{RuleRow, StageRow, Verdict, VerdictState, WaitingRow};
use crate::facts::failing_clients::FailingClient;
use crate::facts::logged_failures::LoggedFailure;
use crate::finding::{Conclusion, Confidence, Severity};
use crate::source::Place;
use crate::stage::StageState;
use crate::text::{Class, Text};

/// What the verdict looks at.
pub struct Outcome<'t> {
    /// The findings in order.
    pub findings: &'t [Conclusion],
    /// Rules that found nothing.
    pub passed: &'t [RuleRow],
    /// Rules that wait.
    pub waiting: &'t [WaitingRow],
    /// The ladder.
    pub stages: &'t [StageRow],
    /// Inputs that were not understood.
    pub gaps: &'t [Gap],
}

/// The verdict of a case.
pub fn verdict(case: &Case<'_>, told: &Outcome<'_>) -> Verdict {
    if let Some(found) = told.findings.iter().find(|found| found.severity != Severity::Notice) {
        return of_finding(found, told.findings);
    }
    let unknown = |sentence: Text, detail: Vec<Text>| Verdict {
        state: VerdictState::Unknown,
        rule: None,
        stage: None,
        sentence,
        detail: joined(&detail),
    };
    let gaps = (!told.gaps.is_empty()).then(|| sentence(&gaps::sentence_of(told.gaps)));
    let failure = case.logged_failures.iter().rfind(|failure| counts(failure));
    if let Some(failure) = failure {
        let (says, reason) = of_failure(case, failure);
        return Verdict {
            stage: Some(failure.stage),
            ..unknown(says, reason.into_iter().chain(gaps).collect())
        };
    }
    let checks = (!told.passed.is_empty()).then(|| checked(told.passed.len()));
    if case.is_without_asa()
        && let Some(found) = told.findings.iter().find(|found| found.rule == NOT_AN_ASA)
    {
        let mut verdict = unknown(found.title.clone(), vec![NOT_FOR_IT]);
        verdict.detail = joined(&[verdict.detail].into_iter().chain(gaps).chain(checks).collect::<Vec<_>>());
        return verdict;
    }
    if let Some(client) = case.failing_clients.first().filter(|_| case.said.given("phone").is_none()) {
        let detail = [ANSWER].into_iter().chain(gaps).collect();
        return unknown(of_client(case, client), detail);
    }
    if let Some(gaps) = gaps {
        return unknown(gaps, vec![checks.unwrap_or_else(|| first_wanted(case))]);
    }
    if told.passed.is_empty() {
        return unknown(NOTHING_CHECKED, vec![first_wanted(case)]);
    }
    let open = still_open(told.waiting);
    if !told.stages.iter().any(|row| row.state == StageState::Passed) {
        return unknown(too_little(told.passed.len()), open.into_iter().collect());
    }
    Verdict {
        state: VerdictState::Clear,
        rule: None,
        stage: None,
        sentence: checked(told.passed.len()),
        detail: open.unwrap_or_default(),
    }
}

/// A blocker is a fault, whichever finding it rests on: its cause may be less grave by itself.
fn of_finding(found: &Conclusion, all: &[Conclusion]) -> Verdict {
    let blocked = all.iter().any(|found| found.severity == Severity::Blocker);
    Verdict {
        state: if blocked { VerdictState::Fault } else { VerdictState::Suspect },
        rule: Some(found.rule.clone()),
        stage: Some(found.stage),
        sentence: as_sure(found),
        detail: found.explanation.first().cloned().unwrap_or_default(),
    }
}

/// A title says outright what is wrong. Where that is only possible, the sentence on top says so.
fn as_sure(found: &Conclusion) -> Text {
    let Conclusion { title, confidence, .. } = found;
    match confidence {
        Confidence::Possible => POSSIBLY.nested("title", title.clone()),
        Confidence::Certain | Confidence::Likely => title.clone(),
    }
}

/// A failure that is more than possibly a phone's, and that no later attempt made good.
fn counts(failure: &LoggedFailure) -> bool {
    failure.is_current() && failure.confidence < Confidence::Possible
}

/// What a log tells of a phone's failure, and the device's words for it.
fn of_failure(case: &Case<'_>, failure: &LoggedFailure) -> (Text, Option<Text>) {
    let who = if failure.phone.is_empty() { &failure.address } else { &failure.phone };
    let stage = failure.stage.name();
    let (file, line) = spot(case, &failure.place);
    let who = match who.as_str() {
        "" => SOME_PHONE,
        who => NAMED_PHONE.with("phone", Class::Phone, who),
    };
    let says = FAILED.nested("who", who).nested("stage", stage).with("file", Class::File, file);
    let words = &failure.reason;
    let reason = (!words.is_empty()).then(|| DEVICE_SAYS.with("words", Class::Words, words.as_str()));
    (says.nested("line", line), reason)
}

/// One client fails, and nothing shows whether it is a phone.
fn of_client(case: &Case<'_>, client: &FailingClient) -> Text {
    let (file, line) = spot(case, &client.place);
    let times = Text::counted(client.failures as usize, ONCE, TIMES);
    let says = CLIENT_FAILED.with("name", Class::User, client.name.as_str()).nested("times", times);
    says.with("file", Class::File, file).nested("line", line)
}

fn spot<'c>(case: &'c Case<'_>, place: &Place) -> (&'c str, Text) {
    let name = case.documents.input(place.input).map(|input| input.name.as_str()).unwrap_or_default();
    let line = match place.at.line {
        0 => Text::default(),
        line => LINE.number("line", line),
    };
    (name, line)
}

fn checked(count: usize) -> Text {
    NOTHING_WRONG.nested("checks", Text::counted(count, CHECK, CHECKS))
}

fn too_little(count: usize) -> Text {
    TOO_LITTLE.nested("checks", Text::counted(count, CHECK, CHECKS))
}

fn still_open(waiting: &[WaitingRow]) -> Option<Text> {
    let open = waiting.iter().filter(|row| !row.needs.is_empty()).count();
    (open > 0).then(|| STILL_OPEN.number("count", open))
}

/// A sentence of its own: what begins with a file's name stays as it is.
fn sentence(text: &Text) -> Text {
    NOT_ALL.nested("what", text.clone())
}

fn joined(texts: &[Text]) -> Text {
    Text::joined(texts.iter().filter(|text| !text.is_empty()).cloned(), " ")
}

const POSSIBLY: Text = Text::fixed("Possibly: {title}", "Möglicherweise: {title}");
const SOME_PHONE: Text = Text::fixed("A phone", "Ein Telefon");
const NAMED_PHONE: Text = Text::fixed("The phone {phone}", "Das Telefon {phone}");
const FAILED: Text = Text::fixed(
    "{who} failed ({stage}), and no check knows why: {file}{line}.",
    "{who} ist gescheitert ({stage}), und keine Prüfung kennt den Grund: {file}{line}.",
);
const DEVICE_SAYS: Text = Text::fixed("The device says: “{words}”.", "Das Gerät sagt dazu: „{words}“.");
const CLIENT_FAILED: Text = Text::fixed(
    "{name} failed {times}, last in {file}{line}, and nothing shows whether it is a phone.",
    "{name} ist {times} gescheitert, zuletzt in {file}{line}, und nichts zeigt, ob es ein Telefon ist.",
);
const ONCE: Text = Text::fixed("1 time", "einmal");
const TIMES: Text = Text::fixed("{count} times", "{count}-mal");
const LINE: Text = Text::fixed(", line {line}", ", Zeile {line}");
const CHECK: Text = Text::fixed("{count} check", "{count} Prüfung");
const CHECKS: Text = Text::fixed("{count} checks", "{count} Prüfungen");
const NOTHING_WRONG: Text = Text::fixed(
    "Nothing wrong in what could be checked: {checks}.",
    "In dem, was geprüft werden konnte, ist kein Fehler: {checks}.",
);
const TOO_LITTLE: Text = Text::fixed(
    "Too little could be checked: {checks} found no fault, and no stage is shown to work.",
    "Es konnte zu wenig geprüft werden: {checks} ohne Fehler, und von keiner Stufe ist zu sehen, dass sie gelingt.",
);
const STILL_OPEN: Text = Text::fixed(
    "{count} more could not be checked yet: see what is still needed.",
    "{count} weitere konnten noch nicht geprüft werden: Siehe „Das fehlt noch“.",
);
const NOT_ALL: Text =
    Text::fixed("Not everything was understood: {what}.", "Nicht alles wurde verstanden: {what}.");
const NOT_AN_ASA: &str = "gateway-not-an-asa";
const NOT_FOR_IT: Text = Text::fixed(
    "These rules are for the ASA; what does not depend on the product is checked.",
    "Diese Regeln gelten für die ASA; geprüft wird, was nicht vom Produkt abhängt.",
);
const ANSWER: Text = Text::fixed(
    "If it is your phone, answer the question which phone it is.",
    "Ist es Ihr Telefon, beantworten Sie die Frage, welches Telefon es ist.",
);
const NOTHING_CHECKED: Text =
    Text::fixed("Nothing could be checked yet.", "Noch konnte nichts geprüft werden.");
