//! Every whole case is walked through every wizard, with every answer to what its evidence leaves open.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::symptoms::{ALL, Answer, By, Given, Position, Step, Symptom, Then, Walk};
use vpn_phone_doctor::tables::instructions;

/// Questions on the longest way to an end.
const MOST_QUESTIONS: usize = 8;

/// Fails where a wizard does not lead to what the case is about, asks too much, or quotes what is not there.
#[track_caller]
pub fn and_walked(diagnosis: Diagnosis) -> Diagnosis {
    for symptom in ALL {
        every_way(symptom, &diagnosis, &mut Vec::new());
        every_contradiction(symptom, &diagnosis);
    }
    diagnosis
}

fn every_way(symptom: &Symptom, diagnosis: &Diagnosis, given: &mut Vec<Given>) {
    let walk = symptom.walk(Some(diagnosis), given);
    let Position::At(step) = walk.position else { return ended(symptom, diagnosis, &walk, given) };
    assert!(walk.taken.len() < MOST_QUESTIONS, "{}: {given:?} asks on and on", symptom.id);
    for answer in answers(step) {
        given.push(answer);
        every_way(symptom, diagnosis, given);
        given.pop();
    }
}

/// Every answer to a step, and "not sure".
fn answers(step: &Step) -> impl Iterator<Item = Given> + use<> {
    let (id, answers) = (step.id.to_owned(), step.answers);
    let ids = answers.iter().map(|answer: &Answer| Some(answer.id.to_owned())).chain([None]);
    ids.map(move |answer| Given { step: id.clone(), answer })
}

fn ended(symptom: &Symptom, diagnosis: &Diagnosis, walk: &Walk, given: &[Given]) {
    let at = format!("{}: {given:?} {:?}", symptom.id, walk.position);
    assert!(walk.taken.len() <= MOST_QUESTIONS, "{at}");
    for taken in &walk.taken {
        match &taken.by {
            By::Evidence(Some(evidence)) => {
                if let Some(input) = evidence.input {
                    assert!((input as usize) < diagnosis.inputs.len(), "{at}: no such file");
                    let line = evidence.at.as_ref();
                    assert!(line.is_none_or(|at| at.line == 0 || !at.text.is_empty()), "{at}: {evidence:?}");
                }
            }
            By::Passed(rule) => assert!(diagnosis.passed.iter().any(|row| row.rule == *rule), "{at}: {rule}"),
            By::Person => assert!(given.iter().any(|one| one.step == taken.step.id), "{at}: nobody said it"),
            By::Evidence(None) | By::Ahead => {}
        }
    }
    match &walk.position {
        Position::Rule { rule, finding: Some(index) } => assert_eq!(diagnosis.findings[*index].rule, *rule),
        Position::Bring(needs) => {
            assert!(!needs.is_empty(), "{at}");
            for need in needs {
                let told = !need.how_to_get().is_empty();
                assert!(
                    told && (instructions::for_need(*need).next().is_some() || !need.command().is_empty()),
                    "{at}: {need:?}"
                );
            }
        }
        Position::Rule { finding: None, .. }
        | Position::NothingFound(_)
        | Position::Plan(_)
        | Position::At(_) => {}
    }
    let verdict = diagnosis.verdict.rule.as_deref().filter(|rule| can_end_in(symptom, rule));
    if let Some(verdict) = verdict {
        assert!(
            matches!(walk.position, Position::Rule { rule, finding: Some(_) } if rule == verdict),
            "{at}: the files show {verdict}"
        );
        assert_eq!(walk.instead, None, "{at}");
    }
}

fn can_end_in(symptom: &Symptom, rule: &str) -> bool {
    let thens = symptom
        .steps
        .iter()
        .flat_map(|step| step.answers.iter().map(|answer| answer.then).chain([step.unsure]));
    thens.into_iter().any(|then| matches!(then, Then::Suspect(end) if end == rule))
}

/// Where a person says something else than the files, the files still lead to the same finding, or the walk says that
/// they would, and what they say of the question.
fn every_contradiction(symptom: &Symptom, diagnosis: &Diagnosis) {
    let by_files = symptom.walk(Some(diagnosis), &[]);
    let finding = |walk: &Walk| match walk.position {
        Position::Rule { finding, .. } => finding,
        _ => None,
    };
    for (place, step) in by_files.taken.iter().enumerate() {
        let files_say = step.answer.map(|answer| answer.id);
        for other in answers(step.step).filter(|given| given.answer.as_deref() != files_say) {
            let mut given = vec![other.clone()];
            let mut walk = symptom.walk(Some(diagnosis), &given);
            while let Position::At(open) = walk.position {
                given.push(Given { step: open.id.to_owned(), answer: None });
                walk = symptom.walk(Some(diagnosis), &given);
            }
            let at = format!("{}: {given:?} {:?}", symptom.id, walk.position);
            let verdict = diagnosis.verdict.rule.as_deref().filter(|rule| can_end_in(symptom, rule));
            if verdict.is_some() {
                assert!(finding(&walk) == finding(&by_files) || walk.instead == finding(&by_files), "{at}");
            }
            if let (Some(_), Some(files_say)) = (&other.answer, files_say) {
                let against = walk.taken[place].against.as_ref().map(|(answer, _)| answer.id);
                assert_eq!(against, Some(files_say), "{at}: nothing says that the files disagree");
            }
        }
    }
}
