//! The server that decides about the phones' logins does not answer.
//!
//! One message names the user and the server; others name a server alone, and are a phone's matter if the phones'
//! tunnel group asks that server (ASA syslog guide). Where it is not known which servers the phones ask, they may be;
//! a server of PC users is passed over.

use crate::case::Case;
use crate::facts::aaa_servers;
use crate::facts::whose::{Message, Witness};
use crate::finding::{Confidence, Finding, Severity};
use crate::need::{Missing, Need};
use crate::observe::{By, What};
use crate::rules::Rule;
use crate::rules::logged::{self, Line};
use crate::stage::Stage;
use crate::text::{Class, Text};

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
    let asked = aaa_servers::of_phones(&case.asa_devices, &case.phone_groups);
    let mut lines = Vec::new();
    let mut name = String::new();
    for message in &case.messages {
        let What::ServerFailed { server } = message.what else { continue };
        let mut line = Line::of(message, SILENT);
        if line.witness == Witness::LogShowsPhones {
            let is_asked = asked.iter().any(|host| host == server);
            // Where the phones' servers are known, another one is not theirs; and one that answers again is past.
            if !asked.is_empty() && !is_asked || is_back(case, message, server) {
                continue;
            }
            if is_asked {
                (line.witness, line.confidence) = (Witness::Group, Witness::Group.confidence());
            }
        }
        if name.is_empty() || line.confidence < Confidence::Possible {
            server.clone_into(&mut name);
        }
        lines.push(line);
    }
    let Some(mut finding) = logged::finding(lines) else {
        return if case.logs_show_phones() { Ok(Vec::new()) } else { Err(Missing::need(Need::AsaLog)) };
    };
    finding = finding.value("server", name.as_str());
    if let Some(group) = aaa_servers::of_host(&case.documents, &name).first() {
        let kind = group.protocol.as_deref().unwrap_or("AAA").to_ascii_uppercase();
        let is = IS.with("kind", Class::Words, kind).with("group", Class::Group, &group.name);
        let is = is.with("server", Class::Host, &name);
        finding = finding.because(is).value("server-group", group.name.as_str());
    }
    Ok(vec![finding])
}

/// The same server is active again later.
fn is_back(case: &Case<'_>, message: &Message<'_>, failed: &str) -> bool {
    let log = case.documents.log_of(By::AsaLog, message.input);
    let mut later = log.into_iter().flat_map(|log| log.observations.iter().skip(message.index));
    later.any(|event| event.what == What::ServerActive { server: failed })
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
    use crate::finding::{Confidence, Severity};
    use crate::testing::{check, fires, silent, waits};

    const PHONE: &str = "%ASA-6-113014: AAA authentication server not accessible: server = 198.51.100.5: user = CP-8851-SEP001122334455\n";
    const MARKED: &str =
        "%ASA-2-113022: AAA Marking RADIUS server 198.51.100.5 in aaa-server group ISE as FAILED\n";
    const CONFIG: &str = "ASA Version 9.1(1)\naaa-server ISE protocol radius\naaa-server ISE (inside) host 198.51.100.5\nwebvpn\n enable outside\ntunnel-group Desk type remote-access\ntunnel-group Desk general-attributes\n authentication-server-group ISE\n: end\n";

    #[test]
    fn a_phones_login_or_its_server_tells() {
        let finding = &fires(&RULE, &[("log", PHONE), ("asa", CONFIG)])[0];
        assert_eq!(finding.confidence, Confidence::Certain);
        assert!(finding.because[0].en().contains("RADIUS server of the group ISE"));
        let found = check(&RULE, &[("log", MARKED), ("asa", CONFIG)], &[("tunnel-group", "Desk")]).unwrap();
        assert_eq!(found[0].confidence, Confidence::Likely);
    }

    #[test]
    fn a_server_of_others_is_passed_over() {
        waits(&RULE, &[("log", &PHONE.replace("CP-8851-SEP001122334455", "joe"))]);
        let accepted = "%ASA-6-113012: AAA user authentication Successful : local database : user = CP-8851-SEP001122334455\n";
        let finding = &fires(&RULE, &[("log", &(accepted.to_owned() + MARKED))])[0];
        assert_eq!((finding.confidence, finding.severity), (Confidence::Possible, Some(Severity::Warning)));
        let back = MARKED.replace("113022", "113023").replace("FAILED", "ACTIVE");
        silent(&RULE, &[("log", &(accepted.to_owned() + MARKED + &back))]);
        silent(&RULE, &[("log", accepted)]);
    }
}
