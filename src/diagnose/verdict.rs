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
use crate::text::{Text, counted};

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
        Confidence::Possible => POSSIBLY.filled(&[("en", &title.en), ("de", &title.de)]),
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
    let (en, de) = match who.as_str() {
        "" => ("A phone".to_owned(), "Ein Telefon".to_owned()),
        who => (format!("The phone {who}"), format!("Das Telefon {who}")),
    };
    let says = Text::made(
        format!("{en} failed ({}), and no check knows why: {file}{}.", stage.en, line.en),
        format!("{de} ist gescheitert ({}), und keine Prüfung kennt den Grund: {file}{}.", stage.de, line.de),
    );
    let reason = (!failure.reason.is_empty()).then(|| {
        let words = &failure.reason;
        Text::made(format!("The device says: “{words}”."), format!("Das Gerät sagt dazu: „{words}“."))
    });
    (says, reason)
}

/// One client fails, and nothing shows whether it is a phone.
fn of_client(case: &Case<'_>, client: &FailingClient) -> Text {
    let (file, line) = spot(case, &client.place);
    let (name, times) = (&client.name, client.failures as usize);
    Text::made(
        format!(
            "{name} failed {}, last in {file}{}, and nothing shows whether it is a phone.",
            counted(times, "time", "times"),
            line.en
        ),
        format!(
            "{name} ist {} gescheitert, zuletzt in {file}{}, und nichts zeigt, ob es ein Telefon ist.",
            if times == 1 { "einmal".to_owned() } else { format!("{times}-mal") },
            line.de
        ),
    )
}

fn spot<'c>(case: &'c Case<'_>, place: &Place) -> (&'c str, Text) {
    let name = case.documents.input(place.input).map(|input| input.name.as_str()).unwrap_or_default();
    let line = match place.at.line {
        0 => Text::default(),
        line => Text::made(format!(", line {line}"), format!(", Zeile {line}")),
    };
    (name, line)
}

fn checked(count: usize) -> Text {
    Text::made(
        format!("Nothing wrong in what could be checked: {}.", counted(count, "check", "checks")),
        format!(
            "In dem, was geprüft werden konnte, ist kein Fehler: {}.",
            counted(count, "Prüfung", "Prüfungen")
        ),
    )
}

fn too_little(count: usize) -> Text {
    Text::made(
        format!(
            "Too little could be checked: {} found no fault, and no stage is shown to work.",
            counted(count, "check", "checks")
        ),
        format!(
            "Es konnte zu wenig geprüft werden: {} ohne Fehler, und von keiner Stufe ist zu sehen, dass sie gelingt.",
            counted(count, "Prüfung", "Prüfungen")
        ),
    )
}

fn still_open(waiting: &[WaitingRow]) -> Option<Text> {
    let open = waiting.iter().filter(|row| !row.needs.is_empty()).count();
    (open > 0).then(|| {
        Text::made(
            format!("{open} more could not be checked yet: see what is still needed."),
            format!("{open} weitere konnten noch nicht geprüft werden: Siehe „Das fehlt noch“."),
        )
    })
}

/// A sentence of its own: what begins with a file's name stays as it is.
fn sentence(text: &Text) -> Text {
    Text::made(
        format!("Not everything was understood: {}.", text.en),
        format!("Nicht alles wurde verstanden: {}.", text.de),
    )
}

fn joined(texts: &[Text]) -> Text {
    let of = |wording: fn(&Text) -> &str| {
        let words: Vec<&str> = texts.iter().map(wording).filter(|words| !words.is_empty()).collect();
        words.join(" ")
    };
    Text::made(of(|text| &text.en), of(|text| &text.de))
}

const POSSIBLY: Text = Text::fixed("Possibly: {en}", "Möglicherweise: {de}");
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
