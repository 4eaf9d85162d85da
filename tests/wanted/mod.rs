//! What is wanted of a case, and where the report differs from it.
//!
//! ```json
//! {"state": "fault", "rule": "cert-hash-mismatch",
//!  "fires": [{"rule": "cert-hash-mismatch", "severity": "blocker", "input": "phone.log", "line": 7}],
//!  "silent": ["host-id-check-failed"], "stages": {"trust": "failed"}, "why": "The hashes differ."}
//! ```
//! Where one value is asked for, a list means any of them. A key that is none is an error, not a wish that nobody
//! looks at.

mod report;

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use report::{Finding, Log, Report};

/// What is wanted of one case. Its inputs are all files of its folder but `want.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Want {
    /// The inputs, where they are not all files of the folder, or their order matters.
    #[serde(default)]
    files: Vec<String>,
    /// Further arguments of `check`; the clock stands at [`NOW`] where they do not set it.
    #[serde(default)]
    args: Vec<String>,
    /// The verdict's state.
    state: Value,
    /// The rule that the verdict names.
    #[serde(default)]
    rule: Option<Value>,
    /// Rules that the verdict must not name.
    #[serde(default)]
    rule_not: Vec<String>,
    /// Findings; each is met by one that has all of it.
    #[serde(default)]
    fires: Vec<Fires>,
    /// Rules without a finding.
    #[serde(default)]
    silent: Vec<String>,
    /// Rules that must not have passed.
    #[serde(default)]
    not_passed: Vec<String>,
    /// Rules that passed.
    #[serde(default)]
    passed: Vec<String>,
    /// Rules without a finding that is certain.
    #[serde(default)]
    not_certain: Vec<String>,
    /// States of stages.
    #[serde(default)]
    stages: BTreeMap<String, Value>,
    /// What an input is taken for, by its name.
    #[serde(default)]
    kinds: BTreeMap<String, Value>,
    /// A rule, and words of which its finding's text holds one.
    #[serde(default)]
    text: Option<(String, Vec<String>)>,
    /// A rule, and words of which its finding's fix holds one.
    #[serde(default)]
    fix: Option<(String, Vec<String>)>,
    /// Words of which the report's own sentences hold one.
    #[serde(default)]
    says: Vec<String>,
    /// Words of which they hold none.
    #[serde(default)]
    says_not: Vec<String>,
    /// No fix is for an ASA.
    #[serde(default)]
    no_asa_commands: bool,
    /// Kinds of evidence that no waiting rule asks for.
    #[serde(default)]
    bring_not: Vec<String>,
    /// Fields of rows of the table of phones, by the phone's name.
    #[serde(default)]
    phones: BTreeMap<String, BTreeMap<String, Value>>,
    /// How often a message was counted, by its number.
    #[serde(default)]
    counts: BTreeMap<String, u64>,
    /// How the first time of a log begins.
    #[serde(default)]
    first: Option<String>,
    /// Another file of the folder, for which everything must come out the same.
    #[serde(default)]
    same_as: Option<String>,
    /// Why all this is right.
    pub why: String,
    /// True where this is the near miss: right before, and to stay so.
    #[serde(default, rename = "control")]
    _control: bool,
}

/// A finding that is wanted.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
struct Fires {
    rule: String,
    #[serde(default)]
    severity: Option<Value>,
    #[serde(default)]
    confidence: Option<Value>,
    #[serde(default)]
    input: Option<String>,
    #[serde(default)]
    line: Option<Value>,
}

/// The clock of cases that do not set one.
const NOW: &str = "2026-11-24T12:00:00Z";

/// Everything in which the report of a case is not as wanted.
pub fn differences(want: &Want, folder: &Path) -> Result<Vec<String>, String> {
    let files = inputs(want, folder)?;
    let mut arguments = want.args.clone();
    if !arguments.iter().any(|argument| argument.starts_with("--now")) {
        arguments.extend(["--now".to_owned(), NOW.to_owned()]);
    }
    let report = Report::of(folder, &files, &arguments)?;
    let mut wrong = Vec::new();
    verdict(want, &report, &mut wrong);
    findings(want, &report, &mut wrong);
    words(want, &report, &mut wrong);
    tables(want, &report, &mut wrong);
    if !want.counts.is_empty() || want.first.is_some() || want.same_as.is_some() {
        let log = Log::of(folder, &files)?;
        for (id, times) in &want.counts {
            let counted = log.counts.get(id).copied().unwrap_or(0);
            if counted != *times {
                wrong.push(format!("{id} counted {counted} times, not {times}"));
            }
        }
        if let Some(first) = &want.first
            && !log.first.iter().any(|time| time.starts_with(first.as_str()))
        {
            wrong.push(format!("first times {:?}, not {first}", log.first));
        }
        if let Some(twin) = &want.same_as {
            let twin = std::slice::from_ref(twin);
            let other = (Report::of(folder, twin, &arguments)?.gist(), Log::of(folder, twin)?.counts);
            if (report.gist(), &log.counts) != (other.0.clone(), &other.1) {
                let (own, counts) = (report.gist(), &log.counts);
                wrong.push(format!("{own} {counts:?}\ndiffers from {twin:?}\n{} {:?}", other.0, other.1));
            }
        }
    }
    Ok(wrong)
}

fn inputs(want: &Want, folder: &Path) -> Result<Vec<String>, String> {
    if !want.files.is_empty() {
        return Ok(want.files.clone());
    }
    let entries = std::fs::read_dir(folder).map_err(|error| error.to_string())?.flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name != "want.json").collect();
    names.sort();
    if names.is_empty() { Err("the case has no input".to_owned()) } else { Ok(names) }
}

/// True if a value is the wanted one, or one of those wanted.
fn is(wanted: &Value, value: &Value) -> bool {
    wanted.as_array().map_or(wanted == value, |any| any.contains(value))
}

fn verdict(want: &Want, report: &Report, wrong: &mut Vec<String>) {
    let (state, rule) = (&report.json["verdict"]["state"], &report.json["verdict"]["rule"]);
    let unwanted = want.rule_not.iter().any(|not| rule == not.as_str());
    if !is(&want.state, state) || unwanted || want.rule.as_ref().is_some_and(|wanted| !is(wanted, rule)) {
        wrong.push(format!("verdict {state} {rule}"));
    }
    for (stage, wanted) in &want.stages {
        let state = report.stage(stage);
        if !is(wanted, &state) {
            wrong.push(format!("stage {stage} is {state}, not {wanted}"));
        }
    }
}

fn findings(want: &Want, report: &Report, wrong: &mut Vec<String>) {
    for fires in &want.fires {
        if !report.findings().any(|finding| meets(&finding, fires, report)) {
            let had: Vec<String> =
                report.of_rule(&fires.rule).map(|finding| finding.outline(report)).collect();
            wrong.push(format!("wanted {fires:?}, but found {had:?}"));
        }
    }
    for rule in &want.silent {
        wrong.extend(report.of_rule(rule).map(|found| format!("false alarm: {}", found.outline(report))));
    }
    for rule in &want.not_certain {
        let certain = report.of_rule(rule).filter(|finding| finding.json["confidence"] == "certain");
        wrong.extend(certain.map(|_| format!("{rule} is certain")));
    }
    for (rules, should) in [(&want.passed, true), (&want.not_passed, false)] {
        let other = rules.iter().filter(|rule| report.passed(rule) != should);
        wrong.extend(other.map(|rule| format!("{rule}: passed is {}", !should)));
    }
}

fn meets(finding: &Finding<'_>, wanted: &Fires, report: &Report) -> bool {
    let has = |key: &str, value: &Option<Value>| value.as_ref().is_none_or(|v| is(v, &finding.json[key]));
    let cited = wanted.line.is_none() && wanted.input.is_none()
        || finding.cited(report).any(|(input, line)| {
            wanted.input.as_ref().is_none_or(|name| *name == input)
                && wanted.line.as_ref().is_none_or(|lines| is(lines, &line))
        });
    finding.json["rule"] == wanted.rule.as_str()
        && has("severity", &wanted.severity)
        && has("confidence", &wanted.confidence)
        && cited
}

fn words(want: &Want, report: &Report, wrong: &mut Vec<String>) {
    let holds = |text: &str, words: &[String]| words.iter().any(|word| text.contains(&word.to_lowercase()));
    if let Some((rule, any)) = &want.text
        && !report.of_rule(rule).any(|finding| holds(&finding.summary(), any))
    {
        wrong.push(format!("the text of {rule} holds none of {any:?}"));
    }
    if let Some((rule, any)) = &want.fix
        && !report.of_rule(rule).any(|finding| holds(&finding.json["fix"].to_string().to_lowercase(), any))
    {
        wrong.push(format!("the fix of {rule} holds none of {any:?}"));
    }
    let sentences = report.sentences();
    if !want.says.is_empty() && !holds(&sentences, &want.says) {
        wrong.push(format!("nothing says one of {:?}", want.says));
    }
    let said = want.says_not.iter().filter(|word| sentences.contains(&word.to_lowercase()));
    wrong.extend(said.map(|word| format!("says {word:?}")));
}

fn tables(want: &Want, report: &Report, wrong: &mut Vec<String>) {
    if want.no_asa_commands {
        let told = report.findings().filter(|finding| finding.is_fixed_on("asa"));
        wrong.extend(told.map(|finding| format!("ASA commands in {}", finding.json["rule"])));
    }
    let asked = want.bring_not.iter().filter(|need| report.asks_for(need));
    wrong.extend(asked.map(|need| format!("asks for {need}")));
    for (name, wanted) in &want.kinds {
        let kind = report.kind(name);
        if !is(wanted, &kind) {
            wrong.push(format!("{name} is taken for {kind}, not {wanted}"));
        }
    }
    for (name, fields) in &want.phones {
        let row = report.phone(name);
        let other = fields.iter().filter(|(field, wanted)| !is(wanted, &row[field.as_str()]));
        wrong.extend(other.map(|(field, _)| format!("phone {name}: {field} is {}", row[field.as_str()])));
    }
}
