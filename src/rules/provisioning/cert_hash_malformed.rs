//! A `certHash` that is not base64 of 20 bytes.
//!
//! CUCM writes base64 of the SHA-1 over the whole DER certificate, 28 characters that end in `=` (Cisco 116162,
//! certificate hash; usecallmanager.nz, VPN connection). Only `hashAlg` 0 is documented; beside another value
//! nobody can say which form is right.

use super::all_told;
use super::fleet::Fleet;
use crate::case::Case;
use crate::facts::phones::Phone;
use crate::facts::trusted_hashes::TrustedHash;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::fingerprint::Malformed;
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "cert-hash-malformed",
    stage: Stage::Provisioning,
    severity: Severity::Blocker,
    needs: &[Need::PhoneConfig],
    echoes: &["phone-rejected-server-certificate"],
    sources: &["Cisco 116162, certificate hash", "usecallmanager.nz, VPN connection"],
    prose: Text::fixed(include_str!("cert_hash_malformed.en.md"), include_str!("cert_hash_malformed.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let phones = case.phones_with_vpn()?;
    let mut fleet = Fleet::new();
    if !all_told(&phones, Phone::cert_hashes) {
        fleet.cannot_tell();
    }
    for hashes in case.trusted_hashes.chunk_by(|one, next| one.phone == next.phone) {
        let another_is_good = hashes.iter().any(|hash| hash.sha1.is_ok());
        let severity = if another_is_good { Severity::Warning } else { Severity::Blocker };
        for hash in hashes {
            let Err(malformed) = hash.sha1 else { continue };
            let confidence = confidence(case, hash, malformed);
            let defect = (severity, hash.text.as_str());
            fleet.add(defect, &case.phone_name(hash.phone), confidence, proof(hash, malformed));
        }
    }
    fleet.answer(|(severity, text), group| {
        let malformed = case.trusted_hashes.iter().find(|hash| hash.text == text);
        let explained = malformed.and_then(|hash| hash.sha1.err()).map(Malformed::explain);
        let mut finding = group.finding(explained);
        finding.severity = Some(severity);
        if severity == Severity::Warning { finding.because(OTHERS_ARE_GOOD) } else { finding }
    })
}

/// How sure it is that the phone cannot use the value.
fn confidence(case: &Case<'_>, hash: &TrustedHash, malformed: Malformed) -> Confidence {
    let group = case.phones.get(hash.phone).and_then(|phone| phone.vpn_group());
    let algorithm = group.and_then(|group| group.hash_algorithm.as_ref());
    if algorithm.is_some_and(|seen| seen.value.trim() != "0") {
        return Confidence::Possible;
    }
    match malformed {
        // No source says whether a phone's decoder takes these.
        Malformed::Unpadded(_) | Malformed::UrlSafe(_) => Confidence::Possible,
        _ => Confidence::Certain,
    }
}

fn proof(hash: &TrustedHash, malformed: Malformed) -> Evidence {
    match malformed {
        // A label of PEM text could be that of a private key; it is not picked out.
        Malformed::Pem => Evidence::at(&hash.place, NOT_A_HASH),
        _ => Evidence::marked(&hash.place, &hash.text, NOT_A_HASH),
    }
}

const NOT_A_HASH: Text =
    Text::fixed("this certHash is not base64 of a SHA-1", "Dieser certHash ist nicht Base64 eines SHA-1");
const OTHERS_ARE_GOOD: Text = Text::fixed(
    "Another hash of the phone is well formed: the phone can trust the certificate that it belongs to.",
    "Ein anderer Hash des Telefons ist wohlgeformt: Dem Zertifikat dazu kann das Telefon vertrauen.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::testing::{fires, silent, waits};

    const GOOD: &str = "5X6B6plUwUSXZnjQ4kGM33mpMXY=";
    const HEX: &str = "e57e81ea9954c144976678d0e2418cdf79a93176";

    fn file(algorithm: &str, hashes: &[&str]) -> String {
        let hashes: Vec<_> =
            (1..).zip(hashes).map(|(n, hash)| format!("<certHash{n}>{hash}</certHash{n}>")).collect();
        format!(
            "<device>\n<vpnGroup>\n<credentials>\n<hashAlg>{algorithm}</hashAlg>\n{}\n</credentials>\n</vpnGroup>\n</device>",
            hashes.join("\n")
        )
    }

    #[test]
    fn the_wrong_form_is_told_with_the_right_one() {
        let findings = fires(&RULE, &[("SEP001122334455.cnf.xml", &file("0", &[HEX]))]);
        let finding = &findings[0];
        assert_eq!((finding.severity, finding.confidence), (Some(Severity::Blocker), Confidence::Certain));
        assert!(finding.because[0].en().contains(GOOD), "{:?}", finding.because);
        assert_eq!(
            (finding.evidence()[0].at.as_ref().unwrap().line, finding.evidence()[0].mark.as_str()),
            (5, HEX)
        );
    }

    #[test]
    fn what_is_not_documented_is_only_possible() {
        for (algorithm, hash) in [("0", "5X6B6plUwUSXZnjQ4kGM33mpMXY"), ("1", HEX)] {
            let findings = fires(&RULE, &[("SEP001122334455.cnf.xml", &file(algorithm, &[hash]))]);
            assert_eq!(findings[0].confidence, Confidence::Possible, "{algorithm} {hash}");
        }
    }

    #[test]
    fn beside_a_good_hash_a_wrong_one_is_a_warning() {
        let findings = fires(&RULE, &[("SEP001122334455.cnf.xml", &file("0", &[GOOD, "asa-outside"]))]);
        assert_eq!((findings.len(), findings[0].severity), (1, Some(Severity::Warning)));
    }

    #[test]
    fn a_good_hash_passes_and_none_leaves_nothing_to_check() {
        silent(&RULE, &[("SEP001122334455.cnf.xml", &file("0", &[GOOD]))]);
        waits(&RULE, &[("SEP001122334455.cnf.xml", &file("0", &[]))]);
        waits(&RULE, &[]);
    }
}
