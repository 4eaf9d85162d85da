//! `cargo xtask new rule NAME` and `new format NAME`: lays the files that CONTRIBUTING.md names, and names them where
//! they have to be named.
//!
//! What is to be written says `TODO`, and the tests fail as long as a file says so: a rule that nobody finished never
//! looks like one that says nothing. Templates stand in `xtask/templates`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Outcome, root};

/// Lays the files of a new rule.
pub fn rule(words: &[&str]) -> Outcome<()> {
    let (name, stage) = match words {
        [name] => (*name, STAGES[0]),
        [name, "--stage", stage] => (*name, *stage),
        _ => return Err(USAGE.into()),
    };
    let file = file_name(name)?;
    if !STAGES.contains(&stage) {
        return Err(format!("`{stage}` is no stage; there are {}", STAGES.join(", ")).into());
    }
    let folder = root().join("src/rules").join(stage.replace('-', "_"));
    let values = [("id", &*file.replace('_', "-")), ("file", &*file), ("stage", &*camel_case(stage))];
    let list = folder.join("mod.rs");
    let text = fs::read_to_string(&list)?;
    let text = with_module(&text, &file)
        .and_then(|text| with_row(&text, "pub const RULES", &format!("    &{file}::RULE,")));
    let text = text.ok_or_else(|| format!("{}: no list of rules in it", list.display()))?;
    lay(
        &[
            (folder.join(format!("{file}.rs")), include_str!("../templates/rule.rs")),
            (folder.join(format!("{file}.en.md")), include_str!("../templates/rule.en.md")),
            (folder.join(format!("{file}.de.md")), include_str!("../templates/rule.de.md")),
        ],
        &values,
    )?;
    fs::write(list, text)?;
    println!(
        "The rule stands last in the list of its stage ({stage}); move it to its place in the order of the catalogue.\n\
         Write what says TODO, then run `cargo test`: it holds names, languages and shapes, and writes docs/rules.md."
    );
    Ok(())
}

/// Lays the files of a new format.
pub fn format(words: &[&str]) -> Outcome<()> {
    let [name] = words else { return Err(USAGE.into()) };
    let file = file_name(name)?;
    let list = root().join("src/formats/mod.rs");
    let text = fs::read_to_string(&list)?;
    let row = format!("    {file}::FORMAT,");
    let text = with_module(&text, &file).and_then(|text| with_row(&text, "pub const ALL", &row));
    let text = text.ok_or_else(|| format!("{}: no list of formats in it", list.display()))?;
    let samples = root().join("tests/samples").join(&file);
    lay(
        &[
            (root().join(format!("src/formats/{file}.rs")), include_str!("../templates/format.rs")),
            (samples.join(format!("{file}.txt")), include_str!("../templates/format.txt")),
            (samples.join("want.json"), include_str!("../templates/format.want.json")),
        ],
        &[("file", &file)],
    )?;
    fs::write(list, text)?;
    println!(
        "The format stands last in `ALL`: where two claim an input equally, the earlier one reads it.\n\
         Write what says TODO, then run `cargo test --test samples --test tidy`."
    );
    Ok(())
}

/// Writes templates with their values; nothing where one of the files is there already.
fn lay(files: &[(PathBuf, &str)], values: &[(&str, &str)]) -> Outcome<()> {
    if let Some((there, _)) = files.iter().find(|(path, _)| path.exists()) {
        return Err(format!("{} is there already", shown(there)).into());
    }
    for (path, template) in files {
        let filled = values
            .iter()
            .fold((*template).to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value));
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, filled)?;
        println!("{}", shown(path));
    }
    Ok(())
}

/// `weak-group-policy` or `weak_group_policy` as a file's name.
fn file_name(name: &str) -> Outcome<String> {
    let file = name.replace('-', "_");
    let right = file.starts_with(|first: char| first.is_ascii_lowercase())
        && file.chars().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_');
    if right {
        Ok(file)
    } else {
        Err(format!("`{name}` is no name: small letters, digits and dashes").into())
    }
}

/// `host-name` as Rust writes a type: `HostName`.
fn camel_case(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    };
    name.split(['-', '_']).map(word).collect()
}

/// A file with one module more, in the order of the alphabet; `None` where it has none yet.
fn with_module(text: &str, name: &str) -> Option<String> {
    let module = |line: &str| {
        let line = line.strip_prefix("pub ").unwrap_or(line);
        Some(line.strip_prefix("mod ")?.strip_suffix(';')?.to_owned())
    };
    let mut lines: Vec<&str> = text.lines().collect();
    let modules: Vec<usize> =
        (0..lines.len()).filter(|at| lines.get(*at).and_then(|line| module(line)).is_some()).collect();
    let later =
        |at: &&usize| lines.get(**at).and_then(|line| module(line)).is_some_and(|there| *there > *name);
    let at = modules.iter().find(later).copied().or_else(|| modules.last().map(|last| last + 1))?;
    let line = format!("pub mod {name};");
    lines.insert(at, &line);
    Some(lines.join("\n") + "\n")
}

/// A file with one row more at the end of the list that begins so; `None` where there is no such list.
fn with_row(text: &str, list: &str, row: &str) -> Option<String> {
    let start = text.find(list)?;
    let end = start + text.get(start..)?.find("\n];")?;
    let (before, after) = text.split_at_checked(end)?;
    Some(format!("{before}\n{row}{after}"))
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

const STAGES: [&str; 12] = [
    "prerequisites",
    "provisioning",
    "reach",
    "tls",
    "trust",
    "host-name",
    "login",
    "posture",
    "authorisation",
    "policy",
    "tunnel",
    "registration",
];

const USAGE: &str = "cargo xtask new rule NAME [--stage STAGE]\ncargo xtask new format NAME";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_put_where_they_belong() {
        assert_eq!(file_name("weak-group").unwrap(), "weak_group");
        for wrong in ["", "Weak", "../x", "1st", "a b"] {
            assert!(file_name(wrong).is_err(), "{wrong}");
        }
        assert_eq!(camel_case("host-name"), "HostName");
        let text = "//! x\n\npub mod b;\nmod d;\n\npub const RULES: &[&Rule] = &[\n    &b::RULE,\n];\n";
        for (name, expected) in
            [("a", "pub mod a;\npub mod b;"), ("c", "pub mod c;\nmod d;"), ("e", "mod d;\npub mod e;\n\n")]
        {
            let text = with_module(text, name).unwrap();
            assert!(text.contains(expected), "{text}");
        }
        let text = with_row(text, "pub const RULES", "    &a::RULE,").unwrap();
        assert!(text.ends_with("    &b::RULE,\n    &a::RULE,\n];\n"), "{text}");
    }

    #[test]
    fn the_stages_are_those_of_the_library() {
        let text = fs::read_to_string(root().join("src/stage.rs")).unwrap();
        let ids: Vec<&str> = text
            .lines()
            .filter_map(|line| {
                let (_, id) = line.trim().strip_prefix("Self::")?.split_once(" => \"")?;
                id.strip_suffix("\",")
            })
            .take(STAGES.len())
            .collect();
        assert_eq!(ids, STAGES);
    }
}
