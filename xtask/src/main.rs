//! What a newcomer types: `cargo xtask serve`, `build`, `test`, `bench` and more; without a word it lists them all.
//!
//! Each command first looks at what it needs on this machine (`look`, `needs`) and gets what is missing (`tools`), then
//! does its steps; a step prints its name and how long it took, the first one that fails ends the run with its name,
//! and the last words are a list of all of them.

#[cfg(test)]
mod advisories;
mod bench;
mod beside;
mod check;
#[cfg(test)]
mod crates;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod exceptions;
mod fleet;
mod fuzz;
mod log;
mod look;
mod needs;
mod new;
mod page;
mod recipe;
mod release;
mod remap;
mod serve;
mod steps;
mod tools;
mod traffic;
mod trunk;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use steps::step;

/// A step either works or says why not.
pub type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["serve"] => serve(8080),
        ["serve", "--port", port] => match port.parse() {
            Ok(port) => serve(port),
            Err(_) => Err(format!("`{port}` is no port").into()),
        },
        ["build"] => tools::ready(needs::FOR_THE_PAGE).and_then(|_| page::build()).map(drop),
        ["test"] => tools::ready(needs::FOR_TESTS).and_then(|browsers| check::all(&browsers)),
        ["test", "browser", words @ ..] => {
            tools::ready(needs::FOR_BROWSER_TESTS).and_then(|browsers| check::browser(&browsers, words))
        }
        ["test", "replay"] => tools::ready(needs::FOR_THE_PAGE).and_then(|_| check::replay()),
        ["test", "trunk"] => tools::ready(needs::FOR_THE_PAGE).and_then(|_| trunk::check()),
        ["test", "fleet", words @ ..] => fleet::test(words),
        ["bench", "beside"] => beside::table(),
        ["bench", "page"] => {
            tools::ready(needs::FOR_BENCHMARKS).and_then(|browsers| bench::in_page(&browsers))
        }
        ["bench", "long"] => tools::ready(needs::FOR_BENCHMARKS).and_then(|browsers| bench::long(&browsers)),
        ["pictures"] => tools::ready(needs::FOR_BENCHMARKS).and_then(|browsers| check::pictures(&browsers)),
        ["release"] => tools::ready(needs::FOR_THE_PAGE).and_then(|_| release::all()),
        ["bench"] => tools::ready(needs::FOR_BENCHMARKS).and_then(|browsers| bench::all(&browsers)),
        ["mutants", words @ ..] => return exit_code(bench::mutants(words)),
        ["fuzz", words @ ..] => fuzz::run(words),
        ["log", words @ ..] => return exit_code(log::write(words)),
        ["traffic", words @ ..] => return exit_code(traffic::write(words)),
        ["new", "rule", words @ ..] => return exit_code(new::rule(words)),
        ["new", "format", words @ ..] => return exit_code(new::format(words)),
        ["pack"] => return exit_code(trunk::pack()),
        ["remap"] => return exit_code(remap::write()),
        _ => return exit_code(Err(USAGE.into())),
    };
    steps::summary(outcome.is_ok());
    exit_code(outcome)
}

fn serve(port: u16) -> Outcome<()> {
    let listener = serve::listen(port)?;
    let page = tools::ready(needs::FOR_THE_PAGE).and_then(|_| page::build());
    steps::summary(page.is_ok());
    serve::serve(&listener, &page?)
}

fn exit_code(outcome: Outcome<()>) -> ExitCode {
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
    let mut command = Command::new(look::program(program).unwrap_or_else(|| program.into()));
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
cargo xtask test browser [--slow N] [WORD]...
                                      the browser's tests whose names contain a word, on a processor N times slower
cargo xtask test replay               the corpus of the fuzzer as WebAssembly, with every number checked
cargo xtask test trunk                that Trunk builds and serves the same page; compiles Trunk first
cargo xtask test fleet [--phones N] [--log SIZE]
                                      a fleet on Spark against one process; `--phones 10000 --log 2G` is a large one
cargo xtask release                   the page, the command line and all that stands beside them, in dist/release
cargo xtask pictures                  the pictures of the README, as the page looks today
cargo xtask bench                     benchmarks of the library and of the page
cargo xtask bench beside              what reading costs beside grep and tar, as a table of ratios; makes 3 GB of files
cargo xtask bench page                what the parts of the page weigh, and what it costs beside only reading a file
cargo xtask bench long                logs of 2 and 4 GB in the page: memory, gaps, how soon it stops
cargo xtask mutants [FOLDER]...       20 damaged copies of every file, read: what panics, is slow or takes memory
cargo xtask log [--phones N] [--pcs N] [--megabytes N] [--seed N] [--busy N]
                                      an ASA's log of many phones, with its answer in log-answer.json; with N lines
                                      of other traffic beside each of their lines
cargo xtask fuzz [TARGET]... [--seconds N] [--at-once N] [--seed N] [--uncounted]
                                      every reader with bytes that nobody wrote, N seconds each (20), one at once or
                                      more; what was run is counted in fuzz/LEDGER.md
cargo xtask traffic [--megabytes N] [--seed N] [--opening N]
                                      a capture of an office with phones in it
cargo xtask new rule NAME [--stage STAGE]
                                      the files of a new rule, with what is to be written marked
cargo xtask new format NAME           the same of a new format";
