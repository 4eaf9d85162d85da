//! Whose a report is, where each phone, file or folder of a fleet has one, and what a summary of many asks of it.
//!
//! ```text
//! "subject": "SEP001122334455",
//! "fleet": {"model": "CP-7962G", "load": "SCCP42.9-4-2SR3-1S", "gateways": ["vpn.example.com"], "renewal": …}
//! ```
//! Empty: a report of a whole case has neither.

use serde::{Deserialize, Serialize};

use crate::diagnosis::Diagnosis;
use crate::facts::{Documents, gateway_urls, phones};
use crate::intake::Reading;
use crate::strings::strings;
use crate::tables::phone_models;
use crate::text::{Class, Lang, Text};
use crate::time::rfc3339;

/// Whose a report is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// A phone's name, a file's or a folder's.
    pub name: Text,
    /// As far as the case shows one phone.
    pub model: String,
    /// Its firmware.
    pub load: String,
    /// Hosts of the urls that it dials, in their order.
    pub gateways: Vec<Text>,
    /// What a renewal of the ASA's certificate means for it.
    pub renewal: Option<Renewal>,
}

/// What a renewal of the ASA's certificate means for one phone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewal {
    /// SHA-1 of the certificate that the ASA presents now, in lower-case hexadecimal.
    pub sha1: String,
    /// Its end: seconds since 1970.
    pub not_after: Option<i64>,
    /// A certificate is kept ready to follow it.
    pub has_next: bool,
    /// The phone trusts what is presented now.
    pub trusts_presented: bool,
    /// It trusts what is kept ready.
    pub trusts_next: bool,
    /// It trusts the CA that issued what is presented now.
    pub trusts_issuer: bool,
}

impl Subject {
    /// A file or a folder.
    pub fn file(name: &str) -> Self {
        Self { name: shown(Class::File, name), ..Self::default() }
    }

    /// A phone.
    pub fn phone(name: &str) -> Self {
        Self { name: shown(Class::Phone, name), ..Self::default() }
    }

    /// The same with what the case shows of its one phone; of several nothing is said.
    #[must_use]
    pub fn with_phone(self, readings: &[Reading], diagnosis: &Diagnosis) -> Self {
        let documents = Documents::of(readings);
        let all = phones::of(&documents);
        let [phone] = all.as_slice() else { return self.with_logged_model(diagnosis) };
        let load = phone.load().map(|load| load.value).unwrap_or_default();
        let mut gateways: Vec<Text> = Vec::new();
        for url in gateway_urls::of(&documents, &all).iter().filter_map(|url| url.url.as_ref()) {
            let host = shown(Class::Host, &url.host.to_ascii_lowercase());
            if !gateways.contains(&host) {
                gateways.push(host);
            }
        }
        let renewal = renewal(diagnosis, &phone.name(&documents));
        Self { load, gateways, renewal, ..self }.with_logged_model(diagnosis)
    }

    /// The model that a log names, or the one that the load is of.
    fn with_logged_model(self, diagnosis: &Diagnosis) -> Self {
        let name = self.name.en().into_owned();
        let row = diagnosis.phones.iter().find(|row| row.name == name && !row.model.is_empty());
        let of_load = || match phone_models::of_load(&self.load).map(|models| models.numbers) {
            Some([only]) => format!("CP-{only}"),
            Some(several) => {
                several.iter().map(|number| format!("CP-{number}")).collect::<Vec<_>>().join("/")
            }
            None => String::new(),
        };
        let model = row.map_or_else(of_load, |row| row.model.clone());
        Self { model, ..self }
    }
}

fn renewal(diagnosis: &Diagnosis, name: &str) -> Option<Renewal> {
    let view = diagnosis.renewal.as_ref()?;
    let phone = view.phones.iter().find(|phone| phone.name == name)?;
    let presented = usize::try_from(view.presented?).ok()?;
    let certificate = diagnosis.certificates.get(presented)?;
    Some(Renewal {
        sha1: certificate.sha1.clone(),
        not_after: certificate.not_after,
        has_next: view.next.is_some(),
        trusts_presented: phone.trusts_presented,
        trusts_next: phone.trusts_next,
        trusts_issuer: phone.trusts_issuer,
    })
}

fn shown(class: Class, name: &str) -> Text {
    NAMED.with("name", class, name)
}

const NAMED: Text = Text::fixed("{name}", "{name}");

/// What a summary of many reports asks of one.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FleetEntry {
    /// The model; empty where nothing shows it.
    model: String,
    /// The firmware; empty where nothing shows it.
    load: String,
    /// Hosts of the urls that the phone dials.
    gateways: Vec<String>,
    renewal: Option<RenewalEntry>,
}

/// What a renewal of the ASA's certificate means for the phone.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RenewalEntry {
    /// SHA-1 of the certificate that is presented now.
    certificate: String,
    not_after: Option<String>,
    /// A certificate is kept ready to follow it.
    has_next: bool,
    trusts_presented: bool,
    trusts_next: bool,
    trusts_issuer: bool,
}

/// As the report lists it.
pub(super) fn fleet_entry(subject: &Subject, lang: Lang) -> FleetEntry {
    FleetEntry {
        model: subject.model.clone(),
        load: subject.load.clone(),
        gateways: subject.gateways.iter().map(|host| host.get(lang).into_owned()).collect(),
        renewal: subject.renewal.as_ref().map(|renewal| RenewalEntry {
            certificate: renewal.sha1.clone(),
            not_after: renewal.not_after.map(rfc3339),
            has_next: renewal.has_next,
            trusts_presented: renewal.trusts_presented,
            trusts_next: renewal.trusts_next,
            trusts_issuer: renewal.trusts_issuer,
        }),
    }
}

strings! {
    Subject { name, model, load, gateways, renewal }
    Renewal { sha1: Hash, not_after, has_next, trusts_presented, trusts_next, trusts_issuer }
}
