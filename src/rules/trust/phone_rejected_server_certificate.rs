//! The log says that the phone refused the ASA's certificate.
//!
//! Phone: `leaf not trusted`, alert 48 written, notify 37 `[SslAlertSrvrCert]`. ASA: 725014 `tlsv1 alert unknown ca`
//! with 725006 (Cisco 116162, correlation of the logs). A handshake in the ASA's log carries no name yet: it is a
//! phone's if its address or the same alert in a phone's log ties it to one, and else at most possibly one.

use crate::case::Case;
use crate::event::{Channel, Sender};
use crate::facts::handshake::{Handshake, Tie};
use crate::facts::phone_clock;
use crate::facts::tls_matters::{By, Matter};
use crate::facts::tls_objections::Objection;
use crate::facts::whose::Witness;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::{ReportedReason, What};
use crate::rules::Rule;
use crate::rules::logged::{self, Line};
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "phone-rejected-server-certificate",
    stage: Stage::Trust,
    severity: Severity::Blocker,
    needs: &[Need::PhoneLog, Need::AsaLog, Need::Capture],
    echoes: &["login-failed"],
    sources: &["Cisco 116162, correlation of the logs of ASA and phone"],
    prose: Text::fixed(
        include_str!("phone_rejected_server_certificate.en.md"),
        include_str!("phone_rejected_server_certificate.de.md"),
    ),
    check,
};

const UNKNOWN_CA: u8 = 48;

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let may_count = |handshake: &&Handshake| handshake.tie != Tie::Another;
    let of_phones = case.handshakes.iter().filter(may_count);
    let (current, past): (Vec<&Handshake>, Vec<&Handshake>) =
        of_phones.partition(|handshake| handshake.over.is_none());
    let by_asa: Vec<_> =
        current.iter().filter_map(|handshake| Some((handshake.tie, asa_lines(handshake)?))).collect();
    let lines = |tied: bool| {
        by_asa.iter().filter(move |(tie, _)| (*tie > Tie::None) == tied).flat_map(|(_, lines)| lines.clone())
    };
    let mut by_phone = from_phone_logs(case).into_iter();
    if let Some(first) = by_phone.next() {
        return Ok(vec![Finding::new(Confidence::Certain, first).and(by_phone).and(lines(true))]);
    }
    let mut tied = lines(true);
    if let Some(first) = tied.next() {
        return Ok(vec![Finding::new(Confidence::Likely, first).and(tied)]);
    }
    let mut untied = lines(false);
    if let Some(first) = untied.next() {
        let mut finding = Finding::new(Confidence::Possible, first).and(untied).because(NOT_TIED);
        finding.severity = Some(Severity::Warning);
        return Ok(vec![finding]);
    }
    // What a phone got past later is worth knowing.
    let past = past.iter().filter(|handshake| handshake.is_phones());
    let past: Vec<Line> = past.filter_map(|handshake| past_line(handshake)).collect();
    if let Some(finding) = logged::finding(past) {
        return Ok(vec![finding]);
    }
    let handshake_of_phone = case.handshakes.iter().any(|handshake| handshake.tie > Tie::None);
    if case.phone_attempts().is_err() && !handshake_of_phone {
        return Err(Missing(vec![Need::PhoneLog, Need::AsaLog]));
    }
    Ok(Vec::new())
}

fn from_phone_logs(case: &Case<'_>) -> Vec<Evidence> {
    let mut lines = Vec::new();
    // Whoever finds it outside its validity says nothing of its hash.
    for event in case.phone_events().filter(|event| !phone_clock::covers(&case.outside_validity, event)) {
        let says = match event.what {
            What::ChainNotTrusted => NOT_TRUSTED,
            What::Alert { channel: Channel::Tls, sender: Sender::Phone, code: Some(UNKNOWN_CA), .. } => ALERT,
            What::ReasonReported { reason: ReportedReason::ServerCertificate, .. } => NOTIFY,
            _ => continue,
        };
        lines.push(Evidence::at(&event.place(), says));
    }
    let told = |one: &&Objection| {
        let refused = matches!(one.matter, Matter::Certificate(None | Some(UNKNOWN_CA)));
        (one.by, one.told_by, one.channel) == (By::Phone, By::Phone, Channel::Tls) && refused
    };
    for one in case.tls_objections.iter().filter(told) {
        let line = Evidence::marked(&one.place, &one.mark, LIBRARY);
        if !lines.iter().any(|known| (known.input, &known.at) == (line.input, &line.at)) {
            lines.push(line);
        }
    }
    lines
}

fn past_line(handshake: &Handshake) -> Option<Line> {
    let proof = asa_lines(handshake)?.into_iter().next()?;
    let (confidence, witness) = (Confidence::Likely, Witness::Address);
    Some(Line { confidence, witness, over: handshake.over.clone(), proof })
}

/// The lines of a handshake that the far end ended with this alert.
fn asa_lines(handshake: &Handshake) -> Option<Vec<Evidence>> {
    let (_, reason) = handshake.alert_from_peer().filter(|(code, _)| *code == UNKNOWN_CA)?;
    let mut lines = vec![Evidence::marked(&handshake.place(reason), &reason.value, ASA_GOT_ALERT)];
    lines.extend(handshake.failed.as_ref().map(|place| Evidence::at(place, ASA_FAILED)));
    Some(lines)
}

const NOT_TRUSTED: Text = Text::fixed(
    "the phone trusts neither the certificate nor an issuer",
    "Das Telefon vertraut weder dem Zertifikat noch einem Aussteller",
);
const ALERT: Text = Text::fixed(
    "the phone ends the handshake with alert 48",
    "Das Telefon beendet den Handshake mit Alert 48",
);
const LIBRARY: Text = Text::fixed(
    "the phone's check of the ASA's certificate failed",
    "Das Zertifikat der ASA hat die Prüfung des Telefons nicht bestanden",
);
const NOTIFY: Text = Text::fixed(
    "the phone reports the server certificate as the reason",
    "Das Telefon nennt das Serverzertifikat als Grund",
);
const ASA_GOT_ALERT: Text =
    Text::fixed("the ASA received the phone's alert", "Die ASA hat den Alert des Telefons erhalten");
const ASA_FAILED: Text = Text::fixed("the handshake failed", "Der Handshake ist gescheitert");
const NOT_TIED: Text = Text::fixed(
    "The ASA's log does not show whether this was a phone: a PC that does not trust the certificate looks the same. The phone's log would tell.",
    "Das Protokoll der ASA zeigt nicht, ob das ein Telefon war: Ein PC, der dem Zertifikat nicht vertraut, sieht genauso aus. Das Protokoll des Telefons würde es zeigen.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::{Confidence, Severity};
    use crate::testing::{fires, silent, waits};

    const REFUSED: &str = "911: ERR 10:19:27.420205 VPNC: VPN cert chain verification failed, issuer certificate not found and leaf not trusted\n\
        913: ERR 10:19:27.422295 VPNC: alert_err: SSL write alert: code 48, unknown CA\n";
    const CONNECTED: &str = "901: NOT 10:19:27.155936 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization\n\
        909: NOT 10:19:28.051721 VPNC: do_login: got login response\n";
    const ASA: &str = "%ASA-7-725014: SSL lib error. Function: SSL3_READ_BYTES Reason: tlsv1 alert unknown ca\n\
        %ASA-6-725006: Device failed SSL handshake with client outside:203.0.113.9/50091\n";

    #[test]
    fn the_phones_own_log_is_certain_and_takes_the_asas_lines_along() {
        let findings = fires(&RULE, &[("phone.log", REFUSED), ("asa.log", ASA)]);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].confidence, Confidence::Certain);
        assert_eq!(findings[0].evidence().len(), 4);
    }

    #[test]
    fn an_asa_log_alone_may_speak_of_a_pc() {
        let findings = fires(&RULE, &[("asa.log", ASA)]);
        assert_eq!(
            (findings[0].confidence, findings[0].severity),
            (Confidence::Possible, Some(Severity::Warning))
        );
    }

    #[test]
    fn an_address_from_which_a_phone_logged_in_ties_it() {
        let phone = "%ASA-6-716038: Group <DfltGrpPolicy> User <CP-7962G-SEP001122334455> IP <203.0.113.9> Authentication: successful, Session Type: WebVPN.\n";
        let findings = fires(&RULE, &[("asa.log", &format!("{phone}{ASA}"))]);
        assert_eq!(findings[0].confidence, Confidence::Likely);
    }

    #[test]
    fn an_error_line_alone_tells_it_too() {
        let begins = "900: NOT 10:19:27.155936 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization\n";
        let error =
            |words: &str| format!("{begins}911: ERR 10:19:27.420205 VPNC: SSL: SSL_connect: error:{words}\n");
        let verify = error("14090086:SSL routines:SSL3_GET_SERVER_CERTIFICATE:certificate verify failed");
        assert_eq!(fires(&RULE, &[("phone.log", &verify)])[0].confidence, Confidence::Certain);
        // Here the ASA refuses the phone's certificate.
        let read = error("14094418:SSL routines:SSL3_READ_BYTES:tlsv1 alert unknown ca");
        silent(&RULE, &[("phone.log", &read)]);
    }

    #[test]
    fn another_alert_is_not_this_one() {
        silent(&RULE, &[("phone.log", CONNECTED)]);
        waits(&RULE, &[]);
        waits(&RULE, &[("asa.log", &ASA.replace("unknown ca", "handshake failure"))]);
    }
}
