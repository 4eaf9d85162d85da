//! The phone runs multiplatform firmware: another product, with another VPN client.
//!
//! Its configuration is a `<flat-profile>` instead of CUCM's `<device>`, and the name of its firmware holds `MPP`
//! (Cisco IP phone multiplatform administration guides).

use std::collections::BTreeSet;

use crate::case::Case;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::source::At;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "multiplatform-firmware",
    stage: Stage::Prerequisites,
    severity: Severity::Blocker,
    needs: &[Need::PhoneConfig],
    echoes: &["vpn-group-missing"],
    sources: &["Cisco IP Phone 8800 multiplatform administration guide"],
    prose: Text::fixed(
        include_str!("multiplatform_firmware.en.md"),
        include_str!("multiplatform_firmware.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    if case.phones.is_empty() {
        return Err(Missing::need(Need::PhoneConfig));
    }
    let mut proofs = Vec::new();
    let mut names = BTreeSet::new();
    for phone in &case.phones {
        let load = phone.load().filter(|load| load.value.to_ascii_uppercase().contains("MPP"));
        let proof = match load {
            Some(load) => Evidence::marked(&load.place, &load.value, LOAD),
            None if phone.is_multiplatform() => {
                let first = At { line: 1, ..At::default() };
                Evidence::marked(&phone.config.place(&first), "flat-profile", FLAT_PROFILE)
            }
            None => continue,
        };
        names.insert(phone.name(&case.documents));
        proofs.push(proof);
    }
    let mut proofs = proofs.into_iter();
    let Some(first) = proofs.next() else { return Ok(Vec::new()) };
    let finding = Finding::new(Confidence::Certain, first).and(proofs);
    let count = names.len();
    Ok(vec![if names.len() > 1 { finding.because(MANY.number("count", count)) } else { finding }])
}

const FLAT_PROFILE: Text = Text::fixed(
    "this file is a <flat-profile>, the configuration of multiplatform firmware",
    "Diese Datei ist ein <flat-profile>, die Konfiguration der Multiplattform-Firmware",
);
const LOAD: Text =
    Text::fixed("this firmware is a multiplatform one", "Das ist eine Multiplattform-Firmware");
const MANY: Text = Text::fixed("This concerns {count} phones.", "Betroffen sind {count} Telefone.");

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{fires, silent, waits};

    #[test]
    fn a_flat_profile_is_another_product() {
        let file = "<?xml version=\"1.0\"?>\n<flat-profile>\n<Upgrade_Enable ua=\"na\">Yes</Upgrade_Enable>\n</flat-profile>\n";
        let finding = &fires(&RULE, &[("x.xml", file)])[0];
        assert!(finding.evidence()[0].says.en().contains("flat-profile"));
    }

    #[test]
    fn the_firmwares_name_tells_it_too() {
        let file = |load: &str| {
            format!(
                "<device>\n<deviceProtocol>SIP</deviceProtocol>\n<loadInformation>{load}</loadInformation>\n</device>"
            )
        };
        let finding = &fires(&RULE, &[("SEP001122334455.cnf.xml", &file("sip8845_65.12-0-2MPP0001-1"))])[0];
        assert_eq!(finding.evidence()[0].at.as_ref().unwrap().line, 3);
        silent(&RULE, &[("SEP001122334455.cnf.xml", &file("sip88xx.12-5-1SR2-2"))]);
    }

    #[test]
    fn without_a_phones_file_it_waits() {
        waits(&RULE, &[]);
    }
}
