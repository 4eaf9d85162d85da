//! Makes the list of words that this program says anyway, from its own texts: redaction keeps them.
//!
//! It is made with every build, so that it cannot be stale: prose in Markdown, and what stands between quotation
//! marks in the code before its tests.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=src");
    let mut words = BTreeSet::new();
    for path in sources()? {
        let text = fs::read_to_string(&path)?;
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("md") => add(&text, &mut words),
            Some("rs") => {
                let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
                    line.split('"').skip(1).step_by(2).for_each(|literal| add(literal, &mut words));
                }
            }
            _ => {}
        }
    }
    let list: String = words.into_iter().map(|word| word + "\n").collect();
    let folder = env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?;
    fs::write(Path::new(&folder).join("own_words.txt"), list)
}

/// Every source but tests and what they stand on.
fn sources() -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::from("src")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            let tests = ["tests.rs", "testing.rs"].iter().any(|name| path.ends_with(name));
            if path.is_dir() {
                open.push(path);
            } else if !tests {
                found.push(path);
            }
        }
    }
    Ok(found)
}

/// Words of at least two signs, and no codes: those have more than three digits.
fn add(text: &str, words: &mut BTreeSet<String>) {
    for word in text.split(|sign: char| !sign.is_alphanumeric()) {
        let code = word.chars().filter(char::is_ascii_digit).count() > 3;
        if word.chars().count() > 1 && !code && word.chars().any(char::is_alphabetic) {
            words.insert(word.to_lowercase());
        }
    }
}
