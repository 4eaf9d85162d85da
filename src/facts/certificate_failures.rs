//! Which certificates did the ASA refuse, and were they phones'?
//!
//! Messages 717009, 717010, 717012, 717015, 717018, 717021, 717027, 717031, 717032, 717060, 725015 and 725017 tell
//! it; most of them name nobody. A message is a phone's by the subject or issuer that it names; else by the client
//! certificate that was identified last before it in the same log (717029); else by the address of the handshake
//! under way. A message that names somebody else, or follows somebody else's certificate, is nobody's here.
//!
//! Sources: ASA syslog guide; the order of the messages of a login (717025, 717029, 717030, 717022, 717028).

use crate::facts::certificates::is_phone_name;
use crate::facts::client_certificates::{CertificateKind, kind_by_issuer};
use crate::facts::distinguished_name::common_name;
use crate::facts::phone_groups::PhoneGroups;
use crate::facts::{Documents, In};
use crate::finding::Confidence;
use crate::formats::asa_syslog::{AsaEvent, AsaMessage, AsaSyslog};
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

/// What was last seen in a log.
#[derive(Default)]
struct Last {
    /// The client certificate that was identified: its name.
    client: Option<String>,
    /// The handshake under way is from a phone's address.
    phone_address: bool,
    /// Events since either.
    age: u32,
}

/// Every refusal that may be a phone's.
pub fn of(documents: &Documents<'_>, groups: &PhoneGroups) -> Vec<CertificateFailure> {
    let any_phone = !documents.phone_configs.is_empty()
        || !documents.phone_logs.is_empty()
        || groups.groups.iter().any(|group| group.is_sure());
    let mut found = Vec::new();
    for log in &documents.asa_syslogs {
        let mut last = Last::default();
        for event in &log.document.events {
            last.age = last.age.saturating_add(1);
            if last.age > FAR {
                last = Last::default();
            }
            look(event, groups, &mut last);
            if !FAILURES.contains(&event.id) {
                continue;
            }
            found.extend(failure(*log, event, &last, any_phone, groups));
        }
    }
    found
}

fn look(event: &AsaEvent, groups: &PhoneGroups, last: &mut Last) {
    match (&event.message, event.id) {
        (AsaMessage::Certificate { subject, .. }, 717_022 | 717_029) if !subject.is_empty() => {
            last.client = Some(common_name(subject).to_owned());
            last.age = 0;
        }
        (AsaMessage::Certificate { .. }, 717_025) => last.client = None,
        (
            AsaMessage::HandshakeStarted { peer, .. }
            | AsaMessage::CertificateRequested { peer }
            | AsaMessage::NoClientCertificate { peer },
            _,
        ) => {
            last.phone_address = groups.has_address(&peer.address);
            last.client = None;
            last.age = 0;
        }
        _ => {}
    }
}

fn failure(
    log: In<'_, AsaSyslog>,
    event: &AsaEvent,
    last: &Last,
    any_phone: bool,
    groups: &PhoneGroups,
) -> Option<CertificateFailure> {
    let mut one = CertificateFailure {
        id: event.id,
        phone: String::new(),
        issuer: String::new(),
        reason: String::new(),
        trustpoint: String::new(),
        place: log.place(&event.at),
        tie: Confidence::Possible,
    };
    let mut subject = "";
    match &event.message {
        AsaMessage::Certificate { subject: named, issuer, reason, trustpoint, .. } => {
            subject = common_name(named);
            one.issuer = common_name(issuer).to_owned();
            one.reason = if reason.is_empty() { event.text().to_owned() } else { reason.clone() };
            one.trustpoint = trustpoint.clone();
        }
        AsaMessage::NoClientCertificate { peer } => {
            let tied = groups.has_address(&peer.address);
            one.tie = if tied { Confidence::Certain } else { Confidence::Possible };
            return (tied || any_phone).then_some(one);
        }
        _ => {}
    }
    let by_issuer = kind_by_issuer(&one.issuer) != CertificateKind::Unknown;
    match (is_phone_name(subject), &last.client) {
        (true, _) => {
            one.phone = subject.to_owned();
            one.tie = Confidence::Certain;
        }
        // Somebody else is named.
        (false, _) if !subject.is_empty() => return None,
        (false, Some(client)) if is_phone_name(client) => {
            one.phone.clone_from(client);
            one.tie = if by_issuer { Confidence::Certain } else { Confidence::Likely };
        }
        (false, _) if by_issuer => one.tie = Confidence::Certain,
        (false, Some(_)) => return None,
        (false, None) if last.phone_address => one.tie = Confidence::Likely,
        (false, None) if any_phone => {}
        (false, None) => return None,
    }
    Some(one)
}

/// Messages after which an identified certificate is no longer taken for the one that is spoken of.
const FAR: u32 = 12;
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
