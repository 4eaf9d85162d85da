//! In words: what a phone's hash is instead of the presented certificate's.

use crate::case::Case;
use crate::facts::certificates::CaseCertificate;
use crate::facts::why_untrusted::Why;
use crate::finding::{Evidence, Finding};
use crate::text::{Class, Text};
use crate::time::rfc3339;

/// Tells one reason, with its proof and the fix that goes with it.
pub(super) fn with_reason(case: &Case<'_>, finding: Finding, reason: &Why) -> Finding {
    let of = |index: &usize| case.certificate(*index).map(Described::of).unwrap_or_default();
    let seen =
        |index: &usize| case.certificate(*index).map(|known| Evidence::at(&known.place(), HASH_BELONGS_HERE));
    let ended = |index: &usize| case.certificate(*index).is_some_and(|known| known.has_ended(case.now));
    match reason {
        Why::IssuerNotSent { issuer } => {
            finding.because(of(issuer).in_text(ISSUER_NOT_SENT)).and(seen(issuer)).fix("send-issuer")
        }
        Why::OlderCertificate { older } => finding.because(of(older).in_text(OLDER)).and(seen(older)),
        Why::OtherTrustpoint { other, .. } if ended(other) => {
            finding.because(of(other).in_text(OTHER_TRUSTPOINT_ENDED)).and(seen(other))
        }
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
            finding.because(SELF_SIGNED).and([Evidence::at(place, SELF_SIGNED_LINE)]).fix("find-trustpoint")
        }
        Why::YoungerThanConfiguration { certificate, configuration } => {
            finding.because(YOUNGER.with("certificate", Class::Words, certificate).with(
                "configuration",
                Class::Words,
                configuration,
            ))
        }
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
    fn of(known: &CaseCertificate<'_>) -> Self {
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
        text.with("name", Class::Subject, &self.name)
            .with("trustpoint", Class::Trustpoint, &self.trustpoint)
            .with("since", Class::Words, &self.since)
            .with("until", Class::Words, &self.until)
    }
}

const HASH_BELONGS_HERE: Text = Text::fixed(
    "this certificate has the hash that the phone trusts",
    "Dieses Zertifikat hat den Hash, dem das Telefon vertraut",
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
    "Das Telefon hat den Hash des Zertifikats im Vertrauenspunkt (trust-point) {trustpoint} ({name}), aber an die Schnittstelle ist ein anderer gebunden.",
);
const OTHER_TRUSTPOINT_ENDED: Text = Text::fixed(
    "The phone has the hash of the certificate in trust-point {trustpoint} ({name}), which ended on {until}. Another trust-point is bound to the interface: leave that, and give the phone the hash of its certificate.",
    "Das Telefon hat den Hash des Zertifikats im Vertrauenspunkt (trust-point) {trustpoint} ({name}), das am {until} abgelaufen ist. An die Schnittstelle ist ein anderer gebunden: Lassen Sie das so, und geben Sie dem Telefon den Hash von dessen Zertifikat.",
);
const OTHER_GATEWAY: Text = Text::fixed(
    "The phone has the hash of another ASA's certificate ({name}). Each ASA's identity certificate has to be uploaded to CUCM.",
    "Das Telefon hat den Hash des Zertifikats einer anderen ASA ({name}). Das Identitätszertifikat jeder ASA muss im CUCM hochgeladen werden.",
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
    "Die ASA legt ein selbstsigniertes Zertifikat vor. Ist an die Schnittstelle kein Vertrauenspunkt (trust-point) gebunden, erzeugt eine ASA es womöglich bei jedem Neustart neu; das würde es erklären.",
);
const SELF_SIGNED_LINE: Text =
    Text::fixed("the presented certificate is self-signed", "Das vorgelegte Zertifikat ist selbstsigniert");
const YOUNGER: Text = Text::fixed(
    "The ASA's certificate is valid from {certificate}, after the phone's configuration was signed ({configuration}): the phone has not fetched a configuration since the certificate was replaced.",
    "Das Zertifikat der ASA gilt ab {certificate}, also nach der Signatur der Telefonkonfiguration ({configuration}): Seit dem Zertifikatswechsel hat das Telefon keine Konfiguration mehr geholt.",
);
