//! Fuzzes the targets of `fuzz/`, a while each, and counts in `fuzz/LEDGER.md` what was run.
//!
//! ```text
//! asa_config: 184,220 inputs in 20 s, nothing fell
//! ```
//! Works with the toolchain of the project: without a sanitizer cargo-fuzz asks for nothing that only nightly has. What
//! a target learns stays in `target/fuzz/TARGET`; what makes it fall lies in `fuzz/artifacts/TARGET`, and belongs into
//! `fuzz/corpus/TARGET` as `fell-…` once it is mended.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;

use crate::{Outcome, command, root, step, trunk};

/// Its version.
const CARGO_FUZZ: &str = "0.13.2";
/// Seconds for each target where nothing is said.
const SECONDS: u64 = 20;
/// The longest input, in bytes.
const LONGEST: &str = "-max_len=65536";
/// Seconds after which an input is too slow: a machine that does other things as well gets its time.
const SLOWEST: &str = "-timeout=10";
/// Megabytes that are too many for one input.
const LARGEST: &str = "-rss_limit_mb=512";

/// `[TARGET]… [--seconds N]`
pub fn run(words: &[&str]) -> Outcome<()> {
    let (mut wanted, mut seconds, mut rest) = (Vec::new(), SECONDS, words.iter());
    while let Some(word) = rest.next() {
        match *word {
            "--seconds" => {
                let number = rest.next().ok_or("--seconds needs a number")?;
                seconds = number.parse().map_err(|_| format!("`{number}` is no number of seconds"))?;
            }
            name => wanted.push(name.to_owned()),
        }
    }
    let all = targets()?;
    if let Some(strange) = wanted.iter().find(|name| !all.contains(name)) {
        return Err(format!("`{strange}` is no target; there are: {}", all.join(", ")).into());
    }
    trunk::cargo_tool("cargo-fuzz", "cargo-fuzz", CARGO_FUZZ, &[])?;
    step("build the targets", || crate::run("cargo-fuzz", &[&["fuzz", "build"], BUILD].concat()))?;
    let mut fell = Vec::new();
    for name in if wanted.is_empty() { all } else { wanted } {
        let outcome = step(&format!("fuzz {name}"), || fuzz(&name, seconds));
        fell.extend(outcome.err().map(|error| error.to_string()));
    }
    if fell.is_empty() { Ok(()) } else { Err(fell.join("\n").into()) }
}

const BUILD: &[&str] = &["--fuzz-dir", "fuzz", "--sanitizer", "none", "--target-dir", "target/fuzz-build"];

/// Every target, by its file.
fn targets() -> Outcome<Vec<String>> {
    let files = fs::read_dir(root().join("fuzz/fuzz_targets"))?;
    let stem = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let mut names: Vec<String> = files.flatten().filter_map(|entry| stem(&entry.path())).collect();
    names.sort();
    Ok(names)
}

/// Folders with inputs to begin with, apart from the corpus.
fn samples(name: &str) -> String {
    let folder = match name {
        "check" | "lookup" | "redactor" | "unwrap" => "",
        "gzip" | "tar" | "zip" => "archive",
        "capture_in_pieces" => "capture",
        "der" | "pem" | "pkcs7" | "x509" => "certificate",
        "fingerprint" => "fingerprints",
        name => name,
    };
    format!("tests/samples/{folder}")
}

fn fuzz(name: &str, seconds: u64) -> Outcome<()> {
    let (learnt, artifacts) = (format!("target/fuzz/{name}"), format!("fuzz/artifacts/{name}/"));
    let mut folders = vec![learnt.clone(), format!("fuzz/corpus/{name}"), samples(name)];
    for made in [&learnt, &artifacts] {
        fs::create_dir_all(root().join(made))?;
    }
    folders.retain(|folder| root().join(folder).is_dir());
    let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
    let (time, prefix) = (format!("-max_total_time={seconds}"), format!("-artifact_prefix={artifacts}"));
    let flags =
        ["--", &time, &prefix, LONGEST, SLOWEST, LARGEST, "-dict=fuzz/words.dict", "-print_final_stats=1"];
    let words = [&["fuzz", "run"], BUILD, &[name], &folders, &flags].concat();
    let output = command("cargo-fuzz", &words).stdout(Stdio::null()).output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    let number = |field: &str| -> u64 {
        let line = said.lines().find_map(|line| line.strip_prefix(field));
        line.and_then(|number| number.trim().parse().ok()).unwrap_or_default()
    };
    let executions = number("stat::number_of_executed_units:");
    println!("   {executions} inputs, up to {} MB", number("stat::peak_rss_mb:"));
    count(name, executions)?;
    if output.status.success() {
        return Ok(());
    }
    let from = said
        .lines()
        .position(|line| line.contains("panicked at") || line.starts_with("=="))
        .unwrap_or_default();
    said.lines().skip(from).take(30).for_each(|line| println!("   {line}"));
    Err(format!("{name} fell; the input lies in {artifacts}").into())
}

/// Adds to the ledger.
fn count(name: &str, executions: u64) -> Outcome<()> {
    let path = root().join("fuzz/LEDGER.md");
    let text = fs::read_to_string(&path)?;
    fs::write(&path, with(&text, name, executions))?;
    Ok(())
}

/// The ledger with so many more executions of a target. What stands before its table stays.
fn with(ledger: &str, name: &str, executions: u64) -> String {
    let (head, rows) = ledger.split_once(RULE).unwrap_or((ledger, ""));
    let mut table: BTreeMap<String, u64> = rows.lines().filter_map(row).collect();
    *table.entry(name.to_owned()).or_default() += executions;
    let mut text = format!("{head}{RULE}\n");
    for (name, executions) in &table {
        text.push_str(&format!("| {name} | {} |\n", grouped(*executions)));
    }
    text.push_str(&format!("\nAll together: {}\n", grouped(table.values().sum())));
    text
}

const RULE: &str = "|---|---:|";

fn row(line: &str) -> Option<(String, u64)> {
    let (name, executions) = line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | ")?;
    Some((name.to_owned(), executions.replace(',', "").parse().ok()?))
}

/// 1234567 as 1,234,567.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ledger_adds_up() {
        let ledger = with("# Ledger\n\n| target | executions |\n|---|---:|\n", "tar", 1_999_999);
        let ledger = with(&with(&ledger, "asa_ssl", 7), "tar", 1);
        assert_eq!(
            ledger,
            "# Ledger\n\n| target | executions |\n|---|---:|\n| asa_ssl | 7 |\n| tar | 2,000,000 |\n\nAll together: 2,000,007\n"
        );
    }
}
