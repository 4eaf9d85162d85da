//! Newer phones bring a MIC of the SHA-2 manufacturing CA, and the ASA does not have that CA.
//!
//! The 8811, 8841, 8851 and 8861 and later models carry MICs issued by `Cisco Manufacturing CA SHA2` (Cisco 116162,
//! certificate authentication). An ASA that was set up with the older `Cisco Manufacturing CA` alone lets old models
//! in and refuses new ones. A phone with an LSC does not send its MIC, so a model alone makes this only likely.

use crate::case::Case;
use crate::facts::asa_authorities::Coverage;
use crate::facts::client_certificates::{CertificateKind, device};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::tables::phone_families;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "sha2-manufacturing-ca-missing",
    stage: Stage::Login,
    severity: Severity::Blocker,
    needs: &[Need::AsaConfig, Need::AsaCertificates, Need::PhoneConfig, Need::PhoneLog],
    echoes: &["client-certificate-issuer-untrusted", "aaa-rejected", "login-failed"],
    sources: &["Cisco 116162, certificate authentication"],
    prose: Text::fixed(
        include_str!("sha2_manufacturing_ca_missing.en.md"),
        include_str!("sha2_manufacturing_ca_missing.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    if case.login_methods.any() == Some(false) || case.asa_authorities.named(NEWER).is_some() {
        return Ok(Vec::new());
    }
    let shown = case.client_certificates.iter().find(|one| {
        one.issuer.eq_ignore_ascii_case(NEWER) && case.login_methods.of_phone(&one.name) == Some(true)
    });
    let by_model = newer_phone(case);
    let (proof, mut confidence, why) = match (shown, by_model) {
        (Some(one), _) => (Evidence::at(&one.place, ISSUED), Confidence::Certain, None),
        (None, Newer::Shown(proof, load)) => {
            let older = case.asa_authorities.named(OLDER).is_some();
            let confidence = if older { Confidence::Likely } else { Confidence::Possible };
            (*proof, confidence, Some(BY_MODEL.with("load", Class::Words, &load)))
        }
        (None, Newer::Unknown) => return Err(Missing(vec![Need::AsaConfig])),
        (None, Newer::None) if case.client_certificates.is_empty() && case.phones.is_empty() => {
            return Err(Missing(vec![Need::PhoneConfig, Need::PhoneLog]));
        }
        (None, Newer::None) => return Ok(Vec::new()),
    };
    let coverage = case.asa_authorities.coverage;
    if coverage == Coverage::Part {
        return Err(Missing(vec![Need::AsaConfig, Need::AsaCertificates]));
    }
    if coverage == Coverage::Listed {
        confidence = confidence.max(Confidence::Likely);
    }
    let absent = case.asa_authorities.searched.iter();
    let absent = absent.map(|(input, lines)| Evidence::absent(*input, lines.clone(), NOT_THERE));
    let mut finding = Finding::new(confidence, proof).and(absent);
    if let Some(why) = why {
        finding = finding.because(why);
    }
    if let Some(older) = case.asa_authorities.named(OLDER) {
        finding = finding.and([Evidence::at(&older.place, OLD_ONE)]).because(OLD_ONLY.with(
            "trustpoint",
            Class::Trustpoint,
            &older.trustpoint,
        ));
    }
    Ok(vec![finding])
}

/// A phone of the 8800 series that logs in with a certificate and has no LSC that is known.
enum Newer {
    /// Its line, and its firmware.
    Shown(Box<Evidence>, String),
    /// There is one, and nothing tells how it logs in.
    Unknown,
    None,
}

/// Each phone is asked for itself: in a mixed fleet others may log in with a password, or at another ASA.
fn newer_phone(case: &Case<'_>) -> Newer {
    let searched = case.asa_authorities.searched.as_ref().and_then(|(input, _)| case.device_of(*input));
    let mut unknown = false;
    for (index, phone) in case.phones.iter().enumerate() {
        let Some(load) = &phone.config.document.load else { continue };
        let newer = phone_families::of_load(&load.value).is_some_and(|family| family.name == "88xx");
        let name = phone.name(&case.documents);
        let alone = case.phones.len() == 1;
        let has_lsc = case.client_certificates.iter().any(|one| {
            one.kind == CertificateKind::Lsc
                && (one.name.is_empty() && alone || device(&one.name).eq_ignore_ascii_case(&name))
        });
        if !newer || has_lsc || searched.is_some_and(|device| case.passes_by(index, device)) {
            continue;
        }
        match case.login_methods.of_phone(&name) {
            Some(true) => {
                let place = phone.config.place(&load.at);
                return Newer::Shown(
                    Box::new(Evidence::marked(&place, &load.value, MODEL)),
                    load.value.clone(),
                );
            }
            Some(false) => {}
            None => unknown = true,
        }
    }
    if unknown { Newer::Unknown } else { Newer::None }
}

const NEWER: &str = "Cisco Manufacturing CA SHA2";
const OLDER: &str = "Cisco Manufacturing CA";
const ISSUED: Text = Text::fixed(
    "the phone's MIC was issued by Cisco Manufacturing CA SHA2",
    "Das MIC des Telefons hat die „Cisco Manufacturing CA SHA2“ ausgestellt",
);
const MODEL: Text =
    Text::fixed("this firmware is of the 8800 series", "Diese Firmware gehört zur Reihe 8800");
const NOT_THERE: Text = Text::fixed(
    "no trust-point holds Cisco Manufacturing CA SHA2",
    "Kein Vertrauenspunkt enthält die „Cisco Manufacturing CA SHA2“",
);
const OLD_ONE: Text = Text::fixed("the older CA is there", "Die ältere Zertifizierungsstelle ist da");
const BY_MODEL: Text = Text::fixed(
    "The phone runs {load}: phones of this series have a MIC of Cisco Manufacturing CA SHA2. If this one has an LSC, it sends that instead.",
    "Das Telefon läuft mit {load}: Telefone dieser Reihe bringen ein MIC der Cisco Manufacturing CA SHA2 mit. Hat dieses ein LSC, sendet es stattdessen das LSC.",
);
const OLD_ONLY: Text = Text::fixed(
    "Trust-point {trustpoint} holds only the older Cisco Manufacturing CA. So older models get in and newer ones do not.",
    "Der Vertrauenspunkt (trust-point) {trustpoint} enthält nur die ältere „Cisco Manufacturing CA“. Deshalb kommen ältere Modelle herein und neuere nicht.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{asa, certificates, chain, fires, silent, waits};

    fn phone(load: &str, method: u8) -> String {
        format!(
            "<device><vpnGroup><authMethod>{method}</authMethod><addresses><url1>https://vpn.example.com/Desk</url1></addresses></vpnGroup><loadInformation>{load}</loadInformation></device>"
        )
    }

    #[test]
    fn the_older_ca_alone_is_not_enough() {
        let old = asa("", &chain("MFG", &[("ca ", certificates::MAKER_SHA1)]));
        let new = asa("", &chain("MFG2", &[("ca ", certificates::MAKER_SHA2)]));
        let newer = phone("sip88xx.12-5-1SR2-2", 2);
        let finding = &fires(
            &RULE,
            &[("mic", certificates::MIC_SHA2), ("SEP001122334455.cnf.xml", &newer), ("asa", &old)],
        )[0];
        assert_eq!(finding.confidence, Confidence::Certain);
        assert!(finding.because[0].en().contains("MFG"));
        let by_model = &fires(&RULE, &[("SEP001122334455.cnf.xml", &newer), ("asa", &old)])[0];
        assert_eq!(by_model.confidence, Confidence::Likely);
        silent(&RULE, &[("SEP001122334455.cnf.xml", &newer), ("asa", &new)]);
        silent(&RULE, &[("SEP001122334455.cnf.xml", &newer), ("lsc", certificates::LSC), ("asa", &old)]);
        silent(&RULE, &[("SEP001122334455.cnf.xml", &phone("SIP45.9-4-2SR3-1S", 2)), ("asa", &old)]);
        silent(&RULE, &[("SEP001122334455.cnf.xml", &phone("sip88xx.12-5-1SR2-2", 0)), ("asa", &old)]);
    }

    #[test]
    fn a_phone_that_logs_in_by_password_is_not_meant_whatever_others_do() {
        let old = asa("", &chain("MFG", &[("ca ", certificates::MAKER_SHA1)]));
        let (password, certificate) = (phone("sip88xx.12-5-1SR2-2", 0), phone("SIP45.9-4-2SR3-1S", 2));
        let files = [
            ("SEP0011223344AA.cnf.xml", password.as_str()),
            ("SEP0011223344BB.cnf.xml", certificate.as_str()),
            ("asa", old.as_str()),
        ];
        silent(&RULE, &files);
        let both = phone("sip88xx.12-5-1SR2-2", 2);
        fires(&RULE, &[files[0], files[1], files[2], ("SEP0011223344CC.cnf.xml", &both)]);
    }

    #[test]
    fn chains_and_phones_are_needed() {
        waits(&RULE, &[("SEP001122334455.cnf.xml", &phone("sip88xx.12-5-1SR2-2", 2)), ("asa", &asa("", ""))]);
        waits(&RULE, &[]);
    }
}
