//! What a WebAssembly binary may ask of the browser: its import section, compared with a list that is checked in.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use wasmparser::{Parser, Payload};

use crate::Outcome;

/// Compares; with `UPDATE_EXPECT=1` in the environment writes the list anew.
pub fn check(wasm: &Path, list: &Path) -> Outcome<()> {
    let bytes = fs::read(wasm).map_err(|error| format!("{}: {error}", wasm.display()))?;
    let found: BTreeSet<String> = imports(&bytes)?.into_iter().collect();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let text: String = found.iter().flat_map(|name| [name.as_str(), "\n"]).collect();
        fs::write(list, text)?;
    }
    let text = fs::read_to_string(list).unwrap_or_default();
    let allowed: BTreeSet<String> = text.lines().map(str::to_owned).collect();
    let new: Vec<_> = found.difference(&allowed).cloned().collect();
    let gone: Vec<_> = allowed.difference(&found).cloned().collect();
    if new.is_empty() && gone.is_empty() {
        println!("   {}: {} imports, all on the list", wasm.display(), found.len());
        return Ok(());
    }
    let list = list.display();
    Err(format!("imports that {list} lacks: {new:?}; imports that are gone: {gone:?}").into())
}

/// `module name` of every import, without the hashes that wasm-bindgen puts behind names.
fn imports(wasm: &[u8]) -> Outcome<Vec<String>> {
    let mut names = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::ImportSection(section) = payload? {
            for import in section.into_imports() {
                let import = import?;
                names.push(format!("{} {}", import.module, plain(import.name)));
            }
        }
    }
    Ok(names)
}

/// `__wbg_push_0123456789abcdef` is `push`: the hash changes with every version.
fn plain(name: &str) -> String {
    let name = name.strip_prefix("__wbg_").unwrap_or(name);
    let hash = |end: &str| end.len() == 16 && end.bytes().all(|byte| byte.is_ascii_hexdigit());
    match name.rsplit_once('_') {
        Some((name, end)) if hash(end) => name.to_owned(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_imports_are_read_without_their_hashes() {
        let wasm = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02\x2c\x02\x03wbg\x1b__wbg_push_0123456789abcdef\0\0\x03env\x01m\x02\0\x01";
        assert_eq!(imports(wasm).unwrap(), ["wbg push", "env m"]);
        assert!(imports(&wasm[..20]).is_err(), "a cut binary");
    }
}
