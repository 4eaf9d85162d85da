//! What model is each phone, and what firmware does it run?
//!
//! Witnesses: the phone's user name at the ASA (`CP-7962G-SEP001122334455`), in logs, session lists and its own
//! certificate; its status page, above all the head of it; and its configuration, which names the firmware that it is told to load. A load
//! belongs to a family of models, so it tells the model only where the whole family is alike.

use std::collections::BTreeMap;

use crate::facts::Documents;
use crate::facts::certificates::CaseCertificate;
use crate::facts::phones::Phone;
use crate::names::phone::PhoneName;
use crate::names::user::without_domain;
use crate::observe::By;
use crate::source::Place;
use crate::tables::{phone_families, phone_models};

/// A phone's model, by a name of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// The phone's own name, for example `SEP001122334455`; empty where none is known.
    pub phone: String,
    /// `7962`.
    pub number: String,
    /// What names it, as printed.
    pub printed: String,
    /// Where.
    pub place: Place,
    /// It was seen at the ASA's SSL VPN, so the phone has a VPN client.
    pub at_gateway: bool,
}

/// A phone's firmware.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// The phone's own name; may be empty.
    pub phone: String,
    /// As printed: `sip88xx.12-5-1SR2-2`.
    pub load: String,
    /// Where.
    pub place: Place,
}

/// Every phone's model, one for each phone and number, by the first line that names it.
pub fn models(documents: &Documents<'_>, certificates: &[CaseCertificate<'_>]) -> Vec<Model> {
    let mut found = ModelsByPhone::default();
    for event in documents.observed_by(By::AsaLog) {
        if let Some(session) = event.session() {
            found.user(&session.user, true, || event.place());
        }
    }
    for list in &documents.asa_sessions {
        for session in &list.document.sessions {
            found.user(&session.user, true, || list.place(&session.at));
        }
    }
    for known in certificates {
        let names = known.certificate.document.fields.iter().flat_map(|fields| &fields.common_names);
        for name in names {
            found.user(name, false, || known.place());
        }
    }
    for status in &documents.phone_statuses {
        let device = status.document.device.as_ref().map_or("", |device| device.value.as_str());
        if let Some(model) = &status.document.model {
            found.add(device, &model.value, false, || status.place(&model.at));
        }
        for (name, value) in &status.document.settings {
            if name.to_ascii_lowercase().contains("model") {
                found.add(device, &value.value, false, || status.place(&value.at));
            }
        }
    }
    found.models
}

/// Every phone's firmware, as its configuration and its status page name it.
pub fn loads(documents: &Documents<'_>, phones: &[Phone<'_>]) -> Vec<Load> {
    let configured = phones.iter().filter_map(|phone| {
        let load = phone.config.document.load.as_ref()?;
        let name = phone.name(documents);
        Some(Load { phone: name, load: load.value.trim().to_owned(), place: phone.config.place(&load.at) })
    });
    let shown = documents.phone_statuses.iter().flat_map(|status| {
        let device = status.document.device.as_ref().map_or("", |device| device.value.as_str());
        status.document.settings.iter().filter(|(name, _)| name.to_ascii_lowercase().contains("load")).map(
            move |(_, value)| Load {
                phone: device.to_owned(),
                load: value.value.trim().to_owned(),
                place: status.place(&value.at),
            },
        )
    });
    let named = |load: &Load| {
        phone_families::firmware(&load.load).is_some() || phone_models::of_load(&load.load).is_some()
    };
    configured.chain(shown).filter(named).collect()
}

#[derive(Default)]
struct ModelsByPhone<'a> {
    models: Vec<Model>,
    /// Place in `models` by phone and number.
    known: BTreeMap<(&'a str, &'a str), usize>,
}

impl<'a> ModelsByPhone<'a> {
    /// A user name or common name of a phone: `LOCAL\CP-7962G-SEP001122334455`.
    fn user(&mut self, user: &'a str, at_gateway: bool, place: impl FnOnce() -> Place) {
        let name = without_domain(user);
        if let Some(phone) = PhoneName::written_at_end_of(name) {
            self.add(phone, name, at_gateway, place);
        }
    }

    fn add(&mut self, phone: &'a str, printed: &'a str, at_gateway: bool, place: impl FnOnce() -> Place) {
        let Some(number) = phone_models::number_in(printed) else { return };
        let key = (phone, number);
        match self.known.get(&key).and_then(|at| self.models.get_mut(*at)) {
            Some(model) => model.at_gateway |= at_gateway,
            None => {
                self.known.insert(key, self.models.len());
                self.models.push(Model {
                    phone: phone.to_owned(),
                    number: number.to_owned(),
                    printed: printed.trim().to_owned(),
                    place: place(),
                    at_gateway,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts;
    use crate::testing::readings;

    #[test]
    fn user_names_tell_models_and_files_tell_firmware() {
        let log = "%ASA-6-716038: Group <P> User <CP-7965G-SEP001122334455> IP <192.0.2.9> Authentication: successful, Session Type: WebVPN.\n\
            %ASA-6-716039: Group <P> User <CP-7965G-SEP001122334455> IP <192.0.2.9> Authentication: rejected, Session Type: WebVPN.\n\
            %ASA-6-716039: Group <P> User <joe> IP <192.0.2.9> Authentication: rejected, Session Type: WebVPN.\n";
        let file = "<device>\n<deviceProtocol>SIP</deviceProtocol>\n<loadInformation>sip88xx.12-5-1SR2-2</loadInformation>\n</device>";
        let read = readings(&[("x", log), ("SEP00112233445A.cnf.xml", file)]);
        let documents = Documents::of(&read);
        let models = models(&documents, &[]);
        assert_eq!(models.len(), 1);
        assert_eq!((models[0].phone.as_str(), models[0].number.as_str()), ("SEP001122334455", "7965"));
        assert!(models[0].at_gateway);
        let loads = loads(&documents, &facts::phones::of(&documents));
        assert_eq!(loads.len(), 1);
        assert_eq!((loads[0].phone.as_str(), loads[0].place.at.line), ("SEP00112233445A", 3));
    }
}
