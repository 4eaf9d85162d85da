//! Which certificate the wire shows, what a file says instead, and the chain up to the root.

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::views::chains;

use super::timeline::case;
use super::*;

const PHONE_FILE: &str = "<device><deviceProtocol>SIP</deviceProtocol><vpnGroup><addresses><url1>https://vpn.example.com/phones</url1></addresses>\
    <credentials><hashAlg>0</hashAlg><certHash1>HASH</certHash1></credentials></vpnGroup></device>";

/// A configuration that binds this certificate.
fn config(name: &str) -> String {
    let hex: String = der(name).iter().map(|byte| format!("{byte:02x}")).collect();
    format!(
        "ASA Version 9.8(2)\nhostname asa\ncrypto ca trustpoint PHONES\n enrollment terminal\n\
        crypto ca certificate chain PHONES\n certificate 01\n    {hex}\n  quit\n\
        ssl trust-point PHONES outside\nwebvpn\n enable outside\n: end\n"
    )
}

/// What is said of who presents each certificate, and whether it is disputed.
fn shown(case: &Diagnosis) -> Vec<(String, bool)> {
    let all = case.certificates.iter().flat_map(|row| &row.shown_by);
    all.map(|one| (one.says.en().into_owned(), one.disputed)).collect()
}

#[test]
fn where_a_file_says_otherwise_the_wire_wins_and_the_dispute_is_shown() {
    let mut capture = Capture::new();
    capture.udp(PHONE, DNS, &question(NAME));
    capture.udp(DNS, PHONE, &answer(NAME, 0, Some(GATEWAY.0)));
    alerts(&mut capture, false, 48);
    let previous = config("vpn-previous");
    let trusted = case(&[("asa.cfg", previous.as_bytes())]).certificates[0].sha1_base64.clone();
    let phone = PHONE_FILE.replace("HASH", &trusted);
    let case = case(&[
        ("asa.cfg", previous.as_bytes()),
        ("SEP001122334455.cnf.xml", phone.as_bytes()),
        ("vpn.pcap", &capture.bytes),
    ]);
    let told = shown(&case);
    let told: Vec<_> = told.iter().map(|(says, disputed)| (says.as_str(), *disputed)).collect();
    assert_eq!(told, [("its trust-point is bound", true), ("a phone’s handshake shows it", false)]);
    let found = case.findings.iter().find(|found| found.rule == "cert-hash-mismatch").unwrap();
    assert_eq!(found.confidence, Likely, "a PC may dial the phone's URL, too");
    let why = format!("{:?}", found.explanation);
    assert!(why.contains("binds another certificate"), "{why}");
    assert!(found.evidence.iter().any(|one| one.at.as_ref().is_some_and(|at| at.packet.is_some())));
    let chains = chains::of(&case);
    assert_eq!(chains.len(), 2, "the disputed one stands behind");
    assert!(!case.certificates[chains[0][0]].shown_by[0].disputed);
}

#[test]
fn a_phone_that_trusts_the_issuer_needs_it_in_the_handshake() {
    let (leaf, authority) = (der("issued"), der("authority"));
    let trusted = case(&[("ca.cer", &authority)]).certificates[0].sha1_base64.clone();
    let phone = PHONE_FILE.replace("HASH", &trusted);
    let of = |shown: &[&[u8]]| {
        let mut capture = Capture::new();
        capture.udp(PHONE, DNS, &question(NAME));
        capture.udp(DNS, PHONE, &answer(NAME, 0, Some(GATEWAY.0)));
        let mut connection = capture.connect(PHONE, GATEWAY);
        capture.client(&mut connection, &hello(TLS_1_0));
        capture.server(&mut connection, &[chosen(RSA), certificates(shown), message(14, &[])].concat());
        let files: [(&str, &[u8]); 3] =
            [("ca.cer", &authority), (CONFIG, phone.as_bytes()), ("vpn.pcap", &capture.bytes)];
        told(&files).into_iter().find(|(rule, _)| rule == "cert-hash-mismatch")
    };
    assert_eq!(of(&[&leaf]), Some(("cert-hash-mismatch".to_owned(), Likely)));
    assert_eq!(of(&[&leaf, &authority]), None);
}

#[test]
fn a_chain_goes_up_to_the_root_that_is_there() {
    let mut capture = Capture::new();
    let mut connection = capture.connect(PHONE, GATEWAY);
    capture.client(&mut connection, &hello(TLS_1_0));
    let part = [chosen(RSA), certificate(&der("issued")), message(14, &[])].concat();
    capture.server(&mut connection, &part);
    let authority = der("authority");
    let chain = |files: &[(&str, &[u8])]| -> Vec<Vec<bool>> {
        let case = case(files);
        let roots =
            |chain: Vec<usize>| chain.into_iter().map(|at| case.certificates[at].self_signed).collect();
        chains::of(&case).into_iter().map(roots).collect()
    };
    assert_eq!(chain(&[("vpn.pcap", &capture.bytes), ("root.cer", &authority)]), [[false, true]]);
    assert_eq!(chain(&[("vpn.pcap", &capture.bytes)]), [[false]], "the issuer is in no file");
    assert_eq!(chain(&[("root.cer", &authority)]), Vec::<Vec<bool>>::new(), "nobody presents it");
}
