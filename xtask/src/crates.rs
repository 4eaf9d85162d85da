//! The table of every direct crate in `docs/crates.md`: made from the reasons that stand behind them in the manifests.
//!
//! ```toml
//! base64 = "0.23"     # certificate hashes and PEM bodies
//! ```
//! A crate without a reason fails the test, and so does a crate of which `docs/crates.md` says something although no
//! manifest names it any longer.

use std::fmt::Write as _;

/// The manifests, and what each of them makes.
const MANIFESTS: &[(&str, &str)] = &[
    ("Cargo.toml", "core"),
    ("bundler/Cargo.toml", "packing the page"),
    ("release/Cargo.toml", "releases"),
    ("xtask/Cargo.toml", "commands"),
];

/// One crate of one manifest.
struct Row {
    name: String,
    version: String,
    used: String,
    reason: String,
}

/// Every row of a manifest. Of a crate with several lines the reason stands on the first.
fn rows(manifest: &str, what: &str) -> Vec<Row> {
    let (mut rows, mut table) = (Vec::new(), String::new());
    for line in manifest.lines() {
        if let Some(head) = line.strip_prefix('[') {
            table = head.split(']').next().unwrap_or_default().to_owned();
            // `[target.'cfg(not(target_arch = "wasm32"))'.dependencies]`
            continue;
        }
        let Some(used) = used(&table, what) else { continue };
        let Some((name, rest)) = line.split_once(" = ") else { continue };
        if !name.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-' || sign == '_') {
            continue;
        }
        let (said, reason) = rest.split_once('#').unwrap_or((rest, ""));
        let version = said.split('"').nth(1).unwrap_or_default().trim_start_matches('=');
        rows.push(Row {
            name: name.to_owned(),
            version: if said.contains("path =") { "here".to_owned() } else { version.to_owned() },
            used,
            reason: reason.trim().to_owned(),
        });
    }
    rows
}

/// Where the crates of a table are used; none for a table of something else.
fn used(table: &str, what: &str) -> Option<String> {
    match table {
        "dependencies" => Some(what.to_owned()),
        "dev-dependencies" => Some("tests".to_owned()),
        table if table.starts_with("target.") && table.ends_with("dependencies") => {
            Some(if table.contains("not(") { "command line" } else { "page" }.to_owned())
        }
        _ => None,
    }
}

/// All rows as Markdown.
fn table(manifests: &[(String, &str)]) -> String {
    let mut text = "| crate | version | for | why |\n|---|---|---|---|\n".to_owned();
    for (manifest, what) in manifests {
        for Row { name, version, used, reason } in rows(manifest, what) {
            let _ = writeln!(text, "| {name} | {version} | {used} | {} |", reason.replace('|', "\\|"));
        }
    }
    text
}

mod tests {
    use super::*;
    use crate::root;
    use std::fs;

    const BEGIN: &str = "<!-- Made from the manifests: do not edit. -->\n\n";
    const END: &str = "\n<!-- End of what is made. -->\n";

    fn manifests() -> Vec<(String, &'static str)> {
        MANIFESTS.iter().map(|(path, what)| (fs::read_to_string(root().join(path)).unwrap(), *what)).collect()
    }

    #[test]
    fn every_crate_in_the_table_has_its_reason_and_the_table_is_fresh() {
        let file = root().join("docs/crates.md");
        let text = fs::read_to_string(&file).unwrap();
        let (head, rest) = text.split_once(BEGIN).unwrap();
        let (_, foot) = rest.split_once(END).unwrap();
        let fresh = format!("{head}{BEGIN}{}{END}{foot}", table(&manifests()));
        if text != fresh {
            fs::write(&file, fresh).unwrap();
            panic!("docs/crates.md was not fresh; it has been written anew, run the tests again");
        }
        let manifests = manifests();
        let rows: Vec<Row> = manifests.iter().flat_map(|(manifest, what)| rows(manifest, what)).collect();
        assert!(rows.len() > 30, "{}", rows.len());
        for Row { name, reason, .. } in &rows {
            assert!(reason.split(' ').count() >= 2, "{name} has no reason behind it");
        }
        // What is said of single crates below the table.
        for line in foot.lines().filter_map(|line| line.strip_prefix("### ")) {
            for name in line.split(", ") {
                assert!(rows.iter().any(|row| row.name == name), "no manifest names {name}");
            }
        }
    }

    #[test]
    fn a_manifest_is_read_by_its_tables() {
        let manifest = "[features]\npage = []\n[dependencies]\na-b = \"1.2\"   # reads a\n\
            [target.'cfg(target_arch = \"wasm32\")'.dependencies]\n\
            web = { version = \"=0.3\", features = [ # the browser\n    \"Blob\", \"File\",\n] }\n\
            [target.'cfg(not(target_arch = \"wasm32\"))'.dependencies]\nclap = \"4\"\n\
            [dev-dependencies]\nproof = { path = \"..\" } # what is proved\n[profile.release]\nstrip = true\n";
        let found: Vec<[String; 4]> = rows(manifest, "core")
            .into_iter()
            .map(|row| [row.name, row.version, row.used, row.reason])
            .collect();
        let expected = [
            ["a-b", "1.2", "core", "reads a"],
            ["web", "0.3", "page", "the browser"],
            ["clap", "4", "command line", ""],
            ["proof", "here", "tests", "what is proved"],
        ];
        assert_eq!(found, expected.map(|row| row.map(str::to_owned)));
    }
}
