//! What a phone said itself fills the negotiation, instead of what is known of its model.

use super::timeline::case;
use super::*;

const ASA: &str = "ASA Version 9.8(2)\nhostname asa\nssl cipher tlsv1 custom \"AES128-SHA\"\nwebvpn\n enable outside\n: end\n";
const NEW: &str =
    "<device><loadInformation>sip88xx.12-5-1SR2-2</loadInformation><vpnGroup></vpnGroup></device>";

/// The rows of the case's own phones: name, offers, version and suite, outcome, what it said besides, the first packet.
fn rows(files: &[(&str, &[u8])]) -> Vec<String> {
    let case = case(files);
    let rows = case.negotiations.iter().flat_map(|view| &view.rows).filter(|row| row.own);
    rows.map(|row| {
        let heard: Vec<_> = row.heard.iter().map(|(name, value)| format!("{} {value}", name.en())).collect();
        let packet = row.places.first().and_then(|place| place.at.packet).map(|packet| packet.number);
        let agreed = format!("{} {}", row.version, row.suite);
        format!(
            "{} | {} | {agreed} | {} | {packet:?}",
            row.phone.en(),
            row.offers.join(":"),
            heard.join(", ")
        )
    })
    .collect()
}

#[test]
fn a_hello_is_what_the_phone_offers() {
    let mut capture = Capture::new();
    refuses_hello(&mut capture, 40);
    let said = "Highest version, as it said TLS 1.0";
    let alone =
        format!("The phone in the capture (192.0.2.10) | AES256-SHA:AES128-SHA |   | {said} | Some(3)");
    let capture = ("vpn.pcap", capture.bytes.as_slice());
    assert_eq!(rows(&[capture]), [alone], "no settings of an ASA");
    let config = ("asa.cfg", ASA.as_bytes());
    let guessed = rows(&[capture, config]);
    assert!(guessed[0].starts_with("The phone in the capture"), "{guessed:?}");
    let phone = ("SEP001122334455.cnf.xml", NEW.as_bytes());
    let before = rows(&[config, phone]);
    assert!(before[0].contains("ECDHE"), "by the table: {before:?}");
    let own = rows(&[config, phone, capture]);
    assert!(own[0].contains("| AES256-SHA:AES128-SHA | TLS 1.0 AES128-SHA |"), "{own:?}");
    assert!(own[0].ends_with(&format!("| {said} | Some(3)")), "{own:?}");
}

#[test]
fn what_was_chosen_on_the_wire_is_what_they_agreed_on() {
    let mut capture = Capture::new();
    tunnel(&mut capture);
    let agreed = rows(&[("vpn.pcap", &capture.bytes), ("asa.cfg", ASA.as_bytes())]);
    assert!(agreed[0].contains("| TLS 1.0 AES256-SHA |"), "{agreed:?}");
}

#[test]
fn a_hello_names_its_curves_and_signatures_and_signals_are_no_suites() {
    let mut capture = Capture::new();
    let mut connection = capture.connect(PHONE, GATEWAY);
    // Behind the suites the signals of renegotiation and of a fallback; then secp256r1, and RSA with SHA-256.
    let suites = [0, 0, 8, 0, 0x35, 0, 0x2f, 0, 0xff, 0x56, 0, 1, 0];
    let extensions = [0, 16, 0, 10, 0, 4, 0, 2, 0, 23, 0, 13, 0, 4, 0, 2, 4, 1];
    let hello = message(1, &[&TLS_1_2[..], &[7; 32], &suites, &extensions].concat());
    capture.client(&mut connection, &hello);
    capture.server(&mut connection, &alert(40));
    let said = rows(&[("vpn.pcap", &capture.bytes)]);
    assert_eq!(
        said,
        [
            "The phone in the capture (192.0.2.10) | AES256-SHA:AES128-SHA |   | Highest version, as it said TLS 1.2, Curves \
          and groups, as it said secp256r1, Signatures, as it said RSA+SHA256 | Some(3)"
        ]
    );
}
