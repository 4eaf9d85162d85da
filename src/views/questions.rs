//! The questions that only the person can answer, with the rules that wait for them.

use std::collections::BTreeMap;

use crate::case::{Case, QUESTIONS};
use crate::diagnosis::{Choice, QuestionRow};
use crate::text::{Text, counted};

/// The open questions, each with the rules that wait for its answer and with what the case itself names as answers.
pub fn all(case: &Case<'_>, mut asked: BTreeMap<&str, Vec<String>>) -> Vec<QuestionRow> {
    let rows = QUESTIONS.iter().filter_map(|question| {
        let choices = if question.key == "phone" { choices(case) } else { Vec::new() };
        let rules = asked.remove(question.key).unwrap_or_default();
        let open = case.said.given(question.key).is_none();
        (open && !(rules.is_empty() && choices.is_empty())).then(|| QuestionRow {
            key: question.key.to_owned(),
            rules,
            choices,
        })
    });
    rows.collect()
}

/// Clients that fail, and that nothing shows to be phones: one of them may be the person's.
fn choices(case: &Case<'_>) -> Vec<Choice> {
    let clients = case.failing_clients.iter().take(CHOICES);
    clients
        .map(|client| {
            let times = client.failures as usize;
            let (en, de) =
                (counted(times, "failure", "failures"), counted(times, "Fehlschlag", "Fehlschläge"));
            let says = match client.reason.as_str() {
                "" => Text::made(en, de),
                reason => Text::made(format!("{en}; {reason}"), format!("{de}; {reason}")),
            };
            Choice { value: client.name.clone(), says }
        })
        .collect()
}

/// Choices that are shown; a scanned gateway's log has thousands.
const CHOICES: usize = 12;
