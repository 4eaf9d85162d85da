//! What a newcomer types: `cargo xtask serve`, `build`, `test` and `bench`.

mod pack;

use std::path::PathBuf;
use std::process::Command;

/// A step either works or says why not.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome<()> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let path = format!(
        "{}:{}:{}",
        root.join("target/tools/bin").display(),
        root.join("node_modules/.bin").display(),
        std::env::var("PATH")?
    );
    let status = Command::new("trunk")
        .args(["build", "--color=never"])
        .env("PATH", path)
        .current_dir(&root)
        .status()?;
    if !status.success() {
        return Err("trunk build failed".into());
    }
    let page = root.join("dist/vpn-phone-doctor.html");
    let size = pack::pack(&root, &root.join("target/dist"), &page, pack::Policy::Enforced, None)?;
    println!("{} ({size} bytes)", page.display());
    Ok(())
}
