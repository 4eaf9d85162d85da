//! The ASA's texts against samples that nobody here wrote: logs, configurations, certificates in configurations.
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::Value;
use vpn_phone_doctor::documents::Content;
use vpn_phone_doctor::documents::asa_config::{AsaConfig, Scope};
use vpn_phone_doctor::documents::asa_syslog::{AsaEvent, AsaMessage, AsaSyslog};
use vpn_phone_doctor::input::Kind;
use vpn_phone_doctor::intake::{self, Intake, Reading};
use vpn_phone_doctor::limits::Limits;

use crate::Check;

fn samples() -> PathBuf {
    crate::shared().join("samples")
}

/// Every file below a folder of the samples, by name.
fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![samples().join(folder)];
    while let Some(folder) = open.pop() {
        let entries = std::fs::read_dir(&folder).unwrap_or_else(|_| panic!("no {}", folder.display()));
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else {
                found.push((
                    path.file_name().unwrap().to_string_lossy().into_owned(),
                    std::fs::read(&path).unwrap(),
                ));
            }
        }
    }
    found.sort();
    found
}

fn sample(path: &str) -> Vec<u8> {
    std::fs::read(samples().join(path)).unwrap_or_else(|_| panic!("no {path}"))
}

/// A name that tells nothing, so that only the content can.
fn read(bytes: &[u8]) -> Reading {
    intake::read("x", bytes, &Limits::default())
}

fn logs(reading: &Reading) -> Vec<&AsaSyslog> {
    let content = reading.documents.iter().map(|document| &document.content);
    content
        .filter_map(|content| match content {
            Content::AsaSyslog(log) => Some(log),
            _ => None,
        })
        .collect()
}

fn configs(reading: &Reading) -> Vec<&AsaConfig> {
    let content = reading.documents.iter().map(|document| &document.content);
    content
        .filter_map(|content| match content {
            Content::AsaConfig(config) => Some(config.as_ref()),
            _ => None,
        })
        .collect()
}

fn counted(reading: &Reading) -> BTreeMap<u32, u64> {
    let mut all = BTreeMap::new();
    for log in logs(reading) {
        for (id, count) in &log.by_id {
            *all.entry(*id).or_default() += count;
        }
    }
    all
}

/// Message ids by another way than the reader's: every `-` digit `-` six digits behind a product's name. A tag
/// that stands right behind another is the same message again.
fn ids(text: &str) -> BTreeMap<u32, u64> {
    let mut all = BTreeMap::new();
    let mut end_before = usize::MAX;
    for (at, _) in text.match_indices('%') {
        let rest = &text[at + 1..];
        let Some(product) =
            ["ASA-", "FTD-", "PIX-", "FWSM-", "NGIPS-"].iter().find(|name| rest.starts_with(**name))
        else {
            continue;
        };
        let tag: String = rest[product.len()..]
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
            .collect();
        let parts: Vec<&str> = tag.split('-').collect();
        let [.., severity, id] = parts.as_slice() else { continue };
        if severity.len() != 1 || id.len() != 6 || !id.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let doubled = end_before <= at
            && text[end_before..at].trim_matches([':', ' ']).is_empty()
            && !text[end_before..at].is_empty();
        end_before = at + 1 + product.len() + tag.len();
        if !doubled {
            *all.entry(id.parse().unwrap()).or_default() += 1;
        }
    }
    all
}

pub fn every_message_of_every_log_is_counted_under_its_id() {
    let mut messages = 0;
    for folder in ["asa/syslog", "asa/transcribed"] {
        for (name, bytes) in files(folder) {
            let expected = ids(&String::from_utf8_lossy(&bytes));
            let counted = counted(&read(&bytes));
            if name.ends_with(".json") {
                // A record holds its message raw and parsed: it counts once.
                assert!(counted.keys().eq(expected.keys()), "{name}: {counted:?}");
                assert!(counted.iter().all(|(id, times)| *times <= expected[id]), "{name}: {counted:?}");
            } else {
                assert_eq!(counted, expected, "{name}");
            }
            messages += expected.values().sum::<u64>();
        }
    }
    assert!(messages > 0, "no message was counted");
}

pub fn logs_of_other_systems_are_not_the_asas() {
    for (name, bytes) in files("other-logs") {
        let reading = read(&bytes);
        assert!(logs(&reading).is_empty() && configs(&reading).is_empty(), "{name}");
        for input in &reading.inputs {
            assert!(
                !matches!(input.kind, Kind::AsaSyslog | Kind::AsaConfig | Kind::AsaCertificates),
                "{name}: {:?}",
                input.kind
            );
        }
    }
}

pub fn the_asas_side_of_the_documents_story_is_understood() {
    let bytes = sample("../seed/cisco-116162-de.txt");
    // Its prompts stand deep in prose: it is a document, and an excerpt proves nothing by what it lacks.
    let reading = read(&bytes);
    let events: Vec<&AsaEvent> = logs(&reading).iter().flat_map(|log| &log.events).collect();
    let failed: Vec<&AsaMessage> = events
        .iter()
        .filter(|event| matches!(event.id, 725_012 | 725_006) || event.text().contains("alert"))
        .map(|event| &event.message)
        .collect();
    let [
        AsaMessage::CipherChosen { peer, name },
        AsaMessage::LibraryError { reason, .. },
        AsaMessage::HandshakeFailed { peer: failed },
    ] = failed.as_slice()
    else {
        panic!("{failed:?}")
    };
    assert_eq!(
        (peer.port, name.as_str(), reason.as_str()),
        (Some(50_091), "AES128-SHA", "tlsv1 alert unknown ca")
    );
    assert_eq!(peer, failed);
    let is_assigned = |event: &&AsaEvent| matches!(&event.message, AsaMessage::AddressAssigned { assigned, .. } if assigned == "10.10.10.10");
    assert!(events.iter().any(is_assigned));
    let configs = configs(&reading);
    assert!(configs.iter().all(|config| config.scope == Scope::Excerpt));
    let webvpn = configs.iter().find_map(|config| config.webvpn.as_ref()).unwrap();
    assert_eq!(webvpn.csd_enabled.as_ref().map(|seen| seen.value), Some(true));
    let ssl = configs.iter().find(|config| !config.ssl.trust_points.is_empty()).unwrap();
    assert_eq!(ssl.ssl.trust_points[0].name.value, "SSL");
    assert_eq!(ssl.ssl.encryption.as_ref().unwrap().value.len(), 4);
    let group = configs.iter().find_map(|config| config.tunnel_groups.first()).unwrap();
    assert_eq!(group.name.value, "VPNPhone");
    assert_eq!(group.group_urls[0].0.value, "https://asa5520-c.cisco.com/VPNPhone");
    let policies: BTreeSet<&str> = configs
        .iter()
        .flat_map(|config| &config.group_policies)
        .map(|policy| policy.name.value.as_str())
        .collect();
    assert_eq!(policies.into_iter().collect::<Vec<_>>(), ["DfltGrpPolicy", "GroupPolicy_VPNPhone"]);
}

/// What a person finds in a configuration.
struct Expected {
    path: &'static str,
    hostname: &'static str,
    version: &'static str,
    whole: bool,
    tunnel_groups: &'static [&'static str],
    group_policies: &'static [&'static str],
    enabled: &'static [&'static str],
}

pub fn configurations_are_read_as_a_person_reads_them() {
    for expected in EXPECTED {
        let bytes = sample(expected.path);
        let reading = read(&bytes);
        // What stands behind a prompt further down is a document of its own.
        let config = configs(&reading)[0];
        let name = expected.path;
        assert_eq!(config.hostname.as_ref().map_or("", |seen| &seen.value), expected.hostname, "{name}");
        assert_eq!(config.version.as_ref().map_or("", |seen| &seen.value), expected.version, "{name}");
        assert_eq!(config.scope == Scope::Whole, expected.whole, "{name}");
        let groups: Vec<&str> = config.tunnel_groups.iter().map(|group| group.name.value.as_str()).collect();
        assert_eq!(groups, expected.tunnel_groups, "{name}");
        let policies: Vec<&str> =
            config.group_policies.iter().map(|policy| policy.name.value.as_str()).collect();
        assert_eq!(policies, expected.group_policies, "{name}");
        let enabled: Vec<&str> =
            config.webvpn.iter().flat_map(|webvpn| &webvpn.enabled).map(|seen| seen.value.as_str()).collect();
        assert_eq!(enabled, expected.enabled, "{name}");
    }
}

pub fn certificates_in_configurations_have_the_hashes_that_openssl_computes() {
    let truth = sample("certificates/truth.jsonl");
    let mut checked = 0;
    for row in String::from_utf8(truth).unwrap().lines() {
        let row: Value = serde_json::from_str(row).unwrap();
        let labelled = |certificate: &&Value| certificate["label"].as_str().unwrap().starts_with("cisco-hex");
        let expected: Vec<String> = row["certs"]
            .as_array()
            .unwrap()
            .iter()
            .filter(labelled)
            .map(|certificate| certificate["sha1"].as_str().unwrap().to_owned())
            .collect();
        let path = row["path"].as_str().unwrap();
        // The truth was made over more files than are handed out.
        let file = samples().join("certificates").join(path);
        let Some(bytes) = (!expected.is_empty()).then(|| std::fs::read(file).ok()).flatten() else {
            continue;
        };
        let reading = read(&bytes);
        let found: Vec<String> = reading
            .documents
            .iter()
            .filter_map(|document| match &document.content {
                Content::Certificate(certificate) => {
                    Some(certificate.sha1.iter().map(|byte| format!("{byte:02x}")).collect())
                }
                _ => None,
            })
            .collect();
        assert_eq!(found, expected, "{path}");
        checked += found.len();
    }
    assert!(checked > 0, "no certificate was compared");
}

pub fn lists_of_certificates_are_read() {
    let bytes = sample("asa/show/chuckbag_show_run_ssl_show_crypto_ca_cert.md");
    let reading = read(&bytes);
    let list = reading.documents.iter().find_map(|document| match &document.content {
        Content::AsaCertificates(list) => Some(list),
        _ => None,
    });
    let [entry] = list.unwrap().entries.as_slice() else { panic!("{list:?}") };
    assert_eq!(entry.serial.as_ref().unwrap().value, "d5071b8432632aa2a62252e202e6d97");
    assert!(entry.subject.as_ref().unwrap().value.starts_with("cn=vpn.chuck.com, ou=Information Technology"));
    assert_eq!(entry.trustpoints[0].value, "vpn.chuck.com-2017");
}

pub fn chunks_of_any_size_give_the_same_reading() {
    // Small files are held whole; a tiny limit makes them streams.
    for limits in [Limits::default(), Limits { head: 256, whole: 512, ..Limits::default() }] {
        for (name, bytes) in files("asa/transcribed") {
            let read_by = |size: usize| {
                let mut intake = Intake::new("x", bytes.len() as u64, &limits);
                for chunk in bytes.chunks(size) {
                    intake.push(chunk);
                }
                intake.finish()
            };
            let whole = read_by(usize::MAX);
            for size in [1, 7, 4096] {
                assert_eq!(read_by(size), whole, "{name} by {size}");
            }
        }
    }
}

pub fn damaged_files_are_read_without_harm() {
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        usize::try_from(random % below.max(1) as u64).unwrap()
    };
    for folder in ["asa/syslog", "asa/transcribed", "asa/configs", "asa/show"] {
        for (_, bytes) in files(folder) {
            for kind in 0..20 {
                let mut damaged = bytes.clone();
                let at = next(damaged.len());
                match kind % 5 {
                    0 => damaged.truncate(at),
                    1 => damaged
                        .iter_mut()
                        .skip(at)
                        .step_by(1 + next(500))
                        .for_each(|byte| *byte ^= 1 << (kind % 8)),
                    2 => damaged.iter_mut().skip(at).take(64).for_each(|byte| *byte = 0),
                    3 => damaged.splice(at..at, [0xff, b'%', b'"', 0x80, b'<']).for_each(drop),
                    _ => {
                        let copy = damaged[at..damaged.len().min(at + 512)].to_vec();
                        damaged.splice(at..at, copy).for_each(drop);
                    }
                }
                read(&damaged);
            }
        }
    }
}

const EXPECTED: &[Expected] = &[
    Expected {
        path: "asa/configs/ntc_soteria_asa_9.8.cfg",
        hostname: "FW1",
        version: "9.8(2)",
        whole: true,
        tunnel_groups: &[],
        group_policies: &[],
        enabled: &[],
    },
    Expected {
        path: "asa/configs/batfish_cisco_webvpn.cfg",
        hostname: "cisco_webvpn",
        version: "",
        whole: false,
        tunnel_groups: &["DefaultRAGroup", "eeeeeeeeee", "ffffffffff"],
        group_policies: &["GroupPolicy_NOC-VPN"],
        enabled: &["outside"],
    },
    Expected {
        path: "asa/configs/ntc_show_run_tunnel-group.raw",
        hostname: "",
        version: "",
        whole: false,
        tunnel_groups: &["tun01", "10.15.20.25", "10.20.30.40"],
        group_policies: &[],
        enabled: &[],
    },
    Expected {
        path: "asa/configs/azghari_asa_ise_ravpn_lab.md",
        hostname: "ASA-VPN",
        version: "",
        whole: false,
        tunnel_groups: &["NORDWERK-VPN"],
        group_policies: &["GP-BASE"],
        enabled: &["outside"],
    },
    Expected {
        path: "asa/transcribed/qytang_asa_cert_map_ldap_sslvpn.txt",
        hostname: "asa",
        version: "",
        whole: false,
        tunnel_groups: &["sslvpn"],
        group_policies: &["ssl-user-policy"],
        enabled: &["Outside"],
    },
    Expected {
        path: "asa/phone-docs/cisco_115785_vpn_phone_cert_auth.md",
        hostname: "",
        version: "",
        whole: false,
        tunnel_groups: &["SSL"],
        group_policies: &["GroupPolicy_SSL"],
        enabled: &["outside"],
    },
];

/// Every check of this file, by name.
pub const CHECKS: &[Check] = &[
    (
        "every_message_of_every_log_is_counted_under_its_id",
        every_message_of_every_log_is_counted_under_its_id,
    ),
    ("logs_of_other_systems_are_not_the_asas", logs_of_other_systems_are_not_the_asas),
    (
        "the_asas_side_of_the_documents_story_is_understood",
        the_asas_side_of_the_documents_story_is_understood,
    ),
    ("configurations_are_read_as_a_person_reads_them", configurations_are_read_as_a_person_reads_them),
    (
        "certificates_in_configurations_have_the_hashes_that_openssl_computes",
        certificates_in_configurations_have_the_hashes_that_openssl_computes,
    ),
    ("lists_of_certificates_are_read", lists_of_certificates_are_read),
    ("chunks_of_any_size_give_the_same_reading", chunks_of_any_size_give_the_same_reading),
    ("damaged_files_are_read_without_harm", damaged_files_are_read_without_harm),
];
