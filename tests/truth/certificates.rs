//! Certificates against an independent truth: OpenSSL's command line and python's `cryptography` over the same files.
//!
//! Each check takes a folder that holds `truth.jsonl` (a row a file, made by `tests/samples/make.py`) and the files.
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use vpn_phone_doctor::documents::Content;
use vpn_phone_doctor::documents::certificate::{Certificate, Fields};
use vpn_phone_doctor::input::InputState;
use vpn_phone_doctor::intake::{self, Reading};
use vpn_phone_doctor::limits::Limits;

/// Every row of the truth with its file's bytes.
pub fn truth(folder: &Path) -> Vec<(Value, Vec<u8>)> {
    let text = std::fs::read_to_string(folder.join("truth.jsonl"));
    let text = text.unwrap_or_else(|_| panic!("no truth.jsonl in {}", folder.display()));
    let rows = text.lines().filter_map(|line| {
        let row: Value = serde_json::from_str(line).unwrap();
        // The truth may have been made over more files than are handed out.
        let bytes = std::fs::read(folder.join(row["path"].as_str().unwrap())).ok()?;
        Some((row, bytes))
    });
    let rows: Vec<(Value, Vec<u8>)> = rows.collect();
    assert!(!rows.is_empty(), "{} holds no file of its truth", folder.display());
    rows
}

/// A name that tells nothing, so that only the content can.
pub fn read(bytes: &[u8]) -> Reading {
    intake::read("x", bytes, &Limits::default())
}

fn certificates(reading: &Reading) -> Vec<&Certificate> {
    let content = reading.documents.iter().map(|document| &document.content);
    content
        .filter_map(|content| match content {
            Content::Certificate(certificate) => Some(certificate.as_ref()),
            _ => None,
        })
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The hash that OpenSSL prints: over the first element, where bytes follow it.
fn true_sha1(certificate: &Value) -> Option<&str> {
    certificate["sha1_first_tlv"].as_str().or(certificate["sha1"].as_str())
}

fn is_cisco_hex(certificate: &Value) -> bool {
    certificate["label"].as_str().is_some_and(|label| label.starts_with("cisco-hex"))
}

pub fn every_hash_is_the_true_one(folder: &Path) {
    let (mut right, mut skipped, mut misses) = (0, 0, Vec::new());
    for (row, bytes) in truth(folder) {
        let reading = read(&bytes);
        let found = certificates(&reading);
        for certificate in row["certs"].as_array().unwrap() {
            if is_cisco_hex(certificate) {
                println!("skipped: {} is a block of a configuration", row["path"]);
                continue;
            }
            let Some(sha1) = true_sha1(certificate) else { continue };
            if certificate["verdict"] == "neither" && found.is_empty() {
                // No certificate at all: a key, a request, a revocation list; another test asks for the reason.
                skipped += 1;
                continue;
            }
            let base64 =
                certificate["sha1_first_tlv"].is_null().then(|| certificate["sha1_b64"].as_str().unwrap());
            let hit = found.iter().any(|own| {
                hex(&own.sha1) == sha1 && base64.is_none_or(|text| STANDARD.encode(own.sha1) == text)
            });
            let whole = certificate["sha1_first_tlv"].is_null();
            let others = found.iter().find(|own| hex(&own.sha1) == sha1).is_some_and(|own| {
                !whole
                    || hex(&own.md5) == certificate["md5"].as_str().unwrap()
                        && hex(&own.sha256) == certificate["sha256"].as_str().unwrap()
            });
            if hit && others {
                right += 1;
            } else {
                misses.push(format!("{} {sha1}", row["path"]));
            }
        }
    }
    println!("{right} hashes right, {skipped} objects that are no certificates");
    assert!(misses.is_empty(), "{} misses:\n{}", misses.len(), misses.join("\n"));
}

pub fn fields_are_those_of_openssl(folder: &Path) {
    let (mut checked, mut misses) = (0, Vec::new());
    for (row, bytes) in truth(folder) {
        let reading = read(&bytes);
        let found = certificates(&reading);
        for certificate in row["certs"].as_array().unwrap() {
            if is_cisco_hex(certificate)
                || !matches!(certificate["verdict"].as_str(), Some("both" | "openssl-only"))
            {
                continue;
            }
            let sha1 = true_sha1(certificate).unwrap();
            let own = found.iter().find(|own| hex(&own.sha1) == sha1);
            let Some(fields) = own.and_then(|own| own.fields.as_ref()) else {
                misses.push(format!("{}: no fields", row["path"]));
                continue;
            };
            for (what, own, theirs) in compared(fields, &certificate["openssl"]) {
                checked += 1;
                if own != theirs {
                    misses.push(format!("{} {what}: {own:?} is {theirs:?}", row["path"]));
                }
            }
        }
    }
    let share = misses.len() as f64 / f64::from(checked.max(1));
    println!("{checked} fields, {} misses:\n{}", misses.len(), misses.join("\n"));
    assert!(share <= 0.005, "{} of {checked} differ:\n{}", misses.len(), misses.join("\n"));
}

/// Each field: its name, ours, OpenSSL's, both normalised.
fn compared(fields: &Fields, openssl: &Value) -> Vec<(&'static str, String, String)> {
    let text = |name: &str| openssl[name].as_str().unwrap_or_default().to_owned();
    let date = |seconds: Option<i64>| seconds.map_or("none".to_owned(), |seconds| seconds.to_string());
    let mut rows = vec![
        ("subject", fields.subject.clone(), text("subject")),
        ("issuer", fields.issuer.clone(), text("issuer")),
        ("serial", serial(&fields.serial), serial(&text("serial"))),
        ("not before", date(fields.not_before), date(openssl_date(&text("notbefore")))),
        ("not after", date(fields.not_after), date(openssl_date(&text("notafter")))),
        ("names", own_names(fields).join(" "), openssl_names(&text("san")).join(" ")),
    ];
    let algorithm = text("sigalg");
    // The truth keeps the first word of a name only.
    if algorithm != "GOST" {
        rows.push(("signature", fields.signature.clone(), algorithm));
    }
    if let Some(bits) = openssl["bits"].as_u64()
        && matches!(fields.key.split_once(' '), Some(("RSA" | "DSA" | "RSA-PSS", _)))
    {
        rows.push(("key", fields.key.rsplit(' ').next().unwrap().to_owned(), bits.to_string()));
    }
    if let Some(ca) = openssl["ca"].as_str() {
        rows.push(("ca", fields.ca.to_string().to_uppercase(), ca.to_owned()));
    }
    rows
}

fn serial(hex: &str) -> String {
    let lower = hex.to_lowercase();
    let (sign, digits) = lower.strip_prefix('-').map_or(("", lower.as_str()), |digits| ("-", digits));
    let digits = digits.trim_start_matches('0');
    format!("{sign}{}", if digits.is_empty() { "0" } else { digits })
}

/// Seconds since 1970 of `Oct 31 00:00:00 2013 GMT`; `None` of `Bad time value`.
fn openssl_date(text: &str) -> Option<i64> {
    let [month, day, clock, year, "GMT"] = *text.split_whitespace().collect::<Vec<_>>() else { return None };
    let clock = clock.split('.').next()?;
    let month = vpn_phone_doctor::time::Stamp::month(month)?;
    let date = time::Date::from_calendar_date(
        year.parse().ok()?,
        time::Month::try_from(month).ok()?,
        day.parse().ok()?,
    );
    let micros = vpn_phone_doctor::time::Stamp::clock(clock)?;
    Some(date.ok()?.midnight().assume_utc().unix_timestamp() + i64::try_from(micros / 1_000_000).ok()?)
}

/// DNS names and addresses as they are, of the other names their kinds.
fn own_names(fields: &Fields) -> Vec<String> {
    let hosts = fields.dns_names.iter().map(|host| format!("DNS:{host}"));
    let addresses = fields.addresses.iter().map(|address| format!("IP:{address}"));
    let others = fields.other_names.iter().map(|name| plain_name(name));
    let mut names: Vec<String> = hosts.chain(addresses).chain(others).collect();
    names.sort();
    names
}

fn openssl_names(line: &str) -> Vec<String> {
    const KINDS: [&str; 9] = [
        "DNS:",
        "IP Address:",
        "email:",
        "URI:",
        "DirName:",
        "othername:",
        "Registered ID:",
        "X400Name:",
        "EdiPartyName:",
    ];
    let mut names: Vec<String> = Vec::new();
    for part in line.split(", ") {
        if KINDS.iter().any(|kind| part.starts_with(kind)) {
            names.push(part.to_owned());
        } else if let Some(last) = names.last_mut() {
            last.push_str(", ");
            last.push_str(part);
        } else if !part.is_empty() {
            names.push(part.to_owned());
        }
    }
    let mut names: Vec<String> = names.iter().map(|name| plain_name(name)).collect();
    names.sort();
    names
}

fn plain_name(name: &str) -> String {
    if let Some(address) = name.strip_prefix("IP Address:") {
        let parsed = address.parse::<std::net::IpAddr>();
        return format!("IP:{}", parsed.map_or(address.to_owned(), |address| address.to_string()));
    }
    match name.split_once(':') {
        Some(("Registered ID" | "RID", _)) => "RID".to_owned(),
        Some((kind @ ("DirName" | "othername" | "X400Name" | "EdiPartyName"), _)) => kind.to_owned(),
        _ => name.to_owned(),
    }
}

pub fn every_bad_file_says_what_is_wrong(folder: &Path) {
    let mut silent = Vec::new();
    let mut told = 0;
    for (row, bytes) in truth(folder) {
        let path = row["path"].as_str().unwrap();
        let reading = read(&bytes);
        let bad = |certificate: &Value| certificate["sha1"].is_null() || certificate["verdict"] == "neither";
        let rows = row["certs"].as_array().unwrap();
        if !rows.is_empty() && !rows.iter().any(bad) {
            continue;
        }
        let input = &reading.inputs[0];
        let noted = !input.notes.is_empty()
            || input.state == InputState::Unrecognised && !input.because.en().is_empty();
        let noted = noted || certificates(&reading).iter().any(|certificate| !certificate.notes.is_empty());
        // What the truth could not read, but this can, needs no note.
        let read_after_all = certificates(&reading).iter().any(|certificate| certificate.fields.is_some());
        if noted || read_after_all {
            told += 1;
            for note in &input.notes {
                println!("{path}: {}", note.text.en());
                assert!(!note.text.en().is_empty() && !note.text.de().is_empty());
            }
        } else {
            silent.push(path.to_owned());
        }
    }
    println!("{told} bad files told");
    assert!(silent.is_empty(), "silent:\n{}", silent.join("\n"));
}

pub fn damaged_copies_do_no_harm(folder: &Path) {
    let mut random = Random(1);
    let mut read_copies = 0;
    for (_, bytes) in truth(folder) {
        // Large bundles are many certificates of the same kind: a part of them is enough.
        let bytes = bytes.get(..bytes.len().min(16 << 10)).unwrap();
        for _ in 0..20 {
            read(&damaged(bytes, &mut random));
            read_copies += 1;
        }
    }
    println!("{read_copies} damaged copies read");
}

/// A small generator of numbers that are the same in every run (xorshift, Marsaglia 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

/// One of: cut, bits turned, zeros, length bytes of ff, a part doubled, bytes put in.
fn damaged(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut copy = bytes.to_vec();
    let at = random.below(copy.len());
    let end = |length: usize| (at + length).min(bytes.len());
    match random.below(6) {
        0 => copy.truncate(at),
        1 if !copy.is_empty() => {
            for _ in 0..=random.below(8) {
                let place = random.below(copy.len());
                copy[place] ^= 1 << random.below(8);
            }
        }
        2 => copy[at..end(1 + random.below(63))].fill(0),
        3 => copy[at..end(4)].fill(0xff),
        4 => {
            let part = copy[at..end(1 + random.below(511))].to_vec();
            copy.splice(at..at, part);
        }
        _ => {
            let noise: Vec<u8> =
                (0..=random.below(31)).map(|_| u8::try_from(random.below(256)).unwrap()).collect();
            copy.splice(at..at, noise);
        }
    }
    copy
}
