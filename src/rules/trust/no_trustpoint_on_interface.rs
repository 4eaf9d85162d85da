//! No trust-point is bound to the interface that the phones connect to.
//!
//! An ASA without `ssl trust-point … <interface>` presents a self-signed certificate of its own making (Cisco
//! 116162). That it is made anew at a reload, and its hash with it, is widely reported but not in the sources used
//! here, so it is worded as likely.

use crate::case::Case;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "no-trustpoint-on-interface",
    stage: Stage::Trust,
    severity: Severity::Blocker,
    needs: &[Need::AsaConfig],
    echoes: &["cert-hash-mismatch", "phone-rejected-server-certificate"],
    sources: &["Cisco 116162, certificate on the ASA"],
    prose: Text::fixed(
        include_str!("no_trustpoint_on_interface.en.md"),
        include_str!("no_trustpoint_on_interface.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut checked = false;
    let mut findings = Vec::new();
    for config in &case.documents.asa_configs {
        let document = config.document;
        // Without webvpn this ASA serves no phones, and an excerpt may just lack the ssl lines.
        let Some(webvpn) = document.webvpn.as_ref().filter(|_| document.scope.covers("ssl")) else {
            continue;
        };
        if webvpn.enabled.is_empty() {
            continue;
        }
        checked = true;
        for interface in &webvpn.enabled {
            let bound = document
                .ssl
                .trust_points
                .iter()
                .any(|bound| bound.interface.as_ref().is_none_or(|name| *name == interface.value));
            if bound {
                continue;
            }
            let looked_in = format!("lines 1-{}", document.lines);
            findings.push(
                Finding::new(
                    Confidence::Likely,
                    Evidence::marked(&config.place(&interface.at), &interface.value, ENABLED),
                )
                .and([Evidence::absent(config.input, looked_in, ABSENT)])
                .value("interface", interface.value.as_str()),
            );
        }
    }
    if checked { Ok(findings) } else { Err(Missing::one(Need::AsaConfig)) }
}

const ENABLED: Text =
    Text::fixed("SSL VPN is enabled on this interface", "Auf dieser Schnittstelle ist SSL-VPN aktiviert.");
const ABSENT: Text =
    Text::fixed("there is no ssl trust-point line for it", "Für sie gibt es keine Zeile ssl trust-point");

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{fires, silent, waits};

    fn config(ssl: &str) -> String {
        format!(
            "ASA Version 9.1(1)\nhostname asa\n{ssl}\nwebvpn\n enable outside\n anyconnect enable\n: end\n"
        )
    }

    #[test]
    fn an_interface_without_trust_point_is_told() {
        fires(&RULE, &[("asa.cfg", &config(""))]);
        fires(&RULE, &[("asa.cfg", &config("ssl trust-point PHONES dmz"))]);
    }

    #[test]
    fn a_binding_for_the_interface_or_for_all_is_fine() {
        silent(&RULE, &[("asa.cfg", &config("ssl trust-point PHONES outside"))]);
        silent(&RULE, &[("asa.cfg", &config("ssl trust-point PHONES"))]);
    }

    #[test]
    fn an_excerpt_and_an_asa_without_webvpn_prove_nothing() {
        waits(&RULE, &[("asa.cfg", "webvpn\n enable outside\n")]);
        waits(
            &RULE,
            &[("asa.cfg", "ASA Version 9.1(1)\nhostname asa\ninterface Vlan1\n nameif outside\n: end\n")],
        );
    }
}
