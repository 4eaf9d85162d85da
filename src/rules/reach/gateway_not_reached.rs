//! The phone does not get a connection to the gateway.
//!
//! Phone log: a connection that failed or timed out before TLS began. ASA log: a phone's attempt to which no
//! connection (302013) and no handshake (725001) belongs, although the log shows others and covers the time. The two
//! clocks may differ and name no time zone, so the second is never more than possible.

use crate::case::Case;
use crate::facts::In;
use crate::facts::progress::events_that_matter;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::formats::asa_syslog::{AsaMessage, AsaSyslog};
use crate::formats::phone_log::{Channel, PhoneEvent, PhoneLog, PhoneMessage};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;
use crate::time::Stamp;

/// The rule.
pub const RULE: Rule = Rule {
    id: "gateway-not-reached",
    stage: Stage::Reach,
    severity: Severity::Blocker,
    needs: &[Need::PhoneLog, Need::AsaLog, Need::Capture],
    echoes: &["login-failed"],
    sources: &["Cisco Secure Firewall ASA syslog guide, 302013, 725001", "Cisco 116162, log of the phone"],
    prose: Text::fixed(include_str!("gateway_not_reached.en.md"), include_str!("gateway_not_reached.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let logs = case.phone_attempts()?;
    let mut failures = Vec::new();
    for log in &logs {
        // What failed before the phone got through, be it to its second gateway, is past.
        let events = events_that_matter(log.document);
        let reached = events.iter().rposition(|event| answered(&event.message)).map_or(0, |at| at + 1);
        let after = events.get(reached..).unwrap_or_default();
        failures.extend(
            after
                .iter()
                .filter(|event| failed(&event.message))
                .map(|event| Evidence::at(&log.place(&event.at), FAILED)),
        );
    }
    let mut failures = failures.into_iter();
    if let Some(first) = failures.next() {
        return Ok(vec![Finding::new(Confidence::Certain, first).and(failures)]);
    }
    Ok(unseen(case, &logs).into_iter().collect())
}

fn failed(message: &PhoneMessage) -> bool {
    matches!(message, PhoneMessage::ConnectFailed { channel: Channel::Tls, .. })
}

/// The gateway has said something.
fn answered(message: &PhoneMessage) -> bool {
    use PhoneMessage as M;
    match message {
        M::HandshakeStep { .. } => !message.begins_handshake(),
        M::PeerSubject { .. } | M::LeafHash { .. } | M::LoginResponse | M::HttpStatus { .. } => true,
        M::Alert { .. } | M::DeadPeerDetection { .. } | M::ChainNotTrusted => true,
        _ => false,
    }
}

/// An attempt without an answer to which the ASA's log shows nothing.
fn unseen(case: &Case<'_>, logs: &[In<'_, PhoneLog>]) -> Option<Finding> {
    for log in logs {
        let events = events_that_matter(log.document);
        if events.iter().any(|event| answered(&event.message)) {
            continue;
        }
        let begun = |event: &&PhoneEvent| {
            event.message.begins_handshake()
                || matches!(event.message, PhoneMessage::Connecting { channel: Channel::Tls, .. })
        };
        let Some(attempt) = events.iter().find(begun) else { continue };
        let Some(moment) = attempt.stamp.as_ref() else { continue };
        for asa in &case.documents.asa_syslogs {
            if shows_nothing(asa.document, moment) {
                let looked_in = format!("lines {}-{}", asa.document.lines.0, asa.document.lines.1);
                let finding =
                    Finding::new(Confidence::Possible, Evidence::at(&log.place(&attempt.at), TRIES))
                        .and([Evidence::absent(asa.input, looked_in, NOTHING)])
                        .because(UNSEEN);
                return Some(finding);
            }
        }
    }
    None
}

/// The log covers the moment, shows connections at other times, and none around it.
fn shows_nothing(log: &AsaSyslog, moment: &Stamp) -> bool {
    // One of the two may name no year.
    let year = log.first.as_ref().and_then(|first| first.year).or(moment.year);
    let second = |stamp: &Stamp| second_of_year(stamp, year);
    let (Some(first), Some(last), Some(moment)) =
        (log.first.as_ref().and_then(second), log.last.as_ref().and_then(second), second(moment))
    else {
        return false;
    };
    let arrivals: Vec<_> = log
        .events
        .iter()
        .filter(|event| {
            matches!(event.message, AsaMessage::HandshakeStarted { .. } | AsaMessage::Connection { .. })
        })
        .collect();
    let near = |event: &&crate::formats::asa_syslog::AsaEvent| {
        event.stamp.as_ref().and_then(second).is_none_or(|second| (second - moment).abs() <= AROUND)
    };
    let covers = first + AROUND <= moment && moment + AROUND <= last;
    covers && log.events_dropped == 0 && !arrivals.is_empty() && !arrivals.iter().any(near)
}

/// Seconds of a year: two moments of one year compare, and no more is asked of it.
fn second_of_year(stamp: &Stamp, year: Option<i16>) -> Option<i64> {
    let seconds = i64::try_from(stamp.micros_of_day / 1_000_000).ok()?;
    Some(i64::from(stamp.day_of_year(year)?) * 86_400 + seconds)
}

/// Seconds around an attempt in which its connection would be logged, with clocks that differ a little.
const AROUND: i64 = 300;

const FAILED: Text = Text::fixed("the phone gets no connection", "Das Telefon bekommt keine Verbindung");
const TRIES: Text = Text::fixed("here the phone begins to connect", "Hier beginnt das Telefon zu verbinden");
const NOTHING: Text = Text::fixed(
    "no connection (302013) and no handshake (725001) within five minutes of that time",
    "keine Verbindung (302013) und kein Handshake (725001) binnen fünf Minuten um diese Zeit",
);
const UNSEEN: Text = Text::fixed(
    "The phone gets no answer, and the ASA's log shows no connection around that time, though it shows others. This holds only if both clocks and their time zones agree.",
    "Das Telefon bekommt keine Antwort, und das Protokoll der ASA zeigt um diese Zeit keine Verbindung, zu anderen Zeiten aber schon. Das gilt nur, wenn beide Uhren und ihre Zeitzonen übereinstimmen.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, silent, waits};

    const BEGIN: &str =
        "902: NOT 10:19:27.155936 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization\n";
    const TIMEOUT: &str = "903: ERR 10:19:57.155936 VPNC: do_login: connect timed out\n";
    const HELLO: &str =
        "904: NOT 10:19:58.155936 VPNC: ssl_state_cb: TLSv1: SSL_connect: SSLv3 read server hello A\n";

    #[test]
    fn a_connection_that_times_out_is_told() {
        let finding = &fires(&RULE, &[("x", &format!("{BEGIN}{TIMEOUT}"))])[0];
        assert_eq!(finding.confidence, Confidence::Certain);
        assert_eq!(finding.evidence()[0].at.as_ref().unwrap().line, 2);
    }

    #[test]
    fn a_phone_that_got_an_answer_afterwards_has_reached_a_gateway() {
        silent(&RULE, &[("x", &format!("{BEGIN}{TIMEOUT}{BEGIN}{HELLO}"))]);
        silent(&RULE, &[("x", &format!("{BEGIN}{HELLO}"))]);
        waits(&RULE, &[]);
    }

    fn asa(times: &[&str]) -> String {
        times
            .iter()
            .map(|time| {
                format!("Nov 24 2026 {time}: %ASA-6-725001: Starting SSL handshake with client outside:192.0.2.66/50091 for TLSv1 session.\n")
            })
            .collect()
    }

    #[test]
    fn an_attempt_that_the_asa_did_not_see_is_possible() {
        let phone = "902: NOT Nov 24 10:19:27.155936 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization\n";
        let found = fires(&RULE, &[("x", phone), ("y", &asa(&["09:00:00", "11:00:00"]))]);
        assert_eq!(found[0].confidence, Confidence::Possible);
        silent(&RULE, &[("x", phone), ("y", &asa(&["09:00:00", "10:20:00", "11:00:00"]))]);
        silent(&RULE, &[("x", phone), ("y", &asa(&["10:18:00", "10:19:30"]))]);
    }
}
