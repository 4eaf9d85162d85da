//! Elements of DER beside asn1-rs, in our certificates and bundles and in damaged copies of them.
//!
//! We read more: lengths that are not the shortest, and indefinite ones. What asn1-rs reads, we read the same way.

use vpn_phone_doctor::der;
use x509_parser::asn1_rs::{Any, FromBer, FromDer, Header};

use crate::{Check, files, mutants, own};

pub const CHECKS: &[Check] = &[
    ("der::elements_are_those_of_asn1_rs", "", elements_are_those_of_asn1_rs),
    ("der::damaged_elements_are_those_of_asn1_rs", "", damaged_elements_are_those_of_asn1_rs),
    ("der::certificates_of_others_are_those_of_asn1_rs", "../shared", certificates_of_others),
];

fn objects(folder: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let read = |path: std::path::PathBuf| (path.display().to_string(), std::fs::read(path).unwrap());
    files(folder).into_iter().map(read).filter(|(_, bytes)| bytes.first() == Some(&0x30)).collect()
}

fn own_objects() -> Vec<(String, Vec<u8>)> {
    let objects =
        [objects(&own("tests/samples/certificate")), objects(&own("tests/samples/keystore"))].concat();
    assert!(objects.len() > 3, "{}", objects.len());
    objects
}

fn elements_are_those_of_asn1_rs() {
    let compared: usize = own_objects().iter().map(|(path, bytes)| compare(path, bytes)).sum();
    assert!(compared > 300, "{compared}");
}

fn damaged_elements_are_those_of_asn1_rs() {
    for (path, bytes) in own_objects() {
        for seed in 0..200 {
            let (copy, how) = mutants::mutant(&bytes, seed);
            compare(&format!("{path}, {how}, seed {seed}"), &copy);
        }
    }
}

/// How many elements were compared.
fn compare(path: &str, bytes: &[u8]) -> usize {
    let (mut open, mut compared) = (vec![bytes], 0);
    while let Some(content) = open.pop() {
        let mut rest = content;
        while !rest.is_empty() {
            let ours = der::element(rest);
            let strict = Any::from_der(rest);
            if let Ok((behind, theirs)) = &strict {
                let element = ours.unwrap_or_else(|fault| panic!("{path}: {fault:?} at {rest:02x?}"));
                assert_eq!(element.whole.len(), rest.len() - behind.len(), "{path}");
                assert_eq!(element.content, theirs.data, "{path}");
                compared += 1;
            }
            // Where the length is definite, what is not strict is read the same as well.
            let definite = Header::from_ber(rest).is_ok_and(|(_, header)| header.length().is_definite());
            if let (Ok((behind, theirs)), Ok(element), true) = (Any::from_ber(rest), ours, definite) {
                assert_eq!(element.whole.len(), rest.len() - behind.len(), "{path}");
                assert_eq!(element.content, theirs.data, "{path}");
            }
            let Ok(element) = ours else { break };
            if element.tag & 0x20 != 0 {
                open.push(element.content);
            }
            rest = &rest[element.whole.len()..];
        }
        if compared > 20_000 {
            break;
        }
    }
    compared
}

fn certificates_of_others() {
    let mut open = vec![own("../shared/samples/certificates")];
    let (mut read, mut compared) = (0, 0);
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).unwrap().flatten().map(|entry| entry.path()) {
            if entry.is_dir() {
                open.push(entry);
                continue;
            }
            let bytes = std::fs::read(&entry).unwrap();
            if bytes.first() == Some(&0x30) {
                read += 1;
                compared += compare(&entry.display().to_string(), &bytes);
            }
        }
    }
    println!("{compared} elements of {read} files");
    assert!(compared > 1000, "{compared}");
}
