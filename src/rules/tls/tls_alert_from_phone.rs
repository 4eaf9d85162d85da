//! A fatal TLS alert that no other rule explains, by its number.
//!
//! Sent by the phone: `alert_err: SSL write alert: code 40, handshake failure` in its log, `sslv3 alert handshake
//! failure` with 725014 on the ASA. Sent by the ASA: `read` in the phone's log. Alert 48 and, in DTLS, alert 47
//! have rules of their own.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::facts::handshakes::Tie;
use crate::facts::progress::events_that_matter;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::formats::phone_log::{Channel, PhoneMessage, Sender};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::tables::tls_alerts;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "tls-alert-from-phone",
    stage: Stage::Tls,
    severity: Severity::Warning,
    needs: &[Need::AsaLog, Need::PhoneLog, Need::Capture],
    echoes: &["login-failed"],
    sources: &["RFC 5246, section 7.2", "Cisco 116162, correlation of the logs of ASA and phone"],
    prose: Text::fixed(
        include_str!("tls_alert_from_phone.en.md"),
        include_str!("tls_alert_from_phone.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut by_code: BTreeMap<u8, Vec<(Confidence, Evidence)>> = BTreeMap::new();
    for log in &case.documents.phone_logs {
        for event in events_that_matter(log.document) {
            if let PhoneMessage::Alert { channel, sender, code: Some(code), .. } = &event.message
                && !has_own_rule(*code, *channel, *sender)
            {
                let says = if *sender == Sender::Phone { PHONE_SENT } else { ASA_SENT };
                let line = Evidence::seen(&log.place(&event.at), says);
                by_code.entry(*code).or_default().push((Confidence::Certain, line));
            }
        }
    }
    for handshake in case.handshakes.iter().filter(|handshake| handshake.tie > Tie::None) {
        let Some((code, reason)) = handshake.alert_from_peer() else { continue };
        // Over UDP the ASA words the alert the same way; both channels of 47 are told by the phone's log.
        if !has_own_rule(code, Channel::Dtls, Sender::Phone) {
            let line = Evidence::marked(&handshake.place(reason), &reason.value, ASA_RECEIVED);
            by_code.entry(code).or_default().push((Confidence::Likely, line));
        }
    }
    if by_code.is_empty() {
        let seen_on_asa = case.handshakes.iter().any(|handshake| handshake.tie > Tie::None);
        return match case.phone_attempts() {
            Err(_) if !seen_on_asa => Err(Missing(vec![Need::PhoneLog, Need::AsaLog])),
            _ => Ok(Vec::new()),
        };
    }
    Ok(by_code.into_iter().filter_map(|(code, lines)| tell(code, lines)).collect())
}

fn has_own_rule(code: u8, channel: Channel, sender: Sender) -> bool {
    sender == Sender::Phone && (code == 48 || (code == 47 && channel == Channel::Dtls))
}

fn tell(code: u8, lines: Vec<(Confidence, Evidence)>) -> Option<Finding> {
    let confidence = lines.iter().map(|(confidence, _)| *confidence).min()?;
    let mut lines = lines.into_iter().map(|(_, line)| line);
    let finding = Finding::new(confidence, lines.next()?).and(lines).value("code", code.to_string());
    Some(match tls_alerts::by_code(code) {
        Some(alert) => finding.value("name", alert.name).because(Text::made(
            format!("Alert {code} ({}): {}.", alert.name, alert.meaning.en),
            format!("Alert {code} ({}): {}.", alert.name, alert.meaning.de),
        )),
        None => finding.value("name", "?").because(UNKNOWN.filled(&[("code", &code.to_string())])),
    })
}

const PHONE_SENT: Text = Text::fixed("the phone sent the alert", "Das Telefon hat den Alert gesendet");
const ASA_SENT: Text = Text::fixed("the ASA sent the alert", "Die ASA hat den Alert gesendet");
const ASA_RECEIVED: Text =
    Text::fixed("the ASA received the phone's alert", "Die ASA hat den Alert des Telefons erhalten");
const UNKNOWN: Text = Text::fixed(
    "Alert {code} is not one of those that TLS 1.0 to 1.3 define for this.",
    "Alert {code} gehört nicht zu denen, die TLS 1.0 bis 1.3 dafür festlegen.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{fires, silent, waits};

    fn alert(words: &str) -> String {
        format!("912: ERR 10:19:27.421467 VPNC: alert_err: SSL {words}\n")
    }

    #[test]
    fn an_alert_is_explained_by_its_number() {
        let findings = fires(&RULE, &[("x", &alert("write alert: code 40, handshake failure"))]);
        assert!(findings[0].because[0].en.contains("handshake_failure"));
        fires(&RULE, &[("x", &alert("read alert: code 48, unknown CA"))]);
    }

    #[test]
    fn alerts_with_a_rule_of_their_own_are_left_to_it() {
        silent(&RULE, &[("x", &alert("write alert: code 48, unknown CA"))]);
        waits(&RULE, &[]);
    }
}
