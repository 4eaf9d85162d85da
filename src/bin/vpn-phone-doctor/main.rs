//! The command line: the same two steps as the page, for a folder of phones or a machine without a browser.
//!
//! ```text
//! vpn-phone-doctor check phone.log SEP001122334455.cnf.xml asa.txt
//! vpn-phone-doctor hash 5X6B6plUwUSXZnjQ4kGM33mpMXY= --certificate asa.pem
//! ```
//!
//! Exit statuses follow `sysexits.h` where they are not the diagnosis itself: 64 bad usage, 65 not a hash, 66 no
//! input could be opened, 70 a fault of the program itself, 74 the answer could not be written.

#[cfg(not(target_arch = "wasm32"))]
mod arguments;
#[cfg(not(target_arch = "wasm32"))]
mod before;
#[cfg(not(target_arch = "wasm32"))]
mod catalogue;
#[cfg(not(target_arch = "wasm32"))]
mod check;
#[cfg(not(target_arch = "wasm32"))]
mod compare;
#[cfg(not(target_arch = "wasm32"))]
mod each;
#[cfg(not(target_arch = "wasm32"))]
mod failed;
#[cfg(not(target_arch = "wasm32"))]
mod files;
#[cfg(not(target_arch = "wasm32"))]
mod hash;
#[cfg(not(target_arch = "wasm32"))]
mod inspect;
#[cfg(not(target_arch = "wasm32"))]
mod isolated;
#[cfg(not(target_arch = "wasm32"))]
mod map;
#[cfg(not(target_arch = "wasm32"))]
mod output;
#[cfg(not(target_arch = "wasm32"))]
mod plan;
#[cfg(not(target_arch = "wasm32"))]
mod progress;
#[cfg(not(target_arch = "wasm32"))]
mod reporter;
#[cfg(not(target_arch = "wasm32"))]
mod sift;
#[cfg(not(target_arch = "wasm32"))]
mod subjects;
#[cfg(not(target_arch = "wasm32"))]
mod summary;
#[cfg(not(target_arch = "wasm32"))]
mod terminal;

/// Memory of the static program: to ask musl for some takes longer than all that is done with it.
#[cfg(target_env = "musl")]
#[global_allocator]
static MEMORY: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    use arguments::{Arguments, Command};
    use clap::Parser;

    isolated::report_panics();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(problem) => return output::usage(&problem),
    };
    let status = match arguments.command {
        Command::Check(options) => check::run(&options),
        Command::Summary(options) => summary::run(&options),
        Command::Sift(options) => sift::run(&options),
        Command::Compare(options) => compare::run(&options),
        Command::Plan(options) => plan::run(&options),
        Command::Inspect(options) => inspect::run(&options),
        Command::Hash(options) => hash::run(&options),
        Command::Rules(options) => catalogue::rules(&options),
        Command::Explain(options) => catalogue::explain(&options),
    };
    status.into()
}

/// A command line has no place in a browser.
#[cfg(target_arch = "wasm32")]
fn main() {}
