//! A [`Case`]: every fact of one investigation, and what the person said.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::both::both;
use crate::facts::after_tunnel::Remark;
use crate::facts::asa_authorities::{Authorities, Held};
use crate::facts::asa_devices::AsaDevice;
use crate::facts::asa_release::AsaRelease;
use crate::facts::certificate_failures::CertificateFailure;
use crate::facts::certificates::CaseCertificate;
use crate::facts::client_certificates::ClientCertificate;
use crate::facts::dialled_asa::Lead;
use crate::facts::earlier_gateways::EarlierGateway;
use crate::facts::effective_policy::EffectivePolicy;
use crate::facts::failing_clients::FailingClient;
use crate::facts::gateway_address::GatewayInterface;
use crate::facts::gateway_certificate::{GatewayCertificates, Presented, Witness};
use crate::facts::gateway_urls::PhoneUrl;
use crate::facts::handshake::Handshake;
use crate::facts::listed_identities::ListedIdentity;
use crate::facts::logged_failures::LoggedFailure;
use crate::facts::login_methods::LoginMethods;
use crate::facts::negotiation::{self, Negotiation};
use crate::facts::of_phone::places;
use crate::facts::open_attempts::OpenAttempts;
use crate::facts::other_gateway::OtherGateway;
use crate::facts::phone_clock::OutsideValidity;
use crate::facts::phone_groups::{PhoneGroup, PhoneGroups};
use crate::facts::phone_interfaces::PhoneInterface;
use crate::facts::phone_kinds::Model;
use crate::facts::phone_logins::PhoneLogin;
use crate::facts::phones::Phone;
use crate::facts::progress::Progress;
use crate::facts::serving_asas::Serves;
use crate::facts::sessions::Sessions;
use crate::facts::tftp_servers::TftpServer;
use crate::facts::tls_objections::Objection;
use crate::facts::trust_match::TrustMatch;
use crate::facts::trusted_hashes::TrustedHash;
use crate::facts::tunnel_groups::TunnelGroupLines;
use crate::facts::whose::{Message, Whose};
use crate::facts::why_untrusted::{Where, Why};
use crate::facts::wire::OnTheWire;
use crate::facts::wire_steps::WireStep;
use crate::facts::{self, Documents};
use crate::intake::Reading;
use crate::names::phone::PhoneName;
use crate::need::{Missing, Need};
use crate::observe::{By, Log, Observation, What};
use crate::text::Text;

/// What rules look at.
pub struct Case<'a> {
    /// What was read.
    pub documents: Documents<'a>,
    /// What the person said, or is asked.
    pub said: Asked<'a>,
    /// The clock of the case: seconds since 1970.
    pub now: i64,
    /// The releases that ASAs run, the strongest witness first.
    pub asa_releases: Vec<AsaRelease>,
    /// The phones and what they were told.
    pub phones: Vec<Phone<'a>>,
    /// The hashes that they trust.
    pub trusted_hashes: Vec<TrustedHash>,
    /// The urls that they dial.
    pub gateway_urls: Vec<PhoneUrl<'a>>,
    /// The ASAs whose configuration is in the case.
    pub asa_devices: Vec<AsaDevice<'a>>,
    /// Gateways of another make than an ASA.
    pub other_gateways: Vec<OtherGateway>,
    /// Which ASA each url leads to, in the order of the urls.
    pub dialled_asas: Vec<Lead>,
    /// Whether each ASA serves phones, in their order.
    pub serving_asas: Vec<Serves>,
    /// The interfaces that the phones dial.
    pub gateway_interfaces: Vec<GatewayInterface>,
    /// The tunnel groups that serve phones.
    pub phone_groups: PhoneGroups,
    /// What the group policies do to them.
    pub effective_policies: Vec<EffectivePolicy<'a>>,
    /// Every certificate.
    pub certificates: Vec<CaseCertificate<'a>>,
    /// Whether each phone logs in with a certificate.
    pub login_methods: LoginMethods,
    /// What phones log in with.
    pub client_certificates: Vec<ClientCertificate>,
    /// The CAs that the ASA trusts.
    pub asa_authorities: Authorities,
    /// Certificates of phones that the ASA refused.
    pub certificate_failures: Vec<CertificateFailure>,
    /// What the ASA presents.
    pub gateway_certificates: GatewayCertificates,
    /// What bound trust-points hold, where only the ASA's list of certificates shows it.
    pub listed_identities: Vec<ListedIdentity>,
    /// Which phone trusts which of those.
    pub trust_matches: Vec<TrustMatch>,
    /// What model each phone is.
    pub phone_models: Vec<Model>,
    /// TLS handshakes in ASA logs.
    pub handshakes: Vec<Handshake>,
    /// Whose something in the ASAs' logs is.
    pub whose: Whose,
    /// Messages of ASA logs that are or may be a phone's.
    pub messages: Vec<Message<'a>>,
    /// Failures of phones that logs tell, with those that were over.
    pub logged_failures: Vec<LoggedFailure>,
    /// Clients that fail in logs, of which nothing shows whether they are phones.
    pub failing_clients: Vec<FailingClient>,
    /// Where phones find the ASA's certificate outside its validity.
    pub outside_validity: Vec<OutsideValidity>,
    /// What phones and ASAs objected to in TLS.
    pub tls_objections: Vec<Objection>,
    /// What phones and each ASA agree on.
    pub negotiations: Vec<Negotiation>,
    /// Phones' sessions in ASA logs, from login to end.
    pub sessions: Sessions,
    /// How far the phones came.
    pub progress: Progress,
    /// What they say of files, trust lists and registration.
    pub after_tunnel: Vec<Remark>,
    /// The TFTP servers that they use.
    pub tftp_servers: Vec<TftpServer>,
    /// Phones of the case that no log shows, though logs show others.
    pub unseen_phones: Vec<PhoneName>,
    /// Who begins to connect again and again, though no file shows that a phone gets through afterwards.
    pub open_attempts: Option<OpenAttempts>,
    /// Failures of phones that captures show.
    pub on_the_wire: Vec<OnTheWire<'a>>,
    /// Gateways that failed phones before others took them.
    pub earlier_gateways: Vec<EarlierGateway>,
    /// What captures show of phones, step by step.
    pub wire_steps: Vec<WireStep<'a>>,
}

impl<'a> Case<'a> {
    /// Works out every fact.
    pub fn of(readings: &'a [Reading], said: &'a Said, now: i64) -> Self {
        let mut documents = Documents::of(readings);
        facts::older_settings::leave_out(&mut documents);
        facts::older_asa_configs::leave_out(&mut documents);
        let phones = facts::phones::of(&documents);
        let gateway_urls = facts::gateway_urls::of(&documents, &phones);
        let passed_by = passed_by(&documents, &phones, &gateway_urls, said);
        facts::serving_asas::leave_out(&mut documents, passed_by);
        // Nothing of what is done at a time asks for the other.
        let is_large = documents.logs.iter().map(|log| log.observations.len()).sum::<usize>() >= LARGE;
        let (mut handshakes, (asa_devices, phone_groups, certificates, whose)) = both(
            is_large,
            || facts::handshakes::of(&documents),
            || {
                let devices = facts::asa_devices::of(&documents);
                let group = said.answer("tunnel-group");
                let groups = facts::phone_groups::of(&documents, &devices, &gateway_urls, group);
                let certificates = facts::certificates::of(&documents);
                let whose = Whose::of(&documents, &groups, said.answer("phone"));
                (devices, groups, certificates, whose)
            },
        );
        let client_certificates = facts::client_certificates::of(&documents, &certificates);
        let dialled_asas = facts::dialled_asa::of(&documents, &asa_devices, &certificates, &gateway_urls);
        facts::handshakes::tie(&mut handshakes, &documents, &whose);
        let (messages, (sessions, after_tunnel)) = both(
            is_large,
            || facts::whose::messages::of(&documents, &whose, &mut handshakes),
            || (facts::sessions::of(&documents), facts::after_tunnel::of(&documents)),
        );
        let named = whose.names_phones();
        let open_attempts = facts::open_attempts::of(&documents, &phones, &handshakes, &sessions, named);
        let trusted_hashes = facts::trusted_hashes::of(&documents, &phones);
        let gateway_certificates = facts::gateway_certificate::of(&documents, &certificates, &gateway_urls);
        let (negotiations, logged_failures) = both(
            is_large,
            || {
                negotiation::of(negotiation::Witnesses {
                    documents: &documents,
                    devices: &asa_devices,
                    phones: &phones,
                    groups: &phone_groups,
                    certificates: &certificates,
                    handshakes: &handshakes,
                    urls: &gateway_urls,
                    leads: &dialled_asas,
                    model: said.answer("phone-model"),
                })
            },
            || facts::logged_failures::of(&documents, &messages, &handshakes),
        );
        let failures = facts::wire::of(&documents, &gateway_urls);
        let earlier_gateways = facts::earlier_gateways::of(&documents, &failures.left_for_another);
        let on_the_wire = failures.counting;
        let wire_steps = facts::wire_steps::of(&documents, &gateway_urls);
        let wire = facts::progress::Wire { steps: &wire_steps, failures: &on_the_wire };
        Self {
            negotiations,
            trust_matches: facts::trust_match::of(
                &documents,
                &phones,
                &trusted_hashes,
                &gateway_certificates,
                &certificates,
                &facts::trust_match::Dialled {
                    devices: &asa_devices,
                    urls: &gateway_urls,
                    leads: &dialled_asas,
                },
            ),
            serving_asas: facts::serving_asas::of(
                &documents,
                &asa_devices,
                &phones,
                &dialled_asas,
                &phone_groups,
            ),
            listed_identities: facts::listed_identities::of(&documents, &certificates),
            asa_releases: facts::asa_release::of(&documents),
            trusted_hashes,
            effective_policies: facts::effective_policy::of(&asa_devices, &phone_groups),
            login_methods: facts::login_methods::of(facts::login_methods::Witnesses {
                documents: &documents,
                phones: &phones,
                devices: &asa_devices,
                urls: &gateway_urls,
                leads: &dialled_asas,
                groups: &phone_groups,
                certificates: &client_certificates,
            }),
            client_certificates,
            asa_authorities: facts::asa_authorities::of(&documents, &certificates),
            certificate_failures: facts::certificate_failures::of(&messages),
            sessions,
            progress: facts::progress::of(&documents, &handshakes, &messages, &wire),
            on_the_wire,
            earlier_gateways,
            wire_steps,
            phone_groups,
            other_gateways: facts::other_gateway::of(&documents),
            gateway_interfaces: facts::gateway_address::of(&documents, &asa_devices, &gateway_urls),
            gateway_urls,
            asa_devices,
            gateway_certificates,
            after_tunnel,
            tftp_servers: facts::tftp_servers::of(&documents),
            unseen_phones: facts::unseen_phones::of(&documents, &phones),
            open_attempts,
            phone_models: facts::phone_kinds::models(&documents, &certificates),
            failing_clients: facts::failing_clients::of(&documents, &whose, &logged_failures),
            logged_failures,
            outside_validity: facts::phone_clock::of(&documents),
            tls_objections: facts::tls_objections::of(&documents, &handshakes),
            dialled_asas,
            documents,
            said: Asked::new(said),
            now,
            phones,
            certificates,
            handshakes,
            whose,
            messages,
        }
    }

    /// The release of the case's ASA; `None` where none is named, or where there is more than one ASA.
    pub fn asa_release(&self) -> Option<&AsaRelease> {
        facts::asa_release::agreed(&self.asa_releases)
    }

    /// The enterprise phones' configurations, or what is missing.
    pub fn phone_configs(&self) -> Result<Vec<&Phone<'a>>, Missing> {
        let phones: Vec<_> = self.phones.iter().filter(|phone| phone.is_enterprise()).collect();
        if phones.is_empty() { Err(Missing::need(Need::PhoneConfig)) } else { Ok(phones) }
    }

    /// The same, of those that have VPN settings.
    pub fn phones_with_vpn(&self) -> Result<Vec<&Phone<'a>>, Missing> {
        let phones: Vec<_> = self.phones.iter().filter(|phone| phone.vpn_group().is_some()).collect();
        if phones.is_empty() { Err(Missing::need(Need::PhoneConfig)) } else { Ok(phones) }
    }

    /// The ASA that an input is a configuration of, by its place in the list of devices.
    pub fn device_of(&self, input: u32) -> Option<usize> {
        let holds = |device: &AsaDevice<'_>| device.configs.iter().any(|config| config.input == input);
        self.asa_devices.iter().position(holds)
    }

    /// True where a certificate may be presented to a phone: one that only ASAs bind which it does not dial is not.
    pub fn is_presented_to(&self, presented: &Presented, phone: usize) -> bool {
        presented.places.iter().any(|(witness, place)| {
            let device = self.device_of(place.input).filter(|_| *witness == Witness::BoundTrustpoint);
            device.is_none_or(|device| !self.passes_by(phone, device))
        })
    }

    /// True for output of an ASA that phones may use: where a case holds several ASAs, what was printed in the session of
    /// one that nothing ties to phones says nothing of them.
    pub fn may_serve(&self, input: u32) -> bool {
        if self.asa_devices.len() < 2 || self.serving_asas.iter().all(|serves| *serves == Serves::Nothing) {
            return true;
        }
        let session = |input: u32| self.documents.session(input);
        let own = |device: &AsaDevice<'_>| {
            device.configs.iter().any(|config| {
                config.input == input || session(input).is_some() && session(config.input) == session(input)
            })
        };
        self.asa_devices.iter().position(own).is_none_or(|device| self.serves(device) != Serves::Nothing)
    }

    /// What ties an ASA, by its place in the list of devices, to phones.
    pub fn serves(&self, device: usize) -> Serves {
        self.serving_asas.get(device).copied().unwrap_or(Serves::Nothing)
    }

    /// True where something other than a name ties the case to phones: a configuration or a log of one, a login, or
    /// what the person says.
    pub fn knows_phones(&self) -> bool {
        self.phones.iter().any(|phone| phone.vpn_group().is_some())
            || !self.documents.phone_logs.is_empty()
            || !self.phone_groups.logins.is_empty()
            || self.phone_groups.sure().next().is_some()
    }

    /// True where a file of the case is an ASA's own.
    pub fn has_asa(&self) -> bool {
        facts::other_gateway::has_asa(&self.documents)
    }

    /// True where the gateway is another product and nothing of an ASA is in the case: then no command for an ASA is
    /// told, and nothing of one is asked for.
    pub fn is_without_asa(&self) -> bool {
        !self.other_gateways.is_empty() && !self.has_asa()
    }

    /// Phone logs in which a connection was tried, or what is missing.
    pub fn phone_attempts(&self) -> Result<Vec<&Log<'a>>, Missing> {
        let logs = self.documents.logs_by(By::PhoneLog);
        let logs: Vec<_> = logs.filter(|log| !log.attempts.is_empty()).collect();
        if logs.is_empty() { Err(Missing::need(Need::PhoneLog)) } else { Ok(logs) }
    }

    /// True where a phone's status messages are in the case.
    pub fn shows_status_messages(&self) -> bool {
        let no_message = |what: &What<'_>| matches!(what, What::Alarm { .. } | What::TunnelShown);
        self.documents.observed_by(By::PhoneStatus).any(|event| !no_message(&event.what))
    }

    /// The events of phones' own logs that still matter, each log's in its order.
    pub fn phone_events(&self) -> impl Iterator<Item = &Observation<'a>> {
        self.documents.logs_by(By::PhoneLog).flat_map(facts::events_that_matter::events_that_matter)
    }

    /// A phone's name, for people. What stands behind the last phone is what a CME tells its own.
    pub fn phone_name(&self, index: usize) -> String {
        match self.phones.get(index) {
            Some(phone) => phone.name(&self.documents),
            None if self.documents.cme_configs.is_empty() => String::new(),
            None => "CME".to_owned(),
        }
    }

    /// Why a phone's hash is not that of a presented certificate; the best reason first.
    pub fn why_untrusted(&self, hash: &TrustedHash, presented: &Presented) -> Vec<Why> {
        let looked_in =
            Where { documents: &self.documents, phones: &self.phones, certificates: &self.certificates };
        facts::why_untrusted::of(looked_in, hash, presented)
    }

    /// True where a log of an ASA tells of a phone's session.
    pub fn logs_show_phones(&self) -> bool {
        self.messages.iter().any(Message::is_phones)
    }

    /// The messages of the ASAs' logs that a phone got its address by.
    pub fn addresses_given(&self) -> impl Iterator<Item = &Message<'a>> {
        let given = |message: &&Message<'_>| matches!(message.what, What::AddressAssigned { .. });
        self.messages.iter().filter(|message| message.is_phones()).filter(given)
    }

    /// The messages of ASA logs that speak of phones' sessions.
    pub fn phone_logins(&self) -> Vec<PhoneLogin<'a, '_>> {
        facts::phone_logins::of(&self.messages)
    }

    /// The interfaces with webvpn that phones connect to.
    pub fn phone_interfaces(&self) -> Vec<PhoneInterface> {
        let (devices, gateways) = (&self.asa_devices, &self.gateway_interfaces);
        facts::phone_interfaces::of(&self.documents, devices, gateways, &self.gateway_urls)
    }

    /// The phones' tunnel groups as they are configured.
    pub fn phone_tunnel_groups(&self) -> Vec<(&PhoneGroup, TunnelGroupLines<'a>)> {
        let configured = self.asa_devices.iter().flat_map(facts::tunnel_groups::of_device);
        configured.filter_map(|lines| Some((self.phone_groups.group(lines.name())?, lines))).collect()
    }

    /// True where a phone, by its place in the list of phones, dials other gateways alone than this ASA.
    pub fn passes_by(&self, phone: usize, device: usize) -> bool {
        let own = self.dialled_asas.get(places(&self.gateway_urls, phone)).unwrap_or_default();
        !own.is_empty() && own.iter().all(|lead| lead.passes_by(device))
    }

    /// Whether the ASA has the issuer of a phone's certificate.
    pub fn issuer_held(&self, certificate: &ClientCertificate) -> Held<'_> {
        let known = certificate.known.and_then(|index| self.certificates.get(index));
        self.asa_authorities.holds(&certificate.issuer, known, &self.certificates)
    }

    /// The certificate behind a presented one.
    pub fn certificate(&self, index: usize) -> Option<&CaseCertificate<'a>> {
        self.certificates.get(index)
    }
}

/// Inputs of ASAs that no phone of the case dials, where another one is dialled: their settings are nobody's fault.
fn passed_by(
    documents: &Documents<'_>,
    phones: &[Phone<'_>],
    urls: &[PhoneUrl<'_>],
    said: &Said,
) -> BTreeSet<u32> {
    let devices = facts::asa_devices::of(documents);
    if devices.len() < 2 && documents.ios_configs.is_empty() || urls.is_empty() {
        return BTreeSet::new();
    }
    let certificates = facts::certificates::of(documents);
    let leads = facts::dialled_asa::of(documents, &devices, &certificates, urls);
    let groups = facts::phone_groups::of(documents, &devices, urls, said.answer("tunnel-group"));
    let serving = facts::serving_asas::of(documents, &devices, phones, &leads, &groups);
    facts::serving_asas::passed_by(documents, &devices, &serving, &leads)
}

/// What no file can show and the person stated, by the ids of the questions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said(BTreeMap<String, String>);

/// What was said, and which of the questions that nobody answered are asked: a rule that waits for an answer need not
/// say which, it has asked for it.
pub struct Asked<'a> {
    said: &'a Said,
    open: RefCell<BTreeSet<&'static str>>,
}

impl<'a> Asked<'a> {
    fn new(said: &'a Said) -> Self {
        Self { said, open: RefCell::default() }
    }

    /// What was said to a question. An open one is noted.
    pub fn answer(&self, key: &str) -> Option<&'a str> {
        let answer = self.said.answer(key);
        if answer.is_none()
            && let Some(question) = QUESTIONS.iter().find(|question| question.key == key)
        {
            self.open.borrow_mut().insert(question.key);
        }
        answer
    }

    /// What was said to a question, which is not asked by this.
    pub fn given(&self, key: &str) -> Option<&'a str> {
        self.said.answer(key)
    }

    /// The open questions that were asked since this was last called, in the order of their keys.
    pub fn take_open(&self) -> Vec<&'static str> {
        self.open.take().into_iter().collect()
    }
}

/// Events of a case that are worth a second thread: a tenth of a second of work.
const LARGE: usize = 10_000;

/// A question that may be answered.
pub struct Question {
    /// Its id: the KEY of `--say KEY=VALUE`.
    pub key: &'static str,
    /// The values that it takes; empty where any text is one.
    pub values: &'static [&'static str],
    /// What is asked.
    pub asks: Text,
}

/// Every question.
pub const QUESTIONS: &[Question] = &[
    Question {
        key: "phones-failing",
        values: &["newer", "older", "all", "some"],
        asks: Text::fixed("Which phones fail?", "Welche Telefone sind betroffen?"),
    },
    Question {
        key: "cucm-export",
        values: &["restricted", "unrestricted"],
        asks: Text::fixed(
            "Is CUCM the export restricted version?",
            "Ist der CUCM die exportbeschränkte Version?",
        ),
    },
    Question {
        key: "phone-model",
        values: &[],
        asks: Text::fixed("Which phone model?", "Welches Telefonmodell?"),
    },
    Question {
        key: "phone",
        values: &[],
        asks: Text::fixed(
            "Which phone (SEP…, its user or its address)?",
            "Welches Telefon (SEP…, sein Benutzer oder seine Adresse)?",
        ),
    },
    Question {
        key: "tunnel-group",
        values: &[],
        asks: Text::fixed(
            "Which tunnel group do the phones use?",
            "Welche Tunnelgruppe (tunnel-group) benutzen die Telefone?",
        ),
    },
    Question {
        key: "tftp-answers-outside",
        values: &["yes", "no"],
        asks: Text::fixed(
            "Does the TFTP server's address answer a ping from outside?",
            "Antwortet die Adresse des TFTP-Servers von außen auf einen Ping?",
        ),
    },
];

/// Why an answer was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotAnAnswer {
    /// There is no such question.
    UnknownKey,
    /// The question does not take this value.
    UnknownValue(&'static [&'static str]),
}

impl Said {
    /// Nothing was said.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes an answer.
    pub fn say(&mut self, key: &str, value: &str) -> Result<(), NotAnAnswer> {
        let question =
            QUESTIONS.iter().find(|question| question.key == key).ok_or(NotAnAnswer::UnknownKey)?;
        if !question.values.is_empty() && !question.values.contains(&value) {
            return Err(NotAnAnswer::UnknownValue(question.values));
        }
        self.0.insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    /// Takes an answer back.
    pub fn unsay(&mut self, key: &str) {
        self.0.remove(key);
    }

    /// What was said to a question.
    pub fn answer(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// Every answer: the question's key and what was said to it.
    pub fn answers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_questions_are_answered() {
        let mut said = Said::new();
        assert_eq!(said.say("phones-failing", "newer"), Ok(()));
        assert_eq!(said.answer("phones-failing"), Some("newer"));
        assert!(matches!(said.say("phones-failing", "blue"), Err(NotAnAnswer::UnknownValue(_))));
        assert_eq!(said.say("colour", "blue"), Err(NotAnAnswer::UnknownKey));
        said.unsay("phones-failing");
        assert_eq!(said, Said::new());
    }

    #[test]
    fn an_open_question_is_noted_where_it_is_asked() {
        let mut said = Said::new();
        said.say("phones-failing", "newer").unwrap();
        let asked = Asked::new(&said);
        assert_eq!(asked.answer("phones-failing"), Some("newer"));
        assert_eq!((asked.answer("cucm-export"), asked.answer("colour")), (None, None));
        assert_eq!(asked.take_open(), ["cucm-export"]);
        assert!(asked.take_open().is_empty(), "each rule's questions are its own");
    }
}
