//! The ASA has no address left for a phone.
//!
//! Log: 722020 names session and tunnel group; 737003, 737004 and 737007 name the tunnel group; 737012 and 737019 name
//! nobody (ASA syslog guide). `show ip local pool` shows a pool with none free.

use super::judged::quoted;
use crate::case::Case;
use crate::facts::effective_policy::EffectivePolicy;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::formats::asa_syslog::{AddressOutcome, AsaMessage};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::tables::policy_attributes::ADDRESS_POOLS;
use crate::text::Text;

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
    let refusals = refusals(case);
    let (pools, any_free) = pools(case);
    let certain: Vec<&Refusal> =
        refusals.iter().filter(|refusal| refusal.confidence < Confidence::Possible).collect();
    let phones_seen = !case.phone_groups.logins.is_empty() || case.phone_groups.sure().next().is_some();
    let chosen: Vec<&Refusal> = if !certain.is_empty() {
        // The messages that name nobody belong to these.
        refusals.iter().collect()
    } else if phones_seen {
        refusals.iter().filter(|refusal| !refusal.named).collect()
    } else {
        Vec::new()
    };
    let mut proofs: Vec<(Confidence, Evidence)> =
        chosen.iter().map(|refusal| (refusal.confidence, refusal.evidence.clone())).collect();
    proofs.sort_by_key(|(confidence, _)| *confidence);
    let group = certain.iter().map(|refusal| refusal.group.as_str()).find(|group| !group.is_empty());
    let pool_name = pools.iter().map(|(name, _, _)| name.clone()).find(|name| !name.is_empty());
    proofs.extend(pools.into_iter().map(|(_, confidence, evidence)| (confidence, evidence)));
    let Some(confidence) = proofs.iter().map(|(confidence, _)| *confidence).min() else {
        return if any_free { Ok(Vec::new()) } else { Err(Missing::one(Need::AsaLog)) };
    };
    let mut lines = proofs.into_iter().map(|(_, line)| line);
    let Some(first) = lines.next() else { return Ok(Vec::new()) };
    let told = first.at.as_ref().map(|at| (quoted(&at.text), at.line.to_string())).unwrap_or_default();
    let mut found = Finding::new(confidence, first)
        .and(lines)
        .because(SAYS.filled(&[("quoted", told.0.as_str()), ("line", told.1.as_str())]));
    if confidence == Confidence::Possible {
        found.severity = Some(Severity::Warning);
        found = found.because(NOT_TIED);
    }
    let pool = pool_name.or_else(|| phones_pool(case));
    found = found.value("pool", pool.unwrap_or_default());
    Ok(vec![found.value("tunnel-group", group.unwrap_or_default())])
}

/// A request for an address that failed.
struct Refusal {
    confidence: Confidence,
    group: String,
    /// It names a session or a tunnel group.
    named: bool,
    evidence: Evidence,
}

fn refusals(case: &Case<'_>) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    for log in &case.documents.asa_syslogs {
        for event in &log.document.events {
            let (group, confidence, named) = match &event.message {
                // 722041 is about an IPv6 address alone.
                AsaMessage::NoAddress { session, tunnel_group } if event.id == 722_020 => {
                    let by_group = case.phone_groups.sure().any(|group| group.name == *tunnel_group);
                    let sure =
                        case.phone_groups.claim(session).or_else(|| by_group.then_some(Confidence::Likely));
                    (tunnel_group.clone(), sure, true)
                }
                AsaMessage::AddressRequest { outcome: AddressOutcome::Failed, tunnel_group, .. }
                    if FAILURES.contains(&event.id) =>
                {
                    let named = !tunnel_group.is_empty();
                    let phones = case.phone_groups.sure().any(|group| group.name == *tunnel_group);
                    let sure = match (named, phones) {
                        (true, true) => Some(Confidence::Likely),
                        (true, false) => None,
                        (false, _) => Some(Confidence::Possible),
                    };
                    (tunnel_group.clone(), sure, named)
                }
                _ => continue,
            };
            let Some(confidence) = confidence else { continue };
            let evidence = Evidence::seen(&log.place(&event.at), NO_ADDRESS);
            refusals.push(Refusal { confidence, group, named, evidence });
        }
    }
    refusals
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
            full.push((
                pool.name.clone(),
                confidence,
                Evidence::seen(&list.place(&pool.begin.at), NONE_FREE),
            ));
        }
    }
    (full, any_free)
}

/// Pools that phones get their addresses from.
fn pool_names(case: &Case<'_>) -> Vec<String> {
    let of_policy = |policy: &EffectivePolicy<'_>| -> Vec<String> {
        let group = policy.group.map(|(_, group)| group.address_pools.as_slice()).unwrap_or_default();
        let own = policy.setting(ADDRESS_POOLS).and_then(|setting| setting.named()).unwrap_or_default();
        let own = own.split_ascii_whitespace().map(str::to_owned);
        group.iter().map(|pool| pool.value.clone()).chain(own).collect()
    };
    case.effective_policies.iter().filter(|policy| policy.sure).flat_map(of_policy).collect()
}

fn phones_pool(case: &Case<'_>) -> Option<String> {
    pool_names(case).into_iter().next()
}

/// Failures of a pool, of DHCP, and of all sources together.
const FAILURES: [u32; 5] = [737_003, 737_004, 737_007, 737_012, 737_019];

const NO_ADDRESS: Text =
    Text::fixed("the ASA has no address to give", "Die ASA hat keine Adresse zu vergeben");
const NONE_FREE: Text =
    Text::fixed("no address of this pool is free", "Von diesem Pool ist keine Adresse frei");
const SAYS: Text = Text::fixed("“{quoted}” in line {line}.", "„{quoted}“ in Zeile {line}.");
const NOT_TIED: Text = Text::fixed(
    "Nothing ties this to a phone: another user's request may have failed.",
    "Nichts verbindet das mit einem Telefon: Es kann die Anfrage eines anderen Benutzers gewesen sein.",
);

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
        assert!(finding.because[0].en.contains("722020"), "{:?}", finding.because);
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
