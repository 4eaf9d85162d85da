//! Whole cases on the ASA's side: files in, and the verdict that a person reads of them.
//!
//! The situations are those of Cisco document 116162, with names and addresses of our own. Each story names the rule
//! of the verdict, its stage, the line that tells, and what must not be said.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod redacted;
mod walked;

use vpn_phone_doctor::diagnose::{Said, diagnose};
use vpn_phone_doctor::diagnosis::{Diagnosis, VerdictState};
use vpn_phone_doctor::intake;
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::stage::Stage;
use vpn_phone_doctor::time::parse_rfc3339;

use redacted::and_redacted;
use walked::and_walked;

/// One case.
struct Story<'a> {
    files: &'a [(&'a str, &'a str)],
    /// The rule of the verdict.
    rule: &'a str,
    stage: Stage,
    /// `file:line` of a piece of its evidence.
    line: &'a str,
    /// Rules that must say nothing.
    unsaid: &'a [&'a str],
}

fn case(files: &[(&str, &str)]) -> Diagnosis {
    let read = |(name, text): &(&str, &str)| intake::read(name, text.as_bytes(), &Limits::default());
    let readings: Vec<_> = files.iter().map(read).collect();
    and_walked(and_redacted(diagnose(
        &readings,
        &Said::new(),
        parse_rfc3339("2026-11-24T12:00:00Z").unwrap(),
    )))
}

/// Every finding's rule, for messages.
fn rules(diagnosis: &Diagnosis) -> Vec<&str> {
    diagnosis.findings.iter().map(|found| found.rule.as_str()).collect()
}

#[track_caller]
fn reads(story: &Story<'_>) -> Diagnosis {
    let diagnosis = case(story.files);
    let said = rules(&diagnosis);
    assert_eq!(diagnosis.verdict.rule.as_deref(), Some(story.rule), "{said:?}");
    let found = diagnosis.findings.iter().find(|found| found.rule == story.rule).unwrap();
    assert_eq!(found.stage, story.stage);
    let places: Vec<String> = found
        .evidence
        .iter()
        .filter_map(|evidence| {
            let input = &diagnosis.inputs[evidence.input? as usize];
            Some(format!("{}:{}", input.name, evidence.at.as_ref()?.line))
        })
        .collect();
    assert!(places.iter().any(|place| place == story.line), "{places:?}");
    for unsaid in story.unsaid {
        assert!(!said.contains(unsaid), "{unsaid} among {said:?}");
    }
    diagnosis
}

const URL: &str = "https://vpn.example.com/VPNPhone";

fn phone(settings: &str) -> String {
    format!(
        "<device>\n<vpnGroup>\n<mtu>1290</mtu>\n<failConnectTime>30</failConnectTime>\n<authMethod>2</authMethod>\n\
         <pswdPersistent>0</pswdPersistent>\n<autoNetDetect>0</autoNetDetect>\n<enableHostIDCheck>0</enableHostIDCheck>\n\
         <addresses>\n<url1>{URL}</url1>\n</addresses>\n<credentials>\n<hashAlg>0</hashAlg>\n\
         <certHash1>YbJigJ+20P3a2YjOjBMIJkHgHuE=</certHash1>\n</credentials>\n</vpnGroup>\n{settings}</device>\n"
    )
}

/// A whole configuration: line 1 is its version, the lines given stand from line 9 on.
fn asa(lines: &str) -> String {
    format!(
        "ASA Version 9.1(5)\nhostname edge\ninterface GigabitEthernet0/0\n nameif outside\n ip address 192.0.2.1 255.255.255.0\n\
         ssl trust-point PHONES outside\ncrypto ca trustpoint PHONES\n enrollment self\n{lines}: end\n"
    )
}

/// A configuration whose webvpn and tunnel group fit the phone.
fn fitting(lines: &str) -> String {
    asa(&format!(
        "webvpn\n enable outside\n anyconnect image disk0:/anyconnect-win-4.2.pkg 1\n anyconnect enable\n\
         group-policy Phones internal\ngroup-policy Phones attributes\n vpn-simultaneous-logins 3\n\
         \x20vpn-tunnel-protocol ssl-client\n group-lock none\n vpn-filter none\n split-tunnel-policy tunnelall\n\
         ip local pool PHONES 198.51.100.10-198.51.100.200 mask 255.255.255.0\n\
         tunnel-group VPNPhone type remote-access\ntunnel-group VPNPhone general-attributes\n address-pool PHONES\n\
         \x20default-group-policy Phones\ntunnel-group VPNPhone webvpn-attributes\n authentication certificate\n\
         \x20group-url {URL} enable\n{lines}"
    ))
}

const LICENCES: &str = "Cisco Adaptive Security Appliance Software Version 9.1(5)\n\nedge up 20 days 3 hours\n\n\
    Hardware:   ASA5515, 8192 MB RAM, CPU Clarkdale 3059 MHz, 1 CPU (4 cores)\n\n\
    Licensed features for this platform:\n\
    AnyConnect Premium Peers          : 250            perpetual\n\
    AnyConnect Essentials             : Disabled       perpetual\n\
    AnyConnect for Mobile             : Disabled       perpetual\n\
    AnyConnect for Cisco VPN Phone    : Disabled       perpetual\n";

#[test]
fn a_licence_for_phones_that_is_off_stops_every_phone() {
    reads(&Story {
        files: &[
            ("version.txt", LICENCES),
            ("asa.cfg", &fitting("")),
            ("SEP001122334455.cnf.xml", &phone("")),
        ],
        rule: "vpn-phone-licence-disabled",
        stage: Stage::Prerequisites,
        line: "version.txt:11",
        unsaid: &["anyconnect-premium-missing", "webvpn-interface-disabled", "anyconnect-not-enabled"],
    });
    let enabled = LICENCES.replace("VPN Phone    : Disabled", "VPN Phone    : Enabled");
    let diagnosis = case(&[("version.txt", &enabled), ("asa.cfg", &fitting(""))]);
    assert!(!rules(&diagnosis).contains(&"vpn-phone-licence-disabled"));
}

#[test]
fn a_gateway_that_listens_on_another_interface_is_not_reached() {
    let elsewhere = fitting("").replace(" enable outside", " enable inside");
    let dials = phone("").replace("vpn.example.com", "192.0.2.1");
    let elsewhere = elsewhere.replace("vpn.example.com", "192.0.2.1");
    let log = "902: NOT 10:19:27.155936 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization\n\
        903: ERR 10:19:57.155936 VPNC: do_login: connect timed out\n";
    let diagnosis = reads(&Story {
        files: &[("asa.cfg", &elsewhere), ("SEP001122334455.cnf.xml", &dials), ("phone.log", log)],
        rule: "webvpn-interface-disabled",
        stage: Stage::Reach,
        line: "asa.cfg:5",
        unsaid: &["group-url-mismatch", "cert-hash-mismatch", "anyconnect-not-enabled"],
    });
    let echo = diagnosis.findings.iter().find(|found| found.rule == "gateway-not-reached").unwrap();
    assert_eq!(echo.caused_by.as_deref(), Some("webvpn-interface-disabled"));
}

const HELLO: &str = "%ASA-6-725001: Starting SSL handshake with client outside:192.0.2.9/50091 for TLSv1 session.\n\
    %ASA-7-725010: Device supports the following 2 cipher(s).\n\
    %ASA-7-725011: Cipher[1] : ECDHE-RSA-AES256-GCM-SHA384\n\
    %ASA-7-725011: Cipher[2] : DHE-RSA-AES256-SHA256\n\
    %ASA-7-725008: SSL client outside:192.0.2.9/50091 proposes the following 2 cipher(s).\n\
    %ASA-7-725011: Cipher[1] : AES256-SHA\n\
    %ASA-7-725011: Cipher[2] : AES128-SHA\n\
    %ASA-7-725014: SSL lib error. Function: SSL3_GET_CLIENT_HELLO Reason: no shared cipher\n\
    %ASA-6-725006: Device failed SSL handshake with client outside:192.0.2.9/50091\n";
const LATER: &str = "%ASA-4-722051: Group <Phones> User <CP-7962G-SEP001122334455> IP <192.0.2.9> Address <198.51.100.11> assigned to session\n";

#[test]
fn a_phone_without_a_shared_cipher_is_told_with_both_lists() {
    let log = format!("{LATER}{HELLO}");
    reads(&Story {
        files: &[("asa.log", &log)],
        rule: "no-shared-cipher",
        stage: Stage::Tls,
        line: "asa.log:9",
        unsaid: &["tls-alert-from-phone", "phone-rejected-server-certificate", "gateway-not-reached"],
    });
}

#[test]
fn load_balancing_is_the_cause_of_the_failed_login() {
    let balancing = fitting("vpn load-balancing\n cluster ip address 192.0.2.3\n participate\n");
    let log = "910: NOT 20:59:50.052581 VPNC: process_login: HTTP/1.0 302 Temporary moved\n\
        911: NOT 20:59:50.053221 VPNC: process_login: login code: 302 (redirected)\n\
        914: NOT 20:59:50.055141 VPNC: set_redirect_url: new URL <https://asa2.example.com:443/+webvpn+/index.html>\n\
        928: ERR 20:59:50.432467 VPNC: protocol_handler: login failed\n";
    let diagnosis = reads(&Story {
        files: &[("asa.cfg", &balancing), ("phone.log", log), ("SEP001122334455.cnf.xml", &phone(""))],
        rule: "load-balancing-redirect",
        stage: Stage::Login,
        line: "phone.log:1",
        unsaid: &["cert-hash-mismatch", "group-url-mismatch", "gateway-not-reached"],
    });
    let echo = diagnosis.findings.iter().find(|found| found.rule == "login-failed").unwrap();
    assert_eq!(echo.caused_by.as_deref(), Some("load-balancing-redirect"));
}

fn rejected(user: &str, server: &str) -> String {
    format!(
        "%ASA-6-113005: AAA user authentication Rejected : reason = Invalid password : {server} : user = {user} : user IP = 192.0.2.9\n"
    )
}

const PHONE_USER: &str = "CP-7975G-SEP001122334455";

#[test]
fn a_password_that_is_refused_is_told_for_local_ldap_and_radius() {
    let local = format!(
        "%ASA-6-113015: AAA user authentication Rejected : reason = Invalid password : local database : user = {PHONE_USER} : user IP = 192.0.2.9\n"
    );
    for log in [
        local,
        rejected(PHONE_USER, "server = 198.51.100.50"),
        rejected(PHONE_USER, "server = 198.51.100.60"),
    ] {
        reads(&Story {
            files: &[("asa.log", &log)],
            rule: "aaa-rejected",
            stage: Stage::Login,
            line: "asa.log:1",
            unsaid: &["tunnel-dropped", "no-shared-cipher"],
        });
    }
}

#[test]
fn fifty_other_users_failures_change_nothing() {
    let others: String = (0..50)
        .map(|number| {
            format!(
                "{}%ASA-6-725006: Device failed SSL handshake with client outside:203.0.113.{number}/4000\n\
                 %ASA-5-722037: Group <Staff> User <user{number}> IP <203.0.113.{number}> SVC closing connection: DPD failure.\n\
                 %ASA-3-710003: TCP access denied by ACL from 203.0.113.{number}/4001 to outside:192.0.2.1/443\n",
                rejected(&format!("user{number}"), "server = 198.51.100.50"),
            )
        })
        .collect();
    let alone = case(&[("asa.log", &others)]);
    assert_eq!(rules(&alone), Vec::<&str>::new());
    assert_ne!(alone.verdict.state, VerdictState::Fault);

    let log = format!("{}{others}", rejected(PHONE_USER, "server = 198.51.100.50"));
    let diagnosis = reads(&Story {
        files: &[("asa.log", &log)],
        rule: "aaa-rejected",
        stage: Stage::Login,
        line: "asa.log:1",
        unsaid: &["tunnel-dropped", "connection-denied-by-acl"],
    });
    let evidence: Vec<_> = diagnosis.findings.iter().flat_map(|found| &found.evidence).collect();
    assert!(evidence.iter().all(|piece| piece.at.as_ref().is_none_or(|at| !at.text.contains("203.0.113."))));
}

#[test]
fn a_phones_certificate_whose_issuer_the_asa_does_not_know_is_refused() {
    let log = format!(
        "{LATER}%ASA-6-725001: Starting SSL handshake with client outside:192.0.2.9/50092 for TLSv1 session.\n\
         %ASA-7-717025: Validating certificate chain containing 1 certificate(s).\n\
         %ASA-7-717029: Identified client certificate within certificate chain. serial number: 0A1B, subject name: cn=CP-7962G-SEP001122334455,ou=Phones.\n\
         %ASA-3-717009: Certificate validation failed. No suitable trustpoints found to validate certificate serial number: 0A1B, subject name: cn=CP-7962G-SEP001122334455,ou=Phones, issuer name: cn=CAPF-1122aabb,o=Example.\n"
    );
    reads(&Story {
        files: &[("asa.log", &log)],
        rule: "client-certificate-issuer-untrusted",
        stage: Stage::Login,
        line: "asa.log:5",
        unsaid: &["client-certificate-too-weak", "cert-hash-mismatch", "aaa-rejected"],
    });
}

#[test]
fn a_tunnel_that_idles_out_is_told_and_its_login_is_not() {
    let log = format!(
        "{LATER}%ASA-5-722033: Group <Phones> User <CP-7962G-SEP001122334455> IP <192.0.2.9> First TCP SVC connection established for SVC session.\n\
         %ASA-4-113019: Group = VPNPhone, Username = CP-7962G-SEP001122334455, IP = 192.0.2.9, Session disconnected. Session Type: SSL, Duration: 0h:30m:12s, Bytes xmt: 10, Bytes rcv: 20, Reason: Idle Timeout\n"
    );
    reads(&Story {
        files: &[("asa.log", &log)],
        rule: "tunnel-dropped",
        stage: Stage::Tunnel,
        line: "asa.log:3",
        unsaid: &["aaa-rejected", "login-failed", "tunnel-flapping", "connection-denied-by-acl"],
    });
}

#[test]
fn a_case_that_fits_has_no_fault_on_the_asas_path() {
    let enabled = LICENCES.replace("VPN Phone    : Disabled", "VPN Phone    : Enabled");
    let (config, phone) = (fitting(""), phone(""));
    let diagnosis =
        case(&[("version.txt", &enabled), ("asa.cfg", &config), ("SEP001122334455.cnf.xml", &phone)]);
    let said = rules(&diagnosis);
    for stage in [Stage::Reach, Stage::Tunnel] {
        let found: Vec<_> = diagnosis.findings.iter().filter(|found| found.stage == stage).collect();
        assert!(found.is_empty(), "{stage:?}: {said:?}");
    }
}

/// The phones' policy sets nothing itself, and DfltGrpPolicy this; it stands from line 9 on.
fn inherited(lines: &str) -> String {
    asa(&format!(
        "group-policy DfltGrpPolicy attributes\n{lines}webvpn\n enable outside\n\
         \x20anyconnect image disk0:/anyconnect-win-4.2.pkg 1\n anyconnect enable\n\
         group-policy Phones internal\ngroup-policy Phones attributes\n split-tunnel-policy tunnelall\n\
         ip local pool PHONES 198.51.100.10-198.51.100.200 mask 255.255.255.0\n\
         tunnel-group VPNPhone type remote-access\ntunnel-group VPNPhone general-attributes\n address-pool PHONES\n\
         \x20default-group-policy Phones\ntunnel-group VPNPhone webvpn-attributes\n authentication certificate\n\
         \x20group-url {URL} enable\n"
    ))
}

#[test]
fn each_of_the_four_settings_that_are_inherited_is_told_alone() {
    let all = [
        ("simultaneous-logins-zero", " vpn-simultaneous-logins 0\n"),
        ("tunnel-protocol-without-ssl-client", " vpn-tunnel-protocol ikev1 ikev2 ssl-clientless\n"),
        ("group-lock-elsewhere", " group-lock value DefaultWEBVPNGroup\n"),
        ("vpn-filter-inherited", " vpn-filter value NO-TRAFFIC\n"),
    ];
    for (rule, line) in all {
        let (config, phone) = (inherited(line), phone(""));
        let unsaid: Vec<&str> = all.iter().map(|(other, _)| *other).filter(|other| *other != rule).collect();
        reads(&Story {
            files: &[("asa.cfg", &config), ("SEP001122334455.cnf.xml", &phone)],
            rule,
            stage: Stage::Policy,
            line: "asa.cfg:10",
            unsaid: &unsaid,
        });
    }
    let every: String = all.iter().map(|(_, line)| *line).collect();
    let diagnosis = case(&[("asa.cfg", &inherited(&every)), ("SEP001122334455.cnf.xml", &phone(""))]);
    for (rule, _) in all {
        assert!(rules(&diagnosis).contains(&rule), "{rule} among {:?}", rules(&diagnosis));
    }
    let set = case(&[("asa.cfg", &fitting("")), ("SEP001122334455.cnf.xml", &phone(""))]);
    for (rule, _) in all {
        assert!(!rules(&set).contains(&rule), "{rule} among {:?}", rules(&set));
    }
}

#[test]
fn a_certificate_on_a_curve_is_why_newer_phones_fail() {
    let log = "%ASA-4-722051: Group <Phones> User <CP-8851-SEP001122334456> IP <192.0.2.10> Address <198.51.100.12> assigned to session\n\
        %ASA-6-725001: Starting SSL handshake with client outside:192.0.2.10/50093 for TLSv1.2 session.\n\
        %ASA-7-725012: Device chooses cipher : ECDHE-ECDSA-AES256-GCM-SHA384 for the SSL session with client outside:192.0.2.10/50093\n\
        %ASA-7-725014: SSL lib error. Function: SSL3_READ_BYTES Reason: tlsv1 alert unknown ca\n\
        %ASA-6-725006: Device failed SSL handshake with client outside:192.0.2.10/50093\n";
    let diagnosis = reads(&Story {
        files: &[("asa.log", log)],
        rule: "ec-certificate-offered",
        stage: Stage::Tls,
        line: "asa.log:3",
        unsaid: &["no-shared-cipher", "gateway-not-reached"],
    });
    let echo = diagnosis.findings.iter().find(|found| found.rule == "phone-rejected-server-certificate");
    assert_eq!(echo.unwrap().caused_by.as_deref(), Some("ec-certificate-offered"));
}

const UP: &str = "0930: NOT 10:19:27.155936 VPNC: protocol_handler: SSL dpd 30 sec from SG (enabled)\n";

#[test]
fn behind_the_tunnel_it_is_tftp_the_trust_list_or_the_call_manager() {
    let calls = format!(
        "{UP}1830: ERR 10:20:44.104500 JAVA: SIPCC-SIP_CC_CONN: sip_tcp_create_connection: socket connect failed cpr_errno: 1 ipaddr: 198.51.100.70, port: 5060\n\
         2290: DEB 10:21:22.997160 JAVA: SIPCC-UI_API: ui_reg_all_failed: *** Registration to all CUCMs failed .***\n"
    );
    let page =
        "DHCP Server\t192.168.7.1\nTFTP Server 1\t192.168.7.1\nAlternate TFTP\tNo\n10:12:33a TFTP timeout\n";
    for (status, log, rule, line) in [
        (
            "TFTP Server 1\t198.51.100.69\n10:12:33a TFTP Timeout : SEP001122334455.cnf.xml.sgn\n",
            UP,
            "tftp-server-unreachable",
            "status.txt:2",
        ),
        (page, UP, "tftp-server-from-local-dhcp", "status.txt:2"),
        ("10:12:40a Trust List update failed\n", UP, "trust-list-update-failed", "status.txt:1"),
        ("", calls.as_str(), "call-control-unreachable", "phone.log:3"),
    ] {
        reads(&Story {
            files: &[("status.txt", status), ("phone.log", log)],
            rule,
            stage: Stage::Registration,
            line,
            unsaid: &["tunnel-dropped", "gateway-not-reached", "login-failed"],
        });
    }
}

#[test]
fn secure_desktop_ends_the_session_and_the_setting_is_the_cause() {
    let log = "Nov 23 2026 10:19:29: %ASA-6-716038: Group <Phones> User <CP-8841-SEP001122334455> IP <203.0.113.9> Authentication: successful, Session Type: WebVPN.\n\
        Nov 23 2026 10:19:29: %ASA-4-724002: Group <VPNPhone> User <CP-8841-SEP001122334455> IP <203.0.113.9> WebVPN session not terminated. Cisco Secure Desktop was not running on the client's workstation.\n";
    let config = fitting("").replace("webvpn\n enable", "webvpn\n csd enable\n enable");
    let diagnosis = reads(&Story {
        files: &[("asa.cfg", &config), ("asa.log", log), ("SEP001122334455.cnf.xml", &phone(""))],
        rule: "csd-enabled",
        stage: Stage::Posture,
        line: "asa.cfg:10",
        unsaid: &["dap-terminated", "aaa-rejected", "simultaneous-logins-zero"],
    });
    let echo = diagnosis.findings.iter().find(|found| found.rule == "csd-ended-session").unwrap();
    assert_eq!(echo.caused_by.as_deref(), Some("csd-enabled"));
    let excused =
        config.replace(" authentication certificate\n", " authentication certificate\n without-csd\n");
    let fine = case(&[("asa.cfg", &excused), ("SEP001122334455.cnf.xml", &phone(""))]);
    assert!(!rules(&fine).contains(&"csd-enabled"), "{:?}", rules(&fine));
}

#[test]
fn an_access_policy_that_terminates_is_named_beside_fifty_pcs() {
    let mut log = String::new();
    for pc in 1..=50 {
        log.push_str(&format!(
            "Nov 23 2026 10:18:{:02}: %ASA-5-734002: DAP: User pc{pc}, Addr 203.0.113.{pc}: Connection terminated by the following DAP records: Contractors\n",
            pc % 60
        ));
    }
    log.push_str(
        "Nov 23 2026 10:19:29: %ASA-6-716038: Group <Phones> User <CP-8841-SEP001122334455> IP <203.0.113.90> Authentication: successful, Session Type: WebVPN.\n\
         Nov 23 2026 10:19:29: %ASA-5-734002: DAP: User CP-8841-SEP001122334455, Addr 203.0.113.90: Connection terminated by the following DAP records: DfltAccessPolicy\n",
    );
    let diagnosis = reads(&Story {
        files: &[("asa.log", &log)],
        rule: "dap-terminated",
        stage: Stage::Authorisation,
        line: "asa.log:52",
        unsaid: &["csd-ended-session", "aaa-rejected"],
    });
    let found = diagnosis.findings.iter().find(|found| found.rule == "dap-terminated").unwrap();
    let lines = found.evidence.iter().filter_map(|line| line.at.as_ref());
    assert!(
        lines.clone().all(|at| at.line > 50),
        "no PC's line is told: {:?}",
        lines.map(|at| at.line).collect::<Vec<_>>()
    );
}

#[test]
fn an_asa_that_nothing_ties_to_phones_neither_fails_nor_passes() {
    for lines in ["", "vpn load-balancing\n participate\n", "tunnel-group Branch type ipsec-l2l\n"] {
        let diagnosis = case(&[("asa.cfg", &asa(lines))]);
        assert_eq!(rules(&diagnosis), [""; 0], "{lines}");
        let passed: Vec<&str> = diagnosis.passed.iter().map(|row| row.rule.as_str()).collect();
        assert_eq!(passed, [""; 0], "{lines}");
        assert_eq!(diagnosis.verdict.state, VerdictState::Unknown, "{lines}");
    }
}
