//! A phone configuration without `<vpnGroup>`: the phone has no VPN menu.
//!
//! CUCM writes `<vpnGroup>` as a child of `<device>` only where the phone's Common Phone Profile has a VPN group
//! and a VPN profile (Cisco 116162; CUCM 15 feature guide, chapter VPN client). Commented text does not count.

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
    let phones = case.phone_configs()?;
    if !phones.iter().any(|phone| phone.config.document.complete || phone.vpn_group().is_some()) {
        return Err(Missing::one(Need::PhoneConfig));
    }
    let without = phones.iter().filter(|phone| phone.config.document.complete && phone.vpn_group().is_none());
    Ok(without
        .map(|phone| {
            let config = phone.config;
            let looked_in = format!("lines 1-{}", config.document.lines);
            let absent = Evidence::absent(config.input, looked_in, ABSENT);
            let commented = config
                .document
                .commented_vpn_group
                .as_ref()
                .map(|at| Evidence::seen(&config.place(at), COMMENTED));
            Finding::new(Confidence::Certain, absent)
                .and(commented)
                .value("phone", phone.name(&case.documents))
        })
        .collect())
}

const ABSENT: Text =
    Text::fixed("the file has no <vpnGroup> element", "In der Datei gibt es kein Element <vpnGroup>.");
const COMMENTED: Text = Text::fixed(
    "this <vpnGroup> stands in a comment: the phone does not see it",
    "Dieses <vpnGroup> steht in einem Kommentar: Das Telefon sieht es nicht.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{fires, silent, waits};

    const WITHOUT: &str = "<device><deviceProtocol>SIP</deviceProtocol></device>";
    const COMMENTED: &str = "<device>\n<!-- <vpnGroup></vpnGroup> -->\n<a>1</a></device>";
    const WITH: &str =
        "<device><vpnGroup><addresses><url1>https://vpn.example.com/p</url1></addresses></vpnGroup></device>";

    #[test]
    fn a_file_without_vpn_group_is_told() {
        fires(&RULE, &[("SEP001122334455.cnf.xml", WITHOUT)]);
        fires(&RULE, &[("SEP001122334455.cnf.xml", COMMENTED)]);
    }

    #[test]
    fn a_file_with_it_is_not() {
        silent(&RULE, &[("SEP001122334455.cnf.xml", WITH)]);
    }

    #[test]
    fn half_a_file_proves_nothing() {
        waits(&RULE, &[("SEP001122334455.cnf.xml", "<device><deviceProtocol>SIP</deviceProtocol>")]);
        waits(&RULE, &[]);
    }
}
