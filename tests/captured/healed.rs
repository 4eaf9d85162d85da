//! A failure is over where a gateway takes the phone later. Other servers that speak TLS with it are none.

use super::*;

const OTHER: End = ([198, 51, 100, 9], 443);
const PHONES_FILE: &str = "<device><vpnGroup><addresses><url1>https://vpn.example.com/Phones</url1>\
     <url2>https://vpn2.example.com/Phones</url2></addresses><credentials><certHash1>5X6B6plUwUSXZnjQ4kGM33mpMXY=\
     </certHash1></credentials></vpnGroup></device>";

/// The gateway of this name refuses the hello, and another server takes the phone.
fn refused_then_taken(name: &str, other: &str, server: End) -> Capture {
    let mut capture = Capture::new();
    capture.udp(PHONE, DNS, &question(name));
    capture.udp(DNS, PHONE, &answer(name, 0, Some(GATEWAY.0)));
    if !other.is_empty() {
        capture.udp(PHONE, DNS, &question(other));
        capture.udp(DNS, PHONE, &answer(other, 0, Some(server.0)));
    }
    refuses_hello(&mut capture, 40);
    let mut connection = capture.connect(PHONE, server);
    capture.client(&mut connection, &hello(TLS_1_0));
    capture.server(&mut connection, &[chosen(RSA), message(14, &[])].concat());
    capture.client(&mut connection, &sealed());
    capture.server(&mut connection, &sealed());
    capture
}

#[test]
fn a_server_that_is_no_gateway_mends_nothing() {
    for (name, other, server, with_file, fails) in [
        (NAME, NAME, GATEWAY, false, false),
        (NAME, "", OTHER, false, false),
        (NAME, "vpn2.example.com", OTHER, false, false),
        (NAME, "directory.example.com", OTHER, false, true),
        (NAME, "vpn2.example.com", OTHER, true, false),
        (NAME, "directory.example.com", OTHER, true, true),
        (NAME, "", OTHER, true, true),
    ] {
        let capture = refused_then_taken(name, other, server);
        let mut files = vec![("vpn.pcap", capture.bytes.as_slice())];
        if with_file {
            files.push(("SEP001122334455.cnf.xml", PHONES_FILE.as_bytes()));
        }
        let refused = told(&files).iter().any(|(rule, _)| rule == "no-shared-cipher");
        assert_eq!(refused, fails, "{other} {with_file}");
    }
}
