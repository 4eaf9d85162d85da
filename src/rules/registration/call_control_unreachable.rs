//! Tunnel and files are fine, and the phone reaches no call manager.
//!
//! Log: `sip_tcp_create_connection: socket connect failed`, `CUCM … Not connected`, `Registration to all CUCMs failed`
//! (Cisco 200850). Routing, split tunnelling, a filter or a translation rule cut the way (Cisco 115785, 116162).
//! A registration that is logged later takes it back.

use std::collections::BTreeSet;

use super::{Tunnel, finding};
use crate::case::Case;
use crate::facts::after_tunnel::{Remark, Sign, open};
use crate::facts::tftp_servers::{each_phone, is_of};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "call-control-unreachable",
    stage: Stage::Registration,
    severity: Severity::Blocker,
    needs: &[Need::PhoneLog, Need::Capture],
    echoes: &[],
    sources: &["Cisco 200850", "Cisco 115785, split tunnelling", "Cisco 116162, inherited group policy"],
    prose: Text::fixed(
        include_str!("call_control_unreachable.en.md"),
        include_str!("call_control_unreachable.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let fails = |sign: &Sign| matches!(sign, Sign::RegistrationFailed | Sign::CallControlUnreachable(_));
    let remarks = open(&case.after_tunnel, fails, |sign| *sign == Sign::Registered);
    if remarks.is_empty() {
        let registered = case.after_tunnel.iter().any(|remark| remark.sign == Sign::Registered);
        return if registered { Ok(Vec::new()) } else { Err(Missing::need(Need::PhoneLog)) };
    }
    let phones = each_phone(remarks.iter().map(|remark| remark.phone.as_str()));
    let told = phones.iter().filter_map(|phone| {
        let own: Vec<&Remark> =
            remarks.iter().filter(|remark| is_of(&remark.phone, phone, phones.len())).copied().collect();
        tell(case, phone, &own)
    });
    let findings: Vec<Finding> = told.collect();
    if findings.is_empty() { Err(Missing::need(Need::PhoneLog)) } else { Ok(findings) }
}

/// What one phone says, where its tunnel is not known to have failed.
fn tell(case: &Case<'_>, phone: &str, remarks: &[&Remark]) -> Option<Finding> {
    let tunnel = Tunnel::of_phone(case, phone);
    if matches!(tunnel, Tunnel::Failed) {
        return None;
    }
    // That all failed once the VPN client had stopped does not say that all failed while it ran.
    let ran = remarks.iter().any(|remark| remark.stopped.is_none());
    let counts = |remark: &&&Remark| remark.stopped.is_none() || !ran;
    let all_failed = remarks.iter().filter(counts).any(|remark| remark.sign == Sign::RegistrationFailed);
    let servers: BTreeSet<&str> = remarks.iter().filter_map(|remark| server(remark)).collect();
    // One call manager that does not answer is ordinary: another takes over.
    let mut found = finding(case, remarks, &tunnel, says)?;
    if !all_failed {
        found.confidence = found.confidence.max(Confidence::Possible);
        found = found.because(NOT_ALL);
    }
    if !servers.is_empty() {
        let names: Vec<&str> = servers.iter().copied().take(5).collect();
        found = found.because(SERVERS.with("servers", Class::Host, names.join(", ")));
        if let Some(first) = servers.first() {
            found = found.value("call-manager", *first);
        }
    }
    let unresolved = case
        .after_tunnel
        .iter()
        .filter(|remark| remark.phone == phone || remark.phone.is_empty())
        .filter(|remark| matches!(remark.sign, Sign::CallControlUnresolved(..)))
        .map(|remark| Evidence::at(&remark.place, NAME_NOT_RESOLVED));
    let unresolved: Vec<Evidence> = unresolved.collect();
    if !unresolved.is_empty() {
        found = found.because(NAMES);
    }
    Some(found.and(unresolved))
}

fn server(remark: &Remark) -> Option<&str> {
    match &remark.sign {
        Sign::CallControlUnreachable(server) => Some(server.as_str()),
        _ => None,
    }
}

fn says(remark: &Remark) -> Text {
    match &remark.sign {
        Sign::RegistrationFailed => ALL_FAILED,
        _ => NO_CONNECTION,
    }
}

const ALL_FAILED: Text =
    Text::fixed("no CUCM server took the phone", "Kein CUCM-Server hat das Telefon angenommen");
const NO_CONNECTION: Text =
    Text::fixed("this CUCM server is not reached", "Dieser CUCM-Server wird nicht erreicht");
const NAME_NOT_RESOLVED: Text = Text::fixed(
    "DNSStatusUnifiedCM: the phone could not resolve the CUCM server's name (2: no answer, 3: not found)",
    "DNSStatusUnifiedCM: Das Telefon konnte den Namen des CUCM-Servers nicht auflösen (2: keine Antwort, 3: nicht gefunden).",
);
const NOT_ALL: Text = Text::fixed(
    "The log does not say that every CUCM server failed: another one may have taken the phone.",
    "Das Protokoll sagt nicht, dass alle CUCM-Server versagt haben: Ein anderer kann das Telefon angenommen haben.",
);
const SERVERS: Text = Text::fixed("Not reached: {servers}.", "Nicht erreicht: {servers}.");
const NAMES: Text = Text::fixed(
    "The CUCM server's name is not resolved: give the phones a DNS server that knows it (`dns-server` in their group policy), or use addresses in CUCM.",
    "Der Name des CUCM-Servers wird nicht aufgelöst: Geben Sie den Telefonen einen DNS-Server, der ihn kennt (`dns-server` in ihrer Gruppenrichtlinie), oder verwenden Sie im CUCM Adressen.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::need::Need;
    use crate::testing::{fires, silent, waits};

    const UP: &str = "0930: NOT 10:19:27.155936 VPNC: protocol_handler: SSL dpd 30 sec from SG (enabled)\n";
    const CONNECT: &str = "1830: ERR 10:20:44.104500 JAVA: SIPCC-SIP_CC_CONN: sip_tcp_create_connection: socket connect failed cpr_errno: 1 ipaddr: 198.51.100.10, port: 5060\n";
    const ALL: &str = "2290: DEB 10:21:22.997160 JAVA: SIPCC-UI_API: ui_reg_all_failed: *** Registration to all CUCMs failed .***\n";
    const REGISTERED: &str = "2400: DEB 10:22:23.493726 JAVA: SIPCC-SIP_STATE: Registration state change: SIP_REG_STATE_REGISTERING ---> SIP_REG_STATE_REGISTERED\n";

    #[test]
    fn every_call_manager_fails_behind_a_tunnel() {
        let finding = &fires(&RULE, &[("x", &format!("{UP}{CONNECT}{ALL}"))])[0];
        assert_eq!(finding.confidence, Confidence::Certain);
        assert!(finding.because.iter().any(|text| text.en() == "Not reached: 198.51.100.10."));
        let without = &fires(&RULE, &[("x", &format!("{CONNECT}{ALL}"))])[0];
        assert_eq!(without.confidence, Confidence::Possible, "no tunnel is seen");
        let one = &fires(&RULE, &[("x", &format!("{UP}{CONNECT}"))])[0];
        assert_eq!(one.confidence, Confidence::Possible, "another may have answered");
    }

    #[test]
    fn a_registration_takes_it_back() {
        silent(&RULE, &[("x", &format!("{UP}{CONNECT}{ALL}{REGISTERED}"))]);
        fires(&RULE, &[("x", &format!("{UP}{REGISTERED}{CONNECT}{ALL}"))]);
        assert_eq!(waits(&RULE, &[("x", UP)]), [Need::PhoneLog]);
    }

    #[test]
    fn after_the_client_stopped_it_is_a_consequence() {
        const STOPS: &str = "2000: NOT 10:21:00.155936 VPNC: vpn_stop: de-activating vpn\n";
        const LOGS_IN: &str =
            "2100: NOT 10:21:10.155936 VPNC: set_login_state: VPNC : 1 (LoggingIn) --> 2 (LoggedIn)\n";
        let finding = &fires(&RULE, &[("x", &format!("{UP}{STOPS}{ALL}"))])[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Possible, Some(Severity::Warning)));
        let cited: Vec<_> =
            finding.evidence().iter().filter_map(|piece| Some(piece.at.as_ref()?.line)).collect();
        assert_eq!(cited, [3, 2], "what it said, and the stop; not the tunnel of before");
        let one = format!("{UP}{CONNECT}{STOPS}{ALL}");
        assert_eq!(
            fires(&RULE, &[("x", &one)])[0].confidence,
            Confidence::Possible,
            "all of them only after it"
        );
        for log in [format!("{UP}{STOPS}{LOGS_IN}{UP}{ALL}"), format!("{UP}{ALL}{STOPS}")] {
            assert_eq!(fires(&RULE, &[("x", &log)])[0].confidence, Confidence::Certain, "{log}");
        }
    }

    #[test]
    fn a_phone_that_never_logged_in_says_nothing_of_it() {
        let refused = "0911: ERR 10:20:00.420205 VPNC: VPN cert chain verification failed, issuer certificate not found and leaf not trusted\n";
        waits(&RULE, &[("x", &format!("{refused}{CONNECT}{ALL}"))]);
    }
}
