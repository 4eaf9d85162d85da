//! Facts: what several documents together say about one question. One question, one file.
//!
//! A fact knows its witnesses and, where they differ in strength, which one wins; rules only ask. Nothing here
//! parses text: formats have done that.

use std::collections::BTreeSet;

use crate::documents::Content;
use crate::documents::asa_certificates::AsaCertificates;
use crate::documents::asa_config::AsaConfig;
use crate::documents::asa_debug::AsaDebug;
use crate::documents::asa_pools::AsaPools;
use crate::documents::asa_sessions::AsaSessions;
use crate::documents::asa_ssl::AsaSsl;
use crate::documents::asa_syslog::AsaSyslog;
use crate::documents::asa_version::AsaVersion;
use crate::documents::certificate::Certificate;
use crate::documents::cme_config::CmeConfig;
use crate::documents::cucm_cli::CucmCli;
use crate::documents::earlier_report::EarlierReport;
use crate::documents::foreign::Foreign;
use crate::documents::ios_config::IosConfig;
use crate::documents::phone_config::PhoneConfig;
use crate::documents::phone_log::PhoneLog;
use crate::documents::phone_status::PhoneStatus;
use crate::documents::signed_file::SignedFile;
use crate::documents::trust_list::TrustList;
use crate::input::{Input, Kind, Note};
use crate::intake::Reading;
use crate::observe::{self, By, Log, Observation};
use crate::source::{At, Located, Place, Searched, Stated};
use crate::text::Text;

pub mod aaa_servers;
pub mod access_policies;
pub mod access_policy_filters;
pub mod address_source;
pub mod after_tunnel;
pub mod asa_authorities;
pub mod asa_devices;
pub mod asa_release;
pub mod certificate_failures;
pub mod certificates;
pub mod client_certificates;
pub mod clocks;
pub mod cme_vpn;
pub mod control_plane;
pub mod dialled_asa;
pub mod distinguished_name;
pub mod dropped_traffic;
pub mod earlier_gateways;
pub mod effective_policy;
pub mod events_that_matter;
pub mod exchanges;
pub mod failing_clients;
pub mod filter_traffic;
pub mod gateway_address;
pub mod gateway_certificate;
pub mod gateway_urls;
pub mod group_url_offers;
pub mod handshake;
pub mod handshakes;
pub mod hello_lists;
pub mod licences;
pub mod listed_identities;
pub mod listed_sessions;
pub mod local_users;
pub mod log_parts;
pub mod logged_failures;
pub mod logged_leaves;
pub mod login_methods;
pub mod named_gateways;
pub mod negotiation;
pub mod of_phone;
pub mod older_asa_configs;
pub mod older_settings;
pub mod one_phone;
pub mod open_attempts;
pub mod other_gateway;
pub mod phone_addresses;
pub mod phone_clock;
pub mod phone_files;
pub mod phone_groups;
pub mod phone_interfaces;
pub mod phone_kinds;
pub mod phone_logins;
pub mod phone_stages;
pub mod phones;
pub mod problem_reports;
pub mod progress;
pub mod public_addresses;
pub mod recordings;
pub mod renewal;
pub mod secure_desktop;
pub mod serving_asas;
pub mod sessions;
pub mod shared_evidence;
pub mod tftp_servers;
pub mod timeline;
pub mod tls_matters;
pub mod tls_objections;
pub mod trust_list_signers;
pub mod trust_match;
pub mod trusted_hashes;
pub mod tunnel_groups;
pub mod unseen_phones;
pub mod webvpn;
pub mod whose;
pub mod why_untrusted;
pub mod wire;
pub mod wire_steps;
pub mod wire_words;

/// A document and the input that holds it.
#[derive(Debug)]
pub struct In<'a, T> {
    /// The input's id in the case.
    pub input: u32,
    /// The document.
    pub document: &'a T,
}

impl<T> Clone for In<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for In<'_, T> {}

impl<T> In<'_, T> {
    /// The case-wide place of something in this document.
    pub fn place(&self, at: &At) -> Place {
        Place { input: self.input, at: at.clone() }
    }

    /// The same value with its place in the case.
    pub fn stated<V: Clone>(&self, located: &Located<V>) -> Stated<V> {
        Stated { value: located.value.clone(), place: self.place(&located.at) }
    }
}

impl In<'_, AsaConfig> {
    /// All its lines, where something is not in them.
    pub fn searched(&self) -> Searched {
        Searched::lines(self.input, self.document.lines)
    }
}

/// Every document of a case by its kind, in the order of the inputs.
#[derive(Debug, Default)]
pub struct Documents<'a> {
    /// Every input; an id is a place in this list.
    pub inputs: Vec<Input>,
    /// Inputs that some document was read from.
    pub understood: BTreeSet<u32>,
    /// `show crypto ca certificates`.
    pub asa_certificates: Vec<In<'a, AsaCertificates>>,
    /// ASA configurations.
    pub asa_configs: Vec<In<'a, AsaConfig>>,
    /// ASA syslog.
    pub asa_syslogs: Vec<In<'a, AsaSyslog>>,
    /// `debug webvpn anyconnect`.
    pub asa_debugs: Vec<In<'a, AsaDebug>>,
    /// `show ip local pool`.
    pub asa_pools: Vec<In<'a, AsaPools>>,
    /// `show vpn-sessiondb`.
    pub asa_sessions: Vec<In<'a, AsaSessions>>,
    /// `show ssl`.
    pub asa_ssls: Vec<In<'a, AsaSsl>>,
    /// `show version`.
    pub asa_versions: Vec<In<'a, AsaVersion>>,
    /// CME configurations.
    pub cme_configs: Vec<In<'a, CmeConfig>>,
    /// Earlier reports: no evidence, no rule looks at them.
    pub earlier_reports: Vec<In<'a, EarlierReport>>,
    /// CUCM command line.
    pub cucm_clis: Vec<In<'a, CucmCli>>,
    /// What inputs seem to be that no format reads.
    pub foreigners: Vec<In<'a, Foreign>>,
    /// SSL VPNs of IOS routers.
    pub ios_configs: Vec<In<'a, IosConfig>>,
    /// Phones' status messages.
    pub phone_statuses: Vec<In<'a, PhoneStatus>>,
    /// Certificates.
    pub certificates: Vec<In<'a, Certificate>>,
    /// Phone configurations.
    pub phone_configs: Vec<In<'a, PhoneConfig>>,
    /// Phone logs.
    pub phone_logs: Vec<In<'a, PhoneLog>>,
    /// Signature headers.
    pub signed_files: Vec<In<'a, SignedFile>>,
    /// Trust lists.
    pub trust_lists: Vec<In<'a, TrustList>>,
    /// What logs, pages and other witnesses tell of events, in the order of the inputs.
    pub logs: Vec<Log<'a>>,
    /// Inputs of ASAs that the phones pass by, and older configurations of the others.
    pub left_out: BTreeSet<u32>,
}

impl<'a> Documents<'a> {
    /// Puts the documents of all readings together; inputs are numbered on over the case.
    pub fn of(readings: &'a [Reading]) -> Self {
        Self::of_those(readings, |_| true)
    }

    /// All inputs, and of the documents only those that are wanted: what a log of an ASA tells takes long to say.
    pub fn of_those(readings: &'a [Reading], is_wanted: fn(&Content) -> bool) -> Self {
        let mut all = Self::default();
        for reading in readings {
            let base = u32::try_from(all.inputs.len()).unwrap_or(u32::MAX);
            for input in &reading.inputs {
                let inside = input.inside.map(|id| id.saturating_add(base));
                all.inputs.push(Input { inside, ..input.clone() });
            }
            for document in reading.documents.iter().filter(|document| is_wanted(&document.content)) {
                let input = base.saturating_add(document.input);
                all.logs.extend(observe::of(&document.content, input));
                // A list of members tells nothing of what they hold.
                if !matches!(document.content, Content::Archive(_)) {
                    all.understood.insert(input);
                }
                match &document.content {
                    Content::Archive(_) | Content::Capture(_) => {}
                    Content::AsaCertificates(document) => all.asa_certificates.push(In { input, document }),
                    Content::AsaConfig(document) => all.asa_configs.push(In { input, document }),
                    Content::AsaSyslog(document) => all.asa_syslogs.push(In { input, document }),
                    Content::AsaDebug(document) => all.asa_debugs.push(In { input, document }),
                    Content::AsaPools(document) => all.asa_pools.push(In { input, document }),
                    Content::AsaSessions(document) => all.asa_sessions.push(In { input, document }),
                    Content::AsaSsl(document) => all.asa_ssls.push(In { input, document }),
                    Content::AsaVersion(document) => all.asa_versions.push(In { input, document }),
                    Content::EarlierReport(document) => all.earlier_reports.push(In { input, document }),
                    Content::CmeConfig(document) => all.cme_configs.push(In { input, document }),
                    Content::CucmCli(document) => all.cucm_clis.push(In { input, document }),
                    Content::Foreign(document) => all.foreigners.push(In { input, document }),
                    Content::IosConfig(document) => all.ios_configs.push(In { input, document }),
                    Content::PhoneStatus(document) => all.phone_statuses.push(In { input, document }),
                    Content::Certificate(document) => all.certificates.push(In { input, document }),
                    Content::PhoneConfig(document) => all.phone_configs.push(In { input, document }),
                    Content::PhoneLog(document) => all.phone_logs.push(In { input, document }),
                    Content::SignedFile(document) => all.signed_files.push(In { input, document }),
                    Content::TrustList(document) => all.trust_lists.push(In { input, document }),
                }
            }
        }
        all.leave_out_routers();
        all
    }

    /// A router's configuration has words of an ASA's; what they say is not about an ASA.
    fn leave_out_routers(&mut self) {
        let is_router =
            |id: u32| self.inputs.get(id as usize).is_some_and(|input| input.kind == Kind::IosConfig);
        self.asa_configs.retain(|config| !is_router(config.input));
    }

    /// What an input was cut out of: a recorded session, or a text that holds several outputs of one device. Files that
    /// only lie in one archive have nothing to do with one another.
    pub fn session(&self, input: u32) -> Option<u32> {
        let holder = self.input(input)?.inside?;
        self.input(holder).filter(|holder| holder.kind != Kind::Archive).map(|_| holder)
    }

    /// Says something of an input where it is listed.
    pub fn note(&mut self, input: u32, text: Text) {
        let input = usize::try_from(input).ok().and_then(|place| self.inputs.get_mut(place));
        if let Some(input) = input {
            input.notes.push(Note::whole(text));
        }
    }

    /// Leaves out what ASAs printed in these inputs. Their certificates stay: a hash may be that of another ASA, or of an
    /// earlier time.
    pub fn leave_out(&mut self, inputs: BTreeSet<u32>) {
        let stays = |input: u32| !inputs.contains(&input);
        self.asa_configs.retain(|one| stays(one.input));
        self.asa_versions.retain(|one| stays(one.input));
        self.asa_ssls.retain(|one| stays(one.input));
        self.asa_pools.retain(|one| stays(one.input));
        self.asa_certificates.retain(|one| stays(one.input));
        self.left_out.extend(inputs);
    }

    /// The logs of one kind of witness, in the order of the inputs.
    pub fn logs_by(&self, by: By) -> impl Iterator<Item = &Log<'a>> {
        self.logs.iter().filter(move |log| log.by == by)
    }

    /// The events that one kind of witness tells of, in the order of the inputs.
    pub fn observed_by(&self, by: By) -> impl Iterator<Item = &Observation<'a>> {
        self.logs_by(by).flat_map(|log| &log.observations)
    }

    /// The log of one kind of witness in an input.
    pub fn log_of(&self, by: By, input: u32) -> Option<&Log<'a>> {
        self.logs_by(by).find(|log| log.input == input)
    }

    /// An input by its id.
    pub fn input(&self, id: u32) -> Option<&Input> {
        self.inputs.get(id as usize)
    }

    /// True where some input was recognised as this kind, read or not.
    pub fn has_kind(&self, kind: Kind) -> bool {
        self.inputs.iter().any(|input| input.kind == kind)
    }
}
