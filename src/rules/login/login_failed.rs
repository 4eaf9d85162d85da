//! A log says that the login or the session failed.
//!
//! The phone's: an answer with an HTTP error, an attempt that ends without its tunnel, and the lines
//! `set_login_state: VPNC : 1 (LoggingIn) --> 3 (LoginFailed)`, `notify type: 1 [LoginFailed]`, `login failed`
//! (Cisco 116162). The ASA's: messages that no other rule knows (ASA syslog guide). They say
//! that, never why: where a better cause is known this is its echo.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::event::attempt::Step;
use crate::facts::whose::Message;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::{By, LoginState, What};
use crate::rules::Rule;
use crate::rules::logged::{self, Line};
use crate::stage::Stage;
use crate::tables::syslog_meanings;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "login-failed",
    stage: Stage::Login,
    severity: Severity::Warning,
    needs: &[Need::PhoneLog, Need::AsaLog, Need::Capture],
    echoes: &[],
    sources: &[
        "Cisco 116162, correlation of the logs of ASA and phone",
        "ASA syslog guide, 716xxx and 722xxx",
    ],
    prose: Text::fixed(include_str!("login_failed.en.md"), include_str!("login_failed.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let findings: Vec<Finding> = by_phone(case).into_iter().chain(by_asa(case)).collect();
    let seen = case.phone_attempts().is_ok() || case.logs_show_phones();
    if findings.is_empty() && !seen { Err(Missing(vec![Need::PhoneLog, Need::AsaLog])) } else { Ok(findings) }
}

fn by_phone(case: &Case<'_>) -> Option<Finding> {
    let mut lines = Vec::new();
    let mut reported = None;
    for event in case.phone_events() {
        let says = match event.what {
            What::LoginStateChanged { now: LoginState::Failed, .. } => STATE,
            What::EndReported => NOTIFY,
            What::ReasonReported { code, name, .. } => {
                reported = Some((code.to_string(), name.to_owned()));
                REPORTS
            }
            What::HttpStatus { code: 400.. } => ANSWER,
            What::LoginFailed => FAILED,
            _ => continue,
        };
        lines.push(Evidence::at(&event.place(), says));
    }
    if lines.is_empty() {
        // An attempt whose end no line puts into these words has failed all the same.
        let ended = case.logged_failures.iter().filter(|failure| {
            let of_phone = || case.documents.log_of(By::PhoneLog, failure.place.input).is_some();
            failure.is_current() && failure.stage == Stage::Login && of_phone()
        });
        lines.extend(ended.map(|failure| Evidence::at(&failure.place, ENDS)));
    }
    let mut lines = lines.into_iter();
    let mut finding = Finding::new(Confidence::Certain, lines.next()?).and(lines);
    if let Some((code, name)) = reported {
        finding = finding.because(REASON.with("code", Class::Words, code).with("name", Class::Words, &name));
    }
    Some(finding)
}

/// What an ASA's log says of phones' sessions, where no other rule knows the message.
fn by_asa(case: &Case<'_>) -> Vec<Finding> {
    let mut by_id: BTreeMap<u32, Vec<&Message<'_>>> = BTreeMap::new();
    for message in &case.messages {
        if matches!(message.step, Step::Failed { .. }) && !has_own_rule(&message.what) {
            by_id.entry(message.number).or_default().push(message);
        }
    }
    by_id.values().filter_map(|messages| tell(messages)).collect()
}

fn tell(messages: &[&Message<'_>]) -> Option<Finding> {
    let words = messages.iter().find_map(|message| match &message.step {
        Step::Failed { words, .. } if !words.is_empty() => Some(words.clone().into_owned()),
        _ => None,
    });
    let id = messages.first()?.number;
    let mut finding = logged::finding(messages.iter().map(|message| Line::of(message, REFUSED)).collect())?;
    finding.title = Some(SESSION);
    if let Some(meaning) = syslog_meanings::of(id) {
        finding = finding.because(meaning.means.clone());
    }
    Some(match words {
        Some(words) => finding.because(WORDS.with("words", Class::Words, &words)),
        None => finding,
    })
}

/// Another rule knows the message and says more of it.
fn has_own_rule(what: &What<'_>) -> bool {
    use What as W;
    matches!(
        what,
        W::UserRefused { .. }
            | W::LoginRejected
            | W::UserLockedOut
            | W::ServerFailed { .. }
            | W::Challenged
            | W::UserNotInCertificate
            | W::PostureRequired { .. }
            | W::AccessPolicyTerminated { .. }
            | W::SessionLimit { .. }
            | W::LicenceLimit { .. }
            | W::ClientNotEnabled
            | W::ClientNotAllowed
            | W::GroupLocked { .. }
            | W::NoAddress { .. }
            | W::AddressRequested { .. }
            | W::Certificate { .. }
            | W::NoClientCertificate
    )
}

const STATE: Text =
    Text::fixed("the login state changes to failed", "Der Anmeldezustand wechselt auf gescheitert");
const NOTIFY: Text = Text::fixed("the phone is told so", "Das Telefon wird benachrichtigt");
const REPORTS: Text =
    Text::fixed("this is the reason that the phone names", "Diesen Grund nennt das Telefon");
const FAILED: Text = Text::fixed("the login failed", "Die Anmeldung ist gescheitert");
const ANSWER: Text = Text::fixed(
    "the ASA answers the login with an error",
    "Die ASA antwortet auf die Anmeldung mit einem Fehler",
);
const ENDS: Text = Text::fixed("the last attempt ends here", "Hier endet der letzte Versuch");
const REFUSED: Text =
    Text::fixed("the ASA ends the phone's session", "Die ASA beendet die Sitzung des Telefons");
const SESSION: Text =
    Text::fixed("The ASA ended the phone's session", "Die ASA hat die Sitzung des Telefons beendet");
const WORDS: Text = Text::fixed("The ASA's words: “{words}”.", "Die ASA schreibt: „{words}“.");
const REASON: Text = Text::fixed(
    "The phone names the reason {code} ({name}).",
    "Das Telefon nennt als Grund {code} ({name}).",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{fires, silent, waits};

    #[test]
    fn a_failed_login_is_told_with_the_phones_reason() {
        let log = "923: NOT 10:19:27.429716 VPNC: set_login_state: VPNC : 1 (LoggingIn) --> 3 (LoginFailed)\n\
            925: NOT 10:19:27.430812 VPNC: vpnc_send_notify: notify code: 37 [SslAlertSrvrCert]\n\
            928: ERR 10:19:27.432467 VPNC: protocol_handler: login failed\n";
        let findings = fires(&RULE, &[("x", log)]);
        assert_eq!(findings[0].evidence().len(), 3);
        assert!(findings[0].because[0].en().contains("SslAlertSrvrCert"));
    }

    #[test]
    fn a_login_that_goes_on_is_none() {
        silent(
            &RULE,
            &[(
                "x",
                "901: NOT 10:19:27.155936 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization\n909: NOT 10:19:28.051721 VPNC: do_login: got login response\n",
            )],
        );
        waits(&RULE, &[]);
    }
}
