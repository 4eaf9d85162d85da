//! Benchmarks: the command line beside other tools, the library's own, then the packed page in a browser.

use std::fs;

use crate::tools::Browsers;
use crate::{Outcome, beside, command, page, root, run, step};

/// Runs all and prints their figures.
pub fn all(browsers: &Browsers) -> Outcome<()> {
    beside::table()?;
    step("benchmark the library", || run("cargo", &["bench", "--package", "vpn-phone-doctor"]))?;
    in_page(browsers)
}

/// The page: what its parts weigh, opening it, a normal case, and two large files beside only reading them.
pub fn in_page(browsers: &Browsers) -> Outcome<()> {
    page::build()?;
    step("weigh the page", page::weigh)?;
    let folder = root().join("target/bench");
    fs::create_dir_all(&folder)?;
    beside::made(&folder, "page.log", "log", &["--busy", "99", "--megabytes", "300"])?;
    beside::made(&folder, "page.pcap", "traffic", &["--megabytes", "300"])?;
    step("benchmark the page", || node(browsers, &["target/bench/page.log", "target/bench/page.pcap"], ""))
}

/// The page with logs of two and of four gigabytes, which are made and deleted: memory, gaps, and how soon it stops.
pub fn long(browsers: &Browsers) -> Outcome<()> {
    page::build()?;
    let folder = root().join("target/bench");
    fs::create_dir_all(&folder)?;
    step("benchmark the page with long logs", || {
        // The generator writes a little more than it is asked for, and the page reads 4 GiB at most.
        for (name, megabytes) in [("two.log", "2000"), ("four.log", "4000")] {
            beside::made(&folder, name, "log", &["--busy", "99", "--megabytes", megabytes])?;
            let outcome = node(browsers, &[&format!("target/bench/{name}")], "1");
            fs::remove_file(folder.join(name))?;
            outcome?;
        }
        Ok(())
    })
}

fn node(browsers: &Browsers, files: &[&str], long: &str) -> Outcome<()> {
    let status = command("node", &[&["tests/browser/bench.mjs"], files].concat())
        .env("CHROMIUM", &browsers.chromium)
        .env("LONG", long)
        .status()?;
    if status.success() { Ok(()) } else { Err(format!("{status}").into()) }
}

/// Reads damaged copies of every file in these folders, of our own samples where none is named.
pub fn mutants(folders: &[&str]) -> Outcome<()> {
    run("cargo", &[&["bench", "--package", "vpn-phone-doctor", "--bench", "mutants", "--"], folders].concat())
}
