//! Every check, in the order in which a failure is cheapest.

use std::fs;

use crate::pack::{Kind, Probes, pack};
use crate::{Outcome, command, imports, page, root, run, step, tools};

/// What CI runs.
pub fn all() -> Outcome<()> {
    step("format", || run("cargo", &["fmt", "--all", "--check"]))?;
    step("lint for this machine", || {
        run("cargo", &["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"])
    })?;
    step("lint for the browser", || {
        let target = ["--target", "wasm32-unknown-unknown", "--bin", "page", "--bin", "engine"];
        run("cargo", &[&["clippy", "--quiet"], &target as &[&str], &["--", "-D", "warnings"]].concat())
    })?;
    step("test the library and the command line", || run("cargo", &["test", "--quiet", "--workspace"]))?;
    browser(&[])
}

/// Builds the page and tests it in a real browser; with words, only the tests whose names contain one.
pub fn browser(filter: &[&str]) -> Outcome<()> {
    page::build()?;
    step("compare imports", || {
        for name in ["page", "engine"] {
            let wasm = root().join(format!("target/dist/{name}_bg.wasm"));
            imports::check(&wasm, &root().join(format!("tests/{name}-imports.txt")))?;
        }
        Ok(())
    })?;
    let (chromium, firefox) = (tools::chromium()?, tools::firefox()?);
    step("test the page in a browser", || {
        let folder = root().join("target/browser");
        let page = fs::read_to_string(root().join("tests/browser/probe.js"))?;
        let worker = fs::read_to_string(root().join("tests/browser/probe-worker.js"))?;
        let probes = Probes { page: &page, worker: &worker };
        let made = root().join("target/dist");
        pack(&root(), &made, &folder.join("probed.html"), Kind::Probed(probes))?;
        pack(&root(), &made, &folder.join("control.html"), Kind::Unprotected(probes))?;
        let mut node = command("node", &["tests/browser/run.mjs"]);
        let status = node.args(filter).env("CHROMIUM", &chromium).env("FIREFOX", &firefox).status()?;
        if status.success() { Ok(()) } else { Err(format!("{status}").into()) }
    })
}
