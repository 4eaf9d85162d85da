//! The phones may connect at certain hours only: `vpn-access-hours value NAME`.
//!
//! `vpn-access-hours` names a `time-range`; the default is none (Cisco 116162, `show run all group-policy`). Which
//! message the ASA logs outside the hours is not known, so only the configuration can show it.

use super::settings::{check_setting, finding};
use crate::case::Case;
use crate::finding::{Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::tables::policy_attributes::ACCESS_HOURS;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "vpn-access-hours-set",
    stage: Stage::Policy,
    severity: Severity::Warning,
    needs: &[Need::AsaConfig, Need::AsaConfigAll],
    echoes: &[],
    sources: &["Cisco 116162, attributes of DfltGrpPolicy"],
    prose: Text::fixed(
        include_str!("vpn_access_hours_set.en.md"),
        include_str!("vpn_access_hours_set.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let judged = check_setting(case, ACCESS_HOURS, |_, setting| setting.named().is_some());
    let findings = judged
        .wrong
        .iter()
        .filter_map(|(policy, setting)| {
            let found = finding(policy, setting, setting.place.as_ref()?, SAYS);
            Some(found.value("hours", setting.named().unwrap_or_default()))
        })
        .collect();
    judged.answer(findings)
}

const SAYS: Text = Text::fixed(
    "sessions are allowed in this time range only",
    "Sitzungen sind nur in diesem Zeitbereich (time-range) erlaubt",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{fires, handsets, silent, waits};

    const HOURS: &str = " vpn-access-hours value OFFICE\n";

    #[test]
    fn hours_are_told_with_the_name_of_the_range() {
        for (default, own, user) in
            [(HOURS, "", ""), ("", HOURS, ""), ("", " vpn-access-hours none\n", HOURS)]
        {
            let finding = &fires(&RULE, &handsets(default, own, user).files())[0];
            assert!(finding.values.contains(&("hours", "OFFICE".to_owned())));
        }
    }

    #[test]
    fn no_hours_are_fine_where_they_are_shown() {
        silent(&RULE, &handsets(HOURS, " vpn-access-hours none\n", "").files());
        waits(&RULE, &handsets("", "", "").files());
        waits(&RULE, &[]);
    }
}
