//! Fuzzes the targets of `fuzz/`, a while each, and counts in `fuzz/LEDGER.md` what was run.
//!
//! ```text
//! asa_config: 184220 inputs, up to 91 MB
//! ```
//! Works with the toolchain of the project: without a sanitizer cargo-fuzz asks for nothing that only nightly has. What
//! a target learns stays in `target/fuzz/TARGET`; what makes it fall lies in `fuzz/artifacts/TARGET`, and belongs into
//! `fuzz/corpus/TARGET` as `fell-…` once it is mended.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::{Outcome, command, needs, root, step, tools, trunk};

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

/// What is asked for: `[TARGET]… [--seconds N] [--at-once N] [--seed N] [--uncounted]`
#[derive(Debug, PartialEq, Eq)]
struct Wanted {
    /// None means all.
    targets: Vec<String>,
    seconds: u64,
    at_once: usize,
    /// The same number makes the same inputs, in the same order; none makes others each time.
    seed: Option<u64>,
    /// The ledger gets what was run.
    counted: bool,
}

/// Builds the targets that are wanted and runs them; one that falls fails all, after the others had their time.
pub fn run(words: &[&str]) -> Outcome<()> {
    let Wanted { targets: wanted, seconds, at_once, seed, counted } = wanted(words)?;
    let all = targets()?;
    if let Some(strange) = wanted.iter().find(|name| !all.contains(name)) {
        return Err(format!("`{strange}` is no target; there are: {}", all.join(", ")).into());
    }
    tools::got(needs::FOR_FUZZING)?;
    trunk::cargo_tool("cargo-fuzz", "cargo-fuzz", CARGO_FUZZ, &[])?;
    step("build the targets", || {
        let build = |which: &[&str]| crate::run("cargo-fuzz", &[&["fuzz", "build"], BUILD, which].concat());
        if wanted.is_empty() { build(&[]) } else { wanted.iter().try_for_each(|name| build(&[name])) }
    })?;
    let wanted = if wanted.is_empty() { all } else { wanted };
    step(&format!("fuzz {} targets for {seconds} s each, {at_once} at once", wanted.len()), || {
        let ran = each(&wanted, at_once, |name| fuzz(name, seconds, seed).map_err(|error| error.to_string()));
        let mut fell = Vec::new();
        for (name, ran) in wanted.iter().zip(ran) {
            match ran {
                Ok(Ran { executions, fell: None }) if counted => count(name, executions)?,
                Ok(Ran { fell: None, .. }) => {}
                Ok(Ran { fell: Some(what), .. }) | Err(what) => fell.push(format!("{name} fell: {what}")),
            }
        }
        if fell.is_empty() { Ok(()) } else { Err(fell.join("\n").into()) }
    })
}

fn wanted(words: &[&str]) -> Outcome<Wanted> {
    let mut wanted = Wanted { targets: Vec::new(), seconds: SECONDS, at_once: 1, seed: None, counted: true };
    let mut rest = words.iter();
    let number = |word: &str, value: Option<&&str>| -> Outcome<u64> {
        let value = value.ok_or_else(|| format!("{word} needs a number"))?;
        Ok(value.parse().map_err(|_| format!("{word}: `{value}` is no number"))?)
    };
    while let Some(word) = rest.next() {
        match *word {
            "--seconds" => wanted.seconds = number(word, rest.next())?,
            "--at-once" => wanted.at_once = usize::try_from(number(word, rest.next())?)?.max(1),
            "--seed" => wanted.seed = Some(number(word, rest.next())?),
            "--uncounted" => wanted.counted = false,
            name => wanted.targets.push(name.to_owned()),
        }
    }
    Ok(wanted)
}

/// What came of each name, in the order of the names, so many at once.
fn each<T: Send>(names: &[String], at_once: usize, work: impl Fn(&str) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(|| {
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(name) = names.get(place) else { break };
                    let came = work(name);
                    done.lock().unwrap_or_else(PoisonError::into_inner).push((place, came));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, came)| came).collect()
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

/// What one target came to.
struct Ran {
    executions: u64,
    /// What it said as it fell, and the input.
    fell: Option<String>,
}

fn fuzz(name: &str, seconds: u64, seed: Option<u64>) -> Outcome<Ran> {
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
    let seed = seed.map(|seed| format!("-seed={seed}"));
    let seed: Vec<&str> = seed.iter().map(String::as_str).collect();
    let words = [&["fuzz", "run"], BUILD, &[name], &folders, &flags, &seed].concat();
    let output = command("cargo-fuzz", &words).stdout(Stdio::null()).output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    let executions = number(&said, "stat::number_of_executed_units:");
    println!("   {name}: {executions} inputs, up to {} MB", number(&said, "stat::peak_rss_mb:"));
    // A target that runs nothing has shown nothing.
    let well = output.status.success() && executions > 0;
    Ok(Ran { executions, fell: (!well).then(|| why(&said)) })
}

/// A number that libFuzzer prints at its end.
fn number(said: &str, field: &str) -> u64 {
    let line = said.lines().find_map(|line| line.strip_prefix(field));
    line.and_then(|number| number.trim().parse().ok()).unwrap_or_default()
}

/// Where the input lies, and what was said before; all that was said at last, where nothing is known.
fn why(said: &str) -> String {
    let lines: Vec<&str> = said.lines().collect();
    let written = lines.iter().find_map(|line| line.split_once("Test unit written to "));
    let input = written.map_or("no input was kept", |(_, path)| path);
    let known = lines.iter().position(|line| line.contains("panicked at") || line.starts_with("=="));
    let from = known.unwrap_or(lines.len().saturating_sub(30));
    let told: String = lines.iter().skip(from).take(30).map(|line| format!("\n   {line}")).collect();
    format!("{input}{told}")
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
    fn words_are_targets_and_what_is_asked_of_them() {
        let asked =
            Wanted { targets: vec!["tar".to_owned()], seconds: 9, at_once: 2, seed: Some(7), counted: false };
        assert_eq!(
            wanted(&["--seconds", "9", "tar", "--at-once", "2", "--seed", "7", "--uncounted"]).unwrap(),
            asked
        );
        let plain = wanted(&[]).unwrap();
        assert_eq!((plain.seconds, plain.at_once, plain.seed, plain.counted), (SECONDS, 1, None, true));
        for words in [&["--seconds"] as &[_], &["--seconds", "long"], &["--at-once", "-1"]] {
            assert!(wanted(words).is_err(), "{words:?}");
        }
    }

    #[test]
    fn each_name_is_done_once_and_told_in_order() {
        let names: Vec<String> = (0..50).map(|number| number.to_string()).collect();
        for at_once in [1, 3, 80] {
            assert_eq!(each(&names, at_once, str::to_owned), names);
        }
    }

    #[test]
    fn what_fell_names_its_input() {
        let said = "#2 INITED\nthread panicked at src/x.rs:1:1:\nover\n\
                    artifact_prefix='fuzz/artifacts/tar/'; Test unit written to fuzz/artifacts/tar/crash-00\n";
        let told = why(said);
        assert!(told.starts_with("fuzz/artifacts/tar/crash-00\n   thread panicked"), "{told}");
        assert!(
            why("cannot find a C++ compiler").contains("C++"),
            "what is not known is told as it was said"
        );
        assert_eq!(number("stat::peak_rss_mb:   91\n", "stat::peak_rss_mb:"), 91);
    }

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
