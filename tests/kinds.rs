//! Kinds of faults, a folder each in `tests/kinds`: small inputs and the right answer to them.
//!
//! ```text
//! tests/kinds/newest-line-first/log/want.json    what is wanted (its keys: tests/wanted/mod.rs)
//! tests/kinds/newest-line-first/log/export.txt   what is dropped
//! ```
//! A case is one test, named by its folder; the command line is run in it and its report compared. The harness is
//! `libtest-mimic`, because the cases are found when the tests start.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod wanted;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use wanted::Want;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kinds");
    let mut trials = Vec::new();
    for kind in folders(&top) {
        for case in folders(&kind) {
            let name = case.strip_prefix(&top).unwrap_or(&case).display().to_string();
            trials.push(Trial::test(name, move || check(&case)));
        }
    }
    trials.push(Trial::test("cases are found", {
        let found = trials.len();
        move || if found == 0 { Err("tests/kinds holds no case".into()) } else { Ok(()) }
    }));
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn check(case: &Path) -> Result<(), Failed> {
    let text = fs::read_to_string(case.join("want.json")).map_err(|error| format!("want.json: {error}"))?;
    let want: Want = serde_json::from_str(&text).map_err(|error| format!("want.json: {error}"))?;
    let wrong = wanted::differences(&want, case)?;
    if wrong.is_empty() { Ok(()) } else { Err(format!("{}\n({})", wrong.join("\n"), want.why).into()) }
}

/// The folders of a folder, by name.
fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    found.sort();
    found
}
