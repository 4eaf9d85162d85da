//! Benchmarks: the library's own, then the packed page in a browser.

use crate::{Outcome, command, page, root, run, step, tools};

/// Runs both and prints their figures.
pub fn all() -> Outcome<()> {
    if root().join("benches").is_dir() {
        step("benchmark the library", || run("cargo", &["bench", "--package", "vpn-phone-doctor"]))?;
    }
    page::build()?;
    let chromium = tools::chromium()?;
    step("benchmark the page", || {
        let status = command("node", &["tests/browser/bench.mjs"]).env("CHROMIUM", &chromium).status()?;
        if status.success() { Ok(()) } else { Err(format!("{status}").into()) }
    })
}
