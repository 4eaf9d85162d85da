//! Why is a phone's hash not the hash of the certificate that the ASA presents?
//!
//! The answer is looked for among all certificates of the case, strongest explanation first: the issuer's, an
//! older one of the same name, another trust-point's, another ASA's, one of another kind; then in the hash itself:
//! of the PEM text, of the public key, one digit off; and last in what the phone's log says of the certificate.

use crate::facts::Documents;
use crate::facts::certificates::CaseCertificate;
use crate::facts::gateway_certificate::Presented;
use crate::facts::phones::Phone;
use crate::facts::trust_match::issuers_of;
use crate::facts::trusted_hashes::TrustedHash;
use crate::fingerprint;
use crate::observe::{By, What};
use crate::source::Place;
use crate::time::rfc3339;

/// What the phone's hash is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The hash of the presented certificate's issuer, which the ASA does not send along.
    IssuerNotSent {
        /// The issuer's place in the list of certificates.
        issuer: usize,
    },
    /// The hash of a certificate with the same subject that came before: the ASA's was renewed.
    OlderCertificate {
        /// Its place in the list of certificates.
        older: usize,
    },
    /// The hash of a certificate with the same subject that comes after: the ASA still presents the old one.
    NewerCertificate {
        /// Its place in the list of certificates.
        newer: usize,
    },
    /// The hash of an RSA certificate, while the ASA presents a self-signed one on an elliptic curve.
    EllipticSelfSigned {
        /// The place in the list of certificates of the one whose hash the phone has.
        expected: usize,
    },
    /// The hash of another trust-point's certificate on the same ASA.
    OtherTrustpoint {
        /// Its place in the list of certificates.
        other: usize,
        /// The trust-point that holds it.
        trustpoint: String,
    },
    /// The hash of a certificate in another ASA's configuration.
    OtherGateway {
        /// Its place in the list of certificates.
        other: usize,
    },
    /// The hash of some other certificate of the case.
    OtherCertificate {
        /// Its place in the list of certificates.
        other: usize,
    },
    /// The hash of the presented certificate's PEM text.
    OfPemText,
    /// The hash of the presented certificate's public key.
    OfPublicKey,
    /// Nearly the right hash; the text says where it differs.
    NearMiss(crate::text::Text),
    /// Not a SHA-1 at all; the text says what it is.
    Malformed(crate::text::Text),
    /// The phone's log says that the presented certificate is self-signed.
    SelfSignedInLog(Place),
    /// The presented certificate is younger than the phone's configuration.
    YoungerThanConfiguration {
        /// RFC 3339.
        certificate: String,
        /// RFC 3339.
        configuration: String,
    },
}

/// What the reasons are looked for in.
#[derive(Clone, Copy)]
pub struct Where<'c, 'a> {
    /// What was read.
    pub documents: &'c Documents<'a>,
    /// The phones and what they were told.
    pub phones: &'c [Phone<'a>],
    /// Every certificate.
    pub certificates: &'c [CaseCertificate<'a>],
}

impl<'a> Where<'_, 'a> {
    fn certificate(&self, index: usize) -> Option<&CaseCertificate<'a>> {
        self.certificates.get(index)
    }
}

/// The reasons that can be told for one hash and one presented certificate, the best first.
pub fn of(case: Where<'_, '_>, hash: &TrustedHash, presented: &Presented) -> Vec<Why> {
    let sha1 = match &hash.sha1 {
        Ok(sha1) => *sha1,
        Err(malformed) => return vec![Why::Malformed(malformed.explain())],
    };
    let mut reasons = Vec::new();
    reasons.extend(among_certificates(case, sha1, presented));
    reasons.extend(in_the_hash(case, sha1, presented));
    if reasons.is_empty() {
        reasons.extend(from_times(case, hash, presented));
        reasons.extend(self_signed_in_log(case, presented));
    }
    reasons
}

fn among_certificates(case: Where<'_, '_>, sha1: [u8; 20], presented: &Presented) -> Option<Why> {
    let same: Vec<usize> = (0..case.certificates.len())
        .filter(|index| case.certificate(*index).is_some_and(|known| known.sha1() == sha1))
        .collect();
    let first = *same.first()?;
    let theirs = case.certificate(first)?;
    if let Some(issuer) =
        issuers_of(presented, case.certificates).into_iter().find(|issuer| same.contains(issuer))
    {
        return Some(Why::IssuerNotSent { issuer });
    }
    let ours = presented.certificate.and_then(|index| case.certificate(index));
    if let Some(ours) = ours
        && let (Some(our_fields), Some(their_fields)) =
            (&ours.certificate.document.fields, &theirs.certificate.document.fields)
    {
        if our_fields.elliptic && our_fields.self_signed && !their_fields.elliptic {
            return Some(Why::EllipticSelfSigned { expected: first });
        }
        if our_fields.subject == their_fields.subject && our_fields.not_before != their_fields.not_before {
            return Some(if their_fields.not_before < our_fields.not_before {
                Why::OlderCertificate { older: first }
            } else {
                Why::NewerCertificate { newer: first }
            });
        }
    }
    let in_trustpoint = same.iter().find_map(|index| {
        let known = case.certificate(*index)?;
        known.trustpoint().map(|trustpoint| (*index, known, trustpoint))
    });
    if let Some((index, known, trustpoint)) = in_trustpoint {
        let other_gateway = ours.is_some_and(|ours| {
            ours.trustpoint().is_some() && ours.certificate.input != known.certificate.input
        });
        return Some(if other_gateway {
            Why::OtherGateway { other: index }
        } else if presented.trustpoint.is_none() && is_bound(case, known, trustpoint) {
            // What was seen in a handshake is not what is bound: binding that again changes nothing.
            Why::OtherCertificate { other: index }
        } else {
            Why::OtherTrustpoint { other: index, trustpoint: trustpoint.to_owned() }
        });
    }
    Some(Why::OtherCertificate { other: first })
}

fn is_bound(case: Where<'_, '_>, known: &CaseCertificate<'_>, trustpoint: &str) -> bool {
    let mut configs =
        case.documents.asa_configs.iter().filter(|config| config.input == known.certificate.input);
    configs.any(|config| config.document.ssl.trust_points.iter().any(|bound| bound.name.value == trustpoint))
}

fn in_the_hash(case: Where<'_, '_>, sha1: [u8; 20], presented: &Presented) -> Option<Why> {
    let certificate = presented
        .certificate
        .and_then(|index| case.certificate(index))
        .map(|known| known.certificate.document);
    if let Some(certificate) = certificate {
        if certificate.sha1_of_pem == sha1 {
            return Some(Why::OfPemText);
        }
        if certificate.sha1_of_key == sha1 {
            return Some(Why::OfPublicKey);
        }
    }
    fingerprint::difference(sha1, presented.sha1).map(Why::NearMiss)
}

fn from_times(case: Where<'_, '_>, hash: &TrustedHash, presented: &Presented) -> Option<Why> {
    let fields = presented.certificate.and_then(|index| case.certificate(index)).and_then(fields_of)?;
    let not_before = fields.not_before?;
    let signed_at = case.phones.get(hash.phone)?.signed?.document.signed_at?;
    (i64::from(signed_at) < not_before).then(|| Why::YoungerThanConfiguration {
        certificate: rfc3339(not_before),
        configuration: rfc3339(i64::from(signed_at)),
    })
}

fn fields_of<'a>(known: &CaseCertificate<'a>) -> Option<&'a crate::documents::certificate::Fields> {
    known.certificate.document.fields.as_ref()
}

/// OpenSSL's verify code 18 next to the presented certificate's hash.
fn self_signed_in_log(case: Where<'_, '_>, presented: &Presented) -> Option<Why> {
    let shown = What::ServerCertificateHash { sha1: &presented.sha1 };
    case.documents.logs_by(By::PhoneLog).find_map(|log| {
        log.observations.iter().find(|event| event.what == shown)?;
        let code = log.observations.iter().find(|event| event.what == What::VerifyCode { code: 18 })?;
        Some(Why::SelfSignedInLog(code.place()))
    })
}
