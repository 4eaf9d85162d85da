//! A report as the command line writes it (`--format json`), and the questions that a case asks of it.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// A report of `check`.
pub struct Report {
    pub json: Value,
}

/// A finding of it.
pub struct Finding<'r> {
    pub json: &'r Value,
}

/// What `inspect` tells of all logs together.
pub struct Log {
    /// Messages by their numbers.
    pub counts: BTreeMap<String, u64>,
    /// The first time of each log.
    pub first: Vec<String>,
}

/// Runs the command line in a folder and reads what it writes.
fn run(folder: &Path, command: &str, files: &[String], arguments: &[String]) -> Result<Value, String> {
    let output = Command::new(env!("CARGO_BIN_EXE_vpn-phone-doctor"))
        .current_dir(folder)
        .stdin(Stdio::null())
        .arg(command)
        .args(files)
        .args(["--format", "json"])
        .args(arguments)
        .output()
        .map_err(|error| error.to_string())?;
    serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("no report: {error}: {}", String::from_utf8_lossy(&output.stderr)))
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

impl Report {
    pub fn of(folder: &Path, files: &[String], arguments: &[String]) -> Result<Self, String> {
        run(folder, "check", files, arguments).map(|json| Self { json })
    }

    pub fn findings(&self) -> impl Iterator<Item = Finding<'_>> {
        items(&self.json["findings"]).map(|json| Finding { json })
    }

    pub fn of_rule<'r>(&'r self, rule: &'r str) -> impl Iterator<Item = Finding<'r>> {
        self.findings().filter(move |finding| finding.json["rule"] == rule)
    }

    pub fn passed(&self, rule: &str) -> bool {
        items(&self.json["passed"]).any(|passed| passed == rule)
    }

    pub fn asks_for(&self, need: &str) -> bool {
        items(&self.json["waiting"]).any(|waiting| items(&waiting["needs"]).any(|other| other == need))
    }

    pub fn stage(&self, id: &str) -> Value {
        find(&self.json["stages"], "id", &json!(id))["state"].clone()
    }

    pub fn kind(&self, name: &str) -> Value {
        find(&self.json["inputs"], "name", &json!(name))["kind"].clone()
    }

    pub fn phone(&self, name: &str) -> Value {
        find(&self.json["phones"], "name", &json!(name))
    }

    /// Everything that the report says in its own words, in lower case.
    pub fn sentences(&self) -> String {
        let mut said = vec![text(&self.json["verdict"]["sentence"]).to_owned()];
        for input in items(&self.json["inputs"]) {
            said.push(text(&input["because"]).to_owned());
            said.extend(items(&input["notes"]).map(|note| text(&note["text"]).to_owned()));
        }
        let told = self.findings().map(|finding| finding.summary());
        said.join(" ").to_lowercase() + " " + &told.collect::<Vec<_>>().join(" ")
    }

    /// What must not depend on the form of a log: the verdict, the findings, the phones.
    pub fn gist(&self) -> Value {
        let of = |value: &Value, keys: &[&str]| Value::from_iter(keys.iter().map(|key| value[*key].clone()));
        let mut findings: Vec<String> = self
            .findings()
            .map(|finding| of(finding.json, &["rule", "severity", "confidence", "title"]).to_string())
            .collect();
        let phones = items(&self.json["phones"]);
        let mut phones: Vec<String> =
            phones.map(|phone| of(phone, &["name", "attempts", "failed", "reason"]).to_string()).collect();
        findings.sort();
        phones.sort();
        json!({"verdict": of(&self.json["verdict"], &["state", "rule"]), "findings": findings, "phones": phones})
    }
}

/// The item of a list that has this value; nothing where none has.
fn find(list: &Value, key: &str, value: &Value) -> Value {
    items(list).find(|item| item[key] == *value).cloned().unwrap_or_default()
}

impl Finding<'_> {
    /// Title, explanation and what is said of the evidence, in lower case.
    pub fn summary(&self) -> String {
        let says = items(&self.json["evidence"]).map(|evidence| text(&evidence["says"]));
        let own = [text(&self.json["title"]), text(&self.json["explanation"])];
        own.into_iter().chain(says).collect::<Vec<_>>().join(" ").to_lowercase()
    }

    /// The inputs and lines of its evidence.
    pub fn cited(&self, report: &Report) -> impl Iterator<Item = (String, Value)> {
        items(&self.json["evidence"]).map(|evidence| {
            let input = find(&report.json["inputs"], "id", &evidence["input"]);
            (text(&input["name"]).to_owned(), evidence["line"].clone())
        })
    }

    pub fn is_fixed_on(&self, device: &str) -> bool {
        items(&self.json["fix"]).any(|fix| fix["on"] == device)
    }

    /// Its rule, severity, confidence and lines, for a failed comparison.
    pub fn outline(&self, report: &Report) -> String {
        let cited: Vec<String> = self.cited(report).map(|(input, line)| format!("{input}:{line}")).collect();
        format!(
            "{} {} {} {}",
            text(&self.json["rule"]),
            text(&self.json["severity"]),
            text(&self.json["confidence"]),
            cited.join(" ")
        )
    }
}

impl Log {
    pub fn of(folder: &Path, files: &[String]) -> Result<Self, String> {
        let inspected = run(folder, "inspect", files, &[])?;
        let mut log = Self { counts: BTreeMap::new(), first: Vec::new() };
        for document in items(&inspected["documents"]) {
            for (id, times) in document["by_id"].as_object().into_iter().flatten() {
                *log.counts.entry(id.clone()).or_default() += times.as_u64().unwrap_or(0);
            }
            log.first.extend(document["first"].as_str().map(str::to_owned));
        }
        Ok(log)
    }
}
