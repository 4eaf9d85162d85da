//! Where somebody keeps cargo's sources is nobody's business, and must not change the page: the compiler writes
//! `/cargo` in its place.
//!
//! ```toml
//! [target.wasm32-unknown-unknown]
//! rustflags = ["--remap-path-prefix=/home/fritz/.cargo=/cargo"]
//! ```
//! That stands in `.cargo/remap.toml`, which belongs to this machine alone and which `.cargo/config.toml` includes
//! where it is there: so cargo does the same for `cargo xtask` and for Trunk, whose first step writes it too. Cargo
//! leaves these flags out of what it calls a crate by.
//!
//! Sources: the Cargo Book, "Configuration" (`include`) and "Profiles"; the rustc book, `--remap-path-prefix`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Outcome, root};

/// Writes the file for this machine, where it is not what it should be already.
pub fn write() -> Outcome<()> {
    let home = cargo_home().ok_or("cargo's home is not known: set CARGO_HOME")?;
    let text = file(&home, &registries(&home))?;
    let path = root().join(".cargo/remap.toml");
    if !fs::read_to_string(&path).is_ok_and(|before| before == text) {
        fs::write(path, text)?;
    }
    Ok(())
}

/// Fails where a binary tells where cargo's sources are kept.
pub fn check(binary: &Path) -> Outcome<()> {
    let bytes = fs::read(binary)?;
    let Some(home) = cargo_home() else { return Ok(()) };
    let home = home.to_string_lossy();
    if bytes.windows(home.len()).any(|part| part == home.as_bytes()) {
        return Err(format!("{} tells where cargo is at home: {home}", binary.display()).into());
    }
    Ok(())
}

fn cargo_home() -> Option<PathBuf> {
    match std::env::var_os("CARGO_HOME") {
        Some(home) if !home.is_empty() => std::path::absolute(home).ok(),
        _ => std::env::home_dir().map(|home| home.join(".cargo")),
    }
}

/// The folders of the registries' sources: a mirror's has another name than that of crates.io.
fn registries(home: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(home.join("registry/src")).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    folders.sort();
    folders
}

/// Of several prefixes of a path the compiler takes the last one.
fn file(home: &Path, registries: &[PathBuf]) -> Outcome<String> {
    let mut flags = String::new();
    for path in std::iter::once(home).chain(registries.iter().map(PathBuf::as_path)) {
        let path = path.to_str().ok_or("the path of cargo's home is not Unicode")?;
        // Rust's escapes of a quoted path are TOML's as well.
        flags.push_str(&format!("    {:?},\n", format!("--remap-path-prefix={path}=/cargo")));
    }
    Ok(format!(
        "# Of this machine alone: xtask/src/remap.rs.\n[target.{}]\nrustflags = [\n{flags}]\n",
        crate::needs::TARGET
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_sources_has_the_same_name() {
        let home = Path::new("/home/fritz \"the cat\"/.cargo");
        let text =
            file(home, &[home.join("registry/src/mirror-1"), home.join("registry/src/mirror-2")]).unwrap();
        let flags: Vec<&str> = text.lines().filter(|line| line.starts_with("    ")).collect();
        assert_eq!(flags.len(), 3);
        assert!(flags[0].contains("fritz \\\"the cat\\\"/.cargo=/cargo\""), "{text}");
        assert!(flags[2].ends_with("mirror-2=/cargo\","), "{text}");
    }
}
