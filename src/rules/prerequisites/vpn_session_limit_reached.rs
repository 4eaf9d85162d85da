//! No session is left for the phone.
//!
//! `Session terminated, no … license available`, an inactive session that gives way to a new one, and `Session could not
//! be established: session limit of N reached` with a limit above 0 (ASA syslog guide).
//! A limit of 0 lets nobody in and is a setting of the group policy, not a lack of sessions. Only phones' sessions
//! count here.

use std::collections::BTreeSet;

use crate::case::Case;
use crate::finding::{Finding, Severity};
use crate::names::user::without_domain;
use crate::need::{Missing, Need};
use crate::observe::What;
use crate::rules::Rule;
use crate::rules::logged::{self, Line};
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "vpn-session-limit-reached",
    stage: Stage::Prerequisites,
    severity: Severity::Blocker,
    needs: &[Need::AsaLog, Need::Capture],
    echoes: &["login-failed"],
    sources: &["ASA syslog guide, 113029, 716023, 716057 and 716060"],
    prose: Text::fixed(
        include_str!("vpn_session_limit_reached.en.md"),
        include_str!("vpn_session_limit_reached.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut lines: Vec<Refused> = Vec::new();
    for message in &case.messages {
        let Some((kind, limit, says)) = refusal(&message.what) else { continue };
        lines.push(Refused {
            kind,
            line: Line::of(message, says),
            user: message.session().map(|session| session.user.clone()).unwrap_or_default(),
            limit,
        });
    }
    if lines.is_empty() {
        return if case.logs_show_phones() { Ok(Vec::new()) } else { Err(Missing::need(Need::AsaLog)) };
    }
    // A phone that still waits tells more than one that got in later.
    lines.sort_by_key(|refused| (refused.line.over.is_some(), refused.line.confidence));
    Ok(Kind::ALL.into_iter().filter_map(|kind| finding(case, kind, &lines)).collect())
}

/// One refused session.
struct Refused {
    kind: Kind,
    line: Line,
    user: String,
    limit: Option<u32>,
}

/// What ran out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Licensed sessions of the ASA.
    Licence,
    /// Sessions of one user, or of the ASA: the message does not say which.
    Limit,
}

impl Kind {
    const ALL: [Self; 2] = [Self::Licence, Self::Limit];
}

/// What ran out, the limit where it is named, and the words for it.
fn refusal(what: &What<'_>) -> Option<(Kind, Option<u32>, Text)> {
    match *what {
        What::LicenceLimit { gave_way: true } => Some((Kind::Licence, None, GAVE_WAY)),
        What::LicenceLimit { gave_way: false } => Some((Kind::Licence, None, NO_LICENCE)),
        What::SessionLimit { limit } if limit != Some(0) => Some((Kind::Limit, limit, LIMIT)),
        _ => None,
    }
}

fn finding(case: &Case<'_>, kind: Kind, lines: &[Refused]) -> Option<Finding> {
    let mut of_kind = lines.iter().filter(|line| line.kind == kind);
    let first = of_kind.next()?;
    let rest: Vec<&Refused> = of_kind.collect();
    let users: BTreeSet<&str> = rest
        .iter()
        .copied()
        .chain([first])
        .map(|line| line.user.as_str())
        .filter(|user| !user.is_empty())
        .collect();
    let told: Vec<Line> = rest.iter().copied().chain([first]).map(|refused| refused.line.clone()).collect();
    let mut finding = Finding::new(first.line.confidence, first.line.proof.clone())
        .and(rest.iter().map(|refused| refused.line.proof.clone()));
    if logged::over(&told).is_some_and(|over| over.passed) {
        // Sessions run out again.
        finding.severity = Some(Severity::Warning);
        finding = finding.because(PAST);
    } else {
        finding = logged::weighed(finding, &told);
    }
    if users.len() > 1 {
        finding = finding.because(MANY.number("count", users.len()));
    }
    if let Some(limit) = first.limit {
        finding = finding.because(OF_LIMIT.number("limit", limit));
    }
    let policy = case.phone_groups.policies.keys().next();
    if let Some(policy) = policy {
        finding = finding.value("group-policy", policy.clone());
    }
    let user = without_domain(&first.user);
    finding = finding.value("user", user);
    Some(finding.fix(if kind == Kind::Licence { "licence" } else { "limit" }))
}

const NO_LICENCE: Text = Text::fixed(
    "no licensed session is left for this phone",
    "Für dieses Telefon ist keine lizenzierte Sitzung frei",
);
const GAVE_WAY: Text = Text::fixed(
    "all licensed sessions are taken, so this inactive one was ended for a new one",
    "Alle lizenzierten Sitzungen sind belegt; diese inaktive wurde für eine neue beendet",
);
const LIMIT: Text =
    Text::fixed("the limit of sessions is reached", "Die Höchstzahl der Sitzungen ist erreicht");
const PAST: Text = Text::fixed(
    "Later in the log the phone was connected: sessions run out at times, not always.",
    "Später im Protokoll ist das Telefon verbunden: Die Sitzungen gehen zeitweise aus, nicht immer.",
);
const MANY: Text = Text::fixed("{count} phones were refused.", "{count} Telefone wurden abgewiesen.");
const OF_LIMIT: Text = Text::fixed(
    "The limit is {limit}. The message does not say whether it is that of the user (vpn-simultaneous-logins) or that of the ASA.",
    "Die Höchstzahl ist {limit}. Die Meldung sagt nicht, ob sie für den Benutzer gilt (vpn-simultaneous-logins) oder für die ASA.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::testing::{fires, silent, waits};

    const PHONE: &str = "CP-7965G-SEP001122334455";

    fn refused(user: &str, text: &str) -> String {
        format!("%ASA-3-716057: Group <PHONES> User <{user}> IP <192.0.2.9> {text}\n")
    }

    fn limit(user: &str, limit: u32) -> String {
        format!(
            "%ASA-4-113029: Group <PHONES> User <{user}> IP <192.0.2.9> Session could not be established: session limit of {limit} reached.\n"
        )
    }

    const NONE_LEFT: &str = "Session terminated, no AnyConnect for Cisco VPN Phone license available.";

    #[test]
    fn a_phone_without_a_licensed_session_is_told() {
        let finding = &fires(&RULE, &[("x", &refused(PHONE, NONE_LEFT))])[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Certain, None));
        assert_eq!(finding.fixes, ["licence"]);
        assert!(finding.evidence()[0].at.as_ref().unwrap().text.contains("716057"));
    }

    #[test]
    fn a_limit_above_zero_is_told_and_zero_is_not() {
        let finding = &fires(&RULE, &[("x", &limit(PHONE, 3))])[0];
        assert!(finding.because[0].en().contains("limit is 3"));
        assert_eq!(finding.fixes, ["limit"]);
        silent(&RULE, &[("x", &limit(PHONE, 0))]);
    }

    #[test]
    fn other_users_are_not_reported() {
        let hinted = refused("joe", NONE_LEFT);
        assert_eq!(fires(&RULE, &[("x", &hinted)])[0].confidence, Confidence::Possible);
        waits(&RULE, &[("x", &hinted.replace("PHONES", "STAFF"))]);
        let both = format!(
            "{}%ASA-6-716038: Group <PHONES> User <{PHONE}> IP <192.0.2.9> Authentication: successful, Session Type: WebVPN.\n",
            limit("joe", 3)
        );
        let other = both.replacen("<PHONES>", "<STAFF>", 1);
        silent(&RULE, &[("x", &other)]);
        waits(&RULE, &[]);
    }

    #[test]
    fn a_phone_that_got_in_later_leaves_a_warning() {
        let log = format!(
            "{}%ASA-4-722051: Group <PHONES> User <{PHONE}> IP <192.0.2.9> Address <198.51.100.7> assigned to session\n",
            refused(PHONE, NONE_LEFT)
        );
        assert_eq!(fires(&RULE, &[("x", &log)])[0].severity, Some(Severity::Warning));
    }

    #[test]
    fn a_name_that_would_do_harm_stays_out_of_commands() {
        let log = limit("x;reload CP-7965G-SEP001122334455", 3);
        let finding = &fires(&RULE, &[("x", &log)])[0];
        let user = finding.values.iter().find(|(name, _)| *name == "user").unwrap();
        assert!(!crate::finding::safe_name(&user.1), "{}", user.1);
    }
}
