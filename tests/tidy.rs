//! The house's own rules, checked like any other behaviour: layers, documents, languages, generated files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use vpn_phone_doctor::finding::Severity;
use vpn_phone_doctor::rules::{self, prose};
use vpn_phone_doctor::text::Lang;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder with one of these endings, in a stable order.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if endings.iter().any(|ending| path.to_string_lossy().ends_with(ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// The row of each module; a row uses rows above it and its own, never below. Modules of one row that must not
/// use one another are checked beside.
const LAYERS: &[(&str, u8)] = &[
    ("alarm", 0),
    ("archive", 1),
    ("armour", 0),
    ("both", 0),
    ("capture", 0),
    ("der", 0),
    ("diagnosis", 0),
    ("documents", 2),
    ("exchange", 0),
    ("finding", 0),
    ("fingerprint", 0),
    ("hex", 0),
    ("input", 0),
    ("limits", 0),
    ("lines", 0),
    ("lines_near", 0),
    ("names", 0),
    ("need", 0),
    ("sought", 0),
    ("source", 0),
    ("stage", 0),
    ("strings", 0),
    ("tables", 0),
    ("text", 0),
    ("time", 0),
    ("tlv", 0),
    ("typed", 0),
    ("url", 0),
    ("visible", 0),
    ("unwrap", 1),
    ("event", 2),
    ("formats", 2),
    ("intake", 3),
    ("observe", 3),
    ("facts", 4),
    ("case", 5),
    ("rules", 6),
    ("views", 6),
    ("changes", 7),
    ("diagnose", 7),
    ("compare", 8),
    ("plan", 8),
    ("report", 8),
    ("symptoms", 8),
    ("tools", 8),
    ("engine", 9),
    ("testing", 9),
    ("lib", 9),
    ("main", 9),
    ("bin", 9),
    ("ui", 9),
];

fn layer(module: &str) -> u8 {
    let row = LAYERS.iter().find(|(name, _)| *name == module);
    row.unwrap_or_else(|| panic!("module {module} has no row in the table of layers")).1
}

/// The part of a file before its tests.
fn product(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests").next().unwrap()
}

/// Every path of this crate that a text names, each with its line: `use crate::{a, b::{c, d}}` names three.
fn crate_paths(text: &str) -> Vec<(usize, String)> {
    let mut all = Vec::new();
    for (at, word) in text.match_indices("crate::") {
        let line = text[..at].matches('\n').count() + 1;
        let (mut open, mut path) = (Vec::<String>::new(), String::new());
        for sign in text[at + word.len()..].chars() {
            match sign {
                sign if sign.is_ascii_alphanumeric() || sign == '_' || sign == ':' => path.push(sign),
                '{' => open.push(std::mem::take(&mut path)),
                ',' | '}' if !open.is_empty() => {
                    if !path.is_empty() {
                        all.push((line, open.concat() + &path));
                    }
                    path.clear();
                    if sign == '}' {
                        open.pop();
                    }
                    if open.is_empty() {
                        break;
                    }
                }
                sign if sign.is_whitespace() && !open.is_empty() => {}
                _ => break,
            }
        }
        if open.is_empty() && !path.is_empty() {
            all.push((line, path));
        }
    }
    all
}

/// The first part of a path.
fn first_of(path: &str) -> &str {
    path.split("::").next().unwrap_or_default()
}

#[test]
fn paths_are_found_in_lists_of_any_depth() {
    let found =
        crate_paths("use crate::{a, b::{c as d, e},\n f::g};\nlet x = crate::h::i(1);\nuse crate::j;");
    let found: Vec<_> = found.iter().map(|(line, path)| (*line, path.as_str())).collect();
    assert_eq!(found, [(1, "a"), (1, "b::casd"), (1, "b::e"), (1, "f::g"), (3, "h::i"), (4, "j")]);
}

#[test]
fn modules_use_only_what_lies_above_them() {
    let mut wrong = Vec::new();
    for path in files("src", &[".rs"]) {
        let text = fs::read_to_string(&path).unwrap();
        let inside = path.strip_prefix(root().join("src")).unwrap();
        let module = inside.components().next().unwrap().as_os_str().to_string_lossy().replace(".rs", "");
        let row = layer(&module);
        // Tests go through the front door, wherever they stand.
        if path.ends_with("tests.rs") {
            continue;
        }
        for (line, used) in crate_paths(product(&text)) {
            let name = first_of(&used);
            if row < 9 && name != "testing" && !name.is_empty() && layer(name) > row {
                wrong.push(format!("{}:{line}: {module} uses {name}", shown(&path)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn formats_and_rules_do_not_use_one_another() {
    let mut wrong = Vec::new();
    for (folder, shared) in [
        (
            "formats",
            &[
                "Claim", "Der", "Format", "How", "Loss", "Member", "Parsed", "Sample", "Share", "Sink",
                "Stream", "Unpack", "hand_out",
            ] as &[_],
        ),
        ("rules", &["Rule", "Check", "prose", "logged", "no_certificate"]),
    ] {
        for path in files(&format!("src/{folder}"), &[".rs"]) {
            let text = fs::read_to_string(&path).unwrap();
            let own = path.strip_prefix(root().join("src").join(folder)).unwrap();
            let own = own.components().next().unwrap().as_os_str().to_string_lossy().replace(".rs", "");
            if own == "mod" {
                continue;
            }
            for (line, used) in crate_paths(product(&text)) {
                let Some(inside) = used.strip_prefix(&format!("{folder}::")) else { continue };
                let name = first_of(inside);
                if !name.is_empty() && name != own && !shared.contains(&name) {
                    wrong.push(format!("{}:{line}: uses {folder}::{name}", shown(&path)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Rules ask facts, for settings and for events alike: what a log's message means is told by `observe`. Facts ask what
/// was read (`documents`), and not who read it.
#[test]
fn rules_ask_facts_and_neither_names_a_reader() {
    let mut wrong = Vec::new();
    for path in [files("src/rules", &[".rs"]), files("src/facts", &[".rs"])].concat() {
        let text = fs::read_to_string(&path).unwrap();
        for (line, used) in crate_paths(product(&text)) {
            if first_of(&used) == "formats" {
                wrong.push(format!("{}:{line}: uses {used}; a fact should answer", shown(&path)));
            }
        }
        if !path.starts_with(root().join("src/rules")) {
            continue;
        }
        for documents in ["asa_syslogs", "asa_debugs", "phone_logs"] {
            let asks = format!(".{documents}.iter()");
            if product(&text).contains(&asks) {
                wrong.push(format!("{}: goes through {documents}", shown(&path)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_and_stays_in_bounds() {
    let mut wrong = Vec::new();
    for path in ["src", "bundler/src", "release/src", "xtask/src", "tests", "benches"]
        .iter()
        .flat_map(|folder| files(folder, &[".rs"]))
    {
        let text = fs::read_to_string(&path).unwrap();
        if !text.starts_with("//!") {
            wrong.push(format!("{} does not say what it is", shown(&path)));
        }
        let lines = text.lines().count();
        let table = shown(&path).contains("/tables/");
        if lines > 600 && !table {
            wrong.push(format!("{} has {lines} lines: one idea a file", shown(&path)));
        }
        for word in ["TODO", "FIXME", "#[ignore", "should_panic", "from_html_unchecked", "set_inner_html"] {
            if text.contains(word) && !["tests/tidy.rs", "xtask/src/new.rs"].contains(&&*shown(&path)) {
                wrong.push(format!("{} has {word}", shown(&path)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What `cargo xtask new` lays says so until it is written.
#[test]
fn nothing_is_left_to_be_written() {
    let files = ["src", "tests/samples", "tests/kinds"]
        .iter()
        .flat_map(|folder| files(folder, &[".json", ".md", ".rs", ".txt"]));
    let left: Vec<String> = files
        .filter(|path| fs::read_to_string(path).is_ok_and(|text| text.contains("TODO")))
        .map(|path| format!("{} has TODO in it", shown(&path)))
        .collect();
    assert!(left.is_empty(), "{}", left.join("\n"));
}

#[test]
fn a_rule_is_found_by_its_name_and_stands_in_both_languages() {
    let mut wrong = Vec::new();
    let mut told = BTreeSet::new();
    for rule in rules::all() {
        if !told.insert(rule.id) {
            wrong.push(format!("{}: two rules of this id", rule.id));
        }
        let (stage, name) = (rule.stage.id().replace('-', "_"), rule.id.replace('-', "_"));
        for ending in ["en.md", "de.md"] {
            let path = root().join(format!("src/rules/{stage}/{name}.{ending}"));
            if !path.exists() {
                wrong.push(format!("{} is missing", shown(&path)));
            }
        }
        let source = [format!("src/rules/{stage}/{name}.rs"), format!("src/rules/{stage}/{name}/mod.rs")];
        if !source.iter().any(|path| root().join(path).exists()) {
            wrong.push(format!("{} is missing", source[0]));
        }
        let (en, de) =
            (prose::Side::parse(&rule.prose.get(Lang::En)), prose::Side::parse(&rule.prose.get(Lang::De)));
        if !en.is_whole() || !de.is_whole() {
            wrong.push(format!(
                "{}: title, explanation, fix and verify are needed in both languages",
                rule.id
            ));
        }
        if en.shape() != de.shape() {
            wrong.push(format!("{}: shapes differ\n  {}\n  {}", rule.id, en.shape(), de.shape()));
        }
        if rule.prose.en() == rule.prose.de() {
            wrong.push(format!("{}: the German text is the English one", rule.id));
        }
        if rule.needs.is_empty() || rule.sources.is_empty() {
            wrong.push(format!("{}: needs and sources are part of a rule", rule.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn prose_uses_the_same_placeholders_in_both_languages() {
    let placeholders = |text: &str| -> BTreeSet<String> {
        text.split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'))
            .map(|(name, _)| name.to_owned())
            .collect()
    };
    for rule in rules::all() {
        let (en, de) = (placeholders(&rule.prose.en()), placeholders(&rule.prose.de()));
        assert_eq!(en, de, "{}", rule.id);
    }
}

#[test]
fn echoes_name_rules_and_run_in_no_circle() {
    let echoes: BTreeMap<&str, &[&str]> = rules::all().map(|rule| (rule.id, rule.echoes)).collect();
    for (rule, named) in &echoes {
        for echo in *named {
            assert!(echoes.contains_key(echo), "{rule} echoes {echo}, which is no rule");
        }
        let mut open: Vec<&str> = named.to_vec();
        let mut seen = BTreeSet::new();
        while let Some(next) = open.pop() {
            assert_ne!(next, *rule, "{rule} is an echo of itself");
            if seen.insert(next) {
                open.extend(echoes[next]);
            }
        }
    }
}

#[test]
fn rules_stand_in_the_order_of_their_stages() {
    let stages: Vec<_> = rules::all().map(|rule| rule.stage).collect();
    assert!(stages.is_sorted(), "{stages:?}");
    assert!(rules::all().any(|rule| rule.severity == Severity::Notice));
}

/// Words that say nothing outside their file; what stands there instead is the field's own word.
const EMPTY_NAMES: &[&str] = &[
    "told",
    "one",
    "found",
    "known",
    "seen",
    "stands",
    "around",
    "ways",
    "moments",
    "leaving",
    "walks",
    "judged",
    "afterwards",
];

#[test]
fn names_say_what_they_are() {
    let mut wrong = Vec::new();
    for path in files("src", &[".rs"]) {
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        if EMPTY_NAMES.contains(&stem.as_str()) {
            wrong.push(format!("{}: the file's own name", shown(&path)));
        }
        let text = fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate() {
            let words: Vec<&str> = line
                .split(|sign: char| !(sign.is_alphanumeric() || sign == '_'))
                .filter(|w| !w.is_empty())
                .collect();
            for pair in words.windows(2) {
                let names = matches!(pair[0], "fn" | "struct" | "enum" | "trait" | "type" | "mod");
                if names
                    && EMPTY_NAMES.contains(&pair[1].to_ascii_lowercase().as_str())
                    && !line.contains("//")
                {
                    wrong.push(format!("{}:{}: {} {}", shown(&path), number + 1, pair[0], pair[1]));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A source is a document that a reader can open: title or number, and section.
#[test]
fn sources_are_documents() {
    let mut wrong = Vec::new();
    for path in files("src", &[".rs"]) {
        let text = fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate() {
            let comment = line.trim_start().starts_with("//");
            let lower = line.to_ascii_lowercase();
            let private = ["domain notes", "our notes", "the notes"];
            if comment && private.iter().any(|words| lower.contains(words)) {
                wrong.push(format!("{}:{}: {}", shown(&path), number + 1, line.trim()));
            }
        }
    }
    for rule in rules::all() {
        for source in rule.sources {
            let private = source.is_empty() || source.to_ascii_lowercase().contains("notes on");
            if private {
                wrong.push(format!("{}: {source:?} is no document", rule.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn paths_named_in_documents_exist() {
    let mut wrong = Vec::new();
    for document in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "SECURITY.md",
        "docs/manual.en.md",
        "docs/manual.de.md",
        "RELEASING.md",
        "docs/crates.md",
    ] {
        let text =
            fs::read_to_string(root().join(document)).unwrap_or_else(|_| panic!("{document} is missing"));
        for span in text.split('`').skip(1).step_by(2) {
            let looks_like_path = span.contains('/')
                && !span.contains([' ', '<', '*', '…', ':', '{'])
                && ["src/", "tests/", "docs/", "assets/", "bundler/", "xtask/", "benches/", ".ci/", "fuzz/"]
                    .iter()
                    .any(|start| span.starts_with(start));
            if looks_like_path && !root().join(span).exists() {
                wrong.push(format!("{document} names {span}, which does not exist"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn generated_documents_are_fresh() {
    let text = |schema: schemars::Schema| serde_json::to_string_pretty(&schema).unwrap() + "\n";
    let schema = text(schemars::schema_for!(vpn_phone_doctor::report::Report));
    let plan = text(schemars::schema_for!(vpn_phone_doctor::plan::render::PlanEntry));
    let comparison = text(schemars::schema_for!(vpn_phone_doctor::compare::render::CompareEntry));
    let mut stale = Vec::new();
    for (path, fresh) in [
        ("docs/rules.md", vpn_phone_doctor::report::catalogue::markdown()),
        ("docs/report.schema.json", schema),
        ("docs/plan.schema.json", plan),
        ("docs/compare.schema.json", comparison),
    ] {
        let file = root().join(path);
        if fs::read_to_string(&file).unwrap_or_default() != fresh {
            fs::write(&file, fresh).unwrap();
            stale.push(path);
        }
    }
    assert!(stale.is_empty(), "{stale:?} was not fresh; it has been written anew, run the tests again");
}

/// A text's wording is never redacted, so nothing of a case may be in it: only these put wordings together.
#[test]
fn wordings_are_put_together_from_our_own_texts_only() {
    let mut makers: Vec<String> = files("src", &[".rs"])
        .iter()
        .filter(|path| fs::read_to_string(path).unwrap().contains("Text::template("))
        .map(|path| shown(path))
        .collect();
    makers.sort_unstable();
    assert_eq!(makers, ["src/rules/prose.rs", "src/ui/rules/card.rs"]);
}
