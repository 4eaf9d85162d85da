//! Which certificates did the ASA refuse, and were they phones'?
//!
//! Messages 717009, 717010, 717012, 717015, 717018, 717021, 717027, 717031, 717032, 717060, 725015 and 725017 tell
//! it; most of them name nobody. Whose they are is told by [`crate::facts::whose`]: by the subject, the issuer or the
//! trust-point that they name, else by the certificate or the handshake right before them.
//!
//! Sources: ASA syslog guide; the order of the messages of a login (717025, 717029, 717030, 717022, 717028).

use crate::facts::distinguished_name::common_name;
use crate::facts::whose::Message;
use crate::finding::Confidence;
use crate::formats::asa_syslog::AsaMessage;
use crate::source::Place;

/// One refusal.
#[derive(Clone, Debug)]
pub struct CertificateFailure {
    /// The message's id.
    pub id: u32,
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
        matches!(self.id, 717_010 | 717_012 | 717_015 | 717_018 | 717_032)
            || reason.contains("revocation")
            || reason.contains("crl")
            || reason.contains("ocsp")
    }
}

/// Every refusal that may be a phone's and that its phone did not get past later.
pub fn of(messages: &[Message<'_>]) -> Vec<CertificateFailure> {
    let current = messages.iter().filter(|message| message.is_current());
    current.filter(|message| FAILURES.contains(&message.event.id)).map(failure).collect()
}

fn failure(message: &Message<'_>) -> CertificateFailure {
    let event = message.event;
    let mut one = CertificateFailure {
        id: event.id,
        phone: message.user.clone(),
        issuer: String::new(),
        reason: String::new(),
        trustpoint: String::new(),
        place: message.place(),
        tie: message.confidence(),
    };
    if let AsaMessage::Certificate { issuer, reason, trustpoint, .. } = &event.message {
        one.issuer = common_name(issuer).to_owned();
        one.reason = if reason.is_empty() { event.text().to_owned() } else { reason.clone() };
        one.trustpoint = trustpoint.clone();
    }
    one
}

const FAILURES: [u32; 12] = [
    717_009, 717_010, 717_012, 717_015, 717_018, 717_021, 717_027, 717_031, 717_032, 717_060, 725_015,
    725_017,
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Case, Said};
    use crate::testing::{now, readings};

    fn ties(log: &str) -> Vec<(u32, String, Confidence)> {
        let (readings, said) = (readings(&[("x", log)]), Said::new());
        let case = Case::of(&readings, &said, now());
        let failures = case.certificate_failures.iter();
        failures.map(|one| (one.id, one.phone.clone(), one.tie)).collect()
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
        assert_eq!(ties(&log), [(717_027, phone.to_owned(), Confidence::Likely)]);
        let named = "%ASA-4-717031: Failed to find a suitable trustpoint for the issuer: cn=CAPF-0a1b2c3d,o=x Reason: none\n";
        assert_eq!(ties(named), [(717_031, String::new(), Confidence::Certain)]);
        assert_eq!(ties(unnamed), []);
    }
}
