//! The server that decides about the phones' logins does not answer.
//!
//! 113014 names the user and the server; 113022 and 113020 name a server alone, and are a phone's matter only if the
//! phones' tunnel group asks that server (ASA syslog guide). A server of PC users is passed over.

use crate::case::Case;
use crate::finding::{Confidence, Evidence, Finding, Severity};
use crate::formats::asa_syslog::AsaMessage;
use crate::need::{Missing, Need};
use crate::rules::Rule;
use crate::stage::Stage;
use crate::text::Text;

/// The rule.
pub const RULE: Rule = Rule {
    id: "aaa-server-unreachable",
    stage: Stage::Login,
    severity: Severity::Blocker,
    needs: &[Need::AsaLog],
    echoes: &["aaa-rejected", "login-failed"],
    sources: &["ASA syslog guide, 113014, 113020, 113022, 109026"],
    prose: Text::fixed(
        include_str!("aaa_server_unreachable.en.md"),
        include_str!("aaa_server_unreachable.de.md"),
    ),
    check,
};

fn check(case: &Case<'_>) -> Result<Vec<Finding>, Missing> {
    let logins = case.phone_logins();
    let asked = servers_of_phones(case);
    let mut lines = Vec::new();
    let mut confidence = Confidence::Possible;
    let mut name = String::new();
    for login in &logins {
        if let AsaMessage::AaaServerFailed { server, .. } = &login.event.message {
            lines.push(Evidence::seen(&login.place(), SILENT));
            confidence = Confidence::Certain;
            name.clone_from(server);
        }
    }
    for log in &case.documents.asa_syslogs {
        for event in &log.document.events {
            let AsaMessage::AaaServerFailed { session, server, .. } = &event.message else { continue };
            if session.user.is_empty() && !server.is_empty() && asked.iter().any(|host| host == server) {
                lines.push(Evidence::marked(&log.place(&event.at), server, SILENT));
                confidence = confidence.min(Confidence::Likely);
                name.clone_from(server);
            }
        }
    }
    let mut lines = lines.into_iter();
    let Some(first) = lines.next() else {
        return if logins.is_empty() { Err(Missing::one(Need::AsaLog)) } else { Ok(Vec::new()) };
    };
    let mut groups = case.documents.asa_configs.iter().flat_map(|config| &config.document.aaa_servers);
    let group = groups.find(|group| group.hosts.iter().any(|host| host.host.value == name));
    let mut finding = Finding::new(confidence, first).and(lines).value("server", name.as_str());
    if let Some(group) = group {
        let kind =
            group.protocol.as_ref().map_or("AAA", |protocol| protocol.value.as_str()).to_ascii_uppercase();
        let values =
            [("kind", kind.as_str()), ("group", group.name.value.as_str()), ("server", name.as_str())];
        finding = finding.because(IS.filled(&values)).value("server-group", group.name.value.as_str());
    }
    Ok(vec![finding])
}

/// Hosts of the server groups that the phones' tunnel groups ask.
fn servers_of_phones(case: &Case<'_>) -> Vec<String> {
    let groups = case.phone_tunnel_groups();
    let mut hosts = Vec::new();
    for (group, config, tunnel) in &groups {
        let lines = [&tunnel.authentication_server_group, &tunnel.authorization_server_group];
        for line in lines.into_iter().flatten().filter(|_| group.is_sure()) {
            let named = config
                .document
                .aaa_servers
                .iter()
                .filter(|server| line.value.split_whitespace().any(|word| word == server.name.value));
            hosts.extend(named.flat_map(|server| &server.hosts).map(|host| host.host.value.clone()));
        }
    }
    hosts
}

const SILENT: Text =
    Text::fixed("the ASA gets no answer from the server", "Die ASA bekommt vom Server keine Antwort");
const IS: Text = Text::fixed(
    "{server} is a {kind} server of the group {group}.",
    "{server} ist ein {kind}-Server der Gruppe {group}.",
);

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::finding::Confidence;
    use crate::testing::{check, fires, silent, waits};

    const PHONE: &str = "%ASA-6-113014: AAA authentication server not accessible: server = 198.51.100.5: user = CP-8851-SEP001122334455\n";
    const MARKED: &str =
        "%ASA-2-113022: AAA Marking RADIUS server 198.51.100.5 in aaa-server group ISE as FAILED\n";
    const CONFIG: &str = "ASA Version 9.1(1)\naaa-server ISE protocol radius\naaa-server ISE (inside) host 198.51.100.5\nwebvpn\n enable outside\ntunnel-group Desk type remote-access\ntunnel-group Desk general-attributes\n authentication-server-group ISE\n: end\n";

    #[test]
    fn a_phones_login_or_its_server_tells() {
        let finding = &fires(&RULE, &[("log", PHONE), ("asa", CONFIG)])[0];
        assert_eq!(finding.confidence, Confidence::Certain);
        assert!(finding.because[0].en.contains("RADIUS server of the group ISE"));
        let found = check(&RULE, &[("log", MARKED), ("asa", CONFIG)], &[("tunnel-group", "Desk")]).unwrap();
        assert_eq!(found[0].confidence, Confidence::Likely);
    }

    #[test]
    fn a_server_of_others_is_passed_over() {
        waits(&RULE, &[("log", &PHONE.replace("CP-8851-SEP001122334455", "joe"))]);
        let accepted = "%ASA-6-113012: AAA user authentication Successful : local database : user = CP-8851-SEP001122334455\n";
        silent(&RULE, &[("log", &(accepted.to_owned() + MARKED))]);
    }
}
