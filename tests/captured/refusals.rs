//! Why one end ends a handshake is told by what passed before its alert, not by the alert alone: servers choose
//! different ones for the same reason (OpenSSL 3.0 sends 40 where no certificate came, GnuTLS 3.7 sends 50).

use super::*;

/// A gateway asks for a certificate, gets this one or none, and sends an alert.
fn refused(shown: &str, code: u8) -> Capture {
    let mut capture = Capture::new();
    let mut connection = handshake(&mut capture, true);
    let shown = if shown.is_empty() { Vec::new() } else { der(shown) };
    capture.client(&mut connection, &certificate(&shown));
    capture.server(&mut connection, &alert(code));
    capture
}

#[test]
fn what_the_client_showed_tells_what_the_gateways_alert_is_about() {
    const EXPIRED: &str = "client-certificate-expired";
    const UNTRUSTED: &str = "client-certificate-issuer-untrusted";
    let rows: [(&str, u8, &[&str]); 9] = [
        ("", 40, &[UNTRUSTED]),
        ("", 50, &[UNTRUSTED]),
        ("", 42, &[UNTRUSTED]),
        ("phone-lsc", 42, &[UNTRUSTED]),
        ("phone-lsc", 48, &[UNTRUSTED]),
        ("phone-lsc", 43, &["tls-alert-from-phone"]),
        ("phone-lsc", 44, &["tls-alert-from-phone"]),
        ("phone-lsc-expired", 42, &[EXPIRED]),
        ("phone-lsc-expired", 48, &[EXPIRED, UNTRUSTED]),
    ];
    for (shown, code, expected) in rows {
        let told = told(&[("vpn.pcap", &refused(shown, code).bytes)]);
        let rules: Vec<&str> = told.iter().map(|(rule, _)| rule.as_str()).collect();
        assert_eq!(rules, expected, "{shown} {code}");
    }
}

#[test]
fn a_phone_that_shows_nothing_is_not_said_to_have_shown_the_wrong_thing() {
    for (shown, says_none) in [("", true), ("phone-lsc", false)] {
        let reading = intake::read("vpn.pcap", &refused(shown, 40).bytes, &Limits::default());
        let findings = diagnose(&[reading], &Said::new(), NOW).findings;
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].title.en().contains("sends none"), says_none, "{shown}");
        assert!(!findings[0].fix.is_empty());
    }
}

#[test]
fn the_first_of_two_alerts_counts() {
    let ends = |codes: [(u8, u8); 2]| {
        let mut capture = Capture::new();
        let mut connection = handshake(&mut capture, false);
        for (level, code) in codes {
            capture.client(&mut connection, &record(21, &[level, code]));
        }
        told(&[("vpn.pcap", &capture.bytes)])
    };
    assert_eq!(ends([(2, 48), (2, 42)]), [("phone-rejected-server-certificate".to_owned(), Likely)]);
    assert_eq!(ends([(2, 42), (2, 48)]), [("tls-alert-from-phone".to_owned(), Likely)]);
    // A warning ends nothing.
    let behind_a_warning = ends([(1, 112), (2, 48)]);
    assert!(behind_a_warning.contains(&("phone-rejected-server-certificate".to_owned(), Likely)));
}

#[test]
fn a_web_server_without_tls_is_not_the_gateway() {
    let answers = |answer: &[u8]| {
        let mut capture = Capture::new();
        let mut connection = capture.connect(PHONE, GATEWAY);
        capture.client(&mut connection, &hello(TLS_1_0));
        capture.server(&mut connection, answer);
        capture.server_closes(&connection);
        told(&[("vpn.pcap", &capture.bytes)])
    };
    let page = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    assert_eq!(answers(page), [("gateway-not-reached".to_owned(), Likely)]);
    assert_eq!(answers(&[chosen(RSA), message(14, &[])].concat()), []);
}

#[test]
fn datagrams_that_cannot_be_sent_are_one_fault_and_their_alert_an_echo() {
    let closed = |capture: &mut Capture| {
        capture.udp(PHONE, GATEWAY, &dtls_hello(1));
        capture.undelivered_datagram(GATEWAY.0, 3, (PHONE, GATEWAY));
        capture.udp(PHONE, GATEWAY, &dtls(21, false, &[2, 80]));
    };
    let mut alone = Capture::new();
    closed(&mut alone);
    assert_eq!(told(&[("vpn.pcap", &alone.bytes)]), [("dtls-not-established".to_owned(), Likely)]);
    // A connection that never became a tunnel has nothing for datagrams to carry.
    let mut without = Capture::new();
    let mut connection = handshake(&mut without, false);
    without.client(&mut connection, &message(16, &[7; 64]));
    without.client_closes(&connection);
    closed(&mut without);
    assert_eq!(told(&[("vpn.pcap", &without.bytes)]), []);
}

/// A handshake up to the server's part, and the end of the connection by one side, behind what the client said.
fn broken_off(capture: &mut Capture, asks_too: bool, said: &[u8], by_server: bool) {
    let mut connection = handshake(capture, asks_too);
    if !said.is_empty() {
        capture.client(&mut connection, said);
    }
    if by_server {
        capture.server_closes(&connection);
    } else {
        capture.client_closes(&connection);
    }
}

#[test]
fn a_handshake_that_ends_without_a_word_is_told_as_possible() {
    let key = || message(16, &[7; 64]);
    tell(&[
        (
            "the phone leaves behind the certificate",
            |capture| broken_off(capture, false, &[], false),
            &[("phone-rejected-server-certificate", Possible)],
        ),
        (
            "the phone leaves, and the ASA says decode_error to that",
            |capture| {
                let mut connection = handshake(capture, false);
                capture.client_closes(&connection);
                capture.server(&mut connection, &alert(50));
            },
            &[("phone-rejected-server-certificate", Possible)],
        ),
        ("the phone leaves behind its own part", |capture| broken_off(capture, false, &sealed(), false), &[]),
        ("the ASA leaves, and nothing was shown", |capture| broken_off(capture, false, &[], true), &[]),
        (
            "the ASA leaves behind the phone's certificate",
            |capture| {
                broken_off(
                    capture,
                    true,
                    &[certificate(&der("phone-lsc")), message(16, &[7; 64])].concat(),
                    true,
                );
            },
            &[],
        ),
        (
            "the ASA leaves, and the phone has none",
            |capture| broken_off(capture, true, &certificate(&[]), true),
            &[("client-certificate-issuer-untrusted", Possible)],
        ),
        (
            "the next attempt gets through",
            |capture| {
                broken_off(capture, false, &[], false);
                tunnel(capture);
            },
            &[],
        ),
    ]);
    let mut capture = Capture::new();
    broken_off(&mut capture, true, &[certificate(&[]), key()].concat(), true);
    let reading = intake::read("vpn.pcap", &capture.bytes, &Limits::default());
    let case = diagnose(&[reading], &Said::new(), NOW);
    assert_eq!(
        case.findings[0].title.en(),
        "The ASA asks for a client certificate, and the phone sends none"
    );
}

#[test]
fn a_goodbye_is_no_answer_to_a_hello() {
    tell(&[(
        "close_notify, and the end",
        |capture| {
            let mut connection = capture.connect(PHONE, GATEWAY);
            capture.client(&mut connection, &hello(TLS_1_2));
            capture.server(&mut connection, &record(21, &[1, 0]));
            capture.server_closes(&connection);
        },
        &[("gateway-not-reached", Possible)],
    )]);
}

#[test]
fn what_the_phone_says_to_an_end_or_to_plain_text_is_an_echo() {
    tell(&[
        (
            "decode_error behind the server's end",
            |capture| {
                let mut connection = capture.connect(PHONE, GATEWAY);
                capture.client(&mut connection, &hello(TLS_1_2));
                capture.server_closes(&connection);
                capture.client(&mut connection, &alert(50));
            },
            &[("gateway-not-reached", Possible)],
        ),
        (
            "record_overflow behind HTTP",
            |capture| {
                let mut connection = capture.connect(PHONE, GATEWAY);
                capture.client(&mut connection, &hello(TLS_1_2));
                capture.server(&mut connection, b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                capture.client(&mut connection, &alert(22));
            },
            &[("gateway-not-reached", Likely)],
        ),
    ]);
}
