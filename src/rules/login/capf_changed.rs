//! The phone's LSC was issued by another CAPF than the one that the ASA knows.
//!
//! CAPF's certificate was made anew, with another name or under the same name with another key, or the phone comes
//! from another cluster (Cisco 214231, 225746; CUCM security guide). The key is compared where the LSC and the CA
//! certificate are both here; else the name, which carries eight digits of its own.

use crate::case::Case;
use crate::facts::asa_authorities::{Authority, Coverage, Held};
use crate::facts::certificate_failures::FailureKind;
use crate::facts::client_certificates::{CertificateKind, ClientCertificate, kind_by_issuer};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::source::Place;
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "capf-changed",
    stage: Stage::Login,
    severity: Severity::Blocker,
    needs: &[Need::AsaLog, Need::AsaCertificates, Need::AsaConfig, Need::Certificate],
    echoes: &["client-certificate-issuer-untrusted", "aaa-rejected", "login-failed"],
    sources: &["Cisco 116162, certificate authentication", "CUCM security guide, CAPF"],
    prose: Text::fixed(include_str!("capf_changed.en.md"), include_str!("capf_changed.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut findings: Vec<Finding> = Vec::new();
    let mut checked = false;
    let mut told: Vec<&str> = Vec::new();
    // A list may have been cut, or asked for one trust-point; a configuration with all its chains shows every CA.
    let is_whole = case.asa_authorities.coverage == Coverage::Whole;
    let absent = if is_whole { Confidence::Certain } else { Confidence::Likely };
    let lscs = case.client_certificates.iter().filter(|one| one.kind == CertificateKind::Lsc);
    for lsc in lscs.filter(|one| !one.issuer.is_empty()) {
        let other = match case.issuer_held(lsc) {
            // That its trust-point is not asked is another rule's.
            Held::Yes(_) | Held::NotForClients(_) => None,
            Held::OtherKey(authority) => Some((authority, SAME_NAME, Confidence::Certain)),
            Held::No => other_capf(case, &lsc.issuer).map(|authority| (authority, OTHER_NAME, absent)),
            Held::Unknown => continue,
        };
        checked = true;
        if let Some((authority, why, confidence)) = other
            && !told.contains(&lsc.issuer.as_str())
        {
            told.push(&lsc.issuer);
            findings.push(tell(confidence, &lsc.place, &lsc.issuer, authority, why));
        }
    }
    for failure in case.certificate_failures.iter().filter(|one| one.kind == FailureKind::IssuerUnknown) {
        let capf = kind_by_issuer(&failure.issuer) == CertificateKind::Lsc;
        let known = case.asa_authorities.all.iter().any(|one| one.name.eq_ignore_ascii_case(&failure.issuer));
        let Some(other) = other_capf(case, &failure.issuer).filter(|_| capf && !known) else { continue };
        checked = true;
        if !told.contains(&failure.issuer.as_str()) {
            told.push(&failure.issuer);
            findings.push(tell(Confidence::Certain, &failure.place, &failure.issuer, other, OTHER_NAME));
        }
    }
    if checked { Ok(findings) } else { Err(Missing(missing(&case.client_certificates))) }
}

fn missing(certificates: &[ClientCertificate]) -> Vec<Need> {
    let known = certificates.iter().any(|one| one.kind == CertificateKind::Lsc && !one.issuer.is_empty());
    if known { vec![Need::AsaConfig, Need::AsaCertificates] } else { vec![Need::AsaLog, Need::Certificate] }
}

fn other_capf<'a>(case: &'a Case<'_>, issuer: &str) -> Option<&'a Authority> {
    let authorities = case.asa_authorities.all.iter();
    authorities
        .filter(|one| kind_by_issuer(&one.name) == CertificateKind::Lsc)
        .find(|one| !one.name.eq_ignore_ascii_case(issuer))
}

fn tell(confidence: Confidence, place: &Place, issuer: &str, held: &Authority, why: Text) -> Finding {
    let why = why.with("issuer", Class::Subject, issuer).with("held", Class::Subject, &held.name);
    let why = why.with("trustpoint", Class::Trustpoint, &held.trustpoint);
    Finding::new(confidence, Evidence::marked(place, issuer, ISSUED_BY))
        .and([Evidence::at(&held.place, HELD)])
        .because(why)
}

const ISSUED_BY: Text =
    Text::fixed("the phone's LSC comes from this CAPF", "Das LSC des Telefons stammt von dieser CAPF");
const HELD: Text = Text::fixed("the ASA trusts this one", "Die ASA vertraut dieser");
const OTHER_NAME: Text = Text::fixed(
    "The LSC was issued by {issuer}; the ASA has only {held}, in trust-point {trustpoint}. Either CAPF's certificate was made anew, or the phone's LSC is of another cluster.",
    "Das LSC hat {issuer} ausgestellt; die ASA hat nur {held}, im Vertrauenspunkt (trust-point) {trustpoint}. Entweder wurde das Zertifikat der CAPF neu erzeugt, oder das LSC stammt aus einem anderen Cluster.",
);
const SAME_NAME: Text = Text::fixed(
    "The LSC and the CA in trust-point {trustpoint} both say {issuer}, but the key is another one: CAPF's certificate was made anew under the same name.",
    "Das LSC und die Zertifizierungsstelle (CA) im Vertrauenspunkt (trust-point) {trustpoint} nennen beide {issuer}, aber der Schlüssel ist ein anderer: Das Zertifikat der CAPF wurde unter demselben Namen neu erzeugt.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{asa, certificates, chain, fires, silent, waits};

    fn with(pem: &str) -> String {
        asa("", &chain("CAPF", &[("ca ", pem)]))
    }

    #[test]
    fn another_name_and_another_key_are_both_seen() {
        for (pem, tells) in [
            (certificates::CAPF_NEW, "only CAPF-4e5f6a7b"),
            (certificates::CAPF_RENEWED, "under the same name"),
        ] {
            let finding = &fires(&RULE, &[("lsc", certificates::LSC), ("asa", &with(pem))])[0];
            assert!(finding.because[0].en().contains(tells), "{:?}", finding.because);
        }
        silent(&RULE, &[("lsc", certificates::LSC), ("asa", &with(certificates::CAPF_OLD))]);
        silent(&RULE, &[("lsc", certificates::LSC), ("asa", &with(certificates::AUTHORITY))]);
    }

    #[test]
    fn a_list_that_may_be_cut_makes_it_likely() {
        let list = "asa# show crypto ca certificates\nCA Certificate\n  Status: Available\n  Certificate Serial Number: 0a1b\n  Issuer Name:\n    cn=CAPF-4e5f6a7b\n  Subject Name:\n    cn=CAPF-4e5f6a7b\n  Associated Trustpoints: CAPF\n";
        let confidence = |asa: &str| fires(&RULE, &[("lsc", certificates::LSC), ("asa", asa)])[0].confidence;
        assert_eq!(confidence(list), Confidence::Likely);
        assert_eq!(confidence(&with(certificates::CAPF_NEW)), Confidence::Certain);
    }

    #[test]
    fn the_log_alone_names_the_issuer() {
        let log = "%ASA-4-717031: Failed to find a suitable trustpoint for the issuer: cn=CAPF-0a1b2c3d,o=Example Reason: no match\n";
        fires(&RULE, &[("log", log), ("asa", &with(certificates::CAPF_NEW))]);
        waits(&RULE, &[("log", log)]);
    }

    #[test]
    fn a_refused_issuer_that_the_asa_holds_or_that_is_no_capf_tells_of_no_change() {
        let log = |issuer: &str| {
            format!(
                "%ASA-4-717031: Failed to find a suitable trustpoint for the issuer: cn={issuer} Reason: no match\n"
            )
        };
        let both =
            asa("", &chain("CAPF", &[("ca ", certificates::CAPF_OLD), ("ca ", certificates::CAPF_NEW)]));
        for issuer in ["CAPF-0a1b2c3d", "CAPF-4e5f6a7b", "Example Root CA"] {
            waits(&RULE, &[("log", &log(issuer)), ("asa", &both)]);
        }
        fires(&RULE, &[("log", &log("CAPF-11112222")), ("asa", &both)]);
    }
}
