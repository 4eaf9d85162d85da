//! What the messages of a log tell of a phone's tunnel group and group policy.
//!
//! ```text
//! 722051: Group <HANDSETS> User <CP-8841-SEP0011223344AA> … Address <198.51.100.3> assigned to session     its policy
//! 113024: Group BRANCH: Authenticating ssl connection … with username, CP-8841-SEP0011223344AA …   its tunnel group
//! ```
//! Of messages that may print either, what the configuration knows the name as decides; a name that is in none, and
//! what the ASA prints before it knows better, tells nothing there.
//!
//! Sources: Cisco 116162, the log of a login; Cisco Secure Firewall ASA Series Syslog Messages.

use std::collections::{BTreeMap, BTreeSet};

use super::{DEFAULT_POLICY, PhoneLogin};
use crate::event::{PolicySource, Session};
use crate::facts::asa_devices::AsaDevice;
use crate::names::phone::PHONE_CLIENT;
use crate::names::user::{is_phone_user, without_domain};
use crate::observe::{Log, Observation, What};
use crate::source::Place;

/// What names of groups stand for in the configurations.
#[derive(Default)]
pub(super) struct Names<'a> {
    tunnel_groups: BTreeSet<&'a str>,
    policies: BTreeSet<&'a str>,
    /// Tunnel groups that hand out the policy of their own name: whichever is meant, it is this group.
    alike: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    pub fn of(devices: &[AsaDevice<'a>]) -> Self {
        let groups = || devices.iter().flat_map(AsaDevice::tunnel_groups);
        let defaults = groups().filter_map(|(_, group)| group.default_group_policy.as_ref());
        let policies = devices.iter().flat_map(AsaDevice::group_policies);
        let alike = groups().map(|(_, group)| group).filter(|group| {
            group.default_group_policy.as_ref().is_some_and(|policy| policy.value == group.name.value)
        });
        Self {
            alike: alike.map(|group| group.name.value.as_str()).collect(),
            tunnel_groups: groups().map(|(_, group)| group.name.value.as_str()).collect(),
            policies: policies
                .map(|(_, policy)| policy.name.value.as_str())
                .chain(defaults.map(|seen| seen.value.as_str()))
                .collect(),
        }
    }

    /// What a name in a message stands for; `None` where no configuration knows it, or knows it as two things that
    /// have nothing to do with each other.
    fn meaning<'t>(&self, name: &'t str) -> Option<Mention<'t>> {
        match (self.tunnel_groups.contains(name), self.policies.contains(name)) {
            (true, false) => Some(Mention::TunnelGroup(name)),
            (false, true) => Some(Mention::Policy(name)),
            (true, true) if self.alike.contains(name) => Some(Mention::Policy(name)),
            _ => None,
        }
    }
}

/// Takes what a log tells of phones' logins, and of the policies that their clients get.
pub(super) fn from_log(
    log: &Log<'_>,
    names: &Names<'_>,
    logins: &mut BTreeMap<String, PhoneLogin>,
    policies: &mut BTreeMap<String, Place>,
) {
    for event in &log.observations {
        if let (What::ClientNamed { client }, Some(session)) = (&event.what, event.session())
            && client.contains(PHONE_CLIENT)
            && !session.group.is_empty()
        {
            policies.entry(session.group.clone()).or_insert_with(|| event.place());
        }
        let Some(session) = event.session().filter(|session| is_phone_user(&session.user)) else {
            continue;
        };
        let user = without_domain(&session.user);
        let told = mentions(event, session, names);
        if told.is_empty() {
            continue;
        }
        let login = logins.entry(user.to_owned()).or_default();
        let place = event.place();
        for told in told {
            match told {
                Mention::TunnelGroup(name) => login.tunnel_group = Some((name.to_owned(), place.clone())),
                Mention::Policy(name) => login.policy = Some((name.to_owned(), place.clone())),
                Mention::Chosen(name, by) => login.chosen = Some((name.to_owned(), by, place.clone())),
            }
        }
    }
}

/// What one message tells of a login.
enum Mention<'a> {
    TunnelGroup(&'a str),
    Policy(&'a str),
    Chosen(&'a str, PolicySource),
}

impl<'a> Mention<'a> {
    fn name(&self) -> &'a str {
        match self {
            Self::TunnelGroup(name) | Self::Policy(name) | Self::Chosen(name, _) => name,
        }
    }

    /// What the ASA prints before it knows better.
    fn is_default(&self) -> bool {
        [DEFAULT_POLICY, "DefaultWEBVPNGroup", "DefaultRAGroup"].contains(&self.name())
    }
}

fn mentions<'a>(event: &Observation<'a>, session: &'a Session, names: &Names<'_>) -> Vec<Mention<'a>> {
    let told = match event.what {
        What::UserFromCertificate => vec![Mention::TunnelGroup(&session.group)],
        What::SessionEnded { .. } | What::PostureRequired { .. } => {
            vec![names.meaning(&session.group).unwrap_or(Mention::TunnelGroup(&session.group))]
        }
        What::AddressAssigned { .. } | What::ClientNotAllowed => {
            vec![Mention::Policy(&session.group)]
        }
        What::NoAddress { tunnel_group, .. } => {
            vec![Mention::TunnelGroup(tunnel_group), Mention::Policy(&session.group)]
        }
        What::PolicyChosen { policy, by } => {
            vec![Mention::Chosen(policy, by), Mention::Policy(policy)]
        }
        What::AccessAttribute { name: "aaa.cisco.tunnelgroup", value } => {
            vec![Mention::TunnelGroup(value)]
        }
        What::AccessAttribute { name: "aaa.cisco.grouppolicy", value } => {
            vec![Mention::Policy(value)]
        }
        _ => names.meaning(&session.group).into_iter().filter(|told| !told.is_default()).collect(),
    };
    told.into_iter().filter(|told| !told.name().is_empty()).collect()
}
