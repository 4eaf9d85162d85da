//! The phone's log says that the login failed.
//!
//! `set_login_state: VPNC : 1 (LoggingIn) --> 3 (LoginFailed)`, `notify type: 1 [LoginFailed]`, `login failed`
//! (Cisco 116162). It says that, never why: where a better cause is known this is its echo.

use crate::case::Case;
use crate::facts::progress::events_that_matter;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::formats::phone_log::PhoneMessage;
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "login-failed",
    stage: Stage::Login,
    severity: Severity::Warning,
    needs: &[Need::PhoneLog],
    echoes: &[],
    sources: &["Cisco 116162, correlation of the logs of ASA and phone"],
    prose: Text::fixed(include_str!("login_failed.en.md"), include_str!("login_failed.de.md")),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let mut lines = Vec::new();
    let mut reported = None;
    for log in &case.documents.phone_logs {
        for event in events_that_matter(log.document) {
            let says = match &event.message {
                PhoneMessage::LoginState { to, .. } if to.to_ascii_lowercase().contains("fail") => STATE,
                PhoneMessage::NotifyType { .. } => NOTIFY,
                PhoneMessage::NotifyCode { code, name } => {
                    reported = Some((code.to_string(), name.clone()));
                    REPORTS
                }
                PhoneMessage::LoginFailed => FAILED,
                _ => continue,
            };
            lines.push(Evidence::seen(&log.place(&event.at), says));
        }
    }
    let mut lines = lines.into_iter();
    let Some(first) = lines.next() else {
        return case.phone_attempts().map(|_| Vec::new());
    };
    let mut finding = Finding::new(Confidence::Certain, first).and(lines);
    if let Some((code, name)) = reported {
        finding = finding.because(REASON.filled(&[("code", code.as_str()), ("name", name.as_str())]));
    }
    Ok(vec![finding])
}

const STATE: Text =
    Text::fixed("the login state changes to failed", "Der Anmeldezustand wechselt auf gescheitert");
const NOTIFY: Text = Text::fixed("the phone is told so", "Das Telefon wird benachrichtigt");
const REPORTS: Text =
    Text::fixed("this is the reason that the phone names", "Diesen Grund nennt das Telefon");
const FAILED: Text = Text::fixed("the login failed", "Die Anmeldung ist gescheitert");
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
        assert!(findings[0].because[0].en.contains("SslAlertSrvrCert"));
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
