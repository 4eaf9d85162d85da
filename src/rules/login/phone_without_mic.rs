//! A 7940 or 7960 is to log in with a certificate, and these models bring none.
//!
//! They have no MIC; an LSC has to be installed by an authentication string first (Cisco 116162, certificate
//! authentication). Witnesses: the firmware load (`P003…`, `P0S3…`), or the person's
//! answer. Whether these models have the VPN feature at all is another rule's question.

use crate::case::Case;
use crate::facts::client_certificates::CertificateKind;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::tables::phone_models;
use crate::text::Text;

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
    let model = case.phones.iter().find_map(|phone| {
        let load = phone.config.document.load.as_ref()?;
        let models = phone_models::of_load(&load.value);
        let old = models.is_some_and(|models| models.numbers.iter().any(|number| MODELS.contains(number)));
        old.then(|| Evidence::marked(&phone.config.place(&load.at), &load.value, LOAD))
    });
    let said = answer.filter(|model| MODELS.iter().any(|old| model.contains(old)));
    let proof = model.or_else(|| said.map(|model| Evidence::answer(ANSWER.filled(&[("model", model)]))));
    let Some(proof) = proof else {
        let known = answer.is_some() || case.phones.iter().any(|phone| phone.config.document.load.is_some());
        return if known { Ok(Vec::new()) } else { Err(Missing(vec![Need::PhoneConfig, Need::Answer])) };
    };
    let has_lsc = case.client_certificates.iter().any(|one| one.kind == CertificateKind::Lsc);
    match case.phones_use_certificates() {
        Some(true) if !has_lsc => Ok(vec![Finding::new(Confidence::Likely, proof).because(UNKNOWN)]),
        Some(_) => Ok(Vec::new()),
        None => Err(Missing(vec![Need::PhoneConfig, Need::AsaConfig])),
    }
}

/// The models without a certificate of their own.
const MODELS: [&str; 2] = ["7940", "7960"];
const LOAD: Text =
    Text::fixed("this is firmware of a 7940 or 7960", "Das ist die Firmware eines 7940 oder 7960");
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
}
