//! Archives of others, beside what Python, GNU tar and gzip say is in them.
//!
//! Compared are the members and the SHA-256 of each content. What is packed in a way that is not read must be named;
//! what others read differently is listed with the reason.

use serde_json::Value;
use sha2::{Digest, Sha256};
use vpn_phone_doctor::archive::{self, Archive, Kind, Trouble};
use vpn_phone_doctor::documents::Content;
use vpn_phone_doctor::input::{self, InputState};
use vpn_phone_doctor::intake;
use vpn_phone_doctor::limits::{ArchiveLimits, Limits};
use vpn_phone_doctor::tables::code_page_437;

use crate::Check;
use crate::unpacked::{Told, Unpacked, by_directory, streamed};

pub const CHECKS: &[Check] = &[
    ("members_are_those_of_other_tools", members_are_those_of_other_tools),
    (
        "dropped_archives_are_opened_as_other_tools_open_them",
        dropped_archives_are_opened_as_other_tools_open_them,
    ),
    ("chunks_make_no_difference", chunks_make_no_difference),
    ("damaged_copies_do_no_harm", damaged_copies_do_no_harm),
];

/// A row of the truth, and the file's bytes.
fn samples() -> Vec<(String, Value, Vec<u8>)> {
    let folder = crate::shared().join("samples/archives");
    let truth = std::fs::read_to_string(folder.join("truth.jsonl")).unwrap();
    // Python escapes bytes that are not UTF-8 as lone surrogates, which are no JSON: they go to private characters.
    truth
        .replace("\\udc", "\\uf7")
        .lines()
        .map(|line| {
            let row: Value = serde_json::from_str(line).unwrap();
            let path = row["path"].as_str().unwrap().to_owned();
            let bytes = std::fs::read(folder.join(&path)).unwrap();
            (path, row, bytes)
        })
        .collect()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Limits that let every sample through.
fn wide() -> ArchiveLimits {
    ArchiveLimits { members: 100_000, ..ArchiveLimits::default() }
}

fn members_are_those_of_other_tools() {
    let (mut members, mut wrong, mut named) = (0, Vec::new(), 0);
    for (path, row, bytes) in samples() {
        let kind = archive::recognise(&bytes);
        if let Some(stream) = row["stream"].as_str() {
            match kind {
                Some(Archive::Packed(packing)) => {
                    assert_eq!(packing.name, stream, "{path}");
                    named += 1;
                    continue;
                }
                Some(Archive::Gzip) => {}
                other => panic!("{path}: {other:?}"),
            }
            let told = streamed(Archive::Gzip, &bytes, 4096, &wide());
            let one = &told.members[0];
            let whole = row["stream_rc"] == 0 || row["stream_err"].to_string().contains("trailing garbage");
            assert_eq!(one.end.troubles.is_empty(), whole, "{path}: {:?}", one.end);
            let length = row["stream_out_bytes"].as_u64().unwrap();
            // Of a cut file gzip keeps back what it has not written yet.
            assert!(one.end.length >= length && (!whole || one.end.length == length), "{path}");
            if one.end.length == length && sha256(&one.content) != row["stream_out_sha256"] {
                wrong.push(format!("{path}: another content"));
            }
            members += 1;
            if let Some(expected) = row["tar"].as_array() {
                let told = streamed(Archive::Tar, &one.content, 4096, &wide());
                compare(&path, expected, &told.members, &mut wrong);
                members += expected.len();
            }
        } else if let Some(expected) = row["zip"].as_array() {
            let listed = by_directory(&bytes, &wide());
            assert_eq!(listed.members.len() as u64, row["zip_count"].as_u64().unwrap(), "{path}");
            compare(&path, expected, &listed.members[..expected.len()], &mut wrong);
            members += expected.len();
        } else if let Some(expected) = row["tar"].as_array() {
            assert_eq!(kind, Some(Archive::Tar), "{path}");
            let told = streamed(Archive::Tar, &bytes, 4096, &wide());
            compare(&path, expected, &told.members, &mut wrong);
            members += expected.len();
        }
    }
    println!("{members} members compared, {named} files named");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(members > 690 && named >= 9, "{members} {named}");
}

/// The same through the door by which files are dropped: what is opened is what is listed.
fn dropped_archives_are_opened_as_other_tools_open_them() {
    let limits = Limits { archive: ArchiveLimits { digests: true, ..wide() }, ..Limits::default() };
    let (mut compared, mut named, mut wrong) = (0, 0, Vec::new());
    for (path, row, bytes) in samples() {
        let name = path.rsplit('/').next().unwrap();
        let reading = intake::read(name, &bytes, &limits);
        let input = &reading.inputs[0];
        let listing = reading.documents.iter().find_map(|one| match &one.content {
            Content::Archive(listing) if one.input == 0 => Some(listing),
            _ => None,
        });
        let Some(listing) = listing else {
            if ["bzip2", "xz"].iter().any(|packing| row["stream"] == *packing) {
                assert_eq!((input.kind, input.state), (input::Kind::Archive, InputState::Refused), "{path}");
                let command = if row["stream"] == "xz" { "unxz" } else { "bunzip2" };
                let notes = &input.notes;
                assert!(notes[0].text.en().contains(&format!("`{command} {name}`")), "{path}: {notes:?}");
                named += 1;
            } else if row["zip"].is_array() || row["tar"].is_array() || row["stream"] == "gzip" {
                wrong.push(format!("{path}: not opened: {input:?}"));
            }
            continue;
        };
        let rows = row["tar"].as_array().or(row["zip"].as_array());
        let expected: Vec<&str> = match rows {
            Some(rows) => rows.iter().map(|row| row["sha256"].as_str().unwrap_or_default()).collect(),
            None => vec![row["stream_out_sha256"].as_str().unwrap_or_default()],
        };
        // Python lists only the first members of a very long archive.
        if rows.is_some()
            && row["zip_count"].as_u64().unwrap_or(expected.len() as u64) != listing.members.len() as u64
        {
            wrong.push(format!("{path}: {} members instead of {}", listing.members.len(), expected.len()));
        }
        for (hash, one) in expected.iter().zip(&listing.members) {
            compared += 1;
            // What is not whole says so, and so does what is not read.
            if !hash.is_empty() && one.state == InputState::Read && one.sha256.as_deref() != Some(hash) {
                wrong.push(format!("{path}: {one:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(compared > 690 && named >= 9, "{compared} {named}");
}

/// Members whose names Python makes otherwise, and why ours are right: GNU tar 1.34 gives all of them as we do, except
/// that it forgets the path of the last one, as a later record says nothing of it.
const OTHERWISE_NAMED: &[(&str, &str, &str)] = &[
    ("gnu-incremental.tar", "test2/", "Python takes the times of a GNU header for a prefix"),
    ("gnu-incremental.tar", "test2/foo", "Python takes the times of a GNU header for a prefix"),
    ("invalid-go17.tar", "foo", "a GNU header has no prefix"),
    ("gnu-multi-hdrs.tar", "GNU2/GNU2/long-path-name", "of two long names the later one counts"),
    ("pax-multi-hdrs.tar", "PAX2/PAX2/long-path-name", "of two paths the later one counts"),
];

fn compare(path: &str, expected: &[Value], told: &[Unpacked], wrong: &mut Vec<String>) {
    if expected.len() != told.len() {
        wrong.push(format!("{path}: {} members instead of {}", told.len(), expected.len()));
        return;
    }
    for (row, one) in expected.iter().zip(told) {
        let name = row["name"].as_str().unwrap();
        let shown = &one.member.name;
        let raw: Vec<u8> = name.chars().flat_map(python_byte).collect();
        // Python cuts the slash behind a folder's name in a tar.
        let bare = shown.bytes.strip_suffix(b"/").filter(|_| row["type"] == "5");
        let otherwise =
            OTHERWISE_NAMED.iter().any(|(file, own, _)| path.ends_with(file) && *own == shown.text);
        if bare.unwrap_or(&shown.bytes) != raw
            && !otherwise
            && shown.text != name
            && code_page_437::decode(&shown.bytes) != name
        {
            wrong.push(format!("{path}: {name:?} is told as {shown:?}"));
        }
        if one.end.troubles == [Trouble::Sparse] {
            continue;
        }
        if let Some(error) = row["err"].as_str() {
            if one.end.troubles.is_empty() || !one.content.is_empty() {
                wrong.push(format!("{path}: {name}: {error}, and {:?}", one.end));
            }
            continue;
        }
        let cut = one.end.troubles == [Trouble::Cut];
        if !one.end.troubles.is_empty() && !cut {
            wrong.push(format!("{path}: {name}: {:?}", one.end));
        }
        // What has no content has no size here, whatever its header claims.
        let has_content = match one.member.kind {
            Kind::File | Kind::Other(_) => true,
            // A zip has a link's target as its content.
            Kind::SymbolicLink(None) => row["type"].is_null(),
            _ => false,
        };
        if row["size"].as_u64() != one.member.size && has_content {
            wrong.push(format!("{path}: {name}: {:?} bytes", one.member.size));
        }
        if let Some(hash) = row["sha256"].as_str().filter(|_| has_content && !cut)
            && hash != sha256(&one.content)
        {
            wrong.push(format!("{path}: {name}: another content"));
        }
    }
}

/// A character of a name as Python shows it.
fn python_byte(character: char) -> Vec<u8> {
    match u32::from(character) {
        code @ 0xf780..=0xf7ff => vec![(code - 0xf700) as u8],
        _ => character.to_string().into_bytes(),
    }
}

fn kinds(bytes: &[u8]) -> impl Iterator<Item = Archive> {
    archive::recognise(bytes).into_iter().filter(|kind| !matches!(kind, Archive::Packed(_)))
}

fn chunks_make_no_difference() {
    for (path, _, bytes) in samples() {
        for kind in kinds(&bytes) {
            let whole = streamed(kind, &bytes, 16 << 20, &wide());
            let sizes: &[usize] = if bytes.len() > 100_000 { &[977, 65_536] } else { &[1, 13, 512, 4096] };
            for chunk in sizes {
                assert!(streamed(kind, &bytes, *chunk, &wide()) == whole, "{path} in chunks of {chunk}");
            }
        }
    }
}

fn damaged_copies_do_no_harm() {
    let limits = ArchiveLimits { unpacked: 1 << 20, ..ArchiveLimits::default() };
    let mut number = 0x9e37_79b9_u32;
    let mut next = move || {
        number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        number as usize >> 4
    };
    for (path, _, bytes) in samples() {
        if bytes.is_empty() || bytes.len() > 300_000 {
            continue;
        }
        let Some(kind) = kinds(&bytes).next() else { continue };
        for _ in 0..20 {
            let mut copy = bytes.clone();
            for _ in 0..3 {
                let at = next() % copy.len();
                copy[at] ^= 1 << (next() % 8);
            }
            copy.truncate(copy.len() - next() % copy.len().min(64));
            let told: Told = streamed(kind, &copy, 1 + next() % 5000, &limits);
            assert!(told.members.len() <= 10_000, "{path}");
            by_directory(&copy, &limits);
        }
    }
}
