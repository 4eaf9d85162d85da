//! Certificates as PEM, DER and bundles.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{Case, Class, case, file, text};

/// What the cases are made from.
pub const SAMPLES: [&str; 6] = [
    "fixtures/vpn.pem",
    "fixtures/phone-mic-sha2.pem",
    "fixtures/vpn-elliptic.pem",
    "samples/certificate/ca.pem",
    "samples/certificate/vpn.der",
    "samples/certificate/chain.p7b",
];

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for name in SAMPLES.iter().filter(|name| name.ends_with(".pem")) {
        armoured(name, &text(name), &mut cases);
    }
    for name in [
        "samples/certificate/vpn.der",
        "samples/certificate/issued.crt",
        "samples/certificate/vpn-elliptic.crt",
    ] {
        binary(name, &file(name), &mut cases);
    }
    bundles(&mut cases);
    cases.extend([
        case("key", "nothing but a key", pem("PRIVATE KEY", b"secretsecretsecret"), Class::Secret),
        case("key store", "whole", file("samples/keystore/store.p12"), Class::Secret),
    ]);
    let store = file("samples/keystore/store.p12");
    for part in [2, 4, 8] {
        let cut = &store[..store.len() - store.len() / part];
        cases.push(case("key store", &format!("without its last {part}th"), cut, Class::Secret));
    }
    cases
}

fn pem(label: &str, bytes: &[u8]) -> String {
    let body = STANDARD.encode(bytes);
    let lines: Vec<&str> =
        body.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

fn der(pem: &str) -> Vec<u8> {
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    STANDARD.decode(body).unwrap()
}

fn armoured(name: &str, whole: &str, cases: &mut Vec<Case>) {
    let mut add = |damage: &str, bytes: String, class| cases.push(case(name, damage, bytes, class));
    let lines: Vec<&str> = whole.lines().collect();
    let last = lines.len() - 1;
    for kept in [2, 3, last / 2, last - 1] {
        add(&format!("the first {kept} lines alone"), lines[..kept].join("\n"), Class::Cut);
    }
    for lost in [2, last / 2, last - 1] {
        let rest: Vec<&str> =
            lines.iter().enumerate().filter(|(at, _)| *at != lost).map(|(_, line)| *line).collect();
        add(&format!("without line {}", lost + 1), rest.join("\n"), Class::Cut);
    }
    add("without the END line", lines[..last].join("\n"), Class::Remark);
    for sign in ['!', '*', 'ä', '\u{0}'] {
        let mut damaged = lines.clone();
        let line = damaged[2].replacen(damaged[2].get(9..10).unwrap(), &sign.to_string(), 1);
        damaged[2] = &line;
        add(&format!("with {sign:?} in line 3"), damaged.join("\n"), Class::Encoding);
    }
    for at in [1, last / 2] {
        let mut damaged = lines.clone();
        let line = format!("{}=", &damaged[at][..damaged[at].len() - 1]);
        damaged[at] = &line;
        add(&format!("with padding in the middle, in line {}", at + 1), damaged.join("\n"), Class::Encoding);
    }
    let mut damaged = lines.clone();
    let line = damaged[2][..damaged[2].len() - 1].to_owned();
    damaged[2] = &line;
    // Of four signs one is no byte; two or three are, a byte less than there should be.
    let class = if lines[last - 1].ends_with("==") { Class::Encoding } else { Class::Cut };
    add("one character lost", damaged.join("\n"), class);
    add("another END", whole.replace("END CERTIFICATE", "END PKCS7"), Class::Remark);
    add("emptied", format!("{}\n{}\n", lines[0], lines[last]), Class::Missing);

    let bytes = der(whole);
    let changed = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut copy = bytes.clone();
        change(&mut copy);
        pem("CERTIFICATE", &copy)
    };
    add(
        "the outer length too large by one",
        changed(&|copy| copy[3] = copy[3].wrapping_add(1)),
        Class::Length,
    );
    add("the outer length huge", changed(&|copy| copy[2] = 0xff), Class::Length);
    add("the outer tag of an integer", changed(&|copy| copy[0] = 2), Class::Tag);
    add("the inner tag of a text", changed(&|copy| copy[4] = 0x0c), Class::Tag);
    add("nothing but text inside", pem("CERTIFICATE", b"this is a text, not DER"), Class::Tag);
    add("bytes behind it", changed(&|copy| copy.extend([0; 7])), Class::Remark);
}

fn binary(name: &str, whole: &[u8], cases: &mut Vec<Case>) {
    let mut add = |damage: &str, bytes: Vec<u8>, class| cases.push(case(name, damage, bytes, class));
    for hundredth in [10, 25, 50, 75, 90, 99] {
        let end = (whole.len() * hundredth / 100).max(20);
        add(&format!("cut at {hundredth} %"), whole[..end].to_vec(), Class::Cut);
    }
    add("cut by one byte", whole[..whole.len() - 1].to_vec(), Class::Cut);
    let changed = |at: usize, value: u8| {
        let mut copy = whole.to_vec();
        copy[at] = value;
        copy
    };
    add("the outer length huge", changed(2, 0xff), Class::Length);
    add("the length of what is signed huge", changed(6, 0xff), Class::Length);
    add("the inner tag of a text", changed(4, 0x0c), Class::Tag);
    add("bytes behind it", [whole, &[0; 9]].concat(), Class::Remark);
}

fn bundles(cases: &mut Vec<Case>) {
    for name in ["samples/certificate/chain.p7b", "samples/certificate/chain-ber.p7b"] {
        let whole = file(name);
        let mut add = |damage: &str, bytes: Vec<u8>, class| cases.push(case(name, damage, bytes, class));
        for hundredth in [5, 25, 50, 75] {
            let end = whole.len() * hundredth / 100;
            add(&format!("cut at {hundredth} %"), whole[..end].to_vec(), Class::Cut);
        }
        // signedData is 1.2.840.113549.1.7.2; data and envelopedData hold no certificates in the clear.
        let oid =
            whole.windows(9).position(|part| part == [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2]).unwrap();
        for (kind, what) in [(1, "data"), (3, "envelopedData"), (99, "an unknown content")] {
            let mut copy = whole.clone();
            copy[oid + 8] = kind;
            add(&format!("holding {what}"), copy, Class::NotSigned);
        }
    }
    let ber = file("samples/certificate/chain-ber.p7b");
    cases.push(case("bundle", "with indefinite lengths", ber, Class::Remark));
}
