//! Benchmarks: the command line beside other tools, the library's own, then the packed page in a browser.

use crate::tools::Browsers;
use crate::{Outcome, beside, command, page, run, step};

/// Runs all and prints their figures.
pub fn all(browsers: &Browsers) -> Outcome<()> {
    beside::table()?;
    step("benchmark the library", || run("cargo", &["bench", "--package", "vpn-phone-doctor"]))?;
    page::build()?;
    step("benchmark the page", || {
        let status = command("node", &["tests/browser/bench.mjs", "target/bench/busy.log"])
            .env("CHROMIUM", &browsers.chromium)
            .status()?;
        if status.success() { Ok(()) } else { Err(format!("{status}").into()) }
    })
}

/// Reads damaged copies of every file in these folders, of our own samples where none is named.
pub fn mutants(folders: &[&str]) -> Outcome<()> {
    run("cargo", &[&["bench", "--package", "vpn-phone-doctor", "--bench", "mutants", "--"], folders].concat())
}
