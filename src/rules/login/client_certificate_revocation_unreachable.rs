//! The ASA wants to know whether a phone's certificate was revoked, and nobody tells it.
//!
//! Log: 717010, 717012, 717015, 717018 (lists), 717032 (OCSP). Configuration: `revocation-check crl` or `ocsp` without
//! `none` at its end refuses everyone while the answer is missing. CAPF publishes no list of revoked LSCs, so a check
//! of these can only fail (ASA syslog guide; CUCM security guide).

use crate::case::Case;
use crate::facts::client_certificates::{CertificateKind, kind_by_issuer};
use crate::facts::whose::Message;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "client-certificate-revocation-unreachable",
    stage: Stage::Login,
    severity: Severity::Blocker,
    needs: &[Need::AsaLog, Need::AsaConfig],
    echoes: &["client-certificate-issuer-untrusted", "aaa-rejected", "login-failed"],
    sources: &["ASA syslog guide, 717010, 717012, 717032", "ASA command reference, revocation-check"],
    prose: Text::fixed(
        include_str!("client_certificate_revocation_unreachable.en.md"),
        include_str!("client_certificate_revocation_unreachable.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let failed: Vec<_> = case.certificate_failures.iter().filter(|one| one.is_revocation()).collect();
    let Some(first) = failed.first() else {
        return if !case.messages.iter().any(Message::is_phones) {
            Err(Missing::need(Need::AsaLog))
        } else {
            Ok(Vec::new())
        };
    };
    let named = failed.iter().find(|one| !one.trustpoint.is_empty());
    let trustpoint = named.map(|one| one.trustpoint.clone()).unwrap_or_default();
    let issues_phones = case
        .asa_authorities
        .all
        .iter()
        .any(|one| one.trustpoint == trustpoint && kind_by_issuer(&one.name) != CertificateKind::Unknown);
    let known = case
        .documents
        .asa_configs
        .iter()
        .flat_map(|config| config.document.trustpoints.iter().map(move |one| (config, one)))
        .find(|(_, one)| one.name.value == trustpoint);
    let check = known.and_then(|(config, one)| Some((config, one.revocation_check.as_ref()?)));
    let lets_in = check.is_some_and(|(_, line)| line.value.split_whitespace().any(|word| word == "none"));
    if lets_in {
        // The check fails, and everyone is let in all the same.
        return Ok(Vec::new());
    }
    let confidence = if issues_phones { Confidence::Certain } else { first.tie };
    let confidence = failed.iter().map(|one| one.tie).min().unwrap_or(confidence).min(confidence);
    let mut finding = Finding::new(confidence, Evidence::at(&first.place, FAILS))
        .and(failed.iter().skip(1).map(|one| Evidence::at(&one.place, FAILS)))
        .value("trustpoint", trustpoint.as_str());
    if confidence == Confidence::Possible {
        finding.severity = Some(Severity::Warning);
    }
    if let Some((config, line)) = check {
        finding = finding.and([Evidence::marked(&config.place(&line.at), &line.value, STRICT)]).because(
            WITHOUT_NONE.with("trustpoint", Class::Trustpoint, &trustpoint).with(
                "check",
                Class::Words,
                &line.value,
            ),
        );
    }
    Ok(vec![finding])
}

const FAILS: Text = Text::fixed(
    "the ASA cannot learn whether the certificate was revoked",
    "Die ASA erfährt nicht, ob das Zertifikat gesperrt ist",
);
const STRICT: Text = Text::fixed("this line has no none at its end", "Diese Zeile endet nicht auf none");
const WITHOUT_NONE: Text = Text::fixed(
    "Trust-point {trustpoint} says `revocation-check {check}` without `none`: while the answer is missing, everyone is refused.",
    "Der Vertrauenspunkt (trust-point) {trustpoint} enthält `revocation-check {check}` ohne `none`: Solange die Antwort fehlt, wird jeder abgewiesen.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::testing::{certificates, chain, fires, silent, waits};

    const LOG: &str = "%ASA-5-113024: Group Desk: Authenticating ssl-client connection from 203.0.113.9 with username, CP-8851-SEP001122334455, from client certificate\n\
        %ASA-3-717010: CRL polling failed for trustpoint CAPF.\n";

    fn asa(check: &str) -> String {
        let chain = chain("CAPF", &[("ca ", certificates::CAPF_OLD)]);
        format!(
            "ASA Version 9.1(1)\ncrypto ca trustpoint CAPF\n enrollment terminal\n revocation-check {check}\n{chain}webvpn\n enable outside\n: end\n"
        )
    }

    #[test]
    fn a_strict_check_that_fails_is_told() {
        let finding = &fires(&RULE, &[("log", LOG), ("asa", &asa("crl"))])[0];
        assert_eq!(finding.confidence, Confidence::Certain);
        assert!(finding.because[0].en().contains("revocation-check crl"));
        assert_eq!(fires(&RULE, &[("log", LOG)])[0].confidence, Confidence::Likely);
        let partner = LOG.replace("CAPF", "PARTNERS");
        let finding = &fires(&RULE, &[("log", &partner)])[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Possible, Some(Severity::Warning)));
        silent(&RULE, &[("log", LOG), ("asa", &asa("crl none"))]);
        silent(&RULE, &[("log", LOG.lines().next().unwrap())]);
        waits(&RULE, &[("log", partner.lines().nth(1).unwrap())]);
    }
}
