//! What each part of the packed page weighs.
//!
//! The binaries, the worker's script and the views' styles are one stream, in which a part is the cheaper the more of it
//! stood there before. So a part weighs what the stream grows by when it is added.

use std::path::Path;

use crate::Outcome;
use crate::pack::{Parts, base128, lzma};
use crate::streams::apart;

/// Prints a table of the parts of the page that a folder is packed into: bytes as they are, and bytes in the page.
pub fn weigh(from: &Path) -> Outcome<()> {
    let parts = Parts::of(from)?;
    let page = parts.page()?.len();
    let mut rows = Vec::new();
    let (mut stream, mut before) = (Vec::new(), 0);
    for (name, bytes) in pieces(&parts)? {
        stream.extend_from_slice(&bytes);
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

/// The stream in its order; what is outside of a binary's instructions stands before them.
fn pieces(parts: &Parts) -> Outcome<[(&'static str, Vec<u8>); 6]> {
    let split = |binary: &[u8]| -> Outcome<(Vec<u8>, Vec<u8>)> {
        let mut streams = apart(binary)?.into_iter();
        Ok((streams.next().unwrap_or_default(), streams.flatten().collect()))
    };
    let ((page, page_code), (engine, engine_code)) = (split(&parts.page)?, split(&parts.engine)?);
    Ok([
        ("styles of the views", parts.views.clone().into_bytes()),
        ("page: texts and tables", page),
        ("page: code", page_code),
        ("worker's script, with the engine's glue", parts.worker.clone().into_bytes()),
        ("engine: texts and tables", engine),
        ("engine: code", engine_code),
    ])
}
