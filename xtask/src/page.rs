//! Builds the page: Trunk makes two binaries and their glue, `pack` makes one file of them.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::pack::{Kind, pack};
use crate::{Outcome, root, run, step, tools};

/// The most that the packed page may weigh, in bytes.
pub const LIMIT: u64 = 1_500_000;

/// `dist/vpn-phone-doctor.html`, built only where something changed since.
pub fn build() -> Outcome<PathBuf> {
    tools::for_building()?;
    step("build the page", || {
        let made = root().join("target/dist");
        let mark = root().join("target/dist.made-from");
        let sources = fingerprint()?;
        if fs::read_to_string(&mark).is_ok_and(|before| before == sources) {
            println!("   nothing changed since the last build");
        } else {
            // Trunk itself looks for nothing outside; what cargo needs is fetched here.
            run("cargo", &["fetch", "--quiet", "--locked", "--target", "wasm32-unknown-unknown"])?;
            run("trunk", &["build", "--color=never", "--log=warn"])?;
            fs::write(&mark, &sources)?;
        }
        let page = root().join("dist/vpn-phone-doctor.html");
        let size = pack(&root(), &made, &page, Kind::Shipped)?;
        for name in ["page_bg.wasm", "engine_bg.wasm"] {
            println!("   {name}: {} bytes", fs::metadata(made.join(name))?.len());
        }
        println!("   {}: {size} bytes of at most {LIMIT}", page.display());
        let hash = hex(&Sha256::digest(fs::read(&page)?));
        println!("   SHA-256 {hash}");
        // As `sha256sum -c` reads it.
        fs::write(page.with_extension("html.sha256"), format!("{hash}  vpn-phone-doctor.html\n"))?;
        if size > LIMIT {
            return Err(format!("the page has {size} bytes, more than {LIMIT}").into());
        }
        Ok(page)
    })
}

/// What the page is made from, as one hash over paths and contents.
fn fingerprint() -> Outcome<String> {
    let mut files = Vec::new();
    for name in [
        "src",
        "assets",
        ".cargo",
        "Cargo.toml",
        "Cargo.lock",
        "Trunk.toml",
        "index.html",
        "package-lock.json",
        "rust-toolchain.toml",
    ] {
        collect(&root().join(name), &mut files)?;
    }
    files.sort();
    let mut all = Sha256::new();
    for file in files {
        all.update(file.as_os_str().as_encoded_bytes());
        all.update(Sha256::digest(fs::read(&file)?));
    }
    Ok(hex(&all.finalize()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
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
