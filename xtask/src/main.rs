//! What a newcomer types: `cargo xtask serve`, `build`, `test`, `bench` and `log`.
//!
//! Each command first gets what is missing on this machine (`tools`), then does its steps; a step prints its name
//! and how long it took, and the first one that fails ends the run with its name.

mod bench;
mod check;
mod imports;
#[cfg(test)]
mod licences;
mod log;
mod pack;
mod page;
mod serve;
mod tools;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

/// A step either works or says why not.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["serve"] => serve::serve(8080),
        ["serve", "--port", port] => match port.parse() {
            Ok(port) => serve::serve(port),
            Err(_) => Err(format!("`{port}` is no port").into()),
        },
        ["build"] => page::build().map(|_| ()),
        ["test"] => check::all(),
        ["test", "browser", filter @ ..] => check::browser(filter),
        ["bench"] => bench::all(),
        ["log", words @ ..] => log::write(words),
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

/// The project's folder.
pub fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_path_buf()
}

/// Does a step under a name and says how long it took.
pub fn step<T>(name: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("── {name}");
    let start = Instant::now();
    let outcome = work();
    let seconds = start.elapsed().as_secs_f32();
    match outcome {
        Ok(value) => {
            println!("   {name}: done in {seconds:.1} s");
            Ok(value)
        }
        Err(error) => Err(format!("{name}: failed after {seconds:.1} s: {error}").into()),
    }
}

/// Runs a command in the project's folder with the project's own tools first in PATH.
pub fn run(program: &str, arguments: &[&str]) -> Outcome<()> {
    let status = command(program, arguments).status().map_err(|error| format!("{program}: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{program} {}`: {status}", arguments.join(" ")).into())
    }
}

/// The same, to be run by the caller.
pub fn command(program: &str, arguments: &[&str]) -> Command {
    let root = root();
    let mut folders = vec![root.join("target/tools/bin"), root.join("node_modules/.bin")];
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    let mut command = Command::new(tools::find(program).unwrap_or_else(|| program.into()));
    command.args(arguments).current_dir(root);
    if let Ok(path) = std::env::join_paths(folders) {
        command.env("PATH", path);
    }
    command
}

const USAGE: &str = "\
cargo xtask serve [--port N]          build the page and serve it (port 8080)
cargo xtask build                     build dist/vpn-phone-doctor.html
cargo xtask test                      every check, a real browser included
cargo xtask test browser [WORD]...    the browser's tests whose names contain a word
cargo xtask bench                     benchmarks of the library and of the page
cargo xtask log [--phones N] [--pcs N] [--megabytes N] [--seed N]
                                      an ASA's log of many phones, with its answer in log-answer.json";
