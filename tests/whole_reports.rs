//! The whole text report of a story, as a person reads it, in both languages. What changes in it is seen in a review;
//! `UPDATE_EXPECT=1 cargo test --test whole_reports` writes the files anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::fs;
use std::path::Path;

use expect_test::expect_file;
use vpn_phone_doctor::diagnose::{Said, diagnose};
use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::intake;
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::report::redact::{Addresses, redact};
use vpn_phone_doctor::report::{Form, render};
use vpn_phone_doctor::text::Lang;
use vpn_phone_doctor::time::parse_rfc3339;

/// The example that the page opens: a certificate was replaced on the ASA.
fn replaced_certificate() -> Diagnosis {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/examples/replaced-certificate");
    let mut names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    let readings: Vec<_> = names
        .iter()
        .map(|name| {
            intake::read(&name.to_string_lossy(), &fs::read(folder.join(name)).unwrap(), &Limits::default())
        })
        .collect();
    diagnose(&readings, &Said::new(), parse_rfc3339("2026-11-24T12:00:00Z").unwrap())
}

#[test]
fn the_example_reads_as_it_did() {
    let case = replaced_certificate();
    expect_file!["wanted/replaced-certificate.en.txt"].assert_eq(&render(&case, Form::Text, Lang::En));
    expect_file!["wanted/replaced-certificate.de.txt"].assert_eq(&render(&case, Form::Text, Lang::De));
}

#[test]
fn the_example_reads_redacted_as_it_did() {
    let redacted = redact(&replaced_certificate(), Addresses::Opaque, [7; 32]).diagnosis;
    expect_file!["wanted/replaced-certificate.redacted.en.txt"].assert_eq(&render(
        &redacted,
        Form::Text,
        Lang::En,
    ));
    expect_file!["wanted/replaced-certificate.redacted.md"].assert_eq(&render(
        &redacted,
        Form::Markdown,
        Lang::En,
    ));
}
