//! No hash in the phone's configuration is that of a certificate that the ASA presents.
//!
//! The phone compares the SHA-1 of what the ASA presents with `certHash1…` and sends alert 48 (unknown CA) where
//! none fits (Cisco 116162, certificate hash). The rule says why wherever the case shows it.

use std::collections::BTreeMap;

mod reasons;

use crate::case::Case;
use crate::facts::certificates::CaseCertificate;
use crate::facts::gateway_certificate::{Contested, Presented, Witness};
use crate::facts::of_phone::of_phone;
use crate::facts::trust_match::{Sent, Trust, TrustMatch, issuers_of};
use crate::facts::trusted_hashes::TrustedHash;
use crate::facts::why_untrusted::Why;
use crate::finding::{Confidence, Evidence, Finding, HashComparison, HashSide, Severity};
use crate::fingerprint::{self, Malformed};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::source::Place;
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "cert-hash-mismatch",
    stage: Stage::Trust,
    severity: Severity::Blocker,
    needs: &[
        Need::PhoneConfig,
        Need::Certificate,
        Need::AsaCertificates,
        Need::AsaConfig,
        Need::PhoneLog,
        Need::Capture,
    ],
    echoes: &["phone-rejected-server-certificate"],
    sources: &[
        "Cisco 116162, certificate hash in the phone's configuration",
        "Cisco 116162, correlation of the logs of ASA and phone",
    ],
    prose: Text::fixed(
        include_str!("../cert_hash_mismatch.en.md"),
        include_str!("../cert_hash_mismatch.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    case.phones_with_vpn()?;
    if case.gateway_certificates.is_empty() {
        return Err(Missing(vec![Need::AsaConfig, Need::PhoneLog, Need::Certificate]));
    }
    if case.trust_matches.is_empty() {
        // Phones with hashes that dial none of the ASAs that are here wait for their own.
        let need = if case.trusted_hashes.is_empty() { Need::PhoneConfig } else { Need::AsaConfig };
        return Err(Missing::need(need));
    }
    let mut findings = Vec::new();
    for group in without_trust(case) {
        findings.extend(tell(case, &group));
    }
    if findings.is_empty() {
        findings.extend(against_a_file(case));
        findings.extend(one_of_two(case));
    }
    // Of a phone that none of it is presented to nothing was checked.
    let is_open = |phone: usize| of_phone(&case.trust_matches, phone).is_empty();
    let open = case.trusted_hashes.iter().any(|hash| is_open(hash.phone));
    match findings.is_empty() {
        true if open => Err(Missing::need(Need::Certificate)),
        true if waits_for_an_issuer(case) => Err(Missing(vec![Need::AsaConfig, Need::PhoneLog])),
        _ => Ok(findings),
    }
}

/// True where a phone trusts nothing but an issuer of which nothing tells whether the ASA sends it along.
fn waits_for_an_issuer(case: &Case<'_>) -> bool {
    let is_sent = |found: &TrustMatch| match found.trust {
        Trust::Leaf(_) => true,
        Trust::Issuer { sent, .. } => sent == Sent::Yes,
        Trust::No => false,
    };
    let mut of_phones = case.trust_matches.chunk_by(|one, next| one.phone == next.phone);
    of_phones.any(|of_phone| !of_phone.iter().any(is_sent))
}

/// An ASA has one certificate for clients that ask for a host by its name and one for the others, and the phone trusts
/// one of them alone.
fn one_of_two(case: &Case<'_>) -> Vec<Finding> {
    let all = &case.gateway_certificates.presented;
    let input = |one: &Presented| one.place().map(|place| place.input);
    let mut pairs: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for phone in 0..case.phones.len() {
        let matches = of_phone(&case.trust_matches, phone);
        let (held, refused): (Vec<_>, Vec<_>) = matches.iter().partition(|found| found.trust.holds());
        let pair = refused.iter().find_map(|refused| {
            let one = all.get(refused.presented)?;
            let other = held.iter().find(|held| {
                all.get(held.presented)
                    .is_some_and(|held| held.only_by_name != one.only_by_name && input(held) == input(one))
            })?;
            Some((refused.presented, other.presented))
        });
        if let Some(pair) = pair {
            pairs.entry(pair).or_default().push(phone);
        }
    }
    let told = pairs.into_iter().filter_map(|((refused, held), phones)| {
        let (refused, held) = (all.get(refused)?, all.get(held)?);
        let hashes = phones.iter().flat_map(|phone| hashes_of(case, *phone)).take(HASHES);
        let mut finding = Finding::new(Confidence::Possible, presented_by(refused, refused.places.first()?))
            .and([presented_by(held, held.places.first()?)])
            .and(hashes.map(trusted_by))
            .because(ONE_OF_TWO)
            .value("trustpoint", refused.trustpoint.clone().unwrap_or_default())
            .computed("presented-hash", fingerprint::base64(&refused.sha1));
        finding.severity = Some(Severity::Warning);
        if let Some(interface) = refused.interface.as_ref().or(held.interface.as_ref()) {
            finding = finding.value("interface", interface.clone());
        }
        Some(finding)
    });
    told.collect()
}

/// The hashes fit what is bound, and a file that may have been taken from the gateway is another certificate.
fn against_a_file(case: &Case<'_>) -> Vec<Finding> {
    let told = |contested: &Contested| {
        let presented = &contested.presented;
        let accepted = |hash: &&TrustedHash| {
            let issuers =
                issuers_of(presented, &case.certificates).into_iter().filter_map(|one| case.certificate(one));
            hash.sha1 == Ok(presented.sha1)
                || issuers.into_iter().any(|issuer| hash.sha1 == Ok(issuer.sha1()))
        };
        if case.trusted_hashes.iter().any(|hash| accepted(&hash)) {
            return None;
        }
        let bound = case.gateway_certificates.presented.first()?;
        let file = presented_by(presented, presented.places.first()?);
        let mut finding = Finding::new(Confidence::Possible, file)
            .and([presented_by(bound, bound.places.first()?)])
            .and(case.trusted_hashes.iter().take(HASHES).map(trusted_by))
            .because(if contested.self_made { SELF_MADE } else { IF_TAKEN })
            .computed("presented-hash", fingerprint::base64(&presented.sha1));
        finding.severity = Some(Severity::Warning);
        if let Some(trustpoint) = &bound.trustpoint {
            finding = finding.value("trustpoint", trustpoint.clone());
        }
        if let Some(interface) = &bound.interface {
            finding = finding.value("interface", interface.clone());
        }
        Some(finding)
    };
    case.gateway_certificates.contested.iter().filter_map(told).collect()
}

/// Hashes shown beside a file; a fleet has thousands.
const HASHES: usize = 8;

/// Phones with the same hashes that trust nothing of what is presented to them.
struct Refusing {
    presented: Vec<usize>,
    phones: Vec<usize>,
    /// Nothing but a file that names other hosts.
    doubtful: bool,
    /// Nothing but what the phones' own logs show them to accept.
    accepted: bool,
}

/// What is presented, the hashes, and whether it is doubtful and whether it was accepted.
type ToldTogether = (Vec<usize>, Vec<String>, [bool; 2]);

/// Phones that trust nothing of what is presented to them. Phones with the same hashes are told together.
fn without_trust(case: &Case<'_>) -> Vec<Refusing> {
    let mut groups: BTreeMap<ToldTogether, Vec<usize>> = BTreeMap::new();
    for phone in 0..case.phones.len() {
        let matches = of_phone(&case.trust_matches, phone);
        if matches.is_empty() || matches.iter().any(|found| found.trust.holds()) {
            continue;
        }
        let doubtful = matches.iter().all(|found| found.doubtful);
        let meant = || matches.iter().filter(|found| doubtful || !found.doubtful);
        let accepted = meant().all(|found| found.accepted);
        let told = meant().filter(|found| accepted || !found.accepted);
        let presented = told.map(|found| found.presented).collect();
        let hashes = hashes_of(case, phone).map(|hash| hash.text.clone()).collect();
        groups.entry((presented, hashes, [doubtful, accepted])).or_default().push(phone);
    }
    groups
        .into_iter()
        .map(|((presented, _, [doubtful, accepted]), phones)| Refusing {
            presented,
            phones,
            doubtful,
            accepted,
        })
        .collect()
}

fn hashes_of<'c>(case: &'c Case<'_>, phone: usize) -> impl Iterator<Item = &'c TrustedHash> {
    of_phone(&case.trusted_hashes, phone).iter()
}

fn tell(case: &Case<'_>, refusing: &Refusing) -> Option<Finding> {
    let Refusing { presented, phones, doubtful, accepted } = refusing;
    let shown: Vec<&Presented> =
        presented.iter().filter_map(|index| case.gateway_certificates.presented.get(*index)).collect();
    let (&first, &phone) = (shown.first()?, phones.first()?);
    let own = of_phone(&case.trust_matches, phone).iter().find_map(|found| found.shown.clone());
    let own = own.map(|place| (Witness::PhoneLog, place));
    let strongest = own.as_ref().or_else(|| first.places.first())?;
    let (hash, reasons) = best_reason(case, phone, &shown)?;
    let confidence = match first.witness {
        Witness::PhoneLog | Witness::TrustpointInLog | Witness::BoundTrustpoint => Confidence::Certain,
        Witness::Wire | Witness::Handshake | Witness::CertificateList | Witness::LooseFile => {
            Confidence::Likely
        }
    };
    let places = || shown.iter().flat_map(|one| one.places.iter().map(move |seen| (*one, seen)));
    // The log of another phone proves nothing of this one.
    let is_own = |(witness, place): &(Witness, Place)| {
        *witness != Witness::PhoneLog || own.as_ref().is_none_or(|(_, own)| own.input == place.input)
    };
    let others = places().filter(|(_, seen)| *seen != strongest && is_own(seen));
    let mut finding = Finding::new(confidence, presented_by(first, strongest))
        .and(hashes_of(case, phone).map(trusted_by))
        .and(others.map(|(one, seen)| presented_by(one, seen)))
        .and(phones.iter().skip(1).flat_map(|phone| hashes_of(case, *phone)).map(trusted_by));
    for reason in &reasons {
        finding = reasons::with_reason(case, finding, reason);
    }
    if reasons.is_empty() {
        finding = finding.because(WHY_UNKNOWN);
    }
    if first.witness == Witness::LooseFile {
        finding = finding.because(IF_PRESENTED);
    }
    let may_be_read = |hash: &TrustedHash| match hash.sha1 {
        Err(Malformed::Unpadded(sha1) | Malformed::UrlSafe(sha1)) => shown.iter().any(|one| one.sha1 == sha1),
        _ => false,
    };
    if first.witness != Witness::PhoneLog && hashes_of(case, phone).any(may_be_read) {
        finding.confidence = Confidence::Possible;
        finding = finding.because(MAY_BE_READ);
    }
    if *accepted {
        (finding.confidence, finding.severity) = (Confidence::Possible, Some(Severity::Warning));
        finding.title = Some(NONE_FITS);
        finding = finding.because(ACCEPTED);
    }
    if *doubtful {
        (finding.confidence, finding.severity) = (Confidence::Possible, Some(Severity::Warning));
        finding = finding.because(NAMES_OTHERS);
    }
    if matches!(first.witness, Witness::Handshake | Witness::Wire) && is_disputed(case) {
        finding = finding.because(DISPUTED).and(
            case.gateway_certificates
                .disputed
                .iter()
                .filter(|one| one.witness == Witness::BoundTrustpoint)
                .filter_map(|one| Some(presented_by(one, one.places.first()?))),
        );
    }
    if phones.len() > 1 {
        finding = finding.because(phones_affected(case, phones));
    }
    finding.comparison = hash.sha1.ok().map(|trusted| HashComparison {
        trusted: HashSide { bytes: trusted.to_vec(), seen: vec![hash.place.clone()] },
        presented: HashSide {
            bytes: first.sha1.to_vec(),
            seen: first.places.iter().map(|(_, place)| place.clone()).collect(),
        },
    });
    let known = first.certificate.and_then(|index| case.certificate(index));
    let trustpoint =
        first.trustpoint.clone().or_else(|| known.and_then(CaseCertificate::trustpoint).map(str::to_owned));
    if let Some(trustpoint) = trustpoint {
        finding = finding.value("trustpoint", trustpoint);
    }
    if let Some(interface) = &first.interface {
        finding = finding.value("interface", interface);
    }
    // A piece of a configuration without a name goes by its file's, which nobody finds in CUCM.
    let name = case.phone_name(phone);
    if name.starts_with("SEP") {
        finding = finding.value("phone", name);
    }
    Some(finding.computed("presented-hash", fingerprint::base64(&first.sha1)))
}

/// The hash of the phone for which the most can be told, and what that is.
fn best_reason<'c>(
    case: &'c Case<'_>,
    phone: usize,
    shown: &[&Presented],
) -> Option<(&'c TrustedHash, Vec<Why>)> {
    let mut all = Vec::new();
    for hash in hashes_of(case, phone) {
        for presented in shown {
            all.push((hash, case.why_untrusted(hash, presented)));
        }
    }
    let told = all.iter().position(|(_, reasons)| !reasons.is_empty()).unwrap_or(0);
    (told < all.len()).then(|| all.swap_remove(told))
}

fn presented_by(presented: &Presented, (witness, place): &(Witness, Place)) -> Evidence {
    let hex = fingerprint::hex(&presented.sha1).to_uppercase();
    let says =
        match witness {
            Witness::PhoneLog => PRESENTED_TO_PHONE.with("hex", Class::Hash, &hex),
            Witness::TrustpointInLog => USED_TRUSTPOINT.with("hex", Class::Hash, &hex),
            Witness::Handshake | Witness::Wire => PRESENTED_IN_HANDSHAKE.with("hex", Class::Hash, &hex),
            Witness::BoundTrustpoint => BOUND_TRUSTPOINT.with("hex", Class::Hash, &hex),
            Witness::CertificateList => LISTED_CERTIFICATE.with("hex", Class::Hash, &hex),
            Witness::LooseFile => Text::fixed("this certificate is {hex}", "Dieses Zertifikat ist {hex}.")
                .with("hex", Class::Hash, &hex),
        };
    Evidence::marked(place, &hex, says)
}

fn trusted_by(hash: &TrustedHash) -> Evidence {
    let says = match hash.sha1 {
        Ok(sha1) => {
            let hex = fingerprint::hex(&sha1).to_uppercase();
            Text::fixed("the phone trusts {hex}", "Das Telefon vertraut {hex}.").with("hex", Class::Hash, hex)
        }
        Err(malformed) => malformed.explain(),
    };
    Evidence::marked(&hash.place, &hash.text, says)
}

fn phones_affected(case: &Case<'_>, phones: &[usize]) -> Text {
    let names: Vec<String> = phones.iter().take(5).map(|phone| case.phone_name(*phone)).collect();
    let (count, names) = (phones.len(), names.join(", "));
    PHONES_HAVE.number("count", count).with("names", Class::Phone, names)
}

const WHY_UNKNOWN: Text = Text::fixed(
    "No certificate in this case has the hash that the phone trusts. Often the ASA's certificate was replaced and the new one never reached the phone.",
    "Kein Zertifikat in diesem Fall hat den Hash, dem das Telefon vertraut. Häufig wurde das Zertifikat der ASA ersetzt, und das neue ist nie beim Telefon angekommen.",
);
/// The configuration binds another certificate than the one that was seen.
fn is_disputed(case: &Case<'_>) -> bool {
    case.gateway_certificates.disputed.iter().any(|one| one.witness == Witness::BoundTrustpoint)
}

const DISPUTED: Text = Text::fixed(
    "The configuration binds another certificate than the one that was seen in the handshake: another interface, another ASA or something in between answers, or the configuration was changed since.",
    "Die Konfiguration bindet ein anderes Zertifikat, als im Handshake zu sehen war: Es antwortet eine andere Schnittstelle, eine andere ASA oder etwas dazwischen, oder die Konfiguration wurde seither geändert.",
);
const ONE_OF_TWO: Text = Text::fixed(
    "The ASA has one certificate for clients that ask for its host by the name (SNI), and one for all others. The phone trusts only one of the two, and no document says which of them phones get.",
    "Die ASA hat ein Zertifikat für Clients, die ihren Host beim Namen nennen (SNI), und eines für alle anderen. Das Telefon vertraut nur einem der beiden, und kein Dokument sagt, welches Telefone bekommen.",
);
const IF_TAKEN: Text = Text::fixed(
    "The phone's hash fits the certificate that the configuration binds; the file is another one. If the file was taken from the gateway itself (by a browser or openssl), the gateway still presents that one, and phones refuse it: another interface, another ASA or something in between answers. If it is only an old copy, all is well here.",
    "Der Hash des Telefons passt zu dem Zertifikat, das die Konfiguration bindet; die Datei ist ein anderes. Stammt sie vom Gateway selbst (aus einem Browser oder von openssl), legt das Gateway noch dieses vor, und Telefone lehnen es ab: Es antwortet eine andere Schnittstelle, eine andere ASA oder etwas dazwischen. Ist sie nur eine alte Kopie, ist hier alles in Ordnung.",
);
const SELF_MADE: Text = Text::fixed(
    "The phone's hash fits the certificate that the configuration binds; the file is a certificate that an ASA made for itself, and which only a client that connected can have got. So the ASA presents it to some clients at least.",
    "Der Hash des Telefons passt zu dem Zertifikat, das die Konfiguration bindet; die Datei ist ein Zertifikat, das eine ASA für sich selbst gemacht hat und das nur ein Client bekommt, der sich verbindet. Die ASA legt es also zumindest manchen Clients vor.",
);
const MAY_BE_READ: Text = Text::fixed(
    "The phone's hash is that of this certificate, in a form of which no document says whether a phone reads it.",
    "Der Hash des Telefons ist der dieses Zertifikats, in einer Form, von der kein Dokument sagt, ob ein Telefon sie liest.",
);
const NONE_FITS: Text = Text::fixed(
    "The phone accepted a certificate that none of the hashes in this file fits",
    "Das Telefon hat ein Zertifikat angenommen, zu dem kein Hash in dieser Datei passt",
);
const ACCEPTED: Text = Text::fixed(
    "The phone went on with the handshake after it saw this certificate, so it trusted it then: probably by its issuer, whose certificate is in no file here. If the phone's file is newer than its log, the phone refuses it from now on, as told below.",
    "Das Telefon hat den Handshake nach diesem Zertifikat fortgesetzt, ihm also vertraut: wahrscheinlich über seinen Aussteller, dessen Zertifikat hier in keiner Datei steht. Ist die Datei des Telefons neuer als sein Protokoll, lehnt es das Zertifikat von nun an ab, wie unten beschrieben.",
);
const NAMES_OTHERS: Text = Text::fixed(
    "The file names other hosts than the phone dials, so it may well be another gateway's.",
    "Die Datei nennt andere Hosts, als das Telefon wählt; sie kann also gut von einem anderen Gateway sein.",
);
const IF_PRESENTED: Text = Text::fixed(
    "This holds if the file is the certificate that the ASA presents; a phone log or the ASA's configuration would prove it.",
    "Das gilt, wenn die Datei das Zertifikat ist, das die ASA vorlegt; ein Telefonprotokoll oder die Konfiguration der ASA würde es beweisen.",
);

const PRESENTED_TO_PHONE: Text = Text::fixed(
    "the ASA presented the certificate {hex} to the phone",
    "Die ASA hat dem Telefon das Zertifikat {hex} vorgelegt.",
);
const USED_TRUSTPOINT: Text = Text::fixed(
    "the ASA used this trust-point; its certificate is {hex}",
    "Diesen Vertrauenspunkt hat die ASA benutzt; sein Zertifikat ist {hex}.",
);
const PRESENTED_IN_HANDSHAKE: Text = Text::fixed(
    "in a handshake the gateway presented {hex}",
    "In einem Handshake hat das Gateway {hex} vorgelegt.",
);
const BOUND_TRUSTPOINT: Text = Text::fixed(
    "this trust-point is bound; its certificate is {hex}",
    "Dieser Vertrauenspunkt ist gebunden; sein Zertifikat ist {hex}.",
);
const LISTED_CERTIFICATE: Text = Text::fixed(
    "the bound trust-point holds this certificate: {hex}",
    "Der gebundene Vertrauenspunkt enthält dieses Zertifikat: {hex}.",
);
const PHONES_HAVE: Text = Text::fixed(
    "{count} phones have the same hash, among them {names}.",
    "{count} Telefone haben denselben Hash, darunter {names}.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Finding};
    use crate::fingerprint;
    use crate::need::Need;
    use crate::testing::certificates::{AUTHORITY, CURRENT, ELLIPTIC, ISSUED, OTHER, PREVIOUS};
    use crate::testing::{asa, chain, fires, hash_of, phone_trusting, silent, waits};

    fn finding_and_reason(files: &[(&str, &str)]) -> (Finding, String) {
        let finding = fires(&RULE, files).remove(0);
        let because = finding.because.iter().map(|text| text.en().to_string()).collect::<Vec<_>>().join(" ");
        (finding, because)
    }

    #[test]
    fn it_says_why() {
        let portal = asa(
            "ssl trust-point PORTAL outside",
            &(chain("PHONES", &[("", CURRENT)]) + &chain("PORTAL", &[("", OTHER)])),
        );
        let issued = asa("ssl trust-point PHONES outside", &chain("PHONES", &[("", ISSUED)]));
        let pem_hash = {
            use sha1::Digest;
            fingerprint::base64(&sha1::Sha1::digest(CURRENT.as_bytes()))
        };
        let near = hash_of(CURRENT).replacen('Y', "Z", 1);
        for (hash, files, why) in [
            (
                hash_of(PREVIOUS),
                vec![("a.pem", CURRENT), ("asa.cfg", ""), ("b.pem", PREVIOUS)],
                "previous certificate",
            ),
            (hash_of(CURRENT), vec![("asa.cfg", portal.as_str())], "trust-point PHONES"),
            (
                hash_of(AUTHORITY),
                vec![("asa.cfg", issued.as_str()), ("ca.pem", AUTHORITY)],
                "hash of the issuer",
            ),
            (pem_hash, vec![("a.pem", CURRENT)], "PEM text"),
            (near, vec![("a.pem", CURRENT)], "digit"),
            ("bm90IGEgaGFzaA==".to_owned(), vec![("a.pem", CURRENT)], ""),
        ] {
            let phone = phone_trusting(&[hash]);
            let log =
                "908: NOT 10:19:27.375718 SECD: Leaf cert hash = 61B262809FB6D0FDDAD988CE8C13082641E01EE1\n";
            let mut files = files;
            // Two loose files: only a log says which of them is presented.
            if files.len() == 3 {
                files[1] = ("phone.log", log);
            }
            files.push(("SEP001122334455.cnf.xml", &phone));
            let (_, because) = finding_and_reason(&files);
            assert!(because.contains(why) && !because.is_empty(), "{why}: {because}");
        }
    }

    #[test]
    fn a_self_signed_elliptic_certificate_is_told_as_such() {
        let phone = phone_trusting(&[hash_of(CURRENT)]);
        let log = format!(
            "908: NOT 10:19:27.375718 SECD: Leaf cert hash = {}\n",
            fingerprint::hex(&fingerprint::phone_hash(&hash_of(ELLIPTIC)).unwrap()).to_uppercase()
        );
        let (finding, because) = finding_and_reason(&[
            ("x.xml", &phone),
            ("phone.log", &log),
            ("ec.pem", ELLIPTIC),
            ("rsa.pem", CURRENT),
        ]);
        assert!(because.contains("elliptic curve"), "{because}");
        assert!(finding.fixes.contains(&"rsa-only"));
    }

    #[test]
    fn a_loose_file_is_only_likely_and_many_phones_are_one_finding() {
        let phone = phone_trusting(&[hash_of(PREVIOUS)]);
        let findings = fires(
            &RULE,
            &[("SEP001122334455.cnf.xml", &phone), ("SEP001122334456.cnf.xml", &phone), ("a.pem", CURRENT)],
        );
        assert_eq!((findings.len(), findings[0].confidence), (1, Confidence::Likely));
        assert!(findings[0].because.iter().any(|text| text.en().starts_with("2 phones")));
    }

    #[test]
    fn a_hash_that_fits_by_leaf_or_issuer_passes() {
        silent(&RULE, &[("x.xml", &phone_trusting(&[hash_of(CURRENT)])), ("a.pem", CURRENT)]);
        let whole =
            asa("ssl trust-point PHONES outside", &chain("PHONES", &[("ca ", AUTHORITY), ("", ISSUED)]));
        silent(&RULE, &[("x.xml", &phone_trusting(&[hash_of(AUTHORITY)])), ("asa.cfg", &whole)]);
        waits(&RULE, &[("x.xml", &phone_trusting(&[hash_of(CURRENT)]))]);
        waits(&RULE, &[("a.pem", CURRENT)]);
    }

    #[test]
    fn whether_a_trusted_issuer_is_sent_has_to_be_seen() {
        let phone = phone_trusting(&[hash_of(AUTHORITY)]);
        let with = |file: &str, log: &str| {
            let files =
                [("x.xml", phone.as_str()), ("ca.pem", AUTHORITY), ("gw.txt", file), ("phone.log", log)];
            crate::testing::check(&RULE, &files, &[])
        };
        let of = |file: &str| with(file, "");
        assert_eq!(of(ISSUED).unwrap_err().0, [Need::AsaConfig, Need::PhoneLog]);
        let alone = s_client("vpn.example.com", ISSUED);
        assert!(of(&alone).is_err(), "without -showcerts a program prints no more");
        let both = alone.replace("---\nServer", &format!(" 1 s:CN = y\n   i:CN = y\n{AUTHORITY}---\nServer"));
        assert!(of(&both).unwrap().is_empty());
        // The phone's own log: it goes on where it found the issuer.
        let record = |number: u32, text: &str| format!("90{number}: NOT 10:19:2{number}.375718 {text}\n");
        let leaf = fingerprint::hex(&fingerprint::phone_hash(&hash_of(ISSUED)).unwrap()).to_uppercase();
        let saw = record(1, &format!("SECD: Leaf cert hash = {leaf}"));
        assert!(with(ISSUED, &saw).is_err());
        let done = record(2, "VPNC: ssl_state_cb: TLSv1: SSL_connect: SSL negotiation finished successfully");
        assert!(with(ISSUED, &(saw.clone() + &done)).unwrap().is_empty());
        // Where the issuer is in no file, only a hint is left: the phone trusts something.
        let files = [("x.xml", phone.as_str()), ("gw.txt", ISSUED), ("phone.log", &(saw + &done))];
        let hint = &fires(&RULE, &files)[0];
        assert_eq!(
            (hint.confidence, hint.severity),
            (Confidence::Possible, Some(crate::finding::Severity::Warning))
        );
    }

    #[test]
    fn the_trust_point_of_a_clusters_address_counts_where_no_other_is_bound() {
        let chains = chain("PHONES", &[("", CURRENT)]) + &chain("CLUSTER", &[("", OTHER)]);
        let bound = |lines: &str| asa(lines, &chains);
        let phone = phone_trusting(&[hash_of(CURRENT)]);
        let (own, cluster) = ("ssl trust-point PHONES outside", "ssl trust-point CLUSTER outside vpnlb-ip");
        silent(&RULE, &[("x.xml", &phone), ("asa.cfg", &bound(&format!("{cluster}\n{own}")))]);
        fires(&RULE, &[("x.xml", &phone), ("asa.cfg", &bound(cluster))]);
        let elsewhere = format!("ssl trust-point PHONES inside\n{cluster}");
        fires(&RULE, &[("x.xml", &phone), ("asa.cfg", &bound(&elsewhere))]);
    }

    /// What `openssl s_client` prints of a certificate.
    fn s_client(host: &str, pem: &str) -> String {
        format!(
            "$ openssl s_client -connect {host}:443 -showcerts\nCONNECTED(00000003)\n---\nCertificate chain\n 0 s:CN = x\n   i:CN = x\n{pem}---\nServer certificate\nsubject=CN = x\n---\nSSL handshake has read 1420 bytes and written 414 bytes\n---\n"
        )
    }

    #[test]
    fn a_handshake_outranks_a_file_and_the_configuration() {
        let phone = phone_trusting(&[hash_of(CURRENT)]);
        let seen = s_client("vpn.example.com", OTHER);
        let (finding, because) =
            finding_and_reason(&[("x.xml", &phone), ("run.txt", &seen), ("old.crt", CURRENT)]);
        assert_eq!(finding.confidence, Confidence::Likely);
        assert!(because.contains("CN=vpn.example.com"), "{because}");
        let config = asa("ssl trust-point PHONES outside", &chain("PHONES", &[("", CURRENT)]));
        let (_, because) = finding_and_reason(&[("x.xml", &phone), ("run.txt", &seen), ("asa.cfg", &config)]);
        assert!(!because.contains("another trust-point"), "{because}");
        assert!(because.contains("The configuration binds another certificate"), "{because}");
        // A run against another host says nothing of the phones' gateway.
        let elsewhere = s_client("www.example.org", OTHER);
        silent(&RULE, &[("x.xml", &phone), ("run.txt", &elsewhere), ("asa.cfg", &config)]);
        silent(
            &RULE,
            &[("x.xml", &phone), ("run.txt", &s_client("vpn.example.com", CURRENT)), ("b.pem", OTHER)],
        );
    }

    #[test]
    fn a_file_of_the_gateways_name_disputes_what_is_bound() {
        let phone = phone_trusting(&[hash_of(CURRENT)]);
        let config = asa("ssl trust-point PHONES outside", &chain("PHONES", &[("", CURRENT)]));
        let (finding, because) =
            finding_and_reason(&[("x.xml", &phone), ("asa.cfg", &config), ("browser.cer", PREVIOUS)]);
        assert_eq!(
            (finding.confidence, finding.severity),
            (Confidence::Possible, Some(crate::finding::Severity::Warning))
        );
        assert!(because.contains("taken from the gateway itself"), "{because}");
        for file in [CURRENT, OTHER] {
            silent(&RULE, &[("x.xml", &phone), ("asa.cfg", &config), ("browser.cer", file)]);
        }
        let both = phone_trusting(&[hash_of(CURRENT), hash_of(PREVIOUS)]);
        silent(&RULE, &[("x.xml", &both), ("asa.cfg", &config), ("browser.cer", PREVIOUS)]);
    }
}
