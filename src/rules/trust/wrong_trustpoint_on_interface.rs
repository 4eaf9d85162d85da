//! The phone's hash belongs to a trust-point of this ASA, but another one is bound to the interface.
//!
//! `show running-config ssl` says which certificate the phones see (Cisco 116162, certificate on the ASA).

use crate::case::Case;
use crate::facts::gateway_certificate::Witness;
use crate::facts::why_untrusted::Why;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "wrong-trustpoint-on-interface",
    stage: Stage::Trust,
    severity: Severity::Blocker,
    needs: &[Need::AsaConfig, Need::PhoneConfig],
    echoes: &["cert-hash-mismatch"],
    sources: &["Cisco 116162, certificate on the ASA"],
    prose: Text::fixed(
        include_str!("wrong_trustpoint_on_interface.en.md"),
        include_str!("wrong_trustpoint_on_interface.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    case.phones_with_vpn()?;
    let gateway = &case.gateway_certificates;
    // The binding may be overruled as a witness by a phone's log, and still be what has to be changed.
    let bound: Vec<_> = gateway
        .presented
        .iter()
        .chain(&gateway.disputed)
        .filter_map(|presented| {
            let (_, place) =
                presented.places.iter().find(|(witness, _)| *witness == Witness::BoundTrustpoint)?;
            Some((presented, place))
        })
        .collect();
    if bound.is_empty() {
        return Err(Missing::one(Need::AsaConfig));
    }
    let mut findings: Vec<Finding> = Vec::new();
    for (presented, place) in bound {
        let trusted = case.trusted_hashes.iter().any(|hash| hash.sha1 == Ok(presented.sha1));
        if trusted {
            continue;
        }
        let told = case.trusted_hashes.iter().find_map(|hash| {
            case.why_untrusted(hash, presented).into_iter().find_map(|why| match why {
                Why::OtherTrustpoint { other, trustpoint } => Some((hash, other, trustpoint)),
                _ => None,
            })
        });
        let Some((hash, other, trustpoint)) = told else { continue };
        let held = case.known(other).map(|known| Evidence::seen(&known.place(), HAS_THE_HASH));
        findings.push(
            Finding::new(Confidence::Certain, Evidence::seen(place, BOUND))
                .and([Evidence::marked(&hash.place, &hash.text, TRUSTS)])
                .and(held)
                .value("expected-trustpoint", trustpoint)
                .value("trustpoint", presented.trustpoint.clone().unwrap_or_default())
                .value("interface", presented.interface.clone().unwrap_or_default()),
        );
    }
    Ok(findings)
}

const BOUND: Text =
    Text::fixed("this trust-point is bound", "Dieser Vertrauenspunkt (trust-point) ist gebunden");
const TRUSTS: Text = Text::fixed("the phone trusts this hash", "Diesem Hash vertraut das Telefon");
const HAS_THE_HASH: Text = Text::fixed(
    "this certificate has that hash, but its trust-point is not bound",
    "Dieses Zertifikat hat diesen Hash, aber sein Vertrauenspunkt ist nicht gebunden",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::certificates::{CURRENT, OTHER};
    use crate::testing::{asa, chain, fires, hash_of, phone_trusting, silent, waits};

    fn config(bound: &str) -> String {
        let chains = chain("PHONES", &[("", CURRENT)]) + &chain("PORTAL", &[("", OTHER)]);
        asa(&format!("ssl trust-point {bound} outside"), &chains)
    }

    #[test]
    fn a_hash_of_another_trust_point_is_told() {
        let phone = phone_trusting(&[hash_of(CURRENT)]);
        let finding = &fires(&RULE, &[("asa.cfg", &config("PORTAL")), ("x.xml", &phone)])[0];
        assert!(finding.values.contains(&("expected-trustpoint", "PHONES".to_owned())));
        silent(&RULE, &[("asa.cfg", &config("PHONES")), ("x.xml", &phone)]);
        waits(&RULE, &[("x.xml", &phone)]);
    }
}
