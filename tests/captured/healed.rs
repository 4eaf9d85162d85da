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
    for (name, other, server, with_file, fails, is_earlier) in [
        (NAME, NAME, GATEWAY, false, false, false),
        (NAME, "", OTHER, false, false, false),
        (NAME, "vpn2.example.com", OTHER, false, false, true),
        (NAME, "directory.example.com", OTHER, false, true, false),
        (NAME, "vpn2.example.com", OTHER, true, false, true),
        (NAME, "directory.example.com", OTHER, true, true, false),
        (NAME, "", OTHER, true, true, false),
        // One name with two addresses is one gateway.
        (NAME, NAME, OTHER, false, false, false),
    ] {
        let capture = refused_then_taken(name, other, server);
        let mut files = vec![("vpn.pcap", capture.bytes.as_slice())];
        if with_file {
            files.push(("SEP001122334455.cnf.xml", PHONES_FILE.as_bytes()));
        }
        let told = told(&files);
        let is_told = |wanted: &str| told.iter().any(|(rule, _)| rule == wanted);
        assert_eq!(is_told("no-shared-cipher"), fails, "{other} {with_file}");
        assert_eq!(is_told("earlier-gateway-failed"), is_earlier, "{other} {with_file}");
    }
}

#[test]
fn a_host_that_got_no_connection_to_either_gateway_was_cut_off() {
    for (cut_off, is_earlier) in [(false, true), (true, false)] {
        let mut capture = Capture::new();
        for (name, address) in [(NAME, GATEWAY.0), ("vpn2.example.com", OTHER.0)] {
            capture.udp(PHONE, DNS, &question(name));
            capture.udp(DNS, PHONE, &answer(name, 0, Some(address)));
        }
        capture.refuse(PHONE, GATEWAY);
        if cut_off {
            capture.refuse((PHONE.0, 50_007), OTHER);
        }
        let mut connection = capture.connect((PHONE.0, 50_008), OTHER);
        capture.client(&mut connection, &hello(TLS_1_0));
        capture.server(&mut connection, &[chosen(RSA), message(14, &[])].concat());
        capture.client(&mut connection, &sealed());
        capture.server(&mut connection, &sealed());
        let is_told =
            told(&[("vpn.pcap", &capture.bytes)]).iter().any(|(rule, _)| rule == "earlier-gateway-failed");
        assert_eq!(is_told, is_earlier, "{cut_off}");
    }
}

#[test]
fn a_name_that_is_not_resolved_is_a_gateway_that_failed() {
    for (with_file, resolved_later, is_earlier) in
        [(true, false, true), (true, true, false), (false, false, false)]
    {
        let mut capture = Capture::new();
        capture.udp(PHONE, DNS, &question(NAME));
        capture.udp(DNS, PHONE, &answer(NAME, 3, None));
        let resolved = |capture: &mut Capture, name: &str, address| {
            capture.udp(PHONE, DNS, &question(name));
            capture.udp(DNS, PHONE, &answer(name, 0, Some(address)));
        };
        resolved(&mut capture, "vpn2.example.com", OTHER.0);
        if resolved_later {
            resolved(&mut capture, NAME, GATEWAY.0);
        }
        let mut connection = capture.connect(PHONE, OTHER);
        capture.client(&mut connection, &hello(TLS_1_0));
        capture.server(&mut connection, &[chosen(RSA), message(14, &[])].concat());
        capture.client(&mut connection, &sealed());
        capture.server(&mut connection, &sealed());
        let mut files = vec![("vpn.pcap", capture.bytes.as_slice())];
        if with_file {
            files.push(("SEP001122334455.cnf.xml", PHONES_FILE.as_bytes()));
        }
        let is_told = told(&files).iter().any(|(rule, _)| rule == "earlier-gateway-failed");
        assert_eq!(is_told, is_earlier, "{with_file} {resolved_later}");
    }
}

/// One client is refused, and one is taken, both at one address; each offers its suites.
fn two_clients(refused: &[u16], taken: &[u16]) -> Capture {
    let mut capture = Capture::new();
    capture.udp(PHONE, DNS, &question(NAME));
    capture.udp(DNS, PHONE, &answer(NAME, 0, Some(GATEWAY.0)));
    let mut connection = capture.connect(PHONE, GATEWAY);
    capture.client(&mut connection, &hello_with(TLS_1_2, refused));
    capture.server(&mut connection, &alert(40));
    let mut connection = capture.connect((PHONE.0, 50_007), GATEWAY);
    capture.client(&mut connection, &hello_with(TLS_1_2, taken));
    capture.server(&mut connection, &[chosen(RSA), message(14, &[])].concat());
    capture.client(&mut connection, &sealed());
    capture.server(&mut connection, &sealed());
    capture
}

#[test]
fn who_offers_more_is_another_client_behind_the_same_address() {
    const OLD: &[u16] = &[0x35, 0x2f];
    const NEW: &[u16] = &[0xc030, 0xc028, 0x35, 0x2f];
    for (refused, taken, counts) in [
        (OLD, OLD, false),
        (NEW, NEW, false),
        // A newer phone beside an old one.
        (OLD, NEW, true),
        (&[0xc030, 0xc028], OLD, true),
        // It falls back to what it offered before, and may say that it does (RFC 7507).
        (NEW, OLD, false),
        (NEW, &[0x35, 0x2f, 0x5600], false),
        (OLD, &[0x35, 0x2f, 0x00ff], false),
    ] {
        let told = told(&[("vpn.pcap", &two_clients(refused, taken).bytes)]);
        let refused_is_told = told.iter().any(|(rule, _)| rule == "no-shared-cipher");
        assert_eq!(refused_is_told, counts, "{refused:x?} {taken:x?}: {told:?}");
    }
}
