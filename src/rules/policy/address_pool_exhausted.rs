//! The ASA has no address left for a phone.
//!
//! Log: some messages name session and tunnel group, some the tunnel group alone, some nobody. `show ip local pool` shows a pool with none free.

use super::settings::quoted;
use crate::case::Case;
use crate::facts::effective_policy::EffectivePolicy;
use crate::facts::whose::{Message, Witness};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::What;
use crate::rules::Rule;
use crate::rules::logged::{self, Line};
use crate::stage::Stage;
use crate::tables::policy_attributes::ADDRESS_POOLS;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "address-pool-exhausted",
    stage: Stage::Policy,
    severity: Severity::Blocker,
    needs: &[Need::AsaLog],
    echoes: &["login-failed"],
    sources: &["ASA syslog guide, 722020 and 737xxx", "ASA command reference, show ip local pool"],
    prose: Text::fixed(
        include_str!("address_pool_exhausted.en.md"),
        include_str!("address_pool_exhausted.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let refusals: Vec<(Line, &str)> = case.messages.iter().filter_map(refusal).collect();
    let (pools, any_free) = pools(case);
    let tied = refusals.iter().filter(|(line, _)| line.confidence < Confidence::Possible);
    let group = tied.map(|(_, group)| *group).find(|group| !group.is_empty()).unwrap_or_default();
    let pool_name = pools.iter().map(|(name, _, _)| name.clone()).find(|name| !name.is_empty());
    let full = pools.into_iter().map(|(_, confidence, proof)| Line {
        confidence,
        witness: Witness::Group,
        over: None,
        proof,
    });
    let lines = logged::in_order(refusals.into_iter().map(|(line, _)| line).chain(full).collect());
    let Some(first) = lines.first() else {
        let passed = any_free || case.addresses_given().next().is_some();
        return if passed { Ok(Vec::new()) } else { Err(Missing::need(Need::AsaLog)) };
    };
    let told = first.proof.at.as_ref().map(|at| (quoted(&at.text), at.line.to_string())).unwrap_or_default();
    let mut found = Finding::new(first.confidence, first.proof.clone())
        .and(lines.iter().skip(1).map(|line| line.proof.clone()))
        .because(SAYS.with("quoted", Class::Words, &told.0).with("line", Class::Words, told.1.as_str()));
    found = logged::weighed(found, &lines);
    let pool = pool_name.or_else(|| phones_pool(case));
    found = found.value("pool", pool.unwrap_or_default());
    Ok(vec![found.value("tunnel-group", group)])
}

/// A request for an address that failed, and the tunnel group where it names one.
fn refusal<'a>(message: &Message<'a>) -> Option<(Line, &'a str)> {
    let (What::NoAddress { tunnel_group, at_all: true }
    | What::AddressRequested { tunnel_group, exhausted: true, .. }) = message.what
    else {
        return None;
    };
    Some((Line::of(message, NO_ADDRESS), tunnel_group))
}

/// Pools without a free address, and whether a pool of the phones has one.
fn pools(case: &Case<'_>) -> (Vec<(String, Confidence, Evidence)>, bool) {
    let (mut full, mut any_free) = (Vec::new(), false);
    let names = pool_names(case);
    for list in &case.documents.asa_pools {
        for pool in &list.document.pools {
            let phones = names.contains(&pool.name);
            if pool.free > 0 {
                any_free |= phones;
                continue;
            }
            // An output of one command does not always name its pool.
            let confidence = match (phones, pool.name.is_empty() && !names.is_empty()) {
                (true, _) => Confidence::Certain,
                (false, true) => Confidence::Possible,
                (false, false) => continue,
            };
            full.push((pool.name.clone(), confidence, Evidence::at(&list.place(&pool.begin.at), NONE_FREE)));
        }
    }
    (full, any_free)
}

/// Pools that phones get their addresses from.
fn pool_names(case: &Case<'_>) -> Vec<String> {
    let of_policy = |policy: &EffectivePolicy<'_>| -> Vec<String> {
        let of_group = policy.group.iter().flat_map(|group| group.address_pools().map(|pool| pool.value));
        let own = policy.setting(ADDRESS_POOLS).and_then(|setting| setting.named()).unwrap_or_default();
        let own = own.split_ascii_whitespace().map(str::to_owned);
        of_group.chain(own).collect()
    };
    case.effective_policies.iter().filter(|policy| policy.sure).flat_map(of_policy).collect()
}

fn phones_pool(case: &Case<'_>) -> Option<String> {
    pool_names(case).into_iter().next()
}

const NO_ADDRESS: Text =
    Text::fixed("the ASA has no address to give", "Die ASA hat keine Adresse zu vergeben");
const NONE_FREE: Text =
    Text::fixed("no address of this pool is free", "Von diesem Pool ist keine Adresse frei");
const SAYS: Text = Text::fixed("“{quoted}” in line {line}.", "„{quoted}“ in Zeile {line}.");

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, handsets, silent, waits};

    fn none_for(group: &str, user: &str) -> String {
        format!(
            "%ASA-3-722020: TunnelGroup {group} GroupPolicy {group}-POLICY User {user} IP 203.0.113.7 No address available for SVC connection\n"
        )
    }

    #[test]
    fn a_phone_without_an_address_is_told_with_what_belongs_to_it() {
        let log = format!(
            "%ASA-4-737019: IPAA: Unable to get address from group-policy or tunnel-group local pools\n{}",
            none_for("BRANCH", "CP-8841-SEP0011223344AA")
        );
        let finding = &fires(&RULE, &[("a.log", &log)])[0];
        assert_eq!((finding.confidence, finding.evidence().len()), (Confidence::Certain, 2));
        assert!(finding.because[0].en().contains("722020"), "{:?}", finding.because);
        assert!(finding.values.contains(&("tunnel-group", "BRANCH".to_owned())));
    }

    #[test]
    fn other_users_without_an_address_are_nobodys_here() {
        waits(&RULE, &[("a.log", &none_for("STAFF", "alice"))]);
        let files = handsets("", "", "");
        let (staff, pool) = (
            none_for("STAFF", "alice"),
            "%ASA-5-737007: IPAA: Local pool request failed for tunnel-group 'STAFF'\n",
        );
        waits(&RULE, &[files.files()[0], files.files()[1], ("a.log", &staff), ("b.log", pool)]);
    }

    #[test]
    fn a_pool_of_the_phones_tunnel_group_counts_by_its_name() {
        let files = handsets("", "", "");
        let failed = "%ASA-5-737007: IPAA: Local pool request failed for tunnel-group 'BRANCH'\n";
        let finding = &fires(&RULE, &[files.files()[0], files.files()[1], ("a.log", failed)])[0];
        assert_eq!(finding.confidence, Confidence::Likely);
        assert!(finding.values.contains(&("pool", "BRANCH".to_owned())));
        let nobody = "%ASA-4-737012: IPAA: Address assignment failed\n";
        let finding = &fires(&RULE, &[files.files()[0], files.files()[1], ("a.log", nobody)])[0];
        assert_eq!(finding.confidence, Confidence::Possible);
        waits(&RULE, &[("a.log", nobody)]);
    }

    #[test]
    fn a_full_pool_is_seen_in_its_list() {
        let files = handsets("", "", "");
        let list = |free: u32| {
            format!(
                "gw# show ip local pool BRANCH\nBegin           End             Mask            Free     Held     In use\n198.51.100.1    198.51.100.50   255.255.255.0       {free}        0        50\n\nIn Use Addresses:\n198.51.100.1\n"
            )
        };
        let full = list(0);
        let finding = &fires(&RULE, &[files.files()[0], files.files()[1], ("pools", &full)])[0];
        assert_eq!(finding.confidence, Confidence::Certain);
        silent(&RULE, &[files.files()[0], files.files()[1], ("pools", &list(7))]);
    }
}
