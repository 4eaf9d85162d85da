//! The ASA's VPN client service is off, or has no image.
//!
//! Log: `%ASA-4-113035: … Session terminated: AnyConnect not enabled or invalid AnyConnect image on the ASA`, 722047,
//! 722049. Configuration: `webvpn` without `anyconnect enable` (`svc enable` up to 8.3), or without an image
//! (ASA syslog guide; Cisco 115785).

use crate::case::Case;
use crate::facts::asa_devices::AsaDevice;
use crate::facts::serving_asas::Serves;
use crate::facts::webvpn;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::What;
use crate::rules::{Rule, logged};
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "anyconnect-not-enabled",
    stage: Stage::Reach,
    severity: Severity::Blocker,
    needs: &[Need::AsaConfig, Need::AsaLog],
    echoes: &["login-failed"],
    sources: &["Cisco Secure Firewall ASA syslog guide, 113035, 722047, 722049", "Cisco 115785"],
    prose: Text::fixed(
        include_str!("anyconnect_not_enabled.en.md"),
        include_str!("anyconnect_not_enabled.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let (mut checked, mut settings) = (false, Vec::new());
    for (asa, serves) in case.asa_devices.iter().zip(&case.serving_asas) {
        let judged = setting(asa).filter(|_| *serves != Serves::Nothing);
        checked |= judged.is_some() && serves.is_sure();
        settings.extend(judged.flatten().map(|setting| (*serves, setting)));
    }
    if let Some(finding) =
        logged::finding(logged::lines(case, &ENDED, |what| *what == What::ClientNotEnabled))
    {
        let mut finding = finding.because(LOGGED);
        let labels: Vec<_> = settings.iter().map(|(_, setting)| setting.label).collect();
        for label in if labels.is_empty() { vec!["enable", "image"] } else { labels } {
            finding = finding.fix(label);
        }
        return Ok(vec![finding.and(settings.into_iter().map(|(_, setting)| setting.proof))]);
    }
    if !checked && settings.is_empty() {
        return Err(Missing(vec![Need::AsaConfig, Need::AsaLog]));
    }
    let several = case.asa_devices.len() > 1;
    let told = settings.into_iter().filter_map(|(serves, setting)| {
        let sure = !several || serves == Serves::Shown;
        let confidence = if sure { setting.confidence } else { Confidence::Possible };
        let finding = Finding::new(confidence, setting.proof)
            .and(setting.more)
            .because(setting.because)
            .fix(setting.label);
        serves.limit(finding)
    });
    Ok(told.collect())
}

/// What is wrong in a configuration.
struct Setting {
    confidence: Confidence,
    proof: Evidence,
    more: Vec<Evidence>,
    because: Text,
    label: &'static str,
}

/// `None` where the configuration cannot tell; `Some(None)` where nothing is wrong.
fn setting(asa: &AsaDevice<'_>) -> Option<Option<Setting>> {
    let webvpn = webvpn::of_device(asa).next()?;
    let absent = |says| Evidence::not_in(&webvpn.searched(), says);
    let likely = |proof, more, because, label| {
        Some(Some(Setting { confidence: Confidence::Likely, proof, more: vec![more], because, label }))
    };
    match webvpn.client_service() {
        Some(off) if !off.value => Some(Some(Setting {
            confidence: Confidence::Certain,
            proof: Evidence::stated(&off, SWITCHED_OFF),
            more: Vec::new(),
            because: OFF,
            label: "enable",
        })),
        Some(_) if webvpn.has_image() => Some(None),
        Some(on) if webvpn.is_whole() => {
            likely(Evidence::stated(&on, ENABLED), absent(NO_IMAGE_LINE), NO_IMAGE, "image")
        }
        None if webvpn.is_whole() => {
            likely(Evidence::at(&webvpn.place(), BLOCK), absent(NO_ENABLE_LINE), OFF, "enable")
        }
        Some(_) | None => None,
    }
}

const ENDED: Text = Text::fixed(
    "the ASA ends the phone's session because the client service is off or has no valid image",
    "Die ASA beendet die Sitzung des Telefons, weil der Clientdienst aus ist oder kein gültiges Image hat",
);
const SWITCHED_OFF: Text =
    Text::fixed("the client service is switched off here", "Hier ist der Clientdienst abgeschaltet");
const ENABLED: Text =
    Text::fixed("the client service is switched on here", "Hier ist der Clientdienst eingeschaltet");
const BLOCK: Text = Text::fixed("this is the webvpn block", "Das ist der Block webvpn");
const NO_ENABLE_LINE: Text = Text::fixed(
    "there is no anyconnect enable (svc enable) in webvpn",
    "Unter webvpn gibt es kein anyconnect enable (svc enable)",
);
const NO_IMAGE_LINE: Text = Text::fixed(
    "there is no anyconnect image (svc image) in webvpn",
    "Unter webvpn gibt es kein anyconnect image (svc image)",
);
const LOGGED: Text = Text::fixed(
    "The ASA itself gives this as the reason why it ends the phone's session.",
    "Die ASA nennt dies selbst als Grund, aus dem sie die Sitzung des Telefons beendet.",
);
const OFF: Text = Text::fixed(
    "The service that phones log in to is off until `anyconnect enable` stands there.",
    "Der Dienst, an dem sich Telefone anmelden, ist aus, solange `anyconnect enable` dort nicht steht.",
);
const NO_IMAGE: Text = Text::fixed(
    "The service is on but has no image to offer. A phone needs none for itself, but the ASA ends client sessions without one.",
    "Der Dienst ist eingeschaltet, hat aber kein Image. Ein Telefon braucht selbst keines, die ASA beendet ohne Image aber die Sitzungen der Clients.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, silent, waits};

    const PHONE: &str = "<vpnGroup><addresses><url1>https://192.0.2.1/Phones</url1></addresses></vpnGroup>";
    const LOG: &str = "%ASA-4-113035: Group <PHONES> User <CP-8851-SEP001122334455> IP <192.0.2.9> Session terminated: AnyConnect not enabled or invalid AnyConnect image on the ASA.\n";

    fn asa(webvpn: &str) -> String {
        format!("ASA Version 9.1(1)\nhostname asa\nwebvpn\n enable outside\n{webvpn}: end\n")
    }

    #[test]
    fn the_log_says_it_outright_for_phones_alone() {
        let finding = &fires(&RULE, &[("x", LOG)])[0];
        assert_eq!(finding.confidence, Confidence::Certain);
        assert_eq!(finding.evidence()[0].at.as_ref().unwrap().line, 1);
        assert_eq!(finding.fixes, ["enable", "image"]);
        let joe = LOG.replace("CP-8851-SEP001122334455", "joe");
        let finding = &fires(&RULE, &[("x", &joe)])[0];
        assert_eq!(finding.confidence, Confidence::Possible, "only the group's name hints at phones");
        waits(&RULE, &[("x", &joe.replace("PHONES", "STAFF"))]);
    }

    #[test]
    fn the_configuration_must_switch_it_on_with_an_image() {
        for (webvpn, expected) in [
            ("", Some((Confidence::Likely, "enable"))),
            (" no anyconnect enable\n", Some((Confidence::Certain, "enable"))),
            (" anyconnect enable\n", Some((Confidence::Likely, "image"))),
            (" anyconnect image disk0:/anyconnect-win-4.1.pkg 1\n anyconnect enable\n", None),
            (" svc image disk0:/anyconnect-win-2.5.pkg 1\n svc enable\n", None),
        ] {
            let config = asa(webvpn);
            let files = [("a", config.as_str()), ("b", PHONE)];
            let Some((confidence, label)) = expected else {
                silent(&RULE, &files);
                continue;
            };
            let finding = &fires(&RULE, &files)[0];
            assert_eq!(
                (finding.confidence, finding.fixes.as_slice()),
                (confidence, &[label][..]),
                "{webvpn}"
            );
        }
    }

    #[test]
    fn a_group_that_is_called_after_phones_makes_it_possible() {
        let named = |group: &str| {
            asa("").replace(": end", &format!("tunnel-group {group} type remote-access\n: end"))
        };
        assert_eq!(fires(&RULE, &[("a", &named("Tischtelefone"))])[0].confidence, Confidence::Possible);
        waits(&RULE, &[("a", &named("STAFF"))]);
        let other = asa(" anyconnect image disk0:/a.pkg 1\n anyconnect enable\n")
            .replace("hostname asa", "hostname b");
        let other = other
            .replace(": end", "interface Vlan2\n nameif outside\n ip address 192.0.2.1 255.255.255.0\n: end");
        silent(&RULE, &[("a", &named("STAFF")), ("b", &other), ("c", PHONE)]);
    }

    #[test]
    fn an_asa_for_browsers_alone_is_no_fault() {
        waits(&RULE, &[("a", &asa(""))]);
        waits(&RULE, &[("a", "webvpn\n enable outside\n"), ("b", PHONE)]);
    }
}
