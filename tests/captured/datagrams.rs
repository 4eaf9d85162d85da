//! A phone opens its tunnel by TLS and then a second one by DTLS. What fails there says nothing of the first.

use super::*;

fn answered(capture: &mut Capture, code: u8) {
    capture.udp(PHONE, GATEWAY, &dtls_hello(1));
    capture.udp(GATEWAY, PHONE, &dtls(21, false, &[2, code]));
}

#[test]
fn what_dtls_does_not_agree_on_is_no_fault_of_tls() {
    tell(&[
        (
            "no suite for DTLS beside a tunnel",
            |capture| {
                tunnel(capture);
                answered(capture, 40);
            },
            &[("dtls-not-established", Likely)],
        ),
        (
            "no version of DTLS beside a tunnel",
            |capture| {
                tunnel(capture);
                answered(capture, 70);
            },
            &[("dtls-not-established", Likely)],
        ),
        (
            "the phone finds the ASA's DTLS too old",
            |capture| {
                tunnel(capture);
                capture.udp(PHONE, GATEWAY, &dtls_hello(1));
                capture.udp(GATEWAY, PHONE, &dtls_hello(2));
                capture.udp(PHONE, GATEWAY, &dtls(21, false, &[2, 70]));
            },
            &[("dtls-not-established", Likely)],
        ),
        ("DTLS alone", |capture| answered(capture, 71), &[("dtls-not-established", Likely)]),
        (
            "another suite at the second try",
            |capture| {
                tunnel(capture);
                answered(capture, 40);
                datagrams(capture);
            },
            &[],
        ),
    ]);
}

#[test]
fn the_stage_of_tls_does_not_fail_for_dtls() {
    let mut capture = Capture::new();
    tunnel(&mut capture);
    answered(&mut capture, 40);
    let reading = intake::read("vpn.pcap", &capture.bytes, &Limits::default());
    let case = diagnose(&[reading], &Said::new(), NOW);
    assert!(case.findings.iter().all(|finding| finding.severity != Severity::Blocker), "{:?}", case.findings);
}
