//! Gets what is missing, before anything that takes minutes: what rustup keeps, Debian's packages, npm's packages.
//!
//! Whatever can stay in the project's own folders does: `target/` and `node_modules/`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::look::{self, is_root, program};
use crate::needs::{Browser, Get, Need, Probed, Standing};
use crate::{Outcome, root, run, step};

/// The browsers that were found, for the tests that need them.
#[derive(Clone, Debug, Default)]
pub struct Browsers {
    /// A Chromium.
    pub chromium: PathBuf,
    /// A Firefox.
    pub firefox: PathBuf,
}

/// Gets what a command of the page needs, npm's packages as well.
pub fn ready(needs: &[Need]) -> Outcome<Browsers> {
    let found = got(needs)?;
    npm_packages()?;
    let path = |browser: Option<Browser>| browser.map(|found| found.path().to_path_buf()).unwrap_or_default();
    Ok(Browsers { chromium: path(found.chromium), firefox: path(found.firefox) })
}

/// Looks at everything that a command needs and prints it as one list; gets what is missing, or says what to type.
pub fn got(needs: &[Need]) -> Outcome<Probed> {
    println!("── what this needs");
    let mut found = look::machine();
    let gets = judge(needs, &found)?;
    if !gets.is_empty() {
        get(&gets)?;
        found = look::machine();
        if !still_missing(needs, &found).is_empty() {
            return Err(still_missing(needs, &found).into());
        }
    }
    Ok(found)
}

/// Prints the list; fails with all that a person has to do, before anything is changed.
fn judge(needs: &[Need], found: &Probed) -> Outcome<Vec<Get>> {
    let (mut gets, mut asks) = (Vec::new(), String::new());
    for need in needs {
        let said = match need.standing(found) {
            Standing::There(said) => said,
            Standing::Get(get) => {
                let said = format!("missing; `{}` brings it", shown(&get));
                gets.push(get);
                said
            }
            Standing::Ask(what) => {
                asks.push_str(&format!("\n   {}: {what}", need.name()));
                "MISSING".to_owned()
            }
        };
        println!("   {:<20} {said}", need.name());
    }
    if asks.is_empty() {
        Ok(gets)
    } else {
        Err(format!("Nothing was built. Please bring first:{asks}").into())
    }
}

/// What is missing although it was got.
fn still_missing(needs: &[Need], found: &Probed) -> String {
    let mut missing = String::new();
    for need in needs {
        match need.standing(found) {
            Standing::There(_) => {}
            Standing::Get(get) => missing.push_str(&format!(
                "\n   {}: `{}` ended well, and it is missing all the same",
                need.name(),
                shown(&get)
            )),
            Standing::Ask(what) => missing.push_str(&format!("\n   {}: {what}", need.name())),
        }
    }
    if missing.is_empty() { missing } else { format!("Nothing was built. Please bring first:{missing}") }
}

fn shown(get: &Get) -> String {
    match get {
        Get::Rustup(words) => format!("rustup {}", words.join(" ")),
        Get::Apt(packages) => format!("apt-get install {}", packages.join(" ")),
    }
}

fn get(gets: &[Get]) -> Outcome<()> {
    for get in gets {
        if let Get::Rustup(words) = get {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            step(&shown(get), || run("rustup", &words))?;
        }
    }
    let mut packages: Vec<&str> = Vec::new();
    for get in gets {
        if let Get::Apt(names) = get {
            packages.extend(names.iter().filter(|name| !packages.contains(name)).collect::<Vec<_>>());
        }
    }
    if packages.is_empty() { Ok(()) } else { debian_packages(&packages) }
}

fn debian_packages(packages: &[&str]) -> Outcome<()> {
    step(&format!("apt-get install {}", packages.join(" ")), || {
        let install = ["install", "-y", "-qq", "--no-install-recommends"];
        for arguments in [&["update", "-qq"] as &[&str], &[&install as &[&str], packages].concat()] {
            let mut apt = if is_root() {
                Command::new("apt-get")
            } else {
                let mut sudo = Command::new("sudo");
                sudo.args(["-n", "apt-get"]);
                sudo
            };
            let status = apt.args(arguments).env("DEBIAN_FRONTEND", "noninteractive").status()?;
            if !status.success() {
                return Err(format!("`apt-get {}`: {status}", arguments.join(" ")).into());
            }
        }
        Ok(())
    })
}

/// `npm ci`, but only where the lock file is another one than last time.
fn npm_packages() -> Outcome<()> {
    let lock = fs::read(root().join("package-lock.json"))?;
    let installed = root().join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|before| before == lock) && program("wasm-opt").is_some() {
        return Ok(());
    }
    step("npm ci", || {
        run("npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])?;
        Ok(fs::write(&installed, &lock)?)
    })
}
