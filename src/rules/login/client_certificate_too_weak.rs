//! The ASA finds a phone's certificate too weak.
//!
//! From 9.16(1) on, certificates signed with SHA-1 and RSA keys of less than 2048 bits are refused unless
//! `crypto ca permit-weak-crypto` is set: MICs of the older manufacturing CA, and LSCs of an old CAPF. Log: 717009
//! `Hash algorithm is too weak` (ASA syslog guide; Cisco community, ASA 9.16). 725015 refuses a key that is too large.

use crate::case::Case;
use crate::facts::asa_release::Release;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "client-certificate-too-weak",
    stage: Stage::Login,
    severity: Severity::Blocker,
    needs: &[Need::AsaLog, Need::AsaVersion, Need::Certificate],
    echoes: &["client-certificate-issuer-untrusted", "aaa-rejected", "login-failed"],
    sources: &["ASA syslog guide, 717009", "ASA 9.16 release notes, weak certificates"],
    prose: Text::fixed(
        include_str!("client_certificate_too_weak.en.md"),
        include_str!("client_certificate_too_weak.de.md"),
    ),
    check,
};

/// The first release that refuses them.
const STRICT_FROM: Release = Release::at(9, 16, 1);

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let refused = case.certificate_failures.iter().filter(|one| one.is_weak());
    let mut by_log: Vec<Finding> = refused
        .map(|failure| {
            let finding = Finding::new(failure.tie, Evidence::at(&failure.place, REFUSED));
            if failure.phone.is_empty() {
                finding
            } else {
                finding.because(OF_PHONE.with("phone", Class::Phone, &failure.phone))
            }
        })
        .collect();
    if !by_log.is_empty() {
        by_log.truncate(1);
        return Ok(by_log);
    }
    let Some(release) = case.asa_release() else {
        return Err(Missing(vec![Need::AsaLog, Need::AsaVersion]));
    };
    // An ASA that nothing ties to phones neither fails nor passes.
    if !case.knows_phones() && case.client_certificates.is_empty() {
        return Err(Missing(vec![Need::AsaLog, Need::PhoneConfig]));
    }
    let permits = case
        .documents
        .asa_configs
        .iter()
        .any(|config| config.document.permit_weak_crypto.as_ref().is_some_and(|permit| permit.value));
    if release.release < STRICT_FROM || permits || case.login_methods.any() == Some(false) {
        return Ok(Vec::new());
    }
    let weak: Vec<Finding> = case
        .client_certificates
        .iter()
        .filter(|one| case.login_methods.of_phone(&one.name) != Some(false))
        .filter_map(|one| {
            let known = case.certificate(one.known?)?;
            let fields = known.certificate.document.fields.as_ref()?;
            let sha1 = fields.signature.to_ascii_lowercase().contains("sha1");
            let bits: u32 =
                fields.key.strip_prefix("RSA ").and_then(|bits| bits.parse().ok()).unwrap_or(u32::MAX);
            if !sha1 && bits >= 2048 {
                return None;
            }
            let weak = WEAK
                .with("phone", Class::Phone, &one.name)
                .with("signature", Class::Words, &fields.signature)
                .with("key", Class::Words, &fields.key)
                .with("release", Class::Words, &release.printed);
            let confidence =
                if case.documents.asa_configs.is_empty() { Confidence::Possible } else { Confidence::Likely };
            let finding = Finding::new(confidence, Evidence::at(&known.place(), CERTIFICATE))
                .and([Evidence::at(&release.place, STRICT)]);
            Some(finding.because(weak))
        })
        .collect();
    let looked_at = case.client_certificates.iter().any(|one| one.known.is_some());
    if looked_at { Ok(weak) } else { Err(Missing(vec![Need::AsaLog, Need::Certificate])) }
}

const REFUSED: Text = Text::fixed(
    "the ASA finds a phone's certificate too weak",
    "Die ASA hält das Zertifikat eines Telefons für zu schwach",
);
const OF_PHONE: Text = Text::fixed("It is the certificate of {phone}.", "Es ist das Zertifikat von {phone}.");
const CERTIFICATE: Text =
    Text::fixed("this is the phone's certificate", "Das ist das Zertifikat des Telefons");
const STRICT: Text =
    Text::fixed("this release refuses weak certificates", "Diese Version weist schwache Zertifikate ab");
const WEAK: Text = Text::fixed(
    "The certificate of {phone} is signed with {signature} and has a key of type {key}; the ASA runs {release}, and no line permits weak certificates.",
    "Das Zertifikat von {phone} ist mit {signature} signiert und hat einen Schlüssel der Art {key}; die ASA läuft mit {release}, und keine Zeile lässt schwache Zertifikate zu.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{certificates, fires, silent, waits};

    const LOG: &str = "%ASA-3-717009: Certificate validation failed. Hash algorithm is too weak, serial number: 03, subject name: CN=CP-7962G-SEP001122334466,O=x.\n";

    fn asa(release: &str, lines: &str) -> String {
        format!(
            "ASA Version {release}\nwebvpn\n enable outside\n{lines}tunnel-group Phones webvpn-attributes\n authentication certificate\n: end\n"
        )
    }

    #[test]
    fn the_log_says_it_outright() {
        let finding = &fires(&RULE, &[("log", LOG)])[0];
        assert_eq!(finding.confidence, Confidence::Certain);
        assert!(finding.because[0].en().contains("CP-7962G-SEP001122334466"));
        waits(&RULE, &[("log", &LOG.replace("CP-7962G-SEP001122334466", "joe"))]);
    }

    #[test]
    fn a_strict_release_is_predicted() {
        for (release, lines, pem, expected) in [
            ("9.16(1)", "", certificates::MIC_SHA1, true),
            ("9.18(4)", "", certificates::LSC_WEAK, true),
            ("9.14(2)", "", certificates::LSC_WEAK, false),
            ("9.16(1)", "crypto ca permit-weak-crypto\n", certificates::LSC_WEAK, false),
            ("9.16(1)", "", certificates::LSC, false),
        ] {
            let config = asa(release, lines);
            let files = [("asa", config.as_str()), ("c", pem)];
            if expected {
                assert!(fires(&RULE, &files)[0].because[0].en().contains("sha1WithRSAEncryption"));
            } else {
                silent(&RULE, &files);
            }
        }
        waits(&RULE, &[("asa", &asa("9.16(1)", ""))]);
    }
}
