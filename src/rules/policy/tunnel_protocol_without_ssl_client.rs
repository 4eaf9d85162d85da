//! The phones' policy does not allow the SSL client: `vpn-tunnel-protocol` without `ssl-client`.
//!
//! Up to 8.3 the word is `svc`. A phone is an SSL client; `ssl-clientless` (`webvpn`) is the portal for browsers and
//! does not let it in (Cisco 116162, attributes inherited from DfltGrpPolicy). Log: 722048, 722050.

use super::settings::{check_setting, finding, with_log};
use crate::case::Case;
use crate::facts::effective_policy::{EffectivePolicy, Setting};
use crate::finding::{Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::What;
use crate::rules::Rule;
use crate::rules::logged::{self, Line};
use crate::stage::Stage;
use crate::tables::policy_attributes::TUNNEL_PROTOCOL;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "tunnel-protocol-without-ssl-client",
    stage: Stage::Policy,
    severity: Severity::Blocker,
    needs: &[Need::AsaConfig, Need::AsaConfigAll, Need::AsaLog],
    echoes: &["login-failed"],
    sources: &[
        "Cisco 116162, attributes inherited from DfltGrpPolicy",
        "ASA syslog guide, 722048 and 722050",
    ],
    prose: Text::fixed(
        include_str!("tunnel_protocol_without_ssl_client.en.md"),
        include_str!("tunnel_protocol_without_ssl_client.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let judged = check_setting(case, TUNNEL_PROTOCOL, lacks_client);
    let findings = judged
        .wrong
        .iter()
        .filter_map(|(policy, setting)| {
            let found = finding(policy, setting, setting.place.as_ref()?, NO_CLIENT);
            let client = word(&setting.value);
            // The other protocols of the line may be somebody's: they stay.
            let kept =
                PROTOCOLS.into_iter().filter(|known| setting.value.split(' ').any(|word| word == *known));
            let protocols: Vec<_> = kept.chain([client]).collect();
            Some(found.computed("client", client).computed("protocols", protocols.join(" ")))
        })
        .collect();
    let mut findings = with_log(case, findings, refused(case));
    for found in findings.iter_mut().filter(|found| found.computed.is_empty()) {
        found.computed.push(("client", "ssl-client".to_owned()));
        found.computed.push(("protocols", "ssl-client".to_owned()));
    }
    judged.answer(findings)
}

fn lacks_client(_: &EffectivePolicy<'_>, setting: &Setting) -> bool {
    !setting.value.split_ascii_whitespace().any(|word| CLIENT.contains(&word))
}

/// The word of the release that wrote the line.
fn word(value: &str) -> &'static str {
    let old = value.split_ascii_whitespace().any(|word| OLD_WORDS.contains(&word));
    if old { "svc" } else { "ssl-client" }
}

/// Phones that the log shows refused because the client is not allowed.
fn refused(case: &Case<'_>) -> Vec<Line> {
    logged::lines(case, &REFUSED, |what| *what == What::ClientNotAllowed)
}

/// The SSL client, as newer and older releases call it.
const CLIENT: [&str; 2] = ["ssl-client", "svc"];
/// What else `vpn-tunnel-protocol` takes, in newer and older releases (Cisco 116162; ASA command reference).
const PROTOCOLS: [&str; 6] = ["IPSec", "ikev1", "ikev2", "l2tp-ipsec", "ssl-clientless", "webvpn"];
/// Words that only releases up to 8.3 write.
const OLD_WORDS: [&str; 2] = ["webvpn", "IPSec"];

const NO_CLIENT: Text = Text::fixed(
    "the SSL client is not among the protocols",
    "Unter den Protokollen ist der SSL-Client nicht dabei",
);
const REFUSED: Text = Text::fixed(
    "the ASA ends a phone's tunnel: the SSL client is not allowed",
    "Die ASA beendet den Tunnel eines Telefons: Der SSL-Client ist nicht erlaubt",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, handsets, silent, waits};

    const WITHOUT: &str = " vpn-tunnel-protocol ikev1 ikev2 l2tp-ipsec ssl-clientless\n";
    const WITH: &str = " vpn-tunnel-protocol ssl-client\n";

    #[test]
    fn protocols_without_the_client_are_told_in_the_releases_own_word() {
        const ALL: &str = "ikev1 ikev2 l2tp-ipsec ssl-clientless ssl-client";
        for (default, own, client, protocols) in [
            (WITHOUT, "", "ssl-client", ALL),
            (WITH, WITHOUT, "ssl-client", ALL),
            (" vpn-tunnel-protocol IPSec l2tp-ipsec webvpn\n", "", "svc", "IPSec l2tp-ipsec webvpn svc"),
            (WITH, " vpn-tunnel-protocol ikev2 reload\n", "ssl-client", "ikev2 ssl-client"),
        ] {
            let finding = &fires(&RULE, &handsets(default, own, "").files())[0];
            assert!(finding.computed.contains(&("client", client.to_owned())));
            assert!(
                finding.computed.contains(&("protocols", protocols.to_owned())),
                "{:?}",
                finding.computed
            );
            assert!(finding.evidence()[0].mark.starts_with("vpn-tunnel-protocol"));
        }
    }

    #[test]
    fn the_clients_word_of_any_release_is_fine() {
        for own in [WITH, " vpn-tunnel-protocol svc webvpn\n", " vpn-tunnel-protocol ikev2 ssl-client\n"] {
            silent(&RULE, &handsets(WITHOUT, own, "").files());
        }
        waits(&RULE, &handsets("", "", "").files());
    }

    #[test]
    fn the_log_says_it_of_phones_only() {
        let line = |id: &str, user: &str| {
            format!(
                "%ASA-4-{id}: Group <DfltGrpPolicy> User <{user}> IP <203.0.113.7> Session terminated: SVC not enabled for the user.\n"
            )
        };
        for id in ["722048", "722050"] {
            let finding = &fires(&RULE, &[("a.log", &line(id, "CP-8841-SEP0011223344AA"))])[0];
            assert_eq!(finding.confidence, Confidence::Certain);
            waits(&RULE, &[("a.log", &line(id, "alice"))]);
        }
    }
}
