//! One attribute of a policy: the user's own, the policy's, DfltGrpPolicy's, the release's default.

use super::{DEFAULT_POLICY, Setting, Subject};
use crate::diagnosis::Origin;
use crate::documents::asa_config::{AsaConfig, GroupPolicy, TunnelGroup};
use crate::facts::In;
use crate::facts::asa_devices::AsaDevice;
use crate::facts::asa_release::Release;
use crate::source::Located;
use crate::tables::policy_attributes::{PolicyAttribute, SIMULTANEOUS_LOGINS, TUNNEL_PROTOCOL};

/// One attribute, from the surest place that sets it.
pub(super) fn setting<'a>(
    device: &AsaDevice<'a>,
    subject: &Subject<'a>,
    own: Option<(In<'a, AsaConfig>, &'a GroupPolicy)>,
    row: &PolicyAttribute,
) -> Setting {
    let unset = |origin: Origin, value: &str| Setting {
        attribute: row.name,
        value: value.to_owned(),
        origin,
        from: String::new(),
        place: None,
    };
    let set =
        |config: In<'a, AsaConfig>, from: &str, origin: Origin, found: (&str, &Located<String>)| Setting {
            attribute: row.name,
            value: found.0.to_owned(),
            origin,
            from: from.to_owned(),
            place: Some(config.place(&found.1.at)),
        };
    if let Some((config, user)) = subject.user
        && let Some(found) = last(&user.attributes, row)
    {
        return set(config, &user.name.value, Origin::User, found);
    }
    let Some((config, policy)) = own else { return unset(Origin::Unknown, "") };
    let is_default = subject.policy == DEFAULT_POLICY;
    if let Some(found) = last(&policy.attributes, row) {
        let origin = if is_default { Origin::Inherited } else { Origin::Own };
        return set(config, &policy.name.value, origin, found);
    }
    if policy.shown.is_none() && !device.covers("group-policy") {
        return unset(Origin::Unknown, "");
    }
    let inherited = device
        .group_policies()
        .filter(|(_, policy)| policy.name.value == DEFAULT_POLICY)
        .find_map(|(config, policy)| last(&policy.attributes, row).map(|found| (config, found)));
    if let Some((config, found)) = inherited {
        return set(config, DEFAULT_POLICY, Origin::Inherited, found);
    }
    if device.covers("group-policy") && !device.covers_all("group-policy") {
        return unset(Origin::Default, default_of(device, row));
    }
    unset(Origin::Unknown, "")
}

/// The words of `vpn-tunnel-protocol` are those of 8.4 to 9.16; other releases have other defaults.
fn default_of(device: &AsaDevice<'_>, row: &PolicyAttribute) -> &'static str {
    if row.name != TUNNEL_PROTOCOL {
        return row.default;
    }
    let printed = device.configs.iter().find_map(|config| config.document.version.as_ref());
    let release = printed.and_then(|seen| Release::parse(&seen.value));
    let fits =
        release.is_some_and(|release| (Release::at(8, 4, 0)..Release::at(9, 17, 0)).contains(&release));
    if fits { row.default } else { "" }
}

/// The last line that sets the attribute, unless a `no` after it takes it back.
fn last<'c>(
    attributes: &'c [(String, Located<String>)],
    row: &PolicyAttribute,
) -> Option<(&'c str, &'c Located<String>)> {
    let mut lines = attributes
        .iter()
        .rev()
        .filter_map(|(name, seen)| row.told_by(name, &seen.value).map(|value| (value, seen)));
    lines.next().and_then(|(value, seen)| value.map(|value| (value, seen)))
}

/// An AAA server is asked, and may answer with a policy.
pub(super) fn may_choose(group: &TunnelGroup) -> bool {
    choosers(group).next().is_some()
}

/// The groups of AAA servers that may answer with a policy.
fn choosers(group: &TunnelGroup) -> impl Iterator<Item = &str> {
    let certificate_only = group.authentication.as_ref().is_some_and(|seen| seen.value == "certificate");
    let authenticates = group.authentication_server_group.as_ref().filter(|_| !certificate_only);
    [group.authorization_server_group.as_ref(), authenticates]
        .into_iter()
        .flatten()
        .filter_map(|seen| seen.value.split_ascii_whitespace().find(|word| !word.starts_with('(')))
        .filter(|name| *name != "LOCAL")
}

/// Attributes of a directory are mapped to those of the ASA (`ldap-attribute-map`), of which the policy is the usual
/// one (ASA VPN configuration guide, LDAP attribute maps).
pub(super) fn maps_answers(device: &AsaDevice<'_>, group: &TunnelGroup) -> bool {
    let servers = || device.configs.iter().flat_map(|config| &config.document.aaa_servers);
    choosers(group).any(|name| {
        let named = servers().filter(|server| server.name.value == name);
        named
            .flat_map(|server| &server.hosts)
            .any(|host| host.settings.iter().any(|(setting, _)| setting == "ldap-attribute-map"))
    })
}

/// The policy itself allows no session.
pub(super) fn lets_nobody_in(policy: &GroupPolicy) -> bool {
    let own = policy.attributes.iter().rev().find(|(name, _)| name == SIMULTANEOUS_LOGINS);
    own.is_some_and(|(_, seen)| seen.value.trim() == "0")
}
