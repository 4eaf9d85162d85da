//! `release/advisories.txt` against the lock files: every crate was looked up, and none is older than what mends it.

use std::collections::BTreeMap;
use std::fs;

use crate::root;

/// Crates that are ours.
const OURS: [&str; 6] = ["bundler", "release", "scan", "vpn-phone-doctor", "vpn-phone-doctor-fuzz", "xtask"];

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// The versions of every crate of the lock files that is not ours.
fn locked() -> BTreeMap<String, Vec<String>> {
    let mut crates: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for lock in ["Cargo.lock", "fuzz/Cargo.lock"].map(read) {
        for package in lock.split("[[package]]").skip(1) {
            let value = |key: &str| {
                let line = package.lines().find_map(|line| line.strip_prefix(key)).unwrap();
                line.trim_matches('"').to_owned()
            };
            crates.entry(value("name = ")).or_default().push(value("version = "));
        }
    }
    crates.retain(|name, _| !OURS.contains(&name.as_str()));
    crates
}

/// `1.12.2` as numbers.
fn numbers(version: &str) -> Vec<u64> {
    let release = version.split(['-', '+']).next().unwrap();
    release.split('.').map(|part| part.parse().unwrap()).collect()
}

#[test]
fn every_crate_was_looked_up_and_is_as_new_as_what_mends_it() {
    let (locked, deny) = (locked(), read("deny.toml"));
    assert!(locked.len() > 100, "{}", locked.len());
    let text = read("release/advisories.txt");
    let rows: Vec<Vec<&str>> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_whitespace().collect())
        .collect();
    for name in locked.keys() {
        let row = rows.iter().find(|row| row[0] == name);
        assert!(
            row.is_some(),
            "{name} came in: look for its advisories, and add it to release/advisories.txt"
        );
    }
    for row in rows {
        let [name, told @ ..] = row.as_slice() else { panic!("an empty line") };
        let versions = locked.get(*name).unwrap_or_else(|| panic!("{name} is gone: take its line out"));
        match told {
            [] => {}
            [id, "accepted"] => assert!(deny.contains(id), "{name}: {id} is not accepted in deny.toml"),
            [id, mended] => {
                let old = versions.iter().find(|version| numbers(version) < numbers(mended));
                assert!(old.is_none(), "{name} {old:?} has {id}; {mended} mends it");
            }
            _ => panic!("{row:?} is no line of a crate, an advisory and a version"),
        }
    }
}
