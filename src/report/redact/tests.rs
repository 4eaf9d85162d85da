//! What is left of a case, and what is not.

use super::*;
use crate::diagnose::{Said, diagnose};
use crate::report::{Form, render};
use crate::testing::certificates::{CURRENT, OTHER};
use crate::testing::{asa, chain, hash_of, now, phone_trusting, readings};
use crate::text::{Class, Lang, Text};

const LOG: &str = "\
Nov 23 2026 10:19:27 branchfw : %ASA-6-725001: Starting SSL handshake with client outside:192.0.2.9/50091 to 198.51.100.1/443 for TLSv1 session.\n\
Nov 23 2026 10:19:28 branchfw : %ASA-7-725014: SSL lib error. Function: SSL3_READ_BYTES Reason: tlsv1 alert unknown ca\n\
Nov 23 2026 10:19:28 branchfw : %ASA-6-725006: Device failed SSL handshake with client outside:192.0.2.9/50091\n\
Nov 23 2026 10:19:29 branchfw : %ASA-6-716038: Group <Zweigstelle> User <CP-7962G-SEP001122AABBCC> IP <192.0.2.9> Authentication: successful, Session Type: WebVPN.\n";

fn case() -> Diagnosis {
    let config = asa("ssl trust-point PHONES outside", &chain("PHONES", &[("", CURRENT)]));
    let phone = phone_trusting(&[hash_of(OTHER)]);
    let read =
        readings(&[("fleet-berlin.txt", config.as_str()), ("SEP001122AABBCC.cnf.xml", &phone), ("log", LOG)]);
    diagnose(&read, &Said::new(), now())
}

fn empty() -> Dictionary {
    Dictionary::of(&diagnose(&[], &Said::new(), now()), Addresses::Opaque, [0; 32])
}

fn scanned(text: &str) -> String {
    let mut dictionary = empty();
    scan::text(text, &mut dictionary);
    dictionary.number();
    scan::text(text, &mut dictionary)
}

#[test]
fn a_line_keeps_what_it_says_and_loses_whom_it_names() {
    for (line, left) in [
        (
            "%ASA-6-725001: Starting SSL handshake with client outside:192.0.2.9/50091 to 198.51.100.1/443 for TLSv1 session.",
            "%ASA-6-725001: Starting SSL handshake with client outside:IP-01/50091 to IP-02/443 for TLSv1 session.",
        ),
        (
            "%ASA-6-716038: Group <Zweigstelle> User <CP-7962G-SEP001122AABBCC> IP <192.0.2.9> Authentication: successful",
            "%ASA-6-716038: Group <GROUP-01> User <CP-7962G-PHONE-01> IP <IP-01> Authentication: successful",
        ),
        ("User <ZENTRALE\\marketing> logged in", "User <⟨text 1⟩\\USER-01> logged in"),
        (
            "%ASA-4-113040: Terminating the VPN connection attempt from Zweigstelle. Reason: This connection is group locked to Zentrale.",
            "%ASA-4-113040: Terminating the VPN connection attempt from GROUP-02. Reason: This connection is group locked to GROUP-01.",
        ),
        ("username Fritz password cisco encrypted", "username USER-01 password ⟨secret⟩"),
        (" key cisco", " key ⟨secret⟩"),
        ("tunnel-group VPNPhone webvpn-attributes", "tunnel-group GROUP-01 webvpn-attributes"),
        ("group-url https://vpn.example.com/Geheim enable", "group-url https://HOST-01/⟨text 1⟩ enable"),
        (
            "908: NOT 10:19:27.375718 SECD: Leaf cert hash = 1289B8A7AA9FFD84865E38939F3466A61B5608FC",
            "908: NOT 10:19:27.375718 SECD: Leaf cert hash = FP-01",
        ),
        ("<certHash1>5X6B6plUwUSXZnjQ4kGM33mpMXY=</certHash1>", "<certHash1>FP-01</certHash1>"),
        ("E5:7E:81:EA:99:54:C1:44:97:66:78:D0:E2:41:8C:DF:79:A9:31:76", "FP-01"),
        ("mac 00:11:22:aa:bb:cc is SEP001122AABBCC", "mac PHONE-01 is PHONE-01"),
        ("ip address 10.1.2.3 255.255.255.0", "ip address IP-01 255.255.255.0"),
        ("outside:2001:db8::9/50091", "outside:IP-01/50091"),
        (
            "Cisco Adaptive Security Appliance Software Version 9.12(4)67",
            "Cisco Adaptive Security Appliance Software Version 9.12(4)67",
        ),
        ("mail to root@branch.example.net", "mail to MAIL-01"),
        ("something Unheardof", "something ⟨text 1⟩"),
        ("something Unheardof.pcap: no", "something ⟨text 1⟩.pcap: no"),
    ] {
        assert_eq!(scanned(line), left);
        assert_eq!(scanned(left), left, "redacting twice is redacting once");
    }
}

#[test]
fn the_diagnosis_is_that_of_the_case() {
    let case = case();
    assert!(case.findings.iter().any(|finding| finding.rule == "cert-hash-mismatch"));
    let redacted = redact(&case, Addresses::Opaque, [0; 32]).diagnosis;
    let told = |diagnosis: &Diagnosis| -> Vec<(String, Vec<Option<u32>>)> {
        let lines = |finding: &crate::finding::Conclusion| {
            finding.evidence.iter().map(|line| line.at.as_ref().map(|at| at.line)).collect()
        };
        diagnosis.findings.iter().map(|finding| (finding.rule.clone(), lines(finding))).collect()
    };
    assert_eq!(told(&case), told(&redacted));
    assert_eq!(
        case.stages.iter().map(|row| row.state).collect::<Vec<_>>(),
        redacted.stages.iter().map(|row| row.state).collect::<Vec<_>>()
    );
    assert_eq!(case.passed.len(), redacted.passed.len());
}

#[test]
fn no_name_is_left_in_any_form() {
    let redacted = redact(&case(), Addresses::Opaque, [0; 32]);
    for form in [Form::Json, Form::Markdown, Form::Html, Form::Text] {
        for lang in [Lang::En, Lang::De] {
            let report = render(&redacted.diagnosis, form, lang).to_lowercase();
            for name in [
                "branchfw",
                "zweigstelle",
                "001122aabbcc",
                "192.0.2.9",
                "198.51.100.1",
                "example.com",
                "berlin",
                &hash_of(CURRENT).to_lowercase(),
                &hash_of(OTHER).to_lowercase(),
            ] {
                let line = report.lines().find(|line| line.contains(name));
                assert_eq!(line, None, "{form:?} {lang:?} has {name}");
            }
        }
    }
    assert!(redacted.map.iter().any(|entry| entry.pseudonym == "PHONE-01"));
}

#[test]
fn the_same_entity_has_the_same_name_whatever_the_order_of_the_files() {
    let config = asa("ssl trust-point PHONES outside", &chain("PHONES", &[("", CURRENT)]));
    let phone = phone_trusting(&[hash_of(OTHER)]);
    let map = |files: &[(&str, &str)]| {
        let diagnosis = diagnose(&readings(files), &Said::new(), now());
        redact(&diagnosis, Addresses::Opaque, [0; 32]).map
    };
    assert_eq!(
        map(&[("a", &config), ("b", &phone), ("c", LOG)]),
        map(&[("c", LOG), ("b", &phone), ("a", &config)])
    );
}

#[test]
fn redacting_twice_changes_nothing() {
    let once = redact(&case(), Addresses::Opaque, [0; 32]).diagnosis;
    let twice = redact(&once, Addresses::Opaque, [0; 32]).diagnosis;
    let [once, twice] = [once, twice].map(|diagnosis| render(&diagnosis, Form::Json, Lang::En));
    let changed = once.lines().zip(twice.lines()).find(|(one, two)| one != two);
    assert_eq!(changed, None);
}

#[test]
fn a_name_that_is_a_common_word_goes_where_it_names() {
    for (line, left) in [
        (
            "%ASA-6-716038: Group <phones> User <marketing> IP <192.0.2.9> x",
            "Group <GROUP-01> User <USER-01> IP <IP-01>",
        ),
        (
            "%ASA-6-734001: DAP: User phone, Addr 192.0.2.9: The following DAP records were selected for this connection: phones",
            "DAP: User USER-01, Addr IP-01",
        ),
        (
            "Group = phones, Username = login, IP = 192.0.2.9",
            "Group = GROUP-01, Username = USER-01, IP = IP-01",
        ),
        ("tunnel-group phones webvpn-attributes", "tunnel-group GROUP-01 webvpn-attributes"),
        ("ssl trust-point outside2 outside", "ssl trust-point TP-01 outside"),
        ("crypto ca trustpoint server", "crypto ca trustpoint TP-01"),
        ("hostname firewall", "hostname HOST-01"),
        ("asa(config)# group-policy phones attributes", "HOST-01(config)# group-policy "),
        ("username test password cisco encrypted", "username USER-01 password ⟨secret⟩"),
        ("\"enable password cisco\" in line 3", "\"enable password ⟨secret⟩\" in line 3"),
        (
            "User 'admin' executed the 'enable password cisco' command.",
            "User 'USER-01' executed the 'enable password ⟨secret⟩' command.",
        ),
        (" key cisco", " key ⟨secret⟩"),
        (" ldap-login-password password", " ldap-login-password ⟨secret⟩"),
        ("snmp-server community public", "snmp-server community ⟨secret⟩"),
        ("aaa-server RADIUS (inside) host 192.0.2.5 cisco", "host IP-01 ⟨secret⟩"),
        ("<sshPassword>cisco</sshPassword>", "<sshPassword>⟨secret⟩</sshPassword>"),
        ("<sshUserId>admin</sshUserId>", "<sshUserId>USER-01</sshUserId>"),
        ("<featureLabel>sales office</featureLabel>", "<featureLabel>⟨text 1⟩</featureLabel>"),
        ("https://admin:cisco@vpn.example.com/x", "https://⟨secret⟩@HOST-01/⟨text 1⟩"),
        ("Cookie: webvpn=1234", "Cookie: ⟨secret⟩"),
        ("POST /login username=x&password=1234&group=y", "&password=⟨secret⟩&"),
        (" description the phones of the office", " description ⟨text 1⟩"),
        (" certificate 5a3f", " certificate SERIAL-01"),
        ("serial number: 0A, subject", "serial number: SERIAL-01, subject"),
        ("pool 192.0.2.10-192.0.2.20", "pool IP-01-IP-02"),
        ("from inside:host-10-43-136-14/1", "from inside:host-IP-01/1"),
        ("\"Built inbound from 192.0.2…\" in line 1", "\"Built inbound from …\" in line 1"),
        // What is redacted already stays, also where it was cut off.
        ("\"PAE: name 'O=NAME-02/CN=NAME-01…\" in line 1", "\"PAE: name 'O=NAME-02/CN=NAME-01…\" in line 1"),
    ] {
        let written = scanned(line);
        assert!(written.contains(left), "{line}\n{written}");
    }
}

#[test]
fn a_text_of_ours_stays_and_what_stands_in_it_goes_by_its_class() {
    const SAYS: Text = Text::fixed("The phones of {name}: phones", "Die Telefone von {name}: Telefone");
    let redacted = |text: &Text| {
        let mut text = text.clone();
        replace(&mut text, &mut empty());
        text
    };
    for (class, name, left) in [
        (Class::Group, "phones", "GROUP-01"),
        (Class::Group, "DfltGrpPolicy", "DfltGrpPolicy"),
        (Class::Trustpoint, "the", "TP-01"),
        (Class::User, "fritz", "USER-01"),
        (Class::User, "192.0.2.9", "IP-01"),
        (Class::User, "EXAMPLE\\fritz", "⟨text 1⟩\\USER-01"),
        (Class::Phone, "SEP001122AABBCC", "PHONE-01"),
        (Class::Phone, "reception", "NAME-01"),
        (Class::Host, "berlin", "HOST-01"),
        (Class::Host, "vpn.example.com", "HOST-01"),
        (Class::Host, "2001:db8::9", "IP-01"),
        (Class::Interface, "outside", "outside"),
        (Class::Interface, "berlin", "NAME-01"),
        (Class::Subject, "CN=vpn.example.com,O=Example", "CN=HOST-01,O=NAME-01"),
        (Class::Subject, "CN=kolibri-SEP001122AABBCC", "CN=⟨text 1⟩PHONE-01"),
        (Class::Subject, "CN=SEP001122AABBCC-kolibri", "CN=PHONE-01⟨text 1⟩"),
        (Class::Subject, "CN=SEP001122AABBCC phone", "CN=PHONE-01 phone"),
        (Class::Subject, "CN=SEP001122AABBCC at Kolibri", "CN=PHONE-01 at ⟨text 1⟩"),
        (Class::Subject, "CN=kolibri phone", "CN=NAME-01"),
        (Class::Serial, "0A1B", "SERIAL-01"),
        (Class::Hash, "5X6B6plUwUSXZnjQ4kGM33mpMXY=", "FP-01"),
        (Class::File, "berlin.log", "file-1.log"),
        (Class::Url, "https://vpn.example.com/phones", "https://HOST-01/⟨text 1⟩"),
        (Class::Words, "tunnel-group phones type remote-access", "tunnel-group GROUP-01 type remote-access"),
        (Class::Words, "enable password Kolibri", "enable password ⟨secret⟩"),
    ] {
        let text = redacted(&SAYS.with("name", class, name));
        assert_eq!(text.en(), format!("The phones of {left}: phones"), "{class:?}");
        assert_eq!(text.de(), format!("Die Telefone von {left}: Telefone"), "{class:?}");
        let nested = redacted(&Text::joined([SAYS.list("name", class, [name])], ", "));
        assert_eq!(nested.en(), text.en(), "{class:?}");
        assert_eq!(redacted(&text), text, "redacting twice is redacting once");
    }
    let counted = SAYS.number("name", 1234567_u32);
    assert_eq!(redacted(&counted), counted);
}

#[test]
fn commands_of_this_program_survive() {
    let (mut told, mut changed) = (0, Vec::new());
    // Names that we propose, and examples of names, are names.
    let names = ["example.com", "SEP0011", "crypto ca trustpoint ", "crypto ca authenticate "];
    for card in crate::report::catalogue::cards() {
        let commands = card.prose.fixes.iter().flat_map(|fix| &fix.commands);
        for command in commands.filter(|command| !names.iter().any(|name| command.contains(name))) {
            let written = scanned(command);
            told += 1;
            if written != *command {
                changed.push((card.id.clone(), written));
            }
        }
    }
    assert!(told > 200 && changed.is_empty(), "{told}, {}: {changed:#?}", changed.len());
}

#[test]
fn what_the_diagnosis_needs_survives() {
    use crate::tables::{
        aaa_reasons, asa_ciphers, asa_defaults, cipher_suites, disconnect_reasons, firmware_bugs,
        phone_cipher_numbers, phone_families, phone_models, policy_attributes, syslog_ids, tls_alerts,
        tls_versions,
    };
    let mut kept: Vec<String> = Vec::new();
    for defaults in asa_defaults::ALL {
        let [major, minor, patch] = defaults.from;
        kept.push(format!("ASA Version {major}.{minor}({patch})"));
        kept.push(format!(
            "{major}.{minor}({patch})12 {major}-{minor}-{patch} asa{major}{minor}{patch}-k8.bin"
        ));
    }
    for bug in firmware_bugs::ALL {
        let [major, minor, patch, build] = bug.fixed;
        kept.extend([bug.id, bug.fixed_in].map(str::to_owned));
        kept.push(format!("{major}.{minor}({patch})SR{build} {major}-{minor}-{patch}SR{build}"));
        kept.extend(
            bug.loads.iter().map(|load| format!("{}{major}-{minor}-{patch}SR{build}-1", load.to_uppercase())),
        );
    }
    for models in phone_models::ALL {
        for number in models.numbers {
            kept.extend([format!("CP-{number}"), format!("CP-{number}G"), format!("Cisco {number}")]);
        }
        kept.extend(models.loads.iter().map(|load| format!("{}9-4-2SR3-1", load.to_uppercase())));
    }
    kept.extend(phone_families::ALL.iter().map(|family| family.name.to_owned()));
    kept.extend(
        asa_ciphers::CIPHERS.iter().flat_map(|cipher| [cipher.asa, cipher.openssl]).map(str::to_owned),
    );
    kept.extend(phone_cipher_numbers::ALL.iter().map(|(number, name)| format!("{number} {name}")));
    kept.extend(asa_defaults::LEVELS.iter().map(|(word, _)| format!("ssl cipher default {word}")));
    for alert in tls_alerts::ALL {
        kept.push(format!("SSL alert code {}: {}; {}", alert.code, alert.name, alert.reason));
    }
    for version in tls_versions::Protocol::STREAM.into_iter().chain(tls_versions::Protocol::DATAGRAM) {
        kept.push(format!("ssl server-version {}: {}", version.word(), version.name()));
    }
    kept.extend(aaa_reasons::ALL.iter().map(|reason| format!("reason = {}", reason.printed)));
    kept.extend(cipher_suites::ALL.iter().map(|suite| suite.name.to_owned()));
    kept.extend(disconnect_reasons::DISCONNECT_REASONS.iter().map(|reason| reason.words.to_owned()));
    kept.extend(policy_attributes::POLICY_ATTRIBUTES.iter().map(|attribute| attribute.name.to_owned()));
    for range in syslog_ids::EVENTS {
        kept.extend((range.first..=range.last.min(range.first + 9)).map(|id| format!("%ASA-6-{id}:")));
    }
    for n in 0..60 {
        kept.push(format!("Cisco Adaptive Security Appliance Software Version 9.{}({}){}", n % 20, n % 7, n));
        kept.push(format!("Device Manager Version 7.{}.{}.{n}", n % 20, n % 7));
        kept.push(format!("Nov 23 2026 10:{:02}:{n:02}.155936", 59 - n));
        kept.push(format!("2026-11-{:02}T10:19:{n:02}Z", n % 28 + 1));
        kept.push(format!("SIP45.9-4-2SR{n}-1S"));
        kept.push(format!("CP-79{:02}G", n + 10));
        kept.push(format!("1.3.6.1.5.5.7.3.{n}"));
        kept.push(format!("{:04}: NOT 10:19:27.{:06} VPNC:", n, n * 977));
    }
    for line in [
        "AnyConnect Premium Peers          : 250            perpetual",
        "AnyConnect for Cisco VPN Phone    : Disabled       perpetual",
        "AnyConnect Essentials             : Disabled       perpetual",
        "ssl cipher tlsv1 custom \"AES256-SHA:AES128-SHA\"",
        "vpn-tunnel-protocol ikev1 ikev2 l2tp-ipsec ssl-client",
        "ip address 255.255.255.0",
        "Reason: User Requested",
        "user authentication Rejected : reason = Invalid password : local database",
        "Password expired",
        "anyconnect-win-4.2.01035-k9.pkg",
        "TLSv1.2 0x0303 RSA 2048 sha256WithRSAEncryption EC P-256",
        "authentication aaa certificate",
        "disk0:/anyconnect-win-3.1.05160-k9.pkg",
        "3.6.6210-k9",
    ] {
        kept.push(line.to_owned());
    }
    assert!(kept.len() >= 900, "{}", kept.len());
    let damaged: Vec<(String, String)> = kept
        .into_iter()
        .map(|text| (scanned(&text), text))
        .filter(|(written, text)| written != text)
        .collect();
    assert!(damaged.is_empty(), "{}: {damaged:#?}", damaged.len());
}

#[test]
fn one_entity_has_one_pseudonym_in_every_notation() {
    let mac = "mac 001122AABBCC 00:11:22:aa:bb:cc 00-11-22-AA-BB-CC 0011.22aa.bbcc SEP001122AABBCC \
               CP-7962G-sep001122aabbcc SEP001122AABBCC.cnf.xml fe80::211:22ff:feaa:bbcc";
    assert_eq!(scanned(mac).matches("PHONE-01").count(), 8, "{}", scanned(mac));

    let hash = "5X6B6plUwUSXZnjQ4kGM33mpMXY= E57E81EA9954C144976678D0E2418CDF79A93176 \
                e57e81ea9954c144976678d0e2418cdf79a93176 E5:7E:81:EA:99:54:C1:44:97:66:78:D0:E2:41:8C:DF:79:A9:31:76 \
                e5 7e 81 ea 99 54 c1 44 97 66 78 d0 e2 41 8c df 79 a9 31 76";
    assert_eq!(scanned(hash).matches("FP-01").count(), 5, "{}", scanned(hash));
    let host = "VPN.example.com vpn.example.com https://vpn.EXAMPLE.com/x CN=vpn.example.com";
    assert_eq!(scanned(host).matches("HOST-01").count(), 4, "{}", scanned(host));
    let address = "192.0.2.9 outside:192.0.2.9/443 192.0.2.9-192.0.2.9 host-192-0-2-9 </CN=192.0.2.9/x>";
    assert_eq!(scanned(address).matches("IP-01").count(), 6, "{}", scanned(address));
    let serial = "serial number: 0A1B, certificate ca x";
    assert_eq!(scanned(&format!("{serial}\n certificate 0a1b")).matches("SERIAL-01").count(), 2);
}

#[test]
fn a_wildcard_is_a_host_wherever_it_stands() {
    for line in [
        "0905: NOT 10:19:27.364687 VPNC: cert_vfy_cb: depth:0 of 0, subject:</CN=*.example.com>",
        "stopping checks on host=(vpn.example.com) and dns=(*.example.com)",
        "cn=*.example.com, o=Example",
        "group-url https://*.example.com/phones enable",
        "the certificate offers *.example.com, and phones",
        "dNSName *.example.com…",
        "fqdn *.EXAMPLE.com.",
        "hostname *.example.com",
        "User <*.example.com>",
        "\"*.example.com\"",
    ] {
        let written = scanned(line);
        let wildcard = written.contains("*.HOST-0") || line.contains('…');
        assert!(!written.to_lowercase().contains("example.com") && wildcard, "{line}\n{written}");
    }
    let mut dictionary = empty();
    assert!(scan::distinguished_name("CN=*.example.com", &mut dictionary).starts_with("CN=*.HOST-"));
}

#[test]
fn what_is_replaced_and_left_out_can_be_counted() {
    let mut case = case();
    let place = crate::source::Place {
        input: 0,
        at: crate::source::At::line(1, 0, "enable password Kolibri encrypted"),
    };
    let quoted = Text::quoted("\"enable password Kolibri encrypted\" in line 1");
    case.findings.first_mut().unwrap().evidence.push(crate::finding::Evidence::at(&place, quoted));
    for addresses in [Addresses::Opaque, Addresses::Topology] {
        let redacted = redact(&case, addresses, [7; 32]);
        assert_eq!(redacted.secrets, 1, "the same secret, quoted twice");
        let counts = counts(&redacted.map);
        let sum: u32 = counts.iter().map(|(_, count)| count).sum();
        assert_eq!(sum as usize, redacted.map.len());
        let of = |class: &str| counts.iter().find(|(known, _)| known == class).map_or(0, |(_, count)| *count);
        let whole = serde_json::to_string(&redacted.diagnosis).unwrap();
        assert!(of("IP") >= 2 && of("PHONE") >= 1 && of("FP") >= 2, "{addresses:?} {counts:?}");
        assert!(!redacted.map.iter().any(|entry| entry.original.contains("Kolibri")));
        for entry in redacted.map.iter().filter(|entry| entry.original.parse::<IpAddr>().is_ok()) {
            assert!(whole.contains(&entry.pseudonym), "{entry:?}");
        }
    }
}

/// A case in which everything that can have a name is called the same.
fn named(name: &str) -> String {
    let config = "ASA Version 9.1(5)\nhostname #\ninterface Vlan2\n nameif outside\n ip address 192.0.2.1 255.255.255.0\n\
        ssl trust-point # outside\nwebvpn\n enable outside\nip local pool # 192.0.2.20-192.0.2.21 mask 255.255.255.0\n\
        aaa-server # protocol radius\naaa-server # (inside) host 192.0.2.77\ngroup-policy # internal\n\
        group-policy # attributes\n vpn-simultaneous-logins 0\n vpn-filter value #\ntunnel-group # type remote-access\n\
        tunnel-group # general-attributes\n address-pool #\n authentication-server-group #\n default-group-policy #\n\
        tunnel-group # webvpn-attributes\n group-url https://vpn.example.com/phone enable\n: end\n";
    let log = "Nov 23 2026 10:19:27 # : %ASA-6-113015: AAA user authentication Rejected : reason = Invalid password : server = # : user = # : user IP = 203.0.113.9\n\
        Nov 23 2026 10:19:28 # : %ASA-6-113014: AAA authentication server not accessible : server = # : user = CP-7962G-SEP001122AABBCC\n\
        Nov 23 2026 10:19:29 # : %ASA-5-734002: DAP: User #, Addr 203.0.113.9: Connection terminated by the following DAP records: #\n\
        Nov 23 2026 10:19:30 # : %ASA-6-716038: Group <#> User <CP-7962G-SEP001122AABBCC> IP <203.0.113.9> Authentication: rejected, Session Type: WebVPN.\n";
    let phone = "<device><vpnGroup><addresses><url1>https://vpn.example.com/phone</url1></addresses></vpnGroup></device>";
    let files = [("asa.cfg", config), ("asa.log", log), ("SEP001122AABBCC.cnf.xml", phone)];
    let files = files.map(|(file, text)| (file, text.replace('#', name)));
    let files = files.each_ref().map(|(file, text)| (*file, text.as_str()));
    let mut case = diagnose(&readings(&files), &Said::new(), now());
    // A reason quotes the beginning of a line, and where that ends depends on the length of a name.
    case.inputs.iter_mut().for_each(|input| input.because = Text::default());
    let redacted = redact(&case, Addresses::Opaque, [0; 32]).diagnosis;
    let mut report: serde_json::Value =
        serde_json::from_str(&render(&redacted, Form::Json, Lang::En)).unwrap();
    for input in report["inputs"].as_array_mut().unwrap() {
        input["bytes"] = serde_json::Value::Null;
    }
    // Numbers are given in the order of the originals.
    report.to_string().chars().filter(|sign| !sign.is_ascii_digit()).collect()
}

#[test]
fn a_name_that_is_a_common_word_goes_wherever_another_name_would() {
    let other = named("Quaxlbrumm");
    assert!(!other.contains("Quaxlbrumm") && other.contains("aaa-rejected"), "{other}");
    for word in ["Company", "Server", "Lock", "Firma", "Telefon", "SPERRE", "Phone"] {
        let own = named(word);
        let differs = own.bytes().zip(other.bytes()).position(|(one, another)| one != another);
        let near = differs.map(|at| own.get(at.saturating_sub(80)..(at + 80).min(own.len())));
        assert_eq!(own, other, "{word}: {near:?}");
    }
}

#[test]
fn a_field_is_redacted_by_what_it_holds() {
    let mut case = case();
    let renewal = case.renewal.as_mut().unwrap();
    renewal.trustpoint = "Server".to_owned();
    renewal.next_trustpoint = "Phones".to_owned();
    // A common word, which devices say anyway.
    renewal.previous_trustpoint = "Company".to_owned();
    case.questions.push(crate::diagnosis::QuestionRow {
        key: "phones-failing".to_owned(),
        rules: vec!["login-failed".to_owned()],
        choices: Vec::new(),
    });
    let input = case.inputs.first_mut().unwrap();
    input.seems = "nmap-output".to_owned();
    let redacted = redact(&case, Addresses::Opaque, [0; 32]).diagnosis;
    let renewal = redacted.renewal.unwrap();
    assert_eq!(
        [&*renewal.previous_trustpoint, &*renewal.next_trustpoint, &*renewal.trustpoint],
        ["TP-01", "TP-03", "TP-04"]
    );
    // What this program chose itself is no name.
    assert_eq!(redacted.questions.last().map(|question| &*question.key), Some("phones-failing"));
    assert_eq!(redacted.inputs.first().map(|input| &*input.seems), Some("nmap-output"));
}

#[test]
fn a_mark_that_became_another_word_of_its_line_marks_nothing() {
    let mut case = case();
    let evidence = &mut case.findings.first_mut().unwrap().evidence;
    let line = |mark: &str| {
        let mut proof = evidence.first().unwrap().clone();
        proof.at.as_mut().unwrap().text = "tunnel-group VPNPhone-berlin webvpn-attributes".to_owned();
        proof.mark = mark.to_owned();
        proof
    };
    let lines = ["berlin webvpn", "webvpn-attributes", ""].map(line);
    *evidence = lines.to_vec();
    let redacted = redact(&case, Addresses::Opaque, [0; 32]).diagnosis;
    let marks: Vec<&str> =
        redacted.findings.first().unwrap().evidence.iter().map(|proof| &*proof.mark).collect();
    assert_eq!(marks, ["", "webvpn-attributes", ""]);
}
