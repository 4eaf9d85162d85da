//! CUCM is the export unrestricted version: it has no VPN menu.
//!
//! The unrestricted version leaves out what is under export control, VPN for phones among it, and there is no way back
//! to the restricted one (Cisco 116162, requirements; CUCM 15 security guide). Its version or the name of its install
//! medium says so (`UNRST`), or the person does. A phone's file with VPN settings shows that a CUCM made them.

use crate::case::Case;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "cucm-export-unrestricted",
    stage: Stage::Prerequisites,
    severity: Severity::Blocker,
    needs: &[Need::CucmVersion, Need::Answer],
    echoes: &["vpn-group-missing"],
    sources: &["Cisco 116162, requirements", "CUCM 15 security guide, export restricted and unrestricted"],
    prose: Text::fixed(
        include_str!("cucm_export_unrestricted.en.md"),
        include_str!("cucm_export_unrestricted.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut shown = Vec::new();
    let mut told = false;
    for cli in &case.documents.cucm_clis {
        let Some(unrestricted) = &cli.document.unrestricted else { continue };
        told = true;
        if unrestricted.value {
            shown.push(Evidence::at(&cli.place(&unrestricted.at), UNRESTRICTED));
        }
    }
    let settings = case.phones.iter().find(|phone| phone.is_enterprise() && phone.vpn_group().is_some());
    let settings = settings.and_then(|phone| phone.vpn_group_place());
    let said = case.said.answer("cucm-export");
    if said == Some("unrestricted") {
        shown.push(Evidence::answer(SAID));
    }
    let mut shown = shown.into_iter();
    if let Some(first) = shown.next() {
        let mut finding = Finding::new(Confidence::Certain, first).and(shown);
        if let Some(place) = settings {
            finding.confidence = Confidence::Possible;
            finding = finding.and([Evidence::at(&place, SETTINGS)]).because(MADE_BEFORE);
        }
        return Ok(vec![finding]);
    }
    if told || said.is_some() || settings.is_some() {
        Ok(Vec::new())
    } else {
        Err(Missing(vec![Need::CucmVersion, Need::Answer]))
    }
}

const UNRESTRICTED: Text =
    Text::fixed("this is the export unrestricted version", "Das ist die Version ohne Exportbeschränkung");
const SAID: Text = Text::fixed(
    "you said that CUCM is the export unrestricted version",
    "Sie haben angegeben, dass der CUCM die Version ohne Exportbeschränkung ist",
);
const SETTINGS: Text =
    Text::fixed("yet this phone has VPN settings", "Dieses Telefon hat aber VPN-Einstellungen");
const MADE_BEFORE: Text = Text::fixed(
    "A phone's file holds VPN settings, so another CUCM made it, or this one before it became unrestricted.",
    "Die Datei eines Telefons enthält VPN-Einstellungen; ein anderer CUCM hat sie also erzeugt, oder dieser, bevor er zur unbeschränkten Version wurde.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{check, fires, silent, waits};

    const SETTINGS: &str = "<device>\n<vpnGroup>\n<mtu>1290</mtu>\n</vpnGroup>\n</device>";

    #[test]
    fn the_person_may_say_so() {
        let findings = check(&RULE, &[], &[("cucm-export", "unrestricted")]).unwrap();
        assert_eq!(findings[0].confidence, Confidence::Certain);
        assert_eq!(check(&RULE, &[], &[("cucm-export", "restricted")]).unwrap().len(), 0);
    }

    #[test]
    fn the_install_mediums_name_says_it() {
        let medium = |name: &str| {
            format!("admin:show version active\nActive Master Version: 12.5.1.11900-146\n{name}\n")
        };
        let unrestricted = medium("UCSInstall_UCOS_UNRST_12.5.1.11900-146.sgn.iso");
        let finding = &fires(&RULE, &[("x", &unrestricted)])[0];
        assert!(finding.evidence()[0].at.as_ref().unwrap().text.contains("UNRST"));
        silent(&RULE, &[("x", &medium("UCSInstall_UCOS_12.5.1.11900-146.sgn.iso"))]);
    }

    #[test]
    fn vpn_settings_contradict_it() {
        let phone = [("SEP001122334455.cnf.xml", SETTINGS)];
        let findings = check(&RULE, &phone, &[("cucm-export", "unrestricted")]).unwrap();
        assert_eq!((findings[0].confidence, findings[0].evidence().len()), (Confidence::Possible, 2));
        silent(&RULE, &phone);
    }

    #[test]
    fn without_a_word_of_it_the_question_is_asked() {
        let needs = waits(&RULE, &[("SEP001122334455.cnf.xml", "<device>\n<mtu>1</mtu>\n</device>")]);
        assert_eq!(needs.len(), 2);
    }
}
