//! A licence that phones need runs out.
//!
//! `show version` prints the days that are left behind a time-based licence; the log warns of an activation key that
//! ends, without saying what it licenses (ASA syslog guide). Where both are there, the licence lines decide.

use super::{serves_no_phones, shows_phones};
use crate::case::Case;
use crate::facts::licences;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::{By, What};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::tables::licence_features::Feature;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "licence-time-based-expiring",
    stage: Stage::Prerequisites,
    severity: Severity::Warning,
    needs: &[Need::AsaVersion, Need::AsaLog],
    echoes: &[],
    sources: &["Cisco 116162, licences", "ASA syslog guide, 444005"],
    prose: Text::fixed(
        include_str!("licence_time_based_expiring.en.md"),
        include_str!("licence_time_based_expiring.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    if serves_no_phones(case) {
        return Err(Missing(vec![Need::AsaVersion, Need::AsaLog]));
    }
    let mut told = false;
    let mut ending: Vec<(u32, Evidence, String)> = Vec::new();
    for licences in licences::of(&case.documents).filter(|licences| case.may_serve(licences.input())) {
        for feature in [Feature::VpnPhone, Feature::Premium] {
            let Some(licence) = licences.line(feature) else { continue };
            told = true;
            if let Some(days) = licence.days_left() {
                let mark = format!("{days} day");
                let proof = Evidence::marked(&licence.place, &mark, TIME_BASED);
                ending.push((days, proof, licence.name().to_owned()));
            }
        }
    }
    ending.sort_by_key(|(days, ..)| *days);
    let keys = ending_keys(case);
    if let Some((days, proof, name)) = ending.first() {
        let rest = ending.iter().skip(1).map(|(_, proof, _)| proof.clone());
        let finding = Finding::new(Confidence::Certain, proof.clone()).and(rest);
        let finding = finding.and(keys.into_iter().map(|(_, proof)| proof));
        let mut finding = finding.computed("days", days.to_string()).value("licence", name.clone());
        finding.title = title(Some(*days));
        return Ok(vec![finding]);
    }
    if told {
        return Ok(Vec::new());
    }
    let mut keys = keys.into_iter().filter(|_| shows_phones(case));
    let Some((days, proof)) = keys.next() else { return Err(Missing::need(Need::AsaVersion)) };
    let finding = Finding::new(Confidence::Possible, proof).and(keys.map(|(_, proof)| proof));
    let mut finding = finding.because(WHICH);
    finding.title = title(days);
    let days = days.map_or_else(|| "…".to_owned(), |days| days.to_string());
    Ok(vec![finding.computed("days", days)])
}

/// The last days have names.
fn title(days: Option<u32>) -> Option<Text> {
    match days {
        Some(0) => Some(TODAY),
        Some(1) => Some(TOMORROW),
        _ => None,
    }
}

/// The warning, once for each log: the last is the newest.
fn ending_keys(case: &Case<'_>) -> Vec<(Option<u32>, Evidence)> {
    let logs = case.documents.logs_by(By::AsaLog);
    logs.filter_map(|log| {
        log.observations.iter().rev().find_map(|event| match event.what {
            What::LicenceExpiring { days } => Some((days, Evidence::at(&event.place(), KEY_ENDS))),
            _ => None,
        })
    })
    .collect()
}

const TODAY: Text =
    Text::fixed("A licence that phones need ends today", "Eine Lizenz, die Telefone brauchen, endet heute");
const TOMORROW: Text = Text::fixed(
    "A licence that phones need ends tomorrow",
    "Eine Lizenz, die Telefone brauchen, endet morgen",
);
const TIME_BASED: Text = Text::fixed(
    "this licence has an end, and phones need it",
    "Diese Lizenz ist befristet, und Telefone brauchen sie",
);
const KEY_ENDS: Text = Text::fixed("an activation key ends", "Ein Aktivierungsschlüssel läuft ab");
const WHICH: Text = Text::fixed(
    "The message does not say what the key licenses; the licence lines of `show version` do.",
    "Die Meldung sagt nicht, was der Schlüssel lizenziert; die Lizenzzeilen von `show version` sagen es.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, silent, waits};

    fn output(phone: &str, proxy: &str) -> String {
        format!(
            "Licensed features for this platform:\nAnyConnect Premium Peers          : 25             perpetual\n\
             AnyConnect for Cisco VPN Phone    : Enabled        {phone}\nUC Phone Proxy Sessions           : 12             {proxy}\n"
        )
    }

    const KEY: &str =
        "%ASA-4-444005: Timebased activation key 0x11223344 0x55667788 will expire in 12 days.\n";
    const LOGIN: &str = "%ASA-6-716038: Group <PHONES> User <CP-7965G-SEP001122334455> IP <192.0.2.9> Authentication: successful, Session Type: WebVPN.\n";

    #[test]
    fn days_behind_a_licence_of_phones_are_told() {
        let finding = &fires(&RULE, &[("x", &output("23 days", "perpetual"))])[0];
        assert_eq!(
            (finding.confidence, finding.evidence()[0].mark.as_str()),
            (Confidence::Certain, "23 day")
        );
        assert_eq!(finding.computed, [("days", "23".to_owned())]);
    }

    #[test]
    fn another_features_end_is_not_the_phones() {
        silent(&RULE, &[("x", &output("perpetual", "23 days"))]);
        silent(&RULE, &[("x", &output("perpetual", "23 days")), ("y", KEY)]);
    }

    #[test]
    fn a_key_that_ends_may_be_the_phones() {
        let finding = &fires(&RULE, &[("x", &format!("{LOGIN}{KEY}"))])[0];
        assert_eq!((finding.confidence, finding.computed[0].1.as_str()), (Confidence::Possible, "12"));
        waits(&RULE, &[("x", KEY)]);
        waits(&RULE, &[]);
    }
}
