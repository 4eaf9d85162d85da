//! The phone's own configuration takes away the ciphers that the ASA has.
//!
//! `disableTLSCiphers` names suites by number, from firmware 12.5(1) on (release notes of the 7800 and 8800 series);
//! 2 and 3 are AES128-SHA and AES256-SHA, which are all that an older ASA and such a phone have in common.

use super::rows;
use crate::case::Case;
use crate::facts::negotiation::{Negotiation, Row};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::tables::phone_cipher_numbers;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "phone-ciphers-disabled",
    stage: Stage::Tls,
    severity: Severity::Blocker,
    needs: &[Need::PhoneConfig, Need::AsaConfig, Need::AsaSsl],
    echoes: &["no-shared-cipher", "tls-alert-from-phone"],
    sources: &["release notes of the 7800 and 8800 series, 12.5(1)", "usecallmanager.nz, SEPMAC.cnf.xml"],
    prose: Text::fixed(
        include_str!("phone_ciphers_disabled.en.md"),
        include_str!("phone_ciphers_disabled.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let phones = case.phone_configs()?;
    let disables = |value: &str| phone_cipher_numbers::disabled_by(value).next().is_some();
    if !phones.iter().any(|phone| phone.disabled_ciphers().is_some_and(disables)) {
        // In half a file, the setting may stand in the other half.
        let all_told = phones.iter().all(|phone| phone.is_whole() || phone.disabled_ciphers().is_some());
        return if all_told { Ok(Vec::new()) } else { Err(Missing::need(Need::PhoneConfig)) };
    }
    let rows: Vec<_> = rows::own(case)?.into_iter().filter(|(_, row)| row.kind.disabled.is_some()).collect();
    if rows.is_empty() {
        // Disabled on a phone whose firmware does not tell what it would offer otherwise.
        return Err(Missing::need(Need::AsaLog));
    }
    let findings: Vec<Finding> =
        rows.iter().filter_map(|(negotiation, row)| finding_of(case, negotiation, row)).collect();
    let known =
        |row: &Row| row.list.as_ref().is_some_and(|list| rows::is_shown(list, row) && !row.shared.is_empty());
    if findings.is_empty() && !rows.iter().all(|(_, row)| known(row)) {
        return Err(Missing(vec![Need::AsaSsl, Need::AsaConfigAll]));
    }
    Ok(findings)
}

fn finding_of(case: &Case<'_>, negotiation: &Negotiation, row: &Row) -> Option<Finding> {
    let (value, place) = row.kind.disabled.as_ref()?;
    let list = row.list.as_ref()?;
    let lost: Vec<&str> =
        row.kind.offers_by_itself().filter(|name| list.suites.iter().any(|suite| suite == name)).collect();
    if !row.shared.is_empty() || lost.is_empty() || negotiation.rows.is_empty() {
        return None;
    }
    let shown = rows::is_shown(list, row);
    let confidence = rows::confidence(shown, row);
    let names = lost.join(", ");
    let mut finding = Finding::new(confidence, Evidence::marked(place, value, DISABLED))
        .and(list.ground.place().map(|place| Evidence::at(place, ALLOWS)))
        .because(BOTH.with("value", Class::Words, value).with("names", Class::Words, names))
        .value("phone", row.kind.phones.first().map(|index| case.phone_name(*index)).unwrap_or_default());
    if confidence == Confidence::Possible {
        finding.severity = Some(Severity::Warning);
    }
    Some(finding)
}

const DISABLED: Text =
    Text::fixed("this takes ciphers away from the phone", "Damit werden dem Telefon Chiffren genommen");
const ALLOWS: Text = Text::fixed("this is what the ASA allows", "Das lässt die ASA zu");
const BOTH: Text = Text::fixed(
    "disableTLSCiphers {value} takes away {names}, and the ASA has no other cipher that this phone knows.",
    "disableTLSCiphers {value} nimmt {names} weg, und die ASA hat keine andere Chiffre, die dieses Telefon kennt.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, silent, waits};

    fn phone(numbers: &str) -> String {
        format!(
            "<device><loadInformation>sip88xx.12-5-1SR2-2</loadInformation><vendorConfig>\
             <disableTLSCiphers>{numbers}</disableTLSCiphers></vendorConfig><vpnGroup></vpnGroup></device>"
        )
    }

    const OLD_ASA: &str = "ASA Version 9.1(1)\nhostname asa\nssl encryption aes256-sha1 aes128-sha1\n\
        webvpn\n enable outside\n: end\n";

    #[test]
    fn the_last_common_cipher_is_disabled() {
        let finding = &fires(&RULE, &[("asa.cfg", OLD_ASA), ("SEP001122334455.cnf.xml", &phone("2,3"))])[0];
        assert_eq!(finding.confidence, Confidence::Likely);
        assert_eq!(finding.evidence()[0].mark, "2,3");
        assert!(finding.because[0].en().contains("AES256-SHA, AES128-SHA"));
        silent(&RULE, &[("asa.cfg", OLD_ASA), ("SEP001122334455.cnf.xml", &phone("2"))]);
        silent(&RULE, &[("asa.cfg", OLD_ASA), ("SEP001122334455.cnf.xml", &phone(""))]);
    }

    #[test]
    fn without_the_asas_list_it_waits() {
        waits(&RULE, &[("SEP001122334455.cnf.xml", &phone("2,3"))]);
        waits(&RULE, &[("x", "<vpnGroup><mtu>1290</mtu></vpnGroup>")]);
        waits(&RULE, &[]);
    }
}
