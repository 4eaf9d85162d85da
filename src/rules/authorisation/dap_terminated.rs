//! A dynamic access policy ended a phone's session.
//!
//! The log names the records that ended it, the records that were selected, and what they were selected by (Cisco 116162, dynamic access policy). Only `DfltAccessPolicy` means that no record matched the phone.

use crate::case::Case;
use crate::event::Session;
use crate::facts::whose::{Message, Witness};
use crate::finding::{Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::{By, Log, Observation, What};
use crate::rules::Rule;
use crate::rules::logged::{self, Line};
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "dap-terminated",
    stage: Stage::Authorisation,
    severity: Severity::Blocker,
    needs: &[Need::AsaLog],
    echoes: &["login-failed"],
    sources: &["Cisco 116162, dynamic access policy", "ASA syslog guide, 734001 to 734003"],
    prose: Text::fixed(include_str!("dap_terminated.en.md"), include_str!("dap_terminated.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut ended: Vec<Ended<'_>> = Vec::new();
    let (mut others, mut selected) = (0_u32, false);
    for log in case.documents.logs_by(By::AsaLog) {
        for (index, event) in log.observations.iter().enumerate() {
            let Some(session) = event.session() else { continue };
            match event.what {
                What::AccessPolicyTerminated { records } => match line(case, log, index, session) {
                    Some(line) => ended.push(Ended { log, index, session, records, line }),
                    None => others = others.saturating_add(1),
                },
                What::AccessPolicyApplied { .. } => selected |= case.whose.is_phones(session),
                _ => {}
            }
        }
    }
    let mut findings = Vec::new();
    let mut told: Vec<&[String]> = Vec::new();
    for one in &ended {
        if told.contains(&one.records) {
            continue;
        }
        told.push(one.records);
        let mut same: Vec<&Ended<'_>> = ended.iter().filter(|other| other.records == one.records).collect();
        same.sort_by_key(|one| (one.line.over.is_some(), one.line.confidence));
        let Some(one) = same.first().copied() else { continue };
        findings.push(tell(one, &same, others));
    }
    if findings.is_empty() && !selected { Err(Missing::need(Need::AsaLog)) } else { Ok(findings) }
}

/// A session that a record ended.
struct Ended<'a> {
    log: &'a Log<'a>,
    index: usize,
    session: &'a Session,
    records: &'a [String],
    line: Line,
}

/// Whose it is. It names no group: the attributes before it do.
fn line(case: &Case<'_>, log: &Log<'_>, index: usize, session: &Session) -> Option<Line> {
    let place = |message: &Message<'_>| (message.input, message.index);
    let known = case.messages.binary_search_by_key(&(log.input, index), place).ok();
    if let Some(message) = known.and_then(|at| case.messages.get(at)) {
        return Some(Line::of(message, ENDED));
    }
    let of_group = before(log, index, session).any(|event| match event.what {
        What::AccessAttribute { name: TUNNEL_GROUP, value } => {
            case.phone_groups.group(value).is_some_and(|group| group.is_sure())
        }
        _ => false,
    });
    let event = log.observations.get(index).filter(|_| of_group)?;
    let (witness, proof) = (Witness::Group, Evidence::at(&event.place(), ENDED));
    Some(Line { confidence: witness.confidence(), witness, over: None, proof })
}

/// What the log says of this session's access policies before this message.
fn before<'a>(
    log: &'a Log<'a>,
    index: usize,
    session: &'a Session,
) -> impl Iterator<Item = &'a Observation<'a>> {
    let from = index.saturating_sub(LOOK_BACK);
    let events = log.observations.get(from..index).unwrap_or_default();
    events.iter().filter(move |event| {
        let same = |other: &Session| other.user == session.user && other.address == session.address;
        matches!(event.what, What::AccessAttribute { .. } | What::AccessPolicyApplied { .. })
            && event.session().is_some_and(same)
    })
}

/// One finding for all sessions that the same records ended; `first` is the first of them.
fn tell(first: &Ended<'_>, same: &[&Ended<'_>], others: u32) -> Finding {
    let lines: Vec<Line> = same.iter().map(|one| one.line.clone()).collect();
    let confidence = logged::surest(&lines).unwrap_or(first.line.confidence);
    let line = |one: &Ended<'_>| one.line.proof.clone();
    let records = first.records.join(", ");
    let only_default = records == DEFAULT_RECORD;
    let group = same.iter().find_map(|one| attribute(one, TUNNEL_GROUP));
    let mut found = Finding::new(confidence, line(first))
        .and(context(first))
        .and(same.iter().skip(1).map(|one| line(one)))
        .because(if only_default { NO_RECORD } else { RECORDS.with("records", Class::Group, &records) })
        .value("record", records.as_str())
        .value("tunnel-group", group.unwrap_or_default());
    if others > 0 {
        let count = others;
        found = found.because(OTHERS.number("count", count));
    }
    logged::weighed(found, &lines).fix(if only_default { "record" } else { "action" })
}

/// The lines that tell why these records were selected.
fn context(one: &Ended<'_>) -> Vec<Evidence> {
    let lines = before(one.log, one.index, one.session).filter_map(|event| {
        let says = match event.what {
            What::AccessPolicyApplied { .. } => SELECTED,
            What::AccessAttribute { name, .. } if TELLING.contains(&name) => BY_ATTRIBUTE,
            _ => return None,
        };
        Some(Evidence::at(&event.place(), says))
    });
    lines.collect()
}

fn attribute<'a>(one: &Ended<'a>, wanted: &str) -> Option<&'a str> {
    let from = one.index.saturating_sub(LOOK_BACK);
    let events = one.log.observations.get(from..one.index).unwrap_or_default();
    let own = events
        .iter()
        .rev()
        .filter(|event| event.session().is_some_and(|session| session.user == one.session.user));
    own.into_iter().find_map(|event| match event.what {
        What::AccessAttribute { name, value } if name == wanted => Some(value),
        _ => None,
    })
}

/// The record that counts where no other matches.
const DEFAULT_RECORD: &str = "DfltAccessPolicy";
/// The attribute that names the tunnel group.
const TUNNEL_GROUP: &str = "aaa.cisco.tunnelgroup";
/// Attributes that say who the ASA took the phone for.
const TELLING: [&str; 3] = [TUNNEL_GROUP, "aaa.cisco.grouppolicy", "aaa.cisco.username"];
/// Messages before an end in which its session's attributes stand.
const LOOK_BACK: usize = 200;

const ENDED: Text = Text::fixed(
    "an access policy ends a phone's session",
    "Eine Zugriffsrichtlinie beendet die Sitzung eines Telefons",
);
const SELECTED: Text = Text::fixed("these records were selected", "Diese Einträge wurden ausgewählt");
const BY_ATTRIBUTE: Text = Text::fixed("by this the phone was judged", "Danach wurde das Telefon beurteilt");
const NO_RECORD: Text = Text::fixed(
    "No record matched the phone, so DfltAccessPolicy counted, and it terminates.",
    "Kein Eintrag passte auf das Telefon. Deshalb galt DfltAccessPolicy, und die beendet die Sitzung.",
);
const RECORDS: Text =
    Text::fixed("The session was ended by {records}.", "Beendet wurde die Sitzung von {records}.");
const OTHERS: Text = Text::fixed(
    "{count} sessions of other users were ended, too; they are not counted here.",
    "Auch {count} Sitzungen anderer Benutzer wurden beendet; sie sind hier nicht mitgezählt.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, handsets, silent, waits};

    fn session(user: &str, address: &str, group: &str, record: &str) -> String {
        format!(
            "%ASA-7-734003: DAP: User {user}, Addr {address}: Session Attribute aaa.cisco.tunnelgroup = {group}\n\
             %ASA-6-734001: DAP: User {user}, Addr {address}, Connection AnyConnect: The following DAP records were selected for this connection: {record}\n\
             %ASA-5-734002: DAP: User {user}, Addr {address}: Connection terminated by the following DAP records: {record}\n"
        )
    }

    #[test]
    fn a_phone_is_told_beside_fifty_people() {
        let people: String = (0..50)
            .map(|n| session(&format!("user{n}"), &format!("203.0.113.{n}"), "STAFF", "DfltAccessPolicy"))
            .collect();
        let log = format!(
            "{people}{}",
            session("CP-8841-SEP0011223344AA", "203.0.113.77", "BRANCH", "DfltAccessPolicy")
        );
        let findings = fires(&RULE, &[("a.log", &log)]);
        assert_eq!((findings.len(), findings[0].confidence), (1, Confidence::Certain));
        assert_eq!(findings[0].evidence().len(), 3, "{:?}", findings[0].evidence());
        assert!(findings[0].because[1].en().starts_with("50 sessions"), "{:?}", findings[0].because);
        assert_eq!(findings[0].fixes, ["record"]);
        waits(&RULE, &[("a.log", &people)]);
    }

    #[test]
    fn the_record_is_named() {
        let log = session("CP-8841-SEP0011223344AA", "203.0.113.77", "BRANCH", "QUARANTINE");
        let finding = &fires(&RULE, &[("a.log", &log)])[0];
        assert!(finding.because[0].en().contains("QUARANTINE"));
        assert_eq!(finding.fixes, ["action"]);
    }

    #[test]
    fn a_phone_with_a_users_name_is_known_by_its_tunnel_group() {
        let files = handsets("", "", "");
        let log = session("lobby", "203.0.113.77", "BRANCH", "DfltAccessPolicy");
        let finding = &fires(&RULE, &[files.files()[0], files.files()[1], ("a.log", &log)])[0];
        assert_eq!(finding.confidence, Confidence::Likely);
        waits(&RULE, &[("a.log", &log)]);
    }

    #[test]
    fn a_phone_that_goes_on_passed() {
        silent(
            &RULE,
            &[(
                "a.log",
                "%ASA-6-734001: DAP: User CP-8841-SEP0011223344AA, Addr 203.0.113.77, Connection AnyConnect: The following DAP records were selected for this connection: HANDSETS\n",
            )],
        );
        waits(&RULE, &[]);
    }
}
