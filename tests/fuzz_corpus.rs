//! What fuzzing found, and what it begins with, through the same entries: nothing panics, and what holds for any bytes
//! holds for these.
//!
//! ```text
//! fuzz/corpus/asa_config/…     inputs of that target; `fell-…` once made it fall
//! tests/samples/asa_config/…   our samples of the format are inputs as well
//! ```
//! `cargo xtask fuzz` looks for further ones.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "../fuzz/src/entries/mod.rs"]
mod entries;

use std::collections::BTreeSet;
use std::fs;
use std::panic;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a folder in a stable order; none where there is no such folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.is_file()).collect();
    files.sort();
    files
}

#[test]
fn every_input_of_the_corpus_holds() {
    let (mut inputs, mut fell) = (0, Vec::new());
    for name in entries::names() {
        let own = files(&root().join("fuzz/corpus").join(&name));
        let samples = files(&root().join("tests/samples").join(&name));
        assert!(!own.is_empty() || !samples.is_empty(), "{name} begins with nothing");
        for path in own.iter().chain(&samples) {
            let bytes = fs::read(path).unwrap();
            inputs += 1;
            if panic::catch_unwind(|| entries::run(&name, &bytes)).is_err() {
                fell.push(path.display().to_string());
            }
        }
    }
    assert!(fell.is_empty(), "{} of {inputs} fell:\n{}", fell.len(), fell.join("\n"));
    assert!(inputs > 100, "{inputs}");
}

#[test]
fn every_entry_is_a_target_and_every_target_an_entry() {
    let names: BTreeSet<String> = entries::names().into_iter().collect();
    let stems = files(&root().join("fuzz/fuzz_targets"));
    let stems: BTreeSet<String> =
        stems.iter().map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(stems, names);
    let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
    for name in &names {
        assert!(
            manifest.contains(&format!("name = \"{name}\"\npath = \"fuzz_targets/{name}.rs\"\n")),
            "{name}"
        );
        let target = fs::read_to_string(root().join(format!("fuzz/fuzz_targets/{name}.rs"))).unwrap();
        assert!(target.contains(&format!("target!(\"{name}\");")), "{name}");
    }
    // A folder that no target reads holds nothing.
    for folder in fs::read_dir(root().join("fuzz/corpus")).unwrap().flatten() {
        assert!(names.contains(&folder.file_name().to_string_lossy().into_owned()), "{:?}", folder.path());
    }
}

/// It comes with every clone.
#[test]
fn the_corpus_is_small() {
    let folders = fs::read_dir(root().join("fuzz/corpus")).unwrap().flatten();
    let all: u64 =
        folders.flat_map(|folder| files(&folder.path())).map(|path| fs::metadata(path).unwrap().len()).sum();
    assert!(all < 1_000_000, "{all} bytes");
}
