//! The ASA does not trust the issuer of a phone's certificate.
//!
//! Log: 717009, 717021, 717027 and 717031 for a phone, and 725017 or `peer did not return a certificate` where none
//! came. Without a log: the issuer of the phone's MIC or LSC is in no trust-point of the ASA (Cisco 116162,
//! certificate authentication; ASA syslog guide). Weak, expired or unchecked certificates have rules of their own.

use crate::case::Case;
use crate::facts::asa_authorities::{Coverage, Held};
use crate::facts::certificate_failures::CertificateFailure;
use crate::facts::client_certificates::{CertificateKind, ClientCertificate, kind_by_issuer};
use crate::facts::handshakes::Tie;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "client-certificate-issuer-untrusted",
    stage: Stage::Login,
    severity: Severity::Blocker,
    needs: &[Need::AsaLog, Need::AsaConfig, Need::AsaCertificates, Need::Certificate],
    echoes: &["aaa-rejected", "login-failed"],
    sources: &[
        "Cisco 116162, certificate authentication",
        "ASA syslog guide, 717009, 717027, 717031, 725017",
    ],
    prose: Text::fixed(
        include_str!("client_certificate_issuer_untrusted.en.md"),
        include_str!("client_certificate_issuer_untrusted.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let failures: Vec<&CertificateFailure> =
        case.certificate_failures.iter().filter(|one| is_mine(one)).collect();
    if let Some(finding) = by_log(case, &failures) {
        return Ok(vec![finding]);
    }
    let used = case.phones_use_certificates();
    if used == Some(false) {
        return Ok(Vec::new());
    }
    let mut checked = false;
    let mut findings = Vec::new();
    for certificate in case.client_certificates.iter().filter(|one| !one.issuer.is_empty()) {
        match case.issuer_held(certificate) {
            Held::Yes(_) | Held::OtherKey(_) => checked = true,
            Held::No if used == Some(true) => findings.push(predicted(case, certificate)),
            Held::No | Held::Unknown => {}
        }
    }
    if checked || !findings.is_empty() { Ok(findings) } else { Err(Missing(missing(case))) }
}

fn missing(case: &Case<'_>) -> Vec<Need> {
    let mut needs = vec![Need::AsaLog];
    if case.asa_authorities.coverage == Coverage::Part {
        needs.extend([Need::AsaConfig, Need::AsaCertificates]);
    }
    if case.client_certificates.iter().all(|one| one.issuer.is_empty()) {
        needs.push(Need::Certificate);
    }
    needs
}

fn is_mine(failure: &CertificateFailure) -> bool {
    matches!(failure.id, 717_009 | 717_021 | 717_027 | 717_031 | 725_017)
        && !failure.is_weak()
        && !failure.is_expired()
        && !failure.is_revocation()
}

fn by_log(case: &Case<'_>, failures: &[&CertificateFailure]) -> Option<Finding> {
    let none_came =
        case.handshakes.iter().filter(|handshake| handshake.tie == Tie::Address).flat_map(|handshake| {
            let told = handshake.reasons.iter();
            told.filter(|reason| reason.value.to_ascii_lowercase().contains("did not return a certificate"))
                .map(|reason| Evidence::marked(&handshake.place(reason), &reason.value, NONE_CAME))
        });
    let mut sorted = failures.to_vec();
    // The surest first, and one that names the issuer before one that does not.
    sorted.sort_by_key(|one| (one.tie, one.issuer.is_empty(), one.id == 725_017));
    let mut lines: Vec<Evidence> = sorted
        .iter()
        .map(|one| Evidence::seen(&one.place, if one.id == 725_017 { NONE_CAME } else { REFUSED }))
        .collect();
    let confidence = sorted.first().map_or(Confidence::Certain, |one| one.tie);
    lines.extend(none_came);
    let mut lines = lines.into_iter();
    let mut finding = Finding::new(confidence, lines.next()?).and(lines);
    if let Some(named) = sorted.iter().find(|one| !one.issuer.is_empty()) {
        let issuer = named.issuer.as_str();
        finding = finding.because(NO_TRUSTPOINT.filled(&[("issuer", issuer)])).value("issuer", issuer);
        return Some(with_fix(finding, kind_by_issuer(issuer)));
    }
    if let Some(phone) = sorted.iter().find(|one| !one.phone.is_empty()) {
        finding = finding.because(OF_PHONE.filled(&[("phone", phone.phone.as_str())]));
        let certificate = case.client_certificates.iter().find(|one| one.name == phone.phone);
        return Some(with_fix(finding, certificate.map_or(CertificateKind::Unknown, |one| one.kind)));
    }
    Some(with_fix(finding, CertificateKind::Unknown))
}

fn predicted(case: &Case<'_>, certificate: &ClientCertificate) -> Finding {
    let confidence = if case.asa_authorities.coverage == Coverage::Whole {
        Confidence::Certain
    } else {
        Confidence::Likely
    };
    let issuer = certificate.issuer.as_str();
    let absent = case
        .asa_authorities
        .searched
        .iter()
        .map(|(input, lines)| Evidence::absent(*input, lines.clone(), NOT_THERE));
    let finding = Finding::new(confidence, Evidence::seen(&certificate.place, PHONE_HAS))
        .and(absent)
        .because(NO_TRUSTPOINT.filled(&[("issuer", issuer)]))
        .value("issuer", issuer);
    with_fix(finding, certificate.kind)
}

fn with_fix(finding: Finding, kind: CertificateKind) -> Finding {
    match kind {
        CertificateKind::Lsc => finding.fix("capf"),
        CertificateKind::Mic => finding.fix("maker"),
        CertificateKind::Unknown => finding.fix("capf").fix("maker"),
    }
}

const REFUSED: Text = Text::fixed(
    "the ASA refuses a phone's certificate",
    "Die ASA weist das Zertifikat eines Telefons zurück",
);
const NONE_CAME: Text = Text::fixed(
    "the ASA asks for a certificate and gets none",
    "Die ASA verlangt ein Zertifikat und bekommt keines",
);
const PHONE_HAS: Text = Text::fixed("this is the phone's certificate", "Das ist das Zertifikat des Telefons");
const NOT_THERE: Text = Text::fixed(
    "no trust-point holds the CA that issued it",
    "Kein Vertrauenspunkt enthält die Zertifizierungsstelle, die es ausgestellt hat",
);
const NO_TRUSTPOINT: Text = Text::fixed(
    "The certificate was issued by “{issuer}”; the ASA has no trust-point for it.",
    "Das Zertifikat hat „{issuer}“ ausgestellt; die ASA hat dafür keinen Vertrauenspunkt (trust-point).",
);
const OF_PHONE: Text = Text::fixed(
    "It is the certificate of {phone}. The messages do not name its issuer.",
    "Es ist das Zertifikat von {phone}. Die Meldungen nennen den Aussteller nicht.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{asa, certificates, chain, fires, silent, waits};

    const PHONE: &str = "<vpnGroup><authMethod>2</authMethod><addresses><url1>https://vpn.example.com/Desk</url1></addresses></vpnGroup>";

    #[test]
    fn a_log_names_the_issuer_and_leaves_the_pcs_out() {
        let mut log = "%ASA-4-717031: Failed to find a suitable trustpoint for the issuer: cn=CAPF-0a1b2c3d,o=Example Reason: no match\n".to_owned();
        for pc in 0..50 {
            log += &format!(
                "%ASA-7-717029: Identified client certificate within certificate chain. serial number: 0A, subject name: cn=pc{pc}.\n%ASA-3-717027: Certificate chain failed validation. No suitable trustpoint was found.\n"
            );
        }
        let finding = &fires(&RULE, &[("log", &log)])[0];
        assert_eq!(
            (finding.confidence, finding.evidence().len(), finding.fixes[0]),
            (Confidence::Certain, 1, "capf")
        );
        assert!(finding.because[0].en.contains("“CAPF-0a1b2c3d”"));
    }

    #[test]
    fn every_message_that_refuses_the_issuer_tells_it() {
        let phone = "serial number: 03, subject name: cn=CP-8851-SEP001122334455.";
        for told in [
            format!("717009: Certificate validation failed. Reason: no suitable trustpoint found, {phone}"),
            "717021: Certificate data could not be verified. Locate Reason: no CA serial number: 03, subject name: cn=CP-8851-SEP001122334455, key length 2048 bits."
                .to_owned(),
            format!(
                "717027: Certificate chain failed validation. No suitable trustpoint was found to validate chain, {phone}"
            ),
        ] {
            let log = format!(
                "%ASA-7-717029: Identified client certificate within certificate chain. {phone}\n%ASA-3-{told}\n"
            );
            assert_eq!(
                fires(&RULE, &[("log", &log)])[0].evidence()[0].at.as_ref().unwrap().line,
                2,
                "{told}"
            );
        }
    }

    #[test]
    fn a_weak_or_expired_certificate_is_another_matter() {
        let log = "%ASA-3-717009: Certificate validation failed. Hash algorithm is too weak, serial number: 03, subject name: cn=CP-8851-SEP001122334455.\n";
        waits(&RULE, &[("log", log)]);
    }

    #[test]
    fn an_asa_without_the_issuer_is_predicted() {
        let other = asa("", &chain("OTHER", &[("ca ", certificates::AUTHORITY)]));
        let files = [("lsc", certificates::LSC), ("p.xml", PHONE), ("asa", other.as_str())];
        let finding = &fires(&RULE, &files)[0];
        assert_eq!(finding.confidence, Confidence::Certain);
        assert!(finding.evidence()[1].looked_in.is_some());
        let right = asa("", &chain("CAPF", &[("ca ", certificates::CAPF_OLD)]));
        silent(&RULE, &[("lsc", certificates::LSC), ("p.xml", PHONE), ("asa", &right)]);
        waits(&RULE, &[("lsc", certificates::LSC), ("p.xml", PHONE), ("asa", &asa("", ""))]);
    }
}
