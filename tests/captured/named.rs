//! How surely a capture names its phone, and that two phones are told apart.

use super::*;

#[test]
fn what_names_itself_is_sure_and_the_only_host_is_taken_for_the_phone() {
    tell(&[
        (
            "it asks for its configuration",
            |capture| is_refused(capture, PHONE, CONFIG),
            &[("connection-denied-by-acl", Possible), ("gateway-not-reached", Certain)],
        ),
        (
            "nothing names it",
            |capture| capture.refuse(PHONE, GATEWAY),
            &[("connection-denied-by-acl", Possible), ("gateway-not-reached", Likely)],
        ),
    ]);
}

#[test]
fn two_phones_are_two_findings() {
    let mut capture = Capture::new();
    is_refused(&mut capture, PHONE, CONFIG);
    is_refused(&mut capture, PC, "SEP001122334466.cnf.xml");
    let readings = [intake::read("vpn.pcap", &capture.bytes, &Limits::default())];
    let findings = diagnose(&readings, &Said::new(), NOW).findings;
    let refused = findings.iter().filter(|finding| finding.rule == "gateway-not-reached");
    let told: Vec<String> = refused.map(|finding| format!("{:?}", finding.explanation)).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    for phone in ["SEP001122334455", "SEP001122334466"] {
        assert_eq!(told.iter().filter(|told| told.contains(phone)).count(), 1, "{phone}: {told:?}");
    }
}
