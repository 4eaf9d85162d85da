//! The tunnel ended because a change was pushed to the phone: Apply Config, Reset or Restart.
//!
//! All three end the VPN; with certificate authentication the phone reconnects by itself, with a password it asks
//! (Cisco 116162, changing the configuration while connected). Reasons 20, 22, 23 and 104 say so outright. That CUCM's
//! `NOTIFY` says `action=apply-config` is not published for VPN phones, so it makes a finding only possible.

use crate::case::Case;
use crate::event::Push;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::{By, Log, LoginOutcome, Observation, What};
use crate::rules::Rule;
use crate::source::Place;
use crate::stage::Stage;
use crate::tables::deregistration_reasons::{Concern, by_code};
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "dropped-by-config-change",
    stage: Stage::Tunnel,
    severity: Severity::Notice,
    needs: &[Need::PhoneLog, Need::Capture],
    echoes: &[],
    sources: &[
        "Cisco 116162, changing the configuration while connected",
        "CUCM 15, alarm LastOutOfServiceInformation",
    ],
    prose: Text::fixed(
        include_str!("dropped_by_config_change.en.md"),
        include_str!("dropped_by_config_change.de.md"),
    ),
    check,
};

/// From the change to the end of the tunnel.
const MICROS_AT_MOST: u64 = 120 * 1_000_000;
/// Likewise where the log has no times.
const EVENTS_AT_MOST: usize = 50;

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let drops: Vec<Drop> = case.documents.logs_by(By::PhoneLog).flat_map(drops).collect();
    let Some((first, rest)) = drops.split_first() else {
        return case.phone_attempts().map(|_| Vec::new());
    };
    let proofs =
        |drop: &Drop| [Evidence::at(&drop.change, drop.says.clone()), Evidence::at(&drop.stop, STOPS)];
    let [change, stop] = proofs(first);
    let finding = Finding::new(first.confidence, change)
        .and([stop])
        .and(rest.iter().flat_map(proofs))
        .because(first.says.clone());
    let method = case.phones.iter().find_map(|phone| {
        let seen = phone.vpn_group()?.auth_method.as_ref()?;
        Some((seen.value.trim(), phone.config.place(&seen.at)))
    });
    Ok(vec![match method {
        Some(("2", place)) => finding.and([Evidence::at(&place, METHOD)]).because(BY_CERTIFICATE),
        Some(("0" | "1", place)) => finding.and([Evidence::at(&place, METHOD)]).because(BY_PASSWORD),
        _ => finding.because(UNKNOWN_METHOD),
    }])
}

/// A tunnel that ended right after a change.
struct Drop {
    change: Place,
    stop: Place,
    says: Text,
    confidence: Confidence,
}

fn drops(log: &Log<'_>) -> Vec<Drop> {
    let mut drops = Vec::new();
    let mut change: Option<(usize, &Observation<'_>, Text, Confidence)> = None;
    for (index, event) in log.observations.iter().enumerate() {
        if let Some((says, confidence)) = changes(&event.what) {
            change = Some((index, event, says, confidence));
            continue;
        }
        let stops = matches!(event.what, What::ClientStopped | What::ClientActive { active: false });
        // A client also stops after a login that failed, which is another matter.
        if !stops || in_failed_attempt(log, index) {
            continue;
        }
        let Some((at, pushed, says, confidence)) = change.take() else { continue };
        if soon(pushed, event, index.saturating_sub(at)) {
            drops.push(Drop { change: pushed.place(), stop: event.place(), says, confidence });
        }
    }
    drops
}

fn changes(what: &What<'_>) -> Option<(Text, Confidence)> {
    match what {
        What::Pushed { push } => {
            let says = match push {
                Push::ApplyConfig => APPLY_CONFIG,
                Push::Reset => RESET,
                Push::Restart => RESTART,
            };
            Some((says, Confidence::Possible))
        }
        What::OutOfService { code, .. } => {
            let reason = by_code(*code).filter(|reason| reason.concern == Concern::Change)?;
            let says = Text::fixed("Reason {code}: {reason}.", "Grund {code}: {reason}.")
                .number("code", reason.code)
                .nested("reason", reason.words.clone());
            Some((says, Confidence::Certain))
        }
        _ => None,
    }
}

fn in_failed_attempt(log: &Log<'_>, index: usize) -> bool {
    log.attempts.iter().any(|attempt| {
        attempt.outcome == LoginOutcome::Failed && (attempt.first..=attempt.last).contains(&index)
    })
}

fn soon(change: &Observation<'_>, stop: &Observation<'_>, events: usize) -> bool {
    match (change.stamp, stop.stamp) {
        (Some(before), Some(after)) => {
            let same_day = before.month_day == after.month_day && change.day == stop.day;
            same_day && after.micros_of_day.saturating_sub(before.micros_of_day) <= MICROS_AT_MOST
        }
        _ => events <= EVENTS_AT_MOST,
    }
}

const APPLY_CONFIG: Text = Text::fixed(
    "CUCM told the phone to apply its configuration (Apply Config).",
    "Der CUCM hat das Telefon seine Konfiguration übernehmen lassen (Apply Config).",
);
const RESET: Text =
    Text::fixed("CUCM told the phone to reset (Reset).", "Der CUCM hat das Telefon zurückgesetzt (Reset).");
const RESTART: Text = Text::fixed(
    "CUCM told the phone to restart (Restart).",
    "Der CUCM hat das Telefon neu gestartet (Restart).",
);
const STOPS: Text = Text::fixed("then the VPN client stops", "Dann hält der VPN-Client an");
const METHOD: Text =
    Text::fixed("this is how the phone authenticates", "So authentifiziert sich das Telefon");
const BY_CERTIFICATE: Text = Text::fixed(
    "This phone authenticates with a certificate: it reconnects by itself.",
    "Dieses Telefon authentifiziert sich mit einem Zertifikat: Es verbindet sich von selbst wieder.",
);
const BY_PASSWORD: Text = Text::fixed(
    "This phone authenticates with a password: somebody has to enter it at the phone, unless password persistence keeps it.",
    "Dieses Telefon authentifiziert sich mit einem Kennwort: Jemand muss es am Telefon eingeben, sofern es nicht gespeichert bleibt (Password Persistence).",
);
const UNKNOWN_METHOD: Text = Text::fixed(
    "With certificate authentication the phone reconnects by itself; with a password somebody has to enter it at the phone.",
    "Mit Zertifikat verbindet sich das Telefon von selbst wieder; mit Kennwort muss es jemand am Telefon eingeben.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{fires, silent, waits};

    const UP: &str = "0930: NOT 10:19:27.155936 VPNC: protocol_handler: SSL dpd 30 sec from SG (enabled)\n";
    const APPLIED: &str = "1962: NOT 10:22:22.681701 JAVA: x: setLastDeregistrationReason - new unreg-reason=104(x) , old unreg-reason=25\n";
    const NOTIFIED: &str =
        "1960: DEB 10:22:22.481701 JAVA: sipio-recv<--- NOTIFY sip:1000@192.0.2.7 action=reset\n";
    const STOP: &str = "1970: NOT 10:22:25.000000 VPNC: vpn_stop: de-activating vpn\n";
    const LATE_STOP: &str = "1970: NOT 11:22:25.000000 VPNC: vpn_stop: de-activating vpn\n";

    fn phone(method: &str) -> String {
        format!(
            "<vpnGroup><authMethod>{method}</authMethod><addresses><url1>https://vpn.example.com/Phones</url1></addresses></vpnGroup>"
        )
    }

    #[test]
    fn the_way_to_log_in_decides_what_happens_next() {
        let log = format!("{UP}{APPLIED}{STOP}");
        for (method, words) in
            [("2", "by itself"), ("0", "somebody has to enter it"), ("1", "password persistence")]
        {
            let phone = phone(method);
            let finding = &fires(&RULE, &[("console.log", &log), ("SEP001122334455.cnf.xml", &phone)])[0];
            assert_eq!(finding.confidence, Confidence::Certain);
            assert!(finding.because[0].en().contains("Apply Config"), "{:?}", finding.because);
            assert!(finding.because[1].en().contains(words), "{method}: {:?}", finding.because);
        }
        let finding = &fires(&RULE, &[("x", &format!("{UP}{NOTIFIED}{STOP}"))])[0];
        assert_eq!(finding.confidence, Confidence::Possible);
        assert!(finding.because[0].de().contains("(Reset)"));
    }

    #[test]
    fn other_ends_of_a_tunnel_are_not_a_change() {
        silent(&RULE, &[("x", &format!("{UP}{STOP}"))]);
        silent(&RULE, &[("x", &format!("{UP}{APPLIED}{LATE_STOP}"))]);
        silent(&RULE, &[("x", &format!("{UP}{STOP}{APPLIED}"))]);
        let failed = "1965: ERR 10:22:24.000000 VPNC: set_login_state: LOGIN: 1 (TRYING) --> 3 (FAILED)\n";
        let end = "1972: ERR 10:22:26.000000 VPNC: protocol_handler: login failed\n";
        silent(&RULE, &[("x", &format!("{APPLIED}{failed}{STOP}{end}"))]);
        waits(&RULE, &[]);
    }
}
