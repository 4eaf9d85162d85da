//! Nothing gives the phones an address: no pool, no DHCP server, no AAA server.
//!
//! Addresses come from `address-pool` of the tunnel group, `address-pools` of the group policy, `dhcp-server`, an AAA
//! server or the user's `vpn-framed-ip-address` (Cisco 115785; ASA syslog guide, 722020 and 737xxx). A pool that is
//! named and defined nowhere gives none either, nor any with `no vpn-addr-assign local` (ASA command reference).

use super::settings::no_policy;
use crate::case::Case;
use crate::facts::address_source::{self, AddressSource};
use crate::facts::effective_policy::EffectivePolicy;
use crate::facts::tunnel_groups::TunnelGroupLines;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::source::{Place, Searched, Stated};
use crate::stage::Stage;
use crate::text::{Class, Text};

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
        let finding = match address_source::of_policy(device, policy) {
            AddressSource::Given => {
                if !policy.sure {
                    open.get_or_insert(Missing(vec![Need::PhoneConfig, Need::AsaLog]));
                }
                continue;
            }
            AddressSource::NotShown => {
                open.get_or_insert(Missing::need(Need::AsaConfig));
                continue;
            }
            AddressSource::Nothing(group) => no_source(policy, &group),
            AddressSource::Off(line) => off(policy, &line),
            AddressSource::Undefined { pool, searched } => undefined(policy, &pool, &searched),
        };
        if !told.contains(&policy.tunnel_group.as_str()) {
            told.push(&policy.tunnel_group);
            findings.push(finding);
        }
    }
    match open {
        Some(missing) if findings.is_empty() => Err(missing),
        _ => Ok(findings),
    }
}

fn no_source(policy: &EffectivePolicy<'_>, group: &TunnelGroupLines<'_>) -> Finding {
    let name = policy.tunnel_group.as_str();
    // A RADIUS or LDAP server may answer with an address.
    let by_server = group.asks_server();
    let confidence = match (policy.sure, by_server) {
        (true, false) => Confidence::Likely,
        _ => Confidence::Possible,
    };
    let mut finding = Finding::new(confidence, Evidence::at(&group.place(), GROUP))
        .and([Evidence::not_in(&group.searched(), NO_POOL)])
        .because(NOTHING.with("group", Class::Group, name).with("policy", Class::Group, &policy.policy))
        .value("tunnel-group", name)
        .fix("name-pool");
    if by_server {
        finding.severity = Some(Severity::Warning);
        finding = finding.because(SERVER);
    }
    finding
}

fn undefined(policy: &EffectivePolicy<'_>, pool: &Stated<String>, searched: &Searched) -> Finding {
    let confidence = if policy.sure { Confidence::Likely } else { Confidence::Possible };
    let (name, line) = (pool.value.as_str(), pool.place.at.line);
    Finding::new(confidence, Evidence::marked(&pool.place, name, NAMES_POOL))
        .and([Evidence::not_in(searched, UNDEFINED)])
        .because(NOT_DEFINED.with("pool", Class::Group, name).number("line", line))
        .value("tunnel-group", policy.tunnel_group.as_str())
        .value("pool", name)
        .fix("define-pool")
}

fn off(policy: &EffectivePolicy<'_>, line: &Place) -> Finding {
    let confidence = if policy.sure { Confidence::Likely } else { Confidence::Possible };
    Finding::new(confidence, Evidence::at(line, POOLS_OFF))
        .because(NOT_ASKED.with("group", Class::Group, &policy.tunnel_group))
        .fix("use-pools")
}

const POOLS_OFF: Text = Text::fixed(
    "this line keeps the ASA from using its pools",
    "Diese Zeile hält die ASA davon ab, ihre Pools zu benutzen",
);
const NOT_ASKED: Text = Text::fixed(
    "Tunnel group {group} takes its addresses from a pool, and no pool of this ASA is asked.",
    "Die Tunnelgruppe (tunnel-group) {group} nimmt ihre Adressen aus einem Pool, und kein Pool dieser ASA wird gefragt.",
);
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
    use crate::finding::{Confidence, Severity};
    use crate::testing::{fires, handsets, silent, waits};

    fn without_pool(own: &str, more: &str) -> String {
        handsets("", own, "").with(more).asa.replace(" address-pool BRANCH\n", "")
    }

    #[test]
    fn pools_that_are_not_asked_are_told() {
        let told = |more: &str| {
            let files = handsets("", "", "").with(more);
            let files = files.files();
            crate::testing::check(&RULE, &files, &[])
                .unwrap()
                .iter()
                .map(|one| one.fixes.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(told("no vpn-addr-assign local\n"), [["use-pools"]]);
        for harmless in [
            "no vpn-addr-assign aaa\nno vpn-addr-assign dhcp\n",
            "no vpn-addr-assign local\nvpn-addr-assign local reuse-delay 0\n",
            "no vpn-addr-assign local\ntunnel-group BRANCH general-attributes\n dhcp-server 192.0.2.5\n",
        ] {
            assert_eq!(told(harmless).len(), 0, "{harmless}");
        }
    }

    #[test]
    fn no_source_of_addresses_is_told() {
        let files = handsets("", "", "");
        let phone = files.files()[1];
        let finding = &fires(&RULE, &[("a", &without_pool("", "")), phone])[0];
        assert_eq!(finding.confidence, Confidence::Likely);
        assert!(finding.because[0].en().contains("BRANCH") && finding.because[0].en().contains("HANDSETS"));
        let server =
            without_pool("", "tunnel-group BRANCH general-attributes\n authorization-server-group LDAP\n");
        let finding = &fires(&RULE, &[("a", &server), phone])[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Possible, Some(Severity::Warning)));
    }

    #[test]
    fn a_pool_that_is_defined_nowhere_is_told() {
        let files = handsets("", "", "");
        let config = files.asa.replace("ip local pool BRANCH", "ip local pool OTHER");
        let finding = &fires(&RULE, &[("a", &config), files.files()[1]])[0];
        assert!(finding.because[0].en().contains("defined nowhere"));
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
