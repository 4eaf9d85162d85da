//! Two captures side by side, the same phone at the same gateway with one difference planted: that one comes first.

use vpn_phone_doctor::compare::render::render;
use vpn_phone_doctor::compare::{Matters, compare};
use vpn_phone_doctor::plan::render::Form;
use vpn_phone_doctor::text::Lang;

use super::*;

/// A hello of a version at most with these suites and, unless it is empty, the name of the server.
fn hello_of(version: [u8; 2], suites: &[[u8; 2]], name: &str) -> Vec<u8> {
    let length = |size: usize| u16::try_from(size).unwrap().to_be_bytes();
    let suites = suites.concat();
    let mut body = [&version[..], &[7; 32], &[0], &length(suites.len()), &suites, &[1, 0]].concat();
    if !name.is_empty() {
        let entry = [&[0][..], &length(name.len()), name.as_bytes()].concat();
        let list = [&length(entry.len())[..], &entry].concat();
        let extension = [&[0, 0][..], &length(list.len()), &list].concat();
        body.extend([&length(extension.len())[..], &extension].concat());
    }
    message(1, &body)
}

/// The address of the gateway is asked for, then a connection is opened and a hello said.
fn begins(capture: &mut Capture, hello: &[u8]) -> Connection {
    capture.udp(PHONE, DNS, &question(NAME));
    capture.udp(DNS, PHONE, &answer(NAME, 0, Some(GATEWAY.0)));
    let mut connection = capture.connect(PHONE, GATEWAY);
    capture.client(&mut connection, hello);
    connection
}

/// The server's part with a certificate of the fixtures.
fn shows(capture: &mut Capture, connection: &mut Connection, suite: [u8; 2], shown: &str) {
    capture.server(connection, &[chosen(suite), certificate(&der(shown)), message(14, &[])].concat());
}

fn encrypts(capture: &mut Capture, connection: &mut Connection) {
    capture.client(connection, &sealed());
    capture.server(connection, &sealed());
}

/// The side that works: a tunnel, and the voice channel beside it.
fn works(capture: &mut Capture, hello: &[u8]) {
    let mut connection = begins(capture, hello);
    shows(capture, &mut connection, RSA, "vpn");
    encrypts(capture, &mut connection);
    datagrams(capture);
}

/// What fails, what comes first, the rule that objects, and how sure it is that this explains it.
type Pair = (&'static str, fn(&mut Capture), &'static str, &'static str, Matters);

const OLD: [[u8; 2]; 2] = [[0, 0x35], [0, 0x2f]];

// No rule says of a recording that its name is resolved, so that one side lacks it is only possible.
const PAIRS: &[Pair] = &[
    (
        "suites",
        |capture| {
            let mut connection = begins(capture, &hello_of(TLS_1_2, &[[0, 5], [0, 10]], NAME));
            capture.server(&mut connection, &alert(40));
        },
        "ciphers that the client offers",
        "no-shared-cipher",
        Matters::Likely,
    ),
    (
        "version",
        |capture| {
            let mut connection = begins(capture, &hello_of(TLS_1_0, &OLD, NAME));
            capture.server(&mut connection, &alert(70));
        },
        "highest version of the client",
        "tls-version-too-new-for-phone",
        Matters::Likely,
    ),
    (
        "name of the server",
        |capture| {
            let mut connection = begins(capture, &hello_of(TLS_1_2, &OLD, "other.example.com"));
            capture.server(&mut connection, &alert(112));
        },
        "name of the server in the hello",
        "tls-alert-from-phone",
        Matters::Likely,
    ),
    (
        "certificate",
        |capture| {
            let mut connection = begins(capture, &hello_of(TLS_1_2, &OLD, NAME));
            shows(capture, &mut connection, RSA, "vpn-ending");
            capture.client(&mut connection, &alert(48));
        },
        "certificate that the server showed",
        "phone-rejected-server-certificate",
        Matters::Likely,
    ),
    (
        "alert",
        |capture| {
            let mut connection = begins(capture, &hello_of(TLS_1_2, &OLD, NAME));
            shows(capture, &mut connection, RSA, "vpn");
            capture.client(&mut connection, &alert(42));
        },
        "alert that ended it",
        "tls-alert-from-phone",
        Matters::Likely,
    ),
    (
        "suite of the voice channel",
        |capture| {
            let mut connection = begins(capture, &hello_of(TLS_1_2, &OLD, NAME));
            shows(capture, &mut connection, RSA, "vpn");
            encrypts(capture, &mut connection);
            asks_twice(capture, GATEWAY, &dtls_hello(1));
        },
        "what came back to the hello (DTLS)",
        "dtls-not-established",
        Matters::Likely,
    ),
    (
        "silence",
        |capture| {
            let connection = begins(capture, &hello_of(TLS_1_2, &OLD, NAME));
            capture.wait(9);
            capture.client_closes(&connection);
        },
        "what came back to the hello",
        "gateway-not-reached",
        Matters::Likely,
    ),
    (
        "name that is not resolved",
        |capture| {
            capture.udp(PHONE, DNS, &question(NAME));
            capture.udp(DNS, PHONE, &answer(NAME, 3, None));
        },
        "The phone cannot resolve the name of its VPN gateway",
        "gateway-name-unresolved",
        Matters::Possible,
    ),
];

#[test]
fn the_planted_difference_of_two_captures_comes_first() {
    for (name, fails, what, rule, matters) in PAIRS {
        let (mut good, mut bad) = (Capture::new(), Capture::new());
        works(&mut good, &hello_of(TLS_1_2, &OLD, NAME));
        // Another day, other times.
        bad.wait(90);
        fails(&mut bad);
        let read = |name, capture: &Capture| [intake::read(name, &capture.bytes, &Limits::default())];
        let (good, bad) = (read("works.pcap", &good), read("fails.pcap", &bad));
        for (a, b, way) in [(&good, &bad, "as recorded"), (&bad, &good, "the other way round")] {
            let told = compare(a, b, &Said::new(), NOW);
            let text = render(&told, Form::Text, Lang::En);
            let first = told.differences.first().unwrap_or_else(|| panic!("{name}: nothing differs"));
            assert!(first.what.en().starts_with(what), "{name}, {way}:\n{text}");
            assert_eq!(
                (first.rule.as_deref(), first.matters),
                (Some(*rule), *matters),
                "{name}, {way}:\n{text}"
            );
        }
    }
}
