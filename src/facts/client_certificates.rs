//! With which certificates do the phones log in?
//!
//! A phone sends its LSC where it has one, and else its MIC; that cannot be chosen for the VPN (Cisco 116162; CUCM
//! feature guide, VPN client). Witnesses, the strongest first: the ASA's log, which prints the certificate that came
//! (717022, 717029, 717037, 717038, 717059, 717060); the phone's own log (`type=LSC`, `Certificate issuer name`),
//! which speaks of the phone's connection to CUCM and so of the same choice; a certificate file of a phone.
//!
//! Kind and issuer are told by names: `CAPF-…` issues LSCs, Cisco's manufacturing CAs issue MICs. The subject of a
//! MIC says `O=Cisco Systems Inc.` and `OU=CTG`; that alone is a sign and no proof.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::Documents;
use crate::facts::certificates::{CaseCertificate, Role};
use crate::facts::distinguished_name::{attribute, common_name};
use crate::names::phone::PhoneName;
use crate::observe::{By, Log, What, Whom};
use crate::source::Place;

/// One certificate that a phone logs in with, or could.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientCertificate {
    /// `CP-8851-SEP001122334455`; empty where a phone's log does not say.
    pub name: String,
    /// MIC or LSC.
    pub kind: CertificateKind,
    /// The issuer's common name; empty where nothing tells.
    pub issuer: String,
    /// The certificate itself, as a place in the list of certificates.
    pub known: Option<usize>,
    /// Who shows it.
    pub witness: Witness,
    /// Where it is shown.
    pub place: Place,
}

/// Who put a certificate into the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CertificateKind {
    /// The manufacturer.
    Mic,
    /// CUCM's certificate authority proxy function.
    Lsc,
    /// Nothing tells.
    Unknown,
}

/// Who shows a certificate, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Witness {
    /// The ASA received it.
    AsaLog,
    /// The phone says that it uses it.
    PhoneLog,
    /// A file: the phone has it.
    File,
}

/// Every certificate of a phone, the strongest witness first. A MIC that is only a file is left out where the same
/// phone has an LSC, because the phone does not send it then.
pub fn of(documents: &Documents<'_>, certificates: &[CaseCertificate<'_>]) -> Vec<ClientCertificate> {
    let mut found = Shown::default();
    for log in documents.logs_by(By::AsaLog) {
        from_asa_log(log, certificates, &mut found);
    }
    for log in documents.logs_by(By::PhoneLog) {
        from_phone_log(log, certificates, &mut found);
    }
    for (index, known) in certificates.iter().enumerate() {
        let kind = match known.role {
            Role::PhoneMic => CertificateKind::Mic,
            Role::PhoneLsc => CertificateKind::Lsc,
            _ => continue,
        };
        let Some(fields) = &known.certificate.document.fields else { continue };
        push(
            &mut found,
            ClientCertificate {
                name: fields.common_names.first().cloned().unwrap_or_default(),
                kind,
                issuer: common_name(&fields.issuer).to_owned(),
                known: Some(index),
                witness: Witness::File,
                place: known.place(),
            },
        );
    }
    let mut found = found.list;
    let with_lsc: BTreeSet<String> = found
        .iter()
        .filter(|one| one.kind == CertificateKind::Lsc)
        .map(|one| device(&one.name).to_owned())
        .collect();
    let spare = |one: &ClientCertificate| {
        one.kind == CertificateKind::Mic
            && one.witness == Witness::File
            && with_lsc.contains(device(&one.name))
    };
    found.retain(|one| !spare(one));
    found
}

/// Kind of a certificate by its issuer's common name.
pub fn kind_by_issuer(issuer: &str) -> CertificateKind {
    let issuer = issuer.to_ascii_lowercase();
    if issuer.starts_with("capf-") {
        CertificateKind::Lsc
    } else if MAKERS.iter().any(|maker| issuer.starts_with(maker)) {
        CertificateKind::Mic
    } else {
        CertificateKind::Unknown
    }
}

/// `SEP001122334455` of `CP-8851-SEP001122334455`.
pub fn device(name: &str) -> &str {
    PhoneName::at_end_of(name).and_then(|(at, _)| name.get(at..)).unwrap_or(name)
}

/// What was found, with the place of each in the list: a log may name tens of thousands.
#[derive(Default)]
struct Shown {
    list: Vec<ClientCertificate>,
    places: BTreeMap<(String, CertificateKind, String), usize>,
}

fn push(found: &mut Shown, one: ClientCertificate) {
    let place = found.places.entry((one.name.clone(), one.kind, one.issuer.clone()));
    let at = *place.or_insert(found.list.len());
    match found.list.get_mut(at) {
        Some(known) => known.known = known.known.or(one.known),
        None => found.list.push(one),
    }
}

fn from_asa_log(log: &Log<'_>, certificates: &[CaseCertificate<'_>], found: &mut Shown) {
    for event in &log.observations {
        let Whom::Certificate { subject, issuer, serial, .. } = event.about else { continue };
        let name = common_name(subject);
        if !PhoneName::ends(name) {
            continue;
        }
        let known = by_serial(certificates, name, serial);
        let issuer = match (issuer.is_empty(), known.and_then(|index| certificates.get(index))) {
            (false, _) => common_name(issuer).to_owned(),
            (true, Some(known)) => issuer_of(known),
            (true, None) => String::new(),
        };
        let kind = match kind_by_issuer(&issuer) {
            CertificateKind::Unknown if is_makers(subject) => CertificateKind::Mic,
            kind => kind,
        };
        let place = event.place();
        push(
            found,
            ClientCertificate { name: name.to_owned(), kind, issuer, known, witness: Witness::AsaLog, place },
        );
    }
}

/// A phone's log tells kind, subject and issuer in records of their own, in this order.
fn from_phone_log(log: &Log<'_>, certificates: &[CaseCertificate<'_>], found: &mut Shown) {
    let device_name = log.phone.map(|device| device.value.clone()).unwrap_or_default();
    let mut open: Option<ClientCertificate> = None;
    for event in &log.observations {
        let place = event.place();
        let begin = |name: String, kind: CertificateKind| ClientCertificate {
            name,
            kind,
            issuer: String::new(),
            known: None,
            witness: Witness::PhoneLog,
            place: place.clone(),
        };
        match event.what {
            What::ClientCertificateChosen { kind } => {
                open.take().into_iter().for_each(|one| push(found, one));
                let kind = match kind {
                    "MIC" => CertificateKind::Mic,
                    "LSC" => CertificateKind::Lsc,
                    _ => CertificateKind::Unknown,
                };
                open = Some(begin(device_name.clone(), kind));
            }
            What::ClientCertificateSubject { subject } if PhoneName::ends(common_name(subject)) => {
                let name = common_name(subject).to_owned();
                let unnamed = || begin(String::new(), CertificateKind::Unknown);
                open.get_or_insert_with(unnamed).name = name;
            }
            What::ClientCertificateIssuer { issuer } => {
                let issuer = common_name(issuer).to_owned();
                let Some(mut one) = open.take() else { continue };
                if one.kind == CertificateKind::Unknown {
                    one.kind = kind_by_issuer(&issuer);
                }
                one.known = certificates.iter().position(|known| {
                    known.name().contains(&one.name) && !one.name.is_empty() && issuer_of(known) == issuer
                });
                one.issuer = issuer;
                push(found, one);
            }
            _ => {}
        }
    }
    open.into_iter().for_each(|one| push(found, one));
}

fn issuer_of(known: &CaseCertificate<'_>) -> String {
    let fields = known.certificate.document.fields.as_ref();
    fields.map(|fields| common_name(&fields.issuer).to_owned()).unwrap_or_default()
}

fn by_serial(certificates: &[CaseCertificate<'_>], name: &str, serial: &str) -> Option<usize> {
    let serial = serial.to_ascii_lowercase().replace([':', ' '], "");
    let serial = serial.trim_start_matches("0x").trim_start_matches('0');
    certificates.iter().position(|known| {
        let fields = known.certificate.document.fields.as_ref();
        fields.is_some_and(|fields| {
            fields.serial == serial && fields.common_names.iter().any(|common| common == name)
        })
    })
}

/// The subject of a MIC.
fn is_makers(subject: &str) -> bool {
    attribute(subject, "o").to_ascii_lowercase().starts_with("cisco systems")
        && attribute(subject, "ou").eq_ignore_ascii_case("ctg")
}

/// Beginnings of the names of CAs that issue MICs, in lower case (CUCM security guide; Cisco 213295).
const MAKERS: [&str; 4] = ["cisco manufacturing ca", "cap-rtp-", "act2 sudi", "high assurance sudi"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{certificates, readings};

    fn all(files: &[(&str, &str)]) -> Vec<(String, CertificateKind, String, Witness)> {
        let readings = readings(files);
        let documents = Documents::of(&readings);
        let known = crate::facts::certificates::of(&documents);
        let found = of(&documents, &known);
        found.into_iter().map(|one| (one.name, one.kind, one.issuer, one.witness)).collect()
    }

    #[test]
    fn each_witness_tells_kind_and_issuer() {
        let name = "CP-8851-SEP001122334455".to_owned();
        let log = "%ASA-7-717029: Identified client certificate within certificate chain. serial number: 0A, subject name: cn=CP-8851-SEP001122334455,ou=CTG,o=Cisco Systems Inc..\n";
        assert_eq!(
            all(&[("a", log)]),
            [(name.clone(), CertificateKind::Mic, String::new(), Witness::AsaLog)]
        );
        let phone = "3333 NOT Nov 23 06:34:00.411671 SECUREAPP-SSL session setup - cert len=785, type=LSC\n\
            3334 NOT Nov 23 06:34:00.411672 SECUREAPP-SSL session setup - Certificate subject name = /O=x/CN=CP-8851-SEP001122334455\n\
            3335 NOT Nov 23 06:34:00.411673 SECUREAPP-SSL session setup - Certificate issuer name = /O=x/CN=CAPF-0a1b2c3d/C=DE\n";
        let lsc = (name.clone(), CertificateKind::Lsc, "CAPF-0a1b2c3d".to_owned(), Witness::PhoneLog);
        assert_eq!(all(&[("p", phone)]), [lsc]);
    }

    #[test]
    fn a_mic_beside_an_lsc_is_not_sent() {
        let found = all(&[("m", certificates::MIC_SHA2), ("l", certificates::LSC)]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].1, CertificateKind::Lsc);
        assert_eq!(all(&[("m", certificates::MIC_SHA2)])[0].2, "Cisco Manufacturing CA SHA2");
    }
}
