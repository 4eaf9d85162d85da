//! The bill of materials: every crate of a release, as CycloneDX 1.6 writes it.
//!
//! It holds no time and no random number, so that the same sources give the same bytes. What is compiled in is
//! `required`, what only builds it (macros, build scripts) is `excluded`.
//!
//! Source: CycloneDX 1.6, JSON reference, `components` and `dependencies`; package URLs: purl-spec, type `cargo`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::{Value, json};

use crate::packages::{linked, used};
use crate::{Outcome, cargo, root};

/// The bill for what is built for these targets.
pub fn of(targets: &[&str]) -> Outcome<Value> {
    let (mut all, mut within) = (BTreeSet::new(), BTreeSet::new());
    for target in targets {
        all.extend(used(target)?);
        within.extend(linked(target)?);
    }
    let metadata: Value =
        serde_json::from_str(&cargo(&["metadata", "--quiet", "--locked", "--format-version=1"])?)?;
    let checksums = checksums(&fs::read_to_string(root().join("Cargo.lock"))?);
    let packages = metadata.get("packages").and_then(Value::as_array).ok_or("cargo names no packages")?;
    let word = |package: &Value, key: &str| word(package, key).unwrap_or_default().to_owned();
    let ids: BTreeMap<String, String> = packages
        .iter()
        .map(|package| {
            (word(package, "id"), format!("{} {}", word(package, "name"), word(package, "version")))
        })
        .collect();
    let own = packages
        .iter()
        .find(|package| word(package, "name") == OWN)
        .ok_or("cargo does not name this project")?;
    let own = format!("{OWN} {}", word(own, "version"));
    let components: Vec<Value> = packages
        .iter()
        .map(|package| (format!("{} {}", word(package, "name"), word(package, "version")), package))
        .filter(|(name, _)| all.contains(name))
        .map(|(name, package)| component(&name, package, within.contains(&name), checksums.get(&name)))
        .collect();
    if components.len() != all.len() {
        return Err(format!("{} of {} crates are known to cargo", components.len(), all.len()).into());
    }
    let nodes =
        metadata.pointer("/resolve/nodes").and_then(Value::as_array).ok_or("cargo resolves nothing")?;
    let mut dependencies = Vec::new();
    for node in nodes {
        let Some(name) = ids.get(&word(node, "id")) else { continue };
        if *name != own && !all.contains(name) {
            continue;
        }
        let needs = node.get("dependencies").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let needs = needs.iter().filter_map(|id| ids.get(id.as_str()?)).filter(|name| all.contains(*name));
        let needs: BTreeSet<String> = needs.map(|name| purl(name)).collect();
        dependencies.push(json!({ "ref": purl(name), "dependsOn": needs }));
    }
    Ok(json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": { "component": {
            "type": "application",
            "bom-ref": purl(&own),
            "name": OWN,
            "version": own.rsplit(' ').next(),
            "licenses": [{ "expression": "MIT OR Apache-2.0" }],
        } },
        "components": components,
        "dependencies": dependencies,
    }))
}

const OWN: &str = "vpn-phone-doctor";

fn component(name: &str, package: &Value, within: bool, checksum: Option<&String>) -> Value {
    // Crates of long ago write a stroke where SPDX has the word.
    let licences =
        word(package, "license").map(|licence| json!({ "expression": licence.replace('/', " OR ") }));
    let hashes = checksum.map(|checksum| json!({ "alg": "SHA-256", "content": checksum }));
    json!({
        "type": "library",
        "bom-ref": purl(name),
        "name": word(package, "name"),
        "version": word(package, "version"),
        "purl": purl(name),
        "scope": if within { "required" } else { "excluded" },
        "licenses": Vec::from_iter(licences),
        "hashes": Vec::from_iter(hashes),
    })
}

fn word<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

/// `serde 1.0.0` as a package URL.
fn purl(name: &str) -> String {
    let (name, version) = name.split_once(' ').unwrap_or((name, ""));
    format!("pkg:cargo/{name}@{}", version.replace('+', "%2B"))
}

/// What `Cargo.lock` says of each crate's packed sources, by `name version`.
fn checksums(lock: &str) -> BTreeMap<String, String> {
    let mut sums = BTreeMap::new();
    for package in lock.split("[[package]]") {
        let value = |key: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(key))?;
            Some(line.trim_start_matches([' ', '=']).trim_matches('"').to_owned())
        };
        if let (Some(name), Some(version), Some(sum)) = (value("name"), value("version"), value("checksum")) {
            sums.insert(format!("{name} {version}"), sum);
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packages::PAGE;

    #[test]
    fn every_crate_of_the_page_is_on_the_bill_with_hash_licence_and_needs() {
        let bill = of(&[PAGE]).unwrap();
        let components = bill["components"].as_array().unwrap();
        let find = |name: &str| components.iter().find(|component| component["name"] == name).unwrap();
        assert!(components.len() > 80, "{}", components.len());
        for component in components {
            // Sources of our own lie beside the bill and were packed by nobody.
            let sum = if component["name"] == "scan" { None } else { Some(64) };
            assert_eq!(component["hashes"][0]["content"].as_str().map(str::len), sum, "{component}");
            assert!(component["licenses"][0]["expression"].is_string(), "{component}");
        }
        assert_eq!(find("yew")["scope"], "required");
        assert_eq!(find("yew-macro")["scope"], "excluded");
        assert!(
            components.iter().all(|component| component["name"] != "clap"),
            "it is in the command line alone"
        );
        // Whatever is needed is on the bill, and everything on it says what it needs.
        let refs: BTreeSet<&str> =
            components.iter().filter_map(|component| component["bom-ref"].as_str()).collect();
        let dependencies = bill["dependencies"].as_array().unwrap();
        assert_eq!(dependencies.len(), components.len() + 1);
        for dependency in dependencies {
            for need in dependency["dependsOn"].as_array().unwrap() {
                assert!(refs.contains(need.as_str().unwrap()), "{need}");
            }
        }
    }

    #[test]
    fn a_version_with_a_plus_is_written_as_an_address() {
        assert_eq!(purl("wasip2 1.0.1+wasi-0.2.4"), "pkg:cargo/wasip2@1.0.1%2Bwasi-0.2.4");
    }
}
