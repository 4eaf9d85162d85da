//! The phone trusts the issuer, and the ASA does not send the issuer's certificate along.
//!
//! The phone looks for the issuer in `/tmp/issuer.crt`, which exists only if the ASA sent it (Cisco 116162; CME
//! administration guide). Cisco asks for the whole chain of a third party's certificate on the ASA; a missing root
//! alone is not told, since the phone does not need it.

use crate::case::Case;
use crate::facts::distinguished_name::common_name;
use crate::facts::listed_identities::IssuerHeld;
use crate::facts::trust_match::{Sent, Trust, issuer_missing};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "incomplete-certificate-chain",
    stage: Stage::Trust,
    severity: Severity::Warning,
    needs: &[Need::PhoneConfig, Need::Certificate, Need::AsaCertificates, Need::AsaConfig],
    echoes: &[],
    sources: &["Cisco 116162, certificates on the ASA", "CME administration guide, SSL VPN client"],
    prose: Text::fixed(
        include_str!("incomplete_certificate_chain.en.md"),
        include_str!("incomplete_certificate_chain.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut findings = by_trust(case);
    let (unlinked, checked) = without_issuer(case);
    findings.extend(unlinked);
    let (listed, listed_checked) = as_listed(case);
    findings.extend(listed);
    let checked = checked || listed_checked;
    let leaf_trusted = case.trust_matches.iter().any(|found| matches!(found.trust, Trust::Leaf(_)));
    let issuer_sent =
        case.trust_matches.iter().any(|found| matches!(found.trust, Trust::Issuer { sent: Sent::Yes, .. }));
    if findings.is_empty() && !checked && !leaf_trusted && !issuer_sent {
        return Err(Missing(vec![Need::AsaConfig, Need::PhoneConfig]));
    }
    Ok(findings)
}

/// Phones that trust an issuer which does not come along.
fn by_trust(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for found in &case.trust_matches {
        let Trust::Issuer { hash, issuer, sent: Sent::No } = found.trust else { continue };
        let (Some(hash), Some(issuer)) = (case.trusted_hashes.get(hash), case.certificate(issuer)) else {
            continue;
        };
        let Some(presented) = case.gateway_certificates.presented.get(found.presented) else { continue };
        let log = issuer_missing(&case.documents, presented).map(|place| Evidence::at(&place, NOT_RECEIVED));
        let bound = presented.place().map(|place| Evidence::at(place, PRESENTED));
        findings.push(
            Finding::new(Confidence::Likely, Evidence::marked(&hash.place, &hash.text, TRUSTS_ISSUER))
                .and([Evidence::at(&issuer.place(), ISSUER)])
                .and(log)
                .and(bound)
                .value("issuer", issuer.name())
                .value("trustpoint", presented.trustpoint.clone().unwrap_or_default()),
        );
    }
    findings
}

/// Bound certificates whose issuer stands in no trust-point; and whether a configuration could be checked at all.
/// A phone that trusts the certificate itself does not mind.
fn without_issuer(case: &Case<'_>) -> (Vec<Finding>, bool) {
    let (mut findings, mut checked) = (Vec::new(), false);
    for (index, presented) in case.gateway_certificates.presented.iter().enumerate() {
        let Some(trustpoint) = &presented.trustpoint else { continue };
        let Some(known) = presented.certificate.and_then(|index| case.certificate(index)) else { continue };
        let Some(fields) = &known.certificate.document.fields else { continue };
        checked = true;
        let mut meant = case.trust_matches.iter().filter(|found| found.presented == index).peekable();
        let trusted = meant.peek().is_some()
            && meant.all(|found| matches!(found.trust, Trust::Leaf(_) | Trust::Issuer { .. }));
        let held = case.certificates.iter().any(|other| {
            other.trustpoint().is_some()
                && other
                    .certificate
                    .document
                    .fields
                    .as_ref()
                    .is_some_and(|other| other.subject == fields.issuer)
        }) || case.documents.asa_certificates.iter().flat_map(|list| &list.document.entries).any(
            |entry| {
                let issuer = common_name(&fields.issuer);
                let subject = entry.subject.as_ref().map(|subject| common_name(&subject.value));
                entry.ca
                    && !issuer.is_empty()
                    && subject.is_some_and(|name| name.eq_ignore_ascii_case(issuer))
            },
        );
        if fields.self_signed || trusted || held {
            continue;
        }
        findings.push(
            Finding::new(Confidence::Likely, Evidence::at(&known.place(), WITHOUT_ISSUER))
                .value("issuer", fields.issuer.clone())
                .value("trustpoint", trustpoint.clone()),
        );
    }
    (findings, checked)
}

/// The same by what the ASA lists of a bound trust-point.
fn as_listed(case: &Case<'_>) -> (Vec<Finding>, bool) {
    let (mut findings, mut checked) = (Vec::new(), false);
    for listed in &case.listed_identities {
        let (confidence, because) = match listed.issuer_held {
            IssuerHeld::Yes | IssuerHeld::Unknown => {
                checked |= listed.issuer_held == IssuerHeld::Yes;
                continue;
            }
            IssuerHeld::No => (Confidence::Likely, None),
            IssuerHeld::NotListed => (Confidence::Possible, Some(ONE_TRUSTPOINT)),
        };
        checked = true;
        let (input, lines) = &listed.searched;
        let mut finding = Finding::new(confidence, Evidence::at(&listed.place, WITHOUT_ISSUER_LISTED))
            .and([
                Evidence::absent(*input, lines.clone(), NOT_LISTED),
                Evidence::at(&listed.bound, PRESENTED),
            ])
            .value("issuer", listed.issuer.clone().unwrap_or_default())
            .value("trustpoint", listed.trustpoint.clone());
        finding.because.extend(because);
        findings.push(finding);
    }
    (findings, checked)
}

const WITHOUT_ISSUER_LISTED: Text = Text::fixed(
    "no trust-point in this list holds this certificate's issuer",
    "Kein Vertrauenspunkt (trust-point) dieser Liste enthält den Aussteller dieses Zertifikats",
);
const NOT_LISTED: Text = Text::fixed(
    "no CA certificate of that name is listed",
    "Ein CA-Zertifikat dieses Namens ist nicht aufgeführt",
);
const ONE_TRUSTPOINT: Text = Text::fixed(
    "The list shows one trust-point only: `show crypto ca certificates` without a name shows whether another one holds the issuer.",
    "Die Liste zeigt nur einen Vertrauenspunkt: `show crypto ca certificates` ohne Namen zeigt, ob ein anderer den Aussteller enthält.",
);
const TRUSTS_ISSUER: Text =
    Text::fixed("the phone trusts the issuer's hash", "Das Telefon vertraut dem Hash des Ausstellers");
const ISSUER: Text =
    Text::fixed("this is the issuer's certificate", "Das ist das Zertifikat des Ausstellers");
const NOT_RECEIVED: Text =
    Text::fixed("the ASA sent no issuer certificate", "Die ASA hat kein Ausstellerzertifikat mitgeschickt");
const PRESENTED: Text = Text::fixed("this is what the ASA presents", "Das legt die ASA vor");
const WITHOUT_ISSUER: Text = Text::fixed(
    "no trust-point of this configuration holds this certificate's issuer",
    "Kein Vertrauenspunkt (trust-point) dieser Konfiguration enthält den Aussteller dieses Zertifikats",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::certificates::{AUTHORITY, ISSUED};
    use crate::testing::{asa, chain, check, fires, hash_of, phone_trusting, silent, waits};

    const BOUND: &str = "ssl trust-point PHONES outside";

    #[test]
    fn an_issuer_that_the_phone_needs_and_the_asa_lacks_is_told() {
        let config = asa(BOUND, &chain("PHONES", &[("", ISSUED)]));
        let phone = phone_trusting(&[hash_of(AUTHORITY)]);
        fires(&RULE, &[("asa.cfg", &config), ("x.xml", &phone), ("ca.pem", AUTHORITY)]);
        fires(&RULE, &[("asa.cfg", &config)]);
    }

    #[test]
    fn a_whole_chain_or_a_trusted_leaf_is_fine() {
        let whole = asa(BOUND, &chain("PHONES", &[("ca ", AUTHORITY), ("", ISSUED)]));
        silent(&RULE, &[("asa.cfg", &whole), ("x.xml", &phone_trusting(&[hash_of(AUTHORITY)]))]);
        let leaf_only = asa(BOUND, &chain("PHONES", &[("", ISSUED)]));
        silent(&RULE, &[("asa.cfg", &leaf_only), ("x.xml", &phone_trusting(&[hash_of(ISSUED)]))]);
        waits(&RULE, &[]);
    }

    #[test]
    fn an_issuer_that_the_asas_list_lacks_is_told() {
        let block = |title: &str, issuer: &str, subject: &str, trustpoint: &str| {
            format!(
                "{title}\n  Status: Available\n  Certificate Serial Number: {:x}\n  Issuer Name:\n    cn={issuer}\n  Subject Name:\n    cn={subject}\n    o=Example\n  Validity Date:\n    start date: 08:00:00 EST Jan 3 2025\n    end   date: 08:00:00 EST Jan 3 2030\n  Associated Trustpoints: {trustpoint}\n\n",
                4000 + subject.len()
            )
        };
        let identity = block("Certificate", "Example Issuing CA", "desk.example.com", "DESK");
        let root = block("CA Certificate", "Example Root", "Example Root", "ROOT");
        let issuing = block("CA Certificate", "Example Root", "Example Issuing CA", "DESK");
        let of =
            |lists: &[&str]| check(&RULE, &[("crypto.txt", &lists.concat()), ("part.txt", BOUND_DESK)], &[]);
        assert_eq!(of(&[&identity, &root]).unwrap()[0].confidence, Confidence::Likely);
        assert_eq!(of(&[&identity]).unwrap()[0].confidence, Confidence::Possible);
        assert!(of(&[&identity, &issuing]).unwrap().is_empty());
        let own = block("Certificate", "desk.example.com", "desk.example.com", "DESK");
        assert!(of(&[&own]).unwrap().is_empty());
    }

    const BOUND_DESK: &str = "ssl trust-point DESK outside\n";
}
