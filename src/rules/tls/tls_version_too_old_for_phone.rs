//! The phone asks for TLS 1.2 at least, and the ASA does not speak it.
//!
//! Log: alert 70 (protocol_version) that the phone writes, or `unsupported protocol` of its own TLS library; on the ASA
//! 725014 `tlsv1 alert protocol version`, or, where its OpenSSL is old, `wrong version number`: the alert comes in a
//! record of the phone's version, which that record layer refuses (measured with OpenSSL 1.0.2 to 3.5).
//!
//! Prediction: from firmware 14.3(1)SR3 on, the lowest version of the TLS clients of 78xx and 88xx phones is TLS 1.2 by default
//! (release notes). They do not name the VPN client, so this is told as possible. An ASA speaks TLS 1.2 from
//! release 9.3(2) on.

use super::rows;
use crate::case::Case;
use crate::facts::negotiation::{Basis, Outcome, Row, Server};
use crate::facts::tls_matters::{By, Matter};
use crate::facts::tls_objections::told_of;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "tls-version-too-old-for-phone",
    stage: Stage::Tls,
    severity: Severity::Warning,
    needs: &[
        Need::PhoneLog,
        Need::AsaLog,
        Need::AsaConfig,
        Need::AsaSsl,
        Need::AsaVersion,
        Need::PhoneConfig,
        Need::Capture,
    ],
    echoes: &["tls-alert-from-phone", "login-failed"],
    sources: &[
        "RFC 5246, section 7.2.2, protocol_version",
        "release notes of the 7800 and 8800 series, 14.3(1)SR3",
        "ASA command reference, ssl server-version",
    ],
    prose: Text::fixed(
        include_str!("tls_version_too_old_for_phone.en.md"),
        include_str!("tls_version_too_old_for_phone.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    if let Some(logged) = by_logs(case) {
        return Ok(vec![logged]);
    }
    let mut findings = Vec::new();
    let mut open = false;
    for (negotiation, row) in rows::own(case)?.into_iter().filter(|(_, row)| row.basis != Basis::Logged) {
        open |= negotiation.server.highest.is_none();
        if row.outcome == Outcome::TooOld {
            findings.extend(finding_of(&negotiation.server, row));
        }
    }
    if findings.is_empty() && open {
        return Err(Missing(vec![Need::AsaVersion, Need::AsaSsl]));
    }
    Ok(findings)
}

/// What the logs say outright: a phone refuses the version in the ASA's hello.
fn by_logs(case: &Case<'_>) -> Option<Finding> {
    let refused = told_of(&case.tls_objections, By::Phone, Matter::Version);
    let best = refused.first()?;
    let mut lines = refused.iter().map(|one| {
        let says = if one.told_by == By::Phone { REFUSES } else { REFUSED };
        Evidence::marked(&one.place, &one.mark, says)
    });
    let confidence = best.confidence.max(Confidence::Likely);
    let mut finding = Finding::new(confidence, lines.next()?).and(lines).because(DIRECTION);
    finding.title = Some(TITLE);
    if !best.tied {
        finding = finding.because(NOT_TIED);
    } else if confidence == Confidence::Possible {
        finding = finding.because(OR_NO_TLS);
    } else {
        finding.severity = Some(Severity::Blocker);
    }
    Some(finding)
}

fn finding_of(server: &Server, row: &Row) -> Option<Finding> {
    let highest = server.highest.as_ref()?;
    let lowest = row.kind.ability.lowest.name();
    let named = |text: Text| text.word("asa", highest.value.name()).word("phone", lowest);
    let asa = (highest.ground.place(), named(HIGHEST));
    Some(rows::predicted(Confidence::Possible, asa, row)?.because(named(BOTH)).because(UNSURE))
}

const TITLE: Text = Text::fixed(
    "The ASA's version of TLS is too old for the phone",
    "Die TLS-Version der ASA ist dem Telefon zu alt",
);
const REFUSES: Text = Text::fixed(
    "the phone does not accept the ASA's version of TLS",
    "Das Telefon nimmt die TLS-Version der ASA nicht an",
);
const REFUSED: Text = Text::fixed(
    "so the phone's refusal of the ASA's version reads in the ASA's log",
    "So liest sich im Protokoll der ASA, dass das Telefon ihre Version ablehnt",
);
const DIRECTION: Text = Text::fixed(
    "The phone ended the handshake because of the version in the ASA's answer. Allowing older versions on the ASA does not help: it has to speak a newer one, or the phone has to ask for less.",
    "Das Telefon hat den Handshake wegen der Version in der Antwort der ASA beendet. Ältere Versionen auf der ASA zuzulassen hilft nicht: Sie muss eine neuere sprechen, oder das Telefon muss weniger verlangen.",
);
const NOT_TIED: Text = Text::fixed(
    "Nothing shows that this was a phone: the log does not name the client.",
    "Nichts zeigt, dass das ein Telefon war: Das Protokoll nennt den Client nicht.",
);
const OR_NO_TLS: Text = Text::fixed(
    "The same words stand there where something else than TLS reached the port. The phone's log would tell: it then says that it writes alert 70.",
    "Dieselben Worte stehen dort, wenn etwas anderes als TLS den Port erreicht hat. Das Protokoll des Telefons würde es zeigen: Dort steht dann, dass es Alert 70 schreibt.",
);
const HIGHEST: Text = Text::fixed("this ASA speaks {asa} at most", "Diese ASA spricht höchstens {asa}");
const BOTH: Text = Text::fixed(
    "The ASA speaks {asa} at most; the phone's firmware asks for {phone} at least.",
    "Die ASA spricht höchstens {asa}; die Firmware des Telefons verlangt mindestens {phone}.",
);
const UNSURE: Text = Text::fixed(
    "The firmware's release notes say so of its TLS clients in general and do not name the VPN client, so it is not sure that this holds for it.",
    "Die Versionshinweise der Firmware sagen das allgemein von TLS-Clients und nennen den VPN-Client nicht; ob es für ihn gilt, ist nicht sicher.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::testing::{fires, silent, waits};

    fn phone(load: &str) -> String {
        format!("<device><loadInformation>{load}</loadInformation><vpnGroup></vpnGroup></device>")
    }

    fn config(version: &str) -> String {
        format!("ASA Version {version}\nhostname asa\nwebvpn\n enable outside\n: end\n")
    }

    #[test]
    fn a_firmware_that_wants_tls_1_2_meets_an_old_asa() {
        let phone = phone("sip88xx.14-3-1SR3-2");
        let finding =
            &fires(&RULE, &[("asa.cfg", &config("9.1(1)")), ("SEP001122334455.cnf.xml", &phone)])[0];
        assert_eq!(finding.confidence, Confidence::Possible);
        assert!(finding.because[0].en().contains("TLS 1.0 at most"));
        assert_eq!(finding.evidence()[0].at.as_ref().unwrap().line, 1);
        silent(&RULE, &[("asa.cfg", &config("9.8(2)")), ("SEP001122334455.cnf.xml", &phone)]);
    }

    #[test]
    fn a_phone_that_refuses_the_version_says_so() {
        for line in [
            "alert_err: SSL write alert: code 70, protocol version",
            "ssl_state_cb: TLSv1.2: write: alert: fatal:protocol version",
            "SSL: SSL_connect: error:14077102:SSL routines:SSL23_GET_SERVER_HELLO:unsupported protocol",
            "SSL: SSL_connect: error:1409210A:SSL routines:ssl3_get_server_hello:wrong ssl version",
        ] {
            let log = format!(
                "911: NOT 08:02:11.321467 VPNC: ssl_state_cb: TLSv1.2: SSL_connect: before/connect initialization\n\
                 912: ERR 08:02:11.421467 VPNC: {line}\n"
            );
            let finding = &fires(&RULE, &[("desk.txt", &log)])[0];
            assert_eq!(
                (finding.confidence, finding.severity),
                (Confidence::Likely, Some(Severity::Blocker)),
                "{line}"
            );
            assert_eq!(finding.evidence()[0].at.as_ref().unwrap().line, 2, "{line}");
        }
    }

    #[test]
    fn an_old_asa_words_it_otherwise_and_a_later_success_is_news() {
        let phone = "%ASA-6-716038: Group <P> User <CP-8845-SEP001122334478> IP <203.0.113.21> Authentication: successful, Session Type: WebVPN.\n";
        let log = |chosen: &str, function: &str, reason: &str| {
            format!(
                "{phone}%ASA-6-725001: Starting SSL handshake with client outside:203.0.113.21/50100 for TLS session.\n{chosen}\
                 %ASA-7-725014: SSL lib error. Function: {function} Reason: {reason}\n\
                 %ASA-6-725006: Device failed SSL handshake with client outside:203.0.113.21/50100\n"
            )
        };
        let chosen = "%ASA-7-725012: Device chooses cipher : AES256-SHA for the SSL session with client outside:203.0.113.21/50100\n";
        for (text, expected) in [
            (log(chosen, "SSL3_GET_RECORD", "wrong version number"), Confidence::Likely),
            (log("", "SSL3_GET_RECORD", "wrong version number"), Confidence::Possible),
            (log("", "SSL3_READ_BYTES", "tlsv1 alert protocol version"), Confidence::Likely),
        ] {
            assert_eq!(fires(&RULE, &[("fw.log", &text)])[0].confidence, expected, "{text}");
        }
        waits(&RULE, &[("fw.log", &log("", "SSL23_GET_CLIENT_HELLO", "unknown protocol"))]);
    }

    #[test]
    fn the_firmware_before_it_is_content() {
        let phone = phone("sip88xx.14-3-1SR2-2");
        silent(&RULE, &[("asa.cfg", &config("9.1(1)")), ("SEP001122334455.cnf.xml", &phone)]);
    }

    #[test]
    fn without_a_release_it_waits() {
        let excerpt = "ssl trust-point PHONES outside\nwebvpn\n enable outside\n";
        let phone = phone("sip88xx.14-3-1SR3-2");
        waits(&RULE, &[("asa.cfg", excerpt), ("SEP001122334455.cnf.xml", &phone)]);
        waits(&RULE, &[("asa.cfg", &config("9.1(1)"))]);
        waits(&RULE, &[]);
    }
}
