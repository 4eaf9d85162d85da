//! Every wizard is walked on every path.

use std::collections::BTreeSet;

use super::symptom::ABOUT;
use super::*;
use crate::case::QUESTIONS;
use crate::diagnose::{Said, diagnose};
use crate::need::Need;
use crate::rules;
use crate::testing::certificates::{CURRENT, OTHER};
use crate::testing::{asa, chain, hash_of, now, phone_trusting, readings};
use crate::text::Lang;

/// Questions on the longest way to an end.
const MOST_QUESTIONS: usize = 8;

fn ends_of(symptom: &Symptom) -> Vec<(Vec<&'static str>, Then)> {
    let mut ends = Vec::new();
    let first: &'static Step = symptom.steps.first().unwrap();
    let mut open = vec![(vec![first.id], first)];
    while let Some((path, step)) = open.pop() {
        assert!(path.len() <= MOST_QUESTIONS, "{}: {path:?} is too long", symptom.id);
        for then in step.answers.iter().map(|answer| answer.then).chain([step.unsure]) {
            let Then::Ask(next) = then else {
                ends.push((path.clone(), then));
                continue;
            };
            assert!(!path.contains(&next), "{}: {path:?} runs in a circle to {next}", symptom.id);
            let step = symptom.step(next).unwrap_or_else(|| panic!("{}: no step {next}", symptom.id));
            open.push(([path.clone(), vec![next]].concat(), step));
        }
    }
    ends
}

#[test]
fn every_path_ends_in_a_rule_a_plan_or_a_request() {
    for symptom in ALL {
        let ends = ends_of(symptom);
        let reached: BTreeSet<&str> = ends.iter().flat_map(|(path, _)| path.iter().copied()).collect();
        let steps: BTreeSet<&str> = symptom.steps.iter().map(|step| step.id).collect();
        assert_eq!(reached, steps, "{}: every step can be reached", symptom.id);
        assert_eq!(steps.len(), symptom.steps.len(), "{}: no step twice", symptom.id);
        for (path, then) in ends {
            match then {
                Then::Suspect(rule) => {
                    assert!(rules::by_id(rule).is_some(), "{}: {path:?} leads to no rule {rule}", symptom.id);
                }
                Then::Bring(needs) => assert!(!needs.is_empty(), "{}: {path:?} asks for nothing", symptom.id),
                Then::Plan(_) | Then::Ask(_) => {}
            }
        }
    }
}

#[test]
fn signs_and_keys_name_what_exists() {
    for symptom in ALL {
        for step in symptom.steps {
            let answers: BTreeSet<&str> = step.answers.iter().map(|answer| answer.id).collect();
            assert_eq!(answers.len(), step.answers.len(), "{} {}: no answer twice", symptom.id, step.id);
            for answer in step.answers {
                for sign in answer.signs {
                    if let Sign::Fires(rule) | Sign::Passes(rule) = sign {
                        assert!(rules::by_id(rule).is_some(), "{} {}: no rule {rule}", symptom.id, step.id);
                    }
                }
            }
            if let Some(key) = step.key {
                let question = QUESTIONS.iter().find(|question| question.key == key);
                let question =
                    question.unwrap_or_else(|| panic!("{} {}: no question {key}", symptom.id, step.id));
                for answer in &answers {
                    assert!(
                        question.values.contains(answer),
                        "{} {}: {answer} is no value of {key}",
                        symptom.id,
                        step.id
                    );
                }
            }
        }
    }
}

#[test]
fn every_text_stands_in_both_languages() {
    let mut ids = BTreeSet::new();
    for symptom in ALL {
        assert!(ids.insert(symptom.id), "{} stands twice", symptom.id);
        let mut texts = vec![&symptom.title, &symptom.words, &symptom.lead];
        for step in symptom.steps {
            texts.push(&step.ask);
            texts.extend((!step.why.is_empty()).then_some(&step.why));
            texts.extend(step.answers.iter().map(|answer| &answer.label));
        }
        for text in texts {
            assert!(
                !text.get(Lang::En).is_empty() && !text.get(Lang::De).is_empty(),
                "{}: {text:?}",
                symptom.id
            );
        }
    }
}

fn given(step: &str, answer: Option<&str>) -> Given {
    Given { step: step.to_owned(), answer: answer.map(str::to_owned) }
}

#[test]
fn evidence_answers_and_the_person_may_say_otherwise() {
    let symptom = by_id("hash-mismatch").unwrap();
    let config = asa("ssl trust-point PHONES outside", &chain("PHONES", &[("", CURRENT)]));
    let phone = phone_trusting(&[hash_of(OTHER)]);
    let readings = readings(&[("a", config.as_str()), ("p", phone.as_str())]);
    let diagnosis = diagnose(&readings, &Said::new(), now());

    let walk = symptom.walk(Some(&diagnosis), &[]);
    assert!(
        matches!(walk.position, Position::Rule { rule: "cert-hash-mismatch", finding: Some(_) }),
        "{:?}",
        walk.position
    );
    assert!(walk.taken.iter().all(|taken| matches!(taken.by, By::Evidence(_) | By::Passed(_))));
    assert!(
        walk.taken.iter().any(|taken| matches!(&taken.by, By::Evidence(Some(line)) if line.at.is_some()))
    );

    let walk = symptom.walk(Some(&diagnosis), &[given("refused", Some("name"))]);
    assert!(matches!(walk.position, Position::Rule { rule: "host-id-check-failed", finding: None }));
    assert!(matches!(walk.taken[0].by, By::Person));
    let against = walk.taken[0].against.as_ref().map(|(answer, _)| answer.id);
    assert_eq!(against, Some("yes"), "the files say otherwise, and it is told");
    assert_eq!(walk.instead.map(|index| diagnosis.findings[index].rule.as_str()), Some("cert-hash-mismatch"));
}

#[test]
fn without_evidence_it_asks_and_what_is_there_is_not_asked_for_again() {
    let symptom = by_id("hash-mismatch").unwrap();
    assert!(matches!(symptom.walk(None, &[]).position, Position::At(step) if step.id == "refused"));
    let unsure = [given("refused", None), given("compare", None)];
    let Position::Bring(needs) = symptom.walk(None, &unsure).position else { panic!() };
    assert_eq!(needs, [Need::PhoneConfig, Need::Certificate, Need::AsaConfig]);

    let readings = readings(&[("p", phone_trusting(&[hash_of(CURRENT)]).as_str())]);
    let diagnosis = diagnose(&readings, &Said::new(), now());
    let Position::Bring(needs) = symptom.walk(Some(&diagnosis), &unsure).position else { panic!() };
    assert_eq!(needs, [Need::Certificate, Need::AsaConfig]);
}

#[test]
fn progress_counts_the_longest_way_and_a_finding_knows_its_wizard() {
    for symptom in ALL {
        let first = symptom.steps.first().unwrap();
        let longest = ends_of(symptom).iter().map(|(path, _)| path.len()).max().unwrap();
        assert_eq!(symptom.at_most(first) as usize, longest, "{}", symptom.id);
    }
    let config = asa("ssl trust-point PHONES outside", &chain("PHONES", &[("", CURRENT)]));
    let readings = readings(&[("a", config.as_str()), ("p", phone_trusting(&[hash_of(OTHER)]).as_str())]);
    let diagnosis = diagnose(&readings, &Said::new(), now());
    assert_eq!(leading_to("cert-hash-mismatch", &diagnosis)[0].id, "hash-mismatch");
    assert_eq!(leading_to("no-shared-cipher", &diagnosis)[0].id, "no-shared-cipher");
    for rule in rules::all() {
        assert!(!leading_to(rule.id, &diagnosis).is_empty(), "no wizard explains {}", rule.id);
    }
    for (rule, symptom) in ABOUT {
        assert!(rules::by_id(rule).is_some() && by_id(symptom).is_some(), "{rule} {symptom}");
    }
    assert!(leading_to("no-such-rule", &diagnosis).is_empty());
}

#[test]
fn what_was_read_in_part_is_not_all_there() {
    let log = "902: NOT 10:19:27.155936 VPNC: vpn_stop: de-activating vpn\n";
    let left = |files: &[(&str, &str)], needs: &[Need]| {
        let readings = readings(files);
        not_read(&diagnose(&readings, &Said::new(), now()), needs)
    };
    assert!(left(&[("phone.log", log)], &[Need::PhoneLog]).is_empty());
    let long = format!("{log}903: NOT 10:19:28.155936 VPNC: {}\n", "x".repeat(70_000));
    assert_eq!(left(&[("phone.log", &long)], &[Need::PhoneLog]), [0]);
    assert!(left(&[("phone.log", &long)], &[Need::AsaConfig]).is_empty());
    // An archive that is not opened may hold anything.
    assert_eq!(left(&[("phone.log", log), ("logs.rar", "Rar!\u{1a}\u{7}\0\0")], &[Need::PhoneLog]), [1]);
}
