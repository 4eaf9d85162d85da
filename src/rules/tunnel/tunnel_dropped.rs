//! A phone's tunnel was up and ended without anybody wanting it.
//!
//! ASA log: `%ASA-4-113019: Group = g, Username = CP-…-SEP…, …, Session disconnected. …, Reason: Idle Timeout`,
//! `%ASA-5-722037: … SVC closing connection: DPD failure.` Phone: reason 108, VpnConnectionLost, in its log or alarm
//! (ASA syslog guide; CUCM error messages, LastOutOfServiceInformation).

use std::collections::{BTreeMap, BTreeSet};

use crate::case::Case;
use crate::event::TransportStep;
use crate::facts::after_tunnel::Sign;
use crate::facts::phone_logins::PhoneLogin;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::What;
use crate::rules::Rule;
use crate::rules::logged::{self, Line};
use crate::stage::Stage;
use crate::tables::disconnect_reasons::{self, Cause, Witness};
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "tunnel-dropped",
    stage: Stage::Tunnel,
    severity: Severity::Warning,
    needs: &[Need::AsaLog, Need::PhoneLog, Need::PhoneStatus, Need::Capture],
    echoes: &[],
    sources: &[
        "Cisco Secure Firewall ASA syslog guide, 113019, 722037, 722038",
        "CUCM error messages, LastOutOfServiceInformation, reason 108",
    ],
    prose: Text::fixed(include_str!("tunnel_dropped.en.md"), include_str!("tunnel_dropped.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let logins = super::sessions(case);
    let mut by_reason: BTreeMap<&str, Vec<Line>> = BTreeMap::new();
    let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
    for login in logins.iter().filter(|login| !login.ends_failed) {
        let Some(reason) = reason_of(&login.observation.what) else { continue };
        *ends.entry(login.session.user.as_str()).or_default() += 1;
        by_reason.entry(reason).or_default().push(Line {
            confidence: login.confidence,
            witness: login.witness,
            over: login.over.cloned(),
            proof: Evidence::marked(&login.place(), reason, ENDED),
        });
    }
    // A tunnel that drops again and again is no matter of the past, though it comes up each time.
    let again = ends.values().any(|ends| *ends > 1);
    let lost = case.after_tunnel.iter().filter(|remark| remark.sign == Sign::Deregistered(VPN_LOST));
    let mut lost: Vec<Evidence> = lost.map(|remark| Evidence::at(&remark.place, LOST)).collect();
    let mut findings = Vec::new();
    for (reason, lines) in by_reason {
        let lines = logged::in_order(lines);
        let mut proofs = lines.iter().map(|line| line.proof.clone());
        let (Some(first), Some(proof)) = (lines.first(), proofs.next()) else { continue };
        // The phone cannot tell why; its words belong to whatever the ASA says.
        let finding = Finding::new(first.confidence, proof).and(proofs).and(std::mem::take(&mut lost));
        let finding = worded(reason, finding);
        findings.push(if again { finding } else { logged::weighed(finding, &lines) });
    }
    let mut lost = lost.into_iter();
    if let Some(first) = lost.next() {
        findings.push(
            Finding::new(Confidence::Likely, first).and(lost).because(NO_REASON).fix("path").fix("limits"),
        );
    }
    if findings.is_empty() {
        findings.extend(closed_and_gone(&logins));
    }
    let phones_speak = !case.after_tunnel.is_empty();
    if findings.is_empty() && logins.is_empty() && !phones_speak {
        return Err(Missing(vec![Need::AsaLog, Need::PhoneLog, Need::PhoneStatus]));
    }
    Ok(findings)
}

/// The ASA closes a phone's connection as the end of its session, and the log shows neither that end nor a new tunnel.
fn closed_and_gone(logins: &[PhoneLogin<'_, '_>]) -> Option<Finding> {
    let mut closed: BTreeMap<&str, &PhoneLogin<'_, '_>> = BTreeMap::new();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for login in logins {
        let user = login.session.user.as_str();
        match login.observation.what {
            What::TunnelClosed { of_connection: true, .. } if !login.ends_attempt => {
                closed.insert(user, login);
            }
            What::TunnelTransport { step: TransportStep::Terminated, .. } => {}
            What::AddressAssigned { .. } | What::TunnelTransport { .. } => {
                closed.remove(user);
            }
            What::SessionEnded { .. } | What::LoginEnded => {
                told.insert(user);
            }
            _ => {}
        }
    }
    let gone = closed.iter().filter(|(user, _)| !told.contains(*user));
    let mut lines = gone.map(|(_, login)| Evidence::at(&login.place(), CLOSED));
    let finding = Finding::new(Confidence::Possible, lines.next()?).and(lines);
    Some(finding.because(GONE).fix("path"))
}

/// Why a tunnel ended, as printed; `None` where the client wanted it.
fn reason_of<'a>(what: &What<'a>) -> Option<&'a str> {
    let (What::SessionEnded { reason } | What::TunnelClosed { reason, of_connection: true }) = *what else {
        return None;
    };
    let wanted = disconnect_reasons::by_words(reason).is_some_and(|row| row.cause == Cause::Wanted);
    (!wanted && !reason.is_empty()).then_some(reason)
}

fn worded(reason: &str, finding: Finding) -> Finding {
    let Some(row) = disconnect_reasons::by_words(reason) else {
        let finding = finding.because(UNKNOWN.with("reason", Class::Words, reason));
        return finding.fix("path").fix("limits");
    };
    let wording = if row.witness == Witness::Seen { MEANS } else { MAY_MEAN };
    let because = wording.with("reason", Class::Words, reason).nested("meaning", row.meaning.clone());
    let mut finding = finding.because(because);
    if row.witness == Witness::Reported {
        finding.confidence = Confidence::Possible;
    }
    match row.cause {
        Cause::Timeout => finding.fix("limits"),
        Cause::Path => finding.fix("path"),
        Cause::Administrator | Cause::OtherSession => finding.fix("who"),
        Cause::Wanted | Cause::Unknown => finding.fix("path").fix("limits"),
    }
}

/// VpnConnectionLost.
const VPN_LOST: u32 = 108;

const ENDED: Text = Text::fixed(
    "the ASA ends the phone's tunnel and says why",
    "Die ASA beendet den Tunnel des Telefons und sagt, warum",
);
const LOST: Text = Text::fixed(
    "the phone was out of service because it lost the VPN (reason 108)",
    "Das Telefon war außer Betrieb, weil es das VPN verloren hatte (Grund 108)",
);
const CLOSED: Text = Text::fixed(
    "the ASA closes the connection of the phone's tunnel",
    "Die ASA schließt die Verbindung des Tunnels",
);
const GONE: Text = Text::fixed(
    "The log shows no new tunnel of this phone afterwards, and no message 113019 that says why its session ended. Perhaps somebody ended it on purpose.",
    "Danach zeigt das Protokoll keinen neuen Tunnel dieses Telefons und auch keine Meldung 113019, die sagt, warum die Sitzung endete. Vielleicht hat sie jemand absichtlich beendet.",
);
const MEANS: Text = Text::fixed("“{reason}”: {meaning}.", "„{reason}“: {meaning}.");
const MAY_MEAN: Text =
    Text::fixed("“{reason}” is said to mean: {meaning}.", "„{reason}“ soll bedeuten: {meaning}.");
const UNKNOWN: Text = Text::fixed(
    "The ASA's reason is “{reason}”. What it means is not documented in the sources of this rule.",
    "Der Grund der ASA lautet „{reason}“. Was er bedeutet, steht nicht in den Quellen dieser Regel.",
);
const NO_REASON: Text = Text::fixed(
    "The phone only knows that the VPN was lost. Why stands in the ASA's log at that time: 113019 and 722037.",
    "Das Telefon weiß nur, dass das VPN verloren ging. Warum, steht zu dieser Zeit im Protokoll der ASA: 113019 und 722037.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, silent, waits};

    fn ended(user: &str, reason: &str) -> String {
        format!(
            "%ASA-4-113019: Group = VPNPhone, Username = {user}, IP = 192.0.2.9, Session disconnected. Session Type: SSL, Duration: 0h:30m:12s, Bytes xmt: 10, Bytes rcv: 20, Reason: {reason}\n"
        )
    }

    const PHONE: &str = "CP-8851-SEP001122334455";
    const LOST: &str = "1962: NOT 10:22:22.681701 JAVA: x: setLastDeregistrationReason - new unreg-reason=108(VpnConnectionLost) , old unreg-reason=25\n";

    #[test]
    fn the_reason_is_told_in_words_with_its_own_fix() {
        for (reason, confidence, words, fix) in [
            ("Idle Timeout", Confidence::Certain, "vpn-idle-timeout", "limits"),
            ("Lost Service", Confidence::Possible, "said to mean", "path"),
            ("Administrator Reset", Confidence::Possible, "administrator", "who"),
            ("Sunspots", Confidence::Certain, "not documented", "path"),
        ] {
            let finding = &fires(&RULE, &[("x", &ended(PHONE, reason))])[0];
            assert_eq!(finding.confidence, confidence, "{reason}");
            assert!(finding.because[0].en().contains(words), "{:?}", finding.because);
            assert!(finding.fixes.contains(&fix), "{reason}");
            assert_eq!(finding.evidence()[0].mark, reason);
        }
        let dpd = format!(
            "%ASA-5-722037: Group <P> User <{PHONE}> IP <192.0.2.9> SVC closing connection: DPD failure.\n"
        );
        assert!(fires(&RULE, &[("x", &dpd)])[0].because[0].de().contains("Erreichbarkeit"));
    }

    #[test]
    fn an_end_that_was_wanted_and_other_peoples_ends_are_not_told() {
        let closing = format!(
            "%ASA-5-722037: Group <P> User <{PHONE}> IP <192.0.2.9> SVC closing connection: Transport closing.\n"
        );
        silent(&RULE, &[("x", &format!("{}{closing}", ended(PHONE, "User Requested")))]);
        silent(
            &RULE,
            &[("x", &format!("{}{}", ended(PHONE, "User Requested"), ended("joe", "Idle Timeout")))],
        );
        waits(&RULE, &[("x", &ended("joe", "Idle Timeout"))]);
        waits(&RULE, &[]);
    }

    #[test]
    fn the_phones_word_stands_with_the_asas_reason() {
        let alone = fires(&RULE, &[("phone.log", LOST)]);
        assert_eq!((alone.len(), alone[0].confidence), (1, Confidence::Likely));
        let both = fires(&RULE, &[("phone.log", LOST), ("x", &ended(PHONE, "Idle Timeout"))]);
        assert_eq!((both.len(), both[0].evidence().len()), (1, 2));
    }
}
