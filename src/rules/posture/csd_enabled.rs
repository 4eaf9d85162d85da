//! Cisco Secure Desktop or HostScan is on, and the phones' tunnel group does not leave it out.
//!
//! A phone cannot run it. `without-csd` leaves it out for one tunnel group since 8.2, and only for connections that came
//! by a `group-url`; before 8.2 it can only be switched off for everyone (Cisco 116162, CSD). Newer releases say
//! `hostscan` for `csd`.

use crate::case::Case;
use crate::facts::asa_devices::AsaDevice;
use crate::facts::asa_release::{self, Release};
use crate::facts::phone_groups::PhoneGroup;
use crate::facts::secure_desktop::{self, Exemption};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::What;
use crate::rules::Rule;
use crate::source::Place;
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "csd-enabled",
    stage: Stage::Posture,
    severity: Severity::Blocker,
    needs: &[Need::AsaConfig],
    echoes: &["csd-ended-session"],
    sources: &["Cisco 116162, Cisco Secure Desktop"],
    prose: Text::fixed(include_str!("csd_enabled.en.md"), include_str!("csd_enabled.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut findings = Vec::new();
    let mut checked = false;
    let mut open = Missing::need(Need::AsaConfig);
    for device in &case.asa_devices {
        let enabled = secure_desktop::enabled(device);
        if enabled.is_none() && !device.covers("webvpn") {
            continue;
        }
        let groups = case.phone_groups.groups.iter();
        let on_device: Vec<(&PhoneGroup, Exemption)> = groups
            .filter_map(|group| Some((group, secure_desktop::exemption(device, &group.name)?)))
            .collect();
        let any_sure = on_device.iter().any(|(group, _)| group.is_sure());
        if !any_sure {
            let _ = case.said.answer("tunnel-group");
            open = Missing(vec![Need::PhoneConfig, Need::AsaLog, Need::Answer]);
        }
        checked |= any_sure;
        let Some(place) = enabled else { continue };
        for (group, exemption) in on_device.iter().filter(|(group, _)| group.is_sure() || !any_sure) {
            findings.extend(tell(case, device, group, exemption, &place));
        }
    }
    if findings.is_empty() && !checked { Err(open) } else { Ok(findings) }
}

fn tell(
    case: &Case<'_>,
    device: &AsaDevice<'_>,
    group: &PhoneGroup,
    exemption: &Exemption,
    enabled: &Place,
) -> Option<Finding> {
    let name = group.name.as_str();
    let (proof, because, fix) = match exemption {
        Exemption::Works => return None,
        Exemption::WithoutUrl(place) => (Evidence::at(place, LEAVES_OUT), NO_URL, "group-url"),
        Exemption::Missing(searched) => (Evidence::not_in(searched, NOT_LEFT_OUT), NOT_SET, "without-csd"),
        Exemption::NotShown(place) => (Evidence::at(place, GROUP), NOT_SHOWN, "without-csd"),
    };
    let shown = !matches!(exemption, Exemption::NotShown(_)) && device.covers("webvpn");
    let confidence = if ended_by_log(case) && group.is_sure() {
        Confidence::Certain
    } else if shown {
        group.at_most(Confidence::Certain)
    } else {
        group.at_most(Confidence::Likely)
    };
    let line = enabled.at.line;
    let mut finding = Finding::new(confidence, Evidence::marked(enabled, enabled.at.text.trim(), ENABLED))
        .and([proof])
        .because(
            because
                .with("group", Class::Group, name)
                .with("quoted", Class::Words, enabled.at.text.trim())
                .number("line", line),
        )
        .value("tunnel-group", name);
    if !group.is_sure() {
        finding = finding.because(ONLY_NAMED);
    }
    let old = asa_release::of_device(device).is_some_and(|release| release < Release::at(8, 2, 0));
    if old {
        finding = finding.because(TOO_OLD);
    }
    Some(if old { finding.fix("everyone") } else { finding.fix(fix) })
}

fn ended_by_log(case: &Case<'_>) -> bool {
    let ended = What::PostureRequired { ended: true };
    case.messages.iter().any(|message| message.is_phones() && message.what == ended)
}

const ENABLED: Text = Text::fixed(
    "every client has to run Cisco Secure Desktop or HostScan",
    "Jeder Client muss Cisco Secure Desktop oder HostScan ausführen",
);
const LEAVES_OUT: Text = Text::fixed(
    "the tunnel group leaves it out, for connections by a group-url",
    "Die Tunnelgruppe lässt das weg, aber nur für Verbindungen über eine group-url",
);
const NOT_LEFT_OUT: Text = Text::fixed(
    "the phones' tunnel group has no without-csd",
    "Die Tunnelgruppe der Telefone hat kein without-csd",
);
const GROUP: Text = Text::fixed("the phones' tunnel group", "die Tunnelgruppe (tunnel-group) der Telefone");
const NOT_SET: Text = Text::fixed(
    "“{quoted}” in line {line} is on, and tunnel group {group} has no without-csd.",
    "„{quoted}“ in Zeile {line} ist eingeschaltet, und die Tunnelgruppe (tunnel-group) {group} hat kein without-csd.",
);
const NOT_SHOWN: Text = Text::fixed(
    "“{quoted}” in line {line} is on, and what is shown of tunnel group {group} has no without-csd.",
    "„{quoted}“ in Zeile {line} ist eingeschaltet, und in dem, was von der Tunnelgruppe (tunnel-group) {group} zu sehen ist, steht kein without-csd.",
);
const NO_URL: Text = Text::fixed(
    "Tunnel group {group} has without-csd but no enabled group-url, and it works through a group-url alone.",
    "Die Tunnelgruppe (tunnel-group) {group} hat without-csd, aber keine aktivierte group-url, und nur über eine group-url wirkt es.",
);
const ONLY_NAMED: Text = Text::fixed(
    "Only its name ties this tunnel group to phones.",
    "Nur ihr Name verbindet diese Tunnelgruppe mit Telefonen.",
);
const TOO_OLD: Text = Text::fixed(
    "This release is older than 8.2 and cannot leave it out for one tunnel group.",
    "Diese Version ist älter als 8.2 und kann es für eine einzelne Tunnelgruppe nicht weglassen.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, handsets, silent, waits};

    fn config(csd: &str, group: &str) -> String {
        let asa =
            handsets("", "", "").asa.replace(" anyconnect enable\n", &format!(" anyconnect enable\n{csd}"));
        asa.replace(" authentication certificate\n", &format!(" authentication certificate\n{group}"))
    }

    #[test]
    fn posture_without_an_exception_is_told() {
        let files = handsets("", "", "");
        for csd in [" csd image disk0:/csd.pkg\n csd enable\n", " hostscan enable\n"] {
            let finding = &fires(&RULE, &[("a", &config(csd, "")), files.files()[1]])[0];
            assert_eq!(
                (finding.confidence, finding.fixes.as_slice()),
                (Confidence::Certain, &["without-csd"][..])
            );
            assert!(finding.because[0].en().contains("BRANCH"));
        }
    }

    #[test]
    fn an_exception_works_through_a_group_url_only() {
        let files = handsets("", "", "");
        let left_out = config(" csd enable\n", " without-csd\n");
        silent(&RULE, &[("a", &left_out), files.files()[1]]);
        let disabled = left_out.replace("/Branch enable", "/Branch disable");
        assert_eq!(fires(&RULE, &[("a", &disabled), files.files()[1]])[0].fixes, ["group-url"]);
        let old = config(" csd enable\n", "").replace("9.1(1)", "8.0(5)");
        assert_eq!(fires(&RULE, &[("a", &old), files.files()[1]])[0].fixes, ["everyone"]);
    }

    #[test]
    fn an_asa_without_it_or_without_phones_gets_no_finding() {
        let files = handsets("", "", "");
        silent(&RULE, &[("a", &config("", "")), files.files()[1]]);
        silent(&RULE, &[("a", &config(" no csd enable\n", "")), files.files()[1]]);
        waits(&RULE, &[("a", &config(" csd enable\n", ""))]);
        waits(&RULE, &[("a", "ASA Version 9.1(1)\nhostname a\n: end\n"), files.files()[1]]);
        waits(&RULE, &[]);
    }

    #[test]
    fn a_name_alone_makes_it_possible() {
        let named = config(" csd enable\n", "").replace("BRANCH", "VPN-Phones");
        assert_eq!(fires(&RULE, &[("a", &named)])[0].confidence, Confidence::Possible);
    }
}
