//! What do the group policies do to the phones of a tunnel group?
//!
//! The policy: what the log tells (113003, 113011: an attribute of the user; 113009: the tunnel group's default;
//! 734003, 722051), then a user's `vpn-group-policy`, then the tunnel group's `default-group-policy`, then
//! DfltGrpPolicy. Each attribute: the user's own, then the policy's, then DfltGrpPolicy's, then the release's default
//! (Cisco 116162, inheritance; a user's attributes by Cisco's sample in the CUCM 15 feature guide). Dynamic access
//! policies and AAA servers may overrule all of it and stand in no configuration.
//!
//! `show running-config` hides defaults: there a value that nobody sets is [`Origin::Default`], which explains but
//! proves nothing. What a text does not show is [`Origin::Unknown`].

use crate::diagnosis::Origin;
use crate::documents::asa_config::{AsaConfig, GroupPolicy, TunnelGroup, User};
use crate::event::PolicySource;
use crate::facts::In;
use crate::facts::asa_devices::AsaDevice;
use crate::facts::phone_groups::{PhoneGroup, PhoneGroups, is_called_phone};
use crate::facts::tunnel_groups::TunnelGroupLines;
use crate::finding::Confidence;
use crate::names::user::is_phone_user;
use crate::source::{Located, Place};
use crate::tables::policy_attributes::POLICY_ATTRIBUTES;
use crate::text::{Class, Text};

mod settings;
mod subject;
mod words;

use settings::{may_choose, setting};
use subject::Subject;
pub use subject::{DEFAULT_POLICY, Setting};
use words::{
    ACCESS_POLICIES, DEFAULTS_HIDDEN, EXCERPT, EXTERNAL, GOT_BY_PHONE, LOG_DEFAULT, LOG_SHOWS, LOG_USER,
    LOG_WINS, NAMED, NO_DEFAULT, NO_GROUP, NOT_SHOWN, OF_GROUP, OF_USER, POLICY_ABSENT, SERVER_MAY_CHOOSE,
    USER_FIRST, USER_NEEDS_LOCAL, USER_OF_PHONE,
};

/// The policy of the phones of one tunnel group, or of one user.
#[derive(Clone, Debug)]
pub struct EffectivePolicy<'a> {
    /// The ASA's place in the list of devices.
    pub device: usize,
    /// The input that holds its configuration.
    pub input: u32,
    /// The tunnel group; empty where only the policy is known.
    pub tunnel_group: String,
    /// The tunnel group's lines, where they are in the configuration.
    pub group: Option<TunnelGroupLines<'a>>,
    /// Why this is taken for the phones'.
    pub serves: Text,
    /// More than a name ties it to phones.
    pub sure: bool,
    /// The user whose attributes count.
    pub user: Option<&'a User>,
    /// The group policy; empty where it is not known.
    pub policy: String,
    /// How it was found, a step each.
    pub path: Vec<Text>,
    /// Every attribute that matters, in the order of the table.
    pub settings: Vec<Setting>,
    /// What the configuration cannot prove.
    pub unproven: Vec<Text>,
    /// An AAA server is asked, and the configuration is made for its choice: its answers are mapped to policies, or
    /// this policy lets nobody in and so is for those whom the server gives no other.
    pub left_to_server: bool,
    confidence: Confidence,
}

impl EffectivePolicy<'_> {
    /// One attribute by the ASA's word.
    pub fn setting(&self, attribute: &str) -> Option<&Setting> {
        self.settings.iter().find(|setting| setting.attribute == attribute)
    }

    /// The most that may be claimed of a setting.
    pub fn confidence(&self, setting: &Setting) -> Confidence {
        match setting.origin {
            // The order of users and policies is not in Cisco's texts on phones.
            Origin::User => Confidence::Possible,
            _ => self.confidence,
        }
    }

    /// The phones get the policy that all others inherit from.
    pub fn is_default_policy(&self) -> bool {
        self.policy == DEFAULT_POLICY
    }
}

/// The policies of every ASA's phones.
pub fn of<'a>(devices: &[AsaDevice<'a>], groups: &PhoneGroups) -> Vec<EffectivePolicy<'a>> {
    let mut views = Vec::new();
    for (index, device) in devices.iter().enumerate() {
        let before = views.len();
        let on_device: Vec<&PhoneGroup> =
            groups.groups.iter().filter(|group| lines_of(device, &group.name).is_some()).collect();
        let any_sure = on_device.iter().any(|group| group.is_sure());
        for group in on_device.iter().filter(|group| group.is_sure() || !any_sure) {
            of_group(index, device, groups, group, &mut views);
        }
        of_users(index, device, groups, &on_device, &mut views);
        of_policies(index, device, groups, before, &mut views);
    }
    views
}

fn of_group<'a>(
    index: usize,
    device: &AsaDevice<'a>,
    groups: &PhoneGroups,
    group: &PhoneGroup,
    views: &mut Vec<EffectivePolicy<'a>>,
) {
    let lines = lines_of(device, &group.name);
    let only = groups.sure().count() == 1;
    let mut logged: Vec<(String, Text)> = Vec::new();
    for login in groups.logins.values() {
        let here = login.tunnel_group.as_ref().map_or(only, |(name, _)| *name == group.name);
        let told = match (&login.chosen, &login.policy) {
            (Some((policy, by, place)), _) => Some((policy, chosen(policy, *by, place))),
            (None, Some((policy, place))) => Some((policy, step(LOG_SHOWS, policy, place))),
            (None, None) => None,
        };
        let Some((policy, text)) = told.filter(|_| here && group.is_sure()) else { continue };
        if !logged.iter().any(|(known, _)| known == policy) && logged.len() < MOST_VIEWS {
            logged.push((policy.clone(), text));
        }
    }
    let mut subject = |policy: String, path: Vec<Text>, logged: bool| {
        let subject = Subject {
            group: lines,
            serves: group.because(),
            sure: group.is_sure(),
            user: None,
            policy,
            path,
            logged,
        };
        views.push(view(index, device, subject));
    };
    let (policy, text) = by_configuration(device, &group.name);
    if logged.is_empty() {
        subject(policy, vec![text], false);
        return;
    }
    for (name, told) in logged {
        let path = if name == policy { vec![told, text.clone()] } else { vec![told, text.clone(), LOG_WINS] };
        subject(name, path, true);
    }
}

fn of_users<'a>(
    index: usize,
    device: &AsaDevice<'a>,
    groups: &PhoneGroups,
    on_device: &[&PhoneGroup],
    views: &mut Vec<EffectivePolicy<'a>>,
) {
    let mut told: Vec<&[(String, Located<String>)]> = Vec::new();
    for (config, user) in device.users().filter(|(_, user)| is_phone_user(&user.name.value)) {
        let same = |known: &&[(String, Located<String>)]| {
            let pairs = |list: &[(String, Located<String>)]| -> Vec<(String, String)> {
                list.iter().map(|(name, seen)| (name.clone(), seen.value.clone())).collect()
            };
            pairs(known) == pairs(&user.attributes)
        };
        let matters = user.attributes.iter().any(|(name, seen)| {
            name == USERS_POLICY
                || POLICY_ATTRIBUTES.iter().any(|row| row.told_by(name, &seen.value).is_some())
        });
        if !matters || told.iter().any(same) || told.len() >= MOST_VIEWS {
            continue;
        }
        told.push(&user.attributes);
        let login = groups.logins.get(&user.name.value);
        let logged_group = login.and_then(|login| login.tunnel_group.as_ref()).map(|(name, _)| name.as_str());
        let lone =
            (on_device.len() == 1).then(|| on_device.first().map(|group| group.name.as_str())).flatten();
        let group = logged_group.or(lone);
        let own = user.attributes.iter().rev().find(|(name, _)| name == USERS_POLICY);
        let (policy, mut path) = match (own, group) {
            (Some((_, seen)), _) => {
                (seen.value.clone(), vec![step(OF_USER, &seen.value, &config.place(&seen.at))])
            }
            (None, Some(group)) => {
                let (policy, text) = by_configuration(device, group);
                (policy, vec![text])
            }
            (None, None) => (String::new(), vec![NO_GROUP]),
        };
        path.insert(0, USER_FIRST.with("user", Class::User, &user.name.value));
        let subject = Subject {
            group: group.and_then(|group| lines_of(device, group)),
            serves: USER_OF_PHONE,
            sure: true,
            user: Some((config, user)),
            policy,
            path,
            logged: false,
        };
        views.push(view(index, device, subject));
    }
}

/// Policies that phones got by a log, and, where nothing else is known, those that are called so.
fn of_policies<'a>(
    index: usize,
    device: &AsaDevice<'a>,
    groups: &PhoneGroups,
    before: usize,
    views: &mut Vec<EffectivePolicy<'a>>,
) {
    let known =
        |views: &[EffectivePolicy<'a>], name: &str| views.iter().skip(before).any(|view| view.policy == name);
    for (name, place) in groups.policies.iter().take(MOST_VIEWS) {
        if policy_of(device, name).is_none() || known(views, name) {
            continue;
        }
        views.push(view(
            index,
            device,
            Subject {
                group: None,
                serves: GOT_BY_PHONE,
                sure: true,
                user: None,
                policy: name.clone(),
                path: vec![step(LOG_SHOWS, name, place)],
                logged: true,
            },
        ));
    }
    if views.len() > before {
        return;
    }
    let called: Vec<String> = device
        .group_policies()
        .map(|(_, policy)| policy.name.value.clone())
        .filter(|name| is_called_phone(name))
        .take(MOST_VIEWS)
        .collect();
    for name in called {
        if known(views, &name) {
            continue;
        }
        let subject = Subject {
            group: None,
            serves: NAMED,
            sure: false,
            user: None,
            policy: name,
            path: vec![NAMED],
            logged: false,
        };
        views.push(view(index, device, subject));
    }
}

fn lines_of<'a>(device: &AsaDevice<'a>, name: &str) -> Option<(In<'a, AsaConfig>, &'a TunnelGroup)> {
    device.tunnel_groups().find(|(_, group)| group.name.value == name)
}

fn policy_of<'a>(device: &AsaDevice<'a>, name: &str) -> Option<(In<'a, AsaConfig>, &'a GroupPolicy)> {
    let named = || device.group_policies().filter(|(_, policy)| policy.name.value == name);
    named().find(|(_, policy)| policy.shown.is_some()).or_else(|| named().next())
}

/// The policy by the tunnel group's lines, and how.
fn by_configuration(device: &AsaDevice<'_>, group: &str) -> (String, Text) {
    let named = device.tunnel_groups().filter(|(_, lines)| lines.name.value == group);
    let default = named
        .filter_map(|(config, lines)| lines.default_group_policy.as_ref().map(|seen| (config, seen)))
        .next();
    match default {
        Some((config, seen)) => (seen.value.clone(), step(OF_GROUP, &seen.value, &config.place(&seen.at))),
        None if device.covers("tunnel-group") => (DEFAULT_POLICY.to_owned(), NO_DEFAULT),
        None => (String::new(), NOT_SHOWN),
    }
}

fn view<'a>(index: usize, device: &AsaDevice<'a>, subject: Subject<'a>) -> EffectivePolicy<'a> {
    let mut unproven = Vec::new();
    let own = policy_of(device, &subject.policy);
    let external = own.is_some_and(|(_, policy)| policy.internal.as_ref().is_some_and(|seen| !seen.value));
    let by_server = subject.group.is_some_and(|(_, group)| may_choose(group));
    if external {
        unproven.push(EXTERNAL.with("policy", Class::Group, &subject.policy));
    } else if !subject.policy.is_empty() && own.is_none() {
        unproven.push(POLICY_ABSENT.with("policy", Class::Group, &subject.policy));
    }
    if by_server && !subject.logged {
        unproven.push(SERVER_MAY_CHOOSE);
    }
    if !device.covers("group-policy") {
        unproven.push(EXCERPT);
    } else if !device.covers_all("group-policy") {
        unproven.push(DEFAULTS_HIDDEN);
    }
    if subject.user.is_some() {
        unproven.push(USER_NEEDS_LOCAL);
    }
    if device.configs.iter().any(|config| !config.document.dap_records.is_empty()) {
        unproven.push(ACCESS_POLICIES);
    }
    let confidence = if !subject.sure {
        Confidence::Possible
    } else if !device.covers("group-policy") || by_server && !subject.logged || subject.user.is_some() {
        Confidence::Likely
    } else {
        Confidence::Certain
    };
    let left_to_server = by_server
        && !subject.logged
        && (subject.group.is_some_and(|(_, group)| settings::maps_answers(device, group))
            || own.is_some_and(|(_, policy)| settings::lets_nobody_in(policy)));
    let confidence = if left_to_server { Confidence::Possible } else { confidence };
    let settings = POLICY_ATTRIBUTES
        .iter()
        .map(|row| setting(device, &subject, own.filter(|_| !external), row))
        .collect();
    EffectivePolicy {
        device: index,
        input: subject.group.map_or_else(
            || own.map_or(device.input(), |(config, _)| config.input),
            |(config, _)| config.input,
        ),
        tunnel_group: subject.group.map(|(_, group)| group.name.value.clone()).unwrap_or_default(),
        group: subject.group.map(|(config, group)| TunnelGroupLines::new(config, group)),
        serves: subject.serves,
        sure: subject.sure,
        user: subject.user.map(|(_, user)| user),
        policy: subject.policy,
        path: subject.path,
        settings,
        unproven,
        left_to_server,
        confidence,
    }
}

fn chosen(policy: &str, by: PolicySource, place: &Place) -> Text {
    let template = match by {
        PolicySource::TunnelGroup => LOG_DEFAULT,
        PolicySource::User => LOG_USER,
    };
    step(template, policy, place)
}

fn step(template: Text, policy: &str, place: &Place) -> Text {
    let line = place.at.line;
    template.with("policy", Class::Group, policy).number("line", line)
}

/// A user's attribute that names the group policy.
const USERS_POLICY: &str = "vpn-group-policy";
/// Policies, users and views that are looked at of one ASA or tunnel group.
const MOST_VIEWS: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Case, Said};
    use crate::testing::{now, readings};

    /// Attribute, value, origin and from of each asked attribute of the first view.
    fn settings_of(files: &[(&str, &str)], attribute: &str) -> Vec<(String, String, Origin, String)> {
        let readings = readings(files);
        let said = Said::new();
        let case = Case::of(&readings, &said, now());
        let policies = case.effective_policies.iter();
        policies
            .filter_map(|policy| {
                let setting = policy.setting(attribute)?;
                Some((policy.policy.clone(), setting.value.clone(), setting.origin, setting.from.clone()))
            })
            .collect()
    }

    fn entry(policy: &str, value: &str, origin: Origin, from: &str) -> Vec<(String, String, Origin, String)> {
        vec![(policy.to_owned(), value.to_owned(), origin, from.to_owned())]
    }

    fn config(default: &str, own: &str, more: &str) -> String {
        format!(
            "ASA Version 9.1(1)\nhostname gw\ngroup-policy DfltGrpPolicy attributes\n{default}group-policy HANDSETS internal\n\
             group-policy HANDSETS attributes\n dns-server value 198.51.100.53\n{own}{more}tunnel-group BRANCH type remote-access\n\
             tunnel-group BRANCH general-attributes\n default-group-policy HANDSETS\ntunnel-group BRANCH webvpn-attributes\n \
             group-url https://gw.example.com/Branch enable\nwebvpn\n enable outside\n: end\n"
        )
    }

    const PHONE: &str =
        "<vpnGroup><addresses><url1>https://gw.example.com/Branch</url1></addresses></vpnGroup>";
    const LOGINS: &str = "vpn-simultaneous-logins";

    #[test]
    fn own_inherited_default_and_unknown_are_told_apart() {
        let zero = " vpn-simultaneous-logins 0\n";
        let two = " vpn-simultaneous-logins 2\n";
        let taken_back = " vpn-simultaneous-logins 2\n no vpn-simultaneous-logins\n";
        for (default, own, expected) in [
            (zero, two, entry("HANDSETS", "2", Origin::Own, "HANDSETS")),
            (zero, "", entry("HANDSETS", "0", Origin::Inherited, "DfltGrpPolicy")),
            (zero, taken_back, entry("HANDSETS", "0", Origin::Inherited, "DfltGrpPolicy")),
            ("", "", entry("HANDSETS", "3", Origin::Default, "")),
        ] {
            assert_eq!(settings_of(&[("a", &config(default, own, "")), ("p", PHONE)], LOGINS), expected);
        }
        let piece = config("", "", "").replace(": end\n", "");
        assert_eq!(
            settings_of(&[("a", &piece), ("p", PHONE)], LOGINS),
            entry("HANDSETS", "", Origin::Unknown, "")
        );
        assert_eq!(settings_of(&[("a", &config(zero, "", ""))], LOGINS), []);
    }

    #[test]
    fn the_default_of_a_protocol_is_that_of_the_release() {
        let words = "ikev1 ikev2 l2tp-ipsec ssl-client ssl-clientless";
        for (version, value) in [("9.1(1)", words), ("8.2(5)", ""), ("9.18(4)", "")] {
            let config = config("", "", "").replace("9.1(1)", version);
            let files = [("a", config.as_str()), ("p", PHONE)];
            assert_eq!(
                settings_of(&files, "vpn-tunnel-protocol"),
                entry("HANDSETS", value, Origin::Default, "")
            );
        }
    }

    #[test]
    fn a_users_attributes_come_before_every_policy() {
        let user = "username CP-8841-SEP0011223344AA attributes\n vpn-group-policy LOBBY\n vpn-simultaneous-logins 1\n\
            group-policy LOBBY internal\ngroup-policy LOBBY attributes\n vpn-filter none\n";
        let config = config(" vpn-simultaneous-logins 0\n", " vpn-simultaneous-logins 4\n", user);
        let expected = [
            entry("HANDSETS", "4", Origin::Own, "HANDSETS"),
            entry("LOBBY", "1", Origin::User, "CP-8841-SEP0011223344AA"),
        ];
        assert_eq!(settings_of(&[("a", &config), ("p", PHONE)], LOGINS), expected.concat());
    }

    #[test]
    fn the_log_tells_which_policy_was_taken() {
        let more = "group-policy LOBBY internal\ngroup-policy LOBBY attributes\n vpn-simultaneous-logins 7\n";
        let config = config("", "", more);
        for line in [
            "%ASA-6-113011: AAA retrieved user specific group policy (LOBBY) for user = CP-8841-SEP0011223344AA\n",
            "%ASA-7-734003: DAP: User CP-8841-SEP0011223344AA, Addr 203.0.113.7: Session Attribute aaa.cisco.grouppolicy = LOBBY\n",
        ] {
            let expected = entry("LOBBY", "7", Origin::Own, "LOBBY");
            assert_eq!(
                settings_of(&[("a", &config), ("p", PHONE), ("log", line)], LOGINS),
                expected,
                "{line}"
            );
        }
    }

    #[test]
    fn pieces_of_two_outputs_and_lone_policies_are_worked_out() {
        let groups = "tunnel-group BRANCH type remote-access\ntunnel-group BRANCH general-attributes\n default-group-policy HANDSETS\n\
            tunnel-group BRANCH webvpn-attributes\n group-url https://gw.example.com/Branch enable\n";
        let policies = "group-policy DfltGrpPolicy attributes\n vpn-simultaneous-logins 0\ngroup-policy HANDSETS attributes\n wins-server none\n";
        let expected = entry("HANDSETS", "0", Origin::Inherited, "DfltGrpPolicy");
        assert_eq!(settings_of(&[("a", groups), ("b", policies), ("p", PHONE)], LOGINS), expected);
        let named = policies.replace("HANDSETS", "IP-PHONES");
        assert_eq!(
            settings_of(&[("b", &named)], LOGINS),
            entry("IP-PHONES", "0", Origin::Inherited, "DfltGrpPolicy")
        );
        let external = "group-policy HANDSETS external server-group RADIUS password x\n";
        assert_eq!(
            settings_of(&[("a", groups), ("b", external), ("p", PHONE)], LOGINS),
            entry("HANDSETS", "", Origin::Unknown, "")
        );
    }
}
