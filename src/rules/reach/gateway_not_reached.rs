//! The phone does not get a connection to the gateway.
//!
//! Phone log: a connection that failed or timed out before TLS began. ASA log: a phone's attempt to which no
//! connection and no handshake belongs, although the log shows others and covers the time. The two
//! clocks may differ and name no time zone, so the second is never more than possible.

use crate::case::Case;
use crate::event::Channel;
use crate::facts::events_that_matter::events_that_matter;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::{By, Log, Observation, What};
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
        let events = events_that_matter(log);
        let reached = events.iter().rposition(|event| answered(&event.what)).map_or(0, |at| at + 1);
        let after = events.get(reached..).unwrap_or_default();
        failures.extend(
            after
                .iter()
                .filter(|event| failed(&event.what))
                .map(|event| Evidence::at(&event.place(), FAILED)),
        );
    }
    let mut failures = failures.into_iter();
    if let Some(first) = failures.next() {
        return Ok(vec![Finding::new(Confidence::Certain, first).and(failures)]);
    }
    Ok(unseen(case, &logs).into_iter().collect())
}

fn failed(what: &What<'_>) -> bool {
    matches!(what, What::ConnectFailed { channel: Channel::Tls, .. })
}

/// The gateway has said something.
fn answered(what: &What<'_>) -> bool {
    use What as W;
    match what {
        W::HandshakeStarted { .. } => !what.begins_handshake(),
        W::HelloAnswered { .. } | W::HandshakeGoesOn | W::HandshakeDone { .. } => true,
        W::ServerCertificate { .. } | W::ServerCertificateHash { .. } | W::ChainNotTrusted => true,
        W::LoginAnswered | W::HttpStatus { .. } | W::Alert { .. } | W::TunnelParameters { .. } => true,
        _ => false,
    }
}

/// An attempt without an answer to which the ASA's log shows nothing.
fn unseen(case: &Case<'_>, logs: &[&Log<'_>]) -> Option<Finding> {
    for log in logs {
        let events = events_that_matter(log);
        if events.iter().any(|event| answered(&event.what)) {
            continue;
        }
        let begun = |event: &&Observation<'_>| {
            event.what.begins_handshake()
                || matches!(event.what, What::Connecting { channel: Channel::Tls, .. })
        };
        let Some(attempt) = events.iter().find(begun) else { continue };
        let Some(moment) = attempt.stamp.as_ref() else { continue };
        for asa in case.documents.logs_by(By::AsaLog) {
            if shows_nothing(asa, moment) {
                let looked_in = format!("lines {}-{}", asa.lines.0, asa.lines.1);
                let finding = Finding::new(Confidence::Possible, Evidence::at(&attempt.place(), TRIES))
                    .and([Evidence::absent(asa.input, looked_in, NOTHING)])
                    .because(UNSEEN);
                return Some(finding);
            }
        }
    }
    None
}

/// The log covers the moment, shows connections at other times, and none around it.
fn shows_nothing(log: &Log<'_>, moment: &Stamp) -> bool {
    let (first, last) = log.times;
    // One of the two may name no year.
    let year = first.as_ref().and_then(|first| first.year).or(moment.year);
    let second = |stamp: &Stamp| second_of_year(stamp, year);
    let (Some(first), Some(last), Some(moment)) =
        (first.as_ref().and_then(second), last.as_ref().and_then(second), second(moment))
    else {
        return false;
    };
    let arrives =
        |what: &What<'_>| matches!(what, What::HandshakeStarted { .. } | What::ConnectionBuilt { .. });
    let arrivals: Vec<_> = log.observations.iter().filter(|event| arrives(&event.what)).collect();
    let near = |event: &&Observation<'_>| {
        event.stamp.as_ref().and_then(second).is_none_or(|second| (second - moment).abs() <= AROUND)
    };
    let covers = first + AROUND <= moment && moment + AROUND <= last;
    covers && !log.is_cut && !arrivals.is_empty() && !arrivals.iter().any(near)
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
