//! `<vpnGroup>` without any `certHash`: the phone trusts no ASA.
//!
//! "If you do not assign a certificate for the gateway, the VPN client fails to connect" (CUCM 15 feature guide,
//! VPN gateway fields). Cisco's own document shows a hash that has lost its tag; the format reads that as well.

use super::fleet::Fleet;
use super::nothing_in;
use crate::case::Case;
use crate::finding::{Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "cert-hash-missing",
    stage: Stage::Provisioning,
    severity: Severity::Blocker,
    needs: &[Need::PhoneConfig],
    echoes: &["phone-rejected-server-certificate"],
    sources: &["CUCM 15 feature configuration guide, VPN gateway fields", "Cisco 116162, certificate hash"],
    prose: Text::fixed(include_str!("cert_hash_missing.en.md"), include_str!("cert_hash_missing.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut fleet = Fleet::new();
    for phone in case.phones_with_vpn()? {
        let Some(group) = phone.vpn_group() else { continue };
        if group.cert_hashes.iter().any(|(_, hash)| !hash.value.trim().is_empty()) {
            continue;
        }
        if !group.complete {
            fleet.cannot_tell();
            continue;
        }
        let (confidence, proof) = nothing_in(phone, &group.cert_hashes, ABSENT, EMPTY);
        fleet.add((), &phone.name(&case.documents), confidence, proof);
    }
    let bound = case.gateway_certificates.presented.iter().find_map(|shown| shown.trustpoint.clone());
    fleet.answer(|(), group| {
        let finding = group.finding(None);
        match &bound {
            Some(trustpoint) => finding.value("trustpoint", trustpoint),
            None => finding,
        }
    })
}

const ABSENT: Text = Text::fixed("<vpnGroup> holds no certHash", "In <vpnGroup> steht kein certHash");
const EMPTY: Text = Text::fixed("this certHash is empty", "Dieser certHash ist leer");

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, silent, waits};

    fn file(credentials: &str) -> String {
        format!("<device>\n<vpnGroup>\n<credentials>{credentials}</credentials>\n</vpnGroup>\n</device>")
    }

    #[test]
    fn a_group_without_a_hash_is_told() {
        for credentials in ["<hashAlg>0</hashAlg>", "<certHash1></certHash1>", ""] {
            let findings = fires(&RULE, &[("SEP001122334455.cnf.xml", &file(credentials))]);
            assert_eq!(findings[0].confidence, Confidence::Certain, "{credentials}");
        }
        let pasted = fires(&RULE, &[("x", "<vpnGroup>\n<mtu>1290</mtu>\n</vpnGroup>")]);
        assert_eq!(pasted[0].confidence, Confidence::Likely);
    }

    #[test]
    fn one_hash_is_enough_with_its_tag_or_without() {
        let tagged = "<certHash1></certHash1><certHash2>5X6B6plUwUSXZnjQ4kGM33mpMXY=</certHash2>";
        let bare = "<hashAlg>0</hashAlg>\n5X6B6plUwUSXZnjQ4kGM33mpMXY=\n";
        for credentials in [tagged, bare] {
            silent(&RULE, &[("SEP001122334455.cnf.xml", &file(credentials))]);
        }
    }

    #[test]
    fn the_hash_at_the_top_of_a_file_is_another_one() {
        let with_top =
            file("").replace("</device>", "<certHash>fc8b054ea7f51720a75d8267b5c1bfc0</certHash></device>");
        fires(&RULE, &[("SEP001122334455.cnf.xml", &with_top)]);
    }

    #[test]
    fn half_a_group_or_none_proves_nothing() {
        waits(&RULE, &[("SEP001122334455.cnf.xml", "<device>\n<vpnGroup>\n<mtu>1290</mtu>")]);
        waits(&RULE, &[]);
    }
}
