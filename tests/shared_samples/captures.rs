//! Packet captures, against what Wireshark says of the same files, and recorded failures against the rules that they show.
use std::collections::BTreeSet;
use std::net::SocketAddr;

use serde_json::Value;
use sha1::{Digest, Sha1};
use vpn_phone_doctor::capture::conversation::Transport;
use vpn_phone_doctor::capture::tls::{Message, Side};
use vpn_phone_doctor::capture::{Capture, Traffic};
use vpn_phone_doctor::case::Said;
use vpn_phone_doctor::diagnose::diagnose;
use vpn_phone_doctor::intake;
use vpn_phone_doctor::limits::Limits;

use crate::{Check, shared};

pub const CHECKS: &[Check] = &[
    ("packets_are_counted_like_wireshark_does", packets_are_counted_like_wireshark_does),
    ("certificates_hellos_and_alerts_are_wiresharks", certificates_hellos_and_alerts_are_wiresharks),
    ("chunks_of_any_size_read_the_same", chunks_of_any_size_read_the_same),
    ("recordings_tell_their_rules_and_no_others", recordings_tell_their_rules_and_no_others),
];

fn rows(folder: &str) -> Vec<Value> {
    let truth =
        std::fs::read_to_string(shared().join("samples/captures").join(folder).join("truth.jsonl")).unwrap();
    truth.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Every file of the truth that is no gzip: those are archives, and their members are captures.
fn files() -> Vec<(String, Vec<u8>, Value)> {
    let read = |row: Value| {
        let path = row["path"].as_str().unwrap().to_owned();
        let bytes = std::fs::read(shared().join("samples/captures").join(&path)).unwrap();
        (!bytes.starts_with(&[0x1f, 0x8b])).then_some((path, bytes, row))
    };
    let files: Vec<_> = rows("").into_iter().filter_map(read).collect();
    assert!(files.len() > 300, "{}", files.len());
    files
}

fn read(bytes: &[u8], chunk: usize) -> Traffic {
    let mut capture = Capture::default();
    bytes.chunks(chunk).for_each(|chunk| capture.push(chunk));
    capture.finish()
}

fn packets_are_counted_like_wireshark_does() {
    for (path, bytes, row) in files() {
        // A file that capinfos cannot read to its end states no count of its own.
        if row["capinfos_rc"] == 0 && row["packets"].is_string() {
            let counted = read(&bytes, 1 << 20).counts.packets.to_string();
            assert_eq!(Some(counted.as_str()), row["packets"].as_str(), "{path}");
        }
    }
}

/// What is compared of one file: each entry names the kind, the sender and what was sent.
fn ours(traffic: &Traffic) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for conversation in &traffic.conversations {
        let name = |end: SocketAddr| format!("{}:{}", end.ip(), end.port());
        let protocol = if conversation.transport == Transport::Tcp { "tls" } else { "dtls" };
        for (_, side, message) in conversation.tls() {
            let from = if side == Side::Client { conversation.client } else { conversation.server };
            let from = name(from);
            match message {
                Message::ClientHello(hello) if !hello.ssl2 => {
                    let suites: Vec<String> =
                        hello.suites.iter().map(|suite| format!("0x{suite:04x}")).collect();
                    let (version, server) = (hello.version, &hello.server_name);
                    all.insert(format!("hello {from} 0x{version:04x} {} {server}", suites.join(",")));
                }
                Message::ServerHello(hello) => {
                    all.insert(format!("chosen {from} 0x{:04x} 0x{:04x}", hello.version, hello.suite));
                }
                Message::Certificate(ders) => {
                    all.extend(ders.iter().map(|der| {
                        let hash: [u8; 20] = Sha1::digest(der).into();
                        let digits: Vec<String> = hash.iter().map(|byte| format!("{byte:02x}")).collect();
                        format!("certificate {}", digits.concat())
                    }));
                }
                Message::Alert { level, code } => {
                    all.insert(format!("alert {protocol} {from} {level} {code}"));
                }
                _ => {}
            }
        }
    }
    all
}

/// The same of Wireshark's events. Frames with several hellos do not say which suite is whose, and are left out.
fn wiresharks(row: &Value, plain_only: bool) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for event in row["events"].as_array().into_iter().flatten() {
        if plain_only && event["plain"] != true {
            continue;
        }
        for protocol in ["tls", "dtls"] {
            let told = &event[protocol];
            let list = |key: &str| -> Vec<&str> {
                told[key].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
            };
            let word = |key: &str| event[key].as_str().unwrap_or_default().to_owned();
            let from = format!("{}:{}", word("src"), word("sport"));
            let types = list("hs_types");
            let count = |kind: &str| types.iter().filter(|one| **one == kind).count();
            let version = list("hs_version").first().copied().unwrap_or_default();
            if count("1") == 1 && count("2") == 0 && !version.is_empty() {
                let server = list("sni").first().copied().unwrap_or_default();
                all.insert(format!("hello {from} {version} {} {server}", list("ciphersuite").join(",")));
            }
            if count("2") == 1 && count("1") == 0 && !version.is_empty() {
                let suite = list("ciphersuite").first().copied().unwrap_or_default();
                all.insert(format!("chosen {from} {version} {suite}"));
            }
            for certificate in told["certs"].as_array().into_iter().flatten() {
                all.insert(format!("certificate {}", certificate["sha1"].as_str().unwrap()));
            }
            for (level, code) in list("alert_level").iter().zip(list("alert_desc")) {
                all.insert(format!("alert {protocol} {from} {level} {code}"));
            }
        }
    }
    all
}

/// Files with the keys of their sessions: Wireshark shows what they hide.
const DECRYPTED: &[&str] =
    &["dtls12-aes128ccm8-dsb.pcapng", "http2-brotli.pcapng", "http2_follow_multistream.pcapng"];
/// TLS that stands in the file and that Wireshark takes for another protocol, or takes for none.
const NOT_TAKEN_FOR_TLS: &[&str] = &[
    "postgresql__",
    "rdp__",
    "tls__https-to-http",
    "tls__irc-starttls",
    "tls__ssl-to-http-server",
    "tls-fragmented",
];

fn certificates_hellos_and_alerts_are_wiresharks() {
    let (mut wanted, mut found) = (0, 0);
    let mut wrong = Vec::new();
    for (path, bytes, row) in files() {
        let ours = ours(&read(&bytes, 1 << 20));
        let plain = wiresharks(&row, true);
        if !DECRYPTED.iter().any(|name| path.ends_with(name)) {
            wanted += plain.len();
            found += plain.intersection(&ours).count();
        }
        let any = wiresharks(&row, false);
        if !NOT_TAKEN_FOR_TLS.iter().any(|name| path.contains(name)) {
            // A frame with several hellos is compared by its certificates and alerts alone.
            let extra = ours.difference(&any);
            wrong.extend(
                extra
                    .filter(|entry| entry.starts_with("certificate") || entry.starts_with("alert"))
                    .map(|entry| format!("{path}: {entry}")),
            );
        }
    }
    assert!(wanted > 400 && found * 100 >= wanted * 99, "{found} of {wanted}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn chunks_of_any_size_read_the_same() {
    for (path, bytes, _) in files() {
        let whole = format!("{:?}", read(&bytes, bytes.len().max(1)));
        for chunk in [61, 4096] {
            assert!(whole == format!("{:?}", read(&bytes, chunk)), "{path} in chunks of {chunk}");
        }
    }
}

/// Rules that a recording may miss, of a hundred that its truth names.
const MAY_BE_MISSED: usize = 10;

fn recordings_tell_their_rules_and_no_others() {
    let (mut wanted, mut missed, mut wrong) = (0, Vec::new(), Vec::new());
    for row in rows("around") {
        let name = row["name"].as_str().unwrap();
        let bytes = std::fs::read(shared().join("samples/captures/around").join(name)).unwrap();
        let readings = [intake::read("x", &bytes, &Limits::default())];
        let diagnosis = diagnose(&readings, &Said::new(), 1_795_867_200);
        let told: BTreeSet<&str> = diagnosis.findings.iter().map(|finding| finding.rule.as_str()).collect();
        for rule in row["rules"].as_object().unwrap().keys() {
            wanted += 1;
            if !told.contains(rule.as_str()) {
                missed.push(format!("{name}: {rule}"));
            }
        }
        let silent = row["silent"].as_array().unwrap().iter().filter_map(Value::as_str);
        wrong.extend(silent.filter(|rule| told.contains(rule)).map(|rule| format!("{name}: {rule}")));
    }
    assert!(wrong.is_empty(), "told wrongly:\n{}", wrong.join("\n"));
    assert!(missed.len() * 100 <= wanted * MAY_BE_MISSED, "{wanted} wanted, missed:\n{}", missed.join("\n"));
}
