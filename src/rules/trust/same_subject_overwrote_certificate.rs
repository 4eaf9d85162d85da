//! Two certificates of the ASA have the same subject, and the phone has the hash of the newer one only.
//!
//! CSCuh19734: an upload to Phone-VPN-trust overwrites a certificate with the same common name (Cisco 116162). It
//! matters as long as some gateway still presents the older one.

use crate::case::Case;
use crate::facts::certificates::CaseCertificate;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "same-subject-overwrote-certificate",
    stage: Stage::Trust,
    severity: Severity::Warning,
    needs: &[Need::PhoneConfig, Need::Certificate],
    echoes: &[],
    sources: &["Cisco 116162, CSCuh19734"],
    prose: Text::fixed(
        include_str!("same_subject_overwrote_certificate.en.md"),
        include_str!("same_subject_overwrote_certificate.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    case.phones_with_vpn()?;
    let presented: Vec<&CaseCertificate<'_>> = case
        .gateway_certificates
        .presented
        .iter()
        .filter_map(|presented| case.certificate(presented.certificate?))
        .collect();
    if presented.is_empty() {
        return Err(Missing(vec![Need::Certificate, Need::AsaConfig]));
    }
    let trusted =
        |known: &CaseCertificate<'_>| case.trusted_hashes.iter().find(|hash| hash.sha1 == Ok(known.sha1()));
    let mut findings = Vec::new();
    for older in presented.iter().filter(|older| trusted(older).is_none()) {
        let newer = case.certificates.iter().find_map(|newer| {
            let hash = trusted(newer)?;
            // Both presented: each on an interface of its own.
            let is_presented = presented.iter().any(|known| known.sha1() == newer.sha1());
            (!is_presented && is_newer(newer, older)).then_some((newer, hash))
        });
        let Some((newer, hash)) = newer else { continue };
        findings.push(
            Finding::new(Confidence::Likely, Evidence::marked(&hash.place, &hash.text, TRUSTS_NEWER))
                .and([Evidence::at(&newer.place(), NEWER), Evidence::at(&older.place(), OLDER)])
                .value("subject", older.name()),
        );
    }
    Ok(findings)
}

fn is_newer(one: &CaseCertificate<'_>, other: &CaseCertificate<'_>) -> bool {
    let (Some(one), Some(other)) = (&one.certificate.document.fields, &other.certificate.document.fields)
    else {
        return false;
    };
    let common_name = one.common_names.first();
    common_name.is_some() && common_name == other.common_names.first() && one.not_before > other.not_before
}

const TRUSTS_NEWER: Text = Text::fixed(
    "the phone has the newer certificate's hash only",
    "Das Telefon hat nur den Hash des neueren Zertifikats",
);
const NEWER: Text = Text::fixed("this is the newer certificate", "Das ist das neuere Zertifikat");
const OLDER: Text = Text::fixed(
    "this older one with the same common name is still presented",
    "Dieses ältere mit demselben Common Name wird noch vorgelegt",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::certificates::{CURRENT, OTHER, PREVIOUS};
    use crate::testing::{asa, chain, fires, hash_of, phone_trusting, silent, waits};

    #[test]
    fn a_new_upload_that_replaced_the_presented_one_is_told() {
        let config = asa("ssl trust-point PHONES outside", &chain("PHONES", &[("", PREVIOUS)]));
        let phone = phone_trusting(&[hash_of(CURRENT)]);
        fires(&RULE, &[("asa.cfg", &config), ("x.xml", &phone), ("new.pem", CURRENT)]);
        let both = phone_trusting(&[hash_of(CURRENT), hash_of(PREVIOUS)]);
        silent(&RULE, &[("asa.cfg", &config), ("x.xml", &both), ("new.pem", CURRENT)]);
        let other = phone_trusting(&[hash_of(OTHER)]);
        silent(&RULE, &[("asa.cfg", &config), ("x.xml", &other), ("new.pem", OTHER)]);
        waits(&RULE, &[("x.xml", &phone)]);
        let chains = chain("PHONES", &[("", PREVIOUS)]) + &chain("PORTAL", &[("", CURRENT)]);
        let each = asa("ssl trust-point PHONES outside\nssl trust-point PORTAL inside", &chains)
            .replace(" enable outside\n", " enable outside\n enable inside\n");
        silent(&RULE, &[("asa.cfg", &each), ("x.xml", &phone)]);
    }
}
