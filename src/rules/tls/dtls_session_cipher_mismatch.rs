//! The ASA answers the DTLS hello with another cipher than that of the TLS session.
//!
//! The phone resumes its TLS session in DTLS and offers just its cipher; any other answer ends with `old session
//! cipher not returned`, alert 47 and `SSL success DTLS fail` (Cisco 116162: newer phones on ASA 9.4.1 and later).

use crate::case::Case;
use crate::event::{Channel, Sender};
use crate::facts::tls_matters::{By, Matter};
use crate::facts::tls_objections::Objection;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::What;
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "dtls-session-cipher-mismatch",
    stage: Stage::Tls,
    severity: Severity::Blocker,
    needs: &[Need::PhoneLog, Need::AsaLog, Need::Capture],
    echoes: &["dtls-not-established", "login-failed"],
    sources: &["Cisco 116162, CSCuu02848 and the phone's log", "ocserv, README-cisco-svc"],
    prose: Text::fixed(
        include_str!("dtls_session_cipher_mismatch.en.md"),
        include_str!("dtls_session_cipher_mismatch.de.md"),
    ),
    check,
};

const ILLEGAL_PARAMETER: u8 = 47;

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let (mut lines, mut offered) = (Vec::new(), Vec::new());
    let mut told = false;
    for event in case.phone_events() {
        let (rank, says) = match event.what {
            What::OtherSessionSuite => (0, OTHER_CIPHER),
            What::Alert {
                channel: Channel::Dtls,
                sender: Sender::Phone,
                code: Some(ILLEGAL_PARAMETER),
                ..
            } => (1, ALERT),
            What::DtlsFailed => (2, FAILED),
            What::SuitesOffered { channel: Channel::Dtls, suites } => {
                offered.push(Evidence::marked(&event.place(), suites, OFFERED));
                continue;
            }
            _ => continue,
        };
        // A DTLS channel fails for other reasons as well: the cipher or the alert has to be there.
        told |= rank < 2;
        lines.push((rank, Evidence::at(&event.place(), says)));
    }
    let on_asa: Vec<Evidence> = case.tls_objections.iter().filter_map(told_by_asa).collect();
    if !told && on_asa.is_empty() {
        return case.phone_attempts().map(|_| Vec::new());
    }
    if !told {
        let mut lines = on_asa.into_iter();
        return Ok(lines
            .next()
            .map(|first| Finding::new(Confidence::Likely, first).and(lines))
            .into_iter()
            .collect());
    }
    lines.sort_by_key(|(rank, _)| *rank);
    let mut lines = lines.into_iter().map(|(_, line)| line);
    let Some(first) = lines.next() else { return Ok(Vec::new()) };
    Ok(vec![Finding::new(Confidence::Certain, first).and(lines).and(offered).and(on_asa)])
}

/// The same in the ASA's log: alert 47 in a phone's DTLS, or the ASA misses the cipher of the session to resume.
fn told_by_asa(one: &Objection) -> Option<Evidence> {
    let here = one.tied && one.told_by == By::Asa && one.channel == Channel::Dtls;
    let says = match (one.by, one.matter) {
        (By::Phone, Matter::Alert(ILLEGAL_PARAMETER)) if here => RECEIVED,
        (By::Asa, Matter::SessionCipher) if here => MISSED,
        _ => return None,
    };
    Some(Evidence::marked(&one.place, &one.mark, says))
}

const OTHER_CIPHER: Text = Text::fixed(
    "the ASA chose another cipher than the one of the TLS session",
    "Die ASA hat eine andere Chiffre gewählt als die der TLS-Sitzung",
);
const ALERT: Text = Text::fixed("the phone ends DTLS with alert 47", "Das Telefon beendet DTLS mit Alert 47");
const RECEIVED: Text = Text::fixed(
    "the ASA received the phone's alert 47 in DTLS",
    "Die ASA hat in DTLS Alert 47 des Telefons erhalten",
);
const MISSED: Text = Text::fixed(
    "the phone no longer offers the cipher of the session that it resumes",
    "Das Telefon bietet die Chiffre der Sitzung, die es fortsetzt, nicht mehr an",
);
const FAILED: Text = Text::fixed(
    "the login succeeded, the DTLS channel did not come up",
    "Die Anmeldung ist gelungen, der DTLS-Kanal kam nicht zustande",
);
const OFFERED: Text =
    Text::fixed("this is all that the phone offers for DTLS", "Nur das bietet das Telefon für DTLS an");

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{fires, silent, waits};

    const FAILED: &str = "VPNC: -create_dtls_connection: cipher list: AES256-SHA\n\
        VPNC: -alert_err: DTLS write alert: code 47, illegal parameter\n\
        VPNC: -DTLS: SSL_connect: error:140920C5:SSL routines:SSL3_GET_SERVER_HELLO: old session cipher not returned\n\
        VPNC: -protocol_handler: connect : err: SSL success DTLS fail\n";

    #[test]
    fn the_telling_line_comes_first() {
        let findings = fires(&RULE, &[("x", FAILED)]);
        let lines: Vec<u32> =
            findings[0].evidence().iter().map(|line| line.at.as_ref().unwrap().line).collect();
        assert_eq!(lines, [3, 2, 4, 1]);
    }

    #[test]
    fn the_asas_log_tells_it_of_a_phones_dtls() {
        let phone = "%ASA-6-716038: Group <P> User <CP-8845-SEP001122334478> IP <203.0.113.21> Authentication: successful, Session Type: WebVPN.\n";
        let log = |protocol: &str, reason: &str| {
            format!(
                "{phone}%ASA-6-725001: Starting SSL handshake with client outside:203.0.113.21/50100 to 198.51.100.1/443 for {protocol} session.\n\
                 %ASA-7-725014: SSL lib error. Function: x Reason: {reason}\n\
                 %ASA-6-725006: Device failed SSL handshake with client outside:203.0.113.21/50100\n"
            )
        };
        for reason in ["sslv3 alert illegal parameter", "required cipher missing"] {
            let finding = &fires(&RULE, &[("fw.log", &log("DTLSv1", reason))])[0];
            assert_eq!(finding.evidence()[0].at.as_ref().unwrap().line, 3, "{reason}");
            waits(&RULE, &[("fw.log", &log("TLSv1", reason))]);
        }
    }

    #[test]
    fn dtls_that_fails_for_another_reason_is_not_this() {
        silent(
            &RULE,
            &[(
                "x",
                "VPNC: -do_dtls_connect: udp_connect\nVPNC: -udp_connect: connecting to 192.0.2.1:443\nVPNC: -protocol_handler: connect : err: SSL success DTLS fail\n",
            )],
        );
        waits(&RULE, &[]);
    }
}
