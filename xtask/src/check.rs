//! Every check, in the order in which a failure is cheapest.

use crate::needs::TARGET;
use crate::tools::Browsers;
use crate::{Outcome, command, page, root, run, step};

/// What CI runs.
pub fn all(browsers: &Browsers) -> Outcome<()> {
    step("format", || run("cargo", &["fmt", "--all", "--check"]))?;
    step("lint for this machine", || {
        run("cargo", &["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"])
    })?;
    step("lint for the browser", || {
        let target = ["--target", TARGET, "--features", "page", "--bin", "page", "--bin", "engine"];
        run("cargo", &[&["clippy", "--quiet"], &target as &[&str], &["--", "-D", "warnings"]].concat())
    })?;
    step("document", || {
        let packages = ["--package", "vpn-phone-doctor", "--package", "release", "--package", "xtask"];
        let mut doc = command("cargo", &[&["doc", "--quiet", "--no-deps"], &packages as &[&str]].concat());
        let status = doc.env("RUSTDOCFLAGS", "-D warnings").status()?;
        if status.success() { Ok(()) } else { Err(format!("{status}").into()) }
    })?;
    step("test the library and the command line", || run("cargo", &["test", "--quiet", "--workspace"]))?;
    replay()?;
    browser(browsers, &[])
}

/// The corpus once more as in the page: a number has 32 bits there, and one that overflows traps.
pub fn replay() -> Outcome<()> {
    const FOLDER: &str = "target/fuzz-wasm";
    step("build the readers for WebAssembly, with every number checked", || {
        let what = [
            "--manifest-path",
            "fuzz/Cargo.toml",
            "--locked",
            "--no-default-features",
            "--example",
            "replay",
        ];
        let how = ["--profile", "replay", "--target", TARGET, "--target-dir", FOLDER];
        run("cargo", &[&["build", "--quiet"], &what as &[&str], &how].concat())
    })?;
    step("replay the corpus as WebAssembly", || {
        run("node", &["fuzz/replay.mjs", &format!("{FOLDER}/{TARGET}/replay/examples/replay.wasm")])
    })
}

/// Builds the page and tests it in a real browser; with words, only the tests whose names contain one. `--slow N` makes
/// the browser's processor so many times slower.
pub fn browser(browsers: &Browsers, words: &[&str]) -> Outcome<()> {
    let (slow, filter) = match words {
        ["--slow", times, filter @ ..] => (Some(*times), filter),
        filter => (None, filter),
    };
    page::build()?;
    let made = root().join("target/dist");
    step("compare imports", || {
        for name in ["page", "engine"] {
            let wasm = made.join(format!("{name}_bg.wasm"));
            page::compare_imports(&wasm, &root().join(format!("tests/{name}-imports.txt")))?;
        }
        Ok(())
    })?;
    step("test the page in a browser", || {
        page::pack(&made, &["target/browser/probed.html", "--probed"])?;
        page::pack(&made, &["target/browser/unlocked.html", "--unlocked"])?;
        page::pack(&made, &["target/browser/control.html", "--unprotected"])?;
        let mut node = command("node", &["tests/browser/run.mjs"]);
        node.args(filter).env("CHROMIUM", &browsers.chromium).env("FIREFOX", &browsers.firefox);
        node.envs(slow.map(|times| ("SLOW", times)));
        let status = node.status()?;
        if status.success() { Ok(()) } else { Err(format!("{status}").into()) }
    })
}

/// Builds the page and takes the pictures of the README from it.
pub fn pictures(browsers: &Browsers) -> Outcome<()> {
    page::build()?;
    step("take the pictures in docs", || {
        let mut node = command("node", &["tests/browser/pictures.mjs"]);
        let status = node.env("CHROMIUM", &browsers.chromium).status()?;
        if status.success() { Ok(()) } else { Err(format!("{status}").into()) }
    })
}
