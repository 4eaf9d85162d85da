//! The policy of phones as a person sees it: the view, the objections in it, and causes above their consequences.

mod redacted;
mod walked;

use vpn_phone_doctor::diagnose::{Said, diagnose};
use vpn_phone_doctor::diagnosis::{Diagnosis, Origin, VerdictState};
use vpn_phone_doctor::intake;
use vpn_phone_doctor::limits::Limits;

use redacted::and_redacted;
use walked::and_walked;

const PHONE: &str = "<vpnGroup><addresses><url1>https://gw.example.com/Branch</url1></addresses></vpnGroup>";

const ASA: &str = "\
ASA Version 9.1(1)
hostname gw
access-list DROP-ALL extended deny ip any any
group-policy DfltGrpPolicy attributes
 vpn-simultaneous-logins 0
 vpn-tunnel-protocol ikev1 ikev2 l2tp-ipsec ssl-clientless
 group-lock value DefaultWEBVPNGroup
 vpn-filter value DROP-ALL
group-policy HANDSETS internal
group-policy HANDSETS attributes
 wins-server none
 dns-server value 198.51.100.53
 default-domain value example.com
dynamic-access-policy-record DfltAccessPolicy
 action terminate
tunnel-group BRANCH type remote-access
tunnel-group BRANCH general-attributes
 default-group-policy HANDSETS
tunnel-group BRANCH webvpn-attributes
 authentication certificate
 group-url https://gw.example.com/Branch enable
webvpn
 enable outside
 csd enable
 anyconnect enable
: end
";

const LOG: &str = "\
%ASA-4-724002: Group <BRANCH> User <CP-8841-SEP0011223344AA> IP <203.0.113.7> WebVPN session not terminated. Cisco Secure Desktop was not running on the client's workstation.
%ASA-5-734002: DAP: User CP-8841-SEP0011223344AA, Addr 203.0.113.7: Connection terminated by the following DAP records: DfltAccessPolicy
";

fn diagnosis(files: &[(&str, &str)]) -> Diagnosis {
    let limits = Limits::default();
    let readings: Vec<_> =
        files.iter().map(|(name, text)| intake::read(name, text.as_bytes(), &limits)).collect();
    and_walked(and_redacted(diagnose(&readings, &Said::new(), 1_795_521_600)))
}

#[test]
fn four_inherited_attributes_are_shown_and_objected_to() {
    let diagnosis = diagnosis(&[("asa", ASA), ("phone", PHONE)]);
    let [view] = diagnosis.policies.as_slice() else { panic!("{:?}", diagnosis.policies) };
    assert_eq!((view.tunnel_group.as_str(), view.group_policy.as_str()), ("BRANCH", "HANDSETS"));
    for (attribute, value, rule) in [
        ("vpn-simultaneous-logins", "0", "simultaneous-logins-zero"),
        (
            "vpn-tunnel-protocol",
            "ikev1 ikev2 l2tp-ipsec ssl-clientless",
            "tunnel-protocol-without-ssl-client",
        ),
        ("group-lock", "value DefaultWEBVPNGroup", "group-lock-elsewhere"),
        ("vpn-filter", "value DROP-ALL", "vpn-filter-inherited"),
    ] {
        let setting = view.settings.iter().find(|setting| setting.attribute == attribute).unwrap();
        assert_eq!((setting.value.as_str(), setting.origin), (value, Origin::Inherited), "{attribute}");
        assert_eq!(setting.from, "DfltGrpPolicy");
        assert_eq!(setting.rule.as_deref(), Some(rule));
    }
    let own = view.settings.iter().find(|setting| setting.attribute == "dns-server").unwrap();
    assert_eq!((own.origin, own.rule.as_deref()), (Origin::Own, None));
    assert_eq!(diagnosis.verdict.state, VerdictState::Fault);
}

#[test]
fn what_the_log_says_is_folded_under_the_setting_that_causes_it() {
    let diagnosis = diagnosis(&[("asa", ASA), ("phone", PHONE), ("log", LOG)]);
    let cause = |rule: &str| {
        let found = diagnosis.findings.iter().find(|found| found.rule == rule);
        found.unwrap_or_else(|| panic!("{rule} should be found")).caused_by.clone()
    };
    assert_eq!(cause("csd-ended-session").as_deref(), Some("csd-enabled"));
    assert_eq!(cause("dap-terminated").as_deref(), Some("dap-default-terminates"));
}

#[test]
fn an_asa_without_a_phone_gets_no_finding_and_no_view() {
    let diagnosis = diagnosis(&[("asa", ASA)]);
    assert!(diagnosis.policies.is_empty());
    let stages = ["posture", "authorisation", "policy"];
    let found: Vec<_> = diagnosis
        .findings
        .iter()
        .filter(|found| stages.contains(&found.stage.id()))
        .map(|found| &found.rule)
        .collect();
    assert!(found.is_empty(), "{found:?}");
}
