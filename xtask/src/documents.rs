//! What the documents say is so: proofs exist, tables are fresh, both manuals say the same.
//!
//! A proof in `SECURITY.md` is a code span such as `tests/stories.rs::one_bad_file_never_stops_the_others`, or with the
//! title of a browser's test behind the two colons.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::{Outcome, root};

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|_| panic!("{path} is missing"))
}

/// What stands between backticks on one line.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2))
}

/// Whether a source has a test of this name or title.
fn has_test(source: &str, rust: bool, name: &str) -> bool {
    if rust {
        let head = format!("fn {name}(");
        return source.split("#[test]").skip(1).any(|test| test.trim_start().starts_with(&head));
    }
    // A title is a key of the exported object: a method, or a value.
    [format!("\"{name}\"()"), format!("\"{name}\": ")].iter().any(|key| source.contains(key))
}

#[test]
fn every_proof_of_a_promise_is_a_test() {
    let text = read("SECURITY.md");
    let proofs: Vec<(&str, &str)> = code(&text).filter_map(|span| span.split_once("::")).collect();
    let mut wrong = Vec::new();
    for (file, name) in &proofs {
        if !root().join(file).is_file() {
            wrong.push(format!("{file} is missing"));
        } else if !has_test(&read(file), file.ends_with(".rs"), name) {
            wrong.push(format!("{file} has no test “{name}”"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(proofs.len() >= 40, "{} proofs", proofs.len());
    // Each promise has one.
    let promises = text.split("\n## ").find(|part| part.starts_with("What is promised")).unwrap();
    for promise in promises.split("\n### ").skip(1) {
        let title = promise.lines().next().unwrap();
        assert!(code(promise).any(|span| span.contains("::")), "“{title}” is not proved");
    }
}

#[test]
fn a_test_is_told_from_a_mention() {
    let rust = "/// `fn mentioned()`\n#[test]\nfn real() {}\nfn helper() {}\n";
    assert!(has_test(rust, true, "real"));
    assert!(!has_test(rust, true, "mentioned") && !has_test(rust, true, "helper"));
    assert!(!has_test(rust, true, "rea"));
    let script = "// \"mentioned\"\n  async \"a page's title\"() {\n  \"of two\": walk({}),\n";
    assert!(has_test(script, false, "a page's title") && has_test(script, false, "of two"));
    assert!(!has_test(script, false, "mentioned"));
}

/// Words of the page that a manual names, and so the page has.
fn bold(line: &str) -> Vec<&str> {
    line.split("**").skip(1).step_by(2).collect()
}

/// Every (English, German) pair of the sources, as `Text::fixed("…", "…")` has it.
fn pairs(folder: &Path, pairs_of: &mut BTreeSet<(String, String)>) -> Outcome<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            pairs(&path, pairs_of)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path)?;
            for rest in text.split("Text::fixed(").skip(1) {
                let literals: Vec<&str> = rest.splitn(5, '"').collect();
                if let [_, en, between, de, _] = literals.as_slice()
                    && between.trim() == ","
                {
                    // A number may stand behind it, as in `Files ({count})`.
                    let name = |words: &str| words.split(" ({").next().unwrap_or_default().trim().to_owned();
                    pairs_of.insert((name(en), name(de)));
                }
            }
        }
    }
    Ok(())
}

#[test]
fn both_manuals_say_the_same_and_name_things_as_the_page_does() {
    let mut page = BTreeSet::new();
    pairs(&root().join("src"), &mut page).unwrap();
    assert!(page.len() > 1000, "{} pairs", page.len());
    // Buttons that are there without the page say both.
    page.extend(read("index.html").lines().filter_map(|line| {
        let (en, de) = line.strip_suffix("</span></button>")?.split_once(" <span lang=\"de\">· ")?;
        Some((en.rsplit_once('>')?.1.to_owned(), de.to_owned()))
    }));
    let (en, de) = (read("docs/manual.en.md"), read("docs/manual.de.md"));
    assert_eq!(en.lines().count(), de.lines().count());
    let level = |line: &str| line.bytes().take_while(|byte| *byte == b'#').count();
    let (mut wrong, mut named, mut code) = (Vec::new(), 0, false);
    for (number, (en, de)) in (1..).zip(en.lines().zip(de.lines())) {
        code ^= en.starts_with("```");
        if code {
            continue;
        }
        if level(en) != level(de) {
            wrong.push(format!("line {number}: {en} / {de}"));
        }
        let german: BTreeSet<&str> = bold(de).into_iter().collect();
        for name in bold(en) {
            named += 1;
            let mut translations =
                page.iter().filter(|(word, _)| word == name).map(|(_, german)| german.as_str());
            if !translations.any(|word| german.contains(word)) {
                wrong.push(format!("line {number}: the page has no pair of “{name}” and one of {german:?}"));
            }
        }
        if bold(en).len() != bold(de).len() {
            wrong.push(format!("line {number}: {:?} / {:?}", bold(en), bold(de)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(named > 30, "{named}");
}

#[test]
fn who_files_an_issue_is_asked_for_what_names_nobody_and_ci_runs_what_anybody_runs() {
    let mut forms = 0;
    for entry in fs::read_dir(root().join(".github/ISSUE_TEMPLATE")).unwrap() {
        let path = entry.unwrap().path();
        let form = fs::read_to_string(&path).unwrap();
        if form.contains("\nbody:\n") {
            forms += 1;
            assert!(form.contains("redact"), "{}", path.display());
        }
    }
    assert!(forms >= 3, "{forms}");
    assert!(read(".github/workflows/ci.yml").contains("run: .ci/run\n"));
}

/// Documents that nobody finds are not read.
#[test]
fn every_document_is_linked_from_the_readme() {
    let readme = read("README.md");
    // What commands leave here is no document of the project.
    let ignored = read(".gitignore");
    let mut lost = Vec::new();
    for folder in ["", "docs"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let document =
                path.extension().is_some_and(|ending| ["md", "json", "png"].iter().any(|e| ending == *e));
            let name = path.strip_prefix(root()).unwrap().display().to_string();
            let own = ["README.md", "package.json", "package-lock.json"].contains(&name.as_str());
            let own = own || ignored.lines().any(|line| line.strip_prefix('/') == Some(name.as_str()));
            if document && !own && !readme.contains(&format!("]({name})")) {
                lost.push(name);
            }
        }
    }
    assert!(lost.is_empty(), "the README links none of {lost:?}");
    // And what is linked is there.
    for target in readme.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        let address = target.starts_with("https://");
        assert!(address || root().join(target).exists(), "the README links {target}");
    }
}
