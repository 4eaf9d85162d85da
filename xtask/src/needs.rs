//! What a command needs on this machine, judged by what was found on it: there, to be got, or to be asked for.
//!
//! Nothing here looks at the machine (`look` does) and nothing changes it (`tools` does), so each answer has its test.
//! What rustup keeps, what Debian packages and what npm installs is got; the rest is named with what to type.

use std::path::{Path, PathBuf};

/// What `look` found.
#[derive(Clone, Debug, Default)]
pub struct Probed {
    /// What `rustc --version` says, such as `1.95.0`.
    pub rustc: Option<String>,
    /// The name under which rustup keeps the very toolchain that runs now; none where another installer keeps it.
    pub toolchain: Option<String>,
    /// Rust's standard library for the browser.
    pub browser_library: bool,
    /// `cargo clippy` runs.
    pub clippy: bool,
    /// `cargo fmt` runs.
    pub rustfmt: bool,
    /// What `node --version` says, such as `v20.20.2`.
    pub node: Option<String>,
    /// What `npm --version` says.
    pub npm: Option<String>,
    /// A compiler of C++, by its usual name or by that in the environment.
    pub cpp: bool,
    /// A Chromium.
    pub chromium: Option<Browser>,
    /// A Firefox.
    pub firefox: Option<Browser>,
    /// `apt-get` is there, and may install without a password.
    pub apt: bool,
    /// What is free where the project's folder is, in megabytes; none where this machine does not tell.
    pub free: Option<u64>,
}

/// A browser, and how it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Browser {
    /// By its usual names.
    Found(PathBuf),
    /// By a variable of the environment, which names a file.
    Named(PathBuf),
    /// The variable names no file.
    Misnamed(&'static str, PathBuf),
}

impl Browser {
    /// Its program.
    pub fn path(&self) -> &Path {
        let (Self::Found(path) | Self::Named(path) | Self::Misnamed(_, path)) = self;
        path
    }
}

/// One thing that a command needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The compiler, as new as the project asks.
    Rust,
    /// Its standard library for the browser.
    BrowserLibrary,
    /// Its lint.
    Clippy,
    /// Its formatter.
    Rustfmt,
    /// Runs wasm-opt, and drives the browsers.
    Node,
    /// Gets wasm-opt and what drives the browsers.
    Npm,
    /// Builds the fuzzer itself, which is written in C++.
    Cpp,
    /// So many megabytes free.
    Disk(u64),
    /// The browser for most tests.
    Chromium,
    /// The other browser.
    Firefox,
}

/// How a need stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is there, as told.
    There(String),
    /// It is missing, and this brings it.
    Get(Get),
    /// It is missing or too old, and only a person can help: what is wrong, and what to type.
    Ask(String),
}

/// What brings something that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Get {
    /// `rustup` with these words.
    Rustup(Vec<String>),
    /// These packages of Debian's.
    Apt(&'static [&'static str]),
}

/// What building and serving the page needs.
pub const FOR_THE_PAGE: &[Need] =
    &[Need::Rust, Need::BrowserLibrary, Need::Node, Need::Npm, Need::Disk(SPACE_FOR_THE_PAGE)];

/// What every check needs.
pub const FOR_TESTS: &[Need] = &[
    Need::Rust,
    Need::BrowserLibrary,
    Need::Clippy,
    Need::Rustfmt,
    Need::Node,
    Need::Npm,
    Need::Chromium,
    Need::Firefox,
    Need::Disk(SPACE_FOR_TESTS),
];

/// What the browser's tests alone need.
pub const FOR_BROWSER_TESTS: &[Need] = &[
    Need::Rust,
    Need::BrowserLibrary,
    Need::Node,
    Need::Npm,
    Need::Chromium,
    Need::Firefox,
    Need::Disk(SPACE_FOR_THE_PAGE),
];

/// What fuzzing needs.
pub const FOR_FUZZING: &[Need] = &[Need::Rust, Need::Cpp, Need::Disk(SPACE_FOR_THE_PAGE)];

/// What benchmarks and pictures need.
pub const FOR_BENCHMARKS: &[Need] = &[
    Need::Rust,
    Need::BrowserLibrary,
    Need::Node,
    Need::Npm,
    Need::Chromium,
    Need::Disk(SPACE_FOR_THE_PAGE),
];

impl Need {
    /// Its name in the list.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rust => "Rust",
            Self::BrowserLibrary => "Rust for the browser",
            Self::Clippy => "clippy",
            Self::Rustfmt => "rustfmt",
            Self::Node => "Node.js",
            Self::Npm => "npm",
            Self::Cpp => "C++ compiler",
            Self::Disk(_) => "disk space",
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
        }
    }

    /// How it stands on a machine where this was found.
    pub fn standing(self, found: &Probed) -> Standing {
        match self {
            Self::Rust => rust(found),
            Self::BrowserLibrary => match (found.browser_library, &found.toolchain) {
                (true, _) => Standing::There(TARGET.to_owned()),
                (false, Some(toolchain)) => rustup(&["target", "add", TARGET], toolchain),
                (false, None) => Standing::Ask(WITHOUT_RUSTUP.to_owned()),
            },
            Self::Clippy => component(found.clippy, "clippy", found),
            Self::Rustfmt => component(found.rustfmt, "rustfmt", found),
            Self::Node => node(found),
            Self::Npm => match &found.npm {
                Some(version) => Standing::There(version.clone()),
                None if found.node.is_some() => packaged(found, &["npm"], NPM),
                None => packaged(found, &["nodejs", "npm"], NPM),
            },
            Self::Cpp if found.cpp => Standing::There("it is there".to_owned()),
            Self::Cpp => packaged(found, &["g++"], CPP),
            Self::Disk(wanted) => disk(wanted, found.free),
            Self::Chromium => browser(found.chromium.as_ref(), found, &["chromium"], CHROMIUM),
            Self::Firefox => browser(found.firefox.as_ref(), found, &["firefox-esr"], FIREFOX),
        }
    }
}

/// Rust's name for the browser.
pub const TARGET: &str = "wasm32-unknown-unknown";

fn rust(found: &Probed) -> Standing {
    match &found.rustc {
        // Cargo itself has refused an older one already.
        Some(version) => Standing::There(match &found.toolchain {
            Some(toolchain) => format!("{version}, which rustup keeps as {toolchain}"),
            None => format!("{version}, not kept by rustup"),
        }),
        None => Standing::Ask("rustc does not run. Install Rust with rustup: https://rustup.rs".to_owned()),
    }
}

fn component(there: bool, name: &'static str, found: &Probed) -> Standing {
    match (there, &found.toolchain) {
        (true, _) => Standing::There("it runs".to_owned()),
        (false, Some(toolchain)) => rustup(&["component", "add", name], toolchain),
        (false, None) => Standing::Ask(format!(
            "`cargo {}` does not run, and this Rust was not installed by rustup. Install {name} as this Rust was \
             installed, or Rust with rustup: https://rustup.rs",
            if name == "rustfmt" { "fmt" } else { name }
        )),
    }
}

/// By name of the toolchain: another one may be the default of this machine.
fn rustup(words: &[&str], toolchain: &str) -> Standing {
    let words = words.iter().copied().chain(["--toolchain", toolchain]);
    Standing::Get(Get::Rustup(words.map(str::to_owned).collect()))
}

fn node(found: &Probed) -> Standing {
    let Some(version) = &found.node else { return packaged(found, &["nodejs", "npm"], NODE) };
    let first = version.trim_start_matches('v').split('.').next();
    match first.and_then(|number| number.parse::<u32>().ok()) {
        Some(number) if number >= OLDEST_NODE => Standing::There(version.clone()),
        _ => Standing::Ask(format!("{version} is too old. {NODE}")),
    }
}

fn disk(wanted: u64, free: Option<u64>) -> Standing {
    match free {
        Some(free) if free < wanted => Standing::Ask(format!(
            "{free} MB are free where this folder is, and {wanted} MB are needed. Free some, or move the folder."
        )),
        Some(free) => Standing::There(format!("{free} MB free, {wanted} MB needed")),
        None => Standing::There(format!("not looked at: {wanted} MB are needed")),
    }
}

fn browser(
    browser: Option<&Browser>,
    found: &Probed,
    packages: &'static [&'static str],
    ask: &str,
) -> Standing {
    match browser {
        Some(Browser::Found(path) | Browser::Named(path)) => Standing::There(path.display().to_string()),
        Some(Browser::Misnamed(variable, path)) => {
            Standing::Ask(format!("{variable} names {}, which is no file", path.display()))
        }
        None => packaged(found, packages, ask),
    }
}

fn packaged(found: &Probed, packages: &'static [&'static str], ask: &str) -> Standing {
    if found.apt { Standing::Get(Get::Apt(packages)) } else { Standing::Ask(ask.to_owned()) }
}

/// What playwright-core asks for (`package-lock.json`).
const OLDEST_NODE: u32 = 20;
/// Twice what was measured.
const SPACE_FOR_THE_PAGE: u64 = 2_000;
const SPACE_FOR_TESTS: u64 = 8_000;

const WITHOUT_RUSTUP: &str = "\
Rust's standard library for wasm32-unknown-unknown is missing, and this Rust was not installed by rustup. Install Rust \
with rustup (https://rustup.rs), or the library as this Rust was installed: Debian and Ubuntu \
`apt-get install libstd-rust-dev-wasm32`, Fedora `dnf install rust-std-static-wasm32-unknown-unknown`, Arch \
`pacman -S rust-wasm`";
const NODE: &str =
    "Node.js 20 or newer is needed: https://nodejs.org, or `nodejs` and `npm` from your distribution";
const NPM: &str = "npm is needed; it comes with Node.js 20 or newer: https://nodejs.org";
const CPP: &str = "\
A C++ compiler is needed to build the fuzzer and none was found in PATH. Install one (Debian `apt-get install g++`), or \
name it: `CXX=/path/to/c++ cargo xtask fuzz`";
const CHROMIUM: &str = "\
A Chromium or Chrome is needed and none was found in PATH. Install one (Debian `apt-get install chromium`), or name it: \
`CHROMIUM=/path/to/chrome cargo xtask test`";
const FIREFOX: &str = "\
A Firefox is needed and none was found in PATH. Install one (Debian `apt-get install firefox-esr`), or name it: \
`FIREFOX=/path/to/firefox cargo xtask test`";

#[cfg(test)]
mod tests {
    use super::*;

    /// A machine that lacks nothing.
    fn whole() -> Probed {
        Probed {
            rustc: Some("1.95.0".to_owned()),
            toolchain: Some("1.95.0-x86_64-unknown-linux-gnu".to_owned()),
            browser_library: true,
            clippy: true,
            rustfmt: true,
            node: Some("v20.20.2".to_owned()),
            npm: Some("11.19.1".to_owned()),
            cpp: true,
            chromium: Some(Browser::Found("/usr/bin/chromium".into())),
            firefox: Some(Browser::Named("/opt/firefox/firefox".into())),
            apt: true,
            free: Some(50_000),
        }
    }

    fn without(take: impl FnOnce(&mut Probed)) -> Probed {
        let mut found = whole();
        take(&mut found);
        found
    }

    #[test]
    fn a_machine_that_lacks_nothing_gets_nothing() {
        for need in FOR_TESTS.iter().chain(FOR_THE_PAGE).chain(FOR_FUZZING) {
            assert!(matches!(need.standing(&whole()), Standing::There(_)), "{need:?}");
        }
    }

    #[test]
    fn what_rustup_keeps_is_got_for_the_very_toolchain_that_runs() {
        for (need, found, words) in [
            (
                Need::BrowserLibrary,
                without(|found| found.browser_library = false),
                "target add wasm32-unknown-unknown --toolchain 1.95.0-x86_64-unknown-linux-gnu",
            ),
            (
                Need::Clippy,
                without(|found| found.clippy = false),
                "component add clippy --toolchain 1.95.0-x86_64-unknown-linux-gnu",
            ),
            (
                Need::Rustfmt,
                without(|found| {
                    found.rustfmt = false;
                    found.toolchain = Some("nightly-aarch64-apple-darwin".to_owned());
                }),
                "component add rustfmt --toolchain nightly-aarch64-apple-darwin",
            ),
        ] {
            let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
            assert_eq!(need.standing(&found), Standing::Get(Get::Rustup(words)));
        }
    }

    #[test]
    fn what_debian_packages_is_got_where_it_may_be_installed_and_named_where_not() {
        type Take = fn(&mut Probed);
        let rows: &[(Need, Take, &[&str], &str)] = &[
            (Need::Chromium, |found| found.chromium = None, &["chromium"], "CHROMIUM=/path"),
            (Need::Firefox, |found| found.firefox = None, &["firefox-esr"], "FIREFOX=/path"),
            (Need::Node, |found| found.node = None, &["nodejs", "npm"], "Node.js 20 or newer"),
            (Need::Npm, |found| found.npm = None, &["npm"], "npm is needed"),
            (Need::Cpp, |found| found.cpp = false, &["g++"], "CXX=/path"),
        ];
        for (need, take, packages, word) in rows {
            let found = without(take);
            assert_eq!(need.standing(&found), Standing::Get(Get::Apt(packages)));
            let Standing::Ask(text) = need.standing(&Probed { apt: false, ..found }) else {
                panic!("{need:?}")
            };
            assert!(text.contains(word), "{text}");
        }
    }

    #[test]
    fn what_only_a_person_can_bring_is_named_with_what_to_type() {
        type Take = fn(&mut Probed);
        let other_installer: Take = |found| {
            found.toolchain = None;
            found.browser_library = false;
            found.clippy = false;
            found.rustfmt = false;
        };
        let rows: &[(Need, Take, &[&str])] = &[
            (Need::Rust, |found| found.rustc = None, &["https://rustup.rs"]),
            (
                Need::BrowserLibrary,
                other_installer,
                &["https://rustup.rs", "libstd-rust-dev-wasm32", "rust-wasm"],
            ),
            (Need::Clippy, other_installer, &["`cargo clippy`", "https://rustup.rs"]),
            (Need::Rustfmt, other_installer, &["`cargo fmt`", "https://rustup.rs"]),
            (Need::Node, |found| found.node = Some("v18.20.4".to_owned()), &["v18.20.4 is too old", "20"]),
            (Need::Node, |found| found.node = Some("unknown".to_owned()), &["unknown is too old"]),
            (
                Need::Firefox,
                |found| found.firefox = Some(Browser::Misnamed("FIREFOX", "/opt/firefox".into())),
                &["FIREFOX names /opt/firefox, which is no file"],
            ),
            (
                Need::Disk(3_000),
                |found| found.free = Some(2_999),
                &["2999 MB are free", "3000 MB are needed"],
            ),
        ];
        for (need, take, words) in rows {
            let Standing::Ask(text) = need.standing(&without(take)) else { panic!("{need:?}") };
            for word in *words {
                assert!(text.contains(word), "{text}");
            }
        }
    }

    #[test]
    fn near_misses_are_there() {
        let standings = [
            Need::Disk(3_000).standing(&without(|found| found.free = Some(3_000))),
            Need::Node.standing(&without(|found| found.node = Some("v20.0.0".to_owned()))),
            Need::Node.standing(&without(|found| found.node = Some("v104.1.0".to_owned()))),
            Need::BrowserLibrary.standing(&without(|found| found.toolchain = None)),
        ];
        for standing in standings {
            assert!(matches!(standing, Standing::There(_)), "{standing:?}");
        }
        let Standing::There(text) = Need::Disk(3_000).standing(&without(|found| found.free = None)) else {
            panic!("a disk that cannot be asked is no reason to stop");
        };
        assert!(text.starts_with("not looked at"), "{text}");
    }

    #[test]
    fn each_command_looks_at_what_it_uses() {
        for needs in [FOR_THE_PAGE, FOR_TESTS, FOR_BROWSER_TESTS, FOR_BENCHMARKS] {
            for need in [Need::Rust, Need::BrowserLibrary, Need::Node, Need::Npm] {
                assert!(needs.contains(&need), "{need:?}");
            }
            assert!(needs.iter().any(|need| matches!(need, Need::Disk(_))));
        }
        for need in [Need::Clippy, Need::Rustfmt, Need::Chromium, Need::Firefox] {
            assert!(FOR_TESTS.contains(&need), "{need:?}");
            assert!(!FOR_THE_PAGE.contains(&need), "{need:?}: the page is built without it");
        }
    }
}
