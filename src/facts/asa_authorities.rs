//! Which CAs does the ASA trust when a phone shows its certificate?
//!
//! Witnesses: the CA certificates of trust-points in a configuration, and those of `show crypto ca certificates`.
//! What more than one ASA trusts is put together: a CA that only one of two ASAs lacks is not noticed here.
//!
//! A trust-point may be kept from such certificates: `validation-usage` without `ssl-client`, or `no validation-usage`
//! (ASA command reference, validation-usage). Cisco's own trust-point `_SmartCallHome_ServerCA` is like that.
//!
//! That a CA is missing can be said only where it would have been seen. A configuration tells it where it covers
//! `crypto ca certificate chain` and its chains are there: many people cut them out. A list of
//! `show crypto ca certificates` is taken for whole, because nothing in it says where it ends.

use std::collections::BTreeMap;

use crate::documents::Holder;
use crate::documents::asa_config::AsaConfig;
use crate::facts::certificates::CaseCertificate;
use crate::facts::distinguished_name::common_name;
use crate::facts::{Documents, In};
use crate::source::Place;

/// A CA of the ASA.
#[derive(Clone, Debug)]
pub struct Authority {
    /// Its common name.
    pub name: String,
    /// The trust-point that holds it.
    pub trustpoint: String,
    /// The certificate, as a place in the list of certificates.
    pub known: Option<usize>,
    /// Where it stands.
    pub place: Place,
    /// The setting that keeps its trust-point from the certificates of SSL VPN clients.
    pub kept_from_clients: Option<Place>,
}

/// How much is known of an ASA's CAs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Coverage {
    /// Nothing that shows them all.
    #[default]
    Part,
    /// A list that is most likely whole.
    Listed,
    /// A configuration with all its chains.
    Whole,
}

/// Every CA of the ASA.
#[derive(Clone, Debug, Default)]
pub struct Authorities {
    /// In the order of the inputs.
    pub all: Vec<Authority>,
    /// Whether there could be more.
    pub coverage: Coverage,
    /// The input that was searched, and its lines, for telling an absence.
    pub searched: Option<(u32, String)>,
}

/// Whether the ASA has an issuer.
#[derive(Clone, Debug)]
pub enum Held<'a> {
    /// It has it.
    Yes(&'a Authority),
    /// It has one of the same name with another key.
    OtherKey(&'a Authority),
    /// It has it in a trust-point that it does not ask about the certificates of SSL VPN clients.
    NotForClients(&'a Authority),
    /// It has none of this name, and it would have been seen.
    No,
    /// Nothing shows all its CAs.
    Unknown,
}

impl Authorities {
    /// Whether the ASA has the issuer of a certificate: by its common name, and by its key where both are known.
    pub fn holds(
        &self,
        issuer: &str,
        certificate: Option<&CaseCertificate<'_>>,
        certificates: &[CaseCertificate<'_>],
    ) -> Held<'_> {
        let wanted = key_id(certificate, false);
        let (mut other_key, mut kept) = (None, None);
        for authority in self.all.iter().filter(|one| one.name.eq_ignore_ascii_case(issuer)) {
            let held = key_id(authority.known.and_then(|index| certificates.get(index)), true);
            match (wanted, held) {
                (Some(wanted), Some(held)) if wanted != held => other_key = Some(authority),
                _ if authority.kept_from_clients.is_some() => kept = Some(authority),
                _ => return Held::Yes(authority),
            }
        }
        match (kept, other_key, self.coverage) {
            (Some(authority), ..) => Held::NotForClients(authority),
            (None, Some(authority), _) => Held::OtherKey(authority),
            (None, None, Coverage::Part) => Held::Unknown,
            (None, None, _) => Held::No,
        }
    }

    /// Some CA whose common name begins like this.
    pub fn named(&self, start: &str) -> Option<&Authority> {
        let start = start.to_ascii_lowercase();
        self.all.iter().find(|one| one.name.to_ascii_lowercase().starts_with(&start))
    }
}

/// Subject key identifier of a CA, or the one that a certificate names as its issuer's.
fn key_id<'a>(known: Option<&CaseCertificate<'a>>, own: bool) -> Option<&'a str> {
    let fields = known?.certificate.document.fields.as_ref()?;
    let id = if own { &fields.subject_key_id } else { &fields.authority_key_id };
    (!id.is_empty()).then_some(id.as_str())
}

/// Puts the CAs of all configurations and lists together.
pub fn of(documents: &Documents<'_>, certificates: &[CaseCertificate<'_>]) -> Authorities {
    let mut found = Authorities::default();
    let kept = kept_from_clients(documents);
    for (index, known) in certificates.iter().enumerate() {
        let Holder::Trustpoint { name, ca: true } = &known.certificate.document.holder else { continue };
        let Some(fields) = &known.certificate.document.fields else { continue };
        // What an ASA trusts that no phone dials lets none of them in.
        if documents.left_out.contains(&known.certificate.input) {
            continue;
        }
        found.all.push(Authority {
            name: common_name(&fields.subject).to_owned(),
            trustpoint: name.clone(),
            known: Some(index),
            place: known.place(),
            kept_from_clients: kept.get(name.as_str()).cloned(),
        });
    }
    for list in &documents.asa_certificates {
        for entry in list.document.entries.iter().filter(|entry| entry.ca) {
            let Some(subject) = &entry.subject else { continue };
            let name = common_name(&subject.value).to_owned();
            let serial = entry.serial.as_ref().map(|serial| serial.value.as_str()).unwrap_or_default();
            let same = |one: &Authority| {
                let fields =
                    one.known.and_then(|known| certificates.get(known)?.certificate.document.fields.as_ref());
                one.name == name && fields.is_none_or(|fields| fields.serial == serial)
            };
            // One of its trust-points that is asked is enough.
            let all_kept = entry.trustpoints.iter().map(|one| kept.get(one.value.as_str()));
            let kept_from_clients =
                all_kept.collect::<Option<Vec<_>>>().and_then(|all| all.first().copied().cloned());
            if let Some(known) = found.all.iter_mut().find(|one| same(one)) {
                if kept_from_clients.is_none() && !entry.trustpoints.is_empty() {
                    known.kept_from_clients = None;
                }
                continue;
            }
            let trustpoint = entry.trustpoints.first().map(|name| name.value.clone()).unwrap_or_default();
            let place = list.place(&entry.at);
            found.all.push(Authority { name, trustpoint, known: None, place, kept_from_clients });
        }
        found.coverage = Coverage::Listed;
        let lines = documents.input(list.input).and_then(|input| input.lines).unwrap_or_default();
        found.searched = Some((list.input, format!("lines 1-{lines}")));
    }
    if let Some(config) = documents.asa_configs.iter().find(|config| shows_all(**config, certificates)) {
        found.coverage = Coverage::Whole;
        found.searched = Some((config.input, format!("lines 1-{}", config.document.lines)));
    }
    found
}

/// Trust-points that every configuration with a block of them keeps from SSL VPN clients, and the line that does.
fn kept_from_clients<'a>(documents: &Documents<'a>) -> BTreeMap<&'a str, Place> {
    let mut kept: BTreeMap<&str, Option<Place>> = BTreeMap::new();
    for config in documents.asa_configs.iter().filter(|one| !documents.left_out.contains(&one.input)) {
        for trustpoint in &config.document.trustpoints {
            let setting =
                trustpoint.validation_usage.as_ref().filter(|usage| !names_ssl_clients(&usage.value));
            let line = setting.map(|usage| config.place(&usage.at));
            let known = kept.entry(trustpoint.name.value.as_str()).or_insert_with(|| line.clone());
            if line.is_none() {
                *known = None;
            }
        }
    }
    kept.into_iter().filter_map(|(name, line)| Some((name, line?))).collect()
}

fn names_ssl_clients(usage: &str) -> bool {
    usage.split([' ', ',']).any(|word| word == "ssl-client")
}

/// The chains are all there, with their bytes.
fn shows_all(config: In<'_, AsaConfig>, certificates: &[CaseCertificate<'_>]) -> bool {
    let document = config.document;
    let decoded = |trustpoint: &str| {
        let holder = |known: &&CaseCertificate<'_>| {
            known.certificate.input == config.input && known.trustpoint() == Some(trustpoint)
        };
        certificates.iter().filter(holder).count()
    };
    let whole_chain = |one: &crate::documents::asa_config::Trustpoint| {
        let chains = one.chain.len();
        chains > 0 && decoded(&one.name.value) >= chains
    };
    // A trust-point that enrols by itself, or was never enrolled, may have no chain; but where no trust-point has
    // one, the chains were cut out.
    document.scope.covers("crypto ca certificate chain")
        && document.trustpoints.iter().all(|one| one.chain.is_empty() || whole_chain(one))
        && (document.trustpoints.is_empty() || document.trustpoints.iter().any(whole_chain))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{asa, certificates, chain, readings};

    fn held(files: &[(&str, &str)], issuer: &str) -> &'static str {
        let readings = readings(files);
        let documents = Documents::of(&readings);
        let known = crate::facts::certificates::of(&documents);
        let lsc = known.iter().find(|one| one.name().contains("SEP"));
        match of(&documents, &known).holds(issuer, lsc, &known) {
            Held::Yes(_) => "yes",
            Held::OtherKey(_) => "other key",
            Held::NotForClients(_) => "not for clients",
            Held::No => "no",
            Held::Unknown => "unknown",
        }
    }

    #[test]
    fn an_issuer_is_known_by_name_and_key() {
        let with = |pem: &str| asa("", &chain("CAPF", &[("ca ", pem)]));
        let (old, renewed) = (with(certificates::CAPF_OLD), with(certificates::CAPF_RENEWED));
        let lsc = ("lsc", certificates::LSC);
        assert_eq!(held(&[lsc, ("asa", &old)], "CAPF-0a1b2c3d"), "yes");
        assert_eq!(held(&[lsc, ("asa", &renewed)], "CAPF-0a1b2c3d"), "other key");
        assert_eq!(held(&[("asa", &old)], "CAPF-99999999"), "no");
    }

    #[test]
    fn a_trust_point_may_be_kept_from_clients() {
        let with = |usage: &str| {
            let own = format!("crypto ca trustpoint CAPF\n enrollment terminal\n{usage}");
            asa("", &format!("{own}{}", chain("CAPF", &[("ca ", certificates::CAPF_OLD)])))
        };
        for (usage, told) in [
            ("", "yes"),
            (" validation-usage ssl-client\n", "yes"),
            (" validation-usage ipsec-client ssl-client\n", "yes"),
            (" no validation-usage\n", "not for clients"),
            (" validation-usage ipsec-client\n", "not for clients"),
            (" validation-usage ssl-server\n", "not for clients"),
        ] {
            assert_eq!(held(&[("asa", &with(usage))], "CAPF-0a1b2c3d"), told, "{usage}");
        }
        let kept = with(" no validation-usage\n");
        let second = "crypto ca trustpoint SECOND\n enrollment terminal\n";
        let again = chain("SECOND", &[("ca ", certificates::CAPF_OLD)]);
        assert_eq!(held(&[("asa", &format!("{kept}{second}{again}"))], "CAPF-0a1b2c3d"), "yes");
    }

    #[test]
    fn one_trust_point_of_several_that_is_asked_is_enough() {
        let own = "crypto ca trustpoint CAPF\n enrollment terminal\n no validation-usage\n";
        let config = asa("", own);
        for (names, told) in [("CAPF", "not for clients"), ("CAPF SECOND", "yes"), ("SECOND CAPF", "yes")] {
            let list = format!(
                "CA Certificate\n  Status: Available\n  Certificate Serial Number: 0a1b\n  Certificate Usage: General Purpose\n  Issuer Name: \n    cn=CAPF-0a1b2c3d\n  Subject Name: \n    cn=CAPF-0a1b2c3d\n  Associated Trustpoints: {names}\n"
            );
            assert_eq!(held(&[("asa", &config), ("show", &list)], "CAPF-0a1b2c3d"), told, "{names}");
        }
    }

    #[test]
    fn chains_that_were_cut_out_prove_nothing() {
        assert_eq!(held(&[("asa", &asa("", ""))], "CAPF-0a1b2c3d"), "unknown");
    }
}
