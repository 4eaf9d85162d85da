//! Redaction of public configurations.

use vpn_phone_doctor::report::redact::{Addresses, redact};
use vpn_phone_doctor::report::{Form, render};
use vpn_phone_doctor::text::Lang;

use crate::Check;
use crate::quoting::quoted;

/// Public configurations: none of their secrets is left. They are not part of the project.
pub fn no_secret_of_a_public_configuration_is_left() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/samples/asa/configs");
    let Ok(files) = std::fs::read_dir(folder) else {
        println!("{folder} is missing: no public configuration was tried");
        return;
    };
    let (mut withheld, mut words) = (0, 0);
    for file in files.flatten() {
        let Ok(text) = std::fs::read_to_string(file.path()) else { continue };
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let files = [("asa.cfg".to_owned(), text.clone())];
        let redacted = redact(&quoted(&files), Addresses::Opaque, [7; 32]).diagnosis;
        let report = render(&redacted, Form::Text, Lang::En);
        withheld += report.matches('⟨').count();
        words += report.split_whitespace().count();
        for line in lines {
            for before in [" password ", "pre-shared-key ", "passwd ", " community ", "ldap-login-password "]
            {
                let value = line.split_once(before).and_then(|(_, rest)| rest.split_whitespace().next());
                let Some(value) = value.filter(|value| value.len() > 6 && !value.starts_with('*')) else {
                    continue;
                };
                if ["encrypted", "timeout", "expired", "password"].iter().any(|word| value.contains(word)) {
                    continue;
                }
                let left = report.lines().find(|line| line.contains(value));
                assert_eq!(left, None, "{}: {value}", file.path().display());
            }
        }
    }
    assert!(withheld > 0 && withheld < words, "{withheld} of {words} words are withheld");
}

/// Every check of this file, by name.
pub const CHECKS: &[Check] =
    &[("no_secret_of_a_public_configuration_is_left", no_secret_of_a_public_configuration_is_left)];
