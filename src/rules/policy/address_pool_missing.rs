//! Nothing gives the phones an address: no pool, no DHCP server, no AAA server.
//!
//! Addresses come from `address-pool` of the tunnel group, `address-pools` of the group policy, `dhcp-server`, an AAA
//! server or the user's `vpn-framed-ip-address` (Cisco 115785; ASA syslog guide, 722020 and 737xxx). A pool that is
//! named and defined nowhere gives none either.

use super::settings::no_policy;
use crate::case::Case;
use crate::diagnosis::Origin;
use crate::facts::In;
use crate::facts::asa_devices::AsaDevice;
use crate::facts::effective_policy::EffectivePolicy;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::formats::asa_config::{AsaConfig, TunnelGroup};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::source::Place;
use crate::stage::Stage;
use crate::tables::policy_attributes::ADDRESS_POOLS;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "address-pool-missing",
    stage: Stage::Policy,
    severity: Severity::Blocker,
    needs: &[Need::AsaConfig],
    echoes: &["address-pool-exhausted"],
    sources: &["Cisco 115785, address pool", "ASA syslog guide, 722020 and 737019"],
    prose: Text::fixed(
        include_str!("address_pool_missing.en.md"),
        include_str!("address_pool_missing.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut findings = Vec::new();
    let mut told: Vec<&str> = Vec::new();
    let mut open = if case.effective_policies.is_empty() { Some(no_policy(case)) } else { None };
    for policy in &case.effective_policies {
        let Some(device) = case.asa_devices.get(policy.device) else { continue };
        match source(device, policy) {
            Addresses::From if policy.sure => {}
            Addresses::From => {
                open.get_or_insert(Missing(vec![Need::PhoneConfig, Need::AsaLog]));
            }
            Addresses::NotShown => {
                open.get_or_insert(Missing::need(Need::AsaConfig));
            }
            Addresses::None { config, group } => {
                if !told.contains(&policy.tunnel_group.as_str()) {
                    told.push(&policy.tunnel_group);
                    findings.push(no_source(policy, config, group));
                }
            }
            Addresses::Undefined(name, place) => {
                if !told.contains(&policy.tunnel_group.as_str()) {
                    told.push(&policy.tunnel_group);
                    findings.push(undefined(device, policy, &name, &place));
                }
            }
        }
    }
    match open {
        Some(missing) if findings.is_empty() => Err(missing),
        _ => Ok(findings),
    }
}

/// Where the phones' addresses come from.
enum Addresses<'a> {
    /// Something gives them.
    From,
    /// The configuration does not show whether anything does.
    NotShown,
    /// Nothing does.
    None { config: In<'a, AsaConfig>, group: &'a TunnelGroup },
    /// A pool of this name does, and it is defined nowhere.
    Undefined(String, Place),
}

fn source<'a>(device: &AsaDevice<'a>, policy: &EffectivePolicy<'a>) -> Addresses<'a> {
    let Some((config, group)) = policy.group else { return Addresses::NotShown };
    let name = &group.name.value;
    let lines = || device.tunnel_groups().filter(|(_, lines)| lines.name.value == *name);
    let framed = policy
        .user
        .is_some_and(|user| user.attributes.iter().any(|(name, _)| name.starts_with("vpn-framed-ip")));
    if framed || lines().any(|(_, lines)| !lines.dhcp_servers.is_empty()) {
        return Addresses::From;
    }
    let of_policy = policy.setting(ADDRESS_POOLS);
    let mut pools: Vec<(String, Place)> = lines()
        .flat_map(|(config, lines)| {
            lines.address_pools.iter().map(move |pool| (pool.value.clone(), config.place(&pool.at)))
        })
        .collect();
    if let Some((setting, place)) = of_policy.and_then(|setting| Some((setting, setting.place.clone()?))) {
        let named = setting.named().unwrap_or_default().split_ascii_whitespace();
        pools.extend(named.map(|pool| (pool.to_owned(), place.clone())));
    }
    let defined = |pool: &str| device.address_pools().any(|(_, known)| known.name.value == pool);
    match pools.iter().find(|(pool, _)| defined(pool)).or(pools.first()) {
        Some((pool, _)) if defined(pool) => Addresses::From,
        Some((pool, place)) if device.covers("ip local pool") => {
            Addresses::Undefined(pool.clone(), place.clone())
        }
        Some(_) => Addresses::From,
        None => {
            let shown =
                of_policy.is_some_and(|setting| setting.origin != Origin::Unknown || setting.value == "none");
            if shown && device.covers("tunnel-group") {
                Addresses::None { config, group }
            } else {
                Addresses::NotShown
            }
        }
    }
}

fn no_source(policy: &EffectivePolicy<'_>, config: In<'_, AsaConfig>, group: &TunnelGroup) -> Finding {
    let name = policy.tunnel_group.as_str();
    let by_server = asks_server(group);
    let confidence = match (policy.sure, by_server) {
        (true, false) => Confidence::Likely,
        _ => Confidence::Possible,
    };
    let mut found = Finding::new(confidence, Evidence::at(&config.place(&group.name.at), GROUP))
        .and([Evidence::absent(config.input, format!("lines 1-{}", config.document.lines), NO_POOL)])
        .because(NOTHING.filled(&[("group", name), ("policy", policy.policy.as_str())]))
        .value("tunnel-group", name)
        .fix("name-pool");
    if by_server {
        found = found.because(SERVER);
    }
    found
}

fn undefined(device: &AsaDevice<'_>, policy: &EffectivePolicy<'_>, pool: &str, place: &Place) -> Finding {
    let confidence = if policy.sure { Confidence::Likely } else { Confidence::Possible };
    let lines = device.configs.first().map_or(0, |config| config.document.lines);
    Finding::new(confidence, Evidence::marked(place, pool, NAMES_POOL))
        .and([Evidence::absent(device.input(), format!("lines 1-{lines}"), UNDEFINED)])
        .because(NOT_DEFINED.filled(&[("pool", pool), ("line", &place.at.line.to_string())]))
        .value("tunnel-group", policy.tunnel_group.as_str())
        .value("pool", pool)
        .fix("define-pool")
}

/// A RADIUS or LDAP server is asked, and may answer with an address.
fn asks_server(group: &TunnelGroup) -> bool {
    [&group.authentication_server_group, &group.authorization_server_group]
        .into_iter()
        .flatten()
        .any(|seen| seen.value.split_ascii_whitespace().any(|word| word != "LOCAL" && !word.starts_with('(')))
}

const GROUP: Text = Text::fixed("the phones' tunnel group", "die Tunnelgruppe (tunnel-group) der Telefone");
const NO_POOL: Text = Text::fixed(
    "there is no address pool and no DHCP server for it",
    "Für sie gibt es weder einen Adresspool noch einen DHCP-Server",
);
const NAMES_POOL: Text = Text::fixed("this pool is named", "Dieser Pool ist angegeben");
const UNDEFINED: Text =
    Text::fixed("no ip local pool has this name", "Kein ip local pool trägt diesen Namen");
const NOTHING: Text = Text::fixed(
    "Neither tunnel group {group} nor group policy {policy} names a pool, and there is no DHCP server.",
    "Weder die Tunnelgruppe (tunnel-group) {group} noch die Gruppenrichtlinie (group-policy) {policy} nennt einen Pool, und es gibt keinen DHCP-Server.",
);
const SERVER: Text = Text::fixed(
    "A AAA server is asked and may hand out the addresses; then this is no defect.",
    "Ein AAA-Server wird gefragt und kann die Adressen vergeben; dann ist das kein Fehler.",
);
const NOT_DEFINED: Text = Text::fixed(
    "Pool {pool} is named in line {line} and defined nowhere.",
    "Der Pool {pool} ist in Zeile {line} angegeben und nirgends definiert.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, handsets, silent, waits};

    fn without_pool(own: &str, more: &str) -> String {
        handsets("", own, "").with(more).asa.replace(" address-pool BRANCH\n", "")
    }

    #[test]
    fn no_source_of_addresses_is_told() {
        let files = handsets("", "", "");
        let phone = files.files()[1];
        let finding = &fires(&RULE, &[("a", &without_pool("", "")), phone])[0];
        assert_eq!(finding.confidence, Confidence::Likely);
        assert!(finding.because[0].en.contains("BRANCH") && finding.because[0].en.contains("HANDSETS"));
        let server =
            without_pool("", "tunnel-group BRANCH general-attributes\n authorization-server-group LDAP\n");
        let finding = &fires(&RULE, &[("a", &server), phone])[0];
        assert_eq!(finding.confidence, Confidence::Possible);
    }

    #[test]
    fn a_pool_that_is_defined_nowhere_is_told() {
        let files = handsets("", "", "");
        let config = files.asa.replace("ip local pool BRANCH", "ip local pool OTHER");
        let finding = &fires(&RULE, &[("a", &config), files.files()[1]])[0];
        assert!(finding.because[0].en.contains("defined nowhere"));
        // A piece of a configuration may lack the pool's line.
        let piece = config.replace(": end\n", "");
        silent(&RULE, &[("a", &piece), files.files()[1]]);
    }

    #[test]
    fn every_source_of_addresses_counts() {
        let files = handsets("", "", "");
        let phone = files.files()[1];
        silent(&RULE, &handsets("", "", "").files());
        for (own, more) in [
            (" address-pools value BRANCH\n", ""),
            ("", "tunnel-group BRANCH general-attributes\n dhcp-server 198.51.100.9\n"),
        ] {
            silent(&RULE, &[("a", &without_pool(own, more)), phone]);
        }
        let piece = without_pool("", "").replace(": end\n", "");
        waits(&RULE, &[("a", &piece), phone]);
        waits(&RULE, &[]);
    }
}
