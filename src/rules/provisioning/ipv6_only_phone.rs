//! A phone in IPv6-only mode: its VPN client does not work there.
//!
//! `ipAddressMode` is 0 for IPv4, 1 for IPv6 and 2 for both (usecallmanager.nz, SEPMAC.cnf.xml); VPN is not
//! supported in IPv6-only mode (CUCM 15 alarm UC_PHONE-6-NotSupportAlarm).

use super::fleet::Fleet;
use super::setting;
use crate::case::Case;
use crate::finding::{Confidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "ipv6-only-phone",
    stage: Stage::Provisioning,
    severity: Severity::Blocker,
    needs: &[Need::PhoneConfig],
    echoes: &[],
    sources: &["CUCM 15 alarms, UC_PHONE-6-NotSupportAlarm", "usecallmanager.nz, SEPMAC.cnf.xml"],
    prose: Text::fixed(include_str!("ipv6_only_phone.en.md"), include_str!("ipv6_only_phone.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut fleet = Fleet::new();
    for phone in case.phone_configs()? {
        match phone.ip_address_mode() {
            Some(mode) if mode.value.trim() == "1" => {
                let proof = setting("ipAddressMode", &mode, IPV6_ONLY);
                fleet.add((), &phone.name(&case.documents), Confidence::Certain, proof);
            }
            None if !phone.is_whole() => fleet.cannot_tell(),
            // A whole file without the element asks for no IPv6.
            Some(_) | None => {}
        }
    }
    fleet.answer(|(), group| group.finding(None))
}

const IPV6_ONLY: Text = Text::fixed("1 means IPv6 only", "1 heißt: nur IPv6");

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{fires, silent, waits};

    fn file(mode: &str) -> String {
        format!("<device>\n<ipAddressMode>{mode}</ipAddressMode>\n</device>")
    }

    #[test]
    fn ipv6_alone_is_told() {
        let findings = fires(&RULE, &[("SEP001122334455.cnf.xml", &file("1"))]);
        assert_eq!(findings[0].evidence()[0].at.as_ref().unwrap().line, 2);
    }

    #[test]
    fn ipv4_and_both_are_fine() {
        for mode in ["0", "2"] {
            silent(&RULE, &[("SEP001122334455.cnf.xml", &file(mode))]);
        }
    }

    #[test]
    fn a_pasted_group_does_not_show_it() {
        waits(&RULE, &[("x", "<vpnGroup>\n<mtu>1290</mtu>\n</vpnGroup>")]);
        waits(&RULE, &[]);
    }
}
