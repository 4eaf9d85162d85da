//! The phones' policy sends only some of their traffic through the tunnel.
//!
//! Cisco's configuration for VPN phones asks for `split-tunnel-policy tunnelall` (Cisco 115785): what a split tunnel
//! leaves out goes to the local network, where call control and TFTP do not answer.

use super::settings::{check_setting, finding};
use crate::case::Case;
use crate::finding::{Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::tables::policy_attributes::SPLIT_TUNNEL;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "split-tunnel-for-phones",
    stage: Stage::Policy,
    severity: Severity::Warning,
    needs: &[Need::AsaConfig, Need::AsaConfigAll],
    echoes: &[],
    sources: &["Cisco 115785, group policy"],
    prose: Text::fixed(
        include_str!("split_tunnel_for_phones.en.md"),
        include_str!("split_tunnel_for_phones.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let judged = check_setting(case, SPLIT_TUNNEL, |_, setting| setting.value != "tunnelall");
    let findings = judged
        .wrong
        .iter()
        .filter_map(|(policy, setting)| {
            let found = finding(policy, setting, setting.place.as_ref()?, SAYS);
            Some(found.computed(
                "split",
                if setting.value.starts_with("exclude") { "excludespecified" } else { "tunnelspecified" },
            ))
        })
        .collect();
    judged.answer(findings)
}

const SAYS: Text = Text::fixed(
    "only some of the traffic goes through the tunnel",
    "Nur ein Teil des Verkehrs geht durch den Tunnel",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{fires, handsets, silent, waits};

    const SPLIT: &str = " split-tunnel-policy tunnelspecified\n split-tunnel-network-list value INSIDE\n";

    #[test]
    fn a_split_tunnel_is_told() {
        for (default, own) in [(SPLIT, ""), ("", SPLIT), ("", " split-tunnel-policy excludespecified\n")] {
            let finding = &fires(&RULE, &handsets(default, own, "").files())[0];
            assert!(finding.evidence()[0].mark.starts_with("split-tunnel-policy"));
        }
    }

    #[test]
    fn tunnelall_is_what_phones_need() {
        silent(&RULE, &handsets(SPLIT, " split-tunnel-policy tunnelall\n", "").files());
        waits(&RULE, &handsets("", "", "").files());
        waits(&RULE, &[]);
    }
}
