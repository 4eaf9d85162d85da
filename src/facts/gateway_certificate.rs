//! Which certificate does the ASA present to the phones?
//!
//! Witnesses, strongest first: the phone's own log (`Leaf cert hash`), a handshake of a phone in a capture, the
//! trust-point that the ASA logged (725016), the output of a program that made a handshake with the phones' gateway (`openssl s_client`), the
//! trust-point bound to the SSL server with its certificate in the configuration, the same by `show crypto ca
//! certificates`, and a loose certificate file if it is all there is. Only the strongest kind of witness counts; what
//! a weaker one says otherwise is kept as a dispute, and is often the reason why.
//!
//! Where no handshake was seen, a loose file may still be what a browser got from the gateway. One that could be is
//! contested: it proves nothing, but nobody may say either that all is well.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use crate::documents::Holder;
use crate::documents::asa_config::{AsaConfig, Interface, SslTrustpoint};
use crate::facts::certificates::{CaseCertificate, Role};
use crate::facts::distinguished_name::common_name;
use crate::facts::gateway_urls::PhoneUrl;
use crate::facts::recordings::{self, Tie};
use crate::facts::{Documents, In, gateway_address};
use crate::observe::{By, What};
use crate::source::{Located, Place};

/// Places kept of one witness; a log repeats itself with every attempt.
const PLACES: usize = 8;

/// Who says so. The order is the order of strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Witness {
    /// `Leaf cert hash` in a phone's log.
    PhoneLog,
    /// A capture shows it in the handshake of a phone, or of a host that dials a phone's url.
    Wire,
    /// 725016 names the trust-point.
    TrustpointInLog,
    /// A program made a handshake and wrote the certificate down.
    Handshake,
    /// `ssl trust-point` in the configuration.
    BoundTrustpoint,
    /// `show crypto ca certificates` names the trust-point.
    CertificateList,
    /// A certificate file.
    LooseFile,
}

/// A certificate that is presented.
#[derive(Clone, Debug)]
pub struct Presented {
    /// Its SHA-1.
    pub sha1: [u8; 20],
    /// The strongest witness.
    pub witness: Witness,
    /// Where it is seen, each with its witness, the strongest first.
    pub places: Vec<(Witness, Place)>,
    /// Its place in the list of certificates, where the certificate itself is there.
    pub certificate: Option<usize>,
    /// Certificates that are sent with it: the CA certificates of the same trust-point or file.
    pub chain: Vec<usize>,
    /// The trust-point that holds it.
    pub trustpoint: Option<String>,
    /// The interface that the trust-point is bound to.
    pub interface: Option<String>,
    /// It is shown only to clients that ask for a host by its name (SNI). Whether phones do is in no document.
    pub only_by_name: bool,
}

impl Presented {
    /// The place that its strongest witness names.
    pub fn place(&self) -> Option<&Place> {
        self.places.first().map(|(_, place)| place)
    }
}

/// The answer.
#[derive(Clone, Debug, Default)]
pub struct GatewayCertificates {
    /// What is presented, by the strongest kind of witness there is.
    pub presented: Vec<Presented>,
    /// What weaker witnesses name besides.
    pub disputed: Vec<Presented>,
    /// Files among those that may have been taken from the gateway itself.
    pub contested: Vec<Contested>,
}

/// A loose file that may be what the gateway presents, against what its configuration says.
#[derive(Clone, Debug)]
pub struct Contested {
    /// The certificate.
    pub presented: Presented,
    /// Only an ASA makes such a certificate, and shows it to clients alone: it was seen in a handshake.
    pub self_made: bool,
}

impl GatewayCertificates {
    /// True where nothing shows which certificate is presented.
    pub fn is_empty(&self) -> bool {
        self.presented.is_empty()
    }
}

/// Collects the witnesses and lets the strongest win.
pub fn of(
    documents: &Documents<'_>,
    certificates: &[CaseCertificate<'_>],
    urls: &[PhoneUrl<'_>],
) -> GatewayCertificates {
    let hosts = recordings::dialled_hosts(urls);
    let mut all = Testimonies::default();
    from_phone_logs(documents, certificates, &mut all);
    from_asa_logs(documents, certificates, &mut all);
    from_handshakes(documents, certificates, &hosts, &mut all);
    from_bindings(documents, certificates, &hosts, &dialled_addresses(documents, urls, &hosts), &mut all);
    from_routers(documents, certificates, &mut all);
    from_certificate_lists(documents, certificates, &mut all);
    from_loose_files(documents, certificates, &mut all);
    let all = all.list;
    let Some(strongest) = all.iter().map(|presented| presented.witness).min() else {
        return GatewayCertificates::default();
    };
    let (presented, disputed): (Vec<Presented>, Vec<Presented>) =
        all.into_iter().partition(|presented| presented.witness == strongest);
    let contested = match strongest {
        Witness::BoundTrustpoint | Witness::CertificateList => {
            contested(documents, certificates, &hosts, &presented, &disputed)
        }
        _ => Vec::new(),
    };
    GatewayCertificates { presented, disputed, contested }
}

/// Loose files that were perhaps taken from the gateway: they have a name of what is bound or of what phones dial, or
/// are such as only an ASA makes for itself.
fn contested(
    documents: &Documents<'_>,
    certificates: &[CaseCertificate<'_>],
    hosts: &BTreeSet<String>,
    presented: &[Presented],
    disputed: &[Presented],
) -> Vec<Contested> {
    let names = |index: Option<usize>| -> BTreeSet<String> {
        let fields = index.and_then(|index| certificates.get(index)?.certificate.document.fields.as_ref());
        let names = fields.into_iter().flat_map(|fields| fields.dns_names.iter().chain(&fields.common_names));
        names.map(|name| name.to_ascii_lowercase()).collect()
    };
    let bound: BTreeSet<String> = presented.iter().flat_map(|one| names(one.certificate)).collect();
    let one_gateway = hosts.len() == 1;
    let loose = disputed.iter().filter(|one| one.witness == Witness::LooseFile);
    loose
        .filter_map(|one| {
            let own = names(one.certificate);
            let self_made = is_self_made(documents, certificates, one, &own);
            let same_name = own.intersection(&bound).next().is_some();
            let dialled = one_gateway && own.intersection(hosts).next().is_some();
            (self_made || same_name || dialled).then(|| Contested { presented: one.clone(), self_made })
        })
        .collect()
}

/// The certificate that an ASA makes at every start for want of another: self-signed, in no trust-point, and called as
/// the ASA calls such, or after the ASA itself.
fn is_self_made(
    documents: &Documents<'_>,
    certificates: &[CaseCertificate<'_>],
    presented: &Presented,
    names: &BTreeSet<String>,
) -> bool {
    let known = presented.certificate.and_then(|index| certificates.get(index));
    let Some(fields) = known.and_then(|known| known.certificate.document.fields.as_ref()) else {
        return false;
    };
    let hostnames = documents.asa_configs.iter().filter_map(|config| config.document.hostname.as_ref());
    let own_name = hostnames.map(|name| name.value.to_ascii_lowercase()).any(|name| names.contains(&name));
    fields.self_signed && (own_name || names.iter().any(|name| name.starts_with(TEMPORARY)))
}

/// `CN=ASA Temporary Self Signed Certificate`.
const TEMPORARY: &str = "asa temporary self signed";

/// What the witnesses say, with the place of each certificate in the list: a phone's log may name thousands.
#[derive(Default)]
struct Testimonies {
    list: Vec<Presented>,
    by_hash: BTreeMap<[u8; 20], usize>,
}

/// Adds one testimony; the same certificate twice is one certificate with two places.
fn add(
    all: &mut Testimonies,
    certificates: &[CaseCertificate<'_>],
    sha1: [u8; 20],
    (witness, place): (Witness, Place),
    trustpoint: Option<&str>,
    interface: Option<&str>,
) {
    let known = all.by_hash.get(&sha1).and_then(|at| all.list.get_mut(*at));
    if let Some(known) = known {
        let same = known.places.iter().filter(|(other, _)| *other == witness).count();
        if same < PLACES {
            known.places.push((witness, place));
        }
        if known.trustpoint.is_none() {
            known.trustpoint = trustpoint.map(str::to_owned);
        }
        if known.interface.is_none() {
            known.interface = interface.map(str::to_owned);
        }
        return;
    }
    let certificate = certificates.iter().position(|known| known.sha1() == sha1);
    all.by_hash.insert(sha1, all.list.len());
    all.list.push(Presented {
        sha1,
        witness,
        places: vec![(witness, place)],
        certificate,
        chain: certificate.map(|index| chain_of(certificates, index)).unwrap_or_default(),
        trustpoint: trustpoint.map(str::to_owned),
        interface: interface.map(str::to_owned),
        only_by_name: false,
    });
}

fn from_phone_logs(documents: &Documents<'_>, certificates: &[CaseCertificate<'_>], all: &mut Testimonies) {
    for event in documents.observed_by(By::PhoneLog) {
        if let What::ServerCertificateHash { sha1 } = event.what {
            add(all, certificates, *sha1, (Witness::PhoneLog, event.place()), None, None);
        }
    }
}

fn from_asa_logs(documents: &Documents<'_>, certificates: &[CaseCertificate<'_>], all: &mut Testimonies) {
    for event in documents.observed_by(By::AsaLog) {
        if let (What::TrustpointChosen { trustpoint }, Some(peer)) = (&event.what, event.peer())
            && let Some(identity) = identity_of(certificates, trustpoint, None)
        {
            let testimony = (Witness::TrustpointInLog, event.place());
            let interface = (!peer.interface.is_empty()).then_some(peer.interface.as_str());
            add(all, certificates, identity.sha1(), testimony, Some(trustpoint), interface);
        }
    }
}

/// False for a binding that no phone meets: all dial other interfaces of this ASA, or such as have one of their own.
fn is_met(config: &AsaConfig, bound_to: Option<&str>, dialled: &[IpAddr]) -> bool {
    let own = |interface: &Interface| {
        interface.address.as_ref().and_then(|address| address.value.parse::<IpAddr>().ok())
    };
    let mut met = config
        .interfaces
        .iter()
        .filter(|interface| own(interface).is_some_and(|address| dialled.contains(&address)))
        .map(|interface| interface.name.value.as_str())
        .peekable();
    if met.peek().is_none() {
        return true;
    }
    let has_its_own = |name: &str| {
        let mut bound = config.ssl.trust_points.iter();
        bound.any(|bound| bound.is_for_all() && bound.interface.as_deref() == Some(name))
    };
    met.any(|name| bound_to.map_or_else(|| !has_its_own(name), |bound_to| bound_to == name))
}

/// What a program saw of the gateway that phones dial, or of one that the output does not name.
fn from_handshakes(
    documents: &Documents<'_>,
    certificates: &[CaseCertificate<'_>],
    hosts: &BTreeSet<String>,
    all: &mut Testimonies,
) {
    let of_phones: BTreeSet<(u32, [u8; 20])> = recordings::of(documents)
        .iter()
        .flat_map(|recording| recording.handshakes(hosts))
        .filter(|(.., tie)| *tie >= Tie::Dials)
        .filter_map(|(at, shown, _)| Some((at.input, *shown.server_certificates.first()?)))
        .collect();
    for known in certificates {
        let Holder::Handshake { server, depth: 0 } = &known.certificate.document.holder else { continue };
        if known.certificate.document.fields.is_some() && is_dialled(server, hosts) {
            let on_the_wire = of_phones.contains(&(known.certificate.input, known.sha1()));
            let witness = if on_the_wire { Witness::Wire } else { Witness::Handshake };
            add(all, certificates, known.sha1(), (witness, known.place()), None, None);
        }
    }
}

/// False for a run that asked for another host than the phones do. An address may be that of any name.
fn is_dialled(server: &str, hosts: &BTreeSet<String>) -> bool {
    let is_address = |host: &str| host.parse::<IpAddr>().is_ok();
    let server = server.to_ascii_lowercase();
    server.is_empty()
        || hosts.is_empty()
        || hosts.contains(&server)
        || (is_address(&server) && hosts.iter().any(|host| !is_address(host)))
}

/// The addresses that phones dial; none where a name beside them may lead to any other interface.
fn dialled_addresses(
    documents: &Documents<'_>,
    urls: &[PhoneUrl<'_>],
    hosts: &BTreeSet<String>,
) -> Vec<IpAddr> {
    if hosts.len() > 1 && hosts.iter().any(|host| host.parse::<IpAddr>().is_err()) {
        return Vec::new();
    }
    gateway_address::dialled(documents, urls).into_iter().map(|(address, _)| address).collect()
}

/// Those of a domain that no phone dials are shown to none; that of a cluster's address counts where no other is bound,
/// since phones cannot follow from there to a member (`load-balancing-redirect`).
fn from_bindings(
    documents: &Documents<'_>,
    certificates: &[CaseCertificate<'_>],
    hosts: &BTreeSet<String>,
    dialled: &[IpAddr],
    all: &mut Testimonies,
) {
    for config in &documents.asa_configs {
        let serves_all =
            |bound: &SslTrustpoint| bound.is_for_all() && serves_phones(*config, bound.interface.as_deref());
        let is_any_for_all = config.document.ssl.trust_points.iter().any(serves_all);
        for bound in &config.document.ssl.trust_points {
            let interface = bound.interface.as_deref();
            if bound.of_cluster && is_any_for_all {
                continue;
            }
            let domain = bound.domain.as_ref().map(|domain| domain.to_ascii_lowercase());
            if !hosts.is_empty() && domain.as_ref().is_some_and(|domain| !hosts.contains(domain)) {
                continue;
            }
            if !serves_phones(*config, interface) || !is_met(config.document, interface, dialled) {
                continue;
            }
            let Some(identity) = identity_of(certificates, &bound.name.value, Some(config.input)) else {
                continue;
            };
            let testimony = (Witness::BoundTrustpoint, config.place(&bound.name.at));
            let is_new = !all.by_hash.contains_key(&identity.sha1());
            add(all, certificates, identity.sha1(), testimony, Some(&bound.name.value), interface);
            if let Some(known) = all.by_hash.get(&identity.sha1()).and_then(|at| all.list.get_mut(*at)) {
                known.only_by_name = domain.is_some() && (is_new || known.only_by_name);
            }
        }
    }
}

/// `ssl trustpoint` under an IOS router's `webvpn gateway`.
fn from_routers(documents: &Documents<'_>, certificates: &[CaseCertificate<'_>], all: &mut Testimonies) {
    for config in &documents.ios_configs {
        for bound in config.document.gateways.iter().filter_map(|gateway| gateway.trustpoint.as_ref()) {
            if let Some(identity) = identity_of(certificates, &bound.value, Some(config.input)) {
                let testimony = (Witness::BoundTrustpoint, config.place(&bound.at));
                add(all, certificates, identity.sha1(), testimony, Some(&bound.value), None);
            }
        }
    }
}

/// A binding to an interface on which webvpn is not enabled is not seen by any phone.
pub fn serves_phones(config: In<'_, AsaConfig>, interface: Option<&str>) -> bool {
    match (&config.document.webvpn, interface) {
        (Some(webvpn), Some(interface)) if !webvpn.enabled.is_empty() => {
            webvpn.enabled.iter().any(|enabled| enabled.value == interface)
        }
        _ => true,
    }
}

fn from_certificate_lists(
    documents: &Documents<'_>,
    certificates: &[CaseCertificate<'_>],
    all: &mut Testimonies,
) {
    for list in &documents.asa_certificates {
        for entry in list.document.entries.iter().filter(|entry| !entry.ca) {
            let bound = entry.trustpoints.iter().find(|trustpoint| {
                documents.asa_configs.iter().any(|config| {
                    config.document.ssl.trust_points.iter().any(|bound| bound.name.value == trustpoint.value)
                })
            });
            let (Some(trustpoint), Some(serial)) = (bound, &entry.serial) else { continue };
            let same = certificates.iter().find(|known| {
                known.certificate.document.fields.as_ref().is_some_and(|fields| fields.serial == serial.value)
            });
            if let Some(known) = same {
                let testimony = (Witness::CertificateList, list.place(&entry.at));
                add(all, certificates, known.sha1(), testimony, Some(&trustpoint.value), None);
            }
        }
    }
}

fn from_loose_files(documents: &Documents<'_>, certificates: &[CaseCertificate<'_>], all: &mut Testimonies) {
    for (index, known) in certificates.iter().enumerate() {
        let loose = match &known.certificate.document.holder {
            Holder::File => true,
            Holder::Handshake { depth, .. } => *depth == 0,
            Holder::Trustpoint { .. } | Holder::TrustList { .. } => false,
        };
        // Bytes whose fields cannot be read may be half a certificate: their hash would accuse the phone.
        let readable = known.certificate.document.fields.is_some();
        if !loose
            || !readable
            || !known.role.could_be_gateway()
            || issued_another(documents, certificates, index)
        {
            continue;
        }
        add(all, certificates, known.sha1(), (Witness::LooseFile, known.place()), None, None);
    }
}

/// True for a certificate that issued another one of the case: a CA that came along in a bundle, or that the ASA lists
/// as one.
fn issued_another(documents: &Documents<'_>, certificates: &[CaseCertificate<'_>], index: usize) -> bool {
    let Some(issuer) = fields_subject(certificates, index) else { return false };
    let by_certificate = certificates.iter().enumerate().any(|(other, known)| {
        let fields = known.certificate.document.fields.as_ref();
        other != index && fields.is_some_and(|fields| !fields.self_signed && fields.issuer == issuer)
    });
    let name = common_name(issuer);
    let entries = || documents.asa_certificates.iter().flat_map(|list| &list.document.entries);
    let listed = entries().any(|entry| {
        let named = |seen: &Option<Located<String>>| {
            seen.as_ref()
                .is_some_and(|seen| !name.is_empty() && common_name(&seen.value).eq_ignore_ascii_case(name))
        };
        named(&entry.issuer) && !named(&entry.subject)
    });
    by_certificate || listed
}

fn fields_subject<'a>(certificates: &'a [CaseCertificate<'_>], index: usize) -> Option<&'a str> {
    certificates.get(index)?.certificate.document.fields.as_ref().map(|fields| fields.subject.as_str())
}

/// The identity certificate of a trust-point, of one configuration where that is known: two ASAs may use the
/// same name.
pub fn identity_of<'c, 'a>(
    certificates: &'c [CaseCertificate<'a>],
    trustpoint: &str,
    input: Option<u32>,
) -> Option<&'c CaseCertificate<'a>> {
    let of_trustpoint = |known: &&CaseCertificate<'_>| {
        known.trustpoint() == Some(trustpoint) && input.is_none_or(|input| known.certificate.input == input)
    };
    certificates
        .iter()
        .filter(of_trustpoint)
        .find(|known| matches!(known.certificate.document.holder, Holder::Trustpoint { ca: false, .. }))
        .or_else(|| certificates.iter().filter(of_trustpoint).find(|known| known.role == Role::AsaSelfSigned))
}

/// What is sent with a certificate: the CA certificates of the same trust-point, or of the same file where they
/// are its issuers.
fn chain_of(certificates: &[CaseCertificate<'_>], index: usize) -> Vec<usize> {
    let Some(leaf) = certificates.get(index) else { return Vec::new() };
    let mut chain = Vec::new();
    let mut wanted = leaf.certificate.document.fields.as_ref().map(|fields| fields.issuer.clone());
    // Each step finds an issuer that is not in the chain yet, so this ends with the certificates.
    while let Some(issuer) = wanted.take() {
        let next = certificates.iter().enumerate().position(|(other, known)| {
            let together =
                known.trustpoint() == leaf.trustpoint() && known.certificate.input == leaf.certificate.input;
            let subject = fields_subject(certificates, other);
            other != index && !chain.contains(&other) && together && subject == Some(issuer.as_str())
        });
        if let Some(next) = next {
            chain.push(next);
            wanted = certificates
                .get(next)
                .and_then(|known| known.certificate.document.fields.as_ref())
                .filter(|fields| !fields.self_signed)
                .map(|fields| fields.issuer.clone());
        }
    }
    chain
}
