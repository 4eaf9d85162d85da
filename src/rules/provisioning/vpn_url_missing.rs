//! `<vpnGroup>` without a usable url: the phone does not know where the ASA is.
//!
//! The urls stand in `addresses/url1` to `url3`, one for each VPN gateway of the group (CUCM 15 feature guide,
//! chapter VPN client; usecallmanager.nz, SEPMAC.cnf.xml). A url is usable where it names a host.

use super::fleet::Fleet;
use super::nothing_in;
use crate::case::Case;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;
use crate::url::GatewayUrl;

/// The rule.
pub const RULE: Rule = Rule {
    id: "vpn-url-missing",
    stage: Stage::Provisioning,
    severity: Severity::Blocker,
    needs: &[Need::PhoneConfig],
    echoes: &[],
    sources: &["CUCM 15 feature configuration guide, VPN gateway fields"],
    prose: Text::fixed(include_str!("vpn_url_missing.en.md"), include_str!("vpn_url_missing.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut fleet = Fleet::new();
    for phone in case.phones_with_vpn()? {
        let Some(group) = phone.vpn_group() else { continue };
        if group.urls.iter().any(|(_, url)| GatewayUrl::parse(&url.value).is_some()) {
            continue;
        }
        if !group.complete {
            fleet.cannot_tell();
            continue;
        }
        let name = phone.name(&case.documents);
        let written: Vec<_> = group.urls.iter().filter(|(_, url)| !url.value.trim().is_empty()).collect();
        for (_, url) in &written {
            let place = phone.config.place(&url.at);
            fleet.add((), &name, Confidence::Certain, Evidence::marked(&place, url.value.trim(), HOSTLESS));
        }
        if written.is_empty() {
            let (confidence, proof) = nothing_in(phone, &group.urls, ABSENT, EMPTY);
            fleet.add((), &name, confidence, proof);
        }
    }
    fleet.answer(|(), group| group.finding(None))
}

const ABSENT: Text = Text::fixed("<vpnGroup> holds no URL", "In <vpnGroup> steht keine URL");
const EMPTY: Text = Text::fixed("this URL is empty", "Diese URL ist leer");
const HOSTLESS: Text = Text::fixed("this URL names no host", "Diese URL nennt keinen Host");

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, silent, waits};

    fn file(addresses: &str) -> String {
        format!("<device>\n<vpnGroup>\n<addresses>{addresses}</addresses>\n</vpnGroup>\n</device>")
    }

    #[test]
    fn no_url_or_one_without_a_host_is_told() {
        for addresses in ["", "<url1></url1>", "<url1>https://</url1>", "<url1>https:///VPNPhone</url1>"] {
            let findings = fires(&RULE, &[("SEP001122334455.cnf.xml", &file(addresses))]);
            assert_eq!(findings[0].confidence, Confidence::Certain, "{addresses}");
        }
    }

    #[test]
    fn a_pasted_group_without_a_url_may_have_been_cut() {
        let findings = fires(&RULE, &[("x", "<vpnGroup>\n<mtu>1290</mtu>\n</vpnGroup>")]);
        assert_eq!(findings[0].confidence, Confidence::Likely);
    }

    #[test]
    fn one_usable_url_is_enough() {
        let addresses = "<url1></url1><url2>https://vpn.example.com/VPNPhone</url2>";
        silent(&RULE, &[("SEP001122334455.cnf.xml", &file(addresses))]);
    }

    #[test]
    fn half_a_group_or_none_proves_nothing() {
        waits(&RULE, &[("SEP001122334455.cnf.xml", "<device>\n<vpnGroup>\n<mtu>1290</mtu>")]);
        waits(&RULE, &[("SEP001122334455.cnf.xml", "<device><a>1</a></device>")]);
    }
}
