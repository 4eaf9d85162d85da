//! Which tunnel groups serve phones, and which group policies do phones get?
//!
//! Witnesses, the strongest first: the person's answer; a `group-url` that a phone's configuration dials; a phone's
//! user name (`CP-7962G-SEP001122334455`) with its tunnel group in an ASA's log (113024, 734003, 722020, 113019) or
//! session list; the client type `Cisco SVC IPPhone Client`; a tunnel group whose default group policy is one that a
//! phone got (722048, 722050, 722051, 734003, 113009) or that any message prints for a phone. Where several tunnel
//! groups hand out that policy, it tells of none of them alone. DfltGrpPolicy is printed before the group is known and
//! tells nothing. A name that tells of phones
//! ([`phone_names`]) is a hint and no more: nothing that rests on it is ever certain.
//!
//! `Group` names a group policy in most messages and a tunnel group in some (724001 and 724002 in either way), so a name
//! is taken for what the configuration knows it as, and a session is a phone's if its group is in either list (Cisco
//! 116162, the log of a login; Cisco Secure Firewall ASA Series Syslog Messages).

use std::collections::{BTreeMap, BTreeSet};

use crate::documents::asa_config::TunnelGroup;
use crate::event::Session;
use crate::facts::Documents;
use crate::facts::asa_devices::AsaDevice;
use crate::facts::gateway_urls::PhoneUrl;
use crate::facts::phone_addresses::phone_addresses;
use crate::finding::Confidence;
use crate::names::phone::PHONE_CLIENT;
use crate::names::user::is_phone_user;
use crate::observe::By;
use crate::source::{Located, Place};
use crate::tables::phone_names;
use crate::text::Text;
use crate::url::GatewayUrl;

mod log;
mod phone_login;

use log::{Names, from_log};
use phone_login::DEFAULT_POLICY;
pub use phone_login::PhoneLogin;

/// What is known of the phones' tunnel groups.
#[derive(Clone, Debug, Default)]
pub struct PhoneGroups {
    /// Tunnel groups that serve phones, the surest first.
    pub groups: Vec<PhoneGroup>,
    /// Logins of phones by their user names, as logs and session lists show them.
    pub logins: BTreeMap<String, PhoneLogin>,
    /// Group policies that phones got, each with a line that shows it.
    pub policies: BTreeMap<String, Place>,
    /// Public addresses from which phones logged in, by their user names.
    pub addresses: BTreeSet<String>,
    /// Group policies that no other tunnel group than the phones' hands out.
    own_policies: BTreeSet<String>,
}

/// A tunnel group that serves phones.
#[derive(Clone, Debug)]
pub struct PhoneGroup {
    /// Its name.
    pub name: String,
    /// Why it is taken for the phones', the strongest witness first; one of each kind.
    pub witnesses: Vec<(GroupWitness, Option<Place>)>,
}

/// What ties a tunnel group to phones, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupWitness {
    /// The person says so.
    Answer,
    /// A phone dials its `group-url`.
    Url,
    /// A phone logged in to it.
    Login,
    /// A phone's session is in the list of sessions.
    SessionList,
    /// A phone got the group policy that is this tunnel group's default.
    Policy,
    /// The same, but other tunnel groups hand it out, too.
    SharedPolicy,
    /// It is called so.
    Name,
}

impl GroupWitness {
    /// More than a name, or a policy that others get as well.
    pub fn is_sure(self) -> bool {
        self < Self::SharedPolicy
    }
}

impl PhoneGroup {
    /// True where more than its name ties it to phones.
    pub fn is_sure(&self) -> bool {
        self.witness().is_sure()
    }

    /// The most that a finding about this group may claim.
    pub fn at_most(&self, confidence: Confidence) -> Confidence {
        if self.is_sure() { confidence } else { Confidence::Possible }
    }

    /// The strongest witness.
    pub fn witness(&self) -> GroupWitness {
        self.witnesses.first().map_or(GroupWitness::Name, |(witness, _)| *witness)
    }

    /// Why it is taken for the phones', in a few words.
    pub fn because(&self) -> Text {
        match self.witness() {
            GroupWitness::Answer => ANSWERED,
            GroupWitness::Url => DIALLED,
            GroupWitness::Login => LOGGED_IN,
            GroupWitness::SessionList => LISTED,
            GroupWitness::Policy => SAME_POLICY,
            GroupWitness::SharedPolicy => SHARED_POLICY,
            GroupWitness::Name => NAMED,
        }
    }
}

/// What ties a session to a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SessionTie {
    /// Its tunnel group, or a group policy that only phones get.
    Group,
    /// The address of a phone, and no other name.
    Address,
    /// Its user name.
    User,
}

impl PhoneGroups {
    /// Tunnel groups that more than their name ties to phones.
    pub fn sure(&self) -> impl Iterator<Item = &PhoneGroup> {
        self.groups.iter().filter(|group| group.is_sure())
    }

    /// The phones' tunnel group of this name.
    pub fn group(&self, name: &str) -> Option<&PhoneGroup> {
        self.groups.iter().find(|group| group.name == name)
    }

    /// True for a tunnel group that more than its name ties to phones, and for a group policy that only phones get.
    pub fn serves(&self, name: &str) -> bool {
        self.sure().any(|group| group.name == name) || self.own_policies.contains(name)
    }

    /// The most that may be claimed of a message about this session; `None` where it is about somebody else.
    pub fn claim(&self, session: &Session) -> Option<Confidence> {
        match self.tie(session) {
            Some(SessionTie::User) => Some(Confidence::Certain),
            Some(SessionTie::Group | SessionTie::Address) => Some(Confidence::Likely),
            None => is_called_phone(&session.group).then_some(Confidence::Possible),
        }
    }

    /// Whether a session of a log is a phone's, and by what.
    pub fn tie(&self, session: &Session) -> Option<SessionTie> {
        if is_phone_user(&session.user) {
            return Some(SessionTie::User);
        }
        // Behind one address there may be a phone and a PC: the name tells them apart.
        let nameless = session.user.is_empty() || session.user.starts_with('*');
        if nameless && self.addresses.contains(&session.address) {
            return Some(SessionTie::Address);
        }
        let of_group = self.sure().any(|group| group.name == session.group);
        (of_group || self.own_policies.contains(&session.group)).then_some(SessionTie::Group)
    }
}

/// Finds the phones' tunnel groups; `answer` is what the person said to `tunnel-group`.
pub fn of(
    documents: &Documents<'_>,
    devices: &[AsaDevice<'_>],
    urls: &[PhoneUrl<'_>],
    answer: Option<&str>,
) -> PhoneGroups {
    let mut found = WitnessesByGroup::default();
    if let Some(name) = answer.map(str::trim).filter(|name| !name.is_empty()) {
        found.add(name, GroupWitness::Answer, None);
    }
    for (config, group) in devices.iter().flat_map(AsaDevice::tunnel_groups) {
        let name = &group.name.value;
        let dialled = |url: &str| {
            let urls = urls.iter().filter_map(|dialled| dialled.url.as_ref());
            GatewayUrl::parse(url).is_some_and(|own| urls.into_iter().any(|dialled| meets(&own, dialled)))
        };
        if let Some((url, _)) = group.group_urls.iter().find(|(url, _)| dialled(&url.value)) {
            found.add(name, GroupWitness::Url, Some(config.place(&url.at)));
        }
        if let Some(called) = called_phone(group) {
            found.add(name, GroupWitness::Name, Some(config.place(&called.at)));
        }
    }
    let mut logins = BTreeMap::new();
    let mut policies = BTreeMap::new();
    let names = Names::of(devices);
    for log in documents.logs_by(By::AsaLog) {
        from_log(log, &names, &mut logins, &mut policies);
    }
    for login in logins.values() {
        if let Some((name, place)) = &login.tunnel_group {
            found.add(name, GroupWitness::Login, Some(place.clone()));
        }
    }
    from_session_lists(documents, &mut found, &mut logins, &mut policies);
    let got: Vec<(&String, &Place)> = logins
        .values()
        .filter_map(|login| login.policy.as_ref().map(|(name, place)| (name, place)))
        .collect();
    for (name, place) in got {
        policies.entry(name.clone()).or_insert_with(|| place.clone());
    }
    by_policies(devices, &policies, &mut found);
    let mut groups = PhoneGroups {
        groups: found.sorted(),
        logins,
        policies,
        addresses: phone_addresses(documents),
        own_policies: BTreeSet::new(),
    };
    groups.own_policies = own_policies(&groups, devices);
    groups
}

/// Tunnel groups whose default is a policy that a phone got. One that several hand out is the phones' alone where it is
/// known of none of them otherwise, and then it is not known which.
fn by_policies(devices: &[AsaDevice<'_>], policies: &BTreeMap<String, Place>, found: &mut WitnessesByGroup) {
    for device in devices {
        let mut by_policy: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (_, group) in device.tunnel_groups() {
            let default = group.default_group_policy.as_ref().map(|seen| seen.value.as_str());
            if let Some(policy) = default.filter(|name| *name != DEFAULT_POLICY) {
                by_policy.entry(policy).or_default().insert(&group.name.value);
            }
        }
        for (policy, groups) in by_policy {
            let Some(place) = policies.get(policy) else { continue };
            if groups.len() > 1 && groups.iter().any(|name| found.is_tied(name)) {
                continue;
            }
            let witness = if groups.len() == 1 { GroupWitness::Policy } else { GroupWitness::SharedPolicy };
            groups.iter().for_each(|name| found.add(name, witness, Some(place.clone())));
        }
    }
}

/// The name that hints at phones: the tunnel group's own, an alias, the path of a group-url, or its policy's.
pub fn called_phone(group: &TunnelGroup) -> Option<&Located<String>> {
    let urls = group.group_urls.iter().map(|(url, _)| url);
    let of_path =
        |url: &&Located<String>| GatewayUrl::parse(&url.value).is_some_and(|url| is_called_phone(url.path));
    let aliases = group.group_aliases.iter().map(|(alias, _)| alias);
    [&group.name]
        .into_iter()
        .chain(aliases)
        .chain(&group.default_group_policy)
        .find(|seen| is_called_phone(&seen.value))
        .or_else(|| urls.into_iter().find(of_path))
}

/// A hint and no more.
pub fn is_called_phone(name: &str) -> bool {
    phone_names::is_hint(name)
}

/// The group-url is meant by what the phone dials, whether or not the ASA takes it so: `group-url-mismatch` tells
/// what differs.
fn meets(own: &GatewayUrl<'_>, dialled: &GatewayUrl<'_>) -> bool {
    let bare = |path: &str| path.trim_end_matches('/').to_ascii_lowercase();
    own.host.eq_ignore_ascii_case(dialled.host) && bare(own.path) == bare(dialled.path)
}

/// The witnesses by tunnel group.
#[derive(Default)]
struct WitnessesByGroup(BTreeMap<String, BTreeMap<GroupWitness, Option<Place>>>);

impl WitnessesByGroup {
    fn add(&mut self, name: &str, witness: GroupWitness, place: Option<Place>) {
        self.0.entry(name.to_owned()).or_default().entry(witness).or_insert(place);
    }

    /// True for a tunnel group that more than a policy or a name ties to phones.
    fn is_tied(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|witnesses| witnesses.keys().any(|one| *one < GroupWitness::Policy))
    }

    fn sorted(self) -> Vec<PhoneGroup> {
        let groups = self.0.into_iter();
        let mut groups: Vec<PhoneGroup> = groups
            .map(|(name, witnesses)| PhoneGroup { name, witnesses: witnesses.into_iter().collect() })
            .collect();
        groups.sort_by_key(PhoneGroup::witness);
        groups
    }
}

fn from_session_lists(
    documents: &Documents<'_>,
    found: &mut WitnessesByGroup,
    logins: &mut BTreeMap<String, PhoneLogin>,
    policies: &mut BTreeMap<String, Place>,
) {
    for list in &documents.asa_sessions {
        for session in &list.document.sessions {
            let client = session.client.as_ref().is_some_and(|seen| seen.value.contains(PHONE_CLIENT));
            if !client && !is_phone_user(&session.user) {
                continue;
            }
            let group = session.tunnel_group.as_ref().map(|seen| (seen.value.clone(), list.place(&seen.at)));
            let policy = session.group_policy.as_ref().map(|seen| (seen.value.clone(), list.place(&seen.at)));
            if let Some((name, place)) = &group {
                found.add(name, GroupWitness::SessionList, Some(place.clone()));
            }
            if let Some((name, place)) = &policy {
                policies.entry(name.clone()).or_insert_with(|| place.clone());
            }
            let login = logins.entry(session.user.clone()).or_default();
            login.tunnel_group = login.tunnel_group.take().or(group);
            login.policy = login.policy.take().or(policy);
        }
    }
}

/// Policies that tie a session to phones: the defaults of their tunnel groups, and those that phones got, without
/// any that another tunnel group hands out, too.
fn own_policies(groups: &PhoneGroups, devices: &[AsaDevice<'_>]) -> BTreeSet<String> {
    let mut own: BTreeSet<String> = groups.policies.keys().cloned().collect();
    let mut others = BTreeSet::from([DEFAULT_POLICY.to_owned()]);
    for (_, group) in devices.iter().flat_map(AsaDevice::tunnel_groups) {
        let Some(policy) = &group.default_group_policy else { continue };
        if groups.group(&group.name.value).is_some_and(PhoneGroup::is_sure) {
            own.insert(policy.value.clone());
        } else {
            others.insert(policy.value.clone());
        }
    }
    own.retain(|name| !others.contains(name));
    own
}

const ANSWERED: Text = Text::fixed("you said so", "so haben Sie geantwortet");
const DIALLED: Text =
    Text::fixed("a phone uses the group-url of this group", "ein Telefon nutzt die group-url dieser Gruppe");
const LOGGED_IN: Text = Text::fixed("a phone logged in to it", "ein Telefon hat sich dort angemeldet");
const LISTED: Text =
    Text::fixed("a phone's session is listed in it", "eine Sitzung eines Telefons ist dort aufgeführt");
const SAME_POLICY: Text = Text::fixed(
    "its group policy is one that a phone got",
    "ihre Gruppenrichtlinie (group-policy) hat ein Telefon bekommen",
);
const SHARED_POLICY: Text = Text::fixed(
    "its group policy is one that a phone got, and other tunnel groups hand it out as well",
    "ihre Gruppenrichtlinie (group-policy) hat ein Telefon bekommen, andere Tunnelgruppen vergeben sie aber auch",
);
const NAMED: Text = Text::fixed("only its name says so", "nur ihr Name spricht dafür");

#[cfg(test)]
mod tests;
