//! `cargo xtask release`: everything that is handed to people, in `dist/release`.
//!
//! The page is the one that `cargo xtask build` makes. The program is linked with musl where rustup has that target, and
//! then runs on any Linux of its processor; elsewhere it is the machine's own. What stands beside both is written by
//! the crate `release`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Outcome, look, page, root, run, step};

/// Builds all and lists it.
pub fn all() -> Outcome<()> {
    let page = page::build()?;
    let target = target()?;
    step(&format!("compile the command line for {target}"), || {
        let flags = format!("target.{target}.rustflags={:?}", remapped());
        run(
            "cargo",
            &[&["build", "--locked", "--release", "--config", &flags] as &[&str], &program(&target)].concat(),
        )
    })?;
    let folder = root().join("dist/release");
    step("put it into dist/release", || {
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        fs::copy(&page, folder.join("vpn-phone-doctor.html"))?;
        let ending = std::env::consts::EXE_SUFFIX;
        let built = root().join(format!("target/{target}/release/vpn-phone-doctor{ending}"));
        fs::copy(built, folder.join(format!("vpn-phone-doctor-{target}{ending}")))?;
        let words = ["run", "--quiet", "--locked", "--package", "release", "--", "write"];
        run("cargo", &[&words as &[&str], &[&folder.to_string_lossy(), &target]].concat())
    })?;
    list(&folder)
}

fn program(target: &str) -> [&str; 6] {
    ["--package", "vpn-phone-doctor", "--bin", "vpn-phone-doctor", "--target", target]
}

/// What the program is built for.
fn target() -> Outcome<String> {
    let host = look::host().ok_or("rustc does not say what this machine is")?;
    let Some(wanted) = with_musl(&host) else {
        println!("── the command line is built for this machine, {host}: only Linux has static programs");
        return Ok(host);
    };
    let add = || run("rustup", &["target", "add", &wanted]);
    if look::has_library(&wanted) || (look::program("rustup").is_some() && add().is_ok()) {
        println!("── the command line is built for {wanted}: it needs no library of the machine it runs on");
        return Ok(wanted);
    }
    println!("── the command line is built for this machine, {host}: {wanted} is not to be had here");
    Ok(host)
}

/// The same machine with a library of C that is linked into the program.
fn with_musl(host: &str) -> Option<String> {
    host.contains("-linux-gnu").then(|| host.replace("-linux-gnu", "-linux-musl"))
}

/// What the compiler writes in the place of this machine's folders: where somebody keeps sources is nobody's business,
/// and must not change the program. Of several prefixes of a path it takes the last one; a mirror's folder has another
/// name than that of crates.io.
fn remapped() -> Vec<String> {
    let home = std::env::var_os("CARGO_HOME").filter(|home| !home.is_empty()).map(PathBuf::from);
    let Some(home) = home.or_else(|| Some(std::env::home_dir()?.join(".cargo"))) else { return Vec::new() };
    let entries = fs::read_dir(home.join("registry/src")).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    folders.sort();
    let flag = |path: &PathBuf| format!("--remap-path-prefix={}=/cargo", path.display());
    std::iter::once(&home).chain(&folders).map(flag).collect()
}

/// Every file with its size.
fn list(folder: &Path) -> Outcome<()> {
    println!("── dist/release");
    let sums = fs::read_to_string(folder.join("SHA256SUMS"))?;
    for line in sums.lines() {
        let name = line.split_once("  ").map_or(line, |(_, name)| name);
        println!("   {:>9} bytes  {name}", fs::metadata(folder.join(name))?.len());
    }
    println!("   {:>9} bytes  SHA256SUMS", sums.len());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linux_gets_a_program_that_needs_no_library() {
        for (host, wanted) in [
            ("x86_64-unknown-linux-gnu", Some("x86_64-unknown-linux-musl")),
            ("armv7-unknown-linux-gnueabihf", Some("armv7-unknown-linux-musleabihf")),
            ("aarch64-apple-darwin", None),
            ("x86_64-pc-windows-msvc", None),
            ("x86_64-unknown-linux-musl", None),
        ] {
            assert_eq!(with_musl(host).as_deref(), wanted);
        }
    }
}
