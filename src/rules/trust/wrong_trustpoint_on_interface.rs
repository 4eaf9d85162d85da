//! The phone's hash belongs to a trust-point of this ASA, but another one is bound to the interface.
//!
//! `show running-config ssl` says which certificate the phones see (Cisco 116162, certificate on the ASA). A certificate
//! that has ended is no reason to change the binding: it was renewed, and the phones need the new one's hash, which
//! `cert-hash-mismatch` tells.

use std::collections::BTreeSet;

use crate::case::Case;
use crate::facts::certificates::CaseCertificate;
use crate::facts::gateway_certificate::{Presented, Witness};
use crate::facts::trust_match::issuers_of;
use crate::facts::trusted_hashes::TrustedHash;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};
use crate::time::rfc3339;

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
        return Err(Missing::need(Need::AsaConfig));
    }
    let bound_to = |trustpoint: &str, input: u32| {
        bound
            .iter()
            .any(|(other, place)| place.input == input && other.trustpoint.as_deref() == Some(trustpoint))
    };
    let mut findings: Vec<Finding> = Vec::new();
    for (presented, place) in bound.iter().copied() {
        let Some((hash, other, trustpoint)) = hash_of_another(case, presented, place.input) else { continue };
        // Bound elsewhere, it may well be what the phone meets: a name in its URL tells no interface.
        if bound_to(trustpoint, place.input) {
            continue;
        }
        let held = Evidence::at(&other.place(), HAS_THE_HASH);
        let mut finding = Finding::new(Confidence::Certain, Evidence::at(place, BOUND))
            .and([Evidence::marked(&hash.place, &hash.text, TRUSTS), held])
            .value("expected-trustpoint", trustpoint)
            .value("trustpoint", presented.trustpoint.clone().unwrap_or_default())
            .value("interface", presented.interface.clone().unwrap_or_default());
        if let Some(day) = renewed_until(case, presented, other) {
            finding = finding.because(ONLY_UNTIL.with("until", Class::Words, &day));
        }
        findings.push(finding);
    }
    Ok(findings)
}

/// The hash of a phone that has none of the bound certificate's, and the trust-point of the same ASA that it belongs
/// to. An equal subject of the two certificates does not matter: that one can be bound, unless it has ended and the bound
/// one has not. Where both have, the files are old, and what was wrong then counts.
fn hash_of_another<'c>(
    case: &'c Case<'_>,
    bound: &Presented,
    input: u32,
) -> Option<(&'c TrustedHash, &'c CaseCertificate<'c>, &'c str)> {
    let accepted: Vec<[u8; 20]> = issuers_of(bound, &case.certificates)
        .into_iter()
        .filter_map(|issuer| case.certificate(issuer).map(CaseCertificate::sha1))
        .chain([bound.sha1])
        .collect();
    let bound_has_ended = known_of(case, bound).is_some_and(|known| known.has_ended(case.now));
    let accepts = |hash: &TrustedHash| hash.sha1.is_ok_and(|sha1| accepted.contains(&sha1));
    let content: BTreeSet<usize> =
        case.trusted_hashes.iter().filter(|hash| accepts(hash)).map(|hash| hash.phone).collect();
    case.trusted_hashes.iter().filter(|hash| !content.contains(&hash.phone)).find_map(|hash| {
        let other = case.certificates.iter().find(|known| {
            Ok(known.sha1()) == hash.sha1
                && known.certificate.input == input
                && known.is_identity()
                && known.trustpoint() != bound.trustpoint.as_deref()
                && (bound_has_ended || !known.has_ended(case.now))
        })?;
        Some((hash, other, other.trustpoint()?))
    })
}

fn known_of<'c>(case: &'c Case<'_>, presented: &Presented) -> Option<&'c CaseCertificate<'c>> {
    presented.certificate.and_then(|index| case.certificate(index))
}

/// The day on which the other certificate ends, where the bound one is its successor.
fn renewed_until(case: &Case<'_>, bound: &Presented, other: &CaseCertificate<'_>) -> Option<String> {
    let bound = known_of(case, bound)?.certificate.document.fields.as_ref()?;
    let other = other.certificate.document.fields.as_ref()?;
    let successor = bound.subject == other.subject && other.not_after? < bound.not_after?;
    successor.then(|| rfc3339(other.not_after.unwrap_or_default()).chars().take(10).collect())
}

const ONLY_UNTIL: Text = Text::fixed(
    "The bound certificate has the same subject and ends later, so it is probably the renewed one. The older one can be bound again, but it helps only until {until}: give the phones the hash of the new one before that day.",
    "Das gebundene Zertifikat hat denselben Antragsteller und endet später, ist also wahrscheinlich das erneuerte. Das ältere lässt sich wieder binden, hilft aber nur bis {until}: Geben Sie den Telefonen vor diesem Tag den Hash des neuen.",
);
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
    use crate::case::Said;
    use crate::finding::Severity;
    use crate::testing::certificates::{AUTHORITY, CURRENT, ENDING, ISSUED, OTHER, PREVIOUS};
    use crate::testing::{asa, chain, fires, hash_of, now, phone_trusting, readings, silent, waits};

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
        // A second phone that is content with what is bound changes nothing for the first.
        let content = phone_trusting(&[hash_of(OTHER)]);
        fires(&RULE, &[("asa.cfg", &config("PORTAL")), ("x.xml", &phone), ("y.xml", &content)]);
        waits(&RULE, &[("x.xml", &phone)]);
    }

    #[test]
    fn an_equal_subject_does_not_hide_it_and_a_certificate_that_has_ended_is_not_to_be_bound() {
        let fired = |(phones, portal): (&str, &str), bound: &str, hash: &str| {
            let chains = chain("PHONES", &[("", phones)]) + &chain("PORTAL", &[("", portal)]);
            let config = asa(&format!("ssl trust-point {bound} outside"), &chains);
            let phone = phone_trusting(&[hash_of(hash)]);
            let verdict = crate::diagnose::diagnose(
                &readings(&[("fw.cfg", &config), ("SEP001122334455.cnf.xml", &phone)]),
                &Said::new(),
                now(),
            );
            let cause = verdict.findings.first().map(|first| first.rule.clone()).unwrap_or_default();
            let told = verdict.findings.into_iter().find(|found| found.rule == RULE.id);
            (cause, told)
        };
        // The newer is not bound; the older is not bound, and still valid; and likewise where both have another name.
        for (held, bound, hash, expected, only_until) in [
            ((CURRENT, PREVIOUS), "PORTAL", CURRENT, "PHONES", false),
            ((CURRENT, ENDING), "PHONES", ENDING, "PORTAL", true),
            ((CURRENT, ENDING), "PORTAL", CURRENT, "PHONES", false),
            ((CURRENT, OTHER), "PHONES", OTHER, "PORTAL", false),
        ] {
            let (cause, told) = fired(held, bound, hash);
            let told = told.unwrap();
            assert_eq!((cause.as_str(), told.severity), (RULE.id, Severity::Blocker), "{bound}");
            let commands =
                told.fix.iter().flat_map(|fix| &fix.commands).cloned().collect::<Vec<_>>().join("\n");
            assert!(commands.contains(&format!("ssl trust-point {expected} outside")), "{commands}");
            let because = told.explanation.iter().any(|text| text.en().contains("only until 2026-12-20"));
            assert_eq!(because, only_until, "{bound}");
        }
        // The older one has ended: the phones need the hash of the new one.
        let (cause, told) = fired((CURRENT, PREVIOUS), "PHONES", PREVIOUS);
        assert_eq!((cause.as_str(), told), ("cert-hash-mismatch", None));
    }

    /// A gateway of two interfaces, each with a trust-point of its own.
    fn two_interfaces() -> String {
        let chains = chain("PHONES", &[("", CURRENT)]) + &chain("PORTAL", &[("", OTHER)]);
        asa("ssl trust-point PHONES isp\nssl trust-point PORTAL lan", &chains)
            .replace("webvpn\n enable outside\n", "interface Vlan7\n nameif isp\n ip address 203.0.113.7 255.255.255.0\ninterface Vlan8\n nameif lan\n ip address 192.0.2.7 255.255.255.0\nwebvpn\n enable isp\n enable lan\n")
    }

    #[test]
    fn what_another_interface_shows_is_not_judged() {
        let config = two_interfaces();
        let dials = |host: &str, hash: String| phone_trusting(&[hash]).replace("vpn.example.com", host);
        for (host, hash, wrong) in [
            ("203.0.113.7", CURRENT, false),
            ("192.0.2.7", OTHER, false),
            ("203.0.113.7", OTHER, true),
            ("vpn.example.com", CURRENT, false),
        ] {
            let files = [("fw.cfg", config.as_str()), ("x.xml", &dials(host, hash_of(hash)))];
            if wrong { assert_eq!(fires(&RULE, &files).len(), 1, "{host}") } else { silent(&RULE, &files) }
        }
    }

    #[test]
    fn a_phone_that_trusts_the_issuer_is_content() {
        let chains =
            chain("PHONES", &[("ca ", AUTHORITY), ("", ISSUED)]) + &chain("PORTAL", &[("ca ", AUTHORITY)]);
        let config = asa("ssl trust-point PHONES outside", &chains);
        silent(&RULE, &[("fw.cfg", &config), ("x.xml", &phone_trusting(&[hash_of(AUTHORITY)]))]);
    }
}
