//! Makes the page of what cargo made: `cargo xtask` runs it, and Trunk through `cargo xtask pack`.
//!
//! ```text
//! bundler bind target/wasm32-unknown-unknown/web/page.wasm target/dist
//! bundler pack target/dist dist/vpn-phone-doctor.html
//! ```

mod bind;
mod glue;
mod imports;
mod pack;
mod streams;
mod weigh;

use std::path::Path;
use std::process::ExitCode;

use pack::Kind;

/// A step either works or says why not.
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["bind", wasm, to] => bind::bind(Path::new(wasm), Path::new(to)),
        ["imports", wasm, list] => imports::check(Path::new(wasm), Path::new(list)),
        ["weigh", from] => weigh::weigh(Path::new(from)),
        ["pack", from, to] => pack::shipped(Path::new(from), Path::new(to)),
        ["pack", from, to, "--probed"] => pack::pack(Path::new(from), Path::new(to), Kind::Probed),
        ["pack", from, to, "--unlocked"] => pack::pack(Path::new(from), Path::new(to), Kind::Unlocked),
        ["pack", from, to, "--unprotected"] => pack::pack(Path::new(from), Path::new(to), Kind::Unprotected),
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

const USAGE: &str = "\
bundler bind BINARY.wasm FOLDER    write BINARY.js and BINARY_bg.wasm into a folder
bundler imports BINARY.wasm LIST   compare what a binary imports with a list that is checked in
bundler pack FOLDER PAGE.html      pack a folder's page and engine into one file, and its hash beside it
        [--probed | --unlocked | --unprotected] with the hostile scripts of the browser's tests in it
bundler weigh FOLDER               what each part of that page weighs";
