//! The ASA wants to show or ask something that only a person at a browser could answer.
//!
//! `anyconnect ask enable` (`svc ask enable` up to 8.3) offers the client or the portal; Cisco's configuration for
//! phones sets `svc ask none` (CME administration guide, SSL VPN client for SCCP phones). That a `banner` or a `keepout`
//! text stops a phone as well is plausible and not documented.

use super::settings::{check_setting, finding};
use crate::case::Case;
use crate::facts::webvpn;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::tables::policy_attributes::{ASK, BANNER};
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "anyconnect-ask-or-banner",
    stage: Stage::Policy,
    severity: Severity::Warning,
    needs: &[Need::AsaConfig, Need::AsaConfigAll],
    echoes: &[],
    sources: &["CME administration guide, SSL VPN client for SCCP phones"],
    prose: Text::fixed(
        include_str!("anyconnect_ask_or_banner.en.md"),
        include_str!("anyconnect_ask_or_banner.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let asks = check_setting(case, ASK, |_, setting| setting.value.starts_with("enable"));
    let banners = check_setting(case, BANNER, |_, setting| setting.named().is_some());
    let mut findings = Vec::new();
    for (policy, setting) in &asks.wrong {
        let Some(place) = &setting.place else { continue };
        let mut found = finding(policy, setting, place, ASKS);
        found.confidence = found.confidence.max(Confidence::Likely);
        relabel(&mut found, "ask");
        // Newer releases say `anyconnect`, older ones `svc`; the line itself shows which.
        let word = if place.at.text.trim_start().starts_with("svc") { "svc" } else { "anyconnect" };
        findings.push(found.computed("client", word));
    }
    for (policy, setting) in &banners.wrong {
        let Some(place) = &setting.place else { continue };
        let mut found = finding(policy, setting, place, SHOWS).because(UNDOCUMENTED);
        found.confidence = Confidence::Possible;
        relabel(&mut found, "banner");
        findings.push(found);
    }
    findings.extend(keepout(case));
    asks.answer(Vec::new())
        .and(banners.answer(Vec::new()))
        .or_else(|missing| if findings.is_empty() { Err(missing) } else { Ok(Vec::new()) })?;
    Ok(findings)
}

/// The fix for a user stands beside the one for a policy: a policy's lines are shown for both kinds of it.
fn relabel(found: &mut Finding, label: &'static str) {
    if !found.fixes.contains(&"user") {
        found.fixes.clear();
        found.fixes.push(label);
    } else {
        found.fixes = vec![if label == "ask" { "user-ask" } else { "user-banner" }];
    }
}

/// The text that shuts everybody out, on an ASA that serves phones.
fn keepout(case: &Case<'_>) -> Vec<Finding> {
    let serving =
        |index: usize| case.effective_policies.iter().any(|policy| policy.device == index && policy.sure);
    let devices = case.asa_devices.iter().enumerate().filter(|(index, _)| serving(*index));
    devices
        .filter_map(|(_, device)| {
            let text = webvpn::of_device(device).find_map(|block| block.keepout())?;
            let proof = Evidence::stated(&text, KEEPS_OUT);
            Some(Finding::new(Confidence::Possible, proof).because(UNDOCUMENTED).fix("keepout"))
        })
        .collect()
}

const ASKS: Text =
    Text::fixed("the ASA asks which client to use", "Die ASA fragt, welcher Client benutzt werden soll");
const SHOWS: Text =
    Text::fixed("the ASA shows this text at login", "Die ASA zeigt diesen Text bei der Anmeldung");
const KEEPS_OUT: Text = Text::fixed(
    "the ASA shows this text instead of a login",
    "Die ASA zeigt diesen Text statt einer Anmeldung",
);
const UNDOCUMENTED: Text = Text::fixed(
    "How a phone takes this is not documented; it has no way to confirm a text.",
    "Wie ein Telefon damit umgeht, ist nicht dokumentiert; bestätigen kann es einen Text nicht.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, handsets, silent, waits};

    const NONE: &str = " banner none\n webvpn\n  anyconnect ask none default anyconnect\n";

    #[test]
    fn a_question_or_a_text_is_told() {
        for (own, confidence, fix) in [
            (
                " banner none\n webvpn\n  anyconnect ask enable default webvpn timeout 30\n",
                Confidence::Likely,
                "ask",
            ),
            (" banner none\n webvpn\n  svc ask enable\n", Confidence::Likely, "ask"),
            (" banner value Welcome\n webvpn\n  anyconnect ask none\n", Confidence::Possible, "banner"),
        ] {
            let findings = fires(&RULE, &handsets("", own, "").files());
            assert_eq!((findings.len(), findings[0].confidence), (1, confidence), "{own}");
            assert_eq!(findings[0].fixes, [fix]);
        }
    }

    #[test]
    fn keepout_is_told_of_an_asa_that_serves_phones() {
        let files = handsets("", NONE, "");
        let closed = files.asa.replace(" anyconnect enable\n", " anyconnect enable\n keepout \"closed\"\n");
        let findings = fires(&RULE, &[("a", &closed), files.files()[1]]);
        assert_eq!(findings[0].fixes, ["keepout"]);
    }

    #[test]
    fn no_question_and_no_text_is_fine() {
        silent(&RULE, &handsets(" banner value Welcome\n", NONE, "").files());
        waits(&RULE, &handsets("", "", "").files());
        waits(&RULE, &[]);
    }
}
