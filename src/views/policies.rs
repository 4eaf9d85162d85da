//! What the group policies do to phones, setting by setting, with the finding that objects to it.

use crate::case::Case;
use crate::diagnosis::{PolicySetting, PolicyView};
use crate::finding::Conclusion;
use crate::source::Place;

/// What the group policies do to phones.
pub fn all(case: &Case<'_>, findings: &[Conclusion]) -> Vec<PolicyView> {
    // The worst finding that quotes the setting's line is the one to show beside it.
    let objection = |place: &Place| {
        let quotes = |found: &&Conclusion| {
            let pieces = found.evidence.iter();
            pieces
                .filter(|piece| piece.input == Some(place.input))
                .any(|piece| piece.at.as_ref() == Some(&place.at))
        };
        let found = findings.iter().filter(quotes).min_by_key(|found| found.severity);
        found.map(|found| found.rule.clone())
    };
    let policies = case.effective_policies.iter();
    policies
        .map(|policy| PolicyView {
            input: policy.input,
            tunnel_group: policy.tunnel_group.clone(),
            serves: policy.serves.clone(),
            user: policy.user.map(|user| user.name.value.clone()).unwrap_or_default(),
            group_policy: policy.policy.clone(),
            path: policy.path.clone(),
            settings: policy
                .settings
                .iter()
                .map(|setting| PolicySetting {
                    attribute: setting.attribute.to_owned(),
                    value: setting.value.clone(),
                    origin: setting.origin,
                    from: setting.from.clone(),
                    place: setting.place.clone(),
                    rule: setting.place.as_ref().and_then(objection),
                })
                .collect(),
            unproven: policy.unproven.clone(),
        })
        .collect()
}
