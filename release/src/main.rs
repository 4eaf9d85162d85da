//! Writes what stands beside the page and the program in a release: `cargo xtask release` runs it.
//!
//! ```text
//! release write dist/release x86_64-unknown-linux-musl
//! ```

mod bill;
mod command_line;
mod licences;
mod packages;
mod sums;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// A step either works or says why not.
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["write", folder, target] => write(Path::new(folder), target),
        _ => Err(USAGE.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Everything but the page and the program, which are there already; the sums last, because they are of all the rest.
fn write(folder: &Path, target: &str) -> Outcome<()> {
    command_line::write(folder)?;
    fs::write(folder.join("LICENCES-page.txt"), licences::text(packages::PAGE)?)?;
    fs::write(folder.join("LICENCES-command-line.txt"), licences::text(target)?)?;
    let bill = bill::of(&[packages::PAGE, target])?;
    fs::write(folder.join("vpn-phone-doctor.cdx.json"), serde_json::to_string_pretty(&bill)? + "\n")?;
    for (from, to) in COPIED {
        fs::copy(root().join(from), folder.join(to)).map_err(|error| format!("{from}: {error}"))?;
    }
    sums::write(folder)
}

const COPIED: &[(&str, &str)] = &[
    ("CHANGELOG.md", "CHANGELOG.md"),
    ("LICENSE-APACHE", "LICENSE-APACHE"),
    ("LICENSE-MIT", "LICENSE-MIT"),
    ("SECURITY.md", "SECURITY.md"),
    ("docs/manual.de.md", "manual.de.md"),
    ("docs/manual.en.md", "manual.en.md"),
    ("docs/compare.schema.json", "compare.schema.json"),
    ("docs/plan.schema.json", "plan.schema.json"),
    ("docs/report.schema.json", "report.schema.json"),
];

/// The project's folder.
fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_path_buf()
}

/// What cargo says.
fn cargo(arguments: &[&str]) -> Outcome<String> {
    let output = Command::new("cargo").args(arguments).current_dir(root()).output()?;
    if output.status.success() {
        Ok(String::from_utf8(output.stdout)?)
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned().into())
    }
}

const USAGE: &str = "release write FOLDER TARGET   write what stands beside the page and the program";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_copied_is_there() {
        for (from, _) in COPIED {
            assert!(root().join(from).is_file(), "{from}");
        }
    }
}
