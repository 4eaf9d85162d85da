//! Looks at this machine, in less than a second and without changing it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::needs::{Browser, Probed, TARGET};
use crate::{command, root};

/// Everything that a need may ask for.
pub fn machine() -> Probed {
    Probed {
        rustc: said("rustc", &["--version"]).and_then(|text| Some(text.split(' ').nth(1)?.to_owned())),
        toolchain: toolchain(),
        browser_library: has_library(TARGET),
        clippy: said("cargo", &["clippy", "--version"]).is_some(),
        rustfmt: said("cargo", &["fmt", "--version"]).is_some(),
        node: said("node", &["--version"]),
        npm: said("npm", &["--version"]),
        cpp: std::env::var_os("CXX").is_some() || program("c++").is_some(),
        chromium: browser(
            "CHROMIUM",
            CHROMIUM,
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        ),
        firefox: browser("FIREFOX", FIREFOX, "/Applications/Firefox.app/Contents/MacOS/firefox"),
        apt: program("apt-get").is_some() && (is_root() || said("sudo", &["-n", "true"]).is_some()),
        free: free(),
    }
}

/// A program in the project's own tools or in PATH.
pub fn program(name: &str) -> Option<PathBuf> {
    let root = root();
    let path = std::env::var_os("PATH").unwrap_or_default();
    [root.join("target/tools/bin"), root.join("node_modules/.bin")]
        .into_iter()
        .chain(std::env::split_paths(&path))
        .flat_map(|folder| ["", ".exe", ".cmd"].map(|ending| folder.join(format!("{name}{ending}"))))
        .find(|candidate| candidate.is_file())
}

/// Whether Rust's standard library is there for a target.
pub fn has_library(target: &str) -> bool {
    said("rustc", &["--print", "target-libdir", "--target", target])
        .is_some_and(|folder| holds_core(Path::new(&folder)))
}

/// What this machine is, such as `x86_64-unknown-linux-gnu`.
pub fn host() -> Option<String> {
    said("rustc", &["--version", "--verbose"])?
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
}

/// Whether installing needs no `sudo`.
pub fn is_root() -> bool {
    said("id", &["-u"]).is_some_and(|text| text == "0")
}

const CHROMIUM: &[&str] =
    &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const FIREFOX: &[&str] = &["firefox-esr", "firefox"];

/// The one that the environment names, one in PATH, or the one in its usual place on a Mac.
fn browser(variable: &'static str, names: &[&str], mac: &str) -> Option<Browser> {
    if let Some(named) = std::env::var_os(variable).map(PathBuf::from) {
        let there = named.is_file();
        return Some(if there { Browser::Named(named) } else { Browser::Misnamed(variable, named) });
    }
    let mac = Path::new(mac);
    let found = names.iter().find_map(|name| program(name));
    found.or_else(|| mac.exists().then(|| mac.to_path_buf())).map(Browser::Found)
}

/// rustup tells its children which toolchain it chose. Where cargo was started without it, the compiler's own folder
/// tells: rustup keeps each toolchain in `toolchains`, under its name.
fn toolchain() -> Option<String> {
    program("rustup")?;
    if let Ok(name) = std::env::var("RUSTUP_TOOLCHAIN") {
        return Some(name);
    }
    let folder = PathBuf::from(said("rustc", &["--print", "sysroot"])?);
    let kept = folder.parent()?.file_name()? == "toolchains";
    kept.then(|| folder.file_name().map(|name| name.to_string_lossy().into_owned())).flatten()
}

/// The folder's name is printed for every target that the compiler knows, there or not.
fn holds_core(folder: &Path) -> bool {
    let Ok(entries) = folder.read_dir() else { return false };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libcore-"))
}

/// As POSIX has `df` print it: a head, then a line whose fourth word is the free kilobytes.
fn free() -> Option<u64> {
    let text = said("df", &["-Pk", "."])?;
    let kilobytes: u64 = text.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(kilobytes / 1000)
}

/// The first words of a program that ends well.
fn said(name: &str, arguments: &[&str]) -> Option<String> {
    let mut asked: Command = command(name, arguments);
    let output = asked.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
