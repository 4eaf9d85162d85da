//! Whose work is in what is released: every crate with its copyright, and each licence's text once.
//!
//! The list is made from what cargo says and from the crates' own files. The page's is `assets/licences.txt`, and a test
//! keeps it fresh.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::packages::{PAGE, linked};
use crate::{Outcome, cargo, root};

/// The list for a target. Fails on a licence that is not among those below.
pub fn text(target: &str) -> Outcome<String> {
    let linked = linked(target)?;
    let metadata: Value = serde_json::from_str(&cargo(&[
        "metadata",
        "--quiet",
        "--locked",
        "--format-version=1",
        "--filter-platform",
        target,
    ])?)?;
    let packages = metadata.get("packages").and_then(Value::as_array).ok_or("cargo names no packages")?;
    let mut crates = String::new();
    // By licence, its texts by their words: crates part the same words differently.
    let mut texts: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    for package in packages {
        let word = |key: &str| package.get(key).and_then(Value::as_str).unwrap_or_default();
        let name = format!("{} {}", word("name"), word("version"));
        if !linked.contains(&name) {
            continue;
        }
        let chosen = choose(word("license")).map_err(|error| format!("{name}: {error}"))?;
        let folder = Path::new(word("manifest_path")).parent().ok_or("a manifest without a folder")?;
        let mut copyright = BTreeSet::new();
        for (licence, marker) in &chosen {
            for text in files(folder)?.into_iter().filter(|text| words(text).contains(marker)) {
                let (lines, rest) = apart(licence, &text);
                copyright.extend(lines);
                texts.entry(licence).or_default().entry(words(&rest)).or_insert(rest);
            }
        }
        if copyright.is_empty() {
            // A crate whose licence names nobody: its authors, without their addresses.
            let authors =
                package.get("authors").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            let name = |author: &Value| Some(author.as_str()?.split('<').next()?.trim().to_owned());
            let authors: Vec<String> = authors.iter().filter_map(name).collect();
            copyright.extend((!authors.is_empty()).then(|| format!("by {}", authors.join(", "))));
        }
        let ids: Vec<&str> = chosen.iter().map(|(id, _)| *id).collect();
        writeln!(crates, "{name} ({})", ids.join(", "))?;
        for line in copyright {
            writeln!(crates, "    {line}")?;
        }
        for (licence, _) in chosen {
            texts.entry(licence).or_default();
        }
    }
    let glue = if target == PAGE { GLUE } else { "" };
    let musl = if target.contains("musl") { MUSL } else { "" };
    let mut all = format!("{HEAD}{glue}\n{}\n{musl}{crates}", standard_library()?);
    for (licence, wordings) in texts {
        if wordings.is_empty() {
            return Err(format!("no crate brings the text of {licence}").into());
        }
        for wording in wordings.into_values() {
            write!(all, "\n======== {licence} ========\n\n{wording}\n")?;
        }
    }
    Ok(all)
}

/// The licences that may be in what is released, the wanted ones first, each with words that only its text has.
const LICENCES: &[(&str, &str)] = &[
    ("MIT", "Permission is hereby granted, free of charge, to any person obtaining a copy of this software"),
    ("Apache-2.0", "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION"),
    ("BSD-2-Clause", "Redistribution and use in source and binary forms"),
    ("BSD-3-Clause", "Redistribution and use in source and binary forms"),
    ("ISC", "Permission to use, copy, modify, and/or distribute this software"),
    ("Zlib", "This software is provided 'as-is'"),
    ("Unicode-3.0", "UNICODE LICENSE V3"),
];

const HEAD: &str = "\
VPN Phone Doctor itself: MIT or Apache-2.0, as you like.
";

const GLUE: &str =
    "The JavaScript between the page and its binaries was written by wasm-bindgen, which is named below.\n";

/// What a static program holds besides: the library of C that Rust brings for it.
const MUSL: &str = "musl, a library of C (MIT)\n    Copyright (c) 2005-2020 Rich Felker, et al.\n";

/// One licence of each choice in an expression such as `(MIT OR Apache-2.0) AND Unicode-3.0`.
fn choose(expression: &str) -> Result<Vec<(&'static str, &'static str)>, String> {
    let choice = |part: &str| {
        let offered: Vec<&str> = part
            .split(" OR ")
            .flat_map(|one| one.split('/'))
            .map(|one| one.trim_matches([' ', '(', ')']))
            .collect();
        LICENCES.iter().find(|(id, _)| offered.contains(id)).copied()
    };
    let refusal = || format!("`{expression}` is none of the licences that a release may hold");
    expression.split(" AND ").map(|part| choice(part).ok_or_else(refusal)).collect()
}

/// The texts of every licence file of a crate.
fn files(folder: &Path) -> Outcome<Vec<String>> {
    let mut texts = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_ascii_uppercase();
        let licence = ["LICENSE", "LICENCE", "COPYING"].iter().any(|start| name.starts_with(start));
        if licence && entry.path().is_file() {
            texts.insert(name, fs::read_to_string(entry.path())?);
        }
    }
    Ok(texts.into_values().collect())
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Who holds the copyright, and the rest, a line for each paragraph. The Apache licence names nobody; its only such line
/// is a pattern.
fn apart(licence: &str, text: &str) -> (Vec<String>, String) {
    let mut holders = Vec::new();
    let mut paragraphs = vec![String::new()];
    for line in text.lines().map(str::trim) {
        let title = ["MIT License", "The MIT License (MIT)"].contains(&line);
        if line.starts_with("Copyright") && licence != "Apache-2.0" {
            holders.push(line.to_owned());
        } else if line.is_empty() {
            paragraphs.push(String::new());
        } else if let Some(paragraph) = paragraphs.last_mut().filter(|_| !title) {
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(line);
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    (holders, paragraphs.join("\n\n"))
}

/// It comes with the compiler, so cargo does not name it.
fn standard_library() -> Outcome<String> {
    let toolchain = fs::read_to_string(root().join("rust-toolchain.toml"))?;
    let version = toolchain.lines().find_map(|line| line.strip_prefix("channel = ")).unwrap_or_default();
    let version = version.trim_matches('"');
    Ok(format!(
        "Rust's standard library {version}, with what it contains (MIT)\n    Copyright: The Rust Project Developers"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_in_the_page_is_fresh() {
        let file = root().join("assets/licences.txt");
        let fresh = text(PAGE).unwrap();
        assert!(!fresh.contains(".cargo") && !fresh.contains(&*root().to_string_lossy()), "it names a path");
        if fs::read_to_string(&file).unwrap_or_default() != fresh {
            fs::write(&file, fresh).unwrap();
            panic!("assets/licences.txt was not fresh; it has been written anew, run the tests again");
        }
    }

    #[test]
    fn each_target_has_what_is_in_it() {
        let program = text("x86_64-unknown-linux-musl").unwrap();
        assert!(program.contains("\nclap 4") && program.contains("Rich Felker"));
        assert!(!program.contains("yew") && !program.contains("wasm-bindgen"));
        let own = text("x86_64-unknown-linux-gnu").unwrap();
        assert!(own.contains("\nclap 4") && !own.contains("Rich Felker"));
    }

    #[test]
    fn a_licence_is_chosen_or_refused() {
        let ids = |expression| -> Result<Vec<&str>, String> {
            Ok(choose(expression)?.into_iter().map(|(id, _)| id).collect())
        };
        assert_eq!(ids("Apache-2.0/MIT").unwrap(), ["MIT"]);
        assert_eq!(ids("(MIT OR Apache-2.0) AND Unicode-3.0").unwrap(), ["MIT", "Unicode-3.0"]);
        assert_eq!(ids("Apache-2.0 OR BSL-1.0").unwrap(), ["Apache-2.0"]);
        for refused in ["GPL-3.0", "MIT AND GPL-3.0", "MPL-2.0 OR AGPL-3.0", ""] {
            assert!(ids(refused).is_err(), "{refused}");
        }
    }

    #[test]
    fn holders_and_wording_are_told_apart() {
        let (holders, rest) = apart(
            "MIT",
            "MIT License\n\nCopyright (c) 2026 A\nCopyright (c) 2026 B\n\nPermission is\nhereby granted\n\nThe end",
        );
        assert_eq!(holders, ["Copyright (c) 2026 A", "Copyright (c) 2026 B"]);
        assert_eq!(rest, "Permission is hereby granted\n\nThe end");
    }
}
