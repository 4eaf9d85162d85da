//! The ASA shows elliptic-curve capable phones a self-signed certificate on an elliptic curve, although an RSA
//! trust-point is bound.
//!
//! ASA 9.4(1) and later prefer elliptic-curve suites and then present a self-signed EC certificate, until
//! CSCuu02848 gave configured certificates precedence (Cisco 116162, with its table of certificates). Newer phones
//! offer such suites and fail, older ones work. In which releases the fix is, no public source says in full: by
//! configuration alone this is told for 9.4 and 9.5(1) only, as possible.

use crate::case::Case;
use crate::facts::asa_release::Release;
use crate::facts::handshakes::Tie;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::formats::asa_config::AsaConfig;
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "ec-certificate-offered",
    stage: Stage::Tls,
    severity: Severity::Blocker,
    needs: &[Need::AsaConfig, Need::AsaLog, Need::Capture, Need::Certificate, Need::Answer],
    echoes: &["cert-hash-mismatch", "phone-rejected-server-certificate", "dtls-session-cipher-mismatch"],
    sources: &["Cisco 116162, elliptic curves in 9.4.1 and CSCuu02848"],
    prose: Text::fixed(
        include_str!("ec_certificate_offered.en.md"),
        include_str!("ec_certificate_offered.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let newer_fail = case.said.answer("phones-failing") == Some("newer");
    let seen = seen_on_the_wire(case);
    let configured = by_configuration(case, newer_fail);
    let mut lines = seen.into_iter();
    if let Some((confidence, first)) = lines.next() {
        let rest = lines.map(|(_, line)| line);
        let mut finding = Finding::new(confidence, first).and(rest);
        finding = finding.and(configured.iter().flatten().cloned());
        if newer_fail {
            finding = finding.and([Evidence::answer(NEWER_FAIL)]);
        }
        return Ok(vec![finding]);
    }
    match configured {
        Some(lines) if !lines.is_empty() => {
            let mut lines = lines.into_iter();
            let Some(first) = lines.next() else { return Ok(Vec::new()) };
            let confidence = if newer_fail { Confidence::Likely } else { Confidence::Possible };
            let mut finding = Finding::new(confidence, first).and(lines).because(RELEASE_UNSURE);
            if newer_fail {
                finding = finding.and([Evidence::answer(NEWER_FAIL)]);
            } else {
                finding.severity = Some(Severity::Warning);
            }
            Ok(vec![finding])
        }
        Some(_) => Ok(Vec::new()),
        None if !case.gateway_certificates.is_empty() && certificates_known(case) => Ok(Vec::new()),
        None => Err(Missing(vec![Need::AsaConfig, Need::AsaLog, Need::Certificate])),
    }
}

fn certificates_known(case: &Case<'_>) -> bool {
    case.gateway_certificates.presented.iter().all(|presented| presented.certificate.is_some())
}

/// An ECDSA suite in a phone's handshake, or a presented certificate that is one.
fn seen_on_the_wire(case: &Case<'_>) -> Vec<(Confidence, Evidence)> {
    let mut lines = Vec::new();
    let elliptic_bound = case.certificates.iter().any(|known| {
        known.trustpoint().is_some() && known.certificate.document.fields.as_ref().is_some_and(|f| f.elliptic)
    });
    for handshake in case.handshakes.iter().filter(|handshake| handshake.tie > Tie::None) {
        if let Some(chosen) = handshake.chosen.as_ref().filter(|chosen| chosen.value.contains("ECDSA"))
            && !elliptic_bound
        {
            lines.push((
                Confidence::Certain,
                Evidence::marked(&handshake.place(chosen), &chosen.value, ECDSA_CHOSEN),
            ));
        }
    }
    for presented in &case.gateway_certificates.presented {
        let Some(known) = presented.certificate.and_then(|index| case.known(index)) else { continue };
        let Some(fields) = known.certificate.document.fields.as_ref() else { continue };
        if fields.elliptic && fields.self_signed && known.trustpoint().is_none() {
            lines.push((Confidence::Likely, Evidence::seen(&known.place(), EC_CERTIFICATE)));
        }
    }
    lines
}

/// The lines of a configuration that leads to it; none where it does not; `None` where no configuration tells.
fn by_configuration(case: &Case<'_>, newer_fail: bool) -> Option<Vec<Evidence>> {
    let mut told = false;
    for config in &case.documents.asa_configs {
        let Some(told_by) = case.asa_release_of(*config) else { continue };
        let Some(bound) = config.document.ssl.trust_points.first() else { continue };
        told = true;
        if !affected(told_by.release, newer_fail)
            || rsa_only(config.document)
            || !bound_is_rsa(case, &bound.name.value)
        {
            continue;
        }
        return Some(vec![
            Evidence::marked(&told_by.place, &told_by.printed, VERSION),
            Evidence::seen(&config.place(&bound.name.at), RSA_BOUND),
        ]);
    }
    told.then(Vec::new)
}

/// Whether a release shows the defect.
fn affected(release: Release, newer_fail: bool) -> bool {
    let first = Release::at(9, 4, 0);
    let known = release >= first && release < Release::at(9, 5, 2);
    known || (newer_fail && release >= first)
}

/// `ssl cipher tlsv1.2 custom` without any elliptic-curve suite.
fn rsa_only(config: &AsaConfig) -> bool {
    let list = config.ssl.ciphers.iter().find(|(version, _)| version == "tlsv1.2");
    list.is_some_and(|(_, value)| {
        value.value.contains("custom") && !value.value.contains("ECDHE") && !value.value.contains("ALL")
    })
}

/// True unless the configuration shows that the trust-point holds an elliptic-curve certificate.
fn bound_is_rsa(case: &Case<'_>, trustpoint: &str) -> bool {
    let of_trustpoint = case.certificates.iter().filter(|known| known.trustpoint() == Some(trustpoint));
    !of_trustpoint
        .filter_map(|known| known.certificate.document.fields.as_ref())
        .any(|fields| fields.elliptic && !fields.ca)
}

const ECDSA_CHOSEN: Text = Text::fixed(
    "an ECDSA cipher was agreed, so the certificate shown is on an elliptic curve",
    "Vereinbart wurde eine ECDSA-Chiffre; das gezeigte Zertifikat liegt also auf einer elliptischen Kurve.",
);
const EC_CERTIFICATE: Text = Text::fixed(
    "the certificate presented is self-signed and on an elliptic curve",
    "Das vorgelegte Zertifikat ist selbstsigniert und liegt auf einer elliptischen Kurve.",
);
const VERSION: Text =
    Text::fixed("this release prefers elliptic curves", "Diese Version bevorzugt elliptische Kurven.");
const RSA_BOUND: Text = Text::fixed(
    "a trust-point is bound, and elliptic-curve ciphers were not removed",
    "Ein Vertrauenspunkt (trustpoint) ist gebunden, und Chiffren mit elliptischen Kurven sind nicht entfernt.",
);
const NEWER_FAIL: Text = Text::fixed(
    "you said that newer phones fail",
    "Sie haben angegeben, dass neuere Telefone betroffen sind.",
);
const RELEASE_UNSURE: Text = Text::fixed(
    "Whether this very release has the fix for CSCuu02848 is not known here; the log of a newer phone's attempt shows it: 725012 with an ECDHE-ECDSA cipher.",
    "Ob genau diese Version die Korrektur zu CSCuu02848 enthält, ist hier nicht bekannt; das Protokoll eines neueren Telefons zeigt es: 725012 mit einer Chiffre ECDHE-ECDSA.",
);

#[cfg(test)]
mod tests {
    use super::{RULE, affected};
    use crate::facts::asa_release::Release;
    use crate::finding::{Confidence, Severity};
    use crate::testing::{check, fires, silent, waits};

    fn config(version: &str, cipher: &str) -> String {
        format!(
            "ASA Version {version}\nhostname asa\nssl trust-point PHONES outside\n{cipher}\nwebvpn\n enable outside\n: end\n"
        )
    }

    #[test]
    fn an_ecdsa_suite_in_a_phones_handshake_is_certain() {
        let log = "%ASA-6-716038: Group <P> User <CP-8851-SEP001122334455> IP <203.0.113.9> Authentication: successful, Session Type: WebVPN.\n\
            %ASA-7-725012: Device chooses cipher : ECDHE-ECDSA-AES256-GCM-SHA384 for the SSL session with client outside:203.0.113.9/50091\n";
        assert_eq!(fires(&RULE, &[("asa.log", log)])[0].confidence, Confidence::Certain);
    }

    #[test]
    fn a_release_with_the_defect_is_a_warning_until_newer_phones_fail() {
        let files = config("9.4(1)", "");
        let finding = &fires(&RULE, &[("asa.cfg", &files)])[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Possible, Some(Severity::Warning)));
        let answered = check(&RULE, &[("asa.cfg", &files)], &[("phones-failing", "newer")]).unwrap();
        assert_eq!((answered[0].confidence, answered[0].severity), (Confidence::Likely, None));
    }

    #[test]
    fn rsa_ciphers_only_and_other_releases_are_fine() {
        let custom = "ssl cipher tlsv1.2 custom \"AES256-SHA:AES128-SHA\"";
        silent(&RULE, &[("asa.cfg", &config("9.4(1)", custom))]);
        silent(&RULE, &[("asa.cfg", &config("9.1(1)", ""))]);
        silent(&RULE, &[("asa.cfg", &config("9.12(4)67", ""))]);
        waits(&RULE, &[]);
    }

    #[test]
    fn releases_are_compared() {
        for (release, newer_fail, expected) in [
            (Release::at(9, 4, 2), false, true),
            (Release::at(9, 5, 1), false, true),
            (Release::at(9, 5, 2), false, false),
            (Release::at(9, 12, 4), true, true),
            (Release::at(9, 1, 1), true, false),
        ] {
            assert_eq!(affected(release, newer_fail), expected, "{release}");
        }
    }

    #[test]
    fn show_version_tells_the_release_of_an_excerpt() {
        let excerpt = "ssl trust-point PHONES outside\nwebvpn\n enable outside\n";
        let version = "Cisco Adaptive Security Appliance Software Version 9.4(1)\n";
        let finding = &fires(&RULE, &[("asa.cfg", excerpt), ("version", version)])[0];
        assert_eq!(finding.evidence()[0].input, Some(1));
        waits(&RULE, &[("asa.cfg", excerpt)]);
    }
}
