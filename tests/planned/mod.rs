//! Files of an ASA and its phones before a change, and what a plan makes of them.

#![allow(
    dead_code,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    missing_docs,
    reason = "helpers of tests, each of which uses some"
)]

use std::fs;
use std::path::Path;

use vpn_phone_doctor::case::Said;
use vpn_phone_doctor::diagnose::diagnose;
use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::intake::{self, Reading};
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::plan::{Change, Plan, plan};
use vpn_phone_doctor::time::parse_rfc3339;

pub const NEW_LOAD: &str = "sip88xx.12-5-1SR2-2";
pub const OLD_LOAD: &str = "SIP45.9-4-2SR3-1S";

pub fn fixture(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap()
}

pub fn der(pem: &str) -> Vec<u8> {
    use base64::Engine;
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    base64::engine::general_purpose::STANDARD.decode(body).unwrap()
}

pub fn hash(pem: &str) -> String {
    use base64::Engine;
    use sha1::Digest;
    base64::engine::general_purpose::STANDARD.encode(sha1::Sha1::digest(der(pem)))
}

pub fn chain(trustpoint: &str, kind: &str, pem: &str) -> String {
    let mut text = format!("crypto ca certificate chain {trustpoint}\n certificate {kind}0a1b\n");
    for line in der(pem).chunks(16) {
        let digits: String = line.iter().map(|byte| format!("{byte:02x}")).collect();
        text.push_str(&format!("    {digits}\n"));
    }
    text + "  quit\n"
}

/// A whole ASA whose phones log in with certificates of `ca`.
pub fn asa(release: &str, ssl: &str, identity: &str, ca: &str) -> String {
    let ca = if ca.is_empty() {
        String::new()
    } else {
        format!("crypto ca trustpoint CA\n enrollment terminal\n{}", chain("CA", "ca ", ca))
    };
    format!(
        "ASA Version {release}\nhostname asa\ninterface GigabitEthernet0/0\n nameif outside\n ip address 192.0.2.1 255.255.255.0\n\
         ip local pool PHONES 198.51.100.1-198.51.100.50 mask 255.255.255.0\n\
         crypto ca trustpoint PHONES\n enrollment terminal\n{}{ca}{ssl}ssl trust-point PHONES outside\n\
         webvpn\n enable outside\n anyconnect image disk0:/anyconnect-win-4.10.pkg 1\n anyconnect enable\n\
         group-policy PHONES internal\ngroup-policy PHONES attributes\n vpn-simultaneous-logins 3\n vpn-tunnel-protocol ssl-client\n vpn-filter none\n group-lock none\n split-tunnel-policy tunnelall\n dns-server value 198.51.100.53\n\
         tunnel-group PHONES type remote-access\ntunnel-group PHONES general-attributes\n address-pool PHONES\n default-group-policy PHONES\n\
         tunnel-group PHONES webvpn-attributes\n authentication certificate\n group-url https://vpn.example.com/Phones enable\n: end\n",
        chain("PHONES", "", identity)
    )
}

pub fn phone(load: &str, hash: &str, check: &str) -> String {
    format!(
        "<device><loadInformation>{load}</loadInformation><vpnGroup><enableHostIDCheck>{check}</enableHostIDCheck><authMethod>2</authMethod>\
         <addresses><url1>https://vpn.example.com/Phones</url1></addresses>\
         <credentials><hashAlg>0</hashAlg><certHash1>{hash}</certHash1></credentials></vpnGroup></device>"
    )
}

pub const SEP: &str = "SEP001122334455.cnf.xml";

/// A log that shows the phone's session.
pub fn session(model: &str) -> String {
    format!(
        "Nov 23 2026 10:00:04 asa : %ASA-4-722051: Group <PHONES> User <CP-{model}-SEP001122334455> IP <203.0.113.9> Address <198.51.100.7> assigned to session\n"
    )
}

pub fn now() -> i64 {
    parse_rfc3339("2026-11-24T12:00:00Z").unwrap()
}

pub fn readings(files: &[(&str, &str)]) -> Vec<Reading> {
    let limits = Limits { keep_lines: true, ..Limits::default() };
    files.iter().map(|(name, text)| intake::read(name, text.as_bytes(), &limits)).collect()
}

pub fn diagnosed(files: &[(&str, &str)]) -> Diagnosis {
    diagnose(&readings(files), &Said::new(), now())
}

/// `KEY=VALUE`, or a key and the text of its file.
pub fn change(key: &str, value: &str, file: Option<&str>) -> Change {
    let key = Change::key(key).unwrap();
    match file {
        Some(text) => Change::of_file(key, value, text.as_bytes()).unwrap(),
        None => Change::of_value(key, value).unwrap(),
    }
}

pub fn planned(files: &[(&str, &str)], changes: &[Change]) -> Plan {
    plan(&readings(files), &Said::new(), now(), changes, false)
}

pub fn borrowed<'f>(files: &'f [(&'f str, String)]) -> Vec<(&'f str, &'f str)> {
    files.iter().map(|(name, text)| (*name, text.as_str())).collect()
}
