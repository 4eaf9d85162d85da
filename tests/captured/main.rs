//! A capture alone tells what rules ask for: one small capture a fault, made here, and beside it what must stay silent.
//!
//! What recordings of others show is held by `tests/shared_samples`; these rows need nothing but the project.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod authorities;
mod cited;
mod compared;
mod datagrams;
#[path = "../packed/forms.rs"]
mod forms;
mod guesses;
mod healed;
#[path = "../archives/made.rs"]
#[allow(dead_code)]
mod made;
#[path = "../packed/mail.rs"]
mod mail;
mod named;
mod offers;
mod packed;
mod packets;
mod refusals;
mod shown;
mod timeline;

use base64::Engine;
use packets::*;
use vpn_phone_doctor::case::Said;
use vpn_phone_doctor::diagnose::diagnose;
use vpn_phone_doctor::finding::Confidence::{self, Certain, Likely, Possible};
use vpn_phone_doctor::finding::Severity;
use vpn_phone_doctor::intake;
use vpn_phone_doctor::limits::Limits;

const PHONE: End = ([192, 0, 2, 10], 50_000);
const PC: End = ([192, 0, 2, 77], 50_000);
const ROUTER: [u8; 4] = [192, 0, 2, 1];
const LOCAL: End = ([192, 0, 2, 250], 69);
const DNS: End = ([203, 0, 113, 53], 53);
const GATEWAY: End = ([198, 51, 100, 1], 443);
const FILES: End = ([203, 0, 113, 20], 69);
const SIP: End = ([203, 0, 113, 20], 5060);
const SCCP: End = ([203, 0, 113, 20], 2000);
const CAPF: End = ([203, 0, 113, 20], 3804);
const NAME: &str = "vpn.example.com";
const CONFIG: &str = "SEP001122334455.cnf.xml";
const TLS_1_0: [u8; 2] = [3, 1];
const TLS_1_2: [u8; 2] = [3, 3];
const RSA: [u8; 2] = [0, 0x35];
const ECDSA: [u8; 2] = [0xc0, 0x2b];

/// 2026-11-24T12:00:00Z.
const NOW: i64 = 1_795_521_600;

fn der(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/fixtures/{name}.pem", env!("CARGO_MANIFEST_DIR"));
    let pem = std::fs::read_to_string(path).unwrap();
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    base64::engine::general_purpose::STANDARD.decode(body).unwrap()
}

/// The rules that tell something of these files, in the order of their ids, and how surely.
fn told(files: &[(&str, &[u8])]) -> Vec<(String, Confidence)> {
    let readings: Vec<_> =
        files.iter().map(|(name, bytes)| intake::read(name, bytes, &Limits::default())).collect();
    let findings = diagnose(&readings, &Said::new(), NOW).findings;
    let mut told: Vec<_> =
        findings.iter().map(|finding| (finding.rule.clone(), finding.confidence)).collect();
    told.sort();
    told.dedup();
    told
}

type Row = (&'static str, fn(&mut Capture), &'static [(&'static str, Confidence)]);

#[track_caller]
fn tell(rows: &[Row]) {
    for (name, say, expected) in rows {
        let mut capture = Capture::new();
        say(&mut capture);
        let told = told(&[("vpn.pcap", &capture.bytes)]);
        let told: Vec<_> = told.iter().map(|(rule, confidence)| (rule.as_str(), *confidence)).collect();
        assert_eq!(told, *expected, "{name}");
    }
}

/// A handshake up to the server's part, with a certificate that is in its dates.
fn handshake(capture: &mut Capture, asks_too: bool) -> Connection {
    let mut connection = capture.connect(PHONE, GATEWAY);
    capture.client(&mut connection, &hello(TLS_1_0));
    let mut part = [chosen(RSA), certificate(&der("vpn"))].concat();
    part.extend(if asks_too { asks() } else { message(14, &[]) });
    capture.server(&mut connection, &part);
    connection
}

/// A tunnel's connection: both ends encrypt.
fn tunnel(capture: &mut Capture) -> Connection {
    let mut connection = handshake(capture, false);
    capture.client(&mut connection, &sealed());
    capture.server(&mut connection, &sealed());
    connection
}

/// Its second way, by datagrams.
fn datagrams(capture: &mut Capture) {
    capture.udp(PHONE, GATEWAY, &dtls_hello(1));
    capture.udp(GATEWAY, PHONE, &dtls_hello(2));
    for (from, to) in [(GATEWAY, PHONE), (PHONE, GATEWAY)] {
        capture.udp(from, to, &dtls(20, false, &[1]));
        capture.udp(from, to, &dtls(22, true, &[0x5a; 40]));
    }
}

fn asks_twice(capture: &mut Capture, server: End, payload: &[u8]) {
    capture.udp(PHONE, server, payload);
    capture.wait(2);
    capture.udp(PHONE, server, payload);
}

fn alerts(capture: &mut Capture, by_server: bool, code: u8) {
    let mut connection = handshake(capture, by_server);
    if by_server {
        capture.client(&mut connection, &certificate(&[]));
        capture.server(&mut connection, &alert(code));
    } else {
        capture.client(&mut connection, &alert(code));
    }
}

fn refuses_hello(capture: &mut Capture, code: u8) {
    let mut connection = capture.connect(PHONE, GATEWAY);
    capture.client(&mut connection, &hello(TLS_1_0));
    capture.server(&mut connection, &alert(code));
}

fn logs_in(capture: &mut Capture, answer: &str) {
    let mut connection = capture.connect(PHONE, (GATEWAY.0, 80));
    capture.client(&mut connection, b"POST /+webvpn+/index.html HTTP/1.1\r\nHost: vpn.example.com\r\n\r\n");
    capture.server(&mut connection, answer.as_bytes());
}

fn registers(capture: &mut Capture, answer: &str) {
    let contact = "<sip:SEP001122334455@192.0.2.10>";
    let asked =
        format!("REGISTER sip:cucm.example.com SIP/2.0\r\nCSeq: 1 REGISTER\r\nContact: {contact}\r\n\r\n");
    let mut connection = capture.connect(PHONE, SIP);
    capture.client(&mut connection, asked.as_bytes());
    capture.server(&mut connection, format!("SIP/2.0 {answer}\r\nCSeq: 1 REGISTER\r\n\r\n").as_bytes());
}

#[test]
fn names_and_ways_to_the_gateway() {
    tell(&[
        (
            "no such name",
            |capture| {
                capture.udp(PHONE, DNS, &question(NAME));
                capture.udp(DNS, PHONE, &answer(NAME, 3, None));
            },
            &[("gateway-name-unresolved", Likely)],
        ),
        (
            "no answer",
            |capture| asks_twice(capture, DNS, &question(NAME)),
            &[("gateway-name-unresolved", Likely)],
        ),
        (
            "resolved in the end",
            |capture| {
                asks_twice(capture, DNS, &question(NAME));
                capture.udp(DNS, PHONE, &answer(NAME, 0, Some(GATEWAY.0)));
            },
            &[],
        ),
        (
            "refused",
            |capture| capture.refuse(PHONE, GATEWAY),
            &[("connection-denied-by-acl", Possible), ("gateway-not-reached", Likely)],
        ),
        (
            "refused, and taken later",
            |capture| {
                capture.refuse(PHONE, GATEWAY);
                tunnel(capture);
            },
            &[],
        ),
        (
            "a filter forbids it",
            |capture| {
                capture.syn(PHONE, GATEWAY);
                capture.undelivered(ROUTER, 13, 0, (PHONE, GATEWAY));
            },
            &[("connection-denied-by-acl", Likely), ("gateway-not-reached", Likely)],
        ),
        (
            "silence behind the hello",
            |capture| {
                let mut connection = capture.connect(PHONE, GATEWAY);
                capture.client(&mut connection, &hello(TLS_1_2));
                capture.wait(9);
                capture.client_closes(&connection);
            },
            &[("gateway-not-reached", Possible)],
        ),
        (
            "the next link is smaller",
            |capture| {
                tunnel(capture);
                capture.undelivered(ROUTER, 4, 1280, (PHONE, GATEWAY));
            },
            &[("mtu-too-large", Possible)],
        ),
    ]);
}

#[test]
fn handshakes_and_who_ended_them() {
    tell(&[
        (
            "done",
            |capture| {
                tunnel(capture);
            },
            &[],
        ),
        ("no suite in common", |capture| refuses_hello(capture, 40), &[("no-shared-cipher", Likely)]),
        (
            "the phone's version is too low",
            |capture| refuses_hello(capture, 70),
            &[("tls-version-too-new-for-phone", Likely)],
        ),
        (
            "a wordless end for TLS 1.0",
            |capture| {
                let mut connection = capture.connect(PHONE, GATEWAY);
                capture.client(&mut connection, &hello(TLS_1_0));
                capture.server_closes(&connection);
            },
            &[("gateway-not-reached", Possible), ("tls-version-too-new-for-phone", Possible)],
        ),
        (
            "a wordless end for TLS 1.2",
            |capture| {
                let mut connection = capture.connect(PHONE, GATEWAY);
                capture.client(&mut connection, &hello(TLS_1_2));
                capture.server_closes(&connection);
            },
            &[("gateway-not-reached", Possible)],
        ),
        (
            "unknown CA",
            |capture| alerts(capture, false, 48),
            &[("phone-rejected-server-certificate", Likely)],
        ),
        (
            "the ASA's version is too low",
            |capture| alerts(capture, false, 70),
            &[("tls-version-too-old-for-phone", Likely)],
        ),
        (
            "expired, for the phone, and valid by the time of the capture",
            |capture| alerts(capture, false, 45),
            &[("phone-clock-wrong", Likely)],
        ),
        ("another alert", |capture| alerts(capture, false, 42), &[("tls-alert-from-phone", Likely)]),
        ("the orderly end", |capture| alerts(capture, false, 0), &[]),
        (
            "no client certificate",
            |capture| alerts(capture, true, 40),
            &[("client-certificate-issuer-untrusted", Likely)],
        ),
        (
            "expired, for the ASA",
            |capture| alerts(capture, true, 45),
            &[("client-certificate-expired", Likely)],
        ),
        (
            "an elliptic suite",
            |capture| {
                let mut connection = capture.connect(PHONE, GATEWAY);
                capture.client(&mut connection, &hello(TLS_1_2));
                capture.server(&mut connection, &[chosen(ECDSA), message(14, &[])].concat());
                capture.client_closes(&connection);
            },
            &[("ec-certificate-offered", Likely)],
        ),
        (
            "another suite than the session's",
            |capture| {
                tunnel(capture);
                capture.udp(PHONE, GATEWAY, &dtls_hello(1));
                capture.udp(GATEWAY, PHONE, &dtls_hello(2));
                capture.udp(PHONE, GATEWAY, &dtls(21, false, &[2, 47]));
            },
            &[("dtls-session-cipher-mismatch", Likely)],
        ),
        (
            "no DTLS",
            |capture| {
                tunnel(capture);
                asks_twice(capture, GATEWAY, &dtls_hello(1));
            },
            &[("dtls-not-established", Likely)],
        ),
    ]);
}

#[test]
fn certificates_are_compared_and_dated() {
    let shows = |name: &str, mine: &str| {
        let mut capture = Capture::new();
        let mut connection = capture.connect(PHONE, GATEWAY);
        capture.client(&mut connection, &hello(TLS_1_0));
        capture.server(&mut connection, &[chosen(RSA), certificate(&der(name)), asks()].concat());
        if !mine.is_empty() {
            capture.client(&mut connection, &certificate(&der(mine)));
        }
        capture.bytes
    };
    let ended = shows("vpn-previous", "");
    assert_eq!(told(&[("vpn.pcap", &ended)]), [("gateway-certificate-expired".to_owned(), Likely)]);
    let mut refused = Capture::new();
    let mut connection = refused.connect(PHONE, GATEWAY);
    refused.client(&mut connection, &hello(TLS_1_0));
    refused.server(&mut connection, &[chosen(RSA), certificate(&der("vpn-previous")), asks()].concat());
    refused.client(&mut connection, &alert(45));
    assert_eq!(told(&[("vpn.pcap", &refused.bytes)]), [("gateway-certificate-expired".to_owned(), Likely)]);
    let own = told(&[("vpn.pcap", &shows("vpn", "phone-lsc-expired"))]);
    assert_eq!(own, [("client-certificate-expired".to_owned(), Likely)]);
    // The hash is that of another certificate.
    let phone = "<vpnGroup>\n<addresses>\n<url1>https://198.51.100.1/Phones</url1>\n</addresses>\n<credentials>\n\
                 <hashAlg>0</hashAlg>\n<certHash1>2jmj7l5rSw0yVb/vlWAYkK/YBwk=</certHash1>\n</credentials>\n</vpnGroup>\n";
    let told = told(&[("SEP001122334455.cnf.xml", phone.as_bytes()), ("vpn.pcap", &shows("vpn", ""))]);
    assert!(told.contains(&("cert-hash-mismatch".to_owned(), Likely)), "{told:?}");
}

#[test]
fn logins_in_the_clear_and_tunnels() {
    tell(&[
        (
            "refused",
            |capture| logs_in(capture, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"),
            &[("aaa-rejected", Likely), ("login-failed", Likely)],
        ),
        (
            "no room",
            |capture| logs_in(capture, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"),
            &[("login-failed", Possible), ("vpn-session-limit-reached", Possible)],
        ),
        (
            "another host",
            |capture| {
                logs_in(
                    capture,
                    "HTTP/1.1 302 Found\r\nLocation: https://vpn2.example.com/\r\nContent-Length: 0\r\n\r\n",
                );
            },
            &[("load-balancing-redirect", Likely)],
        ),
        (
            "the same host",
            |capture| logs_in(capture, "HTTP/1.1 302 Found\r\nLocation: /in\r\nContent-Length: 0\r\n\r\n"),
            &[],
        ),
        (
            "no more answers",
            |capture| {
                let connection = tunnel(capture);
                datagrams(capture);
                capture.unacknowledged(&connection, &record(23, &[0x5a; 40]), 5);
            },
            &[("tunnel-dropped", Likely)],
        ),
        (
            "closed by the gateway",
            |capture| {
                let connection = tunnel(capture);
                datagrams(capture);
                capture.wait(9);
                capture.server_closes(&connection);
            },
            &[("tunnel-dropped", Possible)],
        ),
        (
            "closed behind the phone's goodbye",
            |capture| {
                let mut connection = tunnel(capture);
                datagrams(capture);
                capture.wait(9);
                capture.client(&mut connection, &record(23, &[0x5a; 40]));
                capture.server_closes(&connection);
            },
            &[],
        ),
        (
            "closed by the phone",
            |capture| {
                let connection = tunnel(capture);
                datagrams(capture);
                capture.client_closes(&connection);
                capture.server_closes(&connection);
            },
            &[],
        ),
        (
            "a server that closes what is no tunnel",
            |capture| {
                let connection = tunnel(capture);
                capture.wait(9);
                capture.server_closes(&connection);
            },
            &[],
        ),
    ]);
}

#[test]
fn files_and_their_servers() {
    tell(&[
        (
            "no server given",
            |capture| {
                let client = ([0, 0, 0, 0], 68);
                let everyone = ([255, 255, 255, 255], 67);
                let wanted: &[(u8, &[u8])] = &[(55, &[1, 3, 66, 150])];
                capture.udp(client, everyone, &dhcp(3, [0; 4], wanted));
                let given: &[(u8, &[u8])] = &[(1, &[255, 255, 255, 0]), (54, &ROUTER)];
                capture.udp((ROUTER, 67), (PHONE.0, 68), &dhcp(5, PHONE.0, given));
            },
            &[("no-tftp-server-given", Likely), ("tftp-server-unreachable", Possible)],
        ),
        (
            "no such file",
            |capture| {
                capture.udp(PHONE, FILES, &request(CONFIG));
                capture.udp((FILES.0, 40_000), PHONE, NOT_FOUND);
            },
            &[("phone-config-not-found", Certain)],
        ),
        (
            "a server of the own network",
            |capture| {
                capture.udp(PHONE, LOCAL, &request(CONFIG));
                capture.udp((LOCAL.0, 40_000), PHONE, NOT_FOUND);
            },
            &[("phone-config-not-found", Certain), ("tftp-server-from-local-dhcp", Likely)],
        ),
        (
            "a server of the own network first, then the right one",
            |capture| {
                asks_twice(capture, LOCAL, &request(CONFIG));
                capture.udp((PHONE.0, 50_001), FILES, &request(CONFIG));
                capture.udp((FILES.0, 40_000), (PHONE.0, 50_001), BLOCK);
            },
            &[("tftp-server-from-local-dhcp", Possible)],
        ),
        (
            "the plain file in place of the signed one",
            |capture| {
                capture.udp(PHONE, LOCAL, &request("SEP001122334455.cnf.xml.sgn"));
                capture.udp((LOCAL.0, 40_000), PHONE, NOT_FOUND);
                capture.udp((PHONE.0, 50_001), LOCAL, &request(CONFIG));
                capture.udp((LOCAL.0, 40_001), (PHONE.0, 50_001), BLOCK);
            },
            &[],
        ),
    ]);
}

#[test]
fn registrations() {
    tell(&[
        ("registered", |capture| registers(capture, "200 OK"), &[]),
        ("forbidden", |capture| registers(capture, "403 Forbidden"), &[("registration-rejected", Certain)]),
        (
            "no service",
            |capture| registers(capture, "503 Service Unavailable"),
            &[("call-control-unreachable", Possible), ("registration-rejected", Likely)],
        ),
        ("refused", |capture| capture.refuse(PHONE, SCCP), &[("call-control-unreachable", Likely)]),
        (
            "taken and not answered",
            |capture| {
                let mut connection = capture.connect(PHONE, SCCP);
                capture.client(&mut connection, &sccp(1, b"SEP001122334455\0"));
                capture.wait(9);
                capture.client_closes(&connection);
            },
            &[("call-control-unreachable", Likely), ("registration-rejected", Possible)],
        ),
        (
            "sent to reset",
            |capture| {
                let mut connection = capture.connect(PHONE, SCCP);
                capture.client(&mut connection, &sccp(1, b"SEP001122334455\0"));
                capture.server(&mut connection, &sccp(0x81, &[0; 20]));
                capture.server(&mut connection, &sccp(0x9f, &[1, 0, 0, 0]));
            },
            &[("dropped-by-config-change", Possible)],
        ),
        (
            "a certificate that call control does not take",
            |capture| {
                let mut connection = capture.connect(PHONE, (SIP.0, 5061));
                capture.client(&mut connection, &hello(TLS_1_2));
                capture.server(&mut connection, &[chosen(RSA), certificate(&der("other")), asks()].concat());
                capture.client(&mut connection, &certificate(&der("phone-lsc")));
                capture.server(&mut connection, &alert(48));
            },
            &[("call-control-unreachable", Likely), ("registration-rejected", Possible)],
        ),
        ("CAPF is closed", |capture| capture.refuse(PHONE, CAPF), &[("capf-not-reached", Likely)]),
    ]);
}

#[test]
fn where_a_phone_is_known_other_hosts_are_other_peoples() {
    tell(&[(
        "a PC beside it",
        |capture| {
            capture.udp(PHONE, FILES, &request(CONFIG));
            capture.udp((FILES.0, 40_000), PHONE, BLOCK);
            capture.refuse(PC, GATEWAY);
        },
        &[],
    )]);
}

/// A client that shows its hello, and is shown a certificate.
fn is_shown(capture: &mut Capture, server: End, hello: &[u8], name: &str) -> Connection {
    let mut connection = capture.connect(PHONE, server);
    capture.client(&mut connection, hello);
    capture.server(&mut connection, &[chosen(RSA), certificate(&der(name)), message(14, &[])].concat());
    connection
}

#[test]
fn what_is_not_the_vpn_of_a_phone_tells_nothing() {
    const MAIL: End = ([198, 51, 100, 9], 993);
    tell(&[
        (
            "a browser that goes away from an expired certificate",
            |capture| {
                let mut connection = is_shown(capture, GATEWAY, &browser_hello(), "vpn-previous");
                capture.client(&mut connection, &alert(45));
            },
            &[],
        ),
        ("a mail server that refuses", |capture| capture.refuse(PHONE, MAIL), &[]),
        (
            "a mail server with an expired certificate",
            |capture| {
                let mut connection = is_shown(capture, MAIL, &hello(TLS_1_0), "vpn-previous");
                capture.client(&mut connection, &alert(48));
            },
            &[],
        ),
        (
            "an expired certificate that the client took",
            |capture| {
                let mut connection = is_shown(capture, GATEWAY, &hello(TLS_1_0), "vpn-previous");
                capture.client(&mut connection, &sealed());
                capture.server(&mut connection, &sealed());
            },
            &[],
        ),
        (
            "the same, of one that stops",
            |capture| {
                is_shown(capture, GATEWAY, &curl_hello(), "vpn-previous");
            },
            &[("gateway-certificate-expired", Likely)],
        ),
    ]);
}

/// A phone asks for its configuration, and the gateway refuses its connection.
fn is_refused(capture: &mut Capture, phone: End, config: &str) {
    capture.udp(phone, FILES, &request(config));
    capture.udp((FILES.0, 40_000), phone, BLOCK);
    capture.refuse(phone, GATEWAY);
}
