//! The login asks for something that a phone cannot answer.
//!
//! Log: 113010, a challenge of the RADIUS server. Configuration of the phones' tunnel group: `authentication saml`,
//! which needs a browser, and a secondary authentication (ASA command reference, tunnel-group; ASA syslog guide). A
//! phone knows one user name and one password.

use crate::case::Case;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::What;
use crate::rules::{Rule, logged};
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "interactive-challenge",
    stage: Stage::Login,
    severity: Severity::Blocker,
    needs: &[Need::AsaLog, Need::AsaConfig],
    echoes: &["aaa-rejected", "login-failed"],
    sources: &[
        "ASA syslog guide, 113010",
        "ASA command reference, authentication and secondary-authentication-server-group",
    ],
    prose: Text::fixed(
        include_str!("interactive_challenge.en.md"),
        include_str!("interactive_challenge.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let logged = logged::finding(logged::lines(case, &CHALLENGE, |what| *what == What::Challenged));
    let mut findings: Vec<Finding> = logged.map(|finding| finding.fix("challenge")).into_iter().collect();
    let groups = case.phone_tunnel_groups();
    for (group, tunnel) in &groups {
        let name = tunnel.name();
        let lines = [(tunnel.saml(), SAML, "saml"), (tunnel.second_authentication(), SECOND, "second")];
        for (line, says, label) in lines {
            let Some(line) = line else { continue };
            let evidence = Evidence::marked(&line.place, &line.value, says);
            let finding = Finding::new(group.at_most(Confidence::Certain), evidence)
                .because(group.because())
                .value("tunnel-group", name)
                .fix(label);
            findings.push(finding);
        }
    }
    if findings.is_empty() && !case.logs_show_phones() && groups.is_empty() {
        return Err(Missing(vec![Need::AsaLog, Need::AsaConfig]));
    }
    Ok(findings)
}

const CHALLENGE: Text = Text::fixed(
    "the server asks back, and the phone cannot answer",
    "Der Server fragt zurück, und das Telefon kann nicht antworten",
);
const SAML: Text = Text::fixed(
    "the phones' tunnel group asks for SAML, which needs a browser",
    "Die Tunnelgruppe der Telefone verlangt SAML; dafür braucht es einen Browser",
);
const SECOND: Text = Text::fixed(
    "the phones' tunnel group asks for a second login",
    "Die Tunnelgruppe der Telefone verlangt eine zweite Anmeldung",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, fires, waits};

    #[test]
    fn a_challenge_to_a_phone_is_told_and_one_to_a_pc_is_not() {
        let log = |user: &str| {
            format!("%ASA-6-113010: AAA challenge received for user {user} from server 198.51.100.5\n")
        };
        fires(&RULE, &[("log", &(log("joe") + &log("CP-8851-SEP001122334455")))]);
        waits(&RULE, &[("log", &log("joe"))]);
    }

    #[test]
    fn saml_and_a_second_login_are_predicted() {
        let found = |general: &str, webvpn: &str| {
            let config = format!(
                "ASA Version 9.12(1)\nwebvpn\n enable outside\ntunnel-group Desk type remote-access\ntunnel-group Desk general-attributes\n{general} default-group-policy P\ntunnel-group Desk webvpn-attributes\n{webvpn} group-url https://vpn.example.com/Desk enable\ntunnel-group Staff type remote-access\ntunnel-group Staff webvpn-attributes\n authentication saml\n: end\n"
            );
            let found = check(&RULE, &[("asa", &config)], &[("tunnel-group", "Desk")]).unwrap();
            found.into_iter().map(|finding| finding.fixes[0]).collect::<Vec<_>>()
        };
        assert_eq!(found("", " authentication saml\n"), ["saml"]);
        assert_eq!(found(" secondary-authentication-server-group OTP\n", ""), ["second"]);
        assert!(found("", " authentication certificate\n").is_empty());
    }
}
