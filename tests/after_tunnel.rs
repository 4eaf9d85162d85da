//! Whole cases in which the tunnel stands and the phone still does not work, from files to the verdict.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod redacted;
mod walked;

use redacted::and_redacted;
use vpn_phone_doctor::diagnose::{Said, diagnose};
use vpn_phone_doctor::diagnosis::{Diagnosis, VerdictState};
use vpn_phone_doctor::intake;
use vpn_phone_doctor::limits::Limits;
use vpn_phone_doctor::report::{self, Form};
use vpn_phone_doctor::stage::{Stage, StageState};
use vpn_phone_doctor::text::Lang;
use vpn_phone_doctor::time::parse_rfc3339;
use walked::and_walked;

const TUNNEL: &str = "\
0902: NOT 10:19:24.155936 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization
0915: NOT 10:19:26.155936 VPNC: do_login: got login response
0930: NOT 10:19:27.155936 VPNC: protocol_handler: SSL dpd 30 sec from SG (enabled)
";

fn case(files: &[(&str, &str)]) -> Diagnosis {
    let read = |(name, text): &(&str, &str)| intake::read(name, text.as_bytes(), &Limits::default());
    let readings: Vec<_> = files.iter().map(read).collect();
    and_walked(and_redacted(diagnose(
        &readings,
        &Said::new(),
        parse_rfc3339("2026-11-24T12:00:00Z").unwrap(),
    )))
}

/// Rules and the rules that they only echo.
fn rules_of(diagnosis: &Diagnosis) -> Vec<(&str, Option<&str>)> {
    let found = diagnosis.findings.iter();
    found.map(|found| (found.rule.as_str(), found.caused_by.as_deref())).collect()
}

fn stage(diagnosis: &Diagnosis, stage: Stage) -> StageState {
    diagnosis.stages.iter().find(|row| row.stage == stage).unwrap().state
}

#[test]
fn the_home_routers_dhcp_gives_the_wrong_tftp_server() {
    let page = "<html><body><table>
<tr><td>Host Name</td><td>SEP001122334455</td></tr>
<tr><td>DHCP Server</td><td>192.168.1.1</td></tr>
<tr><td>TFTP Server 1</td><td>192.168.1.1</td></tr>
<tr><td>Alternate TFTP</td><td>No</td></tr>
</table></body></html>";
    let messages = "10:20:33a TFTP timeout\n10:21:33a TFTP timeout\n";
    let diagnosis = case(&[("network.htm", page), ("status.txt", messages), ("console.log", TUNNEL)]);
    assert_eq!(
        rules_of(&diagnosis),
        [
            ("tftp-server-from-local-dhcp", None),
            ("tftp-server-unreachable", Some("tftp-server-from-local-dhcp"))
        ]
    );
    assert_eq!(diagnosis.verdict.state, VerdictState::Fault);
    assert_eq!(stage(&diagnosis, Stage::Registration), StageState::Failed);
    assert_eq!(stage(&diagnosis, Stage::Login), StageState::Passed);
    for lang in [Lang::En, Lang::De] {
        let text = report::render(&diagnosis, Form::Text, lang);
        assert!(text.contains("192.168.1.1") && text.contains("Alternate TFTP"), "{text}");
    }
}

#[test]
fn the_cluster_changed_and_the_phone_keeps_its_list() {
    let messages = "10:20:33a Trust List update failed\n10:20:40a File not found SEP001122334455.cnf.xml\n";
    let diagnosis = case(&[("status.txt", messages), ("console.log", TUNNEL)]);
    assert_eq!(rules_of(&diagnosis), [("trust-list-update-failed", None), ("phone-config-not-found", None)]);
}

#[test]
fn call_control_is_cut_off_and_then_rejects() {
    let cut = "1830: ERR 10:20:44.104500 JAVA: SIPCC-SIP_CC_CONN: sip_tcp_create_connection: socket connect failed cpr_errno: 1 ipaddr: 198.51.100.10, port: 5060
2290: DEB 10:21:22.997160 JAVA: SIPCC-UI_API: ui_reg_all_failed: *** Registration to all CUCMs failed .***
";
    let diagnosis = case(&[("console.log", &format!("{TUNNEL}{cut}"))]);
    assert_eq!(rules_of(&diagnosis), [("call-control-unreachable", None)]);
    assert_eq!(stage(&diagnosis, Stage::Registration), StageState::Failed);
    let rejected = "1962: NOT 10:22:22.681701 JAVA: x: setLastDeregistrationReason - new unreg-reason=24(x) , old unreg-reason=25\n";
    let diagnosis = case(&[("console.log", &format!("{TUNNEL}{rejected}"))]);
    assert_eq!(rules_of(&diagnosis), [("registration-rejected", None)]);
    assert!(diagnosis.timeline.iter().any(|row| row.says.de().contains("Grund 24")));
}

#[test]
fn apply_config_ends_the_tunnel_and_a_certificate_brings_it_back() {
    let applied = "1962: NOT 10:22:22.681701 JAVA: x: setLastDeregistrationReason - new unreg-reason=104(x) , old unreg-reason=25
1970: NOT 10:22:25.000000 VPNC: vpn_stop: de-activating vpn
";
    let log = format!("{TUNNEL}{applied}");
    for (method, words) in [("2", "by itself"), ("0", "somebody has to enter it")] {
        let phone = format!("<vpnGroup><authMethod>{method}</authMethod></vpnGroup>");
        let diagnosis = case(&[("console.log", &log), ("SEP001122334455.cnf.xml", &phone)]);
        let found = diagnosis.findings.iter().find(|found| found.rule == "dropped-by-config-change").unwrap();
        assert!(found.explanation.iter().any(|text| text.en().contains(words)), "{method}");
    }
}

#[test]
fn a_phone_that_registered_is_fine() {
    let registered = "2400: DEB 10:22:23.493726 JAVA: SIPCC-SIP_STATE: Registration state change: SIP_REG_STATE_REGISTERING ---> SIP_REG_STATE_REGISTERED\n";
    let diagnosis = case(&[("console.log", &format!("{TUNNEL}{registered}"))]);
    assert_eq!(rules_of(&diagnosis), []);
    assert_eq!(stage(&diagnosis, Stage::Tunnel), StageState::Passed);
    assert_eq!(stage(&diagnosis, Stage::Registration), StageState::Passed);
}
