//! Settings that can shut phones out are only inherited: whoever changes DfltGrpPolicy changes them for the phones.
//!
//! Cisco asks to set the four attributes that hurt phones in their own group policy (Cisco 116162, attributes inherited
//! from DfltGrpPolicy).

use super::settings::no_policy;
use crate::case::Case;
use crate::diagnosis::Origin;
use crate::facts::effective_policy::{EffectivePolicy, Setting};
use crate::finding::{Confidence, Evidence, Finding, Severity, safe_name};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::source::Place;
use crate::stage::Stage;
use crate::tables::policy_attributes::{FILTER, GROUP_LOCK, SIMULTANEOUS_LOGINS, TUNNEL_PROTOCOL};
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "inherited-setting-at-risk",
    stage: Stage::Policy,
    severity: Severity::Notice,
    needs: &[Need::AsaConfig],
    echoes: &[],
    sources: &["Cisco 116162, attributes inherited from DfltGrpPolicy"],
    prose: Text::fixed(
        include_str!("inherited_setting_at_risk.en.md"),
        include_str!("inherited_setting_at_risk.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut findings = Vec::new();
    let mut told: Vec<&str> = Vec::new();
    let mut open = if case.effective_policies.is_empty() { Some(no_policy(case)) } else { None };
    for policy in &case.effective_policies {
        let four: Vec<&Setting> = FOUR.iter().filter_map(|name| policy.setting(name)).collect();
        if four.iter().any(|setting| setting.origin == Origin::Unknown) {
            open.get_or_insert(Missing::need(Need::AsaConfig));
        }
        if told.contains(&policy.policy.as_str()) {
            continue;
        }
        told.push(&policy.policy);
        let inherited: Vec<&Setting> = four
            .into_iter()
            .filter(|setting| matches!(setting.origin, Origin::Inherited | Origin::Default))
            .collect();
        findings.extend(tell(case, policy, &inherited));
    }
    match open {
        Some(missing) if findings.is_empty() => Err(missing),
        _ => Ok(findings),
    }
}

fn tell(case: &Case<'_>, policy: &EffectivePolicy<'_>, inherited: &[&Setting]) -> Option<Finding> {
    let names: Vec<&str> = inherited.iter().map(|setting| setting.attribute).collect();
    if names.is_empty() {
        return None;
    }
    let confidence = if policy.sure { Confidence::Certain } else { Confidence::Possible };
    let lines =
        inherited.iter().filter_map(|setting| Some(Evidence::at(setting.place.as_ref()?, COMES_FROM)));
    let begins = Evidence::at(&begins(case, policy)?, OWN);
    let names = names.join(", ");
    let finding = Finding::new(confidence, begins)
        .and(lines)
        .because(NOT_SET.with("policy", Class::Group, &policy.policy).with("names", Class::Words, &names))
        .value("tunnel-group", policy.tunnel_group.as_str());
    if policy.is_default_policy() {
        return Some(finding.fix("new"));
    }
    let finding = finding.value("group-policy", policy.policy.as_str()).fix("policy");
    Some(FOUR.iter().zip(PLACES).fold(finding, |finding, (attribute, place)| {
        let is_inherited = inherited.iter().any(|setting| setting.attribute == *attribute);
        finding.computed(place, if is_inherited { command(attribute, policy) } else { String::new() })
    }))
}

/// What sets an attribute for phones.
fn command(attribute: &str, policy: &EffectivePolicy<'_>) -> String {
    let value = match attribute {
        SIMULTANEOUS_LOGINS => "3",
        TUNNEL_PROTOCOL => "ssl-client",
        FILTER => "none",
        // The name comes from a file.
        _ if safe_name(&policy.tunnel_group) => return format!("{attribute} value {}", policy.tunnel_group),
        _ => "value <tunnel-group>",
    };
    format!("{attribute} {value}")
}

/// Where the phones' policy begins.
fn begins(case: &Case<'_>, policy: &EffectivePolicy<'_>) -> Option<Place> {
    let device = case.asa_devices.get(policy.device)?;
    let named = || device.group_policies().filter(|(_, known)| known.name.value == policy.policy);
    let shown = named().find_map(|(config, known)| known.shown.as_ref().map(|at| config.place(at)));
    shown.or_else(|| named().next().map(|(config, known)| config.place(&known.name.at)))
}

/// The attributes that Cisco asks to set for phones.
const FOUR: [&str; 4] = [SIMULTANEOUS_LOGINS, TUNNEL_PROTOCOL, GROUP_LOCK, FILTER];

/// Where the prose sets them: nothing stands there for what the policy sets itself, so that it is not overwritten.
const PLACES: [&str; 4] = ["simultaneous-logins", "tunnel-protocol", "group-lock", "filter"];

const OWN: Text = Text::fixed(
    "the phones get this group policy",
    "Diese Gruppenrichtlinie (group-policy) bekommen die Telefone",
);
const COMES_FROM: Text = Text::fixed("this value is inherited", "Dieser Wert wird geerbt");
const NOT_SET: Text = Text::fixed(
    "{policy} leaves this to DfltGrpPolicy or the release: {names}.",
    "{policy} überlässt das DfltGrpPolicy oder der Version: {names}.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::rules::prose;
    use crate::testing::{fires, handsets, silent, waits};

    const ALL_FOUR: &str = " vpn-simultaneous-logins 2\n vpn-tunnel-protocol ssl-client\n group-lock value BRANCH\n vpn-filter none\n";

    #[test]
    fn what_is_not_set_is_named() {
        let own = " vpn-simultaneous-logins 2\n vpn-filter none\n";
        let finding = &fires(&RULE, &handsets(" vpn-tunnel-protocol ssl-client\n", own, "").files())[0];
        assert!(
            finding.because[0].en().ends_with("vpn-tunnel-protocol, group-lock."),
            "{:?}",
            finding.because
        );
        assert_eq!(finding.confidence, Confidence::Certain);
        assert_eq!(finding.evidence().len(), 2);
    }

    #[test]
    fn only_what_is_inherited_is_set() {
        let commands = |own: &str| {
            let finding = &fires(&RULE, &handsets("", own, "").files())[0];
            prose::parse(&RULE.prose).fixes_for(finding)[0].commands.clone()
        };
        let typed = commands(" vpn-simultaneous-logins 2\n group-lock value OTHER\n");
        assert_eq!(typed[0], "configure terminal");
        assert!(typed[1].starts_with("group-policy "), "{typed:?}");
        assert_eq!(typed[2..], ["vpn-tunnel-protocol ssl-client", "vpn-filter none", "end", "write memory"]);
        let typed = commands(" vpn-filter none\n vpn-tunnel-protocol ssl-client\n");
        assert_eq!(typed[2], "vpn-simultaneous-logins 3");
        assert!(typed[3].starts_with("group-lock value ") && typed[4] == "end", "{typed:?}");
    }

    #[test]
    fn a_name_that_could_do_harm_is_left_to_be_filled_in() {
        let files = handsets("", " vpn-filter none\n", "");
        let name = files.asa.lines().find_map(|line| line.strip_prefix("tunnel-group ")).unwrap();
        let name = name.split(' ').next().unwrap().to_owned();
        let hostile = files.asa.replace(&name, "PHONES;reload");
        let finding = &fires(&RULE, &[("a", &hostile), files.files()[1]])[0];
        let typed = prose::parse(&RULE.prose).fixes_for(finding)[0].commands.join("\n");
        assert!(typed.contains("group-lock value <tunnel-group>") && !typed.contains("reload"), "{typed}");
    }

    #[test]
    fn a_policy_that_sets_all_four_is_safe() {
        silent(&RULE, &handsets("", ALL_FOUR, "").files());
        waits(&RULE, &handsets("", "", "").files()[..1]);
        waits(&RULE, &[]);
    }

    #[test]
    fn a_piece_of_a_configuration_proves_no_inheritance() {
        let files = handsets("", "", "");
        let piece = files.asa.replace(": end\n", "");
        waits(&RULE, &[("a", &piece), files.files()[1]]);
    }
}
