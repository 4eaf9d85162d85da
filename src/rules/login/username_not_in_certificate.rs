//! The ASA looks for the user's name in a field that a phone's certificate does not have.
//!
//! The log says so outright. Configuration: `username-from-certificate` of the phones' tunnel group with a field
//! like UPN or EA; phones' certificates have CN, O, OU, C and at most a serial number (CUCM security guide; ASA
//! command reference). `use-script` cannot be judged here.

use crate::case::Case;
use crate::facts::whose::{Message, Witness};
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::What;
use crate::rules::Rule;
use crate::rules::logged::{self, Line};
use crate::stage::Stage;
use crate::text::{Class, Text};

/// The rule.
pub const RULE: Rule = Rule {
    id: "username-not-in-certificate",
    stage: Stage::Login,
    severity: Severity::Blocker,
    needs: &[Need::AsaLog, Need::AsaConfig],
    echoes: &["aaa-rejected", "login-failed"],
    sources: &["ASA syslog guide, 113025, 113027", "ASA command reference, username-from-certificate"],
    prose: Text::fixed(
        include_str!("username_not_in_certificate.en.md"),
        include_str!("username_not_in_certificate.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let groups = case.phone_tunnel_groups();
    let configured = groups.iter().find_map(|(group, tunnel)| {
        let line = tunnel.username_fields()?;
        let mut fields = line.value.split_whitespace();
        let there = fields.any(|field| FIELDS.contains(&field.to_ascii_uppercase().as_str()));
        let evidence = Evidence::marked(&line.place, &line.value, FIELD);
        (!there).then(|| (*group, tunnel.name(), line, evidence))
    });
    let lines: Vec<(Line, &str)> = case.messages.iter().filter_map(logged_line).collect();
    let group = lines.iter().map(|(_, group)| *group).find(|group| !group.is_empty()).unwrap_or_default();
    let logged = logged::finding(lines.into_iter().map(|(line, _)| line).collect());
    let seen = case.logs_show_phones();
    let (finding, tunnel) = match (logged, configured) {
        (Some(finding), configured) => {
            let tunnel = configured.as_ref().map_or(group, |(_, tunnel, ..)| *tunnel);
            let more = configured.as_ref().map(|(.., evidence)| evidence.clone());
            (finding.and(more), tunnel)
        }
        (None, Some((group, tunnel, line, evidence))) => {
            let predicted = PREDICTED.with("fields", Class::Words, &line.value);
            let predicted = predicted.with("group", Class::Group, tunnel);
            let finding = Finding::new(group.at_most(Confidence::Likely), evidence);
            (finding.because(predicted), tunnel)
        }
        (None, None) if groups.is_empty() && !seen => {
            return Err(Missing(vec![Need::AsaLog, Need::AsaConfig]));
        }
        (None, None) => return Ok(Vec::new()),
    };
    Ok(vec![finding.value("tunnel-group", tunnel)])
}

/// What the log says, and of which tunnel group. Of a group that serves phones it is said outright.
fn logged_line<'a>(message: &Message<'a>) -> Option<(Line, &'a str)> {
    let session = message.session().filter(|_| message.what == What::UserNotInCertificate)?;
    let mut line = Line::of(message, LOGGED);
    if message.witness == Witness::Group {
        line.confidence = Confidence::Certain;
    }
    Some((line, session.group.as_str()))
}

/// What a phone's certificate can have, and the words that do not name one field.
const FIELDS: [&str; 7] = ["CN", "O", "OU", "C", "SER", "USE-ENTIRE-NAME", "USE-SCRIPT"];
const LOGGED: Text = Text::fixed(
    "the ASA finds no user name in the certificate",
    "Die ASA findet im Zertifikat keinen Benutzernamen",
);
const FIELD: Text = Text::fixed("this field is searched", "In diesem Feld wird gesucht");
const PREDICTED: Text = Text::fixed(
    "Tunnel group {group} takes the user name from {fields}; a phone's certificate has no such field, its name stands in CN.",
    "Die Tunnelgruppe (tunnel-group) {group} nimmt den Benutzernamen aus {fields}; das Zertifikat eines Telefons hat kein solches Feld, sein Name steht in CN.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, fires, silent, waits};

    fn config(field: &str) -> String {
        format!(
            "ASA Version 9.1(1)\nwebvpn\n enable outside\ntunnel-group Desk type remote-access\ntunnel-group Desk general-attributes\n username-from-certificate {field}\n: end\n"
        )
    }

    #[test]
    fn a_field_that_phones_lack_is_told() {
        let found =
            |field: &str| check(&RULE, &[("asa", &config(field))], &[("tunnel-group", "Desk")]).unwrap();
        assert!(found("UPN")[0].because[0].en().contains("from UPN"));
        for good in ["CN", "UPN CN", "CN OU", "use-entire-name"] {
            assert!(found(good).is_empty(), "{good}");
        }
        waits(&RULE, &[("asa", &config("UPN"))]);
    }

    #[test]
    fn the_log_counts_for_phones_groups_alone() {
        let login = "%ASA-5-113024: Group Desk: Authenticating ssl-client connection from 203.0.113.9 with username, CP-8851-SEP001122334455, from client certificate\n";
        let failed = |group: &str| {
            format!(
                "{login}%ASA-5-113025: Group {group}: FAILED to extract username from certificate while authenticating ssl-client connection from 203.0.113.10\n"
            )
        };
        fires(&RULE, &[("log", &failed("Desk"))]);
        silent(&RULE, &[("log", &failed("Staff"))]);
    }
}
