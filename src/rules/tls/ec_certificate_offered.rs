//! The ASA shows elliptic-curve capable phones a self-signed certificate on an elliptic curve, although an RSA
//! trust-point is bound.
//!
//! ASA 9.4(1) and later prefer elliptic-curve suites and then present a self-signed EC certificate, until
//! CSCuu02848 gave configured certificates precedence (Cisco 116162, with its table of certificates). Newer phones
//! offer such suites and fail, older ones work. In which releases the fix is, no public source says in full: by
//! configuration alone this is told for 9.4 and 9.5(1) only, as possible.

use super::rows;
use crate::case::Case;
use crate::facts::negotiation::presented::present;
use crate::facts::negotiation::{Key, Negotiation, Offer, Presented, Row, Set};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::tables::asa_defaults::{ELLIPTIC, Preference};
use crate::text::{Class, Text};

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
    let answer = newer_fail.then(|| Evidence::answer(NEWER_FAIL));
    let predicted: Vec<Finding> =
        case.negotiations.iter().filter_map(|negotiation| predicted(negotiation, newer_fail)).collect();
    let mut lines = seen_on_the_wire(case).into_iter();
    if let Some((confidence, first)) = lines.next() {
        let configured = predicted.iter().flat_map(|finding| finding.evidence().iter().cloned());
        let mut finding =
            Finding::new(confidence, first).and(lines.map(|(_, line)| line)).and(configured).and(answer);
        if confidence == Confidence::Possible {
            finding.severity = Some(Severity::Warning);
        }
        finding.because = predicted.iter().filter_map(|finding| finding.because.first().cloned()).collect();
        return Ok(vec![finding]);
    }
    if !predicted.is_empty() {
        return Ok(predicted.into_iter().map(|finding| finding.and(answer.clone())).collect());
    }
    if case.negotiations.iter().any(is_settled)
        || (!case.gateway_certificates.is_empty() && certificates_known(case))
    {
        return Ok(Vec::new());
    }
    Err(Missing(vec![Need::AsaConfig, Need::AsaVersion, Need::AsaLog, Need::Certificate]))
}

/// Release and certificates are known, so that what was not predicted does not happen.
fn is_settled(negotiation: &Negotiation) -> bool {
    negotiation.server.release.is_some() && negotiation.bound.set().is_some_and(|set| set != Set::Nothing)
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
    // A curve that is chosen beside an RSA certificate is the ASA's doing, whoever the client is.
    let rsa_bound = case.negotiations.iter().any(|negotiation| negotiation.bound.set() == Some(Set::Rsa));
    for handshake in case.handshakes.iter().filter(|handshake| handshake.is_phones() || rsa_bound) {
        let confidence = if handshake.is_phones() { Confidence::Certain } else { Confidence::Possible };
        if let Some(chosen) = handshake.chosen.as_ref().filter(|chosen| chosen.value.contains("ECDSA"))
            && !elliptic_bound
        {
            lines.push((confidence, Evidence::marked(&handshake.place(chosen), &chosen.value, ECDSA_CHOSEN)));
        }
    }
    lines.sort_by_key(|(confidence, _)| *confidence);
    let contested = case.gateway_certificates.contested.iter();
    let contested = contested.filter(|one| one.self_made).map(|one| &one.presented);
    for presented in case.gateway_certificates.presented.iter().chain(contested) {
        let Some(known) = presented.certificate.and_then(|index| case.certificate(index)) else { continue };
        let Some(fields) = known.certificate.document.fields.as_ref() else { continue };
        if fields.elliptic && fields.self_signed && known.trustpoint().is_none() {
            lines.push((Confidence::Likely, Evidence::at(&known.place(), EC_CERTIFICATE)));
        }
    }
    lines
}

/// An ASA whose release, certificates and ciphers lead to it.
fn predicted(negotiation: &Negotiation, newer_fail: bool) -> Option<Finding> {
    let told = negotiation.server.release.as_ref()?;
    let release = [told.release.major, told.release.minor, told.release.maintenance];
    // Which releases have the fix is not known in full: newer phones that fail make any of them suspect.
    let affected = negotiation.preference == Preference::Curve || (newer_fail && release >= ELLIPTIC);
    if !affected || negotiation.server.essentials.is_some() || negotiation.bound.set()? != Set::Rsa {
        return None;
    }
    let given = |row: &&Row| {
        let offer = row.offer().filter(|offer| *offer != Offer::Rsa);
        offer.and_then(|offer| present(offer, Set::Rsa, Preference::Curve))
            == Some(Presented::SelfSigned(Key::Elliptic))
    };
    let mut rows: Vec<&Row> = negotiation.rows.iter().filter(given).collect();
    rows.sort_by_key(|row| !row.kind.own);
    let row = rows.first()?;
    // 9.4(1) itself is the release that Cisco's document names.
    let named = release == ELLIPTIC && told.release.interim == 0;
    let likely = newer_fail || (named && row.kind.own);
    let confidence = if likely { Confidence::Likely } else { Confidence::Possible };
    let bound = negotiation.bound.bindings.first()?;
    let mut finding = Finding::new(confidence, Evidence::marked(&told.place, &told.printed, VERSION))
        .and([Evidence::at(&bound.place, RSA_BOUND)])
        .and(row.kind.own.then(|| rows::phone_lines(row)).into_iter().flatten())
        .because(CELL.word("family", row.kind.family.name).with(
            "trustpoint",
            Class::Trustpoint,
            &bound.name,
        ));
    if !named {
        finding = finding.because(RELEASE_UNSURE);
    }
    if bound.key.is_none() {
        finding = finding.because(KEY_UNSURE.with("trustpoint", Class::Trustpoint, &bound.name));
    }
    if !likely {
        finding.severity = Some(Severity::Warning);
    }
    Some(finding)
}

const ECDSA_CHOSEN: Text = Text::fixed(
    "an ECDSA cipher was agreed, so the certificate shown is on an elliptic curve",
    "Vereinbart wurde eine ECDSA-Chiffre; das gezeigte Zertifikat liegt also auf einer elliptischen Kurve",
);
const EC_CERTIFICATE: Text = Text::fixed(
    "the certificate presented is self-signed and on an elliptic curve",
    "Das vorgelegte Zertifikat ist selbstsigniert und liegt auf einer elliptischen Kurve",
);
const VERSION: Text =
    Text::fixed("this release prefers elliptic curves", "Diese Version bevorzugt elliptische Kurven");
const RSA_BOUND: Text = Text::fixed(
    "a trust-point is bound, and elliptic-curve ciphers were not removed",
    "Ein Vertrauenspunkt (trust-point) ist gebunden, und Chiffren mit elliptischen Kurven sind nicht entfernt",
);
const NEWER_FAIL: Text = Text::fixed(
    "you said that newer phones fail",
    "Sie haben angegeben, dass neuere Telefone betroffen sind",
);
const CELL: Text = Text::fixed(
    "A phone of the {family} series offers ciphers for both kinds of certificates. With an RSA certificate in {trustpoint}, an ASA without the fix for CSCuu02848 shows it a self-signed EC certificate, and one with the fix that of {trustpoint}. A phone with RSA ciphers only is shown that of {trustpoint} either way.",
    "Ein Telefon der Reihe {family} bietet Chiffren für beide Arten von Zertifikaten an. Mit einem RSA-Zertifikat in {trustpoint} zeigt ihm eine ASA ohne die Korrektur zu CSCuu02848 ein selbstsigniertes EC-Zertifikat, eine mit der Korrektur das von {trustpoint}. Ein Telefon, das nur RSA-Chiffren kennt, bekommt so oder so das von {trustpoint}.",
);
const KEY_UNSURE: Text = Text::fixed(
    "Nothing here shows the kind of key of {trustpoint}; RSA is assumed.",
    "Die Art des Schlüssels von {trustpoint} ist hier nirgends zu sehen; angenommen ist RSA.",
);
const RELEASE_UNSURE: Text = Text::fixed(
    "Whether this very release has the fix for CSCuu02848 is not known here; the log of a newer phone's attempt shows it: 725012 with an ECDHE-ECDSA cipher.",
    "Ob genau diese Version die Korrektur zu CSCuu02848 enthält, ist hier nicht bekannt; das Protokoll eines neueren Telefons zeigt es: 725012 mit einer Chiffre ECDHE-ECDSA.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
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
        for (release, answers, expected) in [
            ("9.4(2)", &[][..], true),
            ("9.5(1)", &[], true),
            ("9.5(2)", &[], false),
            ("9.12(4)", &[("phones-failing", "newer")], true),
            ("9.1(1)", &[("phones-failing", "newer")], false),
        ] {
            let found = check(&RULE, &[("asa.cfg", &config(release, ""))], answers).unwrap();
            assert_eq!(!found.is_empty(), expected, "{release}");
        }
    }

    #[test]
    fn a_newer_phone_in_the_case_makes_it_likely() {
        let phone =
            "<device><loadInformation>sip88xx.12-5-1SR2-2</loadInformation><vpnGroup></vpnGroup></device>";
        let files = |release: &str| config(release, "");
        let finding = &fires(&RULE, &[("asa.cfg", &files("9.4(1)")), ("SEP001122334455.cnf.xml", phone)])[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Likely, None));
        assert!(
            finding.because[0].en().contains("88xx series") && finding.because[0].en().contains("PHONES")
        );
        assert_eq!(finding.evidence().len(), 3);
        let interim =
            &fires(&RULE, &[("asa.cfg", &files("9.4(2)11")), ("SEP001122334455.cnf.xml", phone)])[0];
        assert_eq!(interim.confidence, Confidence::Possible);
    }

    #[test]
    fn an_elliptic_trustpoint_and_essentials_are_fine() {
        let chain = crate::testing::chain("PHONES", &[("", crate::testing::certificates::ELLIPTIC)]);
        let text = config("9.4(1)", "").replace("webvpn\n", &format!("{chain}webvpn\n"));
        silent(&RULE, &[("asa.cfg", &text)]);
        let text = config("9.4(1)", "").replace("enable outside", "enable outside\n anyconnect-essentials");
        silent(&RULE, &[("asa.cfg", &text)]);
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
