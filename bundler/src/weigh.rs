//! What each part of the packed page weighs.
//!
//! The binaries, the worker's script and the views' styles are one stream, in which a part is the cheaper the more of it
//! stood there before. So a part weighs what the stream grows by when it is added.

use std::ops::Range;
use std::path::Path;

use wasmparser::{Parser, Payload};

use crate::Outcome;
use crate::pack::{Parts, base128, lzma};

/// Prints a table of the parts of the page that a folder is packed into: bytes as they are, and bytes in the page.
pub fn weigh(from: &Path) -> Outcome<()> {
    let parts = Parts::of(from)?;
    let page = parts.page()?.len();
    let mut rows = Vec::new();
    let (mut stream, mut before) = (Vec::new(), 0);
    for (name, bytes) in pieces(&parts)? {
        stream.extend_from_slice(bytes);
        let packed = base128(&lzma(&stream)?).len();
        rows.push((name, bytes.len(), packed - before));
        before = packed;
    }
    rows.push(("scripts, the page's glue among them", parts.script.len(), parts.script.len()));
    rows.push(("first styles", parts.style.len(), parts.style.len()));
    let told: usize = rows.iter().map(|(_, _, packed)| packed).sum();
    rows.push(("HTML and policy", page - told, page - told));
    println!("| part | bytes | in the page |\n|---|---|---|");
    for (name, bytes, packed) in rows {
        println!("| {name} | {bytes} | {packed} |");
    }
    println!("| all | | {page} |");
    Ok(())
}

/// The stream in its order, the binaries taken apart where their data begins.
fn pieces(parts: &Parts) -> Outcome<[(&'static str, &[u8]); 6]> {
    let split = |binary: &[u8]| -> Outcome<usize> {
        data(binary)?.map(|range| range.start).ok_or_else(|| "a binary without data".into())
    };
    let (page, page_data) = parts.page.split_at(split(&parts.page)?);
    let (engine, engine_data) = parts.engine.split_at(split(&parts.engine)?);
    Ok([
        ("styles of the views", parts.views.as_bytes()),
        ("page: code", page),
        ("page: texts and tables", page_data),
        ("worker's script, with the engine's glue", parts.worker.as_bytes()),
        ("engine: code", engine),
        ("engine: texts and tables", engine_data),
    ])
}

/// Where a binary's data section stands.
fn data(binary: &[u8]) -> Outcome<Option<Range<usize>>> {
    for payload in Parser::new(0).parse_all(binary) {
        if let Payload::DataSection(section) = payload? {
            return Ok(Some(section.range()));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::data;

    #[test]
    fn the_data_of_a_binary_is_found() {
        // A memory of one page, and `hi` at its beginning.
        let binary = b"\0asm\x01\0\0\0\x05\x03\x01\0\x01\x0b\x08\x01\0\x41\0\x0b\x02hi";
        let range = data(binary).unwrap().unwrap();
        assert!(binary[range].ends_with(b"hi"));
        assert_eq!(data(&binary[..13]).unwrap(), None);
    }
}
