//! Fingerprints as OpenSSL prints them.

use std::path::{Path, PathBuf};

use vpn_phone_doctor::documents::Content;
use vpn_phone_doctor::fingerprint::colons;
use vpn_phone_doctor::intake;
use vpn_phone_doctor::limits::Limits;

use crate::{Check, files, folder, own, said};

pub const CHECKS: &[Check] =
    &[("hashes::every_fingerprint_is_openssls", "openssl", every_fingerprint_is_openssls)];

fn every_fingerprint_is_openssls() {
    let made = folder("hashes");
    let mut compared = 0;
    for pem in files(&own("tests/fixtures"))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "pem"))
    {
        let der = made.join("it.der");
        let words = ["x509", "-in", pem.to_str().unwrap(), "-outform", "DER", "-out", der.to_str().unwrap()];
        said("openssl", &words, &made);
        for path in [&pem, &der] {
            for (algorithm, ours) in ["-md5", "-sha1", "-sha256"].into_iter().zip(of(path)) {
                assert_eq!(ours, openssls(path, algorithm, &made), "{} {algorithm}", path.display());
                compared += 1;
            }
        }
    }
    assert!(compared > 100, "{compared}");
}

fn of(path: &PathBuf) -> [String; 3] {
    let reading = intake::read("x", &std::fs::read(path).unwrap(), &Limits::default());
    let certificate = reading.documents.iter().find_map(|document| match &document.content {
        Content::Certificate(certificate) => Some(certificate),
        _ => None,
    });
    let certificate = certificate.unwrap_or_else(|| panic!("{}: {:?}", path.display(), reading.inputs));
    [colons(&certificate.md5), colons(&certificate.sha1), colons(&certificate.sha256)]
}

/// What stands behind `Fingerprint=`.
fn openssls(path: &Path, algorithm: &str, folder: &Path) -> String {
    let words = ["x509", "-in", path.to_str().unwrap(), "-noout", "-fingerprint", algorithm];
    let printed = String::from_utf8(said("openssl", &words, folder)).unwrap();
    printed.trim().split_once('=').unwrap().1.to_owned()
}
