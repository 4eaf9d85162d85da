//! The certificate that the ASA presents has less than 60 days left.
//!
//! Phones can learn a new certificate only while they are connected (Cisco 116162, certificate renewal), so the
//! time before the end is the time to act.

use crate::case::Case;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;
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
            let days = (left / DAY).to_string();
            let says = ENDS.filled(&[("day", &rfc3339(until)), ("days", &days)]);
            findings.push(
                Finding::new(Confidence::Certain, Evidence::at(&known.place(), says))
                    .computed("days", days)
                    .value("trustpoint", presented.trustpoint.clone().unwrap_or_default()),
            );
        }
    }
    for listed in &case.listed_identities {
        let Some((_, place, printed)) = &listed.end else { continue };
        checked = true;
        let Some(left) = listed.days_left(case.now).filter(|left| (0..NOTICE_DAYS).contains(left)) else {
            continue;
        };
        let (days, day) = (left.to_string(), printed.as_str());
        let says = ENDS.filled(&[("day", day), ("days", &days)]);
        findings.push(
            Finding::new(Confidence::Likely, Evidence::marked(place, day, says))
                .and([Evidence::at(&listed.bound, BOUND)])
                .computed("days", days)
                .value("trustpoint", listed.trustpoint.clone()),
        );
    }
    if checked { Ok(findings) } else { Err(Missing(vec![Need::Certificate, Need::AsaConfig])) }
}

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
    use super::RULE;
    use crate::testing::certificates::{CURRENT, ENDING, PREVIOUS};
    use crate::testing::{fires, silent, waits};

    #[test]
    fn less_than_sixty_days_are_told() {
        let finding = &fires(&RULE, &[("x", ENDING)])[0];
        assert!(finding.evidence()[0].says.en.contains("25 days"), "{:?}", finding.evidence());
        silent(&RULE, &[("x", CURRENT)]);
        silent(&RULE, &[("x", PREVIOUS)]);
        waits(&RULE, &[]);
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
        assert!(finding.evidence()[0].says.en.contains("29 days"), "{:?}", finding.evidence());
        silent(&RULE, &[("crypto.txt", &list("08:00:00 EST Dec 24 2027", "DESK")), ("part.txt", binds)]);
        waits(&RULE, &[("crypto.txt", &list("08:00:00 EST Dec 24 2026", "LAB")), ("part.txt", binds)]);
    }
}
