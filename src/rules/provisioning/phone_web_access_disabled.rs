//! The phone's web access is disabled: its console logs cannot be fetched.
//!
//! `webAccess` is 0 for enabled and 1 for disabled, and may stand in three blocks (usecallmanager.nz,
//! SEPMAC.cnf.xml; Cisco 116162, phone logs). Which block wins where they differ is CUCM's usual order of override,
//! which no source states for the file itself.

use super::fleet::Fleet;
use super::setting;
use crate::case::Case;
use crate::finding::{Confidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::tables::config_blocks::Block;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "phone-web-access-disabled",
    stage: Stage::Provisioning,
    severity: Severity::Notice,
    needs: &[Need::PhoneConfig],
    echoes: &[],
    sources: &["Cisco 116162, phone logs", "usecallmanager.nz, SEPMAC.cnf.xml"],
    prose: Text::fixed(
        include_str!("phone_web_access_disabled.en.md"),
        include_str!("phone_web_access_disabled.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut fleet = Fleet::new();
    for phone in case.phone_configs()? {
        let Some(access) = phone.web_access() else {
            // What a phone does without the setting depends on its firmware.
            fleet.cannot_tell();
            continue;
        };
        if !access.is_disabled {
            continue;
        }
        let agreed = access.all_disabled;
        let confidence = if agreed { Confidence::Certain } else { Confidence::Possible };
        let proof = setting("webAccess", &access.setting, OFF);
        fleet.add((access.block, agreed), &phone.name(&case.documents), confidence, proof);
    }
    fleet.answer(|(block, agreed), group| {
        let finding = group.finding(Some(page(block)));
        if agreed { finding } else { finding.because(DISAGREED) }
    })
}

/// The page of CUCM that a block comes from.
fn page(block: Block) -> Text {
    match block {
        Block::Device => Text::fixed(
            "It is switched off for the phone itself (Device > Phone).",
            "Er ist am Telefon selbst ausgeschaltet (Device > Phone).",
        ),
        Block::Common => Text::fixed(
            "It is switched off in the Common Phone Profile (Device > Device Settings > Common Phone Profile).",
            "Er ist im Common Phone Profile ausgeschaltet (Device > Device Settings > Common Phone Profile).",
        ),
        Block::Enterprise => Text::fixed(
            "It is switched off for all phones (System > Enterprise Phone Configuration).",
            "Er ist für alle Telefone ausgeschaltet (System > Enterprise Phone Configuration).",
        ),
    }
}

const OFF: Text = Text::fixed("1 means disabled", "1 heißt: ausgeschaltet");
const DISAGREED: Text = Text::fixed(
    "Another block of the file says otherwise. Usually the phone's own setting goes before the profile's, and that before the one for all phones; the documents do not say so for this file.",
    "Ein anderer Block der Datei sagt etwas anderes. Üblicherweise geht die Einstellung des Telefons der des Profils vor und diese der für alle Telefone; für diese Datei ist das nicht dokumentiert.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, silent, waits};

    const OFF: &str = "<webAccess>1</webAccess>";
    const ON: &str = "<webAccess>0</webAccess>";

    fn file(device: &str, common: &str, enterprise: &str) -> String {
        format!(
            "<device>\n<vendorConfig>{device}</vendorConfig>\n<commonConfig>{common}</commonConfig>\n<enterpriseConfig>{enterprise}</enterpriseConfig>\n</device>"
        )
    }

    #[test]
    fn the_winning_block_decides() {
        for (xml, line, confidence) in [
            (file(OFF, "", ""), 2, Confidence::Certain),
            (file("", OFF, OFF), 3, Confidence::Certain),
            (file("", "", OFF), 4, Confidence::Certain),
            (file(OFF, ON, ""), 2, Confidence::Possible),
        ] {
            let findings = fires(&RULE, &[("SEP001122334455.cnf.xml", &xml)]);
            let evidence = &findings[0].evidence()[0];
            assert_eq!((evidence.at.as_ref().unwrap().line, findings[0].confidence), (line, confidence));
            assert_eq!(evidence.mark, OFF);
        }
    }

    #[test]
    fn the_phones_own_setting_outweighs_the_others() {
        silent(&RULE, &[("SEP001122334455.cnf.xml", &file(ON, OFF, OFF))]);
    }

    #[test]
    fn a_file_without_the_setting_waits() {
        waits(&RULE, &[("SEP001122334455.cnf.xml", &file("", "", ""))]);
        waits(&RULE, &[]);
    }
}
