//! A phone works by a later gateway of its VPN group, because an earlier one failed.
//!
//! Phone log: an attempt at one address fails, and the next that connects is at another one. Capture: one gateway gives
//! no connection or no handshake, or its name is not resolved, and another one completes a handshake with the same phone
//! later. Order of the urls: 8800 series administration guide and CUCM feature guide, VPN group.
//!
//! A gateway that takes the phone afterwards is mended, and a load balancer that sends it on has not failed. What the
//! ASAs' own logs tell of a failure that was over, the rule of that failure tells.

use crate::case::Case;
use crate::event::Channel;
use crate::facts::earlier_gateways::EarlierGateway;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::{By, Observation, What};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "earlier-gateway-failed",
    stage: Stage::Reach,
    severity: Severity::Warning,
    needs: &[Need::PhoneLog, Need::Capture],
    echoes: &[],
    sources: &["CUCM feature configuration guide, VPN client: gateways of a VPN group in their order"],
    prose: Text::fixed(
        include_str!("earlier_gateway_failed.en.md"),
        include_str!("earlier_gateway_failed.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let Some(first) = case.earlier_gateways.first() else {
        let shown = names_gateways(case) || !case.wire_steps.is_empty();
        return if shown { Ok(Vec::new()) } else { Err(Missing(vec![Need::PhoneLog, Need::Capture])) };
    };
    let mut proof = case.earlier_gateways.iter().flat_map(proof);
    let Some(line) = proof.next() else { return Ok(Vec::new()) };
    let finding = Finding::new(Confidence::Likely, line).and(proof);
    let (gateway, taken_by) = (first.gateway.as_str(), first.taken_by.as_str());
    Ok(vec![
        finding
            .because(WHICH.with("gateway", Class::Host, gateway).with("other", Class::Host, taken_by))
            .value("gateway-host", gateway),
    ])
}

/// A phone's log says whom the phone turns to: the same log without that would not show it.
fn names_gateways(case: &Case<'_>) -> bool {
    let names =
        |event: &Observation<'_>| matches!(event.what, What::Connecting { channel: Channel::Tls, .. });
    case.documents.observed_by(By::PhoneLog).any(names)
}

fn proof(one: &EarlierGateway) -> impl Iterator<Item = Evidence> {
    let tried = one.tried.as_ref().map(|place| Evidence::at(place, TRIES));
    let failed = Evidence::at(&one.failed, one.says.clone());
    tried.into_iter().chain([failed, Evidence::at(&one.taken, TAKEN)])
}

const TRIES: Text = Text::fixed("the phone tries this gateway", "Das Telefon versucht dieses Gateway");
const TAKEN: Text =
    Text::fixed("another gateway takes the phone", "Ein anderes Gateway nimmt das Telefon an");
const WHICH: Text = Text::fixed(
    "{gateway} failed, and {other} took the phone.",
    "{gateway} ist gescheitert, und {other} hat das Telefon angenommen.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Severity;
    use crate::testing::{fires, silent, waits};

    /// A phone's attempts, each at an address and to an end.
    fn log(attempts: &[(&str, &str)]) -> String {
        let mut log = String::new();
        for (number, (address, end)) in (0_u32..).zip(attempts) {
            let second = 10 + number;
            log += &format!(
                "9{second}: NOT 10:19:{second}.100000 VPNC: tcp_connect: connecting to {address}:443\n"
            );
            log += &format!(
                "9{second}: NOT 10:19:{second}.200000 VPNC: ssl_state_cb: TLSv1: SSL_connect: before/connect initialization\n"
            );
            log += &format!("9{second}: NOT 10:19:{second}.300000 VPNC: {end}\n");
        }
        log
    }

    const FIRST: &str = "192.0.2.1";
    const SECOND: &str = "198.51.100.1";
    const FAILS: &str = "set_login_state: LOGIN: 1 (TRYING) --> 3 (FAILED)";
    const CONNECTS: &str = "set_login_state: LOGIN: 1 (TRYING) --> 2 (LoggedIn)";
    const SENT_ON: &str = "set_redirect_url: new URL <https://asa2.example.com/Phones>";

    #[test]
    fn the_second_gateway_takes_the_phone() {
        let findings = fires(&RULE, &[("phone.log", &log(&[(FIRST, FAILS), (SECOND, CONNECTS)]))]);
        assert_eq!(findings.len(), 1);
        let cited: Vec<_> = findings[0].evidence().iter().filter_map(|piece| piece.at.as_ref()).collect();
        assert_eq!(cited.iter().map(|at| at.line).collect::<Vec<_>>(), [1, 3, 4]);
        assert!(findings[0].severity.is_none_or(|severity| severity == Severity::Warning));
    }

    #[test]
    fn a_gateway_that_takes_the_phone_or_sends_it_on_has_not_failed() {
        let sent_on_and_left = format!("{SENT_ON}\n911: NOT 10:19:59.100000 VPNC: {FAILS}");
        for attempts in [
            &[(FIRST, FAILS), (FIRST, CONNECTS)] as &[(&str, &str)],
            &[(FIRST, sent_on_and_left.as_str()), (SECOND, CONNECTS)],
            &[(FIRST, FAILS), (SECOND, CONNECTS), (FIRST, CONNECTS)],
            &[(FIRST, SENT_ON), (SECOND, CONNECTS)],
            &[(FIRST, CONNECTS), (SECOND, CONNECTS)],
            &[(FIRST, FAILS), (SECOND, FAILS)],
            // It was cut off from both.
            &[(FIRST, FAILS), (SECOND, FAILS), (SECOND, CONNECTS)],
            &[(SECOND, FAILS), (FIRST, FAILS), (SECOND, CONNECTS)],
        ] {
            silent(&RULE, &[("phone.log", &log(attempts))]);
        }
    }

    #[test]
    fn a_gateway_is_told_once() {
        let log = log(&[(FIRST, FAILS), (FIRST, FAILS), (SECOND, CONNECTS)]);
        assert_eq!(fires(&RULE, &[("phone.log", &log)])[0].evidence().len(), 3);
    }

    #[test]
    fn a_gateway_that_answered_failed_also_where_the_other_one_was_not_reached_before() {
        let refused = format!("VPN cert chain verification failed\n911: NOT 10:19:59.100000 VPNC: {FAILS}");
        let log = log(&[(FIRST, &refused), (SECOND, FAILS), (SECOND, CONNECTS)]);
        assert_eq!(fires(&RULE, &[("phone.log", &log)])[0].evidence().len(), 3);
    }

    #[test]
    fn a_log_that_names_no_gateway_would_not_show_it() {
        let log = log(&[(FIRST, FAILS), (SECOND, CONNECTS)]);
        let unnamed: Vec<&str> = log.lines().filter(|line| !line.contains("connecting to")).collect();
        waits(&RULE, &[("phone.log", &unnamed.join("\n"))]);
    }

    #[test]
    fn nothing_is_said_without_a_phones_log_or_a_capture() {
        waits(&RULE, &[]);
    }
}
