//! No hash in the phone's configuration is that of a certificate that the ASA presents.
//!
//! The phone compares the SHA-1 of what the ASA presents with `certHash1…` and sends alert 48 (unknown CA) where
//! none fits (Cisco 116162, certificate hash). The rule says why wherever the case shows it.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::facts::certificates::Known;
use crate::facts::gateway_certificate::{Presented, Witness};
use crate::facts::trusted_hashes::TrustedHash;
use crate::facts::why_untrusted::Why;
use crate::finding::{Confidence, Evidence, Finding, HashComparison, HashSide, Severity};
use crate::fingerprint;
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;
use crate::time::rfc3339;

/// The rule.
pub const RULE: Rule = Rule {
    id: "cert-hash-mismatch",
    stage: Stage::Trust,
    severity: Severity::Blocker,
    needs: &[Need::PhoneConfig, Need::Certificate, Need::AsaCertificates, Need::AsaConfig, Need::PhoneLog],
    echoes: &["phone-rejected-server-certificate"],
    sources: &[
        "Cisco 116162, certificate hash in the phone's configuration",
        "Cisco 116162, correlation of the logs of ASA and phone",
    ],
    prose: Text::fixed(include_str!("cert_hash_mismatch.en.md"), include_str!("cert_hash_mismatch.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    case.phones_with_vpn()?;
    if case.gateway_certificates.is_empty() {
        return Err(Missing(vec![Need::AsaConfig, Need::PhoneLog, Need::Certificate]));
    }
    if case.trust_matches.is_empty() {
        return Err(Missing::one(Need::PhoneConfig));
    }
    let mut findings = Vec::new();
    for (presented, phones) in without_trust(case) {
        findings.extend(tell(case, &presented, &phones));
    }
    Ok(findings)
}

/// Phones that trust nothing of what is presented to them. Phones with the same hashes are told together.
fn without_trust(case: &Case<'_>) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut groups: BTreeMap<(Vec<usize>, Vec<String>), Vec<usize>> = BTreeMap::new();
    for phone in 0..case.phones.len() {
        let matches: Vec<_> = case.trust_matches.iter().filter(|found| found.phone == phone).collect();
        if matches.is_empty() || matches.iter().any(|found| found.trust.holds()) {
            continue;
        }
        let presented = matches.iter().map(|found| found.presented).collect();
        let hashes = hashes_of(case, phone).map(|hash| hash.text.clone()).collect();
        groups.entry((presented, hashes)).or_default().push(phone);
    }
    groups.into_iter().map(|((presented, _), phones)| (presented, phones)).collect()
}

fn hashes_of<'c>(case: &'c Case<'_>, phone: usize) -> impl Iterator<Item = &'c TrustedHash> {
    case.trusted_hashes.iter().filter(move |hash| hash.phone == phone)
}

fn tell(case: &Case<'_>, presented: &[usize], phones: &[usize]) -> Option<Finding> {
    let shown: Vec<&Presented> =
        presented.iter().filter_map(|index| case.gateway_certificates.presented.get(*index)).collect();
    let (&first, &phone) = (shown.first()?, phones.first()?);
    let (hash, reasons) = best_reason(case, phone, &shown)?;
    let confidence = match first.witness {
        Witness::PhoneLog | Witness::TrustpointInLog | Witness::BoundTrustpoint => Confidence::Certain,
        Witness::CertificateList | Witness::LooseFile => Confidence::Likely,
    };
    let mut finding = Finding::new(confidence, presented_by(first, first.places.first()?))
        .and(hashes_of(case, phone).map(trusted_by))
        .and(shown.iter().flat_map(|one| one.places.iter().map(|seen| presented_by(one, seen))).skip(1))
        .and(phones.iter().skip(1).flat_map(|phone| hashes_of(case, *phone)).map(trusted_by));
    for reason in &reasons {
        finding = with_reason(case, finding, reason);
    }
    if reasons.is_empty() {
        finding = finding.because(WHY_UNKNOWN);
    }
    if first.witness == Witness::LooseFile {
        finding = finding.because(IF_PRESENTED);
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
    let known = first.certificate.and_then(|index| case.known(index));
    let trustpoint =
        first.trustpoint.clone().or_else(|| known.and_then(Known::trustpoint).map(str::to_owned));
    if let Some(trustpoint) = trustpoint {
        finding = finding.value("trustpoint", trustpoint);
    }
    if let Some(interface) = &first.interface {
        finding = finding.value("interface", interface);
    }
    Some(
        finding
            .value("phone", case.phone_name(phone))
            .computed("presented-hash", fingerprint::base64(&first.sha1)),
    )
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

fn presented_by(presented: &Presented, (witness, place): &(Witness, crate::source::Place)) -> Evidence {
    let hex = fingerprint::hex(&presented.sha1).to_uppercase();
    let says = match witness {
        Witness::PhoneLog => Text::made(
            format!("the ASA presented the certificate {hex} to the phone"),
            format!("Die ASA hat dem Telefon das Zertifikat {hex} vorgelegt."),
        ),
        Witness::TrustpointInLog => Text::made(
            format!("the ASA used this trust-point; its certificate is {hex}"),
            format!("Diesen Vertrauenspunkt hat die ASA benutzt; sein Zertifikat ist {hex}."),
        ),
        Witness::BoundTrustpoint => Text::made(
            format!("this trust-point is bound; its certificate is {hex}"),
            format!("Dieser Vertrauenspunkt ist gebunden; sein Zertifikat ist {hex}."),
        ),
        Witness::CertificateList => Text::made(
            format!("the bound trust-point holds this certificate: {hex}"),
            format!("Der gebundene Vertrauenspunkt enthält dieses Zertifikat: {hex}."),
        ),
        Witness::LooseFile => {
            Text::made(format!("this certificate is {hex}"), format!("Dieses Zertifikat ist {hex}."))
        }
    };
    Evidence::marked(place, &hex, says)
}

fn trusted_by(hash: &TrustedHash) -> Evidence {
    let says = match hash.sha1 {
        Ok(sha1) => {
            let hex = fingerprint::hex(&sha1).to_uppercase();
            Text::made(format!("the phone trusts {hex}"), format!("Das Telefon vertraut {hex}."))
        }
        Err(malformed) => malformed.explain(),
    };
    Evidence::marked(&hash.place, &hash.text, says)
}

fn with_reason(case: &Case<'_>, finding: Finding, reason: &Why) -> Finding {
    let of = |index: &usize| case.known(*index).map(Described::of).unwrap_or_default();
    let seen =
        |index: &usize| case.known(*index).map(|known| Evidence::seen(&known.place(), HASH_BELONGS_HERE));
    match reason {
        Why::IssuerNotSent { issuer } => {
            finding.because(of(issuer).in_text(ISSUER_NOT_SENT)).and(seen(issuer)).fix("send-issuer")
        }
        Why::OlderCertificate { older } => finding.because(of(older).in_text(OLDER)).and(seen(older)),
        Why::NewerCertificate { newer } => {
            finding.because(of(newer).in_text(NEWER)).and(seen(newer)).fix("rebind")
        }
        Why::EllipticSelfSigned { expected } => {
            finding.because(of(expected).in_text(ELLIPTIC)).and(seen(expected)).fix("rsa-only")
        }
        Why::OtherTrustpoint { other, trustpoint } => finding
            .because(of(other).in_text(OTHER_TRUSTPOINT))
            .and(seen(other))
            .value("expected-trustpoint", trustpoint)
            .fix("rebind"),
        Why::OtherGateway { other } => finding.because(of(other).in_text(OTHER_GATEWAY)).and(seen(other)),
        Why::OtherCertificate { other } => finding.because(of(other).in_text(OTHER)).and(seen(other)),
        Why::OfPemText => finding.because(OF_PEM_TEXT),
        Why::OfPublicKey => finding.because(OF_PUBLIC_KEY),
        Why::NearMiss(text) | Why::Malformed(text) => finding.because(text.clone()),
        Why::SelfSignedInLog(place) => {
            finding.because(SELF_SIGNED).and([Evidence::seen(place, SELF_SIGNED_LINE)]).fix("find-trustpoint")
        }
        Why::YoungerThanConfiguration { certificate, configuration } => finding.because(
            YOUNGER
                .filled(&[("certificate", certificate.as_str()), ("configuration", configuration.as_str())]),
        ),
    }
}

/// A certificate in words.
#[derive(Default)]
struct Described {
    name: String,
    trustpoint: String,
    since: String,
    until: String,
}

impl Described {
    fn of(known: &Known<'_>) -> Self {
        let day =
            |moment: Option<i64>| moment.map(rfc3339).and_then(|text| text.get(..10).map(str::to_owned));
        let fields = known.certificate.document.fields.as_ref();
        Self {
            name: known.name(),
            trustpoint: known.trustpoint().unwrap_or_default().to_owned(),
            since: fields.and_then(|fields| day(fields.not_before)).unwrap_or_default(),
            until: fields.and_then(|fields| day(fields.not_after)).unwrap_or_default(),
        }
    }

    fn in_text(&self, text: Text) -> Text {
        text.filled(&[
            ("name", self.name.as_str()),
            ("trustpoint", self.trustpoint.as_str()),
            ("since", self.since.as_str()),
            ("until", self.until.as_str()),
        ])
    }
}

fn phones_affected(case: &Case<'_>, phones: &[usize]) -> Text {
    let names: Vec<String> = phones.iter().take(5).map(|phone| case.phone_name(*phone)).collect();
    let (count, names) = (phones.len(), names.join(", "));
    Text::made(
        format!("{count} phones have the same hash, among them {names}."),
        format!("{count} Telefone haben denselben Hash, darunter {names}."),
    )
}

const HASH_BELONGS_HERE: Text = Text::fixed(
    "this certificate has the hash that the phone trusts",
    "Dieses Zertifikat hat den Hash, dem das Telefon vertraut.",
);
const WHY_UNKNOWN: Text = Text::fixed(
    "No certificate in this case has the hash that the phone trusts. Often the ASA's certificate was replaced and the new one never reached the phone.",
    "Kein Zertifikat in diesem Fall hat den Hash, dem das Telefon vertraut. Häufig wurde das Zertifikat der ASA ersetzt, und das neue ist nie beim Telefon angekommen.",
);
const IF_PRESENTED: Text = Text::fixed(
    "This holds if the file is the certificate that the ASA presents; a phone log or the ASA's configuration would prove it.",
    "Das gilt, wenn die Datei das Zertifikat ist, das die ASA vorlegt; ein Telefonprotokoll oder die Konfiguration der ASA würde es beweisen.",
);
const ISSUER_NOT_SENT: Text = Text::fixed(
    "The phone has the hash of the issuer ({name}), but the ASA does not send the issuer's certificate along.",
    "Das Telefon hat den Hash des Ausstellers ({name}), aber die ASA schickt dessen Zertifikat nicht mit.",
);
const OLDER: Text = Text::fixed(
    "The phone has the hash of the previous certificate with the same subject ({name}, valid {since} to {until}). The ASA's certificate was renewed.",
    "Das Telefon hat den Hash des vorigen Zertifikats mit demselben Antragsteller ({name}, gültig {since} bis {until}). Das Zertifikat der ASA wurde erneuert.",
);
const NEWER: Text = Text::fixed(
    "The phone already has the hash of the new certificate ({name}, valid from {since}), but the ASA still presents the old one.",
    "Das Telefon hat schon den Hash des neuen Zertifikats ({name}, gültig ab {since}), aber die ASA legt noch das alte vor.",
);
const ELLIPTIC: Text = Text::fixed(
    "The phone has the hash of the RSA certificate ({name}), but the ASA presents a self-signed certificate on an elliptic curve. ASA 9.4(1) and later do that to phones that offer elliptic curves.",
    "Das Telefon hat den Hash des RSA-Zertifikats ({name}), aber die ASA legt ein selbstsigniertes Zertifikat auf einer elliptischen Kurve vor. Das tut eine ASA ab 9.4(1) bei Telefonen, die elliptische Kurven anbieten.",
);
const OTHER_TRUSTPOINT: Text = Text::fixed(
    "The phone has the hash of the certificate in trust-point {trustpoint} ({name}), but another trust-point is bound to the interface.",
    "Das Telefon hat den Hash des Zertifikats im Vertrauenspunkt (trustpoint) {trustpoint} ({name}), aber an die Schnittstelle ist ein anderer gebunden.",
);
const OTHER_GATEWAY: Text = Text::fixed(
    "The phone has the hash of another ASA's certificate ({name}). Each ASA's identity certificate has to be uploaded to CUCM.",
    "Das Telefon hat den Hash des Zertifikats einer anderen ASA ({name}). Das Identitätszertifikat jeder ASA muss in CUCM hochgeladen werden.",
);
const OTHER: Text = Text::fixed(
    "The phone has the hash of another certificate ({name}).",
    "Das Telefon hat den Hash eines anderen Zertifikats ({name}).",
);
const OF_PEM_TEXT: Text = Text::fixed(
    "The phone's hash is that of the PEM text of the right certificate. The phone compares the hash of the DER bytes.",
    "Der Hash des Telefons ist der des PEM-Textes des richtigen Zertifikats. Das Telefon vergleicht den Hash der DER-Bytes.",
);
const OF_PUBLIC_KEY: Text = Text::fixed(
    "The phone's hash is that of the right certificate's public key. The phone compares the hash of the whole certificate.",
    "Der Hash des Telefons ist der des öffentlichen Schlüssels des richtigen Zertifikats. Das Telefon vergleicht den Hash des ganzen Zertifikats.",
);
const SELF_SIGNED: Text = Text::fixed(
    "The ASA presents a self-signed certificate. If no trust-point is bound to the interface, an ASA may make a new one at every reload, which would explain it.",
    "Die ASA legt ein selbstsigniertes Zertifikat vor. Ist an die Schnittstelle kein Vertrauenspunkt (trustpoint) gebunden, erzeugt eine ASA es womöglich bei jedem Neustart neu; das würde es erklären.",
);
const SELF_SIGNED_LINE: Text =
    Text::fixed("the presented certificate is self-signed", "Das vorgelegte Zertifikat ist selbstsigniert.");
const YOUNGER: Text = Text::fixed(
    "The ASA's certificate is valid from {certificate}, after the phone's configuration was signed ({configuration}): the phone has not fetched a configuration since the certificate was replaced.",
    "Das Zertifikat der ASA gilt ab {certificate}, also nach der Signatur der Telefonkonfiguration ({configuration}): Seit dem Zertifikatswechsel hat das Telefon keine Konfiguration mehr geholt.",
);
