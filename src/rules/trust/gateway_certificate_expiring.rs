//! The certificate that the ASA presents has less than 60 days left.
//!
//! Phones can learn a new certificate only while they are connected (Cisco 116162, certificate renewal), so the
//! time before the end is the time to act.

use crate::case::Case;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};
use crate::time::rfc3339;

/// The rule.
pub const RULE: Rule = Rule {
    id: "gateway-certificate-expiring",
    stage: Stage::Trust,
    severity: Severity::Warning,
    needs: &[Need::Certificate, Need::AsaCertificates, Need::AsaConfig],
    echoes: &[],
    sources: &["Cisco 116162, certificate renewal"],
    prose: Text::fixed(
        include_str!("gateway_certificate_expiring.en.md"),
        include_str!("gateway_certificate_expiring.de.md"),
    ),
    check,
};

const DAY: i64 = 24 * 60 * 60;
/// Days before the end from which on it is told.
const NOTICE_DAYS: i64 = 60;

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut findings = Vec::new();
    let mut checked = false;
    for presented in &case.gateway_certificates.presented {
        let Some(known) = presented.certificate.and_then(|index| case.certificate(index)) else { continue };
        let Some(until) = known.certificate.document.fields.as_ref().and_then(|fields| fields.not_after)
        else {
            continue;
        };
        checked = true;
        let left = until.saturating_sub(case.now);
        if (0..NOTICE_DAYS * DAY).contains(&left) {
            let days = days_to(until, left / DAY, case.now);
            let evidence = Evidence::at(&known.place(), ends(&rfc3339(until), days));
            let trustpoint = presented.trustpoint.clone().unwrap_or_default();
            findings.push(expiring(Confidence::Certain, evidence, days).value("trustpoint", trustpoint));
        }
    }
    for listed in &case.listed_identities {
        let Some((until, place, printed)) = &listed.end else { continue };
        checked = true;
        let Some(left) = listed.days_left(case.now).filter(|left| (0..NOTICE_DAYS).contains(left)) else {
            continue;
        };
        let days = days_to(*until, left, case.now);
        let evidence = Evidence::marked(place, printed, ends(printed, days));
        findings.push(
            expiring(Confidence::Likely, evidence, days)
                .and([Evidence::at(&listed.bound, BOUND)])
                .value("trustpoint", listed.trustpoint.clone()),
        );
    }
    if checked { Ok(findings) } else { Err(Missing(vec![Need::Certificate, Need::AsaConfig])) }
}

/// Days to the end: whole ones that are left, and the last ones by the calendar, as people say "today".
fn days_to(until: i64, left: i64, now: i64) -> i64 {
    if left > 1 { left } else { until.div_euclid(DAY).saturating_sub(now.div_euclid(DAY)).max(0) }
}

fn expiring(confidence: Confidence, evidence: Evidence, days: i64) -> Finding {
    let mut finding = Finding::new(confidence, evidence).computed("days", days.to_string());
    finding.title = match days {
        0 => Some(TODAY),
        1 => Some(TOMORROW),
        _ => None,
    };
    finding
}

fn ends(day: &str, days: i64) -> Text {
    let says = match days {
        0 => ENDS_TODAY,
        1 => ENDS_TOMORROW,
        _ => ENDS,
    };
    says.with("day", Class::Words, day).number("days", days)
}

const TODAY: Text = Text::fixed("The ASA's certificate ends today", "Das Zertifikat der ASA läuft heute ab");
const TOMORROW: Text =
    Text::fixed("The ASA's certificate ends tomorrow", "Das Zertifikat der ASA läuft morgen ab");
const ENDS_TODAY: Text = Text::fixed(
    "this certificate is valid until {day}: it ends today",
    "Dieses Zertifikat gilt bis {day}: Es läuft heute ab",
);
const ENDS_TOMORROW: Text = Text::fixed(
    "this certificate is valid until {day}: it ends tomorrow",
    "Dieses Zertifikat gilt bis {day}: Es läuft morgen ab",
);
const BOUND: Text = Text::fixed(
    "its trust-point is bound, so this is what phones get",
    "Sein Vertrauenspunkt (trust-point) ist gebunden: Das bekommen die Telefone",
);
const ENDS: Text = Text::fixed(
    "this certificate is valid until {day}: {days} days are left",
    "Dieses Zertifikat gilt bis {day}: Es bleiben {days} Tage",
);

#[cfg(test)]
mod tests {
    use super::{DAY, RULE, days_to, ends};
    use crate::testing::certificates::{CURRENT, ENDING, PREVIOUS};
    use crate::testing::{fires, silent, waits};

    #[test]
    fn less_than_sixty_days_are_told() {
        let finding = &fires(&RULE, &[("x", ENDING)])[0];
        assert!(finding.evidence()[0].says.en().contains("25 days"), "{:?}", finding.evidence());
        silent(&RULE, &[("x", CURRENT)]);
        silent(&RULE, &[("x", PREVIOUS)]);
        waits(&RULE, &[]);
    }

    #[test]
    fn the_last_days_are_called_as_people_call_them() {
        const NOON: i64 = 43_200;
        for (until, left, now, expected) in [
            (10 * DAY + NOON, 0, 10 * DAY, "today"),
            (11 * DAY, 0, 10 * DAY + NOON, "tomorrow"),
            (11 * DAY + NOON, 1, 10 * DAY, "tomorrow"),
            (12 * DAY, 1, 10 * DAY + NOON, "2 days"),
            (35 * DAY, 25, 10 * DAY, "25 days"),
        ] {
            let days = days_to(until, left, now);
            assert!(ends("the day", days).en().contains(expected), "{days}");
        }
    }

    #[test]
    fn an_end_that_the_asa_lists_is_told_in_days() {
        let list = |end: &str, trustpoint: &str| {
            format!(
                "Certificate\n  Status: Available\n  Certificate Serial Number: 5a02\n  Issuer Name:\n    cn=Example Issuing CA\n  Subject Name:\n    cn=desk.example.com\n  Validity Date:\n    start date: 08:00:00 EST Jan 3 2025\n    end   date: {end}\n  Associated Trustpoints: {trustpoint}\n"
            )
        };
        let binds = "ssl trust-point DESK outside\n";
        let ending = list("08:00:00 EST Dec 24 2026", "DESK");
        let finding = &fires(&RULE, &[("crypto.txt", &ending), ("part.txt", binds)])[0];
        assert_eq!(finding.evidence()[0].at.as_ref().unwrap().line, 10);
        assert!(finding.evidence()[0].says.en().contains("29 days"), "{:?}", finding.evidence());
        silent(&RULE, &[("crypto.txt", &list("08:00:00 EST Dec 24 2027", "DESK")), ("part.txt", binds)]);
        waits(&RULE, &[("crypto.txt", &list("08:00:00 EST Dec 24 2026", "LAB")), ("part.txt", binds)]);
    }
}
