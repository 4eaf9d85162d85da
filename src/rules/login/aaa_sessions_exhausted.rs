//! The ASA has no AAA session left, so it can ask nobody about a login.
//!
//! ```text
//! %ASA-3-113001: Unable to open AAA session. Session limit [2048] reached
//! ```
//! The rejection behind it (113005, 716039) says nothing of the password: nobody was asked. The line names no user, as
//! it concerns every login of the ASA. Sessions that a defect does not give back are the usual reason: CSCud50997 and
//! others (Cisco Secure Firewall ASA Series Syslog Messages, 113001; kludgebomb.wordpress.com, Cisco ASA AAA Failure
//! Debug, 2017).

use crate::case::Case;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::{By, Log, Observation, What};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "aaa-sessions-exhausted",
    stage: Stage::Login,
    severity: Severity::Blocker,
    needs: &[Need::AsaLog],
    echoes: &["aaa-rejected", "login-failed"],
    sources: &[
        "Cisco Secure Firewall ASA Series Syslog Messages, 113001",
        "CSCud50997",
        "Cisco ASA AAA Failure Debug, kludgebomb.wordpress.com, 2017",
    ],
    prose: Text::fixed(
        include_str!("aaa_sessions_exhausted.en.md"),
        include_str!("aaa_sessions_exhausted.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let findings: Vec<Finding> =
        case.documents.logs_by(By::AsaLog).filter_map(|log| tell(case, log)).collect();
    if findings.is_empty() && !case.logs_show_phones() {
        return Err(Missing::need(Need::AsaLog));
    }
    Ok(findings)
}

fn tell(case: &Case<'_>, log: &Log<'_>) -> Option<Finding> {
    let all = log.observations.iter().enumerate();
    let lines: Vec<(usize, &Observation<'_>, &str)> = all
        .filter_map(|(index, event)| match event.what {
            What::AaaSessionsExhausted { limit } => Some((index, event, limit)),
            _ => None,
        })
        .collect();
    let ((first, _, limit), (last, ..)) = (*lines.first()?, *lines.last()?);
    let own = || case.messages.iter().filter(|message| message.input == log.input);
    let rejected: Vec<_> = own()
        .filter(|message| message.index > first && message.is_current())
        .filter(|message| matches!(message.what, What::UserRefused { .. } | What::LoginRejected))
        .collect();
    let passed = own().find(|message| {
        message.index > last
            && message.is_phones()
            && matches!(
                message.what,
                What::LoginAccepted | What::SessionStarted | What::AddressAssigned { .. }
            )
    });
    let sure = rejected.iter().map(|message| message.confidence()).min();
    let confidence = match sure {
        Some(confidence) => confidence,
        None if case.whose.any_phone() => Confidence::Likely,
        None => Confidence::Possible,
    };
    let mut proof = lines.iter().map(|(_, event, _)| Evidence::at(&event.place(), NONE_LEFT));
    let mut finding = Finding::new(confidence, proof.next()?)
        .and(proof)
        .and(rejected.iter().map(|message| Evidence::at(&message.place(), NOBODY_ASKED)));
    if !limit.is_empty() {
        finding = finding.because(LIMIT.with("limit", Class::Words, limit));
    }
    if !rejected.is_empty() {
        finding = finding.because(PASSWORD_UNASKED);
    }
    if let Some(passed) = passed.filter(|_| rejected.is_empty()) {
        finding.severity = Some(Severity::Warning);
        finding = finding.and([Evidence::at(&passed.place(), LATER)]).because(HEALED);
    } else if confidence == Confidence::Possible {
        finding.severity = Some(Severity::Warning);
    }
    Some(finding)
}

const NONE_LEFT: Text =
    Text::fixed("the ASA can open no further AAA session", "Die ASA kann keine weitere AAA-Sitzung öffnen");
const NOBODY_ASKED: Text = Text::fixed(
    "this rejection follows from it: nobody was asked about the password",
    "Diese Ablehnung folgt daraus: Nach dem Kennwort wurde niemand gefragt",
);
const LIMIT: Text =
    Text::fixed("All {limit} AAA sessions are in use.", "Alle {limit} AAA-Sitzungen sind belegt.");
const PASSWORD_UNASKED: Text = Text::fixed(
    "The login that is refused behind it is no sign of a wrong password.",
    "Die Anmeldung, die danach abgewiesen wird, ist kein Zeichen für ein falsches Kennwort.",
);
const LATER: Text = Text::fixed("a phone logged in later", "Später hat sich ein Telefon angemeldet");
const HEALED: Text = Text::fixed(
    "A phone got in later, so sessions were free again; the limit may be reached once more.",
    "Später kam ein Telefon herein, es waren also wieder Sitzungen frei; die Grenze kann erneut erreicht werden.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::case::Said;
    use crate::diagnose::diagnose;
    use crate::finding::{Confidence, Severity};
    use crate::testing::{fires, now, readings, waits};

    const FULL: &str =
        "Nov 23 2026 10:21:02: %ASA-3-113001: Unable to open AAA session. Session limit [512] reached\n";
    const REFUSED: &str = "Nov 23 2026 10:21:03: %ASA-6-113005: AAA user authentication Rejected : reason = AAA failure : server = 198.51.100.5 : user = CP-8841-SEP0011223344AA : user IP = 203.0.113.45\n";
    const CONNECTED: &str = "Nov 23 2026 10:31:03: %ASA-4-722051: Group <Desk> User <CP-8841-SEP0011223344AA> IP <203.0.113.45> Address <198.51.100.7> assigned to session\n";

    #[test]
    fn the_rejection_behind_it_is_its_echo() {
        let log = format!("{FULL}{REFUSED}");
        let finding = &fires(&RULE, &[("x", &log)])[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Certain, None));
        assert!(finding.because[0].en().contains("512"));
        assert_eq!(finding.evidence().len(), 2);
        let told = diagnose(&readings(&[("x", &log)]), &Said::new(), now());
        assert_eq!(told.verdict.rule.as_deref(), Some("aaa-sessions-exhausted"));
    }

    #[test]
    fn a_phone_that_got_in_later_makes_it_a_warning() {
        let finding = &fires(&RULE, &[("x", &format!("{FULL}{REFUSED}{CONNECTED}"))])[0];
        assert_eq!(finding.severity, Some(Severity::Warning));
        let alone = &fires(&RULE, &[("x", FULL)])[0];
        assert_eq!((alone.confidence, alone.severity), (Confidence::Possible, Some(Severity::Warning)));
    }

    #[test]
    fn another_limit_is_another_matter() {
        waits(&RULE, &[("x", "Nov 23 2026 10:21:02: %ASA-5-321001: Resource conns limit of 512 reached\n")]);
        waits(&RULE, &[]);
    }
}
