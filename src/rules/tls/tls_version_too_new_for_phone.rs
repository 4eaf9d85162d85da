//! The ASA asks for a newer version of TLS than the phone speaks.
//!
//! 79xx phones speak TLS 1.0 only (Cisco 115785), so `ssl server-version tlsv1.2` cuts them off. Log: 725014
//! `unsupported protocol` or `unknown protocol` in a phone's handshake on the ASA; alert 70 (protocol_version) that the
//! phone reads. One that the phone writes means the opposite: the ASA is too old for it.

use super::rows;
use crate::case::Case;
use crate::facts::handshake::{Handshake, Tie};
use crate::facts::negotiation::{Basis, Row, Server};
use crate::facts::tls_matters::{By, Matter};
use crate::facts::tls_objections::told_of;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
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

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let logged = by_logs(case);
    let rows = rows::own(case);
    let mut findings = Vec::new();
    let mut open = false;
    for (negotiation, row) in rows.iter().flatten() {
        let server = &negotiation.server;
        if server.lowest.as_ref().is_some_and(|lowest| lowest.value > row.kind.ability.highest) {
            let lines = logged.iter().flat_map(|logged| logged.evidence().iter().cloned());
            findings.extend(predicted(server, row).map(|finding| finding.and(lines)));
        } else {
            let shown = server.lowest.as_ref().is_some_and(|lowest| lowest.ground.is_shown());
            open |= !shown && row.basis > Basis::Logged;
        }
    }
    if !findings.is_empty() {
        return Ok(findings);
    }
    if let Some(finding) = logged {
        return Ok(vec![finding]);
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
    let highest = row.kind.ability.highest.name();
    let named = |text: Text| text.word("asa", lowest.value.name()).word("phone", highest);
    let finding = rows::predicted(confidence, (lowest.ground.place(), named(LOWEST)), row)?;
    let finding = finding.because(named(BOTH)).computed("asa", lowest.value.name());
    Some(rows::with_phones(finding, row, |ability| ability.highest >= lowest.value))
}

/// What the logs say outright: the ASA refuses the version of a phone. Where nothing ties the handshake to a phone it
/// is no more than possible.
fn by_logs(case: &Case<'_>) -> Option<Finding> {
    let refused = told_of(&case.tls_objections, By::Asa, Matter::Version);
    let best = refused.first()?;
    let mut lines = refused.iter().map(|one| {
        let says = if one.told_by == By::Phone { ALERTED } else { REFUSED };
        Evidence::marked(&one.place, &one.mark, says)
    });
    let mut finding = Finding::new(best.confidence.max(Confidence::Likely), lines.next()?).and(lines);
    if !best.tied {
        finding.severity = Some(Severity::Warning);
        finding = finding.because(NOT_TIED);
    }
    Some(finding)
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
const NOT_TIED: Text = Text::fixed(
    "Nothing shows that this was a phone: an old browser or a scanner reads the same. The phone's log would tell: it then says that it reads alert 70.",
    "Nichts zeigt, dass das ein Telefon war: Ein alter Browser oder ein Scanner liest sich genauso. Das Protokoll des Telefons würde es zeigen: Dort steht dann, dass es Alert 70 liest.",
);
const ALERTED: Text = Text::fixed(
    "the ASA sent alert 70: it does not accept the phone's version",
    "Die ASA hat Alert 70 gesendet: Sie nimmt die Version des Telefons nicht an",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
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
        assert!(finding.because[0].en().contains("TLS 1.2 at least; the phone speaks TLS 1.0"));
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
    fn alert_70_tells_by_itself_where_the_phone_reads_it() {
        for (line, reads) in [
            ("alert_err: SSL read alert: code 70, protocol version", true),
            ("ssl_state_cb: TLSv1: read: alert: fatal:protocol version", true),
            (
                "SSL: SSL_connect: error:1409442E:SSL routines:SSL3_READ_BYTES:tlsv1 alert protocol version",
                true,
            ),
            ("alert_err: SSL write alert: code 70, protocol version", false),
            (
                "SSL: SSL_connect: error:14077102:SSL routines:SSL23_GET_SERVER_HELLO:unsupported protocol",
                false,
            ),
        ] {
            let begins = "911: NOT 10:19:27.321467 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization\n";
            let log = format!("{begins}912: ERR 10:19:27.421467 VPNC: {line}\n");
            let found = check(&RULE, &[("x", &log)], &[]).unwrap_or_default();
            assert_eq!(
                found.first().map(|finding| finding.confidence),
                reads.then_some(Confidence::Likely),
                "{line}"
            );
        }
    }

    #[test]
    fn the_asas_own_words_tell_it_of_a_phones_handshake() {
        let phone = "%ASA-6-716038: Group <P> User <CP-7945G-SEP001122334477> IP <203.0.113.20> Authentication: successful, Session Type: WebVPN.\n";
        for (function, reason, expected) in [
            ("SSL23_GET_CLIENT_HELLO", "unknown protocol", true),
            ("tls_early_post_process_client_hello", "unsupported protocol", true),
            ("SSL3_GET_CLIENT_HELLO", "wrong version number", true),
            ("SSL3_GET_RECORD", "wrong version number", false),
            ("SSL3_READ_BYTES", "tlsv1 alert protocol version", false),
        ] {
            let log = format!(
                "{phone}%ASA-6-725001: Starting SSL handshake with client outside:203.0.113.20/50100 to 198.51.100.1/443 for TLS session.\n\
                 %ASA-7-725014: SSL lib error. Function: {function} Reason: {reason}\n\
                 %ASA-6-725006: Device failed SSL handshake with client outside:203.0.113.20/50100\n"
            );
            let found = check(&RULE, &[("asa.log", &log)], &[]).unwrap_or_default();
            assert_eq!(!found.is_empty(), expected, "{function}: {reason}");
        }
    }

    #[test]
    fn an_unknown_client_with_an_old_version_is_possibly_a_phone() {
        let log = |reason: &str| {
            format!(
                "%ASA-6-725001: Starting SSL handshake with client outside:203.0.113.9/50091 for TLS session.\n\
                 %ASA-7-725014: SSL lib error. Function: tls_early_post_process_client_hello Reason: {reason}\n"
            )
        };
        let finding = &fires(&RULE, &[("asa.log", &log("unsupported protocol"))])[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Possible, Some(Severity::Warning)));
        assert!(finding.because[0].en().contains("Nothing shows that this was a phone"));
        // A scanner's bytes read like this.
        waits(&RULE, &[("asa.log", &log("unknown protocol"))]);
        let pc = "%ASA-6-716038: Group <P> User <joe> IP <203.0.113.9> Authentication: successful, Session Type: WebVPN.\n";
        waits(&RULE, &[("asa.log", &format!("{pc}{}", log("unsupported protocol")))]);
    }

    #[test]
    fn a_default_is_no_proof() {
        waits(&RULE, &[("asa.cfg", &config("")), ("SEP001122334455.cnf.xml", OLD)]);
        waits(&RULE, &[("asa.cfg", &config("ssl server-version tlsv1.2"))]);
        waits(&RULE, &[]);
    }
}
