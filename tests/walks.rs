//! A small story for every wizard: with its files the wizard ends in the finding, and quotes them line by line.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod walked;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;
use vpn_phone_doctor::diagnose::{Said, diagnose};
use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::intake;
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::need::Need;
use vpn_phone_doctor::symptoms::{ALL, By, Given, Plan, Position, Step, Symptom, Then, by_id};
use vpn_phone_doctor::tables::instructions;
use vpn_phone_doctor::time::parse_rfc3339;

use walked::and_walked;

struct Story {
    symptom: &'static Symptom,
    rule: Option<String>,
    line: Option<String>,
    files: BTreeMap<String, String>,
}

/// `tests/walks/stories.json` with its files; the browser's tests walk the same. A file lies in the folder of its story,
/// or is an example's and named by its path in the project.
fn stories() -> Vec<Story> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("tests/walks");
    let list: Value =
        serde_json::from_str(&fs::read_to_string(folder.join("stories.json")).unwrap()).unwrap();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let stories = list.as_array().unwrap().iter().map(|story| {
        let id = text(&story["symptom"]).unwrap();
        let file = |name: &Value| {
            let listed = text(name).unwrap();
            let own = folder.join(&id).join(&listed);
            let path = if listed.contains('/') { root.join(&listed) } else { own };
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        };
        Story {
            symptom: by_id(&id).unwrap(),
            rule: text(&story["rule"]),
            line: text(&story["line"]),
            files: story["files"].as_array().unwrap().iter().map(file).collect(),
        }
    });
    stories.collect()
}

fn diagnosis(story: &Story) -> Diagnosis {
    let read =
        |(name, content): (&String, &String)| intake::read(name, content.as_bytes(), &Limits::default());
    let readings: Vec<_> = story.files.iter().map(read).collect();
    and_walked(diagnose(&readings, &Said::new(), parse_rfc3339("2026-11-24T12:00:00Z").unwrap()))
}

#[test]
fn no_story_holds_a_copy_of_an_example() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = |folder: &str| {
        let folders = fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path());
        let inside = folders.filter(|path| path.is_dir()).flat_map(|path| fs::read_dir(path).unwrap());
        let paths = inside.map(|entry| entry.unwrap().path());
        paths.map(|path| (fs::read(&path).unwrap(), path)).collect::<BTreeMap<_, _>>()
    };
    let examples = files("assets/examples");
    assert!(examples.len() > 10);
    let copies =
        files("tests/walks").into_iter().filter_map(|(content, path)| Some((path, examples.get(&content)?)));
    let copies: Vec<_> = copies.collect();
    assert!(copies.is_empty(), "named by their paths in stories.json instead: {copies:?}");
}

#[test]
fn every_wizard_ends_in_its_finding_and_quotes_lines_that_are_there() {
    let stories = stories();
    let told: Vec<&str> = stories.iter().map(|story| story.symptom.id).collect();
    let all: Vec<&str> = ALL.iter().map(|symptom| symptom.id).collect();
    assert_eq!(told.len(), all.len());
    assert!(all.iter().all(|id| told.contains(id)), "every wizard has a story");
    for story in &stories {
        let diagnosis = diagnosis(story);
        let id = story.symptom.id;
        assert_eq!(diagnosis.verdict.rule, story.rule, "{id}");
        let walk = story.symptom.walk(Some(&diagnosis), &[]);
        let mut quoted = Vec::new();
        for taken in &walk.taken {
            let By::Evidence(Some(evidence)) = &taken.by else { continue };
            let (Some(input), Some(at)) = (evidence.input, &evidence.at) else { continue };
            let name = &diagnosis.inputs[input as usize].name;
            if at.line > 0 {
                let line = story.files[name].lines().nth(at.line as usize - 1).unwrap();
                assert!(line.contains(at.text.trim()), "{id}: {name}:{} is {line}, not {}", at.line, at.text);
            }
            quoted.push(format!("{name}:{}", at.line));
        }
        let Some(rule) = &story.rule else {
            assert!(
                matches!(walk.position, Position::Plan(_) | Position::At(_)),
                "{id}: {:?}",
                walk.position
            );
            continue;
        };
        assert!(
            matches!(walk.position, Position::Rule { rule: end, finding: Some(_) } if end == rule),
            "{id}: {:?} {:?}",
            walk.position,
            walk.taken.iter().map(|taken| taken.step.id).collect::<Vec<_>>()
        );
        if let Some(line) = &story.line {
            let finding = diagnosis.findings.iter().find(|found| found.rule == *rule).unwrap();
            let places: Vec<String> = finding
                .evidence
                .iter()
                .filter_map(|evidence| {
                    Some(format!(
                        "{}:{}",
                        diagnosis.inputs[evidence.input? as usize].name,
                        evidence.at.as_ref()?.line
                    ))
                })
                .collect();
            assert!(places.contains(line), "{id}: {line} is not among {places:?}");
            assert!(!quoted.is_empty(), "{id}: no answer quotes a line");
        }
    }
}

#[test]
fn the_planners_make_their_plans_from_the_case() {
    for (id, plan) in [("renew-certificate", Plan::Renewal), ("collect-evidence", Plan::Collection)] {
        let story = stories().into_iter().find(|story| story.symptom.id == id).unwrap();
        let diagnosis = diagnosis(&story);
        let mut given: Vec<Given> = Vec::new();
        let walk = loop {
            let walk = story.symptom.walk(Some(&diagnosis), &given);
            let Position::At(step) = walk.position else { break walk };
            given.push(Given { step: step.id.to_owned(), answer: None });
        };
        assert!(matches!(walk.position, Position::Plan(made) if made == plan), "{id}: {:?}", walk.position);
        assert!(given.len() < walk.taken.len(), "{id}: the files answer a question");
    }
}

#[test]
fn without_evidence_every_end_is_a_rule_that_could_be_found_or_a_request_that_says_how() {
    let thens = |step: &'static Step| step.answers.iter().map(|answer| answer.then).chain([step.unsure]);
    let ends = ALL.iter().flat_map(|symptom| symptom.steps).flat_map(thens);
    let mut asked_for: Vec<Need> = Vec::new();
    let mut suspected = 0;
    for end in ends {
        match end {
            Then::Bring(needs) => asked_for.extend(needs),
            Then::Suspect(_) => suspected += 1,
            Then::Ask(_) | Then::Plan(_) => {}
        }
    }
    assert!(suspected > 100 && asked_for.len() > 50);
    asked_for.extend(ALL.iter().flat_map(|symptom| symptom.steps).flat_map(|step| step.look));
    for need in asked_for {
        let walked =
            instructions::for_need(need).any(|way| !way.steps.is_empty() || !way.commands.is_empty());
        assert!(walked || !need.command().is_empty(), "nothing says how to get {need:?}");
    }
}
