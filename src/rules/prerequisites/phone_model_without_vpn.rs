//! A phone of a model that has no VPN client.
//!
//! The model stands in the phone's user name (`CP-7911G-SEP…`), on its status page, in an answer, or follows from the
//! name of its firmware. Which models have the client is a table; of some Cisco's documents contradict one another, and
//! of those only "look it up" is said, and nothing where the phone was seen at the ASA's VPN.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::Case;
use crate::facts::phone_kinds;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::tables::phone_models::{self, Models, Vpn};
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "phone-model-without-vpn",
    stage: Stage::Prerequisites,
    severity: Severity::Blocker,
    needs: &[Need::PhoneConfig, Need::AsaLog, Need::PhoneStatus, Need::Answer],
    echoes: &[],
    sources: &[
        "Cisco 115785, components",
        "Cisco IP Phone 7800 and 8800 administration guides",
        "CUCM, Unified CM Phone Feature List",
    ],
    prose: Text::fixed(
        include_str!("phone_model_without_vpn.en.md"),
        include_str!("phone_model_without_vpn.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut told = false;
    let mut by_model: BTreeMap<String, Suspects> = BTreeMap::new();
    let mut suspect = |name: String, row: &'static Models, phone: &str, confidence, proof| {
        let group = by_model.entry(name).or_insert_with(|| Suspects::new(row));
        group.phones.extend((!phone.is_empty()).then(|| phone.to_owned()));
        group.proofs.push((confidence, proof));
    };
    for model in &case.phone_models {
        let Some(row) = phone_models::of_number(&model.number) else { continue };
        told = true;
        if is_suspect(row.vpn) && !(model.at_gateway && row.vpn != Vpn::Without) {
            let proof = Evidence::marked(&model.place, &model.printed, NAMED);
            suspect(model.number.clone(), row, &model.phone, Confidence::Certain, proof);
        }
    }
    for load in phone_kinds::loads(&case.documents, &case.phones) {
        let Some(row) = phone_models::of_load(&load.load) else { continue };
        told = true;
        if is_suspect(row.vpn) {
            let proof = Evidence::marked(&load.place, &load.load, OF_LOAD);
            suspect(row.numbers.join("/"), row, &load.phone, Confidence::Likely, proof);
        }
    }
    if let Some(answer) = case.said.answer("phone-model") {
        let number = phone_models::number_in(answer);
        if let Some((number, row)) =
            number.and_then(|number| Some((number, phone_models::of_number(number)?)))
        {
            told = true;
            if is_suspect(row.vpn) {
                let says = SAID.with("model", Class::Words, number);
                suspect(number.to_owned(), row, "", Confidence::Certain, Evidence::answer(says));
            }
        }
    }
    if !told {
        return Err(Missing(vec![Need::PhoneConfig, Need::AsaLog, Need::Answer]));
    }
    Ok(by_model.into_iter().filter_map(|(name, group)| group.finding(&name)).collect())
}

const fn is_suspect(vpn: Vpn) -> bool {
    matches!(vpn, Vpn::Without | Vpn::Contradictory | Vpn::NotNamed)
}

/// Phones of one model, or of one family.
struct Suspects {
    row: &'static Models,
    phones: BTreeSet<String>,
    proofs: Vec<(Confidence, Evidence)>,
}

impl Suspects {
    fn new(row: &'static Models) -> Self {
        Self { row, phones: BTreeSet::new(), proofs: Vec::new() }
    }

    fn finding(self, name: &str) -> Option<Finding> {
        let surest = self.proofs.iter().map(|(confidence, _)| *confidence).min()?;
        let mut proofs = self.proofs.into_iter().map(|(_, proof)| proof);
        let without = self.row.vpn == Vpn::Without;
        let mut finding =
            Finding::new(if without { surest } else { Confidence::Possible }, proofs.next()?).and(proofs);
        if !without {
            finding.severity = Some(Severity::Notice);
            finding.title = Some(UNSURE_TITLE.with("model", Class::Words, shown(name)));
        }
        finding = finding.because(self.row.source.clone());
        if self.phones.len() > 1 {
            finding = finding.because(MANY.number("count", self.phones.len()));
        }
        Some(finding.computed("model", shown(name)))
    }
}

/// A family's numbers in words: `7811/7821` as it is, a long list by its first.
fn shown(name: &str) -> String {
    let numbers: Vec<&str> = name.split('/').collect();
    match numbers.as_slice() {
        [first, .., last] if numbers.len() > 6 => format!("{first} … {last}"),
        _ => name.to_owned(),
    }
}

const NAMED: Text = Text::fixed("this names the model", "Das nennt das Modell");
const OF_LOAD: Text = Text::fixed(
    "this firmware is made for models of that family",
    "Diese Firmware gehört zu Modellen dieser Familie",
);
const SAID: Text =
    Text::fixed("you said that the model is {model}", "Sie haben angegeben, dass das Modell {model} ist");
const MANY: Text = Text::fixed("This concerns {count} phones.", "Betroffen sind {count} Telefone.");
const UNSURE_TITLE: Text = Text::fixed(
    "Check in the phone feature list whether model {model} has a VPN client",
    "Prüfen Sie in der Funktionsliste, ob das Modell {model} einen VPN-Client hat",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::testing::{check, fires, silent, waits};

    fn file(load: &str) -> String {
        format!(
            "<device>\n<deviceProtocol>SIP</deviceProtocol>\n<loadInformation>{load}</loadInformation>\n</device>"
        )
    }

    fn login(model: &str) -> String {
        format!(
            "%ASA-6-716039: Group <PHONES> User <CP-{model}-SEP001122334455> IP <192.0.2.9> Authentication: rejected, Session Type: WebVPN.\n"
        )
    }

    #[test]
    fn a_model_without_the_client_is_told() {
        let finding = &fires(&RULE, &[("x", &login("7911G"))])[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Certain, None));
        assert_eq!(finding.evidence()[0].mark, "CP-7911G-SEP001122334455");
        let answered = check(&RULE, &[], &[("phone-model", "CP-7940G")]).unwrap();
        assert_eq!(answered[0].computed, [("model", "7940".to_owned())]);
        let load = &fires(&RULE, &[("SEP001122334455.cnf.xml", &file("P0S3-8-12-00"))])[0];
        assert_eq!(load.confidence, Confidence::Likely);
    }

    #[test]
    fn the_head_of_its_page_names_the_model() {
        let page = |model: &str| {
            format!(
                "Network Configuration\nCisco Unified IP Phone CP-{model} ( SEP0011223344AA )\nTFTP Server 1 192.0.2.1\n"
            )
        };
        let finding = &fires(&RULE, &[("x", &page("7961G-GE"))])[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Certain, None));
        assert_eq!(finding.evidence()[0].at.as_ref().unwrap().line, 2);
        silent(&RULE, &[("x", &page("7965G"))]);
    }

    #[test]
    fn a_contradictory_model_is_only_a_notice() {
        let finding = &fires(&RULE, &[("SEP001122334455.cnf.xml", &file("sip78xx.12-5-1SR2-2"))])[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Possible, Some(Severity::Notice)));
        assert!(finding.title.as_ref().unwrap().en().contains("feature list"));
        silent(&RULE, &[("x", &login("7821"))]);
    }

    #[test]
    fn models_with_the_client_pass() {
        silent(&RULE, &[("x", &login("7965G"))]);
        silent(&RULE, &[("SEP001122334455.cnf.xml", &file("sip88xx.12-5-1SR2-2"))]);
    }

    #[test]
    fn without_a_model_it_asks() {
        waits(&RULE, &[]);
        assert!(check(&RULE, &[], &[("phone-model", "the grey one")]).is_err());
    }
}
