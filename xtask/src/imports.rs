//! What a WebAssembly binary may ask of the browser: its import section, compared with a list that is checked in.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::Outcome;

/// Compares; with `UPDATE_EXPECT=1` in the environment writes the list anew.
pub fn check(wasm: &Path, list: &Path) -> Outcome<()> {
    let bytes = fs::read(wasm).map_err(|error| format!("{}: {error}", wasm.display()))?;
    let found: BTreeSet<String> =
        imports(&bytes).ok_or("the import section cannot be read")?.into_iter().collect();
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

/// `module.name` of every import, without the hashes that wasm-bindgen puts behind names.
fn imports(wasm: &[u8]) -> Option<Vec<String>> {
    let mut rest = wasm.strip_prefix(b"\0asm\x01\0\0\0")?;
    while let Some((&id, after)) = rest.split_first() {
        rest = after;
        let size = number(&mut rest)?;
        let (mut section, after) = rest.split_at_checked(size)?;
        rest = after;
        if id != IMPORT_SECTION {
            continue;
        }
        let mut names = Vec::new();
        for _ in 0..number(&mut section)? {
            let (module, name) = (text(&mut section)?, text(&mut section)?);
            names.push(format!("{module} {}", plain(&name)));
            description(&mut section)?;
        }
        return Some(names);
    }
    Some(Vec::new())
}

const IMPORT_SECTION: u8 = 2;

/// `__wbg_push_0123456789abcdef` is `push`: the hash changes with every version.
fn plain(name: &str) -> String {
    let name = name.strip_prefix("__wbg_").unwrap_or(name);
    let hash = |end: &str| end.len() == 16 && end.bytes().all(|byte| byte.is_ascii_hexdigit());
    match name.rsplit_once('_') {
        Some((name, end)) if hash(end) => name.to_owned(),
        _ => name.to_owned(),
    }
}

/// Steps over what an import is; only its name matters here.
fn description(bytes: &mut &[u8]) -> Option<()> {
    let (&kind, rest) = bytes.split_first()?;
    *bytes = rest;
    match kind {
        FUNCTION => drop(number(bytes)?),
        TABLE => {
            *bytes = bytes.get(1..)?;
            limits(bytes)?;
        }
        MEMORY => limits(bytes)?,
        GLOBAL => *bytes = bytes.get(2..)?,
        _ => return None,
    }
    Some(())
}

const FUNCTION: u8 = 0;
const TABLE: u8 = 1;
const MEMORY: u8 = 2;
const GLOBAL: u8 = 3;

fn limits(bytes: &mut &[u8]) -> Option<()> {
    let flags = number(bytes)?;
    number(bytes)?;
    if flags & 1 == 1 {
        number(bytes)?;
    }
    Some(())
}

fn text(bytes: &mut &[u8]) -> Option<String> {
    let size = number(bytes)?;
    let (text, rest) = bytes.split_at_checked(size)?;
    *bytes = rest;
    String::from_utf8(text.to_vec()).ok()
}

/// An unsigned LEB128 number of 32 bits.
fn number(bytes: &mut &[u8]) -> Option<usize> {
    let mut value = 0_u32;
    for shift in [0, 7, 14, 21, 28] {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return usize::try_from(value).ok();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_imports_are_read_without_their_hashes() {
        let wasm = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02\x2c\x02\x03wbg\x1b__wbg_push_0123456789abcdef\0\0\x03env\x01m\x02\0\x01";
        assert_eq!(imports(wasm).unwrap(), ["wbg push", "env m"]);
        assert!(imports(&wasm[..20]).is_none(), "a cut binary");
    }
}
