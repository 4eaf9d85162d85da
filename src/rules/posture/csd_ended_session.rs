//! The ASA ended a phone's session because it did not run Cisco Secure Desktop or HostScan.
//!
//! Log: 724001, 724002; `debug webvpn anyconnect`: `WebVPN: CSD data not sent from client` (Cisco 116162, CSD). A phone
//! never runs it, so the message comes with every attempt.

use crate::case::Case;
use crate::facts::whose::Witness;
use crate::finding::{Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::{By, What};
use crate::rules::Rule;
use crate::rules::logged::{self, Line};
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "csd-ended-session",
    stage: Stage::Posture,
    severity: Severity::Blocker,
    needs: &[Need::AsaLog, Need::AsaDebug],
    echoes: &["login-failed"],
    sources: &["Cisco 116162, Cisco Secure Desktop", "ASA syslog guide, 724001 and 724002"],
    prose: Text::fixed(include_str!("csd_ended_session.en.md"), include_str!("csd_ended_session.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let (mut lines, others) = by_log(case);
    lines.extend(by_debug(case));
    lines.sort_by_key(|(line, _)| line.confidence);
    let group = lines.iter().map(|(_, group)| group.clone()).find(|group| !group.is_empty());
    let Some(mut found) = logged::finding(lines.into_iter().map(|(line, _)| line).collect()) else {
        // A log in which phones got past this step shows that it does not stop them.
        let passed = case.addresses_given().next().is_some();
        return if passed { Ok(Vec::new()) } else { Err(Missing(vec![Need::AsaLog, Need::AsaDebug])) };
    };
    found = found.value("tunnel-group", group.unwrap_or_default());
    if others > 0 {
        let count = others;
        found = found.because(OTHERS.number("count", count));
    }
    Ok(vec![found])
}

/// The line, and the tunnel group where the line names one.
type GroupLine = (Line, String);

/// What the log says of phones, and how often it says it of others.
fn by_log(case: &Case<'_>) -> (Vec<GroupLine>, usize) {
    let mut lines = Vec::new();
    for message in case.messages.iter().filter(|message| message.what == ENDED) {
        let Some(session) = message.session() else { continue };
        let is_group = case.phone_groups.group(&session.group).is_some();
        let group = if is_group { session.group.clone() } else { String::new() };
        lines.push((Line::of(message, NOT_RUNNING), group));
    }
    let events = case.documents.observed_by(By::AsaLog);
    let sessions = events.filter(|event| event.what == ENDED).filter_map(|event| event.session());
    let others = sessions.filter(|session| case.whose.claim(session).is_none()).count();
    (lines, others)
}

/// What the debug output says. It names no user: the tunnel group before it tells whose login it is.
fn by_debug(case: &Case<'_>) -> Vec<GroupLine> {
    let mut lines = Vec::new();
    for debug in case.documents.logs_by(By::AsaDebug) {
        let mut group = None;
        for event in &debug.observations {
            match event.what {
                What::ClientCertificateAccepted { tunnel_group } => group = Some(tunnel_group),
                What::PostureDataMissing => {
                    let known =
                        group.and_then(|name| case.phone_groups.group(name)).filter(|group| group.is_sure());
                    let witness = if known.is_some() { Witness::Group } else { Witness::Name };
                    let proof = Evidence::at(&event.place(), NO_DATA);
                    let line = Line { confidence: witness.confidence(), witness, over: None, proof };
                    lines.push((line, group.unwrap_or_default().to_owned()));
                }
                _ => {}
            }
        }
    }
    lines
}

/// A session was ended for it.
const ENDED: What<'_> = What::PostureRequired { ended: true };

const NOT_RUNNING: Text = Text::fixed(
    "the ASA misses Cisco Secure Desktop on a phone",
    "Der ASA fehlt auf einem Telefon Cisco Secure Desktop",
);
const NO_DATA: Text = Text::fixed(
    "the client sent no posture data; PCs send it",
    "Der Client hat keine Prüfdaten gesendet; PCs senden sie",
);
const OTHERS: Text = Text::fixed(
    "{count} such messages about other users are not counted here.",
    "{count} solche Meldungen über andere Benutzer sind hier nicht mitgezählt.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, handsets, silent, waits};

    fn ended(group: &str, user: &str) -> String {
        format!(
            "%ASA-4-724002: Group <{group}> User <{user}> IP <203.0.113.7> WebVPN session not terminated. Cisco Secure Desktop was not running on the client's workstation.\n"
        )
    }

    #[test]
    fn a_phones_session_is_told_beside_the_count_of_others() {
        let people: String = (0..50).map(|n| ended("STAFF", &format!("user{n}"))).collect();
        let log = format!("{people}{}", ended("BRANCH", "CP-8841-SEP0011223344AA"));
        let finding = &fires(&RULE, &[("a.log", &log)])[0];
        assert_eq!((finding.confidence, finding.evidence().len()), (Confidence::Certain, 1));
        assert!(finding.because[0].en().starts_with("50 such messages"), "{:?}", finding.because);
        waits(&RULE, &[("a.log", &people)]);
    }

    #[test]
    fn a_tunnel_group_that_is_only_called_so_makes_it_possible() {
        let finding = &fires(&RULE, &[("a.log", &ended("VPN-Phones", "lobby"))])[0];
        assert_eq!(finding.confidence, Confidence::Possible);
        assert!(finding.because[0].en().contains("a name"));
    }

    #[test]
    fn the_debug_output_is_tied_by_its_tunnel_group() {
        let debug = "Tunnel Group: BRANCH, Client Cert Auth Success.\nWebVPN: CSD data not sent from client\nhttp_remove_auth_handle(): handle 24 not found!\n";
        let finding = &fires(&RULE, &[("a", debug)])[0];
        assert_eq!(finding.confidence, Confidence::Possible);
        let files = handsets("", "", "");
        let finding = &fires(&RULE, &[files.files()[0], files.files()[1], ("d", debug)])[0];
        assert_eq!(finding.confidence, Confidence::Likely);
    }

    #[test]
    fn a_phone_that_got_an_address_passed() {
        silent(
            &RULE,
            &[(
                "a.log",
                "%ASA-4-722051: Group <HANDSETS> User <CP-8841-SEP0011223344AA> IP <203.0.113.7> Address <198.51.100.3> assigned to session\n",
            )],
        );
        waits(&RULE, &[]);
    }
}
