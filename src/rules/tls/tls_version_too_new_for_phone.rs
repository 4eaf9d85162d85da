//! The ASA asks for a newer version of TLS than the phone speaks.
//!
//! 79xx phones speak TLS 1.0 only (Cisco 115785), so `ssl server-version tlsv1.2` cuts them off. Log: 725014
//! `unsupported protocol` in a phone's handshake on the ASA, alert 70 (protocol_version) in the phone's.

use super::rows;
use crate::case::Case;
use crate::facts::handshakes::{Handshake, Tie};
use crate::facts::negotiation::{Basis, Row, Server};
use crate::facts::progress::events_that_matter;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::formats::phone_log::PhoneMessage;
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::source::Seen;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "tls-version-too-new-for-phone",
    stage: Stage::Tls,
    severity: Severity::Blocker,
    needs: &[
        Need::AsaConfig,
        Need::AsaConfigAll,
        Need::AsaSsl,
        Need::AsaLog,
        Need::PhoneLog,
        Need::Capture,
        Need::PhoneConfig,
        Need::Answer,
    ],
    echoes: &["ssl-settings-hardened-for-old-phones", "tls-alert-from-phone", "login-failed"],
    sources: &["Cisco 115785, a phone's session", "RFC 5246, section 7.2.2, protocol_version"],
    prose: Text::fixed(
        include_str!("tls_version_too_new_for_phone.en.md"),
        include_str!("tls_version_too_new_for_phone.de.md"),
    ),
    check,
};

/// protocol_version
const ALERT: u8 = 70;
/// How OpenSSL words it: the first ones are the ASA's own, the last one came from the far end.
const REASONS: [&str; 3] = ["unsupported protocol", "version too low", "alert protocol version"];

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let logged = by_logs(case);
    let rows = rows::own(case);
    let mut findings = Vec::new();
    let mut open = false;
    for (negotiation, row) in rows.iter().flatten() {
        let server = &negotiation.server;
        if server.lowest.as_ref().is_some_and(|lowest| lowest.value > row.kind.ability.highest) {
            findings.extend(predicted(server, row).map(|finding| finding.and(logged.iter().cloned())));
        } else {
            let shown = server.lowest.as_ref().is_some_and(|lowest| lowest.ground.is_shown());
            open |= !shown && row.basis > Basis::Logged;
        }
    }
    if !findings.is_empty() {
        return Ok(findings);
    }
    let mut lines = logged.into_iter();
    if let Some(first) = lines.next() {
        return Ok(vec![Finding::new(Confidence::Likely, first).and(lines)]);
    }
    let agreed = |one: &Handshake| one.tie > Tie::None && one.chosen.is_some();
    match rows {
        _ if case.handshakes.iter().any(agreed) => Ok(Vec::new()),
        Err(missing) => Err(missing),
        Ok(_) if open => Err(Missing(vec![Need::AsaSsl, Need::AsaConfigAll])),
        Ok(_) => Ok(Vec::new()),
    }
}

fn predicted(server: &Server, row: &Row) -> Option<Finding> {
    let lowest = server.lowest.as_ref()?;
    let confidence = rows::confidence(lowest.ground.is_shown(), row);
    let versions = [("asa", lowest.value.name()), ("phone", row.kind.ability.highest.name())];
    let finding = rows::predicted(confidence, (lowest.ground.place(), LOWEST.filled(&versions)), row)?;
    Some(finding.because(BOTH.filled(&versions)))
}

/// What the logs say outright: in handshakes that are phones', and in phones' own logs.
fn by_logs(case: &Case<'_>) -> Vec<Evidence> {
    let mut lines = Vec::new();
    for handshake in case.handshakes.iter().filter(|handshake| handshake.tie > Tie::None) {
        let says = |reason: &&Seen<String>| {
            let reason = reason.value.to_ascii_lowercase();
            REASONS.iter().any(|words| reason.contains(words))
        };
        if let Some(reason) = handshake.reasons.iter().find(says) {
            lines.push(Evidence::marked(&handshake.place(reason), &reason.value, REFUSED));
        }
    }
    for log in &case.documents.phone_logs {
        for event in events_that_matter(log.document) {
            if matches!(event.message, PhoneMessage::Alert { code: Some(ALERT), .. }) {
                lines.push(Evidence::seen(&log.place(&event.at), ALERTED));
            }
        }
    }
    lines
}

const LOWEST: Text = Text::fixed("the ASA asks for {asa} at least", "Die ASA verlangt mindestens {asa}");
const BOTH: Text = Text::fixed(
    "The ASA asks for {asa} at least; the phone speaks {phone} at most.",
    "Die ASA verlangt mindestens {asa}; das Telefon spricht höchstens {phone}.",
);
const REFUSED: Text = Text::fixed(
    "the handshake ended because of its version",
    "Der Handshake ist an seiner Version gescheitert",
);
const ALERTED: Text =
    Text::fixed("alert 70: the version is not accepted", "Alert 70: Die Version wird nicht angenommen");

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{check, fires, silent, waits};

    const OLD: &str =
        "<device><loadInformation>SIP45.9-4-2SR3-1S</loadInformation><vpnGroup></vpnGroup></device>";
    const NEW: &str =
        "<device><loadInformation>sip88xx.12-5-1SR2-2</loadInformation><vpnGroup></vpnGroup></device>";

    fn config(ssl: &str) -> String {
        format!("ASA Version 9.12(4)\nhostname asa\n{ssl}\nwebvpn\n enable outside\n: end\n")
    }

    #[test]
    fn an_old_phone_meets_a_modern_asa() {
        let modern = config("ssl server-version tlsv1.2 dtlsv1.2");
        let finding = &fires(&RULE, &[("asa.cfg", &modern), ("SEP001122334455.cnf.xml", OLD)])[0];
        assert_eq!(finding.confidence, Confidence::Likely);
        assert_eq!(finding.evidence()[0].at.as_ref().unwrap().line, 3);
        assert!(finding.because[0].en.contains("TLS 1.2 at least; the phone speaks TLS 1.0"));
        silent(&RULE, &[("asa.cfg", &modern), ("SEP001122334455.cnf.xml", NEW)]);
        silent(&RULE, &[("asa.cfg", &config("ssl server-version tlsv1")), ("SEP001122334455.cnf.xml", OLD)]);
    }

    #[test]
    fn a_model_that_the_person_names_is_enough() {
        let modern = config("ssl server-version tlsv1.2");
        let findings = check(&RULE, &[("asa.cfg", &modern)], &[("phone-model", "CP-7962G")]).unwrap();
        assert_eq!(findings.len(), 1);
    }

    #[test]
    fn alert_70_tells_by_itself() {
        let log = "912: ERR 10:19:27.421467 VPNC: alert_err: SSL read alert: code 70, protocol version\n";
        assert_eq!(fires(&RULE, &[("x", log)])[0].confidence, Confidence::Likely);
    }

    #[test]
    fn an_unknown_client_with_an_old_version_is_nobodys_phone() {
        let log = "%ASA-6-725001: Starting SSL handshake with client outside:203.0.113.9/50091 for TLS session.\n\
            %ASA-7-725014: SSL lib error. Function: tls_early_post_process_client_hello Reason: unsupported protocol\n";
        waits(&RULE, &[("asa.log", log)]);
    }

    #[test]
    fn a_default_is_no_proof() {
        waits(&RULE, &[("asa.cfg", &config("")), ("SEP001122334455.cnf.xml", OLD)]);
        waits(&RULE, &[("asa.cfg", &config("ssl server-version tlsv1.2"))]);
        waits(&RULE, &[]);
    }
}
