//! The questions that only the person can answer, with the rules that wait for them.

use std::collections::BTreeMap;

use crate::case::{Case, QUESTIONS};
use crate::diagnosis::{Choice, QuestionRow};
use crate::text::Text;

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
            let reason = Text::quoted(client.reason.as_str());
            let says = [Text::counted(client.failures as usize, FAILURE, FAILURES), reason];
            let says = Text::joined(says.into_iter().filter(|text| !text.is_empty()), "; ");
            Choice { value: client.name.clone(), says }
        })
        .collect()
}

const FAILURE: Text = Text::fixed("{count} failure", "{count} Fehlschlag");
const FAILURES: Text = Text::fixed("{count} failures", "{count} Fehlschläge");
/// Choices that are shown; a scanned gateway's log has thousands.
const CHOICES: usize = 12;
