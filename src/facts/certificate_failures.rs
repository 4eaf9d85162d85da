//! Which certificates did the ASA refuse, and were they phones'?
//!
//! Messages of an ASA's log tell it; most of them name nobody. Whose they are is told by [`crate::facts::whose`]: by the subject, the issuer or the
//! trust-point that they name, else by the certificate or the handshake right before them.
//!
//! Sources: ASA syslog guide; the order of the messages of a login (717025, 717029, 717030, 717022, 717028).

use crate::facts::distinguished_name::common_name;
use crate::facts::whose::Message;
use crate::finding::Confidence;
use crate::observe::{CertificateMatter, What, Whom};
use crate::source::Place;

/// One refusal.
#[derive(Clone, Debug)]
pub struct CertificateFailure {
    /// What was wrong.
    pub kind: FailureKind,
    /// The phone's name; empty where nothing tells.
    pub phone: String,
    /// The issuer's common name, or empty.
    pub issuer: String,
    /// As printed, or empty.
    pub reason: String,
    /// The trust-point, or empty.
    pub trustpoint: String,
    /// The line.
    pub place: Place,
    /// How sure it is that it was a phone.
    pub tie: Confidence,
}

/// What was wrong with a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// It, or its chain, was not taken.
    Refused,
    /// The ASA does not know its issuer.
    IssuerUnknown,
    /// Nobody says whether it was revoked.
    RevocationUnknown,
    /// No rule about certificates matches it.
    NoGroup,
    /// There was none.
    NoneSent,
}

impl CertificateFailure {
    /// The reason says that hash or key are too weak.
    pub fn is_weak(&self) -> bool {
        let reason = self.reason.to_ascii_lowercase();
        reason.contains("too weak") || reason.contains("weak ") || reason.contains("key size")
    }

    /// The reason says that the certificate is out of its dates.
    pub fn is_expired(&self) -> bool {
        let reason = self.reason.to_ascii_lowercase();
        reason.contains("expired") || reason.contains("not yet valid")
    }

    /// A list or answer about revoked certificates could not be had.
    pub fn is_revocation(&self) -> bool {
        let reason = self.reason.to_ascii_lowercase();
        self.kind == FailureKind::RevocationUnknown
            || reason.contains("revocation")
            || reason.contains("crl")
            || reason.contains("ocsp")
    }
}

/// Every refusal that may be a phone's and that its phone did not get past later.
pub fn of(messages: &[Message<'_>]) -> Vec<CertificateFailure> {
    let current = messages.iter().filter(|message| message.is_current());
    current.filter_map(failure).collect()
}

fn failure(message: &Message<'_>) -> Option<CertificateFailure> {
    let mut failure = CertificateFailure {
        kind: kind(&message.what)?,
        phone: message.user.clone(),
        issuer: String::new(),
        reason: String::new(),
        trustpoint: String::new(),
        place: message.place(),
        tie: message.confidence(),
    };
    if let (What::Certificate { reason, .. }, Whom::Certificate { issuer, trustpoint, .. }) =
        (&message.what, message.about)
    {
        failure.issuer = common_name(issuer).to_owned();
        failure.reason = if reason.is_empty() { message.words } else { reason }.to_owned();
        failure.trustpoint = trustpoint.to_owned();
    }
    Some(failure)
}

/// `None` for what is no refusal.
fn kind(what: &What<'_>) -> Option<FailureKind> {
    use CertificateMatter as M;
    let matter = match what {
        What::NoClientCertificate => return Some(FailureKind::NoneSent),
        What::Certificate { matter, .. } => matter,
        _ => return None,
    };
    match matter {
        M::Refused => Some(FailureKind::Refused),
        M::IssuerUnknown => Some(FailureKind::IssuerUnknown),
        M::RevocationUnknown | M::RevocationListMissing => Some(FailureKind::RevocationUnknown),
        M::NoGroup { refused: true } => Some(FailureKind::NoGroup),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Case, Said};
    use crate::testing::{now, readings};

    fn ties(log: &str) -> Vec<(FailureKind, String, Confidence)> {
        let (readings, said) = (readings(&[("x", log)]), Said::new());
        let case = Case::of(&readings, &said, now());
        let failures = case.certificate_failures.iter();
        failures.map(|one| (one.kind, one.phone.clone(), one.tie)).collect()
    }

    #[test]
    fn a_refusal_is_tied_to_its_phone_and_no_pc_is_told_of() {
        let phone = "CP-8851-SEP001122334455";
        let identified = |name: &str| {
            format!(
                "%ASA-7-717029: Identified client certificate within certificate chain. serial number: 0A, subject name: cn={name},o=x.\n"
            )
        };
        let unnamed =
            "%ASA-3-717027: Certificate chain failed validation. No suitable trustpoint was found.\n";
        let mut log = identified(phone) + unnamed;
        for pc in 0..50 {
            log += &identified(&format!("pc{pc}.example.com"));
            log += unnamed;
        }
        assert_eq!(ties(&log), [(FailureKind::Refused, phone.to_owned(), Confidence::Likely)]);
        let named = "%ASA-4-717031: Failed to find a suitable trustpoint for the issuer: cn=CAPF-0a1b2c3d,o=x Reason: none\n";
        assert_eq!(ties(named), [(FailureKind::IssuerUnknown, String::new(), Confidence::Certain)]);
        assert_eq!(ties(unnamed), []);
    }
}
