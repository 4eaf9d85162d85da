//! What the group policies do to phones, setting by setting, with the finding that objects to it.

use std::collections::BTreeMap;

use super::listed::telling_first;
use crate::case::Case;
use crate::diagnosis::{PolicySetting, PolicyView};
use crate::facts::effective_policy::EffectivePolicy;
use crate::finding::Conclusion;
use crate::source::{At, Place};

/// What the group policies do to phones.
pub fn all(case: &Case<'_>, findings: &[Conclusion]) -> Vec<PolicyView> {
    // The worst finding that quotes the setting's line is the one to show beside it.
    let mut objections: BTreeMap<(u32, &At), &Conclusion> = BTreeMap::new();
    for found in findings {
        for (input, at) in found.evidence.iter().filter_map(|piece| piece.input.zip(piece.at.as_ref())) {
            let worst = objections.entry((input, at)).or_insert(found);
            if found.severity < worst.severity {
                *worst = found;
            }
        }
    }
    let objection = |place: &Place| objections.get(&(place.input, &place.at)).map(|found| found.rule.clone());
    let objected = |policy: &&EffectivePolicy<'_>| {
        let mut places = policy.settings.iter().filter_map(|setting| setting.place.as_ref());
        places.any(|place| objections.contains_key(&(place.input, &place.at)))
    };
    let policies = telling_first(&case.effective_policies, objected);
    policies
        .into_iter()
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
