//! A phone configuration without `<vpnGroup>`: the phone has no VPN menu.
//!
//! CUCM writes `<vpnGroup>` as a child of `<device>` only where the phone's Common Phone Profile has a VPN group
//! (Cisco 116162; CUCM 15 feature guide, chapter VPN client). Commented text does not count. The clear stub
//! beside an encrypted file never has it.

use super::fleet::Fleet;
use super::is_stub;
use crate::case::Case;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "vpn-group-missing",
    stage: Stage::Provisioning,
    severity: Severity::Blocker,
    needs: &[Need::PhoneConfig],
    echoes: &[],
    sources: &["Cisco 116162, VPN profile", "CUCM 15 feature configuration guide, VPN client"],
    prose: Text::fixed(include_str!("vpn_group_missing.en.md"), include_str!("vpn_group_missing.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut fleet = Fleet::new();
    for phone in case.phone_configs()? {
        let (config, document) = (phone.config, phone.config.document);
        if phone.vpn_group().is_some() {
            continue;
        }
        if !document.complete || is_stub(document) {
            fleet.cannot_tell();
            continue;
        }
        let name = phone.name(&case.documents);
        let absent = Evidence::absent(config.input, format!("lines 1-{}", document.lines), ABSENT);
        fleet.add((), &name, Confidence::Certain, absent);
        if let Some(at) = &document.commented_vpn_group {
            fleet.add((), &name, Confidence::Certain, Evidence::seen(&config.place(at), COMMENTED));
        }
    }
    fleet.answer(|(), group| group.finding(None))
}

const ABSENT: Text =
    Text::fixed("the file has no <vpnGroup> element", "In der Datei gibt es kein Element <vpnGroup>");
const COMMENTED: Text = Text::fixed(
    "this <vpnGroup> stands in a comment: the phone does not see it",
    "Dieses <vpnGroup> steht in einem Kommentar: Das Telefon sieht es nicht",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{fires, silent, waits};

    const WITHOUT: &str = "<device><deviceProtocol>SIP</deviceProtocol></device>";
    const COMMENTED: &str = "<device>\n<!-- <vpnGroup></vpnGroup> -->\n<a>1</a></device>";
    const STUB: &str = "<device><fullConfig>false</fullConfig><encrConfig>true</encrConfig></device>";
    const WITH: &str =
        "<device><vpnGroup><addresses><url1>https://vpn.example.com/p</url1></addresses></vpnGroup></device>";

    #[test]
    fn a_file_without_vpn_group_is_told() {
        fires(&RULE, &[("SEP001122334455.cnf.xml", WITHOUT)]);
        let commented = fires(&RULE, &[("SEP001122334455.cnf.xml", COMMENTED)]);
        assert_eq!(commented[0].evidence()[1].at.as_ref().unwrap().line, 2);
    }

    #[test]
    fn a_fleet_is_one_finding() {
        let fleet = [("SEP001122334455.cnf.xml", WITHOUT), ("SEP001122334456.cnf.xml", WITHOUT)];
        let findings = fires(&RULE, &fleet);
        assert_eq!((findings.len(), findings[0].evidence().len()), (1, 2));
    }

    #[test]
    fn a_file_with_it_is_not() {
        silent(&RULE, &[("SEP001122334455.cnf.xml", WITH)]);
    }

    #[test]
    fn half_a_file_and_a_stub_prove_nothing() {
        waits(&RULE, &[("SEP001122334455.cnf.xml", "<device><deviceProtocol>SIP</deviceProtocol>")]);
        waits(&RULE, &[("SEP001122334455.cnf.xml", STUB)]);
        waits(&RULE, &[]);
    }
}
