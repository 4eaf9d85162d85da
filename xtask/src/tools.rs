//! Gets what is missing: Trunk and wasm-bindgen's command line of exactly the wanted versions, npm packages, and
//! for tests a Chromium and a Firefox. Whatever can stay in the project's own folders does.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Outcome, command, root, run, step};

/// Trunk's version; those of the tools that Trunk runs stand in `Trunk.toml`.
const TRUNK: &str = "0.21.14";

/// What building the page needs.
pub fn for_building() -> Outcome<()> {
    let wasm_bindgen = wanted("wasm_bindgen")?;
    cargo_tool("trunk", "trunk", TRUNK, &["--no-default-features", "--features", "rustls"])?;
    cargo_tool("wasm-bindgen", "wasm-bindgen-cli", &wasm_bindgen, &[])?;
    npm_packages()
}

/// A Chromium for the browser's tests: `CHROMIUM`, one in PATH, or Debian's, which is installed if need be.
pub fn chromium() -> Outcome<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        return Ok(named.into());
    }
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    let found = || names.iter().find_map(|name| find(name));
    let mac = PathBuf::from("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    if let Some(chromium) = found().or_else(|| mac.exists().then_some(mac)) {
        return Ok(chromium);
    }
    debian_package("chromium")?;
    found().ok_or_else(|| "chromium was installed, but is not in PATH".into())
}

/// A Firefox for the browser's tests: `FIREFOX`, one in PATH, or Debian's, which is installed if need be.
pub fn firefox() -> Outcome<PathBuf> {
    if let Some(named) = std::env::var_os("FIREFOX") {
        return Ok(named.into());
    }
    let found = || ["firefox-esr", "firefox"].iter().find_map(|name| find(name));
    let mac = PathBuf::from("/Applications/Firefox.app/Contents/MacOS/firefox");
    if let Some(firefox) = found().or_else(|| mac.exists().then_some(mac)) {
        return Ok(firefox);
    }
    debian_package("firefox-esr")?;
    found().ok_or_else(|| "firefox-esr was installed, but is not in PATH".into())
}

/// A program in the project's own tools or in PATH.
pub fn find(program: &str) -> Option<PathBuf> {
    let root = root();
    let path = std::env::var_os("PATH").unwrap_or_default();
    [root.join("target/tools/bin"), root.join("node_modules/.bin")]
        .into_iter()
        .chain(std::env::split_paths(&path))
        .flat_map(|folder| ["", ".exe", ".cmd"].map(|ending| folder.join(format!("{program}{ending}"))))
        .find(|candidate| candidate.is_file())
}

fn wanted(tool: &str) -> Outcome<String> {
    let text = fs::read_to_string(root().join("Trunk.toml"))?;
    let line = text.lines().find_map(|line| line.strip_prefix(tool)?.trim().strip_prefix('='));
    let version = line.map(|version| version.trim().trim_matches('"').to_owned());
    version.ok_or_else(|| format!("Trunk.toml names no version of {tool}").into())
}

fn cargo_tool(program: &str, package: &str, version: &str, features: &[&str]) -> Outcome<()> {
    let known = command(program, &["--version"]).output().is_ok_and(|output| {
        String::from_utf8_lossy(&output.stdout).split_whitespace().any(|word| word == version)
    });
    if known {
        return Ok(());
    }
    step(&format!("install {package} {version} into target/tools (some minutes, once)"), || {
        let folder = root().join("target/tools");
        let folder = folder.to_string_lossy();
        let mut arguments =
            vec!["install", package, "--locked", "--force", "--version", version, "--root", &folder];
        arguments.extend(features);
        // A tool that runs for a second is not worth minutes of optimising.
        let status = command("cargo", &arguments)
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
            .env("CARGO_PROFILE_RELEASE_STRIP", "true")
            .status()?;
        if status.success() { Ok(()) } else { Err(format!("cargo install {package}: {status}").into()) }
    })
}

/// `npm ci`, but only where the lock file is another one than last time.
fn npm_packages() -> Outcome<()> {
    let lock = fs::read(root().join("package-lock.json"))?;
    let installed = root().join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|before| before == lock) {
        return Ok(());
    }
    if find("npm").is_none() {
        debian_package("npm")?;
    }
    step("install npm packages", || {
        run("npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])?;
        Ok(fs::write(&installed, &lock)?)
    })
}

fn debian_package(package: &str) -> Outcome<()> {
    let hint = format!("`{package}` is needed and was not found. Please install it and try again.");
    if find("apt-get").is_none() {
        return Err(hint.into());
    }
    step(&format!("install {package} with apt-get"), || {
        for arguments in
            [&["update", "-qq"] as &[&str], &["install", "-y", "-qq", "--no-install-recommends", package]]
        {
            let mut apt = if Path::new("/usr/bin/sudo").exists() && !is_root() {
                let mut sudo = Command::new("sudo");
                sudo.args(["-n", "apt-get"]);
                sudo
            } else {
                Command::new("apt-get")
            };
            let done = apt.args(arguments).env("DEBIAN_FRONTEND", "noninteractive").status();
            if !done.is_ok_and(|status| status.success()) {
                return Err(hint.as_str().into());
            }
        }
        Ok(())
    })
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0\n"))
}
