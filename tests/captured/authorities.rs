//! A gateway names the CAs of which it takes a certificate, gets one of another, and ends the connection or goes on.

use super::*;

/// The issuer's name in a certificate, as DER.
fn issuer_of(certificate: &[u8]) -> Vec<u8> {
    let (_, certificate) = x509_parser::parse_x509_certificate(certificate).unwrap();
    certificate.issuer().as_raw().to_vec()
}

#[test]
fn a_certificate_of_no_ca_that_was_asked_for_matters_where_the_gateway_ends_it() {
    let shows_unlisted = |authorities: &[&[u8]], goes_on: bool, ended: bool| {
        let mut capture = Capture::new();
        let mut connection = capture.connect(PHONE, GATEWAY);
        capture.client(&mut connection, &hello(TLS_1_0));
        let asked = [chosen(RSA), certificate(&der("vpn")), asks_for(authorities)].concat();
        capture.server(&mut connection, &asked);
        capture.client(&mut connection, &certificate(&der("phone-lsc")));
        if goes_on {
            capture.client(&mut connection, &sealed());
            capture.server(&mut connection, &sealed());
        }
        if ended {
            capture.server_closes(&connection);
        }
        told(&[("vpn.pcap", &capture.bytes)])
    };
    let issuer = issuer_of(&der("phone-lsc"));
    let other = issuer_of(&der("vpn"));
    assert_ne!(issuer, other);
    let untrusted = ("client-certificate-issuer-untrusted".to_owned(), Possible);
    for (authorities, goes_on, ended, expected) in [
        (vec![&*other], false, true, true),
        (vec![&*other, &*issuer], false, true, false),
        (vec![], false, true, false),
        (vec![&*other], true, true, false),
        // The capture ends before anybody says what comes of it.
        (vec![&*other], false, false, false),
    ] {
        let findings = shows_unlisted(&authorities, goes_on, ended);
        assert_eq!(findings.contains(&untrusted), expected, "{authorities:?} {goes_on} {ended} {findings:?}");
    }
}
