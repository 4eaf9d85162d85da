//! The phones' policy locks them into another tunnel group than the one that they use.
//!
//! `group-lock value NAME` ends a session that came through another tunnel group; in DfltGrpPolicy it often names
//! DefaultWEBVPNGroup (Cisco 116162, attributes inherited from DfltGrpPolicy). The log names the two groups and no
//! user.

use super::settings::{check_setting, finding, with_log};
use crate::case::Case;
use crate::facts::effective_policy::{EffectivePolicy, Setting};
use crate::facts::whose::{Message, Witness};
use crate::finding::{Confidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::What;
use crate::rules::Rule;
use crate::rules::logged::Line;
use crate::stage::Stage;
use crate::tables::policy_attributes::GROUP_LOCK;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "group-lock-elsewhere",
    stage: Stage::Policy,
    severity: Severity::Blocker,
    needs: &[Need::AsaConfig, Need::AsaConfigAll, Need::AsaLog],
    echoes: &["login-failed"],
    sources: &["Cisco 116162, attributes inherited from DfltGrpPolicy", "ASA syslog guide, 113040"],
    prose: Text::fixed(
        include_str!("group_lock_elsewhere.en.md"),
        include_str!("group_lock_elsewhere.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut judged = check_setting(case, GROUP_LOCK, locks_elsewhere);
    let unknown_group = |policy: &&EffectivePolicy<'_>| {
        policy.tunnel_group.is_empty()
            && policy.setting(GROUP_LOCK).is_some_and(|setting| setting.named().is_some())
    };
    // A lock on a policy whose tunnel group is not known is neither right nor wrong, except for the default groups,
    // which no phone uses.
    if judged.open.is_none() && case.effective_policies.iter().any(|policy| unknown_group(&policy)) {
        judged.open = Some(Missing(vec![Need::AsaConfig, Need::AsaLog]));
    }
    let findings: Vec<Finding> = judged
        .wrong
        .iter()
        .filter_map(|(policy, setting)| {
            let found = finding(policy, setting, setting.place.as_ref()?, LOCKS);
            Some(found.value("locked", setting.named().unwrap_or_default()))
        })
        .collect();
    let refused = refused(case);
    let groups = refused.first().map(|(_, attempted, locked)| (attempted.clone(), locked.clone()));
    let by_log = findings.is_empty();
    let lines = refused.into_iter().map(|(line, ..)| line).collect();
    let mut findings = with_log(case, findings, lines);
    if let (true, Some(found), Some((attempted, locked))) = (by_log, findings.first_mut(), groups) {
        found.values.retain(|(name, _)| *name != "tunnel-group");
        found.values.extend([("tunnel-group", attempted), ("locked", locked)]);
    }
    judged.answer(findings)
}

fn locks_elsewhere(policy: &EffectivePolicy<'_>, setting: &Setting) -> bool {
    setting.named().is_some_and(|locked| {
        let own = &policy.tunnel_group;
        if own.is_empty() { DEFAULT_GROUPS.contains(&locked) } else { locked != own }
    })
}

/// The line, the group that was tried, the group of the lock. Of a group that serves phones it is said
/// outright.
fn refused(case: &Case<'_>) -> Vec<(Line, String, String)> {
    let mut lines: Vec<_> = case.messages.iter().filter_map(line).collect();
    lines.sort_by_key(|(line, ..)| (line.over.is_some(), line.confidence));
    lines
}

fn line(message: &Message<'_>) -> Option<(Line, String, String)> {
    let What::GroupLocked { attempted, locked } = message.what else { return None };
    let mut line = Line::of(message, REFUSED);
    if message.witness == Witness::Group {
        line.confidence = Confidence::Certain;
    }
    Some((line, attempted.to_owned(), locked.to_owned()))
}

/// Tunnel groups in which a session lands when nothing chose another.
const DEFAULT_GROUPS: [&str; 2] = ["DefaultWEBVPNGroup", "DefaultRAGroup"];

const LOCKS: Text = Text::fixed(
    "only sessions of this tunnel group are allowed",
    "Nur Sitzungen dieser Tunnelgruppe (tunnel-group) sind erlaubt",
);
const REFUSED: Text = Text::fixed(
    "the ASA ends a session of this tunnel group: its policy is locked to another one",
    "Die ASA beendet eine Sitzung dieser Tunnelgruppe: Ihre Richtlinie ist an eine andere gebunden",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, handsets, silent, waits};

    const ELSEWHERE: &str = " group-lock value DefaultWEBVPNGroup\n";
    const HERE: &str = " group-lock value BRANCH\n";

    #[test]
    fn a_lock_on_another_group_is_told_with_both_names() {
        for (default, own, user) in
            [(ELSEWHERE, "", ""), (HERE, " group-lock value STAFF\n", ""), (HERE, HERE, ELSEWHERE)]
        {
            let finding = &fires(&RULE, &handsets(default, own, user).files())[0];
            assert!(finding.values.contains(&("tunnel-group", "BRANCH".to_owned())));
            assert!(finding.values.iter().any(|(name, value)| *name == "locked" && !value.is_empty()));
        }
    }

    #[test]
    fn a_lock_on_the_phones_own_group_or_none_is_fine() {
        for own in [HERE, " group-lock none\n"] {
            silent(&RULE, &handsets(ELSEWHERE, own, "").files());
        }
        waits(&RULE, &handsets("", "", "").files());
        waits(&RULE, &[]);
    }

    #[test]
    fn the_log_is_heard_where_the_group_is_the_phones() {
        let line = |group: &str| {
            format!(
                "%ASA-4-113040: Terminating the VPN connection attempt from {group}. Reason: This connection is group locked to STAFF.\n"
            )
        };
        let files = handsets("", "", "");
        let (phones, people) = (line("BRANCH"), line("GUESTS"));
        let mut with = files.files();
        with.push(("a.log", &phones));
        let finding = &fires(&RULE, &with)[0];
        assert_eq!(finding.confidence, Confidence::Certain);
        assert!(finding.values.contains(&("locked", "STAFF".to_owned())), "{:?}", finding.values);
        let mut without = files.files();
        without.push(("a.log", &people));
        waits(&RULE, &without);
    }
}
