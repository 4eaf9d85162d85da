//! Does a phone trust what the ASA presents, and if not, what is the hash that it has instead?
//!
//! A phone accepts the ASA's certificate if one of its hashes is the SHA-1 of that certificate, or of the issuer's
//! where the ASA sends the issuer along (Cisco 116162; CME administration guide, SSL VPN client).

use std::collections::BTreeMap;

use crate::documents::certificate::Holder;
use crate::facts::Documents;
use crate::facts::asa_devices::AsaDevice;
use crate::facts::certificates::CaseCertificate;
use crate::facts::dialled_asa::Lead;
use crate::facts::gateway_certificate::{GatewayCertificates, Presented, Witness};
use crate::facts::gateway_urls::PhoneUrl;
use crate::facts::logged_leaves;
use crate::facts::named_gateways::{self, Fit, names_of};
use crate::facts::of_phone::{OfPhone, of_phone, places};
use crate::facts::phones::Phone;
use crate::facts::trusted_hashes::TrustedHash;
use crate::observe::{By, What};
use crate::source::Place;

/// One phone's trust in one presented certificate.
#[derive(Clone, Debug)]
pub struct TrustMatch {
    /// The phone's place in the list of phones.
    pub phone: usize,
    /// The certificate's place in [`GatewayCertificates::presented`].
    pub presented: usize,
    /// The answer.
    pub trust: Trust,
    /// Where the phone's own log shows the certificate.
    pub shown: Option<Place>,
    /// The phone's own log goes on after it: the phone trusted it then.
    pub accepted: bool,
    /// It is a file of which only its names could tell whose it is, and they name other hosts than the phone dials.
    pub doubtful: bool,
}

impl OfPhone for TrustMatch {
    fn phone(&self) -> usize {
        self.phone
    }
}

/// Whether a phone trusts a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// This trusted hash is the certificate's.
    Leaf(usize),
    /// This trusted hash is the issuer's.
    Issuer {
        /// The trusted hash.
        hash: usize,
        /// The issuer's place in the list of certificates.
        issuer: usize,
        /// Whether the ASA sends the issuer along.
        sent: Sent,
    },
    /// None of its hashes fits.
    No,
}

/// Whether an ASA sends an issuer's certificate with its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It stands in the same trust-point, or a handshake shows it.
    Yes,
    /// The trust-point does not hold it, or a recording or the phone's log shows that it did not come.
    No,
    /// Nothing tells.
    Unknown,
}

impl Trust {
    /// True where the phone accepts the certificate, as far as can be told.
    pub fn holds(self) -> bool {
        matches!(self, Self::Leaf(_) | Self::Issuer { sent: Sent::Yes | Sent::Unknown, .. })
    }
}

/// What tells to which ASA a phone connects.
pub struct Dialled<'c, 'a> {
    /// The ASAs.
    pub devices: &'c [AsaDevice<'a>],
    /// The urls that phones dial.
    pub urls: &'c [PhoneUrl<'a>],
    /// Where they lead.
    pub leads: &'c [Lead],
}

impl Dialled<'_, '_> {
    /// True where a phone dials other gateways alone than the one that presents this.
    fn passes_by(&self, phone: usize, presented: &Presented) -> bool {
        let leads = self.leads.get(places(self.urls, phone)).unwrap_or_default();
        if leads.is_empty() {
            return false;
        }
        // Two ASAs may have one certificate.
        presented.places.iter().all(|(witness, place)| {
            self.device_of(*witness, place)
                .is_some_and(|device| leads.iter().all(|lead| lead.passes_by(device)))
        })
    }

    /// The ASA whose configuration binds a certificate; `None` where another witness shows it.
    fn device_of(&self, witness: Witness, place: &Place) -> Option<usize> {
        match witness {
            Witness::BoundTrustpoint => self
                .devices
                .iter()
                .position(|device| device.configs.iter().any(|config| config.input == place.input)),
            Witness::CertificateList if self.devices.len() == 1 => Some(0),
            _ => None,
        }
    }
}

/// Every phone that has hashes, with every certificate that is presented to it. What an ASA presents that the phone
/// does not dial is not presented to it.
pub fn of(
    documents: &Documents<'_>,
    phones: &[Phone<'_>],
    hashes: &[TrustedHash],
    gateway: &GatewayCertificates,
    certificates: &[CaseCertificate<'_>],
    dialled: &Dialled<'_, '_>,
) -> Vec<TrustMatch> {
    let mut matches = Vec::new();
    let leaves = logged_leaves::of(documents);
    let all_hosts = named_gateways::of(dialled.urls);
    let names = gateway.presented.iter().map(|presented| {
        let known = presented.certificate.filter(|_| presented.witness == Witness::LooseFile);
        let names = known.and_then(|index| certificates.get(index)).map(names_of).unwrap_or_default();
        let is_dialled = all_hosts.meets(&names);
        (names, is_dialled)
    });
    let names: Vec<(Vec<String>, bool)> = names.collect();
    // Thousands of phones trust one issuer.
    let mut known = BTreeMap::new();
    let mut is_sent = |index: usize, presented: &Presented, issuer: usize| {
        *known.entry((index, issuer)).or_insert_with(|| sent(documents, presented, issuer, certificates))
    };
    let mut missing = BTreeMap::new();
    let mut is_missing = |index: usize, presented: &Presented| {
        *missing.entry(index).or_insert_with(|| issuer_missing(documents, presented).is_some())
    };
    for (phone, settings) in phones.iter().enumerate() {
        let own: Vec<(usize, &TrustedHash)> = places(hashes, phone).zip(of_phone(hashes, phone)).collect();
        if own.is_empty() {
            continue;
        }
        let hosts = named_gateways::of(of_phone(dialled.urls, phone));
        let name = settings.config.document.device.as_ref().map(|device| device.value.as_str());
        for (index, (presented, (names, is_dialled))) in gateway.presented.iter().zip(&names).enumerate() {
            // A phone's log speaks of that phone alone.
            let by_log = presented.witness == Witness::PhoneLog;
            let shown = leaves.shown_to(name, &presented.sha1).filter(|_| by_log);
            if by_log && shown.is_none() || dialled.passes_by(phone, presented) {
                continue;
            }
            let sent = |issuer| is_sent(index, presented, issuer);
            let accepted = shown.is_some_and(|leaf| leaf.accepted);
            let trust = match trust_in(presented, &own, certificates, sent) {
                // This very phone went on after it: what it trusts came along, whatever else tells of it.
                Trust::Issuer { hash, issuer, .. } if accepted && !is_missing(index, presented) => {
                    Trust::Issuer { hash, issuer, sent: Sent::Yes }
                }
                trust => trust,
            };
            let fit = if trust.holds() { Fit::MayBe } else { hosts.fit(names, *is_dialled) };
            if fit != Fit::Another {
                let doubtful = fit == Fit::Doubtful;
                let shown = shown.map(|leaf| leaf.place.clone());
                matches.push(TrustMatch { phone, presented: index, trust, shown, accepted, doubtful });
            }
        }
    }
    matches
}

fn trust_in(
    presented: &Presented,
    own: &[(usize, &TrustedHash)],
    certificates: &[CaseCertificate<'_>],
    sent: impl FnOnce(usize) -> Sent,
) -> Trust {
    let with = |sha1: [u8; 20]| own.iter().find(|(_, hash)| hash.sha1 == Ok(sha1)).map(|(index, _)| *index);
    if let Some(hash) = with(presented.sha1) {
        return Trust::Leaf(hash);
    }
    for issuer in issuers_of(presented, certificates) {
        let Some(hash) = certificates.get(issuer).and_then(|known| with(known.sha1())) else { continue };
        return Trust::Issuer { hash, issuer, sent: sent(issuer) };
    }
    Trust::No
}

/// The issuers of a presented certificate, nearest first.
pub fn issuers_of(presented: &Presented, certificates: &[CaseCertificate<'_>]) -> Vec<usize> {
    let fields_of =
        |index: usize| certificates.get(index).and_then(|known| known.certificate.document.fields.as_ref());
    let mut issuers = Vec::new();
    let mut below = presented.certificate;
    // Each step adds a certificate that is not in the list yet, so this ends with the certificates.
    while let Some(fields) = below.and_then(fields_of).filter(|fields| !fields.self_signed) {
        below = certificates.iter().enumerate().position(|(index, known)| {
            let named = known.certificate.document.fields.as_ref();
            !issuers.contains(&index)
                && named
                    .is_some_and(|named| named.subject == fields.issuer && named.subject != fields.subject)
        });
        issuers.extend(below);
    }
    issuers
}

fn sent(
    documents: &Documents<'_>,
    presented: &Presented,
    issuer: usize,
    certificates: &[CaseCertificate<'_>],
) -> Sent {
    if issuer_missing(documents, presented).is_some() {
        return Sent::No;
    }
    let sha1 = certificates.get(issuer).map(CaseCertificate::sha1);
    if let Some(answer) = in_handshakes(presented, sha1, certificates) {
        return answer;
    }
    let Some(trustpoint) = &presented.trustpoint else { return Sent::Unknown };
    let in_chain = certificates
        .iter()
        .any(|known| Some(known.sha1()) == sha1 && known.trustpoint() == Some(trustpoint.as_str()));
    let chain_known = documents.asa_configs.iter().any(|config| {
        let points = &config.document.trustpoints;
        points.iter().any(|point| point.name.value == *trustpoint && !point.chain.is_empty())
    });
    match (in_chain, chain_known) {
        (true, _) => Sent::Yes,
        (false, true) => Sent::No,
        (false, false) => Sent::Unknown,
    }
}

/// The same by the handshakes in which the certificate is seen. A recording shows all that was sent; a program's output
/// may show the server's own alone (`openssl s_client` without `-showcerts`).
fn in_handshakes(
    presented: &Presented,
    issuer: Option<[u8; 20]>,
    certificates: &[CaseCertificate<'_>],
) -> Option<Sent> {
    let mut seen =
        presented.places.iter().filter(|(by, _)| matches!(by, Witness::Wire | Witness::Handshake)).peekable();
    seen.peek()?;
    let is_shown = seen.any(|(_, place)| {
        certificates.iter().any(|known| {
            let in_chain = matches!(known.certificate.document.holder, Holder::Handshake { depth: 1.., .. });
            in_chain && known.certificate.input == place.input && Some(known.sha1()) == issuer
        })
    });
    if is_shown {
        return Some(Sent::Yes);
    }
    (presented.witness == Witness::Wire).then_some(Sent::No)
}

/// The line in which a phone that saw this certificate says that no issuer came with it.
pub fn issuer_missing(documents: &Documents<'_>, presented: &Presented) -> Option<Place> {
    let shown = What::ServerCertificateHash { sha1: &presented.sha1 };
    documents.logs_by(By::PhoneLog).find_map(|log| {
        let mut after_leaf = log.observations.iter().skip_while(|event| event.what != shown);
        Some(after_leaf.find(|event| event.what == What::IssuerNotSent)?.place())
    })
}
