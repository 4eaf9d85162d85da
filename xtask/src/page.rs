//! Builds the page: cargo makes two binaries, `bundler` binds them to JavaScript, wasm-opt shrinks them, and
//! `bundler` packs all into one file.
//!
//! Trunk does the same for those who have it (`trunk` checks that it comes to the same page). It is not used here:
//! compiling it takes longer than all of this.

use std::fs;
use std::hash::{DefaultHasher, Hasher as _};
use std::path::{Path, PathBuf};
use std::thread;

use crate::recipe::{self, Binary};
use crate::{Outcome, command, remap, root, run, step};

/// `dist/vpn-phone-doctor.html`, built only where something changed since.
pub fn build() -> Outcome<PathBuf> {
    let mark = root().join("target/dist.made-from");
    let sources = fingerprint()?;
    if fs::read_to_string(&mark).is_ok_and(|before| before == sources) {
        println!("── the page is built: nothing changed since");
    } else {
        make()?;
        fs::write(&mark, &sources)?;
    }
    step("pack the page", || {
        pack(&root().join("target/dist"), &["dist/vpn-phone-doctor.html"])?;
        Ok(root().join("dist/vpn-phone-doctor.html"))
    })
}

/// Packs a folder's binaries into a page, with what `bundler pack` takes besides.
pub fn pack(from: &Path, words: &[&str]) -> Outcome<()> {
    let from = from.to_string_lossy();
    bundler(&[&["pack", &from], words].concat())
}

/// Prints what each part of the packed page weighs.
pub fn weigh() -> Outcome<()> {
    bundler(&["weigh", &root().join("target/dist").to_string_lossy()])
}

/// The two binaries with their JavaScript, in `target/dist`.
fn make() -> Outcome<()> {
    let binaries = binaries()?;
    step("fetch what cargo needs", || run("cargo", &["fetch", "--quiet", "--locked"]))?;
    remap::write()?;
    step("compile the page and its engine, and what binds them", || {
        // One core waits while the other optimises, so both are compiled at once.
        let tools = thread::spawn(|| run("cargo", &BUILD_BUNDLER).map_err(|error| error.to_string()));
        let compiled = compile(&binaries);
        let tools = tools.join().map_err(|_| "the thread ended early")?;
        compiled?;
        Ok(tools?)
    })?;
    for binary in &binaries {
        remap::check(&root().join(wasm(binary)))?;
    }
    let bound = root().join("target/bound");
    let made = root().join("target/dist");
    step("bind them to JavaScript", || {
        for binary in &binaries {
            bundler(&["bind", &wasm(binary), &bound.to_string_lossy()])?;
        }
        Ok(())
    })?;
    step("shrink them", || {
        fs::create_dir_all(&made)?;
        let shrinking: Vec<_> = binaries
            .into_iter()
            .map(|binary| {
                let (bound, made) = (bound.clone(), made.clone());
                thread::spawn(move || shrink(&binary, &bound, &made).map_err(|error| error.to_string()))
            })
            .collect();
        for thread in shrinking {
            thread.join().map_err(|_| "the thread ended early")??;
        }
        Ok(())
    })
}

/// What `index.html` says is built.
fn binaries() -> Outcome<Vec<Binary>> {
    let page = fs::read_to_string(root().join("index.html"))?;
    let binaries = recipe::binaries(&page).filter(|binaries| !binaries.is_empty());
    binaries.ok_or_else(|| "index.html names a binary in a way that is not known here".into())
}

/// All at once: cargo then optimises them side by side.
fn compile(binaries: &[Binary]) -> Outcome<()> {
    let Some(first) = binaries.first() else { return Ok(()) };
    let mut words = vec!["build", "--locked", "--target-dir", "target", "--target", crate::needs::TARGET];
    words.extend([
        "--package",
        "vpn-phone-doctor",
        "--profile",
        &first.profile,
        "--features",
        &first.features,
    ]);
    for binary in binaries {
        words.extend(["--bin", &binary.name]);
    }
    run("cargo", &words)
}

/// Where `compile` puts a binary.
fn wasm(binary: &Binary) -> String {
    format!("target/{}/{}/{}.wasm", crate::needs::TARGET, binary.profile, binary.name)
}

fn shrink(binary: &Binary, bound: &Path, made: &Path) -> Outcome<()> {
    let file = format!("{}_bg.wasm", binary.name);
    let output = format!("--output={}", made.join(&file).display());
    let mut words = vec![output, bound.join(&file).display().to_string()];
    words.extend(binary.optimise.iter().cloned());
    run("wasm-opt", &words.iter().map(String::as_str).collect::<Vec<_>>())?;
    let script = format!("{}.js", binary.name);
    fs::copy(bound.join(&script), made.join(&script))?;
    Ok(())
}

const BUILD_BUNDLER: [&str; 5] = ["build", "--quiet", "--locked", "--package", "bundler"];

/// Compares what a binary imports with a list that is checked in; with `UPDATE_EXPECT=1` writes the list anew.
pub fn compare_imports(wasm: &Path, list: &Path) -> Outcome<()> {
    bundler(&["imports", &wasm.display().to_string(), &list.display().to_string()])
}

fn bundler(words: &[&str]) -> Outcome<()> {
    let run_bundler = ["run", "--quiet", "--locked", "--package", "bundler", "--"];
    let status = command("cargo", &[&run_bundler, words].concat()).status()?;
    if status.success() { Ok(()) } else { Err(format!("bundler {}: {status}", words.join(" ")).into()) }
}

/// What the page is made from, as one number over paths and contents. It guards nothing but time.
fn fingerprint() -> Outcome<String> {
    let mut files = Vec::new();
    for name in [
        "src",
        "assets",
        "bundler",
        "scan",
        ".cargo/config.toml",
        "Cargo.toml",
        "Cargo.lock",
        "index.html",
        "package-lock.json",
        "rust-toolchain.toml",
    ] {
        collect(&root().join(name), &mut files)?;
    }
    files.sort();
    let mut all = DefaultHasher::new();
    for file in files {
        all.write(file.as_os_str().as_encoded_bytes());
        let bytes = fs::read(&file)?;
        all.write_usize(bytes.len());
        all.write(&bytes);
    }
    Ok(format!("{:016x}", all.finish()))
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Outcome<()> {
    if !path.is_dir() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}
