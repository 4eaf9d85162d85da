//! What holds for every redaction: one entity, one pseudonym; two entities, two; addresses keep what they share.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::net::{Ipv4Addr, Ipv6Addr};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use vpn_phone_doctor::diagnose::{Said, diagnose};
use vpn_phone_doctor::diagnosis::{Diagnosis, RuleRow};
use vpn_phone_doctor::finding::{Concerned, Conclusion, Confidence, Evidence, Severity};
use vpn_phone_doctor::report::redact::{Addresses, redact};
use vpn_phone_doctor::source::{At, Place};
use vpn_phone_doctor::stage::Stage;
use vpn_phone_doctor::text::Text;

/// A small generator of numbers: the same ones every time.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.next().to_le_bytes()[3])
    }

    fn word(&mut self) -> String {
        let letters = (0..8 + self.next() % 6).map(|_| char::from(b'a' + (self.next() % 26) as u8));
        "zq".chars().chain(letters).collect()
    }
}

/// A diagnosis that quotes these lines.
fn quoting(lines: &[String]) -> Diagnosis {
    let mut diagnosis = diagnose(&[], &Said::new(), 0);
    let evidence = lines.iter().zip(1..).map(|(line, number)| {
        let place = Place {
            input: 0,
            at: At { line: number, text: line.clone(), order: u64::from(number), ..At::default() },
        };
        Evidence::at(&place, Text::default())
    });
    diagnosis.waiting.clear();
    diagnosis.passed = Vec::<RuleRow>::new();
    diagnosis.findings.push(Conclusion {
        more_of_kind: 0,
        concerned: Concerned::default(),
        rule: "cert-hash-mismatch".into(),
        stage: Stage::Trust,
        severity: Severity::Notice,
        confidence: Confidence::Possible,
        title: Text::default(),
        explanation: Vec::new(),
        evidence: evidence.collect(),
        more_evidence: 0,
        fix: Vec::new(),
        caused_by: None,
        sources: Vec::new(),
        comparison: None,
    });
    diagnosis
}

fn redacted(lines: &[String], addresses: Addresses, seed: u8) -> Vec<String> {
    let redacted = redact(&quoting(lines), addresses, [seed; 32]).diagnosis;
    let quoted = &redacted.findings.last().unwrap().evidence;
    quoted.iter().map(|evidence| evidence.at.as_ref().unwrap().text.clone()).collect()
}

fn hex(bytes: &[u8], between: &str) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(between)
}

/// A line with one entity in each notation of its class, and what must be left of it, with `{}` for the pseudonym.
type Notations = Vec<(String, &'static str)>;

fn notations(class: &str, random: &mut Random) -> Notations {
    match class {
        "PHONE" => {
            let mut mac: [u8; 6] = random.bytes();
            mac[0] &= 0xfc;
            let plain = hex(&mac, "");
            let upper = plain.to_uppercase();
            let dots = format!("{}.{}.{}", &plain[..4], &plain[4..8], &plain[8..]);
            let eui = Ipv6Addr::from([
                0xfe,
                0x80,
                0,
                0,
                0,
                0,
                0,
                0,
                mac[0] ^ 2,
                mac[1],
                mac[2],
                0xff,
                0xfe,
                mac[3],
                mac[4],
                mac[5],
            ]);
            vec![
                (format!("mac {upper}"), "mac {}"),
                (format!("mac {}", hex(&mac, ":")), "mac {}"),
                (format!("mac {}", hex(&mac, ":").to_uppercase()), "mac {}"),
                (format!("mac {}", hex(&mac, "-").to_uppercase()), "mac {}"),
                (format!("mac {dots}"), "mac {}"),
                (format!("mac {}", dots.to_uppercase()), "mac {}"),
                (format!("SEP{upper}.cnf.xml"), "{}.cnf.xml"),
                (format!("sep{plain}"), "{}"),
                (format!("User <CP-7962G-SEP{upper}>"), "User <CP-7962G-{}>"),
                (format!("cn=CP-8851-SEP{upper}, ou=x"), "cn=CP-8851-{}, ou=NAME-01"),
                (format!("ITLSEP{upper}.tlv"), "ITL{}.tlv"),
                (format!("router {eui}"), "router {}"),
                (format!("router {}", eui.to_string().to_uppercase()), "router {}"),
                (format!("address granted 01{plain}"), "address granted 01{}"),
                (format!("client id 01{upper}"), "client id 01{}"),
                (format!("client id 01-{}", hex(&mac, "-")), "client id 01{}"),
                (format!("client id 01:{}", hex(&mac, ":")), "client id 01{}"),
                (
                    format!(
                        "client id 01{}.{}.{}.{}",
                        &plain[..2],
                        &plain[2..6],
                        &plain[6..10],
                        &plain[10..]
                    ),
                    "client id 01{}",
                ),
            ]
        }
        "FP" => {
            let hash: [u8; 20] = random.bytes();
            let plain = hex(&hash, "");
            let groups: Vec<String> = hash.chunks(4).map(|bytes| hex(bytes, "")).collect();
            vec![
                (format!("hash = {plain}"), "hash = {}"),
                (format!("hash = {}", plain.to_uppercase()), "hash = {}"),
                (format!("hash = {}", hex(&hash, ":")), "hash = {}"),
                (format!("hash = {}", hex(&hash, ":").to_uppercase()), "hash = {}"),
                (format!("hash = {}", hex(&hash, " ")), "hash = {}"),
                (format!("hash = {}", hex(&hash, "-")), "hash = {}"),
                (format!("<certHash1>{}</certHash1>", BASE64.encode(hash)), "<certHash1>{}</certHash1>"),
                (format!("    {}", groups.join(" ")), "    {}"),
                (format!("    {}", groups.join(" ").to_uppercase()), "    {}"),
            ]
        }
        "HOST" => {
            let host = format!("{}.{}.example", random.word(), random.word());
            let upper = host.to_uppercase();
            vec![
                (format!("host {host}"), "host {}"),
                (format!("Host: {upper}"), "Host: {}"),
                (format!("https://{host}"), "https://{}"),
                (format!("https://{upper}:443"), "https://{}:443"),
                (format!("CN={host}"), "CN={}"),
                (format!("</CN=192.0.2.1/unstructuredName={host}>"), "</CN=IP-01/unstructuredName={}>"),
                (format!("host=({host})"), "host=({})"),
                (format!("fqdn {host}."), "fqdn {}."),
                (format!("Location: https://{host}/"), "Location: https://{}/"),
                (format!("*.{host}"), "*.{}"),
            ]
        }
        "IP" => {
            let bits = u32::from(Ipv4Addr::from(random.bytes::<4>())) & 0x3fff_ffff | 0x2000_0000;
            let address = Ipv4Addr::from(bits | 1);
            let dashed = address.to_string().replace('.', "-");
            vec![
                (format!("address {address}"), "address {}"),
                (format!("outside:{address}/443"), "outside:{}/443"),
                (format!("({address}/443)"), "({}/443)"),
                (format!("https://{address}:8443"), "https://{}:8443"),
                (format!("inside:host-{dashed}/1"), "inside:host-{}/1"),
                (format!("</CN={address}>"), "</CN={}>"),
                (format!("::ffff:{address}"), "{}"),
            ]
        }
        "IP6" => {
            let mut octets: [u8; 16] = random.bytes();
            octets[0] = 0x20;
            octets[11] = 0;
            octets[6..9].fill(0);
            let address = Ipv6Addr::from(octets);
            let long: Vec<String> = address.segments().iter().map(|part| format!("{part:04x}")).collect();
            vec![
                (format!("address {address}"), "address {}"),
                (format!("address {}", long.join(":")), "address {}"),
                (format!("address {}", long.join(":").to_uppercase()), "address {}"),
                (format!("outside:{address}/443"), "outside:{}/443"),
                (format!("https://[{address}]:443"), "https://[{}]:443"),
                (format!("[{address}]"), "[{}]"),
                (format!("route {address}/64"), "route {}/64"),
            ]
        }
        "USER" => {
            let user = format!("{}7", random.word());
            vec![
                (format!("User <{user}> IP"), "User <{}> IP"),
                (format!("user = {user}"), "user = {}"),
                (format!("username {user} attributes"), "username {} attributes"),
                (format!("Username = {user}, IP"), "Username = {}, IP"),
                (format!("LOCAL\\{user}"), "LOCAL\\{}"),
                (format!("User '{user}' executed"), "User '{}' executed"),
                (format!("%ASA-6-113006: User {user} locked out"), "%ASA-6-113006: User {} locked out"),
            ]
        }
        "SERIAL" => {
            let serial = hex(&random.bytes::<8>(), "");
            let serial = format!("5{serial}");
            vec![
                (format!("serial number: {serial}, x"), "serial number: {}, x"),
                (format!(" certificate ca {}", serial.to_uppercase()), " certificate ca {}"),
                (format!(" certificate 0{serial}"), " certificate {}"),
            ]
        }
        other => panic!("{other} is no class"),
    }
}

const CLASSES: [&str; 7] = ["PHONE", "FP", "HOST", "IP", "IP6", "USER", "SERIAL"];
const ENTITIES: usize = 10_000;

#[test]
fn one_entity_is_one_pseudonym_in_every_notation_and_two_are_two() {
    let mut random = Random(88_172_645_463_325_252);
    let mut spellings = 0;
    for class in CLASSES {
        let all: Vec<Notations> = (0..ENTITIES).map(|_| notations(class, &mut random)).collect();
        // The first hundred in every notation, the others in one.
        let mut lines: Vec<(usize, &(String, &str))> = Vec::new();
        for (n, entity) in all.iter().enumerate() {
            let one = n % entity.len()..n % entity.len() + 1;
            let some = if n < 100 { 0..entity.len() } else { one };
            lines.extend(entity[some].iter().map(|line| (n, line)));
        }
        spellings += all[0].len();
        let texts: Vec<String> = lines.iter().map(|(_, (line, _))| line.clone()).collect();
        let written = redacted(&texts, Addresses::Opaque, 7);
        let mut known: BTreeMap<usize, String> = BTreeMap::new();
        for ((n, (line, wanted)), written) in lines.iter().zip(&written) {
            let (before, after) = wanted.split_once("{}").unwrap();
            let after = after.split("{}").next().unwrap();
            let rest = written.strip_prefix(before).unwrap_or_else(|| panic!("{line}\n{written}"));
            let end = if after.is_empty() { rest.len() } else { rest.find(after).unwrap_or(rest.len()) };
            let pseudonym = rest[..end].to_owned();
            assert!(pseudonym.starts_with(class.trim_end_matches('6')), "{line}\n{written}");
            let first = known.entry(*n).or_insert_with(|| pseudonym.clone());
            assert_eq!(*first, pseudonym, "{line}\n{written}");
        }
        let different: BTreeSet<&String> = known.values().collect();
        assert_eq!(different.len(), ENTITIES, "{class}");
    }
    assert!(spellings >= 14, "{spellings}");
}
