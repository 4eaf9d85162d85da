//! Which crates are in what is released, as cargo says.

use std::collections::BTreeSet;

use crate::{Outcome, cargo};

/// Rust's name for what the page runs on.
pub const PAGE: &str = "wasm32-unknown-unknown";

/// `name version` of all that is compiled into the binaries for a target, without the macros that only the compiler ran,
/// and without this project itself.
pub fn linked(target: &str) -> Outcome<BTreeSet<String>> {
    listed(target, "--edges=normal,no-proc-macro")
}

/// The same with macros and with what builds crates.
pub fn used(target: &str) -> Outcome<BTreeSet<String>> {
    listed(target, "--edges=normal,build")
}

fn listed(target: &str, edges: &str) -> Outcome<BTreeSet<String>> {
    let tree = cargo(&[
        "tree",
        "--quiet",
        "--locked",
        "--package=vpn-phone-doctor",
        edges,
        "--prefix=none",
        "--format={p}",
        "--target",
        target,
    ])?;
    let lines = tree.lines().filter(|line| !line.starts_with("vpn-phone-doctor "));
    let name = |line: &str| {
        let mut words = line.split(' ');
        Some(format!("{} {}", words.next()?, words.next()?.trim_start_matches('v')))
    };
    Ok(lines.filter_map(name).collect())
}
