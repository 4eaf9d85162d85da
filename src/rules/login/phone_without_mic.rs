//! A 7940 or 7960 is to log in with a certificate, and these models bring none.
//!
//! They have no MIC; an LSC has to be installed by an authentication string first (Cisco 116162, certificate
//! authentication). Witnesses: the firmware load (`P003…`, `P0S3…`), the model that a log, a page or a certificate
//! names, or the person's answer. Whether these models have the VPN feature at all is another rule's question.

use crate::case::Case;
use crate::facts::client_certificates::{CertificateKind, device};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::tables::phone_models;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "phone-without-mic",
    stage: Stage::Login,
    severity: Severity::Warning,
    needs: &[Need::PhoneConfig, Need::Answer],
    echoes: &["login-failed"],
    sources: &["Cisco 116162, certificate authentication"],
    prose: Text::fixed(include_str!("phone_without_mic.en.md"), include_str!("phone_without_mic.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let answer = case.said.answer("phone-model");
    let said = answer.filter(|model| MODELS.iter().any(|old| model.contains(old)));
    // The phone's name, where a file shows it, and what shows its model.
    let mut old: Vec<(String, Evidence)> = Vec::new();
    for phone in &case.phones {
        let Some(load) = &phone.config.document.load else { continue };
        let models = phone_models::of_load(&load.value);
        if models.is_some_and(|models| models.numbers.iter().any(|number| MODELS.contains(number))) {
            let proof = Evidence::marked(&phone.config.place(&load.at), &load.value, LOAD);
            old.push((phone.name(&case.documents), proof));
        }
    }
    let models = &case.phone_models;
    for model in models.iter().filter(|model| MODELS.contains(&model.number.as_str())) {
        let proof = Evidence::marked(&model.place, &model.printed, NAMED);
        old.push((model.phone.clone(), proof));
    }
    if old.is_empty() {
        let said = said.map(|model| Evidence::answer(ANSWER.with("model", Class::Words, model)));
        old.extend(said.map(|proof| (String::new(), proof)));
    }
    if old.is_empty() {
        let loads = case.phones.iter().any(|phone| phone.config.document.load.is_some());
        let known = answer.is_some() || loads || !models.is_empty();
        return if known { Ok(Vec::new()) } else { Err(Missing(vec![Need::PhoneConfig, Need::Answer])) };
    }
    let (mut proofs, mut open) = (Vec::new(), false);
    for (name, proof) in old {
        let mut lscs = case.client_certificates.iter().filter(|one| one.kind == CertificateKind::Lsc);
        let has_lsc = lscs.any(|one| name.is_empty() || one.name.is_empty() || device(&one.name) == name);
        let method =
            if name.is_empty() { case.login_methods.any() } else { case.login_methods.of_phone(&name) };
        match method {
            Some(true) if !has_lsc => proofs.push(proof),
            Some(_) => {}
            None => open = true,
        }
    }
    let mut proofs = proofs.into_iter();
    match proofs.next() {
        Some(first) => Ok(vec![Finding::new(Confidence::Likely, first).and(proofs).because(UNKNOWN)]),
        None if open => Err(Missing(vec![Need::PhoneConfig, Need::AsaConfig])),
        None => Ok(Vec::new()),
    }
}

/// The models without a certificate of their own.
const MODELS: [&str; 2] = ["7940", "7960"];
const LOAD: Text =
    Text::fixed("this is firmware of a 7940 or 7960", "Das ist die Firmware eines 7940 oder 7960");
const NAMED: Text = Text::fixed("this names the model", "Hier steht das Modell");
const ANSWER: Text =
    Text::fixed("you said that the phone is a {model}", "Sie haben angegeben, dass es ein {model} ist");
const UNKNOWN: Text = Text::fixed(
    "Nothing here shows an LSC in this phone.",
    "Ein LSC in diesem Telefon ist hier nirgends zu sehen.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, silent, waits};

    fn phone(load: &str, method: u8) -> String {
        format!(
            "<device><vpnGroup><authMethod>{method}</authMethod><addresses><url1>https://vpn.example.com/Desk</url1></addresses></vpnGroup><loadInformation>{load}</loadInformation></device>"
        )
    }

    #[test]
    fn the_two_models_are_told_by_load_or_answer() {
        let name = "SEP001122334455.cnf.xml";
        let found = |load: &str, method, answers: &[(&str, &str)]| {
            check(&RULE, &[(name, &phone(load, method))], answers).unwrap().len()
        };
        assert_eq!(found("P0030801SR02", 2, &[]), 1);
        assert_eq!(found("", 2, &[("phone-model", "7960")]), 1);
        assert_eq!(found("P0030801SR02", 0, &[]), 0);
        silent(&RULE, &[(name, &phone("SIP45.9-4-2SR3-1S", 2))]);
        waits(&RULE, &[]);
    }

    #[test]
    fn a_model_that_the_log_names_is_not_asked_for() {
        let log = |model: &str| {
            format!(
                "%ASA-6-716038: Group <Phones> User <CP-{model}-SEP001122334455> IP <203.0.113.90> Authentication: successful, Session Type: WebVPN.\n"
            )
        };
        silent(&RULE, &[("asa.log", &log("8841"))]);
        let phone = phone("", 2).replace("</device>", "<device>SEP001122334455</device></device>");
        let files = [("SEP001122334455.cnf.xml", phone.as_str()), ("asa.log", &log("7960G"))];
        assert_eq!(check(&RULE, &files, &[]).unwrap().len(), 1);
    }
}
